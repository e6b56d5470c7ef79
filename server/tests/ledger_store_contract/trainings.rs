//! Staff training on record: by person, by institution, and the institutions by their divisions.

use xunan_core::access::{Account, Role};
use xunan_core::clock::Span;
use xunan_core::facility::{Facility, FacilityType};
use xunan_core::hazard::Mark;
use xunan_core::ids::{AccountId, ArticleId, Entropy, EntryId, FacilityId, TrainingId};
use xunan_core::knowledge::{ArticleTitle, Score, Training};
use xunan_core::ledger::Row;
use xunan_server::ledger_store::{LedgerStore, StoreError, StoreResult, Tables, TrainedPlaces};

use super::{backends, noon};

fn facility_id(number: u128) -> FacilityId {
    FacilityId::from_parts(noon(), Entropy(number))
}

fn facility(number: u128, division: &str) -> Row {
    Row::Facility(Facility {
        id: facility_id(number),
        name: format!("Home {number}"),
        facility_type: FacilityType::ElderlyCare,
        division: division.parse().unwrap(),
        address: String::new(),
        credit_code: None,
        telephone: None,
        beds: None,
        location: None,
        parties: Vec::new(),
    })
}

fn person(number: u128) -> AccountId {
    AccountId::from_parts(noon(), Entropy(number))
}

/// Somebody's attempt at an article.
fn training(number: u128, who: u128, article: u128, facility: Option<FacilityId>) -> Training {
    let role = facility.map_or(Role::Supervisor, |facility| Role::Staff { facility });
    let account = Account {
        id: person(who),
        name: format!("名字{who}"),
        organisation: String::new(),
        region: "999901".parse().unwrap(),
        role,
    };
    let at = noon().plus(Span::minutes(i64::try_from(number).unwrap()));
    Training {
        id: TrainingId::from_parts(noon(), Entropy(number)),
        mark: Mark::of(&account, EntryId::from_parts(at, Entropy(number)), at, at),
        facility,
        article: ArticleId::from_parts(noon(), Entropy(article)),
        version: 1,
        title: ArticleTitle::of("用电安全").unwrap(),
        score: Score { right: 4, all: 5 },
    }
}

fn places(tables: &dyn Tables, division: &str, words: &str) -> StoreResult<Vec<FacilityId>> {
    let asked = TrainedPlaces {
        division: division.parse().unwrap(),
        words: words.to_owned(),
        after: None,
        limit: 10,
    };
    Ok(tables.trained_places(&asked)?.into_iter().map(|it| it.id).collect())
}

fn ids(trainings: Vec<Training>) -> Vec<TrainingId> {
    trainings.into_iter().map(|it| it.id).collect()
}

#[tokio::test]
async fn records_are_listed_by_person_and_the_last_ones_by_institution() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let unit = |tables: &dyn Tables| {
            let home = Some(facility_id(1));
            let [first, other, again, inspector] = [
                training(1, 7, 1, home),
                training(2, 8, 1, home),
                training(3, 7, 1, home),
                training(4, 9, 1, None),
            ];
            for one in [&first, &other, &again, &inspector] {
                assert_eq!(tables.training(one.id)?, None);
                tables.put_training(one)?;
                assert_eq!(tables.training(one.id)?.as_ref(), Some(one));
            }
            let own = tables.trainings_of(person(7), None, 10)?;
            assert_eq!(own.iter().map(|it| it.training.id).collect::<Vec<_>>(), [again.id, first.id]);
            let older = tables.trainings_of(person(7), Some(own[0].place), 10)?;
            assert_eq!(older, own[1..]);
            assert_eq!(tables.trainings_of(person(7), None, 1)?, own[..1]);
            assert_eq!(ids(tables.last_trainings(facility_id(1), None, 10)?), [again.id, other.id]);
            let after = Some((person(7), again.article));
            assert_eq!(ids(tables.last_trainings(facility_id(1), after, 10)?), [other.id]);
            assert_eq!(tables.last_trainings(facility_id(2), None, 10)?, []);
            tables.delete_trainings()?;
            assert_eq!(
                (tables.training(first.id)?, tables.trainings_of(person(7), None, 10)?),
                (None, vec![])
            );
            assert_eq!(tables.last_trainings(facility_id(1), None, 10)?, []);
            Ok::<_, StoreError>(())
        };
        store.write(unit).await.unwrap();
    }
}

#[tokio::test]
async fn an_institution_is_found_where_it_stands_once_it_has_a_record_and_where_it_moves() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let unit = |tables: &dyn Tables| {
            for (number, division) in [(1, "999901001"), (2, "999901002"), (3, "999902")] {
                tables.put_row(&facility(number, division))?;
            }
            assert_eq!(places(tables, "", "")?, []);
            for number in [1, 2] {
                tables.put_training(&training(number, number, 1, Some(facility_id(number))))?;
                tables.put_training(&training(10 + number, number, 1, Some(facility_id(number))))?;
            }
            let [one, two] = [1, 2].map(facility_id);
            assert_eq!(places(tables, "9999", "")?, [one, two]);
            assert_eq!(
                (places(tables, "999901002", "")?, places(tables, "999902", "")?),
                (vec![two], vec![])
            );
            assert_eq!(
                (places(tables, "9999", "home 2")?, places(tables, "9999", "%")?),
                (vec![two], vec![])
            );
            let after = TrainedPlaces {
                division: "9999".parse().unwrap(),
                words: String::new(),
                after: Some(one),
                limit: 10,
            };
            assert_eq!(tables.trained_places(&after)?.len(), 1);
            tables.put_row(&facility(1, "999902"))?;
            assert_eq!(
                (places(tables, "999901", "")?, places(tables, "999902", "")?),
                (vec![two], vec![one])
            );
            // One whose card comes after its records.
            tables.put_training(&training(30, 30, 1, Some(facility_id(4))))?;
            tables.put_row(&facility(4, "999903"))?;
            assert_eq!(places(tables, "999903", "")?, [facility_id(4)]);
            tables.delete_trainings()?;
            assert_eq!(places(tables, "", "")?, []);
            Ok::<_, StoreError>(())
        };
        store.write(unit).await.unwrap();
    }
}

#[tokio::test]
async fn no_record_is_overwritten() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let put = |training: Training| store.write(move |tables| tables.put_training(&training));
        let first = training(1, 7, 1, None);
        put(first.clone()).await.unwrap();
        let other = Training { score: Score { right: 5, all: 5 }, ..training(1, 8, 2, None) };
        assert!(put(other).await.is_err());
        let id = first.id;
        assert_eq!(store.read(move |tables| tables.training(id)).await.unwrap(), Some(first));
    }
}
