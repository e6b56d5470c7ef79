//! What is done with a report: the body of a `snap.step` entry.

use serde::{Deserialize, Serialize};

use super::life::StepKind;
use super::own_words::OwnWords;
use super::publication::{PublicNotice, PublicPhoto};
use super::report::SnapPhoto;
use crate::access::SnapPart;
use crate::clock::Date;
use crate::department::Department;
use crate::ids::{EntryId, FacilityId, HazardId, SnapId};
use crate::reward::{RewardCommand, RewardStepKind};
use crate::rules::Grade;

/// One step of one report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Which report.
    pub snap: SnapId,
    /// What is done.
    #[serde(flatten)]
    pub command: Command,
}

/// Why a report is not accepted 不予受理. The first two stand in the rules of the Ministry of Emergency Management's
/// channel (secondary source, list incomplete); the others are this project's proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum NotAcceptedReason {
    /// 已受理事项重复举报
    AcceptedAlready,
    /// 没有明确的对象或者具体事实
    NoObjectOrFacts,
    /// 不属于本机关职责
    NotCompetent,
    /// 不构成安全隐患
    NoHazard,
    /// 其他: the words say what.
    Other,
}

/// What the reporter thinks of the answer 满意度.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Satisfaction {
    /// 满意
    Satisfied,
    /// 一般
    Neutral,
    /// 不满意
    Dissatisfied,
}

crate::spelling::read_by_name! { Satisfaction { "satisfied" => Satisfied, "neutral" => Neutral, "dissatisfied" => Dissatisfied } }

/// The hazard that a report becomes: in the office's words, since the reporter's could tell who it was. Its id is the office's
/// too: one made of the report's would tell to the millisecond when that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewHazard {
    /// Its id, which is new.
    pub id: HazardId,
    /// At which institution.
    pub facility: FacilityId,
    /// What it is; not empty.
    pub title: String,
    /// Where in the building; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// Its grade: general or major.
    pub grade: Grade,
    /// By when it is to be put right.
    pub due: Date,
}

/// What is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Command {
    /// 受理
    Accept,
    /// 不予受理
    NotAccept {
        /// Why.
        reason: NotAcceptedReason,
        /// More about it, for the reporter; needed when the reason is another.
        words: String,
    },
    /// 转办
    Transfer {
        /// To whom.
        to: Department,
        /// Why.
        words: String,
    },
    /// 并案: it is the same as another.
    Duplicate {
        /// The one that stands for it.
        of: SnapId,
    },
    /// 转为隐患
    TurnIntoHazard {
        /// The hazard.
        hazard: NewHazard,
    },
    /// 办结
    DealWith {
        /// What is dealt with: the acceptance, the transfer or the turning into a hazard, by its entry.
        after: EntryId,
        /// What was done.
        words: String,
    },
    /// 答复
    Answer {
        /// What is answered: the dealing with, by its entry.
        after: EntryId,
        /// What the reporter is told.
        words: String,
    },
    /// 评价: by the reporter.
    Rate {
        /// Which answer.
        answer: EntryId,
        /// How satisfied.
        satisfaction: Satisfaction,
    },
    /// 反映未整改到位: by the reporter.
    NotFixed {
        /// Which answer.
        answer: EntryId,
        /// What is still wrong; may be empty when there are photos.
        #[serde(default, skip_serializing_if = "OwnWords::is_empty")]
        words: OwnWords,
        /// What shows it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        photos: Vec<SnapPhoto>,
    },
    /// 公开到广场: from now on everybody reads it; also when it is public already, in the place of what was.
    Publish {
        /// Of what the notice speaks: the entry by which the report stands as it does, such as the acceptance or the answer.
        after: EntryId,
        /// What everybody reads.
        notice: PublicNotice,
    },
    /// 公开照片: everybody sees this picture with what is published; in the place of an earlier one of the same photo.
    ShowPhoto {
        /// With which publication, by its entry.
        publication: EntryId,
        /// The picture.
        photo: PublicPhoto,
    },
    /// 从广场撤下: nobody reads it there any more.
    Withdraw {
        /// The publication, by its entry.
        publication: EntryId,
        /// Why.
        words: String,
    },
    /// 奖励: a step with its reward.
    Reward(RewardCommand),
}

/// What kind of line a command adds, and to which story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommandKind {
    /// To the report's.
    Step(StepKind),
    /// To that of its reward.
    Reward(RewardStepKind),
}

impl Command {
    /// The reporter's photos that it is the first to name.
    pub fn photos(&self) -> &[SnapPhoto] {
        if let Self::NotFixed { photos, .. } = self { photos } else { &[] }
    }

    /// The picture for everybody that comes with it.
    pub const fn picture(&self) -> Option<&PublicPhoto> {
        if let Self::ShowPhoto { photo, .. } = self { Some(photo) } else { None }
    }

    /// Whose part it is.
    pub const fn part(&self) -> SnapPart {
        match self {
            Self::Rate { .. } | Self::NotFixed { .. } | Self::Reward(RewardCommand::Claim { .. }) => {
                SnapPart::Reporter
            }
            Self::Accept
            | Self::NotAccept { .. }
            | Self::Transfer { .. }
            | Self::Duplicate { .. }
            | Self::TurnIntoHazard { .. }
            | Self::DealWith { .. }
            | Self::Answer { .. }
            | Self::Publish { .. }
            | Self::ShowPhoto { .. }
            | Self::Withdraw { .. }
            | Self::Reward(RewardCommand::Propose { .. }) => SnapPart::Triage,
            Self::Reward(_) => SnapPart::Reward,
        }
    }

    /// What a story tells of it.
    pub const fn kind(&self) -> CommandKind {
        CommandKind::Step(match self {
            Self::Accept => StepKind::Accepted,
            Self::NotAccept { .. } => StepKind::NotAccepted,
            Self::Transfer { .. } => StepKind::Transferred,
            Self::Duplicate { .. } => StepKind::Duplicate,
            Self::TurnIntoHazard { .. } => StepKind::TurnedIntoHazard,
            Self::DealWith { .. } => StepKind::DealtWith,
            Self::Answer { .. } => StepKind::Answered,
            Self::Rate { .. } => StepKind::Rated,
            Self::NotFixed { .. } => StepKind::NotFixed,
            Self::Publish { .. } => StepKind::Published,
            Self::ShowPhoto { .. } => StepKind::ShowedPhoto,
            Self::Withdraw { .. } => StepKind::Withdrawn,
            Self::Reward(command) => return CommandKind::Reward(command.kind()),
        })
    }
}
