//! A few connections that read, each used by one caller at a time.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use super::{Connection, Database, StoreError, StoreResult, Tables};

/// Connections at most. Each keeps a page cache of some 2 MB; more would not read faster than the cores allow.
const MAX_OPEN: usize = 16;

/// The connections: idle ones are kept open, callers wait when all are in use.
pub(super) struct Readers {
    database: Arc<dyn Database>,
    pool: Mutex<Pool>,
    given_back: Condvar,
}

#[derive(Default)]
struct Pool {
    idle: Vec<Box<dyn Connection>>,
    in_use: usize,
}

impl Readers {
    pub(super) fn new(database: Arc<dyn Database>) -> Self {
        Self { database, pool: Mutex::default(), given_back: Condvar::new() }
    }

    pub(super) fn read<T, E: From<StoreError>>(
        &self,
        look: impl FnOnce(&dyn Tables) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut turn = self.take_turn();
        let connection = turn.connection()?;
        connection.begin_read()?;
        let answer = look(connection.tables());
        connection.rollback();
        turn.keep(connection);
        answer
    }

    fn take_turn(&self) -> Turn<'_> {
        let pool = self.pool.lock().unwrap_or_else(PoisonError::into_inner);
        let all_in_use = |pool: &mut Pool| pool.in_use >= MAX_OPEN;
        let mut pool = self.given_back.wait_while(pool, all_in_use).unwrap_or_else(PoisonError::into_inner);
        pool.in_use += 1;
        Turn { readers: self, connection: pool.idle.pop() }
    }
}

/// The right to use one connection; given back when dropped, also by a panic. A connection is kept only when its
/// look came to an end: one that failed is closed.
struct Turn<'a> {
    readers: &'a Readers,
    connection: Option<Box<dyn Connection>>,
}

impl Turn<'_> {
    fn connection(&mut self) -> StoreResult<Box<dyn Connection>> {
        self.connection.take().map_or_else(|| self.readers.database.open_reader(), Ok)
    }

    fn keep(&mut self, connection: Box<dyn Connection>) {
        self.connection = Some(connection);
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut pool = self.readers.pool.lock().unwrap_or_else(PoisonError::into_inner);
        pool.in_use -= 1;
        pool.idle.extend(self.connection.take());
        self.readers.given_back.notify_one();
    }
}
