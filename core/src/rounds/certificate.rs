//! The register of certificates, licences and insurances 证书、保险, and their warnings.

use serde::{Deserialize, Serialize};

use crate::clock::Date;
use crate::ids::{CertificateId, FacilityId};

/// What is certified, licensed or insured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CertificateKind {
    /// 消防设施操作员证 (消防法 21: operators of automatic systems are certified)
    FireOperator,
    /// 电工、焊工等特种作业证 (安全生产法 30)
    SpecialOperator,
    /// 安全管理人员培训合格证 (seed 0: a yearly course and exam)
    SafetyTraining,
    /// 健康证 (食品安全法 45)
    Health,
    /// 食品经营许可证 (食品安全法 35)
    FoodLicence,
    /// 电梯等特种设备检验 (特种设备安全法 40)
    EquipmentInspection,
    /// 消防验收、备案 (消防法 11–13)
    FireAcceptance,
    /// 综合责任保险 (seed 0)
    LiabilityInsurance,
    /// 维保合同
    MaintenanceContract,
    /// 其他
    Other,
}

impl CertificateKind {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 10] = [
        Self::FireOperator,
        Self::SpecialOperator,
        Self::SafetyTraining,
        Self::Health,
        Self::FoodLicence,
        Self::EquipmentInspection,
        Self::FireAcceptance,
        Self::LiabilityInsurance,
        Self::MaintenanceContract,
        Self::Other,
    ];
}

/// One line of the register: the body of a `certificate.noted` entry, always whole. The same id again replaces it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Certificate {
    /// Its id.
    pub id: CertificateId,
    /// Whose register.
    pub facility: FacilityId,
    /// What it is.
    pub kind: CertificateKind,
    /// Who or what it is for: a person, a lift, the institution; not empty.
    pub holder: String,
    /// Its number; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// The last day on which it is valid; `None` when it does not end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Date>,
    /// Whether it still counts.
    pub standing: CertificateStanding,
}

/// Whether a line of the register still counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CertificateStanding {
    /// It does.
    InForce,
    /// 已注销: the person left, the lift is gone, another took its place.
    Ended,
}

/// How near the end of a certificate is. The thresholds are this project's proposal: renewing takes one to two months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Expiry {
    /// The last day has passed.
    Expired,
    /// 30 days or fewer are left.
    Within30,
    /// 60 days or fewer are left.
    Within60,
}

impl Certificate {
    /// Characters of one text, at most.
    const MAX_CHARS: usize = 200;

    /// Whether every text says something and none too much.
    pub fn is_complete(&self) -> bool {
        let fits = |text: &String| text.chars().count() <= Self::MAX_CHARS;
        !self.holder.trim().is_empty() && fits(&self.holder) && fits(&self.number)
    }

    /// Whether its end is near; `None` when there is nothing to warn of.
    pub fn expiry(&self, today: Date) -> Option<Expiry> {
        if self.standing == CertificateStanding::Ended {
            return None;
        }
        match self.valid_until?.days_since(today) {
            ..0 => Some(Expiry::Expired),
            0..=30 => Some(Expiry::Within30),
            31..=60 => Some(Expiry::Within60),
            _ => None,
        }
    }
}
