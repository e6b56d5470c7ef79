//! SQLite: one file, write-ahead log, `synchronous=FULL`. The backend that needs no configuration.
//!
//! Chosen over an async driver because units of work are closures that run on one thread anyhow, and because core's
//! fold looks rows up while it runs: a synchronous call inside the transaction.

mod accounts;
mod articles;
mod deliveries;
mod devices;
mod entries;
mod grams;
mod hazard_words;
mod hazards;
mod map_points;
mod notices;
mod payouts;
mod photos;
mod plaza;
mod rewards;
mod rows;
mod server;
mod shadows;
mod snap_traces;
mod snaps;
mod trainings;
mod tree;
mod values;
#[cfg(test)]
mod query_plans;
#[cfg(test)]
mod growth;
#[cfg(test)]
mod snap_growth;
#[cfg(test)]
mod article_growth;
#[cfg(test)]
mod training_growth;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection as Sqlite, OpenFlags};

use super::{Connection, Database, StoreError, StoreResult, Tables};

/// Every schema so far, in order. Add to the end; never change one that was released.
const MIGRATIONS: [&str; 28] = [
    include_str!("../../../migrations/sqlite/0001_foundation.sql"),
    include_str!("../../../migrations/sqlite/0002_page_time.sql"),
    include_str!("../../../migrations/sqlite/0003_transparency_log.sql"),
    include_str!("../../../migrations/sqlite/0004_photo_uses.sql"),
    include_str!("../../../migrations/sqlite/0005_revoked_at.sql"),
    include_str!("../../../migrations/sqlite/0006_region_rules.sql"),
    include_str!("../../../migrations/sqlite/0007_shadow_copies.sql"),
    include_str!("../../../migrations/sqlite/0008_rows_form.sql"),
    include_str!("../../../migrations/sqlite/0009_hazard_lists.sql"),
    include_str!("../../../migrations/sqlite/0010_documents.sql"),
    include_str!("../../../migrations/sqlite/0011_notices.sql"),
    include_str!("../../../migrations/sqlite/0012_account_history.sql"),
    include_str!("../../../migrations/sqlite/0013_photo_uses_by_entry.sql"),
    include_str!("../../../migrations/sqlite/0014_open_rows.sql"),
    include_str!("../../../migrations/sqlite/0015_delivery_lists.sql"),
    include_str!("../../../migrations/sqlite/0016_what_waits.sql"),
    include_str!("../../../migrations/sqlite/0017_hazard_lists_in_pieces.sql"),
    include_str!("../../../migrations/sqlite/0018_snaps.sql"),
    include_str!("../../../migrations/sqlite/0019_account_places.sql"),
    include_str!("../../../migrations/sqlite/0020_plaza.sql"),
    include_str!("../../../migrations/sqlite/0021_rewards.sql"),
    include_str!("../../../migrations/sqlite/0022_facility_names.sql"),
    include_str!("../../../migrations/sqlite/0023_articles.sql"),
    include_str!("../../../migrations/sqlite/0024_traces_and_points.sql"),
    include_str!("../../../migrations/sqlite/0025_payouts_left.sql"),
    include_str!("../../../migrations/sqlite/0026_points_by_place.sql"),
    include_str!("../../../migrations/sqlite/0027_article_pictures.sql"),
    include_str!("../../../migrations/sqlite/0028_trainings.sql"),
];

/// How long a statement waits for another process, such as `xunan admin` beside a running server.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// Pages that the writer keeps in memory, in KiB. With SQLite's own 2 MiB, making the rows of ten cities' years again wrote 50 GB to
/// its log, since changed pages had to leave and come back.
const WRITER_CACHE_KIB: i64 = 64 * 1024;

/// Statements that each connection keeps prepared: more than this program has.
const PREPARED_STATEMENTS: usize = 192;

/// A SQLite database file.
pub struct SqliteDatabase {
    file: PathBuf,
}

impl SqliteDatabase {
    /// The database in `file`, which need not exist.
    pub fn at(file: &Path) -> Self {
        Self { file: file.to_owned() }
    }

    fn connect(&self, flags: OpenFlags) -> StoreResult<Sqlite> {
        let connection = Sqlite::open_with_flags(&self.file, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
        connection.set_prepared_statement_cache_capacity(PREPARED_STATEMENTS);
        connection.execute_batch(
            "PRAGMA journal_mode = WAL;
             PRAGMA synchronous = FULL;
             PRAGMA foreign_keys = ON;
             PRAGMA journal_size_limit = 67108864;
             PRAGMA temp_store = MEMORY;",
        )?;
        Ok(connection)
    }
}

impl Database for SqliteDatabase {
    fn migrate(&self) -> StoreResult<()> {
        let connection = self.connect(OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        connection.execute_batch("BEGIN IMMEDIATE")?;
        let found: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        let known = u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX);
        if found > known {
            return Err(StoreError::FromTheFuture { found, known });
        }
        for migration in MIGRATIONS.iter().skip(found as usize) {
            connection.execute_batch(migration)?;
        }
        connection.execute_batch(&format!("PRAGMA user_version = {known}; COMMIT"))?;
        Ok(())
    }

    fn open_writer(&self) -> StoreResult<Box<dyn Connection>> {
        let connection = self.connect(OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        connection.pragma_update(None, "cache_size", -WRITER_CACHE_KIB)?;
        Ok(Box::new(SqliteConnection(connection)))
    }

    fn open_reader(&self) -> StoreResult<Box<dyn Connection>> {
        let connection = self.connect(OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        connection.execute_batch("PRAGMA query_only = ON")?;
        Ok(Box::new(SqliteConnection(connection)))
    }
}

/// One connection. The tables are implemented on it, one file each.
pub(super) struct SqliteConnection(Sqlite);

impl SqliteConnection {
    fn run(&self, statement: &str) -> StoreResult<()> {
        self.0.prepare_cached(statement)?.execute([])?;
        Ok(())
    }
}

impl Connection for SqliteConnection {
    fn tables(&self) -> &dyn Tables {
        self
    }

    fn begin(&self) -> StoreResult<()> {
        self.run("BEGIN IMMEDIATE")
    }

    fn begin_read(&self) -> StoreResult<()> {
        self.run("BEGIN")
    }

    fn commit(&self) -> StoreResult<()> {
        self.run("COMMIT")
    }

    fn rollback(&self) {
        if self.is_in_transaction()
            && let Err(error) = self.run("ROLLBACK")
        {
            tracing::warn!(%error, "a transaction could not be rolled back");
        }
    }

    fn mark(&self) -> StoreResult<()> {
        self.run("SAVEPOINT unit")
    }

    fn keep_mark(&self) -> StoreResult<()> {
        self.run("RELEASE unit")
    }

    fn undo_mark(&self) -> StoreResult<()> {
        self.run("ROLLBACK TO unit")?;
        self.run("RELEASE unit")
    }

    fn is_in_transaction(&self) -> bool {
        !self.0.is_autocommit()
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        match error.sqlite_error_code() {
            Some(Code::DiskFull) => Self::Full,
            Some(Code::DatabaseCorrupt | Code::NotADatabase) => Self::Damaged(error.to_string()),
            Some(
                Code::SystemIoFailure
                | Code::CannotOpen
                | Code::DatabaseBusy
                | Code::DatabaseLocked
                | Code::OutOfMemory
                | Code::ReadOnly
                | Code::PermissionDenied
                | Code::FileLockingProtocolFailed
                | Code::OperationInterrupted,
            ) => Self::Unavailable(error.to_string()),
            _ => Self::Refused(error.to_string()),
        }
    }
}
