//! Who issues documents: the office as its documents name it. A region's configuration, copied into each document, so
//! that a document says for ever what was true on its day.

use serde::{Deserialize, Serialize};

use crate::region::DivisionCode;

/// By which law an office acts, which decides the wording of its documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OfficeKind {
    /// 民政部门: orders correction, then closure for rectification (老年人权益保障法 45(4)), elsewhere by 安全生产法 65.
    #[default]
    CivilAffairs,
    /// 应急管理部门: by 安全生产法 65.
    EmergencyManagement,
    /// 其他行政机关: the wording of the Ministry of Justice's forms for inspections 行政检查文书.
    Generic,
}

impl OfficeKind {
    /// All three.
    pub const ALL: [Self; 3] = [Self::CivilAffairs, Self::EmergencyManagement, Self::Generic];
}

/// An office as its documents name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Letterhead {
    /// The office's region: its series of numbers are counted here.
    pub division: DivisionCode,
    /// By which law it acts.
    pub kind: OfficeKind,
    /// Its name 机关名称.
    pub name: String,
    /// Its mark 机关代字, the beginning of every number, such as 样民.
    pub mark: String,
    /// 行政复议机关: to whom one may appeal.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub review_body: String,
    /// 人民法院: where one may sue.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub court: String,
}
