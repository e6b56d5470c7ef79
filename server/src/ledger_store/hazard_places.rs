//! Under which names hazards are listed, and which of them an account's question walks along.
//!
//! Like [`Audience`](super::Audience), a name is never less than what core lets somebody see, and core has the last word on
//! every hazard that is shown. Unlike there, a closed hazard keeps its names: these lists are of the ledger, not of phones.
//!
//! A list is kept in pieces, one for each of the few facts by which lists are narrowed down: a question walks along the
//! pieces that it wants, so that it meets what it shows and not the years beside it.

use xunan_core::access::{Account, Role};
use xunan_core::clock::Date;
use xunan_core::facility::Party;
use xunan_core::hazard::{HazardState, Life, Turn};
use xunan_core::ids::FacilityId;
use xunan_core::ledger::HazardCard;
use xunan_core::region::DivisionCode;
use xunan_core::rules::Grade;
use xunan_core::sync::{HazardKey, HazardQuery, HazardScope, HazardSort, Only, state_name, unit_name};
use xunan_core::unit::UnitKind;

/// A name under which hazards are listed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HazardPlace {
    /// All of a division.
    Division(DivisionCode),
    /// All of an institution.
    Facility(FacilityId),
    /// Those of a division with which a kind of unit has to do.
    Unit(UnitKind, DivisionCode),
    /// Those of an institution with which a kind of unit has to do.
    UnitAt(UnitKind, FacilityId),
}

impl HazardPlace {
    /// The name under which it is stored.
    pub fn name(&self) -> String {
        match self {
            Self::Division(code) => format!("d:{code}"),
            Self::Facility(id) => format!("f:{id}"),
            Self::Unit(unit, code) => format!("u:{}:{code}", unit_name(*unit)),
            Self::UnitAt(unit, id) => format!("i:{}:{id}", unit_name(*unit)),
        }
    }

    /// The names of a hazard, each once.
    pub fn of_hazard(hazard: &HazardCard) -> Vec<Self> {
        let above: Vec<DivisionCode> = hazard.division.ancestors().collect();
        let mut places: Vec<Self> = above.iter().cloned().map(Self::Division).collect();
        places.push(Self::Facility(hazard.facility));
        for unit in &hazard.involved {
            places.push(Self::UnitAt(*unit, hazard.facility));
            places.extend(above.iter().cloned().map(|code| Self::Unit(*unit, code)));
        }
        places
    }

    /// The division that it is all of, or a part of; none for what one institution has, which is not much.
    pub const fn division(&self) -> Option<&DivisionCode> {
        match self {
            Self::Division(code) | Self::Unit(_, code) => Some(code),
            Self::Facility(_) | Self::UnitAt(..) => None,
        }
    }
}

/// What the hazards of one piece of a list have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HazardPiece {
    /// The state that they are in.
    pub state: HazardState,
    /// Whose turn it is.
    pub turn: Turn,
    /// Their grade.
    pub grade: Grade,
    /// Whether they are listed for supervision.
    pub listing: Listing,
}

/// Whether a hazard is listed for supervision 挂牌督办.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listing {
    /// It is.
    Listed,
    /// It is not.
    Unlisted,
}

impl HazardPiece {
    /// The piece of a hazard, whose life was read.
    pub fn of(hazard: &HazardCard, life: &Life) -> Self {
        let listing = if life.listing.is_some() { Listing::Listed } else { Listing::Unlisted };
        Self { state: hazard.state, turn: life.turn(), grade: hazard.grade, listing }
    }

    /// The name under which it is stored.
    pub fn name(&self) -> String {
        let listing = listing_name(self.listing);
        format!("{}/{}/{}/{listing}", state_name(self.state), self.turn.name(), grade_name(self.grade))
    }

    /// The piece of a name.
    pub fn of_name(name: &str) -> Option<Self> {
        let mut parts = name.split('/');
        let mut part = || parts.next();
        let (state, turn, grade, listing) = (part()?, part()?, part()?, part()?);
        Some(Self {
            state: HazardState::ALL.into_iter().find(|it| state_name(*it) == state)?,
            turn: TURNS.into_iter().find(|it| it.name() == turn)?,
            grade: GRADES.into_iter().find(|it| grade_name(*it) == grade)?,
            listing: LISTINGS.into_iter().find(|it| listing_name(*it) == listing)?,
        })
    }
}

const TURNS: [Turn; 4] = [Turn::Supervisor, Turn::Unit, Turn::Department, Turn::Nobody];
const GRADES: [Grade; 3] = [Grade::Major, Grade::General, Grade::Advice];
const LISTINGS: [Listing; 2] = [Listing::Listed, Listing::Unlisted];

const fn grade_name(grade: Grade) -> &'static str {
    match grade {
        Grade::Major => "major",
        Grade::General => "general",
        Grade::Advice => "advice",
    }
}

const fn listing_name(listing: Listing) -> &'static str {
    match listing {
        Listing::Listed => "listed",
        Listing::Unlisted => "unlisted",
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
            unit: query.unit,
            due_before: (query.overdue == Only::Those).then_some(today),
            listed: query.listed,
            words: query.words.to_lowercase(),
            sort: query.sort,
            after: query.after.clone(),
            limit: query.page_length(),
        }
    }

    /// The day before which they are due, as it is compared; behind every day when none is asked for.
    pub fn due_before_text(&self) -> String {
        self.due_before.map_or_else(|| "9999-99-99".to_owned(), |day| day.to_string())
    }

    /// Whether a piece is walked along.
    pub fn wants(&self, piece: &HazardPiece) -> bool {
        self.states.contains(&piece.state)
            && (self.turns.is_empty() || self.turns.contains(&piece.turn))
            && self.grade.is_none_or(|grade| grade == piece.grade)
            && (self.listed == Only::Any || piece.listing == Listing::Listed)
    }
}

/// The lists to walk along, and the division inside which their hazards have to lie.
fn places(account: &Account, query: &HazardQuery) -> (Vec<HazardPlace>, DivisionCode) {
    let asked = query.division.clone();
    let is_asked = |facility: &FacilityId| query.facility.is_none_or(|only| only == *facility);
    match &account.role {
        Role::Citizens | Role::Recorder | Role::RewardOfficer => nothing(),
        Role::Institution { facility } | Role::Staff { facility } => {
            let own = Some(*facility).filter(is_asked).map(|own| at(own, query.unit));
            (own.into_iter().collect(), asked.unwrap_or_else(DivisionCode::country))
        }
        Role::Maintenance { facilities } => {
            let firm = UnitKind::Party(Party::Maintenance);
            let own = facilities.iter().copied().filter(is_asked);
            let places = own.map(|facility| HazardPlace::UnitAt(firm, facility)).collect();
            (places, asked.unwrap_or_else(DivisionCode::country))
        }
        Role::Department { department } => {
            let Some(division) = narrowed(account, asked) else { return nothing() };
            let own = UnitKind::Department(*department);
            let place = match query.facility {
                Some(facility) => HazardPlace::UnitAt(own, facility),
                None => HazardPlace::Unit(own, division.clone()),
            };
            (vec![place], division)
        }
        Role::Inspector { .. } | Role::Supervisor | Role::Administrator => {
            let Some(division) = narrowed(account, asked) else { return nothing() };
            let place = match (query.facility, query.unit) {
                (Some(facility), unit) => at(facility, unit),
                (None, Some(unit)) => HazardPlace::Unit(unit, division.clone()),
                (None, None) => HazardPlace::Division(division.clone()),
            };
            (vec![place], division)
        }
    }
}

/// What an institution has, or what a kind of unit has to do there.
fn at(facility: FacilityId, unit: Option<UnitKind>) -> HazardPlace {
    unit.map_or(HazardPlace::Facility(facility), |unit| HazardPlace::UnitAt(unit, facility))
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
