//! Pulling: everything once, in pages that skip nothing, and only what one may see.

use std::collections::BTreeSet;

use xunan_core::access::{Role, Sight};
use xunan_core::ledger::{Cursor, Row, RowKind};
use xunan_core::log::Body;
use xunan_core::plan::NoticeMode;
use xunan_core::sync::{More, Pulled};

use crate::support::{Server, facility};

pub(crate) const EVERYBODY: [&str; 11] = [
    "inspector1",
    "inspector2",
    "inspector3",
    "supervisor1",
    "supervisor2",
    "admin1",
    "reward1",
    "institution1",
    "institution2",
    "firm1",
    "fire1",
];

#[tokio::test]
async fn pages_of_any_size_give_the_same_rows_and_each_is_for_its_reader() {
    let server = Server::start().await;
    for login in EVERYBODY {
        let browser = server.signed_in(login).await;
        let account = browser.account().await;
        let whole: Pulled = browser.get("/api/pull?limit=500").await.json();
        assert_eq!(whole.more, More::No);
        assert!(whole.rows.iter().all(|row| row.seen_by(&account) == Sight::Visible), "{login}");
        for limit in [1, 2, 3, 10] {
            let (mut rows, mut after) = (Vec::new(), Cursor(0));
            loop {
                let page: Pulled =
                    browser.get(&format!("/api/pull?after={}&limit={limit}", after.0)).await.json();
                assert!(page.rows.len() <= limit);
                rows.extend(page.rows);
                after = page.cursor;
                if page.more == More::No {
                    break;
                }
            }
            assert_eq!((rows, after), (whole.rows.clone(), whole.cursor), "{login} {limit}");
        }
    }
}

#[tokio::test]
async fn the_index_by_audience_hides_nothing_that_core_shows() {
    let server = Server::start().await;
    // The administrator of the whole country would see most; collect every row there is from all demo accounts.
    let mut all: Vec<Row> = Vec::new();
    for login in EVERYBODY {
        for row in server.signed_in(login).await.rows().await {
            if !all.contains(&row) {
                all.push(row);
            }
        }
    }
    for login in EVERYBODY {
        let browser = server.signed_in(login).await;
        let account = browser.account().await;
        let shown = |row: &&Row| !matches!(row, Row::Gone(_));
        let pulled: BTreeSet<_> = browser.rows().await.iter().filter(shown).map(Row::key).collect();
        // What is off the open list is asked for page by page, and stays with its institution alone.
        let own_place = matches!(account.role, Role::Institution { .. });
        let sent = |row: &&Row| match row {
            Row::Hazard(hazard) => own_place || hazard.state.is_open(),
            Row::Gone(_) => false,
            _ => true,
        };
        let seen = |row: &&Row| row.seen_by(&account) == Sight::Visible;
        let visible: BTreeSet<_> = all.iter().filter(seen).filter(sent).map(Row::key).collect();
        assert_eq!(pulled, visible, "{login}");
    }
}

#[tokio::test]
async fn a_secret_plan_is_known_to_its_inspectors_and_its_office_alone() {
    let server = Server::start().await;
    for (login, knows) in [
        ("inspector1", true),
        ("inspector2", true),
        ("inspector3", false),
        ("supervisor1", true),
        ("supervisor2", false),
        ("admin1", true),
        ("institution1", false),
    ] {
        let rows = server.signed_in(login).await.rows().await;
        let secret =
            rows.iter().any(|row| matches!(row, Row::Plan(plan) if plan.plan.notice == NoticeMode::Secret));
        assert_eq!(secret, knows, "{login}");
    }
}

#[tokio::test]
async fn what_moves_out_of_sight_is_told_as_gone() {
    let server = Server::start().await;
    let township = server.signed_in("inspector3").await;
    let mut office = server.phone("supervisor1").await;
    let mut card = facility("999901002");
    let registered = office.sign(&Body::FacilityRegistered(card.clone()));
    office.push_one(&registered).await;
    let before: Pulled = township.get("/api/pull?limit=500").await.json();
    assert!(before.rows.contains(&Row::Facility(card.clone())));
    card.division = "999901003".parse().unwrap();
    let moved = office.sign(&Body::FacilityRegistered(card.clone()));
    office.push_one(&moved).await;
    let after: Pulled = township.get(&format!("/api/pull?after={}", before.cursor.0)).await.json();
    assert_eq!(after.rows.len(), 1);
    assert!(
        matches!(&after.rows[0], Row::Gone(key) if key.kind == RowKind::Facility && key.id == card.id.to_string())
    );
    // Those who see both places see the card, not its going.
    let county = server.signed_in("inspector1").await.rows().await;
    assert!(county.contains(&Row::Facility(card.clone())));
    let of_facilities = |row: &Row| matches!(row, Row::Gone(key) if key.kind == RowKind::Facility);
    assert!(!county.iter().any(of_facilities));
}

#[tokio::test]
async fn a_question_that_makes_no_sense_is_a_numbered_problem() {
    let server = Server::start().await;
    let browser = server.signed_in("inspector1").await;
    for query in ["after=-1", "after=x", "limit=many"] {
        assert_eq!(browser.get(&format!("/api/pull?{query}")).await.problem().number(), "400.2", "{query}");
    }
    let beyond: Pulled = browser.get("/api/pull?after=999999").await.json();
    assert_eq!((beyond.rows.len(), beyond.cursor), (0, Cursor(999_999)));
}
