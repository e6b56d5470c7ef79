//! Citizens' reports: lists by division and clock, what reporters ask by, and sealed contacts.

use xunan_core::clock::{Instant, Span};
use xunan_core::digest::Digest;
use xunan_core::evidence::Likeness;
use xunan_core::hazard::Mark;
use xunan_core::ids::{Entropy, EntryId, FacilityId, PhotoId, SnapId};
use xunan_core::ledger::SnapCard;
use xunan_core::place::GeoPoint;
use xunan_core::snap::{
    CaseNumber, Category, Found, Life, NotAcceptedReason, OwnWords, Report, SnapPhoto, SnapPlace,
    SnapPosition, Stage,
};
use xunan_core::sync::SnapKey;
use xunan_server::ledger_store::{AlikeAsked, LedgerStore, SnapList, StoreError, Tables};

use super::{backends, noon};

pub(super) fn snap(number: u128) -> SnapId {
    SnapId::from_parts(noon(), Entropy(number))
}

pub(super) fn mark(at: Instant) -> Mark {
    Mark::nameless(EntryId::from_parts(at, Entropy(1)), at, at)
}

/// A report that came so many hours after noon.
pub(super) fn card(number: u128, division: &str, hours: i64) -> SnapCard {
    let at = noon().plus(Span::minutes(60 * hours));
    SnapCard {
        report: Report {
            snap: snap(number),
            division: division.parse().unwrap(),
            category: Category::Gas,
            words: OwnWords::of("漏气").unwrap(),
            place: SnapPlace::default(),
            seen: None,
            photos: Vec::new(),
            voice: None,
            video: None,
        },
        facility_name: String::new(),
        received: at,
        life: Life::received(mark(at)),
    }
}

pub(super) fn ids(cards: &[SnapCard]) -> Vec<SnapId> {
    cards.iter().map(SnapCard::id).collect()
}

/// What a list of a division has, behind `after`.
pub(super) fn listed(
    tables: &dyn Tables,
    division: &str,
    list: SnapList,
    after: Option<SnapKey>,
) -> Result<Vec<SnapId>, StoreError> {
    tables.snaps_within(&division.parse().unwrap(), list, after, 10).map(|cards| ids(&cards))
}

#[tokio::test]
async fn a_report_is_in_the_lists_of_its_division_and_of_those_above_open_or_closed() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let unit = |tables: &dyn Tables| {
            let cards = [card(1, "999901001", 3), card(2, "999901", 1), card(3, "999902", 2)];
            cards.iter().try_for_each(|card| tables.put_snap(card))?;
            let list = |division, list, after| listed(tables, division, list, after);
            for (division, expected) in [
                ("", vec![snap(2), snap(3), snap(1)]),
                ("9999", vec![snap(2), snap(3), snap(1)]),
                ("999901", vec![snap(2), snap(1)]),
                ("999901001", vec![snap(1)]),
                ("999901002", vec![]),
            ] {
                assert_eq!(list(division, SnapList::Open, None)?, expected, "{division}");
            }
            let after = Some(SnapKey::of(&cards[1]));
            assert_eq!(list("9999", SnapList::Open, after)?, [snap(3), snap(1)]);
            let mut closed = [cards[0].clone(), cards[2].clone()];
            for closed in &mut closed {
                let (mark, reason) = (mark(noon()), NotAcceptedReason::NoHazard);
                closed.life.stage = Stage::NotAccepted { mark, reason };
                tables.put_snap(closed)?;
            }
            assert_eq!(list("9999", SnapList::Open, None)?, [snap(2)]);
            assert_eq!(list("9999", SnapList::Closed, None)?, [snap(1), snap(3)]);
            let after = Some(SnapKey::of(&closed[0]));
            assert_eq!(list("9999", SnapList::Closed, after)?, [snap(3)]);
            assert_eq!(tables.snap(snap(1))?.as_ref(), Some(&closed[0]));
            for (division, there) in [("", true), ("9999", true), ("999901001", true), ("999902", false)] {
                let (division, number) = (division.parse().unwrap(), CaseNumber::of(snap(1)));
                let found = tables.snap_within(&division, snap(1))?;
                assert_eq!(found.as_ref(), there.then_some(&closed[0]), "{division}");
                let numbered = tables.snaps_numbered(&division, &number)?;
                assert_eq!(numbered.contains(&closed[0]), there, "{division}");
            }
            assert_eq!(tables.snap_within(&"".parse().unwrap(), snap(4))?, None);
            tables.delete_snaps()?;
            assert_eq!(list("", SnapList::Open, None)?, []);
            Ok::<_, StoreError>(())
        };
        store.write(unit).await.unwrap();
    }
}

#[tokio::test]
async fn a_report_is_found_by_its_hashes_alone_and_a_contact_can_be_forgotten() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let unit = |tables: &dyn Tables| {
            let [secret, code, other] = [b"secret".as_slice(), b"code", b"other"].map(Digest::of);
            tables.insert_follow(&secret, &code, snap(1))?;
            assert_eq!(tables.snap_of_secret(&secret)?, Some(snap(1)));
            assert_eq!(tables.snap_of_code(&code)?, Some(snap(1)));
            assert_eq!((tables.snap_of_secret(&code)?, tables.snap_of_code(&secret)?), (None, None));
            assert!(tables.insert_follow(&other, &code, snap(2)).is_err(), "a code names one report");
            tables.insert_sealed_contact(snap(1), b"sealed")?;
            assert_eq!(tables.sealed_contact(snap(1))?.as_deref(), Some(b"sealed".as_slice()));
            tables.delete_sealed_contact(snap(1))?;
            assert_eq!(tables.sealed_contact(snap(1))?, None);
            Ok::<_, StoreError>(())
        };
        store.write(unit).await.unwrap();
    }
}

/// At one of the institutions, at so many ten-millionths of a degree north, showing a scene.
fn telling(number: u128, hours: i64, facility: u128, north: i32, scene: u128) -> SnapCard {
    let mut card = card(number, "999901001", hours);
    let point = GeoPoint::from_e7(364_000_000 + north, 1_160_000_000).unwrap();
    card.report.place = SnapPlace {
        facility: Some(FacilityId::from_parts(noon(), Entropy(facility))),
        position: Some(SnapPosition { point, found: Found::OfPhoto }),
        ..SnapPlace::default()
    };
    card.report.photos = vec![SnapPhoto {
        id: PhotoId::from_parts(noon(), Entropy(number)),
        stored: Digest::of(&number.to_be_bytes()),
        stored_bytes: 1,
        likeness: Likeness::from_bytes(scene.to_be_bytes()),
        claimed: None,
    }];
    card
}

#[tokio::test]
async fn open_reports_are_found_by_institution_by_the_ground_around_and_by_alike_photos() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let unit = |tables: &dyn Tables| {
            let far = 10_000_000;
            let mut other_category = telling(6, 5, 1, 0, u128::MAX / 11);
            other_category.report.category = Category::Food;
            let mut cards = [
                telling(1, 0, 1, 0, 0),
                telling(2, 1, 1, far, u128::MAX),
                telling(3, 2, 2, 4_000, u128::MAX / 3),
                telling(4, 3, 3, far, 0b111),
                telling(5, 4, 4, far, u128::MAX / 7),
                other_category,
            ];
            cards.iter().try_for_each(|card| tables.put_snap(card))?;
            let found = |hours: [i64; 2], most, photos| {
                let [from, until] = hours.map(|it| noon().plus(Span::minutes(60 * it)));
                let asked = AlikeAsked { report: &telling(1, 0, 1, 0, 0).report, from, until, most, photos };
                tables.snaps_alike(&asked).map(|cards| ids(&cards))
            };
            let all = [1, 2, 3, 4].map(snap);
            assert_eq!(found([0, 9], 9, 9)?, all);
            assert_eq!(found([1, 2], 9, 9)?, all[1..3], "within the time that is asked for");
            assert_eq!(found([0, 9], 9, 0)?, all[..3], "no photo is compared");
            assert_eq!(
                found([0, 9], 1, 9)?,
                [1, 2, 3].map(snap),
                "the last by each trace, the nearest photo"
            );
            let (mark, reason) = (mark(noon()), NotAcceptedReason::NoHazard);
            cards[1].life.stage = Stage::NotAccepted { mark, reason };
            tables.put_snap(&cards[1])?;
            assert_eq!(found([0, 9], 9, 9)?, [1, 3, 4].map(snap), "what is closed leaves no trace");
            cards[1] = telling(2, 1, 1, far, u128::MAX);
            tables.put_snap(&cards[1])?;
            assert_eq!(found([0, 9], 9, 9)?, all, "and does when it is open again");
            tables.delete_snaps()?;
            assert_eq!(found([0, 9], 9, 9)?, []);
            Ok::<_, StoreError>(())
        };
        store.write(unit).await.unwrap();
    }
}
