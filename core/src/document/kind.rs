//! The kinds of document.

use serde::Serialize;

use crate::letterhead::OfficeKind;

/// A kind of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// 现场检查记录
    InspectionRecord,
    /// 检查表
    Checklist,
    /// 责令限期整改指令书
    RectificationOrder,
    /// 现场处理措施决定书
    MeasuresDecision,
    /// 强制措施决定书
    CoerciveDecision,
    /// 整改复查意见书
    RecheckNotice,
    /// 重大隐患治理方案
    TreatmentPlan,
    /// 案件（隐患）移送书
    Transfer,
}

crate::spelling::read_by_name! { DocumentKind { "inspection_record" => InspectionRecord, "checklist" => Checklist, "rectification_order" => RectificationOrder, "measures_decision" => MeasuresDecision, "coercive_decision" => CoerciveDecision, "recheck_notice" => RecheckNotice, "treatment_plan" => TreatmentPlan, "transfer" => Transfer } }

impl DocumentKind {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 8] = [
        Self::InspectionRecord,
        Self::Checklist,
        Self::RectificationOrder,
        Self::MeasuresDecision,
        Self::CoerciveDecision,
        Self::RecheckNotice,
        Self::TreatmentPlan,
        Self::Transfer,
    ];

    /// The name under which it travels and its series is counted.
    pub const fn code(self) -> &'static str {
        match self {
            Self::InspectionRecord => "inspection_record",
            Self::Checklist => "checklist",
            Self::RectificationOrder => "rectification_order",
            Self::MeasuresDecision => "measures_decision",
            Self::CoerciveDecision => "coercive_decision",
            Self::RecheckNotice => "recheck_notice",
            Self::TreatmentPlan => "treatment_plan",
            Self::Transfer => "transfer",
        }
    }

    /// What stands at its head. The Ministry of Justice's form calls the record 笔录.
    pub const fn title(self, office: OfficeKind) -> &'static str {
        match self {
            Self::InspectionRecord => match office {
                OfficeKind::Generic => "现场检查笔录",
                OfficeKind::CivilAffairs | OfficeKind::EmergencyManagement => "现场检查记录",
            },
            Self::Checklist => "安全检查表",
            Self::RectificationOrder => "责令限期整改指令书",
            Self::MeasuresDecision => "现场处理措施决定书",
            Self::CoerciveDecision => "强制措施决定书",
            Self::RecheckNotice => "整改复查意见书",
            Self::TreatmentPlan => "重大事故隐患治理方案",
            Self::Transfer => "事故隐患移送书",
        }
    }

    /// What follows the office's mark in the number.
    pub const fn mark(self) -> &'static str {
        match self {
            Self::InspectionRecord => "检记",
            Self::Checklist => "检表",
            Self::RectificationOrder => "责改",
            Self::MeasuresDecision => "现决",
            Self::CoerciveDecision => "强措",
            Self::RecheckNotice => "复查",
            Self::TreatmentPlan => "治理",
            Self::Transfer => "移送",
        }
    }

    /// Whether two certified officers sign it (行政处罚法 42; 国办发〔2024〕54号). A plan is the institution's, and a transfer
    /// goes from office to office.
    pub const fn needs_two_officers(self) -> bool {
        !matches!(self, Self::TreatmentPlan | Self::Transfer)
    }

    /// Whether it burdens somebody, who is told how to appeal (行政复议法 20, 行政诉讼法 46).
    pub const fn names_remedies(self) -> bool {
        matches!(self, Self::RectificationOrder | Self::MeasuresDecision | Self::CoerciveDecision)
    }

    /// Whether a re-check notice may follow it: one of the three documents before it.
    pub const fn can_be_rechecked(self) -> bool {
        matches!(self, Self::RectificationOrder | Self::MeasuresDecision | Self::CoerciveDecision)
    }
}
