//! The walk: `draft → edit → gaps → sign → record`.
//!
//! A [`Draft`] is what an inspector has so far. It is never an error, only has [`Gap`]s. It is stored in small
//! [`Part`]s, so that a touch writes a few hundred bytes: [`Draft::apply`] takes an [`Edit`] and answers which
//! parts changed. Signatures are over the hash of the [`Content`]; changing the content voids them.
//! [`Draft::sign`] consumes a draft without gaps and gives a [`VisitRecord`], which cannot change.
//!
//! Delivery is not this module's business: see [`crate::outbox`].

mod draft;
mod edit;
mod gaps;
mod record;
mod sign;

pub use draft::{
    Decided, Draft, DraftPhoto, Filled, FreeHazard, Head, HazardOf, Inspector, Keeping, MeasureDecision, Part, PartKey, PhotoOf,
    Responsible, Revisit, RevisitOutcome, SecondOpinion, Sheet, Signing, SitePerson, SiteSigning,
};
pub use edit::{Edit, EditRefused, SheetChange};
pub use gaps::{Gap, Progress};
pub use record::{Content, Due, FindingRecord, FindingSource, ItemRecord, RevisitRecord, SiteSignature, VisitRecord, Witness};
pub use sign::SignRefused;
