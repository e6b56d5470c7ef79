//! The walk: `draft → edit → gaps → sign → record`.
//!
//! A [`Draft`] is what an inspector has so far. It is never an error, only has [`Gap`]s. It is stored in small
//! [`Part`]s, so that a touch writes a few hundred bytes: [`Draft::apply`] takes an [`Edit`] and answers which
//! parts changed. Signatures are over the hash of the [`Content`]; changing the content voids them.
//! [`Draft::sign`] takes a draft without gaps and gives a [`VisitRecord`], which cannot change; a record from
//! elsewhere is [checked](VisitRecord::check) by the same rules.
//!
//! A draft and a record are graded by the same lines (`checklist`), and a hazard owes the same things in both
//! (`hazard`). To add a duty, add a [`Gap`] and its rule there: draft, signing and check follow.
//!
//! Delivery is not this module's business: see [`crate::outbox`].

mod draft;
mod sheet;
mod part;
mod record;
mod checklist;
mod gaps;
mod hazard;
mod edit;
mod apply;
mod fire;
mod sign;
mod check;

pub use checklist::ItemState;
pub use draft::{
    Draft, DraftPhoto, Filled, Head, Inspector, Keeping, PhotoOf, Revisit, RevisitOutcome, Signing,
    SitePerson, SiteSigning,
};
pub use edit::{Edit, EditRefused, SheetChange};
pub use gaps::{Gap, Progress, Stage};
pub use hazard::DraftHazard;
pub use part::{Part, PartKey};
pub use record::{
    Content, Due, FindingRecord, FindingSource, FireCount, ItemRecord, RevisitRecord, SiteSignature,
    VisitRecord, Witness,
};
pub use sheet::{FreeHazard, HazardOf, MeasureDecision, Responsible, SecondOpinion, Sheet};
pub use sign::SignRefused;
