//! Under which names hazards are listed, and which of them an account's question walks along.
//!
//! Like [`Audience`](super::Audience), a name is never less than what core lets somebody see, and core has the last word on
//! every hazard that is shown. Unlike there, a closed hazard keeps its names: these lists are of the ledger, not of phones.

use xunan_core::access::{Account, Role};
use xunan_core::clock::Date;
use xunan_core::facility::Party;
use xunan_core::hazard::{HazardState, Turn};
use xunan_core::ids::FacilityId;
use xunan_core::ledger::HazardCard;
use xunan_core::region::DivisionCode;
use xunan_core::rules::Grade;
use xunan_core::sync::{HazardKey, HazardQuery, HazardScope, HazardSort, Only, unit_name};
use xunan_core::unit::UnitKind;

/// A name under which hazards are listed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HazardPlace {
    /// All of a division.
    Division(DivisionCode),
    /// All of an institution.
    Facility(FacilityId),
    /// Those of an institution with which its maintenance firm has to do.
    Firm(FacilityId),
    /// Those of a division with which a kind of unit has to do.
    Unit(UnitKind, DivisionCode),
}

impl HazardPlace {
    /// The name under which it is stored.
    pub fn name(&self) -> String {
        match self {
            Self::Division(code) => format!("d:{code}"),
            Self::Facility(id) => format!("f:{id}"),
            Self::Firm(id) => format!("m:{id}"),
            Self::Unit(unit, code) => format!("u:{}:{code}", unit_name(*unit)),
        }
    }

    /// The names of a hazard, each once.
    pub fn of_hazard(hazard: &HazardCard) -> Vec<Self> {
        let above: Vec<DivisionCode> = hazard.division.ancestors().collect();
        let mut places: Vec<Self> = above.iter().cloned().map(Self::Division).collect();
        places.push(Self::Facility(hazard.facility));
        for unit in &hazard.involved {
            if *unit == UnitKind::Party(Party::Maintenance) {
                places.push(Self::Firm(hazard.facility));
            }
            places.extend(above.iter().cloned().map(|code| Self::Unit(*unit, code)));
        }
        places
    }
}

/// A walk along the lists.
#[derive(Clone, Debug)]
pub struct HazardsAsked {
    /// The lists; none when the account may see nothing of what it asks for.
    pub places: Vec<HazardPlace>,
    /// In one of these states.
    pub states: Vec<HazardState>,
    /// When it is the turn of one of these; of anybody when there are none.
    pub turns: &'static [Turn],
    /// Of this grade.
    pub grade: Option<Grade>,
    /// Inside this division.
    pub division: DivisionCode,
    /// Of this institution.
    pub facility: Option<FacilityId>,
    /// With which this kind of unit has to do.
    pub unit: Option<UnitKind>,
    /// Due before this day.
    pub due_before: Option<Date>,
    /// Listed for supervision.
    pub listed: Only,
    /// With these words.
    pub words: String,
    /// In this order.
    pub sort: HazardSort,
    /// Behind this one.
    pub after: Option<HazardKey>,
    /// How many.
    pub limit: usize,
}

impl HazardsAsked {
    /// What an account's question comes to.
    pub fn of(account: &Account, query: &HazardQuery, today: Date) -> Self {
        let (places, division) = places(account, query);
        let mut states: Vec<HazardState> = match query.scope {
            HazardScope::All => HazardState::ALL.to_vec(),
            HazardScope::Mine | HazardScope::Open => {
                HazardState::ALL.into_iter().filter(|state| state.is_open()).collect()
            }
        };
        if !query.states.is_empty() {
            states.retain(|state| query.states.contains(state));
        }
        if query.overdue == Only::Those {
            // As `HazardCard::is_overdue` has it.
            let in_work = [HazardState::Found, HazardState::Assigned, HazardState::Rectifying];
            states.retain(|state| in_work.contains(state));
        }
        Self {
            places,
            states,
            turns: match query.scope {
                HazardScope::Mine => Turn::of_role(&account.role),
                HazardScope::Open | HazardScope::All => &[],
            },
            grade: query.grade,
            division,
            facility: query.facility,
            unit: query.unit,
            due_before: (query.overdue == Only::Those).then_some(today),
            listed: query.listed,
            words: query.words.to_lowercase(),
            sort: query.sort,
            after: query.after.clone(),
            limit: query.page_length(),
        }
    }
}

/// The lists to walk along, and the division inside which their hazards have to lie.
fn places(account: &Account, query: &HazardQuery) -> (Vec<HazardPlace>, DivisionCode) {
    let asked = query.division.clone();
    match &account.role {
        Role::Institution { facility } | Role::Staff { facility } => {
            let places = vec![HazardPlace::Facility(*facility)];
            (places, asked.unwrap_or_else(DivisionCode::country))
        }
        Role::Maintenance { facilities } => {
            let places = facilities.iter().copied().map(HazardPlace::Firm).collect();
            (places, asked.unwrap_or_else(DivisionCode::country))
        }
        Role::Department { department } => {
            let Some(division) = narrowed(account, asked) else { return nothing() };
            (vec![HazardPlace::Unit(UnitKind::Department(*department), division.clone())], division)
        }
        Role::Inspector { .. } | Role::Supervisor | Role::Administrator => {
            let Some(division) = narrowed(account, asked) else { return nothing() };
            let place = match (query.facility, query.unit) {
                (Some(facility), _) => HazardPlace::Facility(facility),
                (None, Some(unit)) => HazardPlace::Unit(unit, division.clone()),
                (None, None) => HazardPlace::Division(division.clone()),
            };
            (vec![place], division)
        }
    }
}

fn nothing() -> (Vec<HazardPlace>, DivisionCode) {
    (Vec::new(), DivisionCode::country())
}

/// The account's region, or the part of it that is asked for.
fn narrowed(account: &Account, asked: Option<DivisionCode>) -> Option<DivisionCode> {
    match asked {
        None => Some(account.region.clone()),
        Some(asked) if account.region.contains(&asked) => Some(asked),
        Some(_) => None,
    }
}
