//! Who somebody is, as far as rules need it.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use crate::clock::Date;
use crate::department::Department;
use crate::ids::{AccountId, FacilityId};
use crate::region::DivisionCode;

/// What a person is here to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 检查人员: walks facilities of the region and signs. Only a certified one may sign (国办发〔2024〕54号).
    Inspector {
        /// The enforcement certificate 行政执法证.
        certificate: Certificate,
    },
    /// 监管人员: plans, receives, verifies, in the region.
    Supervisor,
    /// 管理员: accounts and devices of the region.
    Administrator,
    /// 机构人员: sees the own institution and nothing else.
    Institution {
        /// The institution.
        facility: FacilityId,
    },
    /// 维保单位人员: looks after the equipment of these institutions, and sees what it is to put right there.
    Maintenance {
        /// The institutions that it looks after.
        facilities: Vec<FacilityId>,
    },
    /// 其他部门人员: takes over what is transferred to the department in the region, and answers.
    Department {
        /// Which department.
        department: Department,
    },
    /// 市民: everybody who reports by the public page 随手拍, without an account of their own. The server alone writes in this
    /// name; nobody signs in by it.
    Citizens,
    /// 奖励专员: approves rewards for citizens' reports in the region and pays them. Nobody else learns who claims one.
    RewardOfficer,
    /// 机构员工、住养人员: reports hazards of the own institution, and learns what becomes of its hazards, as the law wants
    /// staff to (安全生产法 41).
    Staff {
        /// The institution.
        facility: FacilityId,
    },
    /// 培训登记: puts on record how people answered a quiz. The server alone writes in this name (`docs/decisions/0019`); nobody
    /// signs in by it.
    Recorder,
}

impl Role {
    /// Whether people of this role are trained, and so have training records 培训记录: those who keep institutions safe, and look
    /// after whether they are. Who administers accounts or pays rewards does neither.
    pub const fn is_trained(&self) -> bool {
        match self {
            Self::Inspector { .. }
            | Self::Supervisor
            | Self::Institution { .. }
            | Self::Maintenance { .. }
            | Self::Department { .. }
            | Self::Staff { .. } => true,
            Self::Administrator | Self::RewardOfficer | Self::Citizens | Self::Recorder => false,
        }
    }

    /// The institution whose person somebody is; `None` for firms' people, who come to several.
    pub const fn institution(&self) -> Option<FacilityId> {
        match self {
            Self::Institution { facility } | Self::Staff { facility } => Some(*facility),
            Self::Inspector { .. }
            | Self::Supervisor
            | Self::Administrator
            | Self::Maintenance { .. }
            | Self::Department { .. }
            | Self::RewardOfficer
            | Self::Citizens
            | Self::Recorder => None,
        }
    }
}

impl<'de> Deserialize<'de> for Role {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// The facts of all roles: each has its own.
        #[derive(Default, Deserialize)]
        struct Facts {
            certificate: Option<Certificate>,
            facility: Option<FacilityId>,
            facilities: Option<Vec<FacilityId>>,
            department: Option<Department>,
        }
        let (name, facts): (String, Facts) = crate::spelling::name_and_facts(deserializer)?;
        let role = match name.as_str() {
            "inspector" => facts.certificate.map(|certificate| Self::Inspector { certificate }),
            "supervisor" => Some(Self::Supervisor),
            "administrator" => Some(Self::Administrator),
            "citizens" => Some(Self::Citizens),
            "recorder" => Some(Self::Recorder),
            "reward_officer" => Some(Self::RewardOfficer),
            "institution" => facts.facility.map(|facility| Self::Institution { facility }),
            "maintenance" => facts.facilities.map(|facilities| Self::Maintenance { facilities }),
            "department" => facts.department.map(|department| Self::Department { department }),
            "staff" => facts.facility.map(|facility| Self::Staff { facility }),
            _ => None,
        };
        role.ok_or_else(|| D::Error::custom("no role, or one without its facts"))
    }
}

/// An enforcement certificate 行政执法证件.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Certificate {
    /// Its number.
    pub number: String,
    /// The last day on which it is valid.
    pub valid_until: Date,
}

/// An account as far as rules need it: no login, no password, no telephone number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// The person's name, as it stands in records.
    pub name: String,
    /// The organisation it acts for, such as 某县民政局.
    pub organisation: String,
    /// The region it acts in; for an institution's account, the institution's division.
    pub region: DivisionCode,
    /// What it is here to do.
    pub role: Role,
}
