//! Rows in their current form, and what is left where they were seen before.

use xunan_core::facility::{Facility, FacilityType};
use xunan_core::ids::{Entropy, FacilityId};
use xunan_core::ledger::{Cursor, Row, RowKey, RowKind};
use xunan_server::ledger_store::{Audience, LedgerStore, RowStanding, StoreError, Tables};

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
