//! Institutions 民政服务机构: what kind they are, where they stand, and who answers for their safety.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::ids::FacilityId;
use crate::place::GeoPoint;
use crate::region::DivisionCode;

/// The eight kinds of institution that the checklists know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FacilityType {
    /// 养老机构
    ElderlyCare,
    /// 儿童福利机构
    ChildWelfare,
    /// 未成年人救助保护机构
    MinorProtection,
    /// 救助管理机构
    ReliefStation,
    /// 殡仪馆、火葬场
    FuneralHome,
    /// 公墓、骨灰堂
    Cemetery,
    /// 婚姻登记机构
    MarriageRegistry,
    /// 精神卫生福利机构
    MentalWelfare,
}

crate::spelling::read_by_name! { FacilityType { "elderly_care" => ElderlyCare, "child_welfare" => ChildWelfare, "minor_protection" => MinorProtection, "relief_station" => ReliefStation, "funeral_home" => FuneralHome, "cemetery" => Cemetery, "marriage_registry" => MarriageRegistry, "mental_welfare" => MentalWelfare } }

impl FacilityType {
    /// All eight.
    pub const ALL: [Self; 8] = [
        Self::ElderlyCare,
        Self::ChildWelfare,
        Self::MinorProtection,
        Self::ReliefStation,
        Self::FuneralHome,
        Self::Cemetery,
        Self::MarriageRegistry,
        Self::MentalWelfare,
    ];

    /// Its name, as in JSON and in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ElderlyCare => "elderly_care",
            Self::ChildWelfare => "child_welfare",
            Self::MinorProtection => "minor_protection",
            Self::ReliefStation => "relief_station",
            Self::FuneralHome => "funeral_home",
            Self::Cemetery => "cemetery",
            Self::MarriageRegistry => "marriage_registry",
            Self::MentalWelfare => "mental_welfare",
        }
    }

    /// Whether those who live there are minors 未成年人: nothing of it is made public unless a region's terms say so.
    pub const fn is_of_minors(self) -> bool {
        match self {
            Self::ChildWelfare | Self::MinorProtection => true,
            Self::ElderlyCare
            | Self::ReliefStation
            | Self::FuneralHome
            | Self::Cemetery
            | Self::MarriageRegistry
            | Self::MentalWelfare => false,
        }
    }
}

/// A unified social credit code 统一社会信用代码 (GB 32100-2015): 18 characters, the last a check character.
///
/// The digits of the registering division inside it are not compared with today's divisions: a code keeps the
/// division in which it was given.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct CreditCode(String);

/// A text that is not a unified social credit code, or whose check character is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a unified social credit code: 18 characters with a right check character are needed")]
pub struct NotACreditCode;

impl CreditCode {
    /// The 18 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for CreditCode {
    type Err = NotACreditCode;

    fn from_str(text: &str) -> Result<Self, NotACreditCode> {
        // GB 32100-2015, 4.2: digits and capitals without I, O, S, V, Z; weights are powers of 3 modulo 31.
        const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
        const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
        let bytes = text.as_bytes();
        if bytes.len() != 18 {
            return Err(NotACreditCode);
        }
        let value = |byte: u8| ALPHABET.iter().position(|it| *it == byte).ok_or(NotACreditCode);
        let mut sum = 0;
        for (byte, weight) in bytes.iter().zip(WEIGHTS) {
            sum += value(*byte)? * weight;
        }
        let check = (31 - sum % 31) % 31;
        if value(bytes[17])? == check { Ok(Self(text.to_owned())) } else { Err(NotACreditCode) }
    }
}

impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CreditCode({})", self.0)
    }
}

impl Serialize for CreditCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for CreditCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::spelling::parsed_from_str(deserializer)
    }
}

/// Who answers for an institution's safety 六方责任 (Binzhou's six parties).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// 属地（乡镇、街道）
    Locality,
    /// 主管部门
    Department,
    /// 分管领导
    LeaderInCharge,
    /// 机构负责人
    Head,
    /// 安全管理员
    SafetyOfficer,
    /// 维保单位
    Maintenance,
}

crate::spelling::read_by_name! { Party { "locality" => Locality, "department" => Department, "leader_in_charge" => LeaderInCharge, "head" => Head, "safety_officer" => SafetyOfficer, "maintenance" => Maintenance } }

impl Party {
    /// All six, in the order in which a card lists them.
    pub const ALL: [Self; 6] = [
        Self::Locality,
        Self::Department,
        Self::LeaderInCharge,
        Self::Head,
        Self::SafetyOfficer,
        Self::Maintenance,
    ];
}

/// Who fills one of the six parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PartyHolder {
    /// Which part.
    pub party: Party,
    /// The person or body.
    pub name: String,
    /// Post or organisation, may be empty.
    #[serde(default)]
    pub post: String,
}

/// An institution's card 机构卡, as it is registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Facility {
    /// Its id.
    pub id: FacilityId,
    /// Its full name.
    pub name: String,
    /// Its kind, which decides the checklist and some grades.
    pub facility_type: FacilityType,
    /// Where it stands in the tree of divisions: township or county.
    pub division: DivisionCode,
    /// Its street address.
    pub address: String,
    /// Its credit code, when it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit_code: Option<CreditCode>,
    /// The institution's public telephone number; never a person's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub telephone: Option<String>,
    /// People who live there, at most; `None` where nobody does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beds: Option<u32>,
    /// Where its gate is, when somebody has set it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<GeoPoint>,
    /// The six parties, as far as known, at most one holder each.
    #[serde(default)]
    pub parties: Vec<PartyHolder>,
}

impl Facility {
    /// Who fills a part, when known.
    pub fn holder(&self, party: Party) -> Option<&PartyHolder> {
        self.parties.iter().find(|holder| holder.party == party)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_of_institution_has_one_name_everywhere() {
        for kind in FacilityType::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
    }

    #[test]
    fn public_credit_codes_pass_and_changed_ones_do_not() {
        for good in ["113417310032624877", "11341800003280140M", "11371525004442025C", "113703030042170202"] {
            assert_eq!(good.parse::<CreditCode>().unwrap().as_str(), good);
            let mut changed = good.as_bytes().to_vec();
            changed[8] = if changed[8] == b'0' { b'1' } else { b'0' };
            assert_eq!(String::from_utf8(changed).unwrap().parse::<CreditCode>(), Err(NotACreditCode));
        }
        for bad in ["", "11341731003262487", "I13417310032624877", "1134173100326248777"] {
            assert_eq!(bad.parse::<CreditCode>(), Err(NotACreditCode), "{bad}");
        }
    }
}
