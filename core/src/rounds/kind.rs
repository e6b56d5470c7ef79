//! The kinds of round.

use serde::Serialize;

/// A kind of round of an institution's own, or of its maintenance firm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RoundKind {
    /// 日巡查
    DailyPatrol,
    /// 夜间巡查
    NightPatrol,
    /// 零报告: explicitly nothing today.
    ZeroReport,
    /// 月检查、自查
    SelfCheck,
    /// 负责人带队检查
    HeadCheck,
    /// 维保: the firm's visit.
    MaintenanceVisit,
    /// 演练
    Drill,
    /// 培训
    Training,
}

crate::spelling::read_by_name! { RoundKind { "daily_patrol" => DailyPatrol, "night_patrol" => NightPatrol, "zero_report" => ZeroReport, "self_check" => SelfCheck, "head_check" => HeadCheck, "maintenance_visit" => MaintenanceVisit, "drill" => Drill, "training" => Training } }

impl RoundKind {
    /// All, in the order in which they are offered: the frequent ones first.
    pub const ALL: [Self; 8] = [
        Self::DailyPatrol,
        Self::NightPatrol,
        Self::ZeroReport,
        Self::SelfCheck,
        Self::HeadCheck,
        Self::MaintenanceVisit,
        Self::Drill,
        Self::Training,
    ];

    /// The name under which it travels, in keys and addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::DailyPatrol => "daily_patrol",
            Self::NightPatrol => "night_patrol",
            Self::ZeroReport => "zero_report",
            Self::SelfCheck => "self_check",
            Self::HeadCheck => "head_check",
            Self::MaintenanceVisit => "maintenance_visit",
            Self::Drill => "drill",
            Self::Training => "training",
        }
    }

    /// The kind of a name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}
