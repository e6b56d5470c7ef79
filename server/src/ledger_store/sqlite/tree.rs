//! The transparency log: its tree, its daily roots, and what became of them.

use rusqlite::{Row, params};
use xunan_core::clock::{Date, Instant};
use xunan_core::digest::Digest;
use xunan_core::log::SignedRoot;
use xunan_core::log::tree::Subtree;
use xunan_core::sync::TimeStamping;

use super::SqliteConnection;
use super::values::{digest, number, parsed, signed, text};
use crate::ledger_store::{RootTables, StoreError, StoreResult, StoredRoot, TreeTables};

impl TreeTables for SqliteConnection {
    fn tree_size(&self) -> StoreResult<u64> {
        let size =
            self.first("SELECT coalesce(max(place) + 1, 0) FROM tree_nodes WHERE level = 0", [], |row| {
                number(row, 0)
            })?;
        Ok(size.unwrap_or(0))
    }

    fn subtree(&self, subtree: Subtree) -> StoreResult<Digest> {
        let Subtree { level, index } = subtree;
        let hash = self.first(
            "SELECT hash FROM tree_nodes WHERE level = ? AND place = ?",
            params![level, signed(index)?],
            |row| digest(row, 0),
        )?;
        hash.ok_or_else(|| StoreError::damaged(format!("the tree lacks {subtree:?}")))
    }

    fn insert_subtree(&self, subtree: Subtree, hash: &Digest) -> StoreResult<()> {
        self.change(
            "INSERT INTO tree_nodes (level, place, hash) VALUES (?, ?, ?)",
            params![subtree.level, signed(subtree.index)?, hash.bytes()],
        )
    }

    fn receipts_after(&self, position: u64, limit: usize) -> StoreResult<Vec<String>> {
        let found = self.all(
            "SELECT position, receipt FROM entries WHERE position > ? ORDER BY position LIMIT ?",
            params![signed(position)?, signed(limit as u64)?],
            |row| Ok((number(row, 0)?, text(row, 1)?)),
        )?;
        let in_order = (position + 1..).zip(found).map(|(expected, (position, receipt))| {
            let gap = || StoreError::damaged(format!("the ledger has nothing at position {expected}"));
            (position == expected).then_some(receipt).ok_or_else(gap)
        });
        in_order.collect()
    }
}

/// Reads `date, root, time_stamp IS NULL`.
fn stored_root(row: &Row<'_>) -> StoreResult<StoredRoot> {
    let compact = row.get_ref(1)?.as_str().map_err(StoreError::damaged)?;
    let root = SignedRoot::parse(compact).map_err(StoreError::damaged)?;
    let time_stamp = if row.get(2)? { TimeStamping::Unstamped } else { TimeStamping::Stamped };
    Ok(StoredRoot { date: parsed(row, 0)?, root, time_stamp })
}

impl RootTables for SqliteConnection {
    fn daily_root(&self, date: Date) -> StoreResult<Option<StoredRoot>> {
        self.first(
            "SELECT date, root, time_stamp IS NULL FROM daily_roots WHERE date = ?",
            [date.to_string()],
            stored_root,
        )
    }

    fn daily_roots_after(&self, after: Option<Date>, limit: usize) -> StoreResult<Vec<StoredRoot>> {
        self.all(
            "SELECT date, root, time_stamp IS NULL FROM daily_roots WHERE date > ? ORDER BY date LIMIT ?",
            params![after.map_or_else(String::new, |date| date.to_string()), signed(limit as u64)?],
            stored_root,
        )
    }

    fn insert_daily_root(&self, date: Date, root: &SignedRoot) -> StoreResult<()> {
        self.change(
            "INSERT INTO daily_roots (date, root) VALUES (?, ?)",
            params![date.to_string(), root.compact()],
        )
    }

    fn undelivered_roots(&self, address: &Digest, since: Date, limit: usize) -> StoreResult<Vec<StoredRoot>> {
        self.all(
            "SELECT date, root, time_stamp IS NULL FROM daily_roots r
             WHERE date >= ? AND NOT EXISTS
                 (SELECT 1 FROM root_deliveries d WHERE d.address = ? AND d.date = r.date)
             ORDER BY date LIMIT ?",
            params![since.to_string(), address.bytes(), signed(limit as u64)?],
            stored_root,
        )
    }

    fn insert_delivery(&self, address: &Digest, date: Date, delivered: Instant) -> StoreResult<()> {
        self.change(
            "INSERT INTO root_deliveries (address, date, delivered) VALUES (?, ?, ?)",
            params![address.bytes(), date.to_string(), delivered.unix_millis()],
        )
    }

    fn unstamped_roots(&self, since: Date, limit: usize) -> StoreResult<Vec<StoredRoot>> {
        self.all(
            "SELECT date, root, time_stamp IS NULL FROM daily_roots
             WHERE date >= ? AND time_stamp IS NULL ORDER BY date LIMIT ?",
            params![since.to_string(), signed(limit as u64)?],
            stored_root,
        )
    }

    fn time_stamp(&self, date: Date) -> StoreResult<Option<Vec<u8>>> {
        let stamp =
            self.first("SELECT time_stamp FROM daily_roots WHERE date = ?", [date.to_string()], |row| {
                Ok(row.get(0)?)
            })?;
        Ok(stamp.flatten())
    }

    fn set_time_stamp(&self, date: Date, response: &[u8]) -> StoreResult<()> {
        self.change(
            "UPDATE daily_roots SET time_stamp = ? WHERE date = ?",
            params![response, date.to_string()],
        )
    }
}
