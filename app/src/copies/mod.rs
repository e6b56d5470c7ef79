//! Copies of drafts on the server: the thin loop around core's [`Copier`](xunan_core::copies::Copier), and what people
//! see of it (`docs/shadow-copies.md`). All of it is in the part of the program that sends.
//!
//! ```text
//! signed in ─► key (PBKDF2) ─► store ─┐
//! drafts changed ─► Copying::tell ────┴─► Copier::turn ─► save ─► step: encrypt, PUT, DELETE, list ─┐
//!                        ▲                                                                          │
//!                        └──────────────────────────── event ◄──────────────────────────────────────┘
//! list ─► on the server, not here ─► today's page ─► fetch, decrypt, compare hashes ─► store ─► the visit
//! ```
//!
//! Only the tab that sends copies and lists; every tab shows what is remembered, and any tab takes over.

mod key;
mod envelope;
mod seen;
mod copying;
mod steps;
mod fetch;
mod today_view;
mod draft_view;
mod settings_view;

pub(crate) use copying::Copying;

use leptos::prelude::AnyView;
use xunan_core::copies::Way;
use xunan_core::ids::VisitId;

use crate::sync::Sending;

/// What people see of the copies, for pages that are there before the part that makes them.
pub trait CopiesSeen {
    /// On today's page: drafts of another phone.
    fn on_today(&self) -> AnyView;
    /// On a draft: how its copies are, and the choice when another phone goes on with it.
    fn on_draft(&self, visit: VisitId) -> AnyView;
    /// In a visit: only what keeps it from being copied.
    fn in_visit(&self, visit: VisitId) -> AnyView;
    /// In "Me".
    fn in_settings(&self) -> AnyView;
}

/// Whether copies may go: entries and their photos go first.
fn way_for_copies(sending: &Sending) -> Way {
    if *sending == Sending::Busy { Way::Taken } else { Way::Free }
}
