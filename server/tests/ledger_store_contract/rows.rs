//! Rows in their current form, and what is left where they were seen before.

use xunan_core::facility::{Facility, FacilityType};
use xunan_core::ids::{Entropy, FacilityId};
use xunan_core::ledger::{Cursor, Row, RowKey, RowKind};
use xunan_server::ledger_store::{Audience, LedgerStore, NameWords, RowStanding, StoreError, Tables};

use super::{backends, noon};

fn facility(number: u128, division: &str) -> Facility {
    Facility {
        id: FacilityId::from_parts(noon(), Entropy(number)),
        name: number.to_string(),
        facility_type: FacilityType::Cemetery,
        division: division.parse().unwrap(),
        address: String::new(),
        credit_code: None,
        telephone: None,
        beds: None,
        location: None,
        parties: Vec::new(),
    }
}

fn key(facility: &Facility) -> RowKey {
    RowKey { kind: RowKind::Facility, id: facility.id.to_string() }
}

fn division(code: &str) -> Vec<Audience> {
    vec![Audience::Division(code.parse().unwrap())]
}

#[tokio::test]
async fn a_row_has_one_current_form_under_the_number_of_its_last_change() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let unit = |tables: &dyn Tables| {
            let (mut card, other) = (facility(1, "371526"), facility(2, "3715"));
            for it in [&card, &other] {
                tables.put_row(&Row::Facility(it.clone()))?;
            }
            card.name = "新名".to_owned();
            tables.put_row(&Row::Facility(card.clone()))?;
            let seen = |audience: &str, after: u64| {
                let rows = tables.rows_after(&division(audience), Cursor(after), 9).unwrap();
                rows.into_iter().map(|row| (row.change.0, row.row.key())).collect::<Vec<_>>()
            };
            assert_eq!(seen("37", 0), [(2, key(&other)), (3, key(&card))]);
            assert_eq!(seen("37", 2), [(3, key(&card))]);
            assert_eq!(seen("371526", 0), [(3, key(&card))]);
            assert_eq!(seen("371525", 0), []);
            assert_eq!(tables.row(&key(&card))?, Some(Row::Facility(card)));
            Ok::<_, StoreError>(())
        };
        store.write(unit).await.unwrap();
    }
}

#[tokio::test]
async fn a_row_that_changes_its_audience_leaves_its_former_self_behind() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let unit = |tables: &dyn Tables| {
            let mut card = facility(1, "371526");
            tables.put_row(&Row::Facility(card.clone()))?;
            card.division = "371525".parse().unwrap();
            tables.put_row(&Row::Facility(card.clone()))?;
            let standings = |audience: &str| {
                let rows = tables.rows_after(&division(audience), Cursor(0), 9).unwrap();
                rows.into_iter().map(|row| row.standing).collect::<Vec<_>>()
            };
            assert_eq!(standings("371526"), [RowStanding::Former]);
            assert_eq!(standings("371525"), [RowStanding::Current]);
            assert_eq!(standings("3715"), [RowStanding::Former, RowStanding::Current]);
            tables.put_row(&Row::Gone(key(&card)))?;
            assert_eq!(standings("371525"), [RowStanding::Former]);
            assert_eq!(tables.row(&key(&card))?, None);
            Ok::<_, StoreError>(())
        };
        store.write(unit).await.unwrap();
    }
}

#[tokio::test]
async fn institutions_are_found_by_parts_of_the_names_that_they_have_now() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let unit = |tables: &dyn Tables| {
            let named = |number, name: &str| Facility { name: name.to_owned(), ..facility(number, "371526") };
            for (number, name) in
                [(1, "青石镇敬老院"), (2, "Haven 养老院（青石）"), (3, "青石山公墓"), (4, "50%_甲")]
            {
                tables.put_row(&Row::Facility(named(number, name)))?;
            }
            let found = |text: &str, limit| {
                let words = NameWords::of(text).unwrap();
                let found = tables.facilities_named(&words, limit).unwrap();
                found.into_iter().map(|it| it.name).collect::<Vec<_>>()
            };
            assert_eq!(found("青石", 9), ["Haven 养老院（青石）", "青石山公墓", "青石镇敬老院"]);
            assert_eq!(found("青石", 2), ["Haven 养老院（青石）", "青石山公墓"]);
            assert_eq!(found("老院", 9), ["Haven 养老院（青石）", "青石镇敬老院"]);
            assert_eq!(found(" 养老　青石 ", 9), ["Haven 养老院（青石）"], "words stand in any order");
            assert_eq!(found("hAVEN", 9), ["Haven 养老院（青石）"]);
            assert_eq!(found("0%_", 9), ["50%_甲"], "no character is a wildcard");
            assert!(found("%%", 9).is_empty() && found("' OR 1 --", 9).is_empty());
            tables.put_row(&Row::Facility(named(1, "青石镇养老中心")))?;
            assert!(found("敬老院", 9).is_empty(), "the name of before is gone");
            let mut moved = named(3, "青石山公墓");
            moved.division = "371525".parse().unwrap();
            tables.put_row(&Row::Facility(moved.clone()))?;
            assert_eq!(found("公墓", 9), ["青石山公墓"], "once, where it is now");
            tables.put_row(&Row::Gone(key(&moved)))?;
            assert!(found("公墓", 9).is_empty());
            Ok::<_, StoreError>(())
        };
        store.write(unit).await.unwrap();
    }
}

#[test]
fn a_name_is_looked_for_by_two_characters_or_more() {
    for (text, is_enough) in [("", false), ("院", false), (" 院 ", false), ("敬老", true), ("敬 老", true)]
    {
        assert_eq!(NameWords::of(text).is_some(), is_enough, "{text}");
    }
}
