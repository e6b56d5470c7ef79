//! What people do to a hazard: the body of a `hazard.step` entry.

use serde::{Deserialize, Serialize};

use super::life::{Assignment, ListingLevel, Reviewer};
use super::treatment::TreatmentPlan;
use crate::clock::Date;
use crate::department::Department;
use crate::evidence::PhotoManifest;
use crate::ids::{EntryId, HazardId};
use crate::rules::Measure;

/// One step of one hazard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Which hazard.
    pub hazard: HazardId,
    /// What is done.
    #[serde(flatten)]
    pub command: Command,
}

/// How a re-check was done 复查方式.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecheckWay {
    /// 现场复查
    OnSite,
    /// 看照片复查: never for a major hazard.
    ByPhotos,
}

/// What a re-check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecheckOutcome {
    /// 已整改
    Fixed,
    /// 未整改到位
    NotFixed,
}

/// An answer to a wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// 同意
    Granted,
    /// 不同意
    Denied,
}

/// The answer to a wish for more time.
pub type ExtensionAnswer = Answer;
/// The answer to a wish to lift a measure.
pub type LiftAnswer = Answer;

/// What a department did with a transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransferOutcome {
    /// 不属本部门职责，退回
    NotCompetent,
    /// 已办理，附结果
    Handled,
}

/// What is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Command {
    /// 交办; again on an assigned one: 改派.
    Assign {
        /// To whom, how, until when.
        assignment: Assignment,
    },
    /// 签收
    SignFor {
        /// The assignment.
        assignment: EntryId,
    },
    /// 退回交办: not ours.
    Decline {
        /// The assignment.
        assignment: EntryId,
        /// Why.
        reason: String,
    },
    /// 治理方案
    Plan {
        /// The plan.
        plan: TreatmentPlan,
    },
    /// 提交整改
    Submit {
        /// What was done; may be empty.
        note: String,
        /// After-photos.
        photos: Vec<PhotoManifest>,
    },
    /// 退回整改: what was submitted does not do, as the photos show.
    SendBack {
        /// The submission.
        submission: EntryId,
        /// Why.
        reason: String,
    },
    /// 复查
    Recheck {
        /// The submission that is re-checked; `None` for a hazard that was found put right without one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        submission: Option<EntryId>,
        /// How.
        way: RecheckWay,
        /// What was found.
        outcome: RecheckOutcome,
        /// A note; the reason when it is not fixed.
        note: String,
        /// Photos of the re-check.
        photos: Vec<PhotoManifest>,
        /// The second reviewer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        second: Option<Reviewer>,
    },
    /// 销号
    Close {
        /// The re-check.
        recheck: EntryId,
        /// A note; may be empty.
        note: String,
    },
    /// 申请延期
    AskExtension {
        /// Until when.
        until: Date,
        /// Why.
        reason: String,
    },
    /// 答复延期
    AnswerExtension {
        /// The wish.
        ask: EntryId,
        /// The answer.
        answer: ExtensionAnswer,
        /// Why; not empty when it is denied.
        reason: String,
    },
    /// 升级为重大
    Escalate {
        /// Why, with the clause.
        reason: String,
    },
    /// 挂牌督办
    List {
        /// At which level.
        level: ListingLevel,
        /// Why; the number of the notice.
        reason: String,
    },
    /// 摘牌
    Delist {
        /// The listing.
        listing: EntryId,
        /// Why.
        reason: String,
    },
    /// 责令立即措施
    OrderMeasure {
        /// Which.
        measure: Measure,
        /// Why.
        reason: String,
    },
    /// 立即措施已落实
    CarryOut {
        /// Which.
        measure: Measure,
        /// A note; may be empty.
        note: String,
        /// Photos; may be none.
        photos: Vec<PhotoManifest>,
    },
    /// 申请解除措施
    AskLift {
        /// Which.
        measure: Measure,
        /// Why.
        reason: String,
    },
    /// 答复解除措施
    AnswerLift {
        /// Which.
        measure: Measure,
        /// The wish.
        ask: EntryId,
        /// The answer.
        answer: LiftAnswer,
        /// Why; not empty when it is denied.
        reason: String,
    },
    /// 措施已解除
    Lift {
        /// Which.
        measure: Measure,
    },
    /// 移送
    Transfer {
        /// To whom.
        to: Department,
        /// Why.
        reason: String,
    },
    /// 移送签收
    ReceiveTransfer {
        /// The transfer.
        transfer: EntryId,
        /// The number that it has there; may be empty.
        number: String,
    },
    /// 移送退回、办结
    ReturnTransfer {
        /// The transfer.
        transfer: EntryId,
        /// What was done with it.
        outcome: TransferOutcome,
        /// Why, or what was done.
        reply: String,
        /// After-photos, when it was handled.
        photos: Vec<PhotoManifest>,
    },
    /// 不成立
    NotEstablished {
        /// Why.
        reason: String,
    },
    /// 重复
    Duplicate {
        /// The hazard that stands for it.
        of: HazardId,
    },
    /// 重新打开 回头看
    Reopen {
        /// What was found.
        reason: String,
        /// Photos; may be none.
        photos: Vec<PhotoManifest>,
    },
    /// 批注
    Remark {
        /// What is said.
        text: String,
    },
}

impl Command {
    /// Its photos.
    pub fn photos(&self) -> &[PhotoManifest] {
        match self {
            Self::Submit { photos, .. }
            | Self::Recheck { photos, .. }
            | Self::CarryOut { photos, .. }
            | Self::ReturnTransfer { photos, .. }
            | Self::Reopen { photos, .. } => photos,
            _ => &[],
        }
    }
}
