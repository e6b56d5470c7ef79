//! Evidence packages: what the route gives out proves itself, and only those get it who may see the entry.

use axum::http::StatusCode;
use xunan_core::ids::EntryId;
use xunan_core::ledger::Row;
use xunan_core::package::{Fault, Lack, Report, Trust, Whole, verify};
use xunan_server::keys::Verifier;

use crate::support::{Browser, Server, now};

async fn a_visit(browser: &Browser) -> EntryId {
    let visit = |row| match row {
        Row::Visit(card) => card.get().map(|card| card.entry),
        _ => None,
    };
    browser.rows().await.into_iter().find_map(visit).unwrap()
}

fn judged(server: &Server, package: &[u8]) -> Report {
    verify(package, Trust::Given(server.parts.keys.key_set()), &Verifier).unwrap()
}

#[tokio::test]
async fn a_package_of_a_visit_holds_without_this_server() {
    let server = Server::start().await;
    let supervisor = server.signed_in("supervisor1").await;
    let entry = a_visit(&supervisor).await;
    let answer = supervisor.get(&format!("/api/entries/{entry}/package")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    for (name, value) in [
        ("content-type", "application/zip"),
        ("content-disposition", &*format!("attachment; filename=\"xunan-{entry}.zip\"")),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(answer.header(name), value);
    }
    let report = judged(&server, &answer.body);
    assert_eq!(report.whole, Whole::Holds, "{report:#?}");
    assert!(!report.entries[0].photos.is_empty());
    // Somebody who has no other source of the server's keys cannot know that it is this server.
    let alone = verify(&answer.body, Trust::WhateverIsInside, &Verifier).unwrap();
    assert_eq!(
        (alone.whole, alone.package.lacking),
        (Whole::HoldsButNotAllProven, vec![Lack::ServerKeysUnconfirmed])
    );
}

#[tokio::test]
async fn a_package_is_given_to_those_who_may_see_the_entry() {
    let server = Server::start().await;
    let entry = a_visit(&server.signed_in("supervisor1").await).await;
    let path = format!("/api/entries/{entry}/package");
    assert_eq!(server.browser().get(&path).await.status, StatusCode::UNAUTHORIZED);
    let mut refused = 0;
    for login in ["supervisor1", "supervisor2", "inspector1", "inspector3", "institution1", "institution2"] {
        let browser = server.signed_in(login).await;
        let entry = browser.get(&format!("/api/entries/{entry}")).await.status;
        assert_eq!(browser.get(&path).await.status, entry, "{login}");
        refused += usize::from(entry == StatusCode::NOT_FOUND);
    }
    assert!(refused > 0);
    let unknown = path.replace(&entry.to_string(), "01M360TTGF1354W0K7HRZW0WS2");
    assert_eq!(server.signed_in("supervisor1").await.get(&unknown).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_device_that_was_revoked_keeps_what_it_had_delivered() {
    let server = Server::start().await;
    let supervisor = server.signed_in("supervisor1").await;
    let entry = a_visit(&supervisor).await;
    let device = server.parts.store.read(move |tables| tables.entry(entry)).await.unwrap().unwrap();
    let (device, at) = (device.0.entry().device, now());
    server.parts.store.write(move |tables| tables.revoke_device(device, at)).await.unwrap();
    let after = supervisor.get(&format!("/api/entries/{entry}/package")).await;
    assert_eq!(judged(&server, &after.body).whole, Whole::Holds);
    // Had it been revoked before, the same entry would be nobody's word.
    let outline = server.parts.exporter().outline(vec![entry]).await.unwrap();
    let mut bytes = Vec::new();
    outline
        .write(&server.parts.photos, |piece| {
            bytes.extend(piece);
            Ok(())
        })
        .unwrap();
    let report = judged(&server, &bytes);
    assert!(!report.broken().any(|broken| matches!(broken.fault, Fault::Revoked { .. })));
}
