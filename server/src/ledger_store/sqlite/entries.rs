//! Entries and the device chains that they make.

use rusqlite::{Row, params};
use xunan_core::clock::Instant;
use xunan_core::digest::Digest;
use xunan_core::evidence::{Came, PageTime};
use xunan_core::ids::{DeviceId, EntryId};
use xunan_core::log::{ChainHead, SignedEntry};
use xunan_core::sync::Place;

use super::SqliteConnection;
use super::values::{digest, number, parsed, signed, text};
use crate::ledger_store::{
    EntryState, EntryTables, LedgerEffect, LedgerEntry, LedgerPlace, StoreError, StoreResult,
};

const HELD: &str = "held";
const AWAITING_PHOTOS: &str = "awaiting_photos";
const IN_LEDGER: &str = "in_ledger";
const QUARANTINED: &str = "quarantined";
const IN_CHAIN: &str = "in_chain";
const FORK: &str = "fork";

/// The columns `state, place, position, receipt` of a state.
type StateColumns<'a> = (&'static str, Option<&'static str>, Option<i64>, Option<&'a str>);

fn columns(state: &EntryState) -> StoreResult<StateColumns<'_>> {
    Ok(match state {
        EntryState::Held => (HELD, None, None, None),
        EntryState::AwaitingPhotos(Place::InChain) => (AWAITING_PHOTOS, Some(IN_CHAIN), None, None),
        EntryState::AwaitingPhotos(Place::Fork) => (AWAITING_PHOTOS, Some(FORK), None, None),
        EntryState::InLedger(LedgerPlace { position, effect }, receipt) => {
            let name = match effect {
                LedgerEffect::Taken => IN_LEDGER,
                LedgerEffect::Quarantined => QUARANTINED,
            };
            (name, None, Some(signed(*position)?), Some(receipt))
        }
    })
}

/// Reads `state, place, position, receipt` from the column `first` on.
fn state(row: &Row<'_>, first: usize) -> StoreResult<EntryState> {
    let in_ledger = |effect| {
        let place = LedgerPlace { position: number(row, first + 2)?, effect };
        Ok(EntryState::InLedger(place, text(row, first + 3)?))
    };
    match row.get_ref(first)?.as_str().map_err(StoreError::damaged)? {
        HELD => Ok(EntryState::Held),
        AWAITING_PHOTOS => Ok(EntryState::AwaitingPhotos(place(row, first + 1)?)),
        IN_LEDGER => in_ledger(LedgerEffect::Taken),
        QUARANTINED => in_ledger(LedgerEffect::Quarantined),
        other => Err(StoreError::damaged(format!("entry state {other}"))),
    }
}

fn place(row: &Row<'_>, column: usize) -> StoreResult<Place> {
    match row.get_ref(column)?.as_str().map_err(StoreError::damaged)? {
        IN_CHAIN => Ok(Place::InChain),
        FORK => Ok(Place::Fork),
        other => Err(StoreError::damaged(format!("place {other}"))),
    }
}

/// Reads `compact`.
fn entry(row: &Row<'_>, column: usize) -> StoreResult<SignedEntry> {
    let compact = row.get_ref(column)?.as_str().map_err(StoreError::damaged)?;
    SignedEntry::parse(compact).map_err(StoreError::damaged)
}

impl EntryTables for SqliteConnection {
    fn entry(&self, id: EntryId) -> StoreResult<Option<(SignedEntry, EntryState)>> {
        self.first(
            "SELECT compact, state, place, position, receipt FROM entries WHERE id = ?",
            [id.to_string()],
            |row| Ok((entry(row, 0)?, state(row, 1)?)),
        )
    }

    fn entry_state(&self, id: EntryId) -> StoreResult<Option<(Digest, EntryState)>> {
        self.first(
            "SELECT hash, state, place, position, receipt FROM entries WHERE id = ?",
            [id.to_string()],
            |row| Ok((digest(row, 0)?, state(row, 1)?)),
        )
    }

    fn insert_entry(&self, signed_entry: &SignedEntry, state: &EntryState, came: Came) -> StoreResult<()> {
        let entry = signed_entry.entry();
        let id = entry.id.to_string();
        let (state, place, position, receipt) = columns(state)?;
        self.change(
            "INSERT INTO entries (id, device, seq, hash, actor, compact, arrived, page_life, page_ms, state, place,
                                  position, receipt)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                id,
                entry.device.to_string(),
                signed(entry.seq)?,
                signed_entry.hash().bytes(),
                entry.actor.to_string(),
                signed_entry.compact(),
                came.at.unix_millis(),
                came.page.map(|page| page.life.to_string()),
                came.page.map(|page| signed(page.ms)).transpose()?,
                state,
                place,
                position,
                receipt,
            ],
        )?;
        for photo in entry.photo_digests() {
            self.change(
                "INSERT INTO entry_photos (digest, entry) VALUES (?, ?)",
                params![photo.bytes(), id],
            )?;
        }
        Ok(())
    }

    fn entry_came(&self, id: EntryId) -> StoreResult<Option<Came>> {
        self.first("SELECT arrived, page_life, page_ms FROM entries WHERE id = ?", [id.to_string()], |row| {
            let page = match row.get::<_, Option<i64>>(2)? {
                None => None,
                Some(_) => Some(PageTime { life: parsed(row, 1)?, ms: number(row, 2)? }),
            };
            Ok(Came { at: Instant::from_unix_millis(row.get(0)?), page })
        })
    }

    fn set_entry_state(&self, id: EntryId, state: &EntryState) -> StoreResult<()> {
        let (state, place, position, receipt) = columns(state)?;
        self.change(
            "UPDATE entries SET state = ?, place = ?, position = ?, receipt = ? WHERE id = ?",
            params![state, place, position, receipt, id.to_string()],
        )
    }

    fn state_of_hash(&self, device: DeviceId, hash: &Digest) -> StoreResult<Option<EntryState>> {
        self.first(
            "SELECT state, place, position, receipt FROM entries WHERE device = ? AND hash = ?",
            params![device.to_string(), hash.bytes()],
            |row| state(row, 0),
        )
    }

    fn held(&self, device: DeviceId) -> StoreResult<Vec<SignedEntry>> {
        self.all(
            "SELECT compact FROM entries WHERE device = ? AND state = 'held' ORDER BY seq, id",
            [device.to_string()],
            |row| entry(row, 0),
        )
    }

    fn awaiting(&self, photo: &Digest) -> StoreResult<Vec<(SignedEntry, Place)>> {
        self.all(
            "SELECT e.compact, e.place FROM entry_photos n JOIN entries e ON e.id = n.entry
             WHERE n.digest = ? AND e.state = 'awaiting_photos' ORDER BY e.id",
            [photo.bytes()],
            |row| Ok((entry(row, 0)?, place(row, 1)?)),
        )
    }

    fn chain_head(&self, device: DeviceId) -> StoreResult<ChainHead> {
        let head =
            self.first("SELECT seq, hash FROM chain_heads WHERE device = ?", [device.to_string()], |row| {
                Ok(ChainHead { seq: number(row, 0)?, hash: Some(digest(row, 1)?) })
            })?;
        Ok(head.unwrap_or_default())
    }

    fn set_chain_head(&self, device: DeviceId, head: ChainHead) -> StoreResult<()> {
        let Some(hash) = head.hash else { return Ok(()) };
        self.change(
            "INSERT INTO chain_heads (device, seq, hash) VALUES (?, ?, ?)
             ON CONFLICT (device) DO UPDATE SET seq = excluded.seq, hash = excluded.hash",
            params![device.to_string(), signed(head.seq)?, hash.bytes()],
        )
    }

    fn last_position(&self) -> StoreResult<u64> {
        let last = self.first("SELECT coalesce(max(position), 0) FROM entries", [], |row| number(row, 0))?;
        Ok(last.unwrap_or(0))
    }

    fn ledger_entries_after(&self, position: u64, limit: usize) -> StoreResult<Vec<LedgerEntry>> {
        self.all(
            "SELECT compact, state, place, position, receipt FROM entries
             WHERE position > ? ORDER BY position LIMIT ?",
            params![signed(position)?, signed(limit as u64)?],
            |row| match state(row, 1)? {
                EntryState::InLedger(place, receipt) => {
                    Ok(LedgerEntry { signed: entry(row, 0)?, place, receipt })
                }
                EntryState::Held | EntryState::AwaitingPhotos(_) => {
                    Err(StoreError::damaged("an entry has a position and is not in the ledger"))
                }
            },
        )
    }
}
