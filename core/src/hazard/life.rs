//! Everything that a hazard has been through, and where it stands.

use serde::{Deserialize, Serialize};

use super::measure::MeasureOrder;
use super::state::HazardState;
use super::treatment::TreatmentPlan;
use crate::access::Account;
use crate::clock::{Date, Instant};
use crate::department::Department;
use crate::digest::Digest;
use crate::ids::{AccountId, Entropy, EntryId, HazardId, PhotoId};
use crate::region::DivisionCode;
use crate::rules::Measure;
use crate::unit::{Unit, UnitKind};

/// Who did something, when, and by which entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Mark {
    /// The entry: what later steps name.
    pub entry: EntryId,
    /// The person's account.
    pub account: AccountId,
    /// The person's name.
    pub name: String,
    /// The organisation for which it was done.
    pub organisation: String,
    /// When, by the device's clock.
    pub at: Instant,
    /// When the ledger had it.
    pub received: Instant,
}

impl Mark {
    /// The mark of whoever did it by an entry.
    pub fn of(actor: &Account, entry: EntryId, at: Instant, received: Instant) -> Self {
        let (account, name, organisation) = (actor.id, actor.name.clone(), actor.organisation.clone());
        Self { entry, account, name, organisation, at, received }
    }

    /// The mark of somebody who must not be known 内部报告: neither account nor name nor organisation.
    pub fn nameless(entry: EntryId, at: Instant, received: Instant) -> Self {
        let account = AccountId::from_parts(Instant::from_unix_millis(0), Entropy(0));
        Self { entry, account, name: String::new(), organisation: String::new(), at, received }
    }

    /// Whether it says who it was.
    pub fn is_named(&self) -> bool {
        !self.name.is_empty()
    }
}

/// A photo by id and the hash of its stored bytes.
pub type PhotoRef = (PhotoId, Digest);

/// Who is to put a hazard right, how, and until when 交办: unit, person, measure and date on every line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Assignment {
    /// 主责单位
    pub primary: Unit,
    /// 配合单位
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supporting: Vec<Unit>,
    /// 责任人
    pub person: String,
    /// 整改措施
    pub measure: String,
    /// 整改期限
    pub due: Date,
}

impl Assignment {
    /// All its units, the primary one first.
    pub fn units(&self) -> impl Iterator<Item = &Unit> {
        std::iter::once(&self.primary).chain(&self.supporting)
    }
}

/// What was submitted as put right 提交整改.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Submission {
    /// Who submitted: the rectifier.
    pub mark: Mark,
    /// After-photos 整改后照片.
    pub photos: Vec<PhotoRef>,
}

/// A second reviewer 复查人.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reviewer {
    /// The account.
    pub account: AccountId,
    /// The name.
    pub name: String,
}

/// A re-check 复查 that found the hazard put right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Recheck {
    /// Who re-checked.
    pub mark: Mark,
    /// The second reviewer, when there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second: Option<Reviewer>,
    /// The photos that it rests on.
    pub photos: Vec<PhotoRef>,
}

/// How a hazard was closed 销号.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Closure {
    /// The re-check that it rests on.
    pub recheck: Recheck,
    /// Who closed it.
    pub mark: Mark,
}

/// A transfer to another department 移送.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Transfer {
    /// To whom.
    pub to: Department,
    /// Who transferred it.
    pub mark: Mark,
    /// The receipt: who took it over, and the number that it has there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<(Mark, String)>,
}

/// Where a hazard stands, with the facts of that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 已发现
    Found,
    /// 已交办
    Assigned {
        /// Who assigned it.
        mark: Mark,
    },
    /// 整改中
    Rectifying {
        /// Who signed for it.
        mark: Mark,
    },
    /// 待复查
    Submitted {
        /// What was submitted.
        submission: Submission,
    },
    /// 复查合格
    Rechecked {
        /// What was submitted before; `None` when it was found put right without.
        submission: Option<Submission>,
        /// The re-check.
        recheck: Recheck,
    },
    /// 已移送
    Transferred {
        /// Where to.
        transfer: Transfer,
    },
    /// 已销号
    Closed {
        /// How.
        closure: Box<Closure>,
    },
    /// 不成立
    NotEstablished {
        /// Who says so.
        mark: Mark,
    },
    /// 重复
    Duplicate {
        /// Who says so.
        mark: Mark,
        /// The hazard that stands for it.
        of: HazardId,
    },
}

impl Stage {
    /// The same in one word.
    pub const fn state(&self) -> HazardState {
        match self {
            Self::Found => HazardState::Found,
            Self::Assigned { .. } => HazardState::Assigned,
            Self::Rectifying { .. } => HazardState::Rectifying,
            Self::Submitted { .. } => HazardState::Submitted,
            Self::Rechecked { .. } => HazardState::Rechecked,
            Self::Transferred { .. } => HazardState::Transferred,
            Self::Closed { .. } => HazardState::Closed,
            Self::NotEstablished { .. } => HazardState::NotEstablished,
            Self::Duplicate { .. } => HazardState::Duplicate,
        }
    }
}

/// A wish for more time 延期申请 that nobody has answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Extension {
    /// Who asked.
    pub mark: Mark,
    /// Until when.
    pub until: Date,
}

/// At which level a major hazard is listed 挂牌督办.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ListingLevel {
    /// 县级
    County,
    /// 市级
    City,
    /// 省级
    Province,
}

/// A listing 挂牌督办 in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Listing {
    /// Who listed it.
    pub mark: Mark,
    /// The region of the office that listed it: that office, or one above it, delists.
    pub office: DivisionCode,
    /// At which level.
    pub level: ListingLevel,
}

/// What kind of step a line of the story tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// 发现
    Found,
    /// 现场再次查看，仍存在
    SeenStillThere,
    /// 现场再次查看，已整改
    SeenFixed,
    /// 交办
    Assigned,
    /// 签收
    SignedFor,
    /// 退回交办
    Declined,
    /// 治理方案
    Planned,
    /// 提交整改
    Submitted,
    /// 退回整改
    SentBack,
    /// 复查合格
    RecheckedFixed,
    /// 复查不合格
    RecheckedNotFixed,
    /// 销号
    Closed,
    /// 申请延期
    ExtensionAsked,
    /// 同意延期
    ExtensionGranted,
    /// 不同意延期
    ExtensionDenied,
    /// 升级为重大
    Escalated,
    /// 挂牌督办
    Listed,
    /// 摘牌
    Delisted,
    /// 责令立即措施
    MeasureOrdered,
    /// 立即措施已落实
    MeasureCarriedOut,
    /// 申请解除措施
    LiftAsked,
    /// 同意解除措施
    LiftConsented,
    /// 不同意解除措施
    LiftRefused,
    /// 措施已解除
    Lifted,
    /// 移送
    Transferred,
    /// 移送签收
    TransferReceived,
    /// 移送退回
    TransferReturned,
    /// 移送办结
    TransferHandled,
    /// 不成立
    NotEstablished,
    /// 重复
    Duplicate,
    /// 重新打开 回头看
    Reopened,
    /// 批注
    Remarked,
}

impl StepKind {
    /// Whether the supervisor has to assign the hazard from then on.
    pub(crate) const fn asks_to_assign(self) -> bool {
        matches!(self, Self::Found | Self::Declined | Self::TransferReturned | Self::Reopened)
    }
}

/// One line of a hazard's story: who did what, when, and what was said and shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StoryLine {
    /// What was done.
    pub kind: StepKind,
    /// By whom and when.
    pub mark: Mark,
    /// What was said: reason, note, measure, person; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The date that it is about: a deadline, asked for or set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// The immediate measure that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Measure>,
    /// The photos that it shows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<PhotoRef>,
}

/// Everything that a hazard has been through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Life {
    /// Where it stands.
    pub stage: Stage,
    /// Who is to put it right: the last assignment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignment: Option<Assignment>,
    /// The treatment plan of a major one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<TreatmentPlan>,
    /// Immediate measures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<MeasureOrder>,
    /// More time, asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Extension>,
    /// The listing in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listing: Option<Listing>,
    /// Its story, the oldest first.
    pub story: Vec<StoryLine>,
}

impl Life {
    /// The life of a hazard that was just found.
    pub fn found(line: StoryLine) -> Self {
        Self {
            stage: Stage::Found,
            assignment: None,
            plan: None,
            measures: Vec::new(),
            extension: None,
            listing: None,
            story: vec![line],
        }
    }

    /// The kinds of unit that have to do with it now: who may see it besides the institution and its supervisors.
    pub fn involved(&self) -> Vec<UnitKind> {
        let assigned = self.assignment.iter().flat_map(Assignment::units).map(|unit| unit.kind);
        let mut kinds: Vec<UnitKind> = assigned.collect();
        if let Stage::Transferred { transfer } = &self.stage {
            kinds.push(UnitKind::Department(transfer.to));
        }
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }
}
