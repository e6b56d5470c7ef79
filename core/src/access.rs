//! Who may see what, and who may do what: decided here, enforced by the server for every row and photo.
//!
//! The filter stands on the server and not in a page: counts, badges, times of change and exports are made from
//! what [`may_see`] admits, so that a secret visit 四不两直 betrays itself nowhere. Everybody acts inside the own
//! region 属地管理 (国办发〔2024〕54号), and only a certified inspector records a visit.

use serde::{Deserialize, Serialize};

use crate::clock::Date;
use crate::ids::{AccountId, FacilityId};
use crate::plan::{NoticeMode, Plan};
use crate::region::DivisionCode;

/// What a person is here to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

/// Something that a row, a photo or an entry is about: all that a decision to show it depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject<'a> {
    /// An institution's card.
    Facility {
        /// Where it stands.
        division: &'a DivisionCode,
        /// Which one.
        facility: FacilityId,
    },
    /// A plan, secret or not.
    Plan {
        /// Where its institution stands.
        division: &'a DivisionCode,
        /// The plan.
        plan: &'a Plan,
    },
    /// A visit's record with its photos, or one of its hazards.
    Record {
        /// Where its institution stands.
        division: &'a DivisionCode,
        /// Which institution.
        facility: FacilityId,
    },
    /// A colleague's card in the roster of inspectors.
    Colleague {
        /// The colleague's region.
        region: &'a DivisionCode,
    },
}

/// The answer to "may this account see it": nothing else leaks, not even that it exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Shown.
    Visible,
    /// As if it did not exist.
    Hidden,
}

/// Something that somebody wants to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action<'a> {
    /// Record a visit of an institution there, on a day, as its first inspector.
    RecordVisit {
        /// Where the institution stands.
        division: &'a DivisionCode,
        /// The day of the visit.
        on: Date,
    },
    /// Make or withdraw a plan for an institution there.
    MakePlan {
        /// Where the institution stands.
        division: &'a DivisionCode,
    },
    /// Register or change an institution's card there.
    RegisterFacility {
        /// Where it stands.
        division: &'a DivisionCode,
    },
    /// Make a copy for the public of a photo in a record of an institution there.
    MakePublicCopy {
        /// Where the institution stands.
        division: &'a DivisionCode,
    },
    /// Make, lock or reset accounts of a region, and revoke devices.
    AdministerAccounts {
        /// The region of the account.
        region: &'a DivisionCode,
    },
}

/// The answer to "may this account do it".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Yes.
    Granted,
    /// No, and why.
    Denied(Denial),
}

/// Why an action is denied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Denial {
    /// The role does not do this.
    WrongRole,
    /// Outside the account's region.
    OutsideRegion,
    /// The inspector's certificate has expired on that day.
    CertificateExpired,
}

/// Whether `account` may see `subject`.
pub fn may_see(account: &Account, subject: &Subject<'_>) -> Sight {
    let inside = |division: &DivisionCode| account.region.contains(division);
    let seen = match (&account.role, subject) {
        (
            Role::Institution { facility: own },
            Subject::Facility { facility, .. } | Subject::Record { facility, .. },
        ) => own == facility,
        // A secret plan is never shown to the visited side; one on arrival is shown by its record.
        (Role::Institution { facility: own }, Subject::Plan { plan, .. }) => {
            *own == plan.facility && plan.notice == NoticeMode::Advance
        }
        (Role::Institution { .. }, Subject::Colleague { .. }) => false,
        // A secret plan is known to those who carry it out, to the office that made it and to those above.
        (Role::Inspector { .. }, Subject::Plan { division, plan }) => {
            plan.inspectors.contains(&account.id) || (inside(division) && plan.notice == NoticeMode::Advance)
        }
        (Role::Supervisor | Role::Administrator, Subject::Plan { division, plan }) => {
            inside(division) && (plan.notice != NoticeMode::Secret || account.region.contains(&plan.office))
        }
        (
            Role::Inspector { .. } | Role::Supervisor | Role::Administrator,
            Subject::Facility { division, .. } | Subject::Record { division, .. },
        ) => inside(division),
        (Role::Inspector { .. } | Role::Supervisor | Role::Administrator, Subject::Colleague { region }) => {
            // Colleagues of the own region, above and below: a township's inspector walks with the county's.
            account.region.contains(region) || region.contains(&account.region)
        }
    };
    if seen { Sight::Visible } else { Sight::Hidden }
}

/// Whether `account` may do `action`.
pub fn may_do(account: &Account, action: &Action<'_>) -> Permission {
    let (role_fits, place) = match action {
        Action::RecordVisit { division, .. } => (matches!(account.role, Role::Inspector { .. }), division),
        Action::MakePlan { division } => (matches!(account.role, Role::Supervisor), division),
        Action::RegisterFacility { division } => {
            (matches!(account.role, Role::Supervisor | Role::Administrator), division)
        }
        // Whoever sees the record by office: what is shown to everybody is no institution's own decision.
        Action::MakePublicCopy { division } => {
            (matches!(account.role, Role::Supervisor | Role::Inspector { .. }), division)
        }
        Action::AdministerAccounts { region } => (matches!(account.role, Role::Administrator), region),
    };
    if !role_fits {
        return Permission::Denied(Denial::WrongRole);
    }
    if !account.region.contains(place) {
        return Permission::Denied(Denial::OutsideRegion);
    }
    match (action, &account.role) {
        (Action::RecordVisit { on, .. }, Role::Inspector { certificate })
            if certificate.valid_until < *on =>
        {
            Permission::Denied(Denial::CertificateExpired)
        }
        _ => Permission::Granted,
    }
}
