//! A few connections that read, each used by one caller at a time.

use std::sync::{Arc, Mutex, PoisonError};

use super::{Connection, Database, StoreError, StoreResult, Tables};

/// Idle connections that are kept open. More are opened in a rush, and closed after it.
const KEPT_OPEN: usize = 8;

pub(super) struct Readers {
    database: Arc<dyn Database>,
    idle: Mutex<Vec<Box<dyn Connection>>>,
}

impl Readers {
    pub(super) fn new(database: Arc<dyn Database>) -> Self {
        Self { database, idle: Mutex::new(Vec::new()) }
    }

    pub(super) fn read<T, E: From<StoreError>>(
        &self,
        look: impl FnOnce(&dyn Tables) -> Result<T, E>,
    ) -> Result<T, E> {
        let connection = self.take()?;
        connection.begin_read()?;
        let answer = look(connection.tables());
        connection.rollback();
        self.give_back(connection);
        answer
    }

    fn take(&self) -> StoreResult<Box<dyn Connection>> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.map_or_else(|| self.database.open_reader(), Ok)
    }

    fn give_back(&self, connection: Box<dyn Connection>) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < KEPT_OPEN {
            idle.push(connection);
        }
    }
}
