//! What a notice says, and to whom it goes.

use serde::{Deserialize, Serialize};

use crate::access::{Account, Role, Sight};
use crate::clock::Date;
use crate::department::Department;
use crate::digest::Digest;
use crate::facility::Party;
use crate::hazard::{DeadlineOf, StepKind};
use crate::ids::{AccountId, FacilityId, HazardId, PlanId, SnapId};
use crate::ledger::{HazardCard, SnapCard};
use crate::plan::Plan;
use crate::region::DivisionCode;
use crate::rules::Grade;
use crate::snap::{self, Category};
use crate::unit::UnitKind;

/// A notice's id: made from what it says, about what, and for what cause. Who sends it twice sends the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NoticeId(pub Digest);

/// One notice, as everybody gets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Notice {
    /// Its id.
    pub id: NoticeId,
    /// What it says.
    pub what: What,
    /// What it is about.
    pub about: About,
    /// Where the institution stands.
    pub division: DivisionCode,
}

/// What a notice says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Somebody took a step.
    Step {
        /// Which.
        did: StepKind,
        /// The date that it is about: a deadline, asked for or set.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        date: Option<Date>,
    },
    /// Something is due.
    Due {
        /// What.
        of: DeadlineOf,
        /// The last day on which it is in time.
        by: Date,
        /// How it stands with that day.
        standing: DueStanding,
    },
    /// A visit is planned, or no longer.
    Plan {
        /// Which of both.
        news: PlanNews,
        /// The first day on which it may happen.
        from: Date,
        /// The last one.
        until: Date,
    },
    /// A planned visit is due.
    PlanDue {
        /// The last day on which it may happen.
        by: Date,
        /// How it stands with that day.
        standing: DueStanding,
    },
    /// A citizen waits for an office 办理时限.
    SnapDue {
        /// For what.
        of: snap::DeadlineOf,
        /// The last day on which it is in time.
        by: Date,
        /// How it stands with that day.
        standing: DueStanding,
    },
}

/// How it stands with what is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DueStanding {
    /// 即将到期
    Soon,
    /// 今日到期
    Today,
    /// 已逾期
    Overdue,
    /// 逾期无人处理，报上一级
    Raised,
    /// 仍无人处理，再报上一级
    RaisedAgain,
}

/// What became of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PlanNews {
    /// 已安排: for those who carry it out.
    Made,
    /// 提前通知: for the institution, of an announced visit.
    Announced,
    /// 已撤销
    Withdrawn,
}

/// What a notice is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// A hazard.
    Hazard {
        /// Which.
        hazard: HazardId,
        /// The institution.
        facility: FacilityId,
        /// Its name.
        facility_name: String,
        /// The hazard's title.
        title: String,
        /// Its grade on record.
        grade: Grade,
    },
    /// A plan.
    Plan {
        /// Which.
        plan: PlanId,
        /// The institution.
        facility: FacilityId,
    },
    /// A citizen's report. Nothing that its reporter wrote is in it, and nothing of whoever that is.
    Snap {
        /// Which.
        snap: SnapId,
        /// The institution's name; empty when the report names none.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        facility_name: String,
        /// What the report is about.
        category: Category,
    },
}

/// To whom a notice goes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whom {
    /// One account: who asked, who is to walk.
    Account(AccountId),
    /// The institution's account.
    Institution(FacilityId),
    /// Firms that look after its equipment.
    Firm(FacilityId),
    /// The nearest office of a department.
    Department(Department, DivisionCode),
    /// Supervisors of the division, or of an office above them.
    Office {
        /// The division.
        division: DivisionCode,
        /// How many offices above the nearest one; counted by the offices that there are.
        above: u8,
    },
}

/// Who causes a notice: whoever may ask whether it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sender {
    /// An office; also for reminders, which nobody sends.
    Office(DivisionCode),
    /// An institution.
    Institution(FacilityId),
    /// A firm's account.
    Firm(AccountId),
    /// A department.
    Department(Department, DivisionCode),
}

/// A notice on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addressed {
    /// The notice.
    pub notice: Notice,
    /// To whom.
    pub to: Vec<Whom>,
    /// Who knows already, because he did it.
    pub but: Option<AccountId>,
    /// Who causes it.
    pub sender: Sender,
}

impl What {
    /// A short name that never changes: part of the id, and of the type of an event that other programs get.
    pub fn name(&self) -> String {
        match self {
            Self::Step { did, .. } => format!("hazard.{}", name(did)),
            Self::Due { of, standing, .. } => format!("deadline.{}.{}", name(of), name(standing)),
            Self::Plan { news, .. } => format!("plan.{}", name(news)),
            Self::PlanDue { standing, .. } => format!("deadline.visit.{}", name(standing)),
            Self::SnapDue { of, standing, .. } => format!("deadline.snap_{}.{}", name(of), name(standing)),
        }
    }
}

/// A variant's name in JSON, which is frozen.
fn name(variant: impl Serialize) -> String {
    match serde_json::to_value(variant) {
        Ok(serde_json::Value::String(name)) => name,
        _ => unreachable!("a plain variant is written as a text"),
    }
}

impl About {
    /// Of a plan.
    pub(super) const fn plan(plan: &Plan) -> Self {
        Self::Plan { plan: plan.id, facility: plan.facility }
    }

    /// Of a hazard.
    pub(super) fn hazard(card: &HazardCard) -> Self {
        Self::Hazard {
            hazard: card.id,
            facility: card.facility,
            facility_name: card.facility_name.clone(),
            title: card.title.clone(),
            grade: card.grade,
        }
    }

    /// Of a report.
    pub(super) fn snap(card: &SnapCard) -> Self {
        let (snap, facility_name) = (card.id(), card.facility_name.clone());
        Self::Snap { snap, facility_name, category: card.report.category }
    }

    /// The institution whose accounts it may concern; `None` for a report, which is its office's alone.
    pub const fn facility(&self) -> Option<FacilityId> {
        match self {
            Self::Hazard { facility, .. } | Self::Plan { facility, .. } => Some(*facility),
            Self::Snap { .. } => None,
        }
    }

    /// The kind and the id of the thing, such as `hazard/01K…`.
    pub fn path(&self) -> String {
        match self {
            Self::Hazard { hazard, .. } => format!("hazard/{hazard}"),
            Self::Plan { plan, .. } => format!("plan/{plan}"),
            Self::Snap { snap, .. } => format!("snap/{snap}"),
        }
    }
}

impl Notice {
    /// One with its id. `cause` is the entry, or the day, for which it is made.
    pub fn new(what: What, about: About, division: &DivisionCode, cause: &str) -> Self {
        let parts = [what.name(), about.path(), cause.to_owned()];
        let id = NoticeId(Digest::of(format!("xunan notice 1\n{}", parts.join("\n")).as_bytes()));
        Self { id, what, about, division: division.clone() }
    }
}

impl Sender {
    /// Whoever an account acts for.
    pub fn of(account: &Account) -> Self {
        match &account.role {
            Role::Inspector { .. }
            | Role::Supervisor
            | Role::Administrator
            | Role::RewardOfficer
            | Role::Citizens
            | Role::Recorder => Self::Office(account.region.clone()),
            Role::Institution { facility } | Role::Staff { facility } => Self::Institution(*facility),
            Role::Maintenance { .. } => Self::Firm(account.id),
            Role::Department { department } => Self::Department(*department, account.region.clone()),
        }
    }

    /// Whether an account may learn whether the notice was read: the sender's office, and those above it.
    pub fn receipts_seen_by(&self, account: &Account) -> Sight {
        let seen = match (self, &account.role) {
            (Self::Office(office), Role::Inspector { .. } | Role::Supervisor | Role::Administrator) => {
                account.region.contains(office)
            }
            (Self::Institution(from), Role::Institution { facility }) => from == facility,
            (Self::Firm(from), _) => *from == account.id,
            (Self::Department(from, region), Role::Department { department }) => {
                from == department && account.region.contains(region)
            }
            _ => false,
        };
        if seen { Sight::Visible } else { Sight::Hidden }
    }
}

/// The institution and the units that have to do with a hazard now.
pub(super) fn units(card: &HazardCard) -> Vec<Whom> {
    let mut units = vec![Whom::Institution(card.facility)];
    for unit in &card.involved {
        match unit {
            UnitKind::Party(Party::Maintenance) => units.push(Whom::Firm(card.facility)),
            UnitKind::Party(_) => {}
            UnitKind::Department(department) => {
                units.push(Whom::Department(*department, card.division.clone()));
            }
        }
    }
    units
}

/// The supervisors of a division, or an office above.
pub(super) fn office(division: &DivisionCode, above: u8) -> Whom {
    Whom::Office { division: division.clone(), above }
}
