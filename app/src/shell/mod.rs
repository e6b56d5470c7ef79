//! The frame around every page of both programs: opening, addresses, bars, banners, looks, updates.
//!
//! ```text
//! main ─► App ─► opening ─┬─ no storage ─► says so, before the first touch
//!                         ├─ damaged ────► what happened, and the ways out (rescue)
//!                         ├─ nobody ─────► sign-in page
//!                         └─ somebody ───► the program's pages in their language, with Phone, Sync, Lamp as contexts
//! ```
//!
//! Links are plain `<a href>`: one listener takes those that lead to a page of ours, so that no component needs to
//! know of routes. [`go`] is the same for code.
//!
//! For tests: pages are found by their `<h1>`, controls by their names. Only what has no name carries a mark:
//! `.lamp[data-state]` (on, working, off), `.parcel[data-entry]` (an entry's id in the outbox).

mod program;
mod opening;
mod route;
mod later;
mod rescue;
mod pages;
mod frame;
mod banners;
mod looks;
mod updates;

pub use banners::Banners;
pub use frame::{Frame, lamp_state};
pub use looks::LooksState;
pub use opening::{App, Stage, State};
pub use pages::{FIELD, unread_line};
pub use program::{Holds, OpenPage, Program};
pub use route::Route;
pub use updates::{Updates, Worker};

use leptos::prelude::*;

use crate::browser::history::{self, Step};

/// Goes to a path of ours: from code; links do it by themselves.
pub fn go(path: &str) {
    if let Some(state) = use_state() {
        history::go(path, Step::Forward);
        state.path.set(path.to_owned());
    }
}

thread_local! {
    /// The state of the one app on this page: code that runs after an `await` has no context to find it in.
    static STATE: std::cell::Cell<Option<State>> = const { std::cell::Cell::new(None) };
}

fn use_state() -> Option<State> {
    STATE.get()
}
