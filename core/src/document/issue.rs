//! What a document says.

use serde::{Deserialize, Serialize};

use super::kind::DocumentKind;
use super::number::Series;
use crate::clock::{Date, Instant};
use crate::department::Department;
use crate::facility::FacilityType;
use crate::hazard::TreatmentPlan;
use crate::ids::{AccountId, DocumentId, FacilityId, HazardId, VisitId};
use crate::letterhead::Letterhead;
use crate::visit::{Due, RevisitOutcome};

/// A document as it is issued: the body of a `document.issued` entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Issue {
    /// Its id.
    pub id: DocumentId,
    /// Who issues it.
    pub office: Letterhead,
    /// To whom, or of whom.
    pub addressee: Addressee,
    /// Its day: the day of its entry.
    pub on: Date,
    /// The visit that it is about, when it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<VisitId>,
    /// Who acts: two certified officers where the kind wants them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub officers: Vec<Officer>,
    /// What it says.
    pub matter: Matter,
}

/// The institution 被检查单位, as the document names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Addressee {
    /// Which one.
    pub facility: FacilityId,
    /// Its kind: the law of old people's homes does not reach the others.
    pub facility_type: FacilityType,
    /// 单位名称
    pub name: String,
    /// 地址
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// 负责人
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub head: String,
    /// 职务
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub post: String,
    /// 联系电话: the institution's, never a person's own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub telephone: String,
}

/// An officer 执法人员 with the number of the certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Officer {
    /// The account.
    pub account: AccountId,
    /// The name.
    pub name: String,
    /// 执法证号
    pub certificate: String,
}

/// What a document says, by its kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Matter {
    /// 现场检查记录
    InspectionRecord(Inspection),
    /// 检查表
    Checklist(Vec<CheckLine>),
    /// 责令限期整改指令书: its problems, in their order.
    RectificationOrder(Vec<OrderedLine>),
    /// 现场处理措施决定书
    MeasuresDecision(Grounds),
    /// 强制措施决定书
    CoerciveDecision(Grounds),
    /// 整改复查意见书
    RecheckNotice(Recheck),
    /// 重大隐患治理方案
    TreatmentPlan(HazardPlan),
    /// 移送书
    Transfer(TransferOut),
}

/// A visit as its record tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Inspection {
    /// 检查场所
    pub place: String,
    /// 检查开始时间, to the minute.
    pub from: Instant,
    /// 检查结束时间
    pub until: Instant,
    /// 现场负责人
    pub site_person: String,
    /// 检查情况, in numbered lines.
    pub lines: Vec<String>,
}

/// A line of a checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CheckLine {
    /// The section.
    pub section: String,
    /// 检查内容
    pub text: String,
    /// 结果: 合格、不合格、不适用, or what was measured.
    pub result: String,
    /// 备注
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// A problem that is to be put right by a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrderedLine {
    /// The hazard.
    pub hazard: HazardId,
    /// What is wrong, and where.
    pub what: String,
    /// What it breaks, as printed; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub basis: String,
    /// Until when; nothing is ordered without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
}

/// A decision with its facts, its basis and what it orders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Grounds {
    /// The hazards that it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hazards: Vec<HazardId>,
    /// 事实
    pub facts: Vec<String>,
    /// 依据, as printed.
    pub basis: String,
    /// 措施: 停用、撤离、停业.
    pub measures: Vec<String>,
    /// 自…起.
    pub from: Instant,
}

/// A re-check of what an earlier document ordered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Recheck {
    /// The earlier document; nothing is re-checked without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Before>,
    /// 逐项复查意见
    pub lines: Vec<RecheckLine>,
}

/// An earlier document, as a later one names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Before {
    /// Which.
    pub document: DocumentId,
    /// Its kind.
    pub kind: DocumentKind,
    /// Its number as printed; empty while it has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// Its day.
    pub on: Date,
}

/// What was found of one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RecheckLine {
    /// The hazard, when the line has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hazard: Option<HazardId>,
    /// What had been ordered.
    pub what: String,
    /// What was found.
    pub result: RevisitOutcome,
    /// In words; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// The treatment plan of one major hazard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HazardPlan {
    /// Which hazard.
    pub hazard: HazardId,
    /// What is wrong.
    pub what: String,
    /// The six parts.
    pub plan: TreatmentPlan,
}

/// A hazard that is handed to another department.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TransferOut {
    /// Which hazard.
    pub hazard: HazardId,
    /// To which department.
    pub to: Department,
    /// 受移送机关, by name.
    pub to_name: String,
    /// What is wrong.
    pub what: String,
    /// 移送事由
    pub reason: String,
    /// 随附材料
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<String>,
}

impl Matter {
    /// Its kind.
    pub const fn kind(&self) -> DocumentKind {
        match self {
            Self::InspectionRecord(_) => DocumentKind::InspectionRecord,
            Self::Checklist(_) => DocumentKind::Checklist,
            Self::RectificationOrder(_) => DocumentKind::RectificationOrder,
            Self::MeasuresDecision(_) => DocumentKind::MeasuresDecision,
            Self::CoerciveDecision(_) => DocumentKind::CoerciveDecision,
            Self::RecheckNotice(_) => DocumentKind::RecheckNotice,
            Self::TreatmentPlan(_) => DocumentKind::TreatmentPlan,
            Self::Transfer(_) => DocumentKind::Transfer,
        }
    }
}

impl Issue {
    /// Its kind.
    pub const fn kind(&self) -> DocumentKind {
        self.matter.kind()
    }

    /// The series in which it is numbered.
    pub fn series(&self) -> Series {
        Series { office: self.office.division.clone(), kind: self.kind(), year: self.on.year() }
    }

    /// The hazards that it is about.
    pub fn hazards(&self) -> Vec<HazardId> {
        match &self.matter {
            Matter::InspectionRecord(_) | Matter::Checklist(_) => Vec::new(),
            Matter::RectificationOrder(lines) => lines.iter().map(|line| line.hazard).collect(),
            Matter::MeasuresDecision(grounds) | Matter::CoerciveDecision(grounds) => grounds.hazards.clone(),
            Matter::RecheckNotice(recheck) => recheck.lines.iter().filter_map(|line| line.hazard).collect(),
            Matter::TreatmentPlan(plan) => vec![plan.hazard],
            Matter::Transfer(transfer) => vec![transfer.hazard],
        }
    }

    /// The document that it follows.
    pub const fn before(&self) -> Option<&Before> {
        match &self.matter {
            Matter::RecheckNotice(recheck) => recheck.before.as_ref(),
            _ => None,
        }
    }

    /// Its number as printed 文号: 机关代字〔年〕号.
    pub fn number_text(&self, number: u32) -> String {
        format!("{}{}〔{}〕{number}号", self.office.mark, self.kind().mark(), self.on.year())
    }
}
