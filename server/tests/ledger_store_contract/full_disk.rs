//! A disk that is full, and then is not.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use xunan_server::ledger_store::{Connection, Database, LedgerStore, StoreError, StoreResult, Tables};

use super::{account, backends, noon};

/// A database whose disk can be full.
struct Filling {
    database: Arc<dyn Database>,
    full: Arc<AtomicBool>,
}

/// One of its connections.
struct FillingConnection {
    connection: Box<dyn Connection>,
    full: Arc<AtomicBool>,
}

impl Database for Filling {
    fn migrate(&self) -> StoreResult<()> {
        self.database.migrate()
    }

    fn open_writer(&self) -> StoreResult<Box<dyn Connection>> {
        let connection = self.database.open_writer()?;
        Ok(Box::new(FillingConnection { connection, full: Arc::clone(&self.full) }))
    }

    fn open_reader(&self) -> StoreResult<Box<dyn Connection>> {
        self.database.open_reader()
    }
}

impl Connection for FillingConnection {
    fn commit(&self) -> StoreResult<()> {
        if self.full.load(Ordering::SeqCst) { Err(StoreError::Full) } else { self.connection.commit() }
    }

    fn tables(&self) -> &dyn Tables {
        self.connection.tables()
    }

    fn begin(&self) -> StoreResult<()> {
        self.connection.begin()
    }

    fn begin_read(&self) -> StoreResult<()> {
        self.connection.begin_read()
    }

    fn rollback(&self) {
        self.connection.rollback();
    }

    fn mark(&self) -> StoreResult<()> {
        self.connection.mark()
    }

    fn keep_mark(&self) -> StoreResult<()> {
        self.connection.keep_mark()
    }

    fn undo_mark(&self) -> StoreResult<()> {
        self.connection.undo_mark()
    }

    fn is_in_transaction(&self) -> bool {
        self.connection.is_in_transaction()
    }
}

#[tokio::test]
async fn while_the_disk_is_full_nothing_is_acknowledged_and_afterwards_it_goes_on() {
    for (_alive, database) in backends() {
        let full = Arc::new(AtomicBool::new(true));
        let store = LedgerStore::open(Arc::new(Filling { database, full: Arc::clone(&full) })).unwrap();
        let write =
            async |number| store.write(move |tables| tables.insert_account(&account(number), noon())).await;
        for number in 0..3 {
            assert!(matches!(write(number).await, Err(StoreError::Full)));
        }
        assert_eq!(store.read(|tables| tables.accounts()).await.unwrap().len(), 0);
        full.store(false, Ordering::SeqCst);
        write(7).await.unwrap();
        let accounts = store.read(|tables| tables.accounts()).await.unwrap();
        assert_eq!(accounts.iter().map(|it| &*it.login).collect::<Vec<_>>(), ["login7"]);
    }
}
