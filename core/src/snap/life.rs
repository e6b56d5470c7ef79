//! Everything that a report has been through, and where it stands.

use serde::{Deserialize, Serialize};

use super::command::{NotAcceptedReason, Satisfaction};
use super::publication::Publication;
use super::report::SnapPhoto;
use crate::department::Department;
use crate::hazard::Mark;
use crate::ids::{EntryId, HazardId, SnapId};
use crate::reward::Reward;

/// Where a report stands, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SnapState {
    /// 待受理
    Received,
    /// 已受理
    Accepted,
    /// 不予受理
    NotAccepted,
    /// 已转办
    Transferred,
    /// 并案
    Duplicate,
    /// 已转为隐患
    Hazard,
    /// 已办结，待答复
    DealtWith,
    /// 已答复
    Answered,
}

impl SnapState {
    /// Whether somebody still has to do something with it.
    pub const fn is_open(self) -> bool {
        match self {
            Self::Received | Self::Accepted | Self::Transferred | Self::Hazard | Self::DealtWith => true,
            Self::NotAccepted | Self::Duplicate | Self::Answered => false,
        }
    }
}

/// Where a report stands, with the facts of that. Each mark is who brought it there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SnapStage"))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 待受理
    Received,
    /// 已受理: by the office, or again because the reporter says that it is not really fixed.
    Accepted {
        /// By whom; nameless when the reporter opened it again.
        mark: Mark,
    },
    /// 不予受理
    NotAccepted {
        /// By whom.
        mark: Mark,
        /// Why.
        reason: NotAcceptedReason,
    },
    /// 已转办
    Transferred {
        /// By whom.
        mark: Mark,
        /// To which department.
        to: Department,
    },
    /// 并案
    Duplicate {
        /// By whom.
        mark: Mark,
        /// The report that stands for it.
        of: SnapId,
    },
    /// 已转为隐患: which, the life says.
    Hazard {
        /// By whom.
        mark: Mark,
    },
    /// 已办结，待答复
    DealtWith {
        /// By whom.
        mark: Mark,
    },
    /// 已答复
    Answered {
        /// By whom.
        mark: Mark,
        /// What the reporter thinks of it, once said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        satisfaction: Option<Satisfaction>,
    },
}

impl Stage {
    /// The same in one word.
    pub const fn state(&self) -> SnapState {
        match self {
            Self::Received => SnapState::Received,
            Self::Accepted { .. } => SnapState::Accepted,
            Self::NotAccepted { .. } => SnapState::NotAccepted,
            Self::Transferred { .. } => SnapState::Transferred,
            Self::Duplicate { .. } => SnapState::Duplicate,
            Self::Hazard { .. } => SnapState::Hazard,
            Self::DealtWith { .. } => SnapState::DealtWith,
            Self::Answered { .. } => SnapState::Answered,
        }
    }

    /// The entry by which it stands so; `None` before anything was done.
    pub const fn entry(&self) -> Option<EntryId> {
        match self {
            Self::Received => None,
            Self::Accepted { mark }
            | Self::NotAccepted { mark, .. }
            | Self::Transferred { mark, .. }
            | Self::Duplicate { mark, .. }
            | Self::Hazard { mark }
            | Self::DealtWith { mark }
            | Self::Answered { mark, .. } => Some(mark.entry),
        }
    }
}

/// What kind of step a line of the story tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SnapStepKind"))]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// 收到
    Received,
    /// 受理
    Accepted,
    /// 不予受理
    NotAccepted,
    /// 转办
    Transferred,
    /// 并案
    Duplicate,
    /// 转为隐患
    TurnedIntoHazard,
    /// 办结
    DealtWith,
    /// 答复
    Answered,
    /// 评价
    Rated,
    /// 反映未整改到位，重新办理
    NotFixed,
    /// 公开
    Published,
    /// 公开照片
    ShowedPhoto,
    /// 撤下
    Withdrawn,
}

/// One line of a report's story: who did what, when, and what was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SnapStoryLine"))]
pub struct StoryLine {
    /// What was done.
    pub kind: StepKind,
    /// By whom and when; nameless when the reporter did it.
    pub mark: Mark,
    /// What was said; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// What shows it: photos of the reporter, for the office alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<SnapPhoto>,
}

/// How often a reporter may say of one report that it is not really fixed: after that the office is to be asked in person.
/// This project's proposal.
pub const MAX_REOPENINGS: usize = 5;

/// Whether a reporter may still say that it is not really fixed, as far as the number of times goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reopening {
    /// It is possible.
    Possible,
    /// It was said [`MAX_REOPENINGS`] times.
    TooOften,
}

/// Everything that a report has been through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SnapLife"))]
pub struct Life {
    /// Where it stands.
    pub stage: Stage,
    /// The hazard into which it was once turned, also when the reporter opened it again since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hazard: Option<HazardId>,
    /// With what it is public; `None` when it is not, which is how every report begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publication: Option<Publication>,
    /// Its reward, once one was proposed; with a story of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reward: Option<Reward>,
    /// Its story, the oldest first. What the reporter wrote first is in the report itself.
    pub story: Vec<StoryLine>,
}

impl Life {
    /// The life of a report that has just come, by the mark of its entry.
    pub fn received(mark: Mark) -> Self {
        let line = StoryLine { kind: StepKind::Received, mark, words: String::new(), photos: Vec::new() };
        Self { stage: Stage::Received, hazard: None, publication: None, reward: None, story: vec![line] }
    }

    /// Whether the reporter may open it again, once it is answered.
    pub fn reopening(&self) -> Reopening {
        let said = self.story.iter().filter(|line| line.kind == StepKind::NotFixed).count();
        if said < MAX_REOPENINGS { Reopening::Possible } else { Reopening::TooOften }
    }

    /// Whether it must stay known who claims its reward: until that is paid, or the payout failed.
    pub fn needs_claimant(&self) -> bool {
        self.reward.as_ref().is_some_and(|reward| reward.stage.claimed().is_some())
    }

    /// Whether the step of an entry stands in one of its stories.
    pub fn tells_of(&self, entry: EntryId) -> bool {
        let of_reward = self.reward.iter().flat_map(|reward| &reward.story).map(|line| line.mark.entry);
        self.story.iter().map(|line| line.mark.entry).chain(of_reward).any(|told| told == entry)
    }
}
