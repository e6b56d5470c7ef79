//! What everybody may read of a report 上报广场: what an office wrote for it, and where the report stands. Nothing else.
//!
//! ```text
//! Publish { notice } ─► Publication in the life ─┐
//!                       stage, kinds and days ───┴─► PublicCard ─► anybody
//! ```
//!
//! The report itself, the photos as they were sent and whoever made it are not asked for when a [`PublicCard`] is made, and none of its members
//! has a place for them: words are [`PublicWords`], which only an office's step brings in, a place is a [`PublicPlace`](super::PublicPlace), and
//! steps are kinds with days, and a picture is one that an office covered and showed. So a page for everybody cannot tell what it never had.

use serde::{Deserialize, Serialize};

use super::case_number::CaseNumber;
use super::life::{Life, SnapState, Stage, StepKind};
use super::publication::{PublicNotice, PublicPhoto, PublicWords, Publication};
use crate::clock::Date;
use crate::digest::Digest;
use crate::ids::SnapId;
use crate::region::{DivisionCode, Level};

/// A step that everybody may know of: what, and on which day. By whom and with which words is not in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicStep {
    /// What was done.
    pub what: StepKind,
    /// When the ledger had it.
    pub on: Date,
}

/// A picture of a case: by the hash of bytes that an office made for everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicPicture {
    /// Hash of its bytes.
    pub digest: Digest,
    /// Its width, in pixels.
    pub width_px: u32,
    /// Its height, in pixels.
    pub height_px: u32,
}

/// A report as everybody may read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicCard {
    /// By what it is named; opens nothing.
    pub number: CaseNumber,
    /// The township in which it is, or what lies above it.
    pub division: DivisionCode,
    /// What the office wrote and picked, with coarse words covered. Its result is empty unless it speaks of the answer that stands now.
    pub notice: PublicNotice,
    /// What everybody sees, in the order in which it was shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<PublicPicture>,
    /// Where it stands.
    pub state: SnapState,
    /// Its steps, the oldest first.
    pub steps: Vec<PublicStep>,
    /// Days from receiving to answering, weekends and holidays included, 0 on one day; `None` before.
    pub days: Option<u32>,
}

impl PublicCard {
    /// What everybody may read of a report; `None` when that is nothing.
    pub fn of(snap: SnapId, division: &DivisionCode, life: &Life) -> Option<Self> {
        let Publication { after, notice, photos, .. } = life.publication.as_ref()?;
        let picture = |it: &PublicPhoto| PublicPicture {
            digest: it.digest,
            width_px: it.width_px,
            height_px: it.height_px,
        };
        let mut notice = notice.seemly();
        let answered = match &life.stage {
            Stage::Answered { mark, .. } => Some(mark),
            _ => None,
        };
        if answered.is_none_or(|mark| mark.entry != *after) {
            notice.result = PublicWords::default();
        }
        let told = life.story.iter().filter(|line| line.kind.is_public());
        let steps: Vec<PublicStep> =
            told.map(|line| PublicStep { what: line.kind, on: line.mark.received.date() }).collect();
        let days = answered
            .zip(steps.first())
            .and_then(|(mark, first)| u32::try_from(mark.received.date().days_since(first.on)).ok());
        Some(Self {
            number: CaseNumber::of(snap),
            division: division.within(Level::Township),
            notice,
            pictures: photos.iter().map(picture).collect(),
            state: life.stage.state(),
            steps,
            days,
        })
    }
}

impl StepKind {
    /// Whether everybody may know that it was taken, of a report that is public. What a reporter thinks of the answer is between
    /// reporter and office.
    const fn is_public(self) -> bool {
        match self {
            Self::Received
            | Self::Accepted
            | Self::Transferred
            | Self::TurnedIntoHazard
            | Self::DealtWith
            | Self::Answered
            | Self::NotFixed => true,
            Self::NotAccepted
            | Self::Duplicate
            | Self::Rated
            | Self::Published
            | Self::ShowedPhoto
            | Self::Withdrawn => false,
        }
    }
}
