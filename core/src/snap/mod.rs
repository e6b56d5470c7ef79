//! What citizens report 随手拍: from what somebody saw to the answer that they get.
//!
//! ```text
//!             accept             turn into a hazard         deal with         answer
//!   Received ────────► Accepted ────────────────► Hazard ────────────► DealtWith ──────► Answered
//!      │                │  ▲ └─────────────── deal with ─────────────────▲                │
//!      │                │  └────────────────────── "not really fixed" ────────────────────┘
//!      ├─ transfer ─────┴──► Transferred ─────────── deal with ──────────┘
//!      ├─ duplicate ────┴──► Duplicate: its reporter is told what becomes of the first one
//!      └─ not accept ──────► NotAccepted, with a reason
//! ```
//!
//! A [`Report`] is the body of a `snap.reported` entry, a [`Step`] that of a `snap.step` entry. [`Standing::take`] asks
//! whether a step may be, and gives the life after it, or a numbered refusal; a step that answers something names it by its
//! entry, as in a hazard's loop (`docs/decisions/0006`).
//!
//! Beside its stage, a report is public or not 上报广场: from its acceptance on an office may publish it, and withdraw it at any
//! time. What anybody then reads is a [`PublicCard`], made of what the office wrote for that alone.
//!
//! Who reported stands nowhere here, and nowhere in the ledger: name and telephone number are sealed apart from it, and can
//! be forgotten (`docs/decisions/0011`). What people write in their own words loses its telephone numbers on the way in
//! ([`OwnWords`]).
//!
//! A report that was found true may bring a reward, whose life stands beside its own ([`crate::reward`]).
//!
//! What is due when follows from the region's terms ([`TermsTable`]), never from the fold. Which report may be the same
//! as another is a suggestion with its reasons ([`likely_same`]); a person decides.
//!
//! What an office can do with a report now is offered by [`Standing::offers`]; pages never work that out for themselves.
//!
//! To add a step: a command in [`Command`], its guard in [`Standing::take`], its [`StepKind`], its [`Offer`] when it is the
//! office's, and its row in the table of `core/tests/snap`.

mod own_words;
mod coarse_words;
mod recording;
mod report;
mod publication;
mod command;
mod life;
mod standing;
mod offer;
mod case_number;
mod terms;
mod public_card;
mod map_mark;
mod neighbourhood;
mod trace;
mod likely;
mod office;

pub use case_number::{CaseNumber, NotACaseNumber};
pub use command::{Command, CommandKind, NewHazard, NotAcceptedReason, Satisfaction, Step};
pub use life::{Life, MAX_REOPENINGS, Reopening, SnapState, Stage, StepKind, StoryLine};
pub use likely::{ALIKE_WITHIN, Alike, Candidate, likely_same};
pub use map_mark::MapMark;
pub use neighbourhood::Neighbourhood;
pub use offer::Offer;
pub use office::office_of_unnamed;
pub use own_words::{OwnWords, TooLong};
pub use public_card::{PublicCard, PublicPicture, PublicStep};
pub use publication::{
    MayPublish, NotPublic, PublicNotice, PublicPhoto, PublicPlace, PublicTitle, PublicWords, Publication,
    Publishing,
};
pub use recording::{Container, Recording, RecordingKind, RecordingLength, RecordingProblem, ShortVideo};
pub use report::{Category, Found, Report, ReportFault, SnapPhoto, SnapPlace, SnapPosition};
pub use standing::{Doing, Standing};
pub use terms::{Deadline, DeadlineOf, Terms, TermsTable};
pub use trace::{Square, Trace};
