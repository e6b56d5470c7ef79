//! Offices are reminded that a citizen waits: once, whoever has to, and nobody else.

use xunan_core::clock::Span;
use xunan_core::log::Effect;
use xunan_core::notice::{About, DueStanding, InboxPage, What};
use xunan_core::snap::{Command, DeadlineOf};
use xunan_server::notices::Reminders;

use super::{card, report, step};
use crate::support::Server;

/// What a person's inbox says of reports.
async fn told(server: &Server, login: &str) -> Vec<(DeadlineOf, DueStanding)> {
    let page: InboxPage = server.signed_in(login).await.get("/api/notices?limit=200").await.json();
    let about = page.notices.into_iter().filter(|it| matches!(it.notice.about, About::Snap { .. }));
    let mut all: Vec<_> = about
        .map(|it| match it.notice.what {
            What::SnapDue { of, standing, .. } => (of, standing),
            other => panic!("{other:?}"),
        })
        .collect();
    all.sort_unstable();
    all
}

#[tokio::test]
async fn an_office_that_lets_a_citizen_wait_is_reminded_once_and_nobody_else_learns_of_it() {
    let server = Server::start().await;
    let clock = server.parts.clock.clone();
    let remind = async |server: &Server| {
        Reminders::new(server.parts.store.clone(), clock.clone()).remind().await.unwrap();
    };
    // All that the demo itself has to be reminded of is told.
    clock.advance(Span::days(60));
    remind(&server).await;
    let others = ["institution1", "inspector1", "admin1", "reward1", "supervisor2"];
    let inboxes = async |server: &Server| {
        let mut all = Vec::new();
        for login in others {
            all.push(server.signed_in(login).await.get("/api/notices").await.body);
        }
        all
    };
    let before = inboxes(&server).await;
    report(&server.browser(), &[], &[]).await;
    let words = card(&server).await.report.words;
    for _ in 0..40 {
        clock.advance(Span::days(1));
        for _ in 0..2 {
            remind(&server).await;
        }
    }
    use DueStanding::{Overdue, Raised, RaisedAgain, Soon, Today};
    let all = [Soon, Today, Overdue, Raised, RaisedAgain].map(|standing| (DeadlineOf::Accept, standing));
    assert_eq!(told(&server, "supervisor1").await, all);
    let office = server.signed_in("supervisor1").await;
    assert!(
        !office.get("/api/notices").await.text().contains(words.as_str()),
        "the reporter's words stay in the report"
    );
    assert_eq!(inboxes(&server).await, before, "byte for byte: no count and no place tells of it");

    let mut office = server.phone("supervisor1").await;
    assert_eq!(step(&mut office, card(&server).await.id(), Command::Accept).await, Effect::Taken);
    drop(office);
    clock.advance(Span::days(60));
    let server = server.restarted().await;
    remind(&server).await;
    let answer = [Overdue, Raised, RaisedAgain].map(|standing| (DeadlineOf::Answer, standing));
    assert_eq!(told(&server, "supervisor1").await, [&all[..], &answer[..]].concat());
}
