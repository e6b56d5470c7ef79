//! A county with its offices, two institutions, a firm, a department, and hazards whose stories are written by hand:
//! whether a step may be is the loop's business, and tested there.

use xunan_core::Json;
use xunan_core::access::{Account, Certificate, Role};
use xunan_core::clock::{Date, Instant, Span};
use xunan_core::department::Department;
use xunan_core::facility::Party;
use xunan_core::hazard::{
    Assignment, Life, Mark, MeasureOrder, MeasureState, Stage, Standing, StepKind, StoryLine, Transfer,
};
use xunan_core::ids::{AccountId, Entropy, EntryId, FacilityId, HazardId};
use xunan_core::ledger::{HazardCard, Origin, Row};
use xunan_core::notice::{Addressed, recipients};
use xunan_core::region::DivisionCode;
use xunan_core::rules::{Grade, Measure};
use xunan_core::unit::{Unit, UnitKind};
use xunan_core::visit::Due;

pub(crate) const HERE: &str = "999901001";

pub(crate) fn code(text: &str) -> DivisionCode {
    text.parse().unwrap()
}

pub(crate) fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// Noon in China on a day.
pub(crate) fn noon(day: &str) -> Instant {
    format!("{day}T04:00:00Z").parse().unwrap()
}

pub(crate) fn facility_id(number: u128) -> FacilityId {
    FacilityId::from_parts(noon("2026-01-01"), Entropy(number))
}

pub(crate) fn account_id(number: u128) -> AccountId {
    AccountId::from_parts(noon("2026-01-01"), Entropy(number))
}

fn entry_id(number: u128) -> EntryId {
    EntryId::from_parts(noon("2026-01-01"), Entropy(number))
}

/// Everybody, by a word.
pub(crate) fn everybody() -> Vec<(&'static str, Account)> {
    let inspector = || Role::Inspector {
        certificate: Certificate { number: "1".to_owned(), valid_until: date("2030-01-01") },
    };
    let firm = |number| Role::Maintenance { facilities: vec![facility_id(number)] };
    let department = |department| Role::Department { department };
    let people = [
        ("inspector", inspector(), "999901"),
        ("second", inspector(), "999901"),
        ("county", Role::Supervisor, "999901"),
        ("county2", Role::Supervisor, "999901"),
        ("city", Role::Supervisor, "9999"),
        ("province", Role::Supervisor, "99"),
        ("elsewhere", Role::Supervisor, "999902"),
        ("administrator", Role::Administrator, "999901"),
        ("home", Role::Institution { facility: facility_id(1) }, HERE),
        ("other home", Role::Institution { facility: facility_id(2) }, HERE),
        ("staff", Role::Staff { facility: facility_id(1) }, HERE),
        ("firm", firm(1), "99"),
        ("other firm", firm(2), "99"),
        ("fire", department(Department::FireRescue), "999901"),
        ("city fire", department(Department::FireRescue), "9999"),
        ("housing", department(Department::Housing), "999901"),
    ];
    let account = |(at, (word, role, region)): (usize, (&'static str, Role, &str))| {
        let id = account_id(at as u128 + 1);
        let account =
            Account { id, name: word.to_owned(), organisation: String::new(), region: code(region), role };
        (word, account)
    };
    people.into_iter().enumerate().map(account).collect()
}

pub(crate) fn account(word: &str) -> Account {
    everybody().into_iter().find(|(it, _)| *it == word).unwrap().1
}

/// The words of those whom a notice reaches, in the order of [`everybody`].
pub(crate) fn reached(addressed: &Addressed, row: &Row) -> String {
    let everybody = everybody();
    let accounts: Vec<Account> = everybody.iter().map(|(_, account)| account.clone()).collect();
    let ids = recipients(addressed, |account| row.seen_by(account), &accounts);
    let words: Vec<&str> =
        everybody.iter().filter(|(_, it)| ids.contains(&it.id)).map(|(word, _)| *word).collect();
    words.join(", ")
}

pub(crate) fn mark(number: u128, by: &str, day: &str) -> Mark {
    let by = account(by);
    Mark {
        entry: entry_id(number),
        account: by.id,
        name: by.name,
        organisation: by.organisation,
        at: noon(day),
        received: noon(day).plus(Span::minutes(1)),
    }
}

pub(crate) fn line(kind: StepKind, mark: Mark) -> StoryLine {
    StoryLine { kind, mark, note: "别的话".to_owned(), date: None, measure: None, photos: Vec::new() }
}

/// A hazard that was found on a day.
pub(crate) fn found(grade: Grade, origin: Origin, day: &str) -> HazardCard {
    let life = Life::found(line(StepKind::Found, mark(1, "inspector", day)));
    HazardCard {
        id: HazardId::from_parts(noon(day), Entropy(1)),
        origin,
        facility: facility_id(1),
        facility_name: "阳光养老院".to_owned(),
        division: code(HERE),
        found: noon(day),
        item: None,
        title: "疏散门上锁".to_owned(),
        description: "描述".to_owned(),
        place: "一楼".to_owned(),
        grade,
        due: Due::By(noon(day).date().plus_days(15)),
        responsible: None,
        photos: Vec::new(),
        state: life.stage.state(),
        involved: Vec::new(),
        life: Json::of(&life),
        last_seen: None,
    }
}

/// The card after something happened to its life.
pub(crate) fn after(card: &HazardCard, change: impl FnOnce(&mut Standing)) -> HazardCard {
    let mut standing = card.standing().unwrap();
    change(&mut standing);
    card.clone().with(&standing)
}

/// The card after one more line of its story.
pub(crate) fn told(card: &HazardCard, number: u128, kind: StepKind, by: &str, day: &str) -> HazardCard {
    after(card, |it| it.life.story.push(line(kind, mark(number, by, day))))
}

pub(crate) fn assigned(card: &HazardCard, to: UnitKind, due: &str, day: &str) -> HazardCard {
    let primary = Unit { kind: to, name: "某单位".to_owned() };
    let assignment = Assignment {
        primary,
        supporting: Vec::new(),
        person: "某人".to_owned(),
        measure: "打开".to_owned(),
        due: date(due),
    };
    after(card, |it| {
        it.due = Due::By(assignment.due);
        it.life.stage = Stage::Assigned { mark: mark(2, "county", day) };
        it.life.story.push(line(StepKind::Assigned, mark(2, "county", day)));
        it.life.story.last_mut().unwrap().date = Some(assignment.due);
        it.life.assignment = Some(assignment);
    })
}

pub(crate) fn transferred(card: &HazardCard, day: &str) -> HazardCard {
    let transfer = Transfer { to: Department::FireRescue, mark: mark(3, "county", day), receipt: None };
    after(card, |it| {
        it.life.stage = Stage::Transferred { transfer };
        it.life.story.push(line(StepKind::Transferred, mark(3, "county", day)));
    })
}

pub(crate) fn lift_asked(card: &HazardCard, day: &str) -> HazardCard {
    after(card, |it| {
        it.life.measures.push(MeasureOrder {
            measure: Measure::StopUse,
            ordered: mark(4, "inspector", day),
            state: MeasureState::LiftAsked { mark: mark(5, "firm", day) },
        });
    })
}

pub(crate) const HOME: UnitKind = UnitKind::Party(Party::Head);
pub(crate) const FIRM: UnitKind = UnitKind::Party(Party::Maintenance);

pub(crate) fn row(card: &HazardCard) -> Row {
    Row::Hazard(Box::new(card.clone()))
}
