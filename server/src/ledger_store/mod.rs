//! Where entries, rows, accounts and receipts are kept: one transaction for everything that belongs together, and
//! nothing acknowledged before it is on disk.
//!
//! ```text
//! route ──write(unit)──► queue ──► one writer thread: BEGIN, up to 256 units, COMMIT (fsync), answer all
//! route ──read(list)───► a connection of the pool, in a read transaction of its own, on a thread that may block
//! route ──look(id)─────► the same, of another pool, on the route's own thread
//! ```
//!
//! A unit of work is a closure over [`Tables`]. Each runs in a savepoint: one that fails is undone alone, and the
//! others of its batch are kept. One commit, and so one fsync, serves the whole batch; that makes full durability
//! as cheap as none from some sixteen writers on.
//!
//! Invariants:
//! * A unit's result reaches its caller only after the commit; when the commit fails, the caller gets the error.
//! * Units run one after another, so a unit sees everything that the units before it did, and change numbers and
//!   ledger positions are given without gaps.
//! * After a failure of the disk the connection is opened anew before anything else is accepted.
//!
//! What a backend must be able to do stands in [`Tables`] and [`Connection`]; `tests/ledger_store_contract.rs`
//! holds every backend to it. SQLite is the first.

mod account_tables;
mod article_tables;
mod audience;
mod error;
mod hazard_places;
mod name_words;
mod notice_tables;
mod plaza_tables;
mod readers;
mod payout_tables;
mod reward_tables;
mod snap_tables;
mod sqlite;
mod tables;
mod training_tables;
mod writer;

use std::path::Path;
use std::sync::Arc;

pub use account_tables::{AccountState, AccountTables, StoredAccount, StoredSession};
pub use article_tables::{ArticleTables, ArticlesAsked, ListedArticle};
pub use audience::Audience;
pub use error::StoreError;
pub use hazard_places::{HazardPiece, HazardPlace, HazardsAsked, Listing};
pub use name_words::NameWords;
pub use notice_tables::{
    Attempt, ContactKind, Delivery, DeliveryState, DeliveryTables, Endpoint, EndpointState, Matter,
    NoticeTables, Novelty, StoredNotice,
};
pub use payout_tables::{PayoutDelivery, PayoutTables, PayoutWay};
pub use plaza_tables::{PlazaAsked, PlazaFound, PlazaPlace, PlazaTables, Progress, PublicCase, SEARCH_READS};
pub use reward_tables::{RewardTables, RewardsPaid};
pub use snap_tables::{AlikeAsked, SnapList, SnapTables};
pub use sqlite::SqliteDatabase;
pub use tables::{
    DeviceState, DeviceTables, EntryState, EntryTables, FileUse, HazardTables, LedgerEffect, LedgerEntry,
    LedgerPlace, PhotoTables, RootTables, RowStanding, RowTables, ServerTables, ShadowTables, StoreResult,
    StoredDevice, StoredKey, StoredPack, StoredPhoto, StoredRoot, StoredRow, StoredShadow, Tables,
    TreeTables,
};
pub use training_tables::{ListedTraining, TrainedPlaces, TrainingTables};

use readers::Readers;
use writer::{Company, Writer};

/// A database that connections can be opened to.
pub trait Database: Send + Sync + 'static {
    /// Brings the schema up to date. Called once, before anything else.
    fn migrate(&self) -> StoreResult<()>;
    /// Opens the connection that writes.
    fn open_writer(&self) -> StoreResult<Box<dyn Connection>>;
    /// Opens a connection that reads.
    fn open_reader(&self) -> StoreResult<Box<dyn Connection>>;
}

/// One connection: tables, and transactions around what is done to them.
pub trait Connection: Send {
    /// The tables.
    fn tables(&self) -> &dyn Tables;
    /// Begins a transaction that may write. It sees everything committed before.
    fn begin(&self) -> StoreResult<()>;
    /// Begins a transaction that only reads, from one consistent state.
    fn begin_read(&self) -> StoreResult<()>;
    /// Commits. Afterwards it is on disk.
    fn commit(&self) -> StoreResult<()>;
    /// Undoes the transaction, if there is one.
    fn rollback(&self);
    /// Sets a mark inside a transaction.
    fn mark(&self) -> StoreResult<()>;
    /// Keeps what was done since the mark.
    fn keep_mark(&self) -> StoreResult<()>;
    /// Undoes what was done since the mark.
    fn undo_mark(&self) -> StoreResult<()>;
    /// Whether a transaction is open: a failure of the disk may have ended it.
    fn is_in_transaction(&self) -> bool;
}

/// The store: cheap to clone, closed when the last clone is dropped.
#[derive(Clone)]
pub struct LedgerStore {
    writer: Arc<Writer>,
    readers: Arc<Readers>,
    lookups: Arc<Readers>,
}

impl LedgerStore {
    /// Opens a SQLite database, which is made when there is none.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be opened or was written by a later version.
    pub fn open_sqlite(file: &Path) -> StoreResult<Self> {
        Self::open(Arc::new(SqliteDatabase::at(file)))
    }

    /// Opens a database of any kind.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be opened or was written by a later version.
    pub fn open(database: Arc<dyn Database>) -> StoreResult<Self> {
        database.migrate()?;
        let writer = Arc::new(Writer::start(Arc::clone(&database))?);
        let readers = || Arc::new(Readers::new(Arc::clone(&database)));
        Ok(Self { writer, readers: readers(), lookups: readers() })
    }

    /// Runs a unit of work and answers after it is on disk. An `Err` of the unit undoes it.
    ///
    /// # Errors
    /// The unit's own error, or the store's.
    pub async fn write<T, E>(
        &self,
        unit: impl FnOnce(&dyn Tables) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.writer.run(Company::Others, unit).await
    }

    /// Runs a unit of work that may change most of what there is: in a transaction of its own, so that SQLite need not
    /// remember every page that it changes. Others wait meanwhile.
    ///
    /// # Errors
    /// The unit's own error, or the store's.
    pub async fn write_alone<T, E>(
        &self,
        unit: impl FnOnce(&dyn Tables) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.writer.run(Company::None, unit).await
    }

    /// Looks at one consistent state, on a thread where blocking is allowed.
    ///
    /// # Errors
    /// The closure's own error, or the store's.
    pub async fn read<T, E>(
        &self,
        look: impl FnOnce(&dyn Tables) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let readers = Arc::clone(&self.readers);
        match tokio::task::spawn_blocking(move || readers.read(look)).await {
            Ok(answer) => answer,
            Err(panic) => Err(StoreError::Unavailable(panic.to_string()).into()),
        }
    }

    /// Looks a few things up by their ids, on the thread of the caller, also of an asynchronous one: it takes some
    /// 10 µs, and handing it to another thread takes longer than that. Lists are for [`Self::read`]; since these have
    /// connections of their own, a look never waits for one.
    ///
    /// # Errors
    /// The closure's own error, or the store's.
    pub fn look<T, E: From<StoreError>>(
        &self,
        look: impl FnOnce(&dyn Tables) -> Result<T, E>,
    ) -> Result<T, E> {
        self.lookups.read(look)
    }

    /// Looks at one consistent state from a thread where blocking is allowed already.
    ///
    /// # Errors
    /// The closure's own error, or the store's.
    pub fn read_blocking<T, E: From<StoreError>>(
        &self,
        look: impl FnOnce(&dyn Tables) -> Result<T, E>,
    ) -> Result<T, E> {
        self.readers.read(look)
    }
}
