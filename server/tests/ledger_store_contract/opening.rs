//! A store that is opened again has what it acknowledged; one of a later version is left alone.

use std::sync::Arc;

use xunan_server::ledger_store::{LedgerStore, StoreError};

use super::{account, backends, noon};

#[tokio::test]
async fn what_was_acknowledged_is_there_after_the_store_was_opened_again() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(Arc::clone(&database)).unwrap();
        store.write(|tables| tables.insert_account(&account(1), noon())).await.unwrap();
        drop(store);
        let store = LedgerStore::open(database).unwrap();
        assert!(store.read(|tables| tables.account_by_login("login1")).await.unwrap().is_some());
    }
}

#[tokio::test]
async fn a_database_of_a_later_version_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ledger.sqlite");
    drop(LedgerStore::open_sqlite(&file).unwrap());
    rusqlite::Connection::open(&file).unwrap().pragma_update(None, "user_version", 99).unwrap();
    assert!(matches!(LedgerStore::open_sqlite(&file), Err(StoreError::FromTheFuture { found: 99, .. })));
}
