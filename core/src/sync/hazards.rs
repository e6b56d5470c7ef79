//! `GET /api/hazards`: the ledger's hazards, open and closed, page by page, and what is asked of them.
//!
//! A question is written in one way, by [`HazardQuery::pairs`]: it is the address of the desk's list as well, so that a view
//! can be shared as a link.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::access::Role;
use crate::clock::{Date, Instant};
use crate::department::Department;
use crate::facility::Party;
use crate::hazard::{HazardState, Life, Turn};
use crate::ids::{FacilityId, HazardId};
use crate::ledger::HazardCard;
use crate::problem::Problem;
use crate::region::DivisionCode;
use crate::rules::Grade;
use crate::unit::UnitKind;

/// Hazards of one page unless asked otherwise.
const USUAL_PAGE: u16 = 50;
/// Hazards of one page at most.
const LONGEST_PAGE: u16 = 200;
/// Characters that are searched for, at most.
const MAX_WORDS_CHARS: usize = 50;

/// In which order hazards come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HazardSort {
    /// What is due first comes first.
    #[default]
    Due,
    /// What was found last comes first.
    Found,
    /// The gravest come first, and of those what is due first.
    Grade,
}

/// Which part of the hazards: by whose turn it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HazardScope {
    /// What the asking account has to do the next thing with.
    #[default]
    Mine,
    /// Everything on the open list 未销号.
    Open,
    /// Everything, closed ones too.
    All,
}

/// Whether something is asked of hazards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Only {
    /// It is not.
    #[default]
    Any,
    /// Only those.
    Those,
}

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HazardQuery {
    /// By whose turn it is.
    pub scope: HazardScope,
    /// In one of these states; of any when there are none.
    pub states: Vec<HazardState>,
    /// Of this grade.
    pub grade: Option<Grade>,
    /// In this division, or inside it.
    pub division: Option<DivisionCode>,
    /// Of this institution.
    pub facility: Option<FacilityId>,
    /// With which this kind of unit has to do.
    pub unit: Option<UnitKind>,
    /// Past the day by which they are to be put right.
    pub overdue: Only,
    /// Listed for supervision 挂牌督办.
    pub listed: Only,
    /// With these words in title, description, place or institution; at most 50 characters.
    pub words: String,
    /// In which order.
    pub sort: HazardSort,
    /// Behind this one.
    pub after: Option<HazardKey>,
    /// How many, from 1 to 200; 50 when nothing is said.
    pub limit: Option<u16>,
}

/// Where a page ended: the next one begins behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HazardKey {
    /// Its grade.
    pub grade: Grade,
    /// The day by which it is to be put right.
    pub due: Date,
    /// When it was found.
    pub found: Instant,
    /// Its id.
    pub id: HazardId,
}

/// A text that says not where a page ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not where a page ended")]
pub struct NotAHazardKey;

/// How many hazards are in a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StateCount {
    /// The state.
    pub state: HazardState,
    /// How many.
    pub hazards: u64,
}

/// One page of hazards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HazardsPage {
    /// As they are now.
    pub hazards: Vec<HazardCard>,
    /// Where the next page begins; absent on the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// How many there are in each state in the place, institution or unit that was asked for, whatever else was asked.
    pub counts: Vec<StateCount>,
    /// The server's day, by which they are overdue.
    pub today: Date,
}

impl HazardKey {
    /// Where a hazard stands in every order.
    pub fn of(hazard: &HazardCard) -> Self {
        Self { grade: hazard.grade, due: hazard.due_day(), found: hazard.found, id: hazard.id }
    }
}

impl fmt::Display for HazardKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}~{}~{}~{}", grade_name(self.grade), self.due, self.found.unix_millis(), self.id)
    }
}

impl FromStr for HazardKey {
    type Err = NotAHazardKey;

    fn from_str(text: &str) -> Result<Self, NotAHazardKey> {
        let mut parts = text.split('~');
        let mut part = || parts.next().ok_or(NotAHazardKey);
        let key = Self {
            grade: grade_of(part()?).ok_or(NotAHazardKey)?,
            due: part()?.parse().map_err(|_| NotAHazardKey)?,
            found: Instant::from_unix_millis(part()?.parse().map_err(|_| NotAHazardKey)?),
            id: part()?.parse().map_err(|_| NotAHazardKey)?,
        };
        if parts.next().is_none() { Ok(key) } else { Err(NotAHazardKey) }
    }
}

impl HazardQuery {
    /// How many hazards a page has at most.
    pub fn page_length(&self) -> usize {
        usize::from(self.limit.unwrap_or(USUAL_PAGE).clamp(1, LONGEST_PAGE))
    }

    /// Whether a hazard is among those that are asked for, as far as its card tells: what a page that is offline lists of what
    /// it holds. An account's own region is not asked for: nobody holds what lies outside.
    pub fn lets_through(&self, hazard: &HazardCard, role: &Role, today: Date) -> bool {
        let life = hazard.life.read();
        let turn = life.as_ref().map_or(Turn::Nobody, Life::turn);
        let listed = life.as_ref().is_ok_and(|life| life.listing.is_some());
        let in_scope = match self.scope {
            HazardScope::Mine => Turn::of_role(role).contains(&turn),
            HazardScope::Open => hazard.state.is_open(),
            HazardScope::All => true,
        };
        let words = self.words.to_lowercase();
        let says = [&hazard.title, &hazard.description, &hazard.place, &hazard.facility_name];
        in_scope
            && (self.states.is_empty() || self.states.contains(&hazard.state))
            && self.grade.is_none_or(|grade| grade == hazard.grade)
            && self.division.as_ref().is_none_or(|division| division.contains(&hazard.division))
            && self.facility.is_none_or(|facility| facility == hazard.facility)
            && self.unit.is_none_or(|unit| hazard.involved.contains(&unit))
            && (self.overdue == Only::Any || hazard.is_overdue(today))
            && (self.listed == Only::Any || listed)
            && (words.is_empty() || says.iter().any(|text| text.to_lowercase().contains(&words)))
    }

    /// The order that is asked for.
    pub fn compare(&self, one: &HazardCard, other: &HazardCard) -> Ordering {
        let (a, b) = (HazardKey::of(one), HazardKey::of(other));
        match self.sort {
            HazardSort::Due => (a.due, a.id).cmp(&(b.due, b.id)),
            HazardSort::Found => (b.found, b.id).cmp(&(a.found, a.id)),
            HazardSort::Grade => (b.grade, a.due, a.id).cmp(&(a.grade, b.due, b.id)),
        }
    }

    /// The question as names and values of an address, without what is usual.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        let mut add = |name, value: String| pairs.push((name, value));
        match self.scope {
            HazardScope::Mine => {}
            HazardScope::Open => add("scope", "open".to_owned()),
            HazardScope::All => add("scope", "all".to_owned()),
        }
        for state in &self.states {
            add("state", state_name(*state).to_owned());
        }
        if let Some(grade) = self.grade {
            add("grade", grade_name(grade).to_owned());
        }
        if let Some(division) = &self.division {
            add("division", division.to_string());
        }
        if let Some(facility) = self.facility {
            add("facility", facility.to_string());
        }
        if let Some(unit) = self.unit {
            add("unit", unit_name(unit));
        }
        if self.overdue == Only::Those {
            add("overdue", "1".to_owned());
        }
        if self.listed == Only::Those {
            add("listed", "1".to_owned());
        }
        if !self.words.is_empty() {
            add("q", self.words.clone());
        }
        match self.sort {
            HazardSort::Due => {}
            HazardSort::Found => add("sort", "found".to_owned()),
            HazardSort::Grade => add("sort", "grade".to_owned()),
        }
        if let Some(after) = &self.after {
            add("after", after.to_string());
        }
        if let Some(limit) = self.limit {
            add("limit", limit.to_string());
        }
        pairs
    }

    /// Reads names and values of an address.
    ///
    /// # Errors
    /// [`Problem::Malformed`] for a name or a value that means nothing.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Problem> {
        let mut query = Self::default();
        for (name, value) in pairs {
            let wrong = || Problem::Malformed { detail: format!("{name} means nothing here") };
            match (name, value) {
                ("scope", "mine") => query.scope = HazardScope::Mine,
                ("scope", "open") => query.scope = HazardScope::Open,
                ("scope", "all") => query.scope = HazardScope::All,
                ("state", name) => {
                    let state = state_of(name).ok_or_else(wrong)?;
                    if !query.states.contains(&state) {
                        query.states.push(state);
                    }
                }
                ("grade", name) => query.grade = Some(grade_of(name).ok_or_else(wrong)?),
                ("division", code) => query.division = Some(code.parse().map_err(|_| wrong())?),
                ("facility", id) => query.facility = Some(id.parse().map_err(|_| wrong())?),
                ("unit", name) => query.unit = Some(unit_of(name).ok_or_else(wrong)?),
                ("overdue", "1") => query.overdue = Only::Those,
                ("listed", "1") => query.listed = Only::Those,
                ("q", words) if words.chars().count() <= MAX_WORDS_CHARS => {
                    words.trim().clone_into(&mut query.words);
                }
                ("sort", "due") => query.sort = HazardSort::Due,
                ("sort", "found") => query.sort = HazardSort::Found,
                ("sort", "grade") => query.sort = HazardSort::Grade,
                ("after", key) => query.after = Some(key.parse().map_err(|_| wrong())?),
                ("limit", number) => query.limit = Some(number.parse().map_err(|_| wrong())?),
                _ => return Err(wrong()),
            }
        }
        Ok(query)
    }
}

/// The name under which a state stands in an address: the one that it has in JSON.
pub const fn state_name(state: HazardState) -> &'static str {
    match state {
        HazardState::Found => "found",
        HazardState::Assigned => "assigned",
        HazardState::Rectifying => "rectifying",
        HazardState::Submitted => "submitted",
        HazardState::Rechecked => "rechecked",
        HazardState::Transferred => "transferred",
        HazardState::Closed => "closed",
        HazardState::NotEstablished => "not_established",
        HazardState::Duplicate => "duplicate",
    }
}

fn state_of(name: &str) -> Option<HazardState> {
    HazardState::ALL.into_iter().find(|state| state_name(*state) == name)
}

const GRADES: [Grade; 3] = [Grade::Advice, Grade::General, Grade::Major];

const fn grade_name(grade: Grade) -> &'static str {
    match grade {
        Grade::Advice => "advice",
        Grade::General => "general",
        Grade::Major => "major",
    }
}

fn grade_of(name: &str) -> Option<Grade> {
    GRADES.into_iter().find(|grade| grade_name(*grade) == name)
}

/// The name under which a kind of unit stands in an address.
pub fn unit_name(unit: UnitKind) -> String {
    match unit {
        UnitKind::Party(party) => format!("party.{}", party_name(party)),
        UnitKind::Department(department) => format!("department.{}", department_name(department)),
    }
}

/// The kind of unit of a name.
pub fn unit_of(name: &str) -> Option<UnitKind> {
    let parties = Party::ALL.into_iter().map(UnitKind::Party);
    let mut all = parties.chain(Department::ALL.into_iter().map(UnitKind::Department));
    all.find(|unit| unit_name(*unit) == name)
}

const fn party_name(party: Party) -> &'static str {
    match party {
        Party::Locality => "locality",
        Party::Department => "department",
        Party::LeaderInCharge => "leader_in_charge",
        Party::Head => "head",
        Party::SafetyOfficer => "safety_officer",
        Party::Maintenance => "maintenance",
    }
}

const fn department_name(department: Department) -> &'static str {
    match department {
        Department::CivilAffairs => "civil_affairs",
        Department::FireRescue => "fire_rescue",
        Department::Housing => "housing",
        Department::MarketRegulation => "market_regulation",
        Department::Health => "health",
        Department::EmergencyManagement => "emergency_management",
        Department::PublicSecurity => "public_security",
        Department::UrbanManagement => "urban_management",
        Department::NaturalResources => "natural_resources",
        Department::WaterResources => "water_resources",
        Department::DevelopmentReform => "development_reform",
        Department::Finance => "finance",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Entropy;

    #[test]
    fn a_question_reads_as_it_was_written() {
        let at = Instant::from_unix_millis(1_790_000_000_000);
        let full = HazardQuery {
            scope: HazardScope::All,
            states: HazardState::ALL.to_vec(),
            grade: Some(Grade::Major),
            division: Some("999901".parse().unwrap()),
            facility: Some(FacilityId::from_parts(at, Entropy(1))),
            unit: Some(UnitKind::Department(Department::FireRescue)),
            overdue: Only::Those,
            listed: Only::Those,
            words: "安全出口 & 仓库".to_owned(),
            sort: HazardSort::Grade,
            after: Some(HazardKey {
                grade: Grade::General,
                due: "2026-12-01".parse().unwrap(),
                found: at,
                id: HazardId::from_parts(at, Entropy(2)),
            }),
            limit: Some(20),
        };
        for query in [HazardQuery::default(), full] {
            let pairs = query.pairs();
            let read = HazardQuery::from_pairs(pairs.iter().map(|(name, value)| (*name, value.as_str())));
            assert_eq!(read.unwrap(), query);
        }
    }

    #[test]
    fn names_and_values_that_mean_nothing_are_refused() {
        let long = "字".repeat(MAX_WORDS_CHARS + 1);
        for (name, value) in [
            ("state", "gone"),
            ("grade", "4"),
            ("division", "1"),
            ("facility", "x"),
            ("unit", "party.nobody"),
            ("overdue", "yes"),
            ("sort", "name"),
            ("after", "major~2026-12-01"),
            ("limit", "-1"),
            ("q", long.as_str()),
            ("colour", "red"),
        ] {
            assert!(HazardQuery::from_pairs([(name, value)]).is_err(), "{name}={value}");
        }
    }

    #[test]
    fn names_in_addresses_are_those_of_the_json() {
        let json = |value: &dyn erased::Json| value.json();
        for state in HazardState::ALL {
            assert_eq!(json(&state), state_name(state));
        }
        for grade in GRADES {
            assert_eq!(json(&grade), grade_name(grade));
        }
        for party in Party::ALL {
            assert_eq!(json(&party), party_name(party));
        }
        for department in Department::ALL {
            assert_eq!(json(&department), department_name(department));
        }
    }

    mod erased {
        pub(super) trait Json {
            fn json(&self) -> String;
        }

        impl<T: serde::Serialize> Json for T {
            fn json(&self) -> String {
                serde_json::to_value(self).unwrap().as_str().unwrap().to_owned()
            }
        }
    }

    #[test]
    fn a_page_has_a_length_that_a_reader_can_bear() {
        for (limit, length) in [(None, 50), (Some(0), 1), (Some(7), 7), (Some(9999), 200)] {
            assert_eq!(HazardQuery { limit, ..HazardQuery::default() }.page_length(), length);
        }
    }
}
