//! One round: who went, what was found.

use serde::{Deserialize, Serialize};

use super::RoundKind;
use crate::clock::{Date, Instant};
use crate::evidence::PhotoManifest;
use crate::ids::{FacilityId, RoundId};
use crate::rules::Grade;

/// One round: the body of a `round.done` entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// Its id.
    pub id: RoundId,
    /// Where.
    pub facility: FacilityId,
    /// What kind of round.
    pub kind: RoundKind,
    /// When it was done, by the device's clock.
    pub at: Instant,
    /// Who went or led, by name; not empty. Often not whose account it is: one phone serves a whole shift.
    pub by: String,
    /// What was done: the drill's course, the training's subject, the systems that were tested; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// What was found.
    pub found: Found,
    /// Photos of the round itself; those of findings are with the findings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<PhotoManifest>,
}

/// What a round found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// 全部正常: said explicitly.
    Nothing,
    /// These; at least one.
    Findings(Vec<Finding>),
}

impl Found {
    /// The findings, none when nothing was found.
    pub fn findings(&self) -> &[Finding] {
        match self {
            Self::Nothing => &[],
            Self::Findings(findings) => findings,
        }
    }
}

/// Something that is wrong, in the institution's own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What it is; not empty.
    pub title: String,
    /// Where in the building; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// More about it; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// General or major, as the institution sees it. The supervisor may escalate it.
    pub grade: Grade,
    /// What became of it.
    pub mending: Mending,
    /// Photos: of what was wrong, and of how it was put right.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<PhotoManifest>,
}

/// What became of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mending {
    /// 当场整改: with a photo it counts as submitted, and waits for its re-check.
    OnTheSpot,
    /// 限期整改
    By(Date),
}

/// Why a round is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RoundRefused {
    /// Nobody is named.
    #[error("nobody is named who went")]
    NobodyNamed,
    /// A zero report says that there is nothing, and that is all that it says.
    #[error("a zero report has findings")]
    ZeroWithFindings,
    /// It says that there are findings, and names none.
    #[error("it names no finding")]
    NoFinding,
    /// A finding has no title.
    #[error("a finding has no title")]
    TitleMissing,
    /// A finding is graded as advice: that is no hazard.
    #[error("a finding is graded below general")]
    NotAHazard,
    /// A finding is to be put right before the day of the round.
    #[error("a finding is due before the round")]
    DueInThePast,
    /// A text is longer than 2000 characters, or there are more than 50 findings or 20 photos of one thing.
    #[error("a text is too long, or there is too much")]
    TooLong,
}

impl Round {
    /// Findings of one round, at most: as many hazards come of one entry.
    pub const MAX_FINDINGS: usize = 50;
    /// Characters of one text, at most: a page of A4.
    pub const MAX_TEXT_CHARS: usize = 2000;
    /// Photos of one thing, at most.
    pub const MAX_PHOTOS: usize = 20;

    /// Days until which a finding is proposed to be put right. This project's proposal; no law names a number.
    pub const PROPOSED_DAYS: u16 = 7;

    /// All its photos: its own, then those of its findings, in their order.
    pub fn all_photos(&self) -> impl Iterator<Item = &PhotoManifest> {
        self.photos.iter().chain(self.found.findings().iter().flat_map(|finding| &finding.photos))
    }

    /// Whether it can be taken for what it says.
    ///
    /// # Errors
    /// [`RoundRefused`]: the first fault.
    pub fn check(&self) -> Result<(), RoundRefused> {
        let long = |text: &str| text.chars().count() > Self::MAX_TEXT_CHARS;
        let findings = self.found.findings();
        let too_much = findings.len() > Self::MAX_FINDINGS
            || self.photos.len() > Self::MAX_PHOTOS
            || long(&self.by)
            || long(&self.note)
            || findings.iter().any(|finding| {
                finding.photos.len() > Self::MAX_PHOTOS
                    || [&finding.title, &finding.place, &finding.description].into_iter().any(|it| long(it))
            });
        if too_much {
            return Err(RoundRefused::TooLong);
        }
        if self.by.trim().is_empty() {
            return Err(RoundRefused::NobodyNamed);
        }
        if let Found::Findings(findings) = &self.found {
            if self.kind == RoundKind::ZeroReport {
                return Err(RoundRefused::ZeroWithFindings);
            }
            if findings.is_empty() {
                return Err(RoundRefused::NoFinding);
            }
        }
        findings.iter().try_for_each(|finding| finding.check(self.at.date()))
    }
}

impl Finding {
    fn check(&self, on: Date) -> Result<(), RoundRefused> {
        if self.title.trim().is_empty() {
            return Err(RoundRefused::TitleMissing);
        }
        if self.grade == Grade::Advice {
            return Err(RoundRefused::NotAHazard);
        }
        match self.mending {
            Mending::By(date) if date < on => Err(RoundRefused::DueInThePast),
            Mending::By(_) | Mending::OnTheSpot => Ok(()),
        }
    }
}
