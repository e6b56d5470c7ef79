//! What is still missing before a visit can be signed.

use super::Draft;
use super::draft::HazardOf;
use crate::ids::HazardId;
use crate::rules::{ItemId, Pack};

/// One thing that is missing. Each leads to the place where it is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// The item has no answer.
    Unanswered(ItemId),
    /// A measured value without a configured threshold needs the inspector's own judgement.
    Undecided(ItemId),
    /// The item needs a photo.
    PhotoMissing(ItemId),
    /// A hazard that no item covers has no title.
    TitleMissing(HazardId),
    /// A hazard that no item covers has no grade.
    GradeMissing(HazardId),
    /// Nothing is decided about immediate measures where they must be offered.
    MeasuresUndecided(HazardOf),
    /// Nobody is named who rectifies it.
    ResponsibleMissing(HazardOf),
    /// The due date lies before the visit.
    DueInThePast(HazardOf),
    /// An earlier hazard was not looked at, or there is no note of it. Only when the plan asks for it.
    SecondInspectorMissing,
    /// The second inspector has not said whether it is major.
    SecondOpinionMissing(HazardOf),
    /// Nobody is named who is in charge on site.
    SitePersonMissing,
    /// The lead has not signed.
    LeadSignatureMissing,
    /// The second inspector has not signed.
    SecondSignatureMissing,
    /// The site person has neither signed nor refused.
    SiteSignatureMissing,
    /// A refusal has no reason, no witness, or no witness's signature.
    RefusalIncomplete,
}

/// How far a visit is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Items that the profile asks.
    pub items: usize,
    /// Of those, answered.
    pub answered: usize,
    /// Of those, failed.
    pub failed: usize,
    /// Hazards proposed as major, free ones included.
    pub major: usize,
    /// Photos that stand.
    pub photos: usize,
}

impl Draft {
    /// Everything that is missing, in the order of the walk. Empty when the visit can be signed off.
    pub fn gaps(&self, _pack: &Pack) -> Vec<Gap> {
        unreachable!("being written")
    }

    /// How far the visit is.
    pub fn progress(&self, _pack: &Pack) -> Progress {
        unreachable!("being written")
    }
}
