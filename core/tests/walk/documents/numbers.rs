//! Who numbers documents, and that no series has gaps or doubles.

use std::collections::BTreeMap;

use proptest::prelude::*;
use xunan_core::access::{Account, Role};
use xunan_core::clock::{Date, Instant};
use xunan_core::document::{DocumentKind, Issue, Matter, Series};
use xunan_core::ledger::{Folded, Row, RowKey, RowKind, needed};
use xunan_core::letterhead::OfficeKind;
use xunan_core::log::Body;
use xunan_core::visit::Due;

use super::ledger::{Ledger, fold_over, takes};
use super::{document_id, issue, lead};
use crate::support::{facility_id, hazard_id, minute, visit_id};

#[test]
fn a_phone_gives_no_number_and_the_ledger_does() {
    let ledger = Ledger::new();
    let order = issue(DocumentKind::RectificationOrder, OfficeKind::CivilAffairs);
    let on_phone = takes(fold_over(&ledger.view(), &order, &lead(), minute(70)));
    let [Row::Document(card)] = on_phone.as_slice() else { panic!("{on_phone:?}") };
    assert_eq!(card.get().unwrap().number, None);
    let on_server = takes(ledger.fold(&order, &lead(), minute(70)));
    let [Row::Document(card), Row::Series(count)] = on_server.as_slice() else { panic!("{on_server:?}") };
    assert_eq!((card.get().unwrap().number, count.get().unwrap().last), (Some(1), 1));
    let key = |kind, id: String| RowKey { kind, id };
    let keys = needed(&Body::DocumentIssued(Box::new(order.clone())));
    for wanted in [
        key(RowKind::Document, order.id.to_string()),
        key(RowKind::Facility, facility_id(1).to_string()),
        key(RowKind::Series, "999901/rectification_order/2026".to_owned()),
        key(RowKind::Hazard, hazard_id(50).to_string()),
        key(RowKind::Visit, visit_id(1).to_string()),
    ] {
        assert!(keys.contains(&wanted), "{wanted:?}");
    }
}

/// An issue of one of several offices, kinds and years.
fn any_issue() -> impl Strategy<Value = (usize, DocumentKind, i32)> {
    let kinds = prop_oneof![
        Just(DocumentKind::RectificationOrder),
        Just(DocumentKind::Checklist),
        Just(DocumentKind::Transfer),
    ];
    (0..3_usize, kinds, 2026..2028_i32)
}

proptest! {
    /// Whatever comes in whatever order, some of it refused, some of it twice: each series is 1, 2, 3, ….
    #[test]
    fn every_series_is_without_gaps_and_without_doubles(
        issues in proptest::collection::vec((any_issue(), any::<bool>(), any::<bool>()), 1..40),
    ) {
        let offices = ["999901", "9999", "999901001"];
        let templates: BTreeMap<DocumentKind, Issue> =
            [DocumentKind::RectificationOrder, DocumentKind::Checklist, DocumentKind::Transfer]
                .map(|kind| (kind, issue(kind, OfficeKind::CivilAffairs)))
                .into();
        let mut ledger = Ledger::new();
        let mut given: BTreeMap<Series, Vec<u32>> = BTreeMap::new();
        for (at, ((office, kind, year), spoil, twice)) in issues.into_iter().enumerate() {
            let on = Date::new(year, 11, 22).unwrap();
            let mut issue = templates[&kind].clone();
            issue.id = document_id(1000 + u128::try_from(at).unwrap());
            issue.on = on;
            issue.office.division = offices[office].parse().unwrap();
            if let Matter::RectificationOrder(lines) = &mut issue.matter {
                lines.iter_mut().for_each(|line| line.due = Some(Due::OnTheSpot));
            }
            if spoil {
                issue.addressee.name.clear();
            }
            let actor = Account { role: Role::Supervisor, region: issue.office.division.clone(), ..lead() };
            let time: Instant = format!("{on}T02:00:00Z").parse().unwrap();
            for _ in 0..=usize::from(twice) {
                if let Folded::Takes(rows) = ledger.fold(&issue, &actor, time) {
                    for row in rows {
                        if let Row::Document(card) = &row {
                            given.entry(issue.series()).or_default().extend(card.get().unwrap().number);
                        }
                        ledger.0.apply(row);
                    }
                }
            }
        }
        for (series, numbers) in given {
            let expected: Vec<u32> = (1..=u32::try_from(numbers.len()).unwrap()).collect();
            prop_assert_eq!(numbers, expected, "{}", series);
        }
    }
}
