//! Who may see a row, as names that can be indexed.
//!
//! Whether an account may see a row is decided by core ([`Row::seen_by`]). Asking it for every row of a province
//! would be slow, so each row is stored under the names of those who may ask for it, and an account asks for a
//! handful of names. A name is never less than what core allows; core still has the last word on every row.
//!
//! ```text
//! row in 999901001 ──► d: d:99 d:9999 d:999901 d:999901001     account of 999901 ──► d:999901
//! ```

use xunan_core::access::{Account, Role};
use xunan_core::department::Department;
use xunan_core::facility::Party;
use xunan_core::ids::{AccountId, FacilityId};
use xunan_core::ledger::{DocumentCard, HazardCard, RoundsCard, Row};
use xunan_core::plan::NoticeMode;
use xunan_core::region::DivisionCode;
use xunan_core::rounds::RoundKind;
use xunan_core::unit::UnitKind;

/// A group of accounts that may see a row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Audience {
    /// Everybody who is signed in.
    All,
    /// Inspectors and offices whose region is this one.
    Division(DivisionCode),
    /// Offices whose region is this one: plans that inspectors do not see before.
    Office(DivisionCode),
    /// Inspectors and offices whose region is this one, about colleagues inside it.
    ColleaguesWithin(DivisionCode),
    /// Inspectors and offices inside this division, about colleagues of exactly this division.
    ColleaguesAbove(DivisionCode),
    /// One account.
    Account(AccountId),
    /// The accounts of one institution.
    Institution(FacilityId),
    /// Firms that look after the equipment of an institution.
    Firm(FacilityId),
    /// A department whose region is this one.
    Department(Department, DivisionCode),
}

impl Audience {
    /// The name under which it is stored.
    pub fn name(&self) -> String {
        match self {
            Self::All => "all".to_owned(),
            Self::Division(code) => format!("d:{code}"),
            Self::Office(code) => format!("o:{code}"),
            Self::ColleaguesWithin(code) => format!("w:{code}"),
            Self::ColleaguesAbove(code) => format!("v:{code}"),
            Self::Account(id) => format!("a:{id}"),
            Self::Institution(id) => format!("f:{id}"),
            Self::Firm(id) => format!("m:{id}"),
            Self::Department(department, code) => format!("x:{department:?}:{code}"),
        }
    }

    /// Who may see `row`, in a fixed order.
    pub fn of_row(row: &Row) -> Vec<Self> {
        match row {
            Row::Facility(facility) => {
                let mut audiences = record(&facility.division, facility.id);
                audiences.push(Self::Firm(facility.id));
                audiences
            }
            Row::Hazard(hazard) => of_hazard(hazard),
            Row::Visit(visit) => {
                visit.get().map(|visit| record(&visit.division, visit.facility)).unwrap_or_default()
            }
            Row::PublicCopy(copy) => {
                copy.get().map(|copy| record(&copy.division, copy.facility)).unwrap_or_default()
            }
            Row::Plan(plan) => {
                let (card, plan) = (plan, &plan.plan);
                let above = card.division.ancestors();
                let mut audiences: Vec<Self> = match plan.notice {
                    NoticeMode::Advance => above.map(Self::Division).collect(),
                    NoticeMode::OnArrival => above.map(Self::Office).collect(),
                    NoticeMode::Secret => {
                        above.filter(|it| it.contains(&plan.office)).map(Self::Office).collect()
                    }
                };
                audiences.extend(plan.inspectors.map(Self::Account));
                if plan.notice == NoticeMode::Advance {
                    audiences.push(Self::Institution(plan.facility));
                }
                audiences
            }
            Row::Colleague(colleague) => {
                let mut audiences: Vec<Self> =
                    colleague.region.ancestors().map(Self::ColleaguesWithin).collect();
                audiences.push(Self::ColleaguesAbove(colleague.region.clone()));
                audiences
            }
            Row::Rounds(card) => card.get().map(of_rounds).unwrap_or_default(),
            Row::Certificate(card) => {
                card.get().map(|card| own_work(&card.division, card.facility)).unwrap_or_default()
            }
            Row::Document(document) => document.get().map(of_document).unwrap_or_default(),
            Row::Pack { .. } => vec![Self::All],
            Row::Series(_) | Row::Gone(_) => Vec::new(),
        }
    }

    /// The groups that `account` belongs to.
    pub fn of_account(account: &Account) -> Vec<Self> {
        let region = &account.region;
        let mut audiences = vec![Self::All];
        match &account.role {
            Role::Institution { facility } | Role::Staff { facility } => {
                audiences.push(Self::Institution(*facility));
            }
            Role::Maintenance { facilities } => audiences.extend(facilities.iter().copied().map(Self::Firm)),
            Role::Department { department } => {
                audiences.push(Self::Department(*department, region.clone()));
            }
            Role::Inspector { .. } => audiences.push(Self::Division(region.clone())),
            Role::Citizens | Role::Recorder | Role::RewardOfficer => {}
            Role::Supervisor | Role::Administrator => {
                audiences.push(Self::Division(region.clone()));
                // A plan on arrival, or announced, is seen by every office above its institution.
                audiences.push(Self::Office(region.clone()));
            }
        }
        if matches!(account.role, Role::Inspector { .. } | Role::Supervisor | Role::Administrator) {
            audiences.push(Self::Account(account.id));
            audiences.push(Self::ColleaguesWithin(region.clone()));
            audiences.extend(region.ancestors().map(Self::ColleaguesAbove));
        }
        audiences
    }
}

/// An open hazard is on the phones of everybody who has to do with it. One that is off the open list stays with its
/// institution; all others find it in the ledger's pages, which ask the server, so that phones do not fill with the past.
fn of_hazard(hazard: &HazardCard) -> Vec<Audience> {
    if !hazard.state.is_open() {
        return vec![Audience::Institution(hazard.facility)];
    }
    let mut audiences = record(&hazard.division, hazard.facility);
    for unit in &hazard.involved {
        match unit {
            UnitKind::Party(Party::Maintenance) => audiences.push(Audience::Firm(hazard.facility)),
            UnitKind::Party(_) => {}
            UnitKind::Department(department) => {
                let above = hazard.division.ancestors();
                audiences.extend(above.map(|division| Audience::Department(*department, division)));
            }
        }
    }
    audiences
}

fn of_rounds(card: &RoundsCard) -> Vec<Audience> {
    let mut audiences = own_work(&card.division, card.facility);
    if card.kind == RoundKind::MaintenanceVisit {
        audiences.push(Audience::Firm(card.facility));
    }
    audiences
}

/// The offices above, and the institution itself.
fn own_work(division: &DivisionCode, facility: FacilityId) -> Vec<Audience> {
    let mut audiences: Vec<Audience> = division.ancestors().map(Audience::Office).collect();
    audiences.push(Audience::Institution(facility));
    audiences
}

/// A document is with the offices above its institution, with those who act in it, and with the institution. Other
/// inspectors may see it, and ask the server: phones do not fill with what colleagues have written.
fn of_document(document: &DocumentCard) -> Vec<Audience> {
    let mut audiences: Vec<Audience> = document.division.ancestors().map(Audience::Office).collect();
    audiences.extend(document.people.iter().copied().map(Audience::Account));
    audiences.push(Audience::Institution(document.facility));
    audiences
}

fn record(division: &DivisionCode, facility: FacilityId) -> Vec<Audience> {
    let mut audiences: Vec<Audience> = division.ancestors().map(Audience::Division).collect();
    audiences.push(Audience::Institution(facility));
    audiences
}
