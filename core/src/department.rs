//! Departments 部门 that hazards are transferred to or that rectify them, and which of them is competent for what.
//!
//! 管行业必须管安全: whoever supervises a trade supervises its safety (安全生产法 3). The ten of 国办函〔2026〕14号 and the
//! two that gas and police matters go to in most counties.

use serde::Serialize;

/// A department of a local government.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Department {
    /// 民政
    CivilAffairs,
    /// 消防救援
    FireRescue,
    /// 住房城乡建设
    Housing,
    /// 市场监管
    MarketRegulation,
    /// 卫生健康
    Health,
    /// 应急管理
    EmergencyManagement,
    /// 公安
    PublicSecurity,
    /// 城市管理（燃气）
    UrbanManagement,
    /// 自然资源
    NaturalResources,
    /// 水利
    WaterResources,
    /// 发展改革
    DevelopmentReform,
    /// 财政
    Finance,
}

crate::spelling::read_by_name! { Department { "civil_affairs" => CivilAffairs, "fire_rescue" => FireRescue, "housing" => Housing, "market_regulation" => MarketRegulation, "health" => Health, "emergency_management" => EmergencyManagement, "public_security" => PublicSecurity, "urban_management" => UrbanManagement, "natural_resources" => NaturalResources, "water_resources" => WaterResources, "development_reform" => DevelopmentReform, "finance" => Finance } }

impl Department {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 12] = [
        Self::CivilAffairs,
        Self::FireRescue,
        Self::Housing,
        Self::MarketRegulation,
        Self::Health,
        Self::EmergencyManagement,
        Self::PublicSecurity,
        Self::UrbanManagement,
        Self::NaturalResources,
        Self::WaterResources,
        Self::DevelopmentReform,
        Self::Finance,
    ];

    /// Who is competent for the hazards of a checklist's section, the first one before the others: a proposal, which the
    /// supervisor may overrule. By the acts that the sections cite: 消防法 4, 食品安全法 6, 特种设备安全法 5, 城镇燃气管理条例 5,
    /// 建筑法 6. Sections that no other department is competent for are civil affairs' own.
    ///
    /// ```
    /// use xunan_core::department::Department;
    ///
    /// assert_eq!(Department::competent_for("fire.exit.locked"), [Department::FireRescue]);
    /// assert_eq!(Department::competent_for("mgmt.resp.head"), [Department::CivilAffairs]);
    /// ```
    pub fn competent_for(item: &str) -> &'static [Self] {
        let (section, _) = item.split_once('.').unwrap_or((item, ""));
        match section {
            "fire" => &[Self::FireRescue],
            "bldg" => &[Self::Housing],
            "gas" => &[Self::UrbanManagement, Self::Housing],
            "equip" => &[Self::MarketRegulation],
            "food" => &[Self::MarketRegulation],
            "hlth" => &[Self::Health],
            "sec" => &[Self::PublicSecurity],
            "elec" => &[Self::FireRescue, Self::EmergencyManagement],
            _ => &[Self::CivilAffairs],
        }
    }
}
