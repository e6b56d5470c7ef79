//! Entries and the device chains that they make.

use rusqlite::{Row, params};
use xunan_core::clock::Instant;
use xunan_core::ids::{DeviceId, EntryId};
use xunan_core::log::{ChainHead, SignedEntry};

use super::SqliteConnection;
use super::values::{digest, number, signed, text};
use crate::ledger_store::{EntryState, EntryTables, LedgerEffect, StoreError, Stored, StoredEntry};

const HELD: &str = "held";
const AWAITING_PHOTOS: &str = "awaiting_photos";
const IN_LEDGER: &str = "in_ledger";
const QUARANTINED: &str = "quarantined";

/// The columns `state, position, receipt` of a state.
fn columns(state: &EntryState) -> Stored<(&'static str, Option<i64>, Option<&str>)> {
    Ok(match state {
        EntryState::Held => (HELD, None, None),
        EntryState::AwaitingPhotos => (AWAITING_PHOTOS, None, None),
        EntryState::InLedger { position, receipt, effect } => {
            let name = match effect {
                LedgerEffect::Taken => IN_LEDGER,
                LedgerEffect::Quarantined => QUARANTINED,
            };
            (name, Some(signed(*position)?), Some(receipt))
        }
    })
}

/// Reads `compact, state, position, receipt`.
fn entry(row: &Row<'_>) -> Stored<StoredEntry> {
    let compact = row.get_ref(0)?.as_str().map_err(StoreError::damaged)?;
    let in_ledger = |effect| {
        Ok::<_, StoreError>(EntryState::InLedger { position: number(row, 2)?, receipt: text(row, 3)?, effect })
    };
    let state = match row.get_ref(1)?.as_str().map_err(StoreError::damaged)? {
        HELD => EntryState::Held,
        AWAITING_PHOTOS => EntryState::AwaitingPhotos,
        IN_LEDGER => in_ledger(LedgerEffect::Taken)?,
        QUARANTINED => in_ledger(LedgerEffect::Quarantined)?,
        other => return Err(StoreError::damaged(format!("entry state {other}"))),
    };
    Ok(StoredEntry { signed: SignedEntry::parse(compact).map_err(StoreError::damaged)?, state })
}

impl EntryTables for SqliteConnection {
    fn entry(&self, id: EntryId) -> Stored<Option<StoredEntry>> {
        self.first("SELECT compact, state, position, receipt FROM entries WHERE id = ?", [id.to_string()], entry)
    }

    fn entry_at(&self, device: DeviceId, seq: u64) -> Stored<Option<StoredEntry>> {
        self.first(
            "SELECT compact, state, position, receipt FROM entries WHERE device = ? AND seq = ?",
            params![device.to_string(), signed(seq)?],
            entry,
        )
    }

    fn chain_head(&self, device: DeviceId) -> Stored<ChainHead> {
        let head = self.first("SELECT seq, hash FROM chain_heads WHERE device = ?", [device.to_string()], |row| {
            Ok(ChainHead { seq: number(row, 0)?, hash: Some(digest(row, 1)?) })
        })?;
        Ok(head.unwrap_or_default())
    }

    fn set_chain_head(&self, device: DeviceId, head: ChainHead) -> Stored<()> {
        let Some(hash) = head.hash else { return Ok(()) };
        self.change(
            "INSERT INTO chain_heads (device, seq, hash) VALUES (?, ?, ?)
             ON CONFLICT (device) DO UPDATE SET seq = excluded.seq, hash = excluded.hash",
            params![device.to_string(), signed(head.seq)?, hash.bytes()],
        )
    }

    fn insert_entry(&self, stored: &StoredEntry, arrived: Instant) -> Stored<()> {
        let (signed_entry, entry) = (&stored.signed, stored.signed.entry());
        let (state, position, receipt) = columns(&stored.state)?;
        self.change(
            "INSERT INTO entries (id, device, seq, hash, actor, compact, arrived, state, position, receipt)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                entry.id.to_string(),
                entry.device.to_string(),
                signed(entry.seq)?,
                signed_entry.hash().bytes(),
                entry.actor.to_string(),
                signed_entry.compact(),
                arrived.unix_millis(),
                state,
                position,
                receipt,
            ],
        )?;
        for photo in entry.photo_digests() {
            self.change(
                "INSERT INTO entry_photos (digest, entry) VALUES (?, ?)",
                params![photo.bytes(), entry.id.to_string()],
            )?;
        }
        Ok(())
    }

    fn set_entry_state(&self, id: EntryId, state: &EntryState) -> Stored<()> {
        let (state, position, receipt) = columns(state)?;
        self.change(
            "UPDATE entries SET state = ?, position = ?, receipt = ? WHERE id = ?",
            params![state, position, receipt, id.to_string()],
        )
    }

    fn last_position(&self) -> Stored<u64> {
        let last = self.first("SELECT coalesce(max(position), 0) FROM entries", [], |row| number(row, 0))?;
        Ok(last.unwrap_or(0))
    }

    fn held_count(&self, device: DeviceId) -> Stored<u64> {
        let after_head = "SELECT count(*) FROM entries
             WHERE device = ?1 AND state = 'held'
               AND seq > coalesce((SELECT seq FROM chain_heads WHERE device = ?1), 0)";
        Ok(self.first(after_head, [device.to_string()], |row| number(row, 0))?.unwrap_or(0))
    }
}
