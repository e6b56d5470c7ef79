//! A page of training records costs the same with three hundred and with twelve hundred of them, counted in steps of SQLite's
//! machine; and each question about them for `query_plans`.

use xunan_core::access::{Account, Role};
use xunan_core::clock::{Instant, Span};
use xunan_core::facility::{Facility, FacilityType};
use xunan_core::hazard::Mark;
use xunan_core::ids::{AccountId, ArticleId, Entropy, EntryId, FacilityId, TrainingId};
use xunan_core::knowledge::{ArticleTitle, Score, Training};
use xunan_core::ledger::Row;

use super::SqliteConnection;
use super::growth::{Counted, is_flat};
use crate::ledger_store::{RowTables as _, TrainedPlaces, TrainingTables as _};

/// People of one institution.
const PEOPLE: u32 = 30;

fn noon() -> Instant {
    "2026-11-02T04:00:00Z".parse().unwrap()
}

fn facility_id(number: u32) -> FacilityId {
    FacilityId::from_parts(noon(), Entropy(number.into()))
}

fn facility(number: u32, division: &str) -> Facility {
    Facility {
        id: facility_id(number),
        name: format!("虚构机构{number}"),
        facility_type: FacilityType::ElderlyCare,
        division: division.parse().unwrap(),
        address: String::new(),
        credit_code: None,
        telephone: None,
        beds: None,
        location: None,
        parties: Vec::new(),
    }
}

fn person(number: u32) -> AccountId {
    AccountId::from_parts(noon(), Entropy(number.into()))
}

/// An attempt of one of the first institution's people at one of ten articles; every tenth one is another institution's.
fn training(number: u32) -> Training {
    let facility = if number.is_multiple_of(10) { facility_id(number) } else { facility_id(1) };
    let who = Account {
        id: person(number % PEOPLE),
        name: "演示甲".to_owned(),
        organisation: "虚构机构".to_owned(),
        region: "999901001".parse().unwrap(),
        role: Role::Staff { facility },
    };
    let at = noon().plus(Span::minutes(number.into()));
    Training {
        id: TrainingId::from_parts(at, Entropy(number.into())),
        mark: Mark::of(&who, EntryId::from_parts(at, Entropy(number.into())), at, at),
        facility: Some(facility),
        article: ArticleId::from_parts(noon(), Entropy((number / PEOPLE).into())),
        version: 1,
        title: ArticleTitle::of("用电安全").unwrap(),
        score: Score { right: 4, all: 5 },
    }
}

fn places(words: &str, after: Option<FacilityId>) -> TrainedPlaces {
    TrainedPlaces { division: "9999".parse().unwrap(), words: words.to_owned(), after, limit: 10 }
}

/// Every question about training records.
pub(super) fn ask_about_trainings(store: &SqliteConnection) {
    store.put_row(&Row::Facility(facility(1, "999901001"))).unwrap();
    let one = training(1);
    store.put_training(&one).unwrap();
    store.put_row(&Row::Facility(facility(1, "999901002"))).unwrap();
    store.training(one.id).unwrap();
    for before in [None, Some(7)] {
        store.trainings_of(one.mark.account, before, 10).unwrap();
    }
    for after in [None, Some((one.mark.account, one.article))] {
        store.last_trainings(facility_id(1), after, 10).unwrap();
    }
    store.trained_places(&places("机构", Some(facility_id(1)))).unwrap();
}

fn years(trainings: u32) -> Counted {
    Counted::filled(|connection| {
        for number in 1..=trainings {
            if number == 1 || number.is_multiple_of(10) {
                connection.put_row(&Row::Facility(facility(number, "999901001"))).unwrap();
            }
            connection.put_training(&training(number)).unwrap();
        }
    })
}

#[test]
fn a_page_among_hundreds_of_records_costs_what_one_among_four_times_as_many_does() {
    let (few, many) = (years(300), years(1200));
    let mut steep = Vec::new();
    let mut compare = |what: &str, ask: &dyn Fn(&SqliteConnection)| {
        let (few, many) = (few.steps_of(ask), many.steps_of(ask));
        if !is_flat(few, many) {
            steep.push(format!("{what}: {few} steps, then {many}"));
        }
    };
    let one = training(3);
    compare("a record", &|it| assert_eq!(it.training(one.id).unwrap().as_ref(), Some(&one)));
    compare("somebody's", &|it| assert_eq!(it.trainings_of(person(3), None, 8).unwrap().len(), 8));
    compare("an institution's", &|it| {
        assert_eq!(it.last_trainings(facility_id(1), None, 20).unwrap().len(), 20);
        assert_eq!(it.last_trainings(facility_id(1), Some((person(3), one.article)), 20).unwrap().len(), 20);
    });
    for (words, after) in [("", None), ("", Some(facility_id(50))), ("机构1", None)] {
        compare("institutions", &|it| {
            assert_eq!(it.trained_places(&places(words, after)).unwrap().len(), 10, "{words}");
        });
    }
    compare("another one", &|it| {
        it.put_training(&Training { id: training(9999).id, ..one.clone() }).unwrap()
    });
    assert!(steep.is_empty(), "{}", steep.join("\n"));
}
