//! From a draft without gaps to a record that cannot change.

use super::{Content, Draft, Gap, VisitRecord};
use crate::clock::Instant;
use crate::rules::Pack;

/// Why a draft cannot become a record. The draft is as before.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignRefused {
    /// Something is missing.
    #[error("{} things are missing", .0.len())]
    Gaps(Vec<Gap>),
    /// An inspector's certificate is not valid on the day of the visit.
    #[error("the certificate of {0} is not valid on the day of the visit")]
    CertificateExpired(String),
    /// The pack is not the one under which the visit was begun.
    #[error("the visit was begun under another rule pack")]
    OtherPack,
}

impl Draft {
    /// What people read and sign, graded by the pack. `None` until the second inspector and the site person are
    /// named and every item is answered.
    pub fn content(&self, _pack: &Pack) -> Option<Content> {
        unreachable!("being written")
    }

    /// Closes the visit.
    ///
    /// # Errors
    /// [`SignRefused`], with every gap at once; the draft is as before.
    pub fn sign(&self, _pack: &Pack, _now: Instant) -> Result<VisitRecord, SignRefused> {
        unreachable!("being written")
    }
}

impl VisitRecord {
    /// Checks a record that came from elsewhere with the same rules: grades recomputed, no gap, two certified
    /// inspectors, signatures over this content.
    ///
    /// # Errors
    /// The first [`crate::problem::Problem`] found.
    pub fn check(&self, _pack: &Pack) -> Result<(), crate::problem::Problem> {
        unreachable!("being written")
    }
}
