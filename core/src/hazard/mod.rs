//! The life of a hazard 隐患闭环: found → assigned 交办 → signed for 签收 → rectifying 整改 → submitted → re-checked 复查 → closed
//! 销号, with everybody in it.
//!
//! ```text
//!            assign        sign for          submit           re-check        close
//!   Found ──────────► Assigned ────► Rectifying ────► Submitted ─────► Rechecked ────► Closed
//!     ▲  ◄── decline ────┘              ▲   ◄─ send back ─┘  ◄── not fixed ─┘  │          │
//!     │                                 └──────────────────────────────────────┘          │
//!     ├── transfer ► Transferred ── returned ──► Found, or Submitted when it was dealt with │
//!     ├── NotEstablished, Duplicate                                                        │
//!     └──────────────────────────────── reopen 回头看 ◄─────────────────────────────────────┘
//! ```
//!
//! A [`Step`] is what somebody did: the body of a `hazard.step` entry. [`Standing::take`] asks whether it may be, and
//! gives the life after it, or a numbered refusal. Immediate measures, an extension and a listing have lives of their own
//! beside the loop ([`Life`]).
//!
//! Steps are made offline, and the server orders them. So a step that answers something names it by its entry: the
//! assignment that is signed for, the submission that is re-checked. When the hazard has moved on, the name fits no
//! longer, and the step has no effect: it is kept, its author is told, and nothing waits behind it.
//!
//! What somebody can do now, pages ask ([`Standing::offers`]); whose turn it is, lists ([`Life::turn`]).
//!
//! To add a step: a command in [`Command`], its guard in `take_…`, its line in the story, its [`Offer`], and its row in the
//! table of `core/tests/hazard`.

mod state;
mod measure;
mod treatment;
mod command;
mod life;
mod standing;
mod take_loop;
mod take_aside;
mod take_measure;
mod deadline;
mod turn;
mod offer;

pub use command::{
    Answer, Command, ExtensionAnswer, LiftAnswer, RecheckOutcome, RecheckWay, Step, TransferOutcome,
};
pub use deadline::{Deadline, DeadlineOf, Terms};
pub use life::{
    Assignment, Closure, Extension, Life, Listing, ListingLevel, Mark, PhotoRef, Recheck, Reviewer, Stage,
    StepKind, StoryLine, Submission, Transfer,
};
pub use measure::{MeasureOrder, MeasureState};
pub use offer::Offer;
pub use standing::{Doing, Standing};
pub use state::HazardState;
pub use treatment::TreatmentPlan;
pub use turn::Turn;
