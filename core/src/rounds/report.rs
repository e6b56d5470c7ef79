//! The channel inside 内部报告: staff and residents report a hazard (安全生产法 53, 54: whoever works there may report, and
//! must not suffer for it; seed 2: staff and clients who report are rewarded).

use serde::{Deserialize, Serialize};

use crate::evidence::PhotoManifest;
use crate::ids::{FacilityId, HazardId};
use crate::problem::{Problem, StepRefusal};

/// A hazard as somebody inside reports it: the body of a `report.made` entry. Who reported stands in the entry alone, which
/// neither the institution nor its firm may read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InternalReport {
    /// The hazard that it becomes.
    pub hazard: HazardId,
    /// Where.
    pub facility: FacilityId,
    /// What is wrong; not empty.
    pub title: String,
    /// Where in the building; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// More about it; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Photos; may be none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<PhotoManifest>,
}

impl InternalReport {
    /// Days until which what is reported is to be put right, unless the supervisor assigns another date. This project's
    /// proposal; no law names a number.
    pub const DUE_DAYS: u16 = 7;

    /// Whether it says enough, and not too much: texts of 2000 characters, 20 photos.
    ///
    /// # Errors
    /// [`Problem::StepRefused`].
    pub fn check(&self) -> Result<(), Problem> {
        let long = |text: &String| text.chars().count() > super::Round::MAX_TEXT_CHARS;
        let texts = [&self.title, &self.place, &self.description];
        if texts.into_iter().any(long) || self.photos.len() > super::Round::MAX_PHOTOS {
            return Err(Problem::StepRefused { why: StepRefusal::TooLong });
        }
        if self.title.trim().is_empty() {
            return Err(Problem::StepRefused { why: StepRefusal::ReasonMissing });
        }
        Ok(())
    }
}
