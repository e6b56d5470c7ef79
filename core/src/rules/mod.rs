//! The rules as data: versioned packs of checklist items, and the pure function that grades an answer.
//!
//! ```text
//! rules/*.json ──load──► Pack ──items_for(type, profile)──► Item ──┐
//!                                                answer, date ─────┴─► grade ──► Verdict
//!                                                                                 │ fails
//!                              FireRules ◄── elements of all findings ◄── Finding ┘ (with its trace)
//!                                  └──► judge ──► "suspected, propose transfer"
//! ```
//!
//! A [`Pack`] is one edition of one checklist, known by the SHA-256 of its bytes. It is served and cached by
//! that hash and never changes; whatever a law or a jurisdiction changes comes as another edition. Loading is
//! the only place where a pack can be wrong: it names every fault by item and field, and what it lets through
//! cannot fail later. That is why [`grade`] has no error.
//!
//! A [`Verdict`] says how a failure is graded, which line of the pack decided it and how sure that line is.
//! It depends on nothing but its arguments, so the server repeats it and compares (`==`).
//!
//! Invariants:
//! * A failure graded major is *proposed*: a second inspector confirms it ([`Standing`]).
//! * A threshold that the jurisdiction has to set is never guessed ([`Undecided::ThresholdNotSet`]).
//! * Every citation, every grade and every judgement carries how well its source is known ([`Confidence`]).
//! * No floating point: measured values are thousandths ([`Quantity`]).
//!
//! To add a rule, write a new edition of a pack under `core/rules/`, load it in `core/tests/packs.rs`, and add
//! its golden table; to add a *kind* of answer, begin at [`AnswerKind`].

mod name;
mod quantity;
mod basis;
mod fault;
mod source;
mod answer;
mod item;
mod pack;
mod check;
mod load;
mod grading;
mod fire;
mod judgement;
#[cfg(feature = "packs")]
pub mod shipped;

pub use self::answer::{Answer, AnswerKind, Bound, DateRule, NotABound, NumberRule, Ruling, Threshold, Unit};
pub use self::basis::{Citation, Confidence, Evidence, LegalBasis, Text};
pub use self::fault::{FaultAt, FaultKind, PackFault};
pub use self::fire::{
    CountingRule, DirectElement, ElementScope, FireElement, FireRules, PlaceKind, PlaceKindOf,
};
pub use self::grading::{Cause, DecidedBy, Finding, Standing, Trace, Undecided, Verdict, grade};
pub use self::item::{
    CountsAs, CountsWhen, Deadline, Escalation, Grade, Item, Measure, PhotoDuty, Profile, Reach, Section,
};
pub use self::judgement::{CountedElement, FireJudgement, JudgedElement, Proposal, Remedy, judge_fire};
pub use self::name::{AuthorityId, CiteId, Edition, ElementId, ItemId, NotAName, PackId, SectionId};
pub use self::pack::{Pack, PackName, PackRef, Words};
pub use self::quantity::{NotAQuantity, Quantity};
pub use self::source::Table;
