//! The office's queue of reports, and who sees it.

use axum::http::StatusCode;
use xunan_core::access::Role;
use xunan_core::ledger::Row;
use xunan_core::log::Effect;
use xunan_core::problem::Problem;
use xunan_core::snap::{Alike, CaseNumber, Command, DeadlineOf, NotAcceptedReason};
use xunan_core::sync::{SnapDetail, SnapsPage};

use super::{answered, cards, report, step};
use crate::pull::EVERYBODY;
use crate::support::{Browser, Server, jpeg};

/// All pages of a list, and how many there were.
async fn all(browser: &Browser, list: &str, limit: usize) -> (Vec<String>, usize) {
    let (mut numbers, mut after, mut pages) = (Vec::new(), String::new(), 0);
    loop {
        let page: SnapsPage =
            browser.get(&format!("/api/snaps?list={list}&limit={limit}{after}")).await.json();
        numbers.extend(page.snaps.iter().map(|it| it.snap.id().to_string()));
        pages += 1;
        match page.next {
            Some(next) => after = format!("&after={next}"),
            None => return (numbers, pages),
        }
    }
}

#[tokio::test]
async fn what_has_waited_longest_comes_first_with_its_clock_and_what_is_closed_stands_apart() {
    let server = Server::start().await;
    let browser = server.browser();
    for _ in 0..5 {
        report(&browser, &[], &[]).await;
    }
    let ids: Vec<_> = cards(&server).await.iter().map(xunan_core::ledger::SnapCard::id).collect();
    let mut office = server.phone("supervisor1").await;
    assert_eq!(step(&mut office, ids[0], Command::Accept).await, Effect::Taken);
    answered(&server, &mut office, ids[1]).await;
    let aside = Command::NotAccept { reason: NotAcceptedReason::NoHazard, words: String::new() };
    assert_eq!(step(&mut office, ids[2], aside).await, Effect::Taken);
    let texts = |order: &[usize]| order.iter().map(|at| ids[*at].to_string()).collect::<Vec<_>>();
    // The clock of the first one began anew when it was accepted.
    for (limit, pages) in [(50, 1), (2, 2), (1, 4)] {
        assert_eq!(all(&office.browser, "open", limit).await, (texts(&[3, 4, 0]), pages), "{limit}");
    }
    assert_eq!(all(&office.browser, "closed", 50).await.0, texts(&[2, 1]));
    for id in &ids {
        let path = format!("/api/snaps?number={}", CaseNumber::of(*id));
        let page: SnapsPage = office.browser.get(&path).await.json();
        let found: Vec<_> = page.snaps.iter().map(|it| it.snap.id()).collect();
        assert_eq!(found, [*id], "open or closed");
    }
    let page: SnapsPage = office.browser.get("/api/snaps").await.json();
    let due: Vec<_> = page.snaps.iter().map(|it| it.due.unwrap().of).collect();
    assert_eq!(due, [DeadlineOf::Accept, DeadlineOf::Accept, DeadlineOf::Answer]);
    for bad in ["list=mine", "after=x", "limit=-1", "number=20261129"] {
        let answer = office.browser.get(&format!("/api/snaps?{bad}")).await;
        assert!(matches!(answer.problem(), Problem::Malformed { .. }), "{bad}");
    }
}

#[tokio::test]
async fn alike_reports_are_suggested_with_their_reasons() {
    let server = Server::start().await;
    let browser = server.browser();
    let rows = server.signed_in("supervisor1").await.rows().await;
    let facility = rows.into_iter().find_map(|row| match row {
        Row::Facility(facility) => Some(facility.id.to_string()),
        _ => None,
    });
    let facility = facility.unwrap();
    report(&browser, &[("f", &facility)], &[jpeg()]).await;
    report(&browser, &[("f", &facility), ("words", "门又锁了")], &[]).await;
    report(&browser, &[("category", "gas")], &[jpeg()]).await;
    report(&browser, &[("category", "food")], &[]).await;
    let all = cards(&server).await;
    let office = server.signed_in("supervisor1").await;
    let detail: SnapDetail = office.get(&format!("/api/snaps/{}", all[0].id())).await.json();
    let alike: Vec<_> = detail.alike.iter().map(|it| (it.snap.id(), it.why.clone())).collect();
    let expected =
        [(all[1].id(), vec![Alike::Facility, Alike::Category]), (all[2].id(), vec![Alike::Photo(0)])];
    assert_eq!(alike, expected);
    assert_eq!(detail.due.snap, all[0]);
    let other: SnapDetail = office.get(&format!("/api/snaps/{}", all[3].id())).await.json();
    assert_eq!(other.alike, []);
}

#[tokio::test]
async fn only_the_offices_of_a_report_see_it_and_nobody_sees_who_reported() {
    let server = Server::start().await;
    let contact = [("name", "王小明明"), ("telephone", "13812345678")];
    let told = report(&server.browser(), &contact, &[]).await;
    let id = cards(&server).await[0].id();
    crate::accounts::somebody(&server, "neighbour", "999902", Role::Supervisor).await;
    crate::accounts::somebody(&server, "city", "9999", Role::Supervisor).await;
    for login in EVERYBODY.into_iter().chain(["neighbour", "city"]) {
        let browser = server.signed_in(login).await;
        let sees = matches!(login, "supervisor1" | "city" | "reward1");
        let (list, one) = (browser.get("/api/snaps").await, browser.get(&format!("/api/snaps/{id}")).await);
        let page: SnapsPage = list.json();
        assert_eq!(page.snaps.len(), usize::from(sees), "{login}");
        let typed = CaseNumber::of(id).to_string().to_lowercase().replace('-', "%20");
        let numbered: SnapsPage = browser.get(&format!("/api/snaps?number={typed}")).await.json();
        assert_eq!(numbered.snaps.len(), usize::from(sees), "{login}");
        let expected = if sees { StatusCode::OK } else { StatusCode::NOT_FOUND };
        assert_eq!(one.status, expected, "{login}");
        let secret = told.path.trim_start_matches("/snap/f/");
        for hidden in ["王小明明", "13812345678", secret] {
            assert!(!list.text().contains(hidden) && !one.text().contains(hidden), "{login}: {hidden}");
        }
    }
    for path in ["/api/snaps".to_owned(), format!("/api/snaps/{id}")] {
        assert_eq!(server.browser().get(&path).await.status, StatusCode::UNAUTHORIZED);
    }
}
