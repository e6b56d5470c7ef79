//! The walk 检查, from the first item to the signed record, all of it without a network.
//!
//! ```text
//! start ─► walk ⇄ hazard sheet, camera ─► review (gaps, people) ─► sign ×3 ─► sign-off: one entry in the outbox
//! ```
//!
//! [`open_visit`] holds core's draft and says what is on disk; every other file here shows a part of it and turns
//! touches into core's edits. No rule lives here.

mod hold;
mod saver;
pub mod open_visit;
mod preflight;
pub mod start;
pub mod visit_page;
mod walk;
mod filter;
mod item_card;
mod item_value;
mod hazard_sheet;
mod hazard_fields;
mod place;
mod watermark;
mod photos_of;
mod photo_intake;
mod after_kill;
mod clock_notice;
mod photo_view;
mod photos_not_stored;
mod photo_strip;
mod camera;
mod free_hazards;
mod revisits;
mod review;
mod people;
mod sign;
mod signed_text;
mod opinions;
mod refusal;
mod sign_off;

pub(crate) use after_kill::AfterKill;
pub(crate) use camera::Camera;
pub(crate) use clock_notice::{jump_in_words, span_in_words};
pub(crate) use hazard_sheet::grade_reason;
pub use hold::Hold;
pub(crate) use hold::{HeldDraft, hold_draft};
pub(crate) use item_value::bound_in_words;
pub(crate) use photo_intake::{Coming, PhotoIntake};
pub(crate) use photos_not_stored::PhotosNotStored;
pub(crate) use photos_of::PhotosOf;
pub(crate) use place::Place;
pub use saver::Saved;
pub use sign::Signer;
pub use start::StartVisit;
pub use visit_page::{VisitPage, VisitPlace};

/// The longest free text, for the words that say so.
#[expect(clippy::cast_possible_truncation, reason = "2,000 fits")]
const MAX_TEXT_CHARS: u32 = xunan_core::visit::Draft::MAX_TEXT_CHARS as u32;
