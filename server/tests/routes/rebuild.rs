//! What people see is a fold of entries: made again, it is the same.

use std::collections::BTreeMap;

use xunan_core::ledger::{Cursor, Row, RowKey};
use xunan_server::ledger_store::{Audience, Tables};
use xunan_server::rebuild::{rebuild, rebuild_when_needed};

use super::support::Server;

async fn rows(server: &Server) -> BTreeMap<RowKey, Row> {
    let country = Audience::Division("".parse().unwrap());
    let found = server
        .parts
        .store
        .read(move |tables: &dyn Tables| tables.rows_after(&[country], Cursor(0), 10_000))
        .await
        .unwrap();
    found.into_iter().map(|stored| (stored.row.key(), stored.row)).collect()
}

#[tokio::test]
async fn rows_that_are_made_again_from_the_entries_are_the_same() {
    let server = Server::start().await;
    let before = rows(&server).await;
    let list = "/api/hazards?scope=all&sort=grade&limit=200";
    let listed = server.signed_in("supervisor1").await.get(list).await.text();
    assert!(before.len() > 20, "the demo county has rows: {}", before.len());
    let rebuilt = rebuild(&server.parts.store, &server.parts.packs).await.unwrap();
    assert!(rebuilt.entries > 10, "{rebuilt:?}");
    assert_eq!(rows(&server).await, before);
    assert_eq!(server.signed_in("supervisor1").await.get(list).await.text(), listed);
}

#[tokio::test]
async fn a_server_makes_its_rows_again_at_the_first_start_of_a_version_with_another_form() {
    let server = Server::start().await;
    let before = rows(&server).await;
    let parts = &server.parts;
    assert_eq!(rebuild_when_needed(&parts.store, &parts.packs).await.unwrap(), None);
    parts
        .store
        .write(|tables: &dyn Tables| {
            tables.delete_rows_of_entries()?;
            tables.set_rows_form(1)
        })
        .await
        .unwrap();
    let server = server.restarted().await;
    assert_eq!(rows(&server).await, before);
}
