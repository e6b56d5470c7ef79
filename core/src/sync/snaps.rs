//! `GET /api/snaps`: the citizens' reports of an office, page by page, and one of them with what may be the same.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::clock::Instant;
use crate::ids::SnapId;
use crate::ledger::SnapCard;
use crate::reward::Reward;
use crate::snap::{Alike, Deadline, RecordingKind};

/// A report, and what is due of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DueSnap {
    /// The report.
    pub snap: SnapCard,
    /// What is due next, and by when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Deadline>,
}

/// A page of reports. Of open ones what has waited longest comes first, of closed ones what was closed last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SnapsPage {
    /// The reports.
    pub snaps: Vec<DueSnap>,
    /// What to ask for next, as `after`; `None` on the last page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A report that may tell of the same matter, and why: a person decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AlikeSnap {
    /// The other report.
    pub snap: SnapCard,
    /// What speaks for it.
    pub why: Vec<Alike>,
}

/// One report: `GET /api/snaps/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SnapDetail {
    /// The report, and what is due of it.
    #[serde(flatten)]
    pub due: DueSnap,
    /// Open reports that may tell of the same matter, the most reasons first.
    pub alike: Vec<AlikeSnap>,
    /// The recordings that whoever asks may listen to now. Those that the report names beside these were forgotten, or are
    /// somebody else's to hear.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub audible: Vec<RecordingKind>,
}

/// Where a page ended. Written as `1790000000000-01M80C8RM0…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SnapKey {
    /// Since when the last report of the page stands as it does.
    pub since: Instant,
    /// That report.
    pub snap: SnapId,
}

/// A text that is no [`SnapKey`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the end of a page of reports")]
pub struct NotASnapKey;

impl SnapKey {
    /// The key of a report.
    pub fn of(card: &SnapCard) -> Self {
        Self { since: card.life.since(), snap: card.id() }
    }

    /// The key of a report in a list of rewards.
    pub fn of_reward(card: &SnapCard) -> Self {
        let since = card.life.reward.as_ref().map_or_else(|| card.life.since(), Reward::stands_since);
        Self { since, snap: card.id() }
    }
}

impl fmt::Display for SnapKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.since.unix_millis(), self.snap)
    }
}

impl FromStr for SnapKey {
    type Err = NotASnapKey;

    fn from_str(text: &str) -> Result<Self, NotASnapKey> {
        let (since, snap) = text.split_once('-').ok_or(NotASnapKey)?;
        let since = since.parse().map_err(|_| NotASnapKey)?;
        let snap = snap.parse().map_err(|_| NotASnapKey)?;
        Ok(Self { since: Instant::from_unix_millis(since), snap })
    }
}
