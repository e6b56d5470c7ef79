//! Who may see what, and who may do what: decided here, enforced by the server for every row and photo.
//!
//! The filter stands on the server and not in a page: counts, badges, times of change and exports are made from
//! what [`may_see`] admits, so that a secret visit 四不两直 betrays itself nowhere. Everybody acts inside the own
//! region 属地管理 (国办发〔2024〕54号), and only a certified inspector records a visit.

use serde::{Deserialize, Serialize};

mod part;
mod role;

pub use part::{HazardPart, OwnPart, SnapPart};
pub use role::{Account, Certificate, Role};

use part::{does_own_work, takes_part};

use crate::clock::Date;
use crate::facility::Party;
use crate::ids::{AccountId, FacilityId};
use crate::plan::{NoticeMode, Plan};
use crate::region::{DivisionCode, Level};
use crate::unit::UnitKind;

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
    /// A hazard.
    Hazard {
        /// Where its institution stands.
        division: &'a DivisionCode,
        /// Which institution.
        facility: FacilityId,
        /// The units that have to do with it now.
        involved: &'a [UnitKind],
    },
    /// What an institution or its firm did by itself: rounds, the register of certificates.
    OwnWork {
        /// Which part of it.
        part: OwnPart,
        /// Where the institution stands.
        division: &'a DivisionCode,
        /// Which institution.
        facility: FacilityId,
    },
    /// A citizen's report.
    Snap {
        /// Whose office has it.
        division: &'a DivisionCode,
    },
    /// What became of an article of safety knowledge; what is public of it everybody reads.
    Article {
        /// The office that wrote it.
        office: &'a DivisionCode,
    },
    /// The training records of one person.
    Training {
        /// Whose.
        person: AccountId,
    },
    /// The training records of all people of an institution.
    Trainings {
        /// Where the institution stands.
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
    /// Take a part in a hazard's loop.
    StepOnHazard {
        /// Which part.
        part: HazardPart,
        /// Where its institution stands.
        division: &'a DivisionCode,
        /// Which institution.
        facility: FacilityId,
        /// The units that have to do with it now.
        involved: &'a [UnitKind],
        /// The day of the step.
        on: Date,
    },
    /// Do something of what institutions do by themselves.
    DoOwnWork {
        /// Which part of it.
        part: OwnPart,
        /// Where the institution stands.
        division: &'a DivisionCode,
        /// Which institution.
        facility: FacilityId,
    },
    /// Take a part in what becomes of a citizen's report.
    StepOnSnap {
        /// Which part.
        part: SnapPart,
        /// Whose office has it.
        division: &'a DivisionCode,
    },
    /// Write an article of safety knowledge in the name of an office, or withdraw it.
    WriteArticle {
        /// Which office, by its region.
        office: &'a DivisionCode,
    },
    /// Put on record how somebody answered a quiz.
    RecordTraining {
        /// Who answered it.
        person: &'a Account,
    },
    /// Issue a document to an institution there, on a day.
    IssueDocument {
        /// Where the institution stands.
        division: &'a DivisionCode,
        /// The day of the document.
        on: Date,
    },
    /// Make a copy for the public of a photo in a record of an institution there.
    MakePublicCopy {
        /// Where the institution stands.
        division: &'a DivisionCode,
    },
    /// See, make, hand over, lock or reset an account.
    AdministerAccounts {
        /// The region of the account.
        region: &'a DivisionCode,
        /// What the account is here to do.
        role: &'a Role,
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
    /// Accounts of institutions and of firms are for an administrator of a county or above.
    HigherOffice,
}

/// Whether `account` may see `subject`.
pub fn may_see(account: &Account, subject: &Subject<'_>) -> Sight {
    let inside = |division: &DivisionCode| account.region.contains(division);
    let oneself = |person: &AccountId| account.id == *person && account.role.is_trained();
    let seen = match &account.role {
        // What they are told of their reports they ask for by the secret of each.
        Role::Citizens | Role::Recorder => false,
        Role::Institution { facility: own } => match subject {
            Subject::Facility { facility, .. }
            | Subject::Record { facility, .. }
            | Subject::Trainings { facility, .. }
            | Subject::Hazard { facility, .. } => own == facility,
            Subject::Training { person } => oneself(person),
            // A secret plan is never shown to the visited side; one on arrival is shown by its record.
            Subject::Plan { plan, .. } => *own == plan.facility && plan.notice == NoticeMode::Advance,
            Subject::OwnWork { part, facility, .. } => own == facility && *part != OwnPart::Report,
            Subject::Colleague { .. } | Subject::Snap { .. } | Subject::Article { .. } => false,
        },
        Role::Staff { facility: own } => match subject {
            Subject::Facility { facility, .. } | Subject::Hazard { facility, .. } => own == facility,
            Subject::Training { person } => oneself(person),
            Subject::Trainings { .. }
            | Subject::Plan { .. }
            | Subject::Record { .. }
            | Subject::OwnWork { .. }
            | Subject::Snap { .. }
            | Subject::Article { .. }
            | Subject::Colleague { .. } => false,
        },
        Role::Maintenance { facilities } => match subject {
            Subject::Facility { facility, .. } => facilities.contains(facility),
            Subject::Hazard { facility, involved, .. } => {
                facilities.contains(facility) && involved.contains(&UnitKind::Party(Party::Maintenance))
            }
            Subject::OwnWork { part, facility, .. } => {
                facilities.contains(facility) && *part == OwnPart::MaintenanceVisit
            }
            Subject::Training { person } => oneself(person),
            Subject::Trainings { .. }
            | Subject::Plan { .. }
            | Subject::Record { .. }
            | Subject::Snap { .. }
            | Subject::Article { .. }
            | Subject::Colleague { .. } => false,
        },
        Role::Department { department } => match subject {
            Subject::Hazard { division, involved, .. } => {
                inside(division) && involved.contains(&UnitKind::Department(*department))
            }
            Subject::Training { person } => oneself(person),
            Subject::Trainings { .. }
            | Subject::Facility { .. }
            | Subject::Plan { .. }
            | Subject::Record { .. }
            | Subject::OwnWork { .. }
            | Subject::Snap { .. }
            | Subject::Article { .. }
            | Subject::Colleague { .. } => false,
        },
        // What was reported, to know what is given for: reports alone.
        Role::RewardOfficer => match subject {
            Subject::Snap { division } => inside(division),
            Subject::Facility { .. }
            | Subject::Plan { .. }
            | Subject::Record { .. }
            | Subject::Hazard { .. }
            | Subject::OwnWork { .. }
            | Subject::Training { .. }
            | Subject::Trainings { .. }
            | Subject::Article { .. }
            | Subject::Colleague { .. } => false,
        },
        Role::Inspector { .. } | Role::Supervisor | Role::Administrator => match subject {
            Subject::Facility { division, .. }
            | Subject::Record { division, .. }
            | Subject::Hazard { division, .. } => inside(division),
            Subject::Plan { division, plan } => sees_plan(account, division, plan),
            // Inspectors see the hazards that come of it; their phones need not hold every patrol of the region.
            Subject::OwnWork { part, division, .. } => {
                !matches!(account.role, Role::Inspector { .. })
                    && *part != OwnPart::Report
                    && inside(division)
            }
            // A report stays with the office that answers it: inspectors see the hazard that it is turned into.
            Subject::Snap { division } => matches!(account.role, Role::Supervisor) && inside(division),
            Subject::Article { office } => matches!(account.role, Role::Supervisor) && inside(office),
            Subject::Training { person } => oneself(person),
            // Who inspects asks for the records of training; accounts are administered without them.
            Subject::Trainings { division, .. } => {
                !matches!(account.role, Role::Administrator) && inside(division)
            }
            // Colleagues of the own region, above and below: a township's inspector walks with the county's.
            Subject::Colleague { region } => inside(region) || region.contains(&account.region),
        },
    };
    if seen { Sight::Visible } else { Sight::Hidden }
}

/// A secret plan is known to those who carry it out, to the office that made it and to those above.
fn sees_plan(account: &Account, division: &DivisionCode, plan: &Plan) -> bool {
    let inside = account.region.contains(division);
    match account.role {
        Role::Inspector { .. } => {
            plan.inspectors.contains(&account.id) || (inside && plan.notice == NoticeMode::Advance)
        }
        _ => inside && (plan.notice != NoticeMode::Secret || account.region.contains(&plan.office)),
    }
}

/// Whether `account` may do `action`.
pub fn may_do(account: &Account, action: &Action<'_>) -> Permission {
    let (role_fits, place) = match action {
        Action::RecordVisit { division, .. } => (matches!(account.role, Role::Inspector { .. }), division),
        Action::MakePlan { division } => (matches!(account.role, Role::Supervisor), division),
        // In the name of the office, for everybody: as what is published of reports.
        Action::WriteArticle { office } => (matches!(account.role, Role::Supervisor), office),
        // Nobody writes one of oneself or of others: the server does, for whoever is signed in.
        Action::RecordTraining { person } => {
            (matches!(account.role, Role::Recorder) && person.role.is_trained(), &&person.region)
        }
        Action::RegisterFacility { division } => {
            (matches!(account.role, Role::Supervisor | Role::Administrator), division)
        }
        Action::IssueDocument { division, .. } => {
            (matches!(account.role, Role::Supervisor | Role::Inspector { .. }), division)
        }
        Action::AdministerAccounts { region, .. } => (matches!(account.role, Role::Administrator), region),
        Action::StepOnHazard { part, division, facility, involved, .. } => {
            (takes_part(&account.role, *part, *facility, involved), division)
        }
        Action::DoOwnWork { part, division, facility } => {
            (does_own_work(&account.role, *part, *facility), division)
        }
        Action::StepOnSnap { part, division } => {
            let fits = match part {
                SnapPart::Triage => matches!(account.role, Role::Supervisor),
                SnapPart::Reward => matches!(account.role, Role::RewardOfficer),
                SnapPart::Reporter => matches!(account.role, Role::Citizens),
            };
            (fits, division)
        }
        // Whoever sees the record by office: what is shown to everybody is no institution's own decision.
        Action::MakePublicCopy { division } => {
            (matches!(account.role, Role::Supervisor | Role::Inspector { .. }), division)
        }
    };
    if !role_fits {
        return Permission::Denied(Denial::WrongRole);
    }
    // Institutions and firms are bound to their institutions, whatever region their account was made in.
    let bound_to_a_region =
        !matches!(account.role, Role::Institution { .. } | Role::Maintenance { .. } | Role::Staff { .. });
    if bound_to_a_region && !account.region.contains(place) {
        return Permission::Denied(Denial::OutsideRegion);
    }
    match (action, &account.role) {
        (
            Action::RecordVisit { on, .. }
            | Action::StepOnHazard { on, .. }
            | Action::IssueDocument { on, .. },
            Role::Inspector { certificate },
        ) if certificate.valid_until < *on => Permission::Denied(Denial::CertificateExpired),
        // The server makes these, and they have no password.
        (Action::AdministerAccounts { role: Role::Citizens | Role::Recorder, .. }, _) => {
            Permission::Denied(Denial::WrongRole)
        }
        // Who looks after institutions is known to the county that licenses them, not to each township.
        (
            Action::AdministerAccounts {
                role: Role::Institution { .. } | Role::Maintenance { .. } | Role::Staff { .. },
                ..
            },
            _,
        ) if account.region.level() > Level::County => Permission::Denied(Denial::HigherOffice),
        _ => Permission::Granted,
    }
}
