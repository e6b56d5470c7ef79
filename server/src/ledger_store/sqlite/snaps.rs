//! Citizens' reports, the hashes of what their reporters ask by, and sealed contacts.

use rusqlite::params;
use xunan_core::digest::Digest;
use xunan_core::ids::SnapId;
use xunan_core::ledger::SnapCard;

use super::SqliteConnection;
use super::values::{from_json, parsed, to_json};
use crate::ledger_store::{SnapTables, StoreResult};

impl SnapTables for SqliteConnection {
    fn snap(&self, id: SnapId) -> StoreResult<Option<SnapCard>> {
        self.first("SELECT card FROM snaps WHERE id = ?", [id.to_string()], |row| from_json(row, 0))
    }

    fn put_snap(&self, card: &SnapCard) -> StoreResult<()> {
        self.change(
            "INSERT INTO snaps (id, card) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET card = excluded.card",
            params![card.id().to_string(), to_json(card)?],
        )
    }

    fn delete_snaps(&self) -> StoreResult<()> {
        self.change("DELETE FROM snaps", [])
    }

    fn snap_of_secret(&self, secret_hash: &Digest) -> StoreResult<Option<SnapId>> {
        self.first("SELECT snap FROM snap_follows WHERE secret_hash = ?", [secret_hash.bytes()], |row| {
            parsed(row, 0)
        })
    }

    fn snap_of_code(&self, code_hash: &Digest) -> StoreResult<Option<SnapId>> {
        self.first("SELECT snap FROM snap_follows WHERE code_hash = ?", [code_hash.bytes()], |row| {
            parsed(row, 0)
        })
    }

    fn insert_follow(&self, secret_hash: &Digest, code_hash: &Digest, snap: SnapId) -> StoreResult<()> {
        self.change(
            "INSERT INTO snap_follows (secret_hash, code_hash, snap) VALUES (?, ?, ?)",
            params![secret_hash.bytes(), code_hash.bytes(), snap.to_string()],
        )
    }

    fn sealed_contact(&self, snap: SnapId) -> StoreResult<Option<Vec<u8>>> {
        self.first("SELECT sealed FROM snap_contacts WHERE snap = ?", [snap.to_string()], |row| {
            Ok(row.get(0)?)
        })
    }

    fn insert_sealed_contact(&self, snap: SnapId, sealed: &[u8]) -> StoreResult<()> {
        self.change(
            "INSERT INTO snap_contacts (snap, sealed) VALUES (?, ?)",
            params![snap.to_string(), sealed],
        )
    }

    fn delete_sealed_contact(&self, snap: SnapId) -> StoreResult<()> {
        self.change("DELETE FROM snap_contacts WHERE snap = ?", [snap.to_string()])
    }
}
