//! What is public of citizens' reports: in line with each report's card, in lists of its own, and who met the same.

use xunan_core::digest::Digest;
use xunan_core::facility::{Facility, FacilityType};
use xunan_core::hazard::Mark;
use xunan_core::ids::{Entropy, EntryId, FacilityId, SnapId};
use xunan_core::ledger::{Row, RowKey, RowKind, SnapCard};
use xunan_core::place::GeoPoint;
use xunan_core::snap::{
    CaseNumber, Category, Life, Neighbourhood, OwnWords, PublicNotice, PublicPlace, PublicTitle, PublicWords,
    Publication, Report, SnapPlace, Stage,
};
use xunan_server::ledger_store::{
    LedgerStore, PlazaAsked, PlazaPlace, Progress, StoreError, StoreResult, Tables,
};

use super::{backends, noon};

fn snap(number: u128) -> SnapId {
    SnapId::from_parts(noon(), Entropy(number))
}

fn mark(entry: u128) -> Mark {
    Mark::nameless(EntryId::from_parts(noon(), Entropy(entry)), noon(), noon())
}

/// An accepted report, published by an entry of that number.
fn card(number: u128, division: &str, entry: u128) -> SnapCard {
    let notice = PublicNotice {
        title: PublicTitle::of(&format!("漏气，第 {number} 件")).unwrap(),
        category: Category::Gas,
        place: PublicPlace::of("青石镇").unwrap(),
        words: PublicWords::default(),
        result: PublicWords::default(),
    };
    let mut life = Life::received(mark(1));
    life.stage = Stage::Accepted { mark: mark(2) };
    life.publication =
        Some(Publication { mark: mark(entry), after: mark(2).entry, notice, photos: Vec::new() });
    SnapCard {
        report: Report {
            snap: snap(number),
            division: division.parse().unwrap(),
            category: Category::Gas,
            words: OwnWords::of("原话").unwrap(),
            place: SnapPlace::default(),
            seen: None,
            photos: Vec::new(),
            voice: None,
            video: None,
        },
        facility_name: String::new(),
        received: noon(),
        life,
    }
}

fn asked() -> PlazaAsked {
    PlazaAsked { limit: 10, ..PlazaAsked::default() }
}

fn shown(tables: &dyn Tables, asked: &PlazaAsked) -> StoreResult<Vec<SnapId>> {
    Ok(tables.plaza(asked)?.cases.into_iter().map(|case| case.snap).collect())
}

fn counts(tables: &dyn Tables) -> StoreResult<Vec<(String, u64, u64)>> {
    let told = |PlazaPlace { division, published, answered, .. }| (division.to_string(), published, answered);
    Ok(tables.plaza_places()?.into_iter().map(told).collect())
}

#[tokio::test]
async fn lists_counts_and_words_follow_each_card_and_a_step_moves_nothing() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let unit = |tables: &dyn Tables| {
            let mut cards = [card(1, "999901001", 11), card(2, "999901001004", 12), card(3, "999901002", 13)];
            cards.iter().try_for_each(|card| tables.put_snap(card))?;
            assert_eq!(shown(tables, &asked())?, [snap(3), snap(2), snap(1)]);
            let counted = |one: (u64, u64), two: (u64, u64)| {
                [("999901001".to_owned(), one.0, one.1), ("999901002".to_owned(), two.0, two.1)]
            };
            assert_eq!(counts(tables)?, counted((2, 0), (1, 0)), "a village counts with its township");
            // Answered: in its place, in another list.
            cards[0].life.stage = Stage::Answered { mark: mark(3), satisfaction: None };
            tables.put_snap(&cards[0])?;
            assert_eq!(shown(tables, &asked())?, [snap(3), snap(2), snap(1)]);
            for (progress, expected) in
                [(Progress::Answered, vec![snap(1)]), (Progress::Open, vec![snap(3), snap(2)])]
            {
                for words in ["", "漏气"] {
                    let asked = PlazaAsked { progress: Some(progress), words: words.to_owned(), ..asked() };
                    assert_eq!(shown(tables, &asked)?, expected, "{progress:?} {words}");
                }
            }
            assert_eq!(counts(tables)?, counted((2, 1), (1, 0)));
            // Published anew: news.
            let again = card(2, "999901001004", 14);
            tables.put_snap(&again)?;
            assert_eq!(shown(tables, &asked())?, [snap(2), snap(3), snap(1)]);
            // Withdrawn: nowhere.
            for card in &mut cards[1..] {
                card.life.publication = None;
                tables.put_snap(card)?;
            }
            assert_eq!(shown(tables, &asked())?, [snap(1)]);
            let found = PlazaAsked { words: "第 3 件".to_owned(), ..asked() };
            assert_eq!(shown(tables, &found)?, []);
            assert_eq!(tables.public_case(&CaseNumber::of(snap(3)))?, None);
            assert_eq!(counts(tables)?, [("999901001".to_owned(), 1, 1)]);
            tables.delete_snaps()?;
            assert_eq!((shown(tables, &asked())?, counts(tables)?), (vec![], vec![]));
            Ok::<_, StoreError>(())
        };
        store.write(unit).await.unwrap();
    }
}

#[tokio::test]
async fn who_met_the_same_is_counted_once_and_stays_when_cards_are_made_again() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let unit = |tables: &dyn Tables| {
            let [one, other] = [b"one".as_slice(), b"other"].map(Digest::of);
            tables.put_snap(&card(1, "999901001", 11))?;
            for device in [&one, &other] {
                assert!(!tables.has_me_too(snap(1), device)?);
                tables.insert_me_too(snap(1), device)?;
                assert!(tables.has_me_too(snap(1), device)?);
            }
            assert!(!tables.has_me_too(snap(2), &one)?);
            tables.delete_snaps()?;
            tables.put_snap(&card(1, "999901001", 11))?;
            let case = tables.public_case(&CaseNumber::of(snap(1)))?.unwrap();
            assert_eq!((case.snap, case.me_toos), (snap(1), 2));
            assert!(tables.insert_me_too(snap(1), &one).is_err(), "once");
            Ok::<_, StoreError>(())
        };
        store.write(unit).await.unwrap();
    }
}

fn institution(number: u128, division: &str, facility_type: FacilityType) -> Facility {
    Facility {
        id: FacilityId::from_parts(noon(), Entropy(number)),
        name: "虚构机构".to_owned(),
        facility_type,
        division: division.parse().unwrap(),
        address: String::new(),
        credit_code: None,
        telephone: None,
        beds: None,
        location: GeoPoint::from_e7(i32::try_from(number).unwrap(), 0).ok(),
        parties: Vec::new(),
    }
}

#[tokio::test]
async fn institutions_in_a_neighbourhood_are_those_whose_points_lie_in_it_now() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let unit = |tables: &dyn Tables| {
            let at = |number, latitude, longitude| Facility {
                location: GeoPoint::from_e7(latitude, longitude).ok(),
                ..institution(number, "999901001", FacilityType::ElderlyCare)
            };
            let minors = Facility { facility_type: FacilityType::ChildWelfare, ..at(5, 0, 0) };
            for facility in [
                at(1, 150_000, -150_000),
                at(2, -150_000, 150_000),
                at(3, 150_001, 0),
                at(4, 0, -150_001),
                minors,
            ] {
                tables.put_row(&Row::Facility(facility))?;
            }
            let around = Neighbourhood::of(GeoPoint::from_e7(1, -1).unwrap());
            let found = |limit| -> StoreResult<Vec<FacilityId>> {
                Ok(tables.facilities_in(around, limit)?.into_iter().map(|it| it.id).collect())
            };
            let [one, two, three] = [at(1, 0, 0), at(2, 0, 0), at(3, 0, 0)];
            assert_eq!(found(9)?, [two.id, one.id]);
            assert_eq!(found(1)?, [two.id]);
            tables.put_row(&Row::Facility(at(1, 900_000, 0)))?;
            tables.put_row(&Row::Facility(three.clone()))?;
            assert_eq!(found(9)?, [two.id, three.id], "where they stand now");
            tables.put_row(&Row::Gone(RowKey { kind: RowKind::Facility, id: two.id.to_string() }))?;
            assert_eq!(found(9)?, [three.id]);
            Ok::<_, StoreError>(())
        };
        store.write(unit).await.unwrap();
    }
}

#[tokio::test]
async fn points_are_those_of_institutions_in_townships_with_public_cases() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let unit = |tables: &dyn Tables| {
            let points = || -> StoreResult<Vec<(String, Vec<i32>)>> {
                let told = |points: Vec<GeoPoint>| points.into_iter().map(GeoPoint::latitude_e7).collect();
                Ok(tables
                    .map_points()?
                    .into_iter()
                    .map(|(it, points)| (it.to_string(), told(points)))
                    .collect())
            };
            let elderly = FacilityType::ElderlyCare;
            let moved = institution(1, "999901001", elderly);
            for facility in [
                moved.clone(),
                institution(2, "999901001004", elderly),
                institution(3, "999901001", FacilityType::MinorProtection),
                institution(4, "999901002", elderly),
            ] {
                tables.put_row(&Row::Facility(facility))?;
            }
            assert_eq!(points()?, [], "nothing is public");
            tables.put_snap(&card(1, "999901001", 11))?;
            let township = |points: &[i32]| vec![("999901001".to_owned(), points.to_vec())];
            assert_eq!(
                points()?,
                township(&[1, 2]),
                "a village counts with its township, minors' homes do not"
            );
            tables.put_row(&Row::Facility(Facility {
                location: GeoPoint::from_e7(9, 0).ok(),
                ..moved.clone()
            }))?;
            assert_eq!(points()?, township(&[2, 9]));
            tables.put_row(&Row::Facility(Facility { location: None, ..moved }))?;
            assert_eq!(points()?, township(&[2]));
            tables.put_row(&Row::Gone(Row::Facility(institution(2, "999901001004", elderly)).key()))?;
            assert_eq!(points()?, []);
            tables.put_row(&Row::Facility(institution(2, "999901001004", elderly)))?;
            tables.delete_rows_of_entries()?;
            assert_eq!(points()?, []);
            Ok::<_, StoreError>(())
        };
        store.write(unit).await.unwrap();
    }
}
