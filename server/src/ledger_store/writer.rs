//! The one thread that writes: many units of work, one commit.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

use super::{Connection, Database, StoreError, StoreResult, Tables};

/// Units in one transaction, at most: what one fsync is shared by.
const MAX_BATCH: usize = 256;
/// Units that may wait. Beyond it callers wait in turn, so memory stays bounded.
const MAX_QUEUE: usize = 1024;
/// How long to wait before opening the database again after its disk failed.
const REOPEN_PAUSE: Duration = Duration::from_millis(200);

/// One unit of work in the queue.
struct Unit {
    work: Work,
    company: Company,
}
type Work = Box<dyn FnOnce(&dyn Tables) -> Done + Send>;

/// Whether a unit shares its transaction.
#[derive(Clone, Copy)]
pub(super) enum Company {
    /// With others: each can be undone alone, for which the database remembers every page that it changes.
    Others,
    /// With nobody: nothing has to be remembered, so it may change as much as it likes.
    None,
}
/// Tells the caller what became of its unit.
type Answer = Box<dyn FnOnce(StoreResult<()>) + Send>;

/// What a unit wants.
enum Done {
    /// Keep what it did; answer after the commit.
    Keep(Answer),
    /// Undo what it did; answer then.
    Undo(Answer),
}

pub(super) struct Writer {
    queue: Option<mpsc::Sender<Unit>>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(database: Arc<dyn Database>) -> StoreResult<Self> {
        let connection = database.open_writer()?;
        let (queue, units) = mpsc::channel(MAX_QUEUE);
        let thread = thread::Builder::new()
            .name("ledger-writer".to_owned())
            .spawn(move || write_until_closed(&*database, connection, units))
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        Ok(Self { queue: Some(queue), thread: Some(thread) })
    }

    pub(super) async fn run<T, E>(
        &self,
        company: Company,
        unit: impl FnOnce(&dyn Tables) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let closed = || E::from(StoreError::Unavailable("the writer did not run it".to_owned()));
        let (tell, told) = oneshot::channel();
        // Whether the caller still listens is nobody's business: a unit that was queued is done.
        let work: Work = Box::new(move |tables| match unit(tables) {
            Ok(value) => Done::Keep(Box::new(move |commit| {
                let _ = tell.send(commit.map(|()| value).map_err(E::from));
            })),
            Err(error) => Done::Undo(Box::new(move |undo| {
                let _ = tell.send(Err(undo.map_or_else(E::from, |()| error)));
            })),
        });
        let Some(queue) = &self.queue else { return Err(closed()) };
        queue.send(Unit { work, company }).await.map_err(|_| closed())?;
        told.await.map_err(|_| closed())?
    }
}

impl Drop for Writer {
    /// Lets the thread finish what is queued.
    fn drop(&mut self) {
        self.queue = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the writer thread ended by a panic");
        }
    }
}

fn write_until_closed(database: &dyn Database, first: Box<dyn Connection>, mut units: mpsc::Receiver<Unit>) {
    let mut connection = Some(first);
    let mut batch = Vec::with_capacity(MAX_BATCH);
    while units.blocking_recv_many(&mut batch, MAX_BATCH) > 0 {
        let written = match connection.take().map_or_else(|| database.open_writer(), Ok) {
            Ok(open) => write_all(&*open, batch.drain(..)).map(|()| open),
            Err(error) => Err(error),
        };
        match written {
            Ok(open) => connection = Some(open),
            Err(error) => {
                // Units that were not run are dropped here, which their callers read as "unavailable".
                tracing::error!(%error, units.refused = batch.len(), "a batch could not be written");
                batch.clear();
                thread::sleep(REOPEN_PAUSE);
            }
        }
    }
}

/// Runs units in their order, in as few transactions as they want.
fn write_all(connection: &dyn Connection, units: impl Iterator<Item = Unit>) -> StoreResult<()> {
    let mut batch = Vec::with_capacity(MAX_BATCH);
    for Unit { work, company } in units {
        match company {
            Company::Others => batch.push(work),
            Company::None => {
                write_batch(connection, batch.drain(..))?;
                write_alone(connection, work)?;
            }
        }
    }
    write_batch(connection, batch.drain(..))
}

/// Runs one unit in a transaction of its own.
fn write_alone(connection: &dyn Connection, unit: Work) -> StoreResult<()> {
    connection.begin()?;
    match catch_unwind(AssertUnwindSafe(|| unit(connection.tables()))) {
        Ok(Done::Keep(answer)) => {
            let outcome = connection.commit();
            if outcome.is_err() {
                connection.rollback();
            }
            answer(outcome.clone());
            outcome
        }
        Ok(Done::Undo(answer)) => {
            connection.rollback();
            answer(Ok(()));
            Ok(())
        }
        Err(_panic) => {
            connection.rollback();
            Ok(())
        }
    }
}

/// Runs a batch in one transaction and answers each caller. An error means that nothing of it was kept.
fn write_batch(connection: &dyn Connection, units: impl ExactSizeIterator<Item = Work>) -> StoreResult<()> {
    if units.len() == 0 {
        return Ok(());
    }
    let mut waiting: Vec<Answer> = Vec::new();
    let outcome = run_units(connection, units, &mut waiting).and_then(|()| connection.commit());
    if outcome.is_err() {
        connection.rollback();
    }
    for answer in waiting {
        answer(outcome.clone());
    }
    outcome
}

fn run_units(
    connection: &dyn Connection,
    units: impl Iterator<Item = Work>,
    waiting: &mut Vec<Answer>,
) -> StoreResult<()> {
    connection.begin()?;
    for unit in units {
        connection.mark()?;
        // A unit that panics harms its caller alone; the queue goes on.
        match catch_unwind(AssertUnwindSafe(|| unit(connection.tables()))) {
            Ok(Done::Keep(answer)) => {
                waiting.push(answer);
                connection.keep_mark()?;
            }
            // A full or failing disk may have ended the whole transaction, with the units before this one.
            Ok(Done::Undo(answer)) if !connection.is_in_transaction() => {
                answer(Ok(()));
                return Err(StoreError::Unavailable(
                    "a failure of the disk ended the transaction".to_owned(),
                ));
            }
            Ok(Done::Undo(answer)) => {
                let undone = connection.undo_mark();
                answer(undone.clone());
                undone?;
            }
            Err(_panic) => connection.undo_mark()?,
        }
    }
    Ok(())
}
