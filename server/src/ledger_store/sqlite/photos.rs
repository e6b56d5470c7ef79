//! Photos, and which entries name them.

use rusqlite::params;
use xunan_core::clock::Instant;
use xunan_core::digest::Digest;
use xunan_core::ids::EntryId;

use super::SqliteConnection;
use super::values::{digest, number, parsed, signed};
use crate::ledger_store::{PhotoTables, StoreResult, StoredPhoto};

impl PhotoTables for SqliteConnection {
    fn photo(&self, name: &Digest) -> StoreResult<Option<StoredPhoto>> {
        self.first("SELECT digest, size, uploader FROM photos WHERE digest = ?", [name.bytes()], |row| {
            Ok(StoredPhoto {
                digest: digest(row, 0)?,
                size_bytes: number(row, 1)?,
                uploader: parsed(row, 2)?,
            })
        })
    }

    fn insert_photo(&self, photo: &StoredPhoto, arrived: Instant) -> StoreResult<()> {
        self.change(
            "INSERT INTO photos (digest, size, uploader, arrived) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            params![
                photo.digest.bytes(),
                signed(photo.size_bytes)?,
                photo.uploader.to_string(),
                arrived.unix_millis()
            ],
        )
    }

    fn delete_photo(&self, name: &Digest) -> StoreResult<()> {
        self.change("DELETE FROM photos WHERE digest = ?", [name.bytes()])
    }

    fn entries_naming(&self, name: &Digest) -> StoreResult<Vec<EntryId>> {
        self.all("SELECT entry FROM entry_photos WHERE digest = ? ORDER BY entry", [name.bytes()], |row| {
            parsed(row, 0)
        })
    }

    fn unclaimed_photos(&self, before: Instant) -> StoreResult<Vec<Digest>> {
        self.all(
            "SELECT p.digest FROM photos p
             WHERE p.arrived < ? AND NOT EXISTS (SELECT 1 FROM entry_photos n WHERE n.digest = p.digest)
             ORDER BY p.arrived LIMIT 100",
            [before.unix_millis()],
            |row| digest(row, 0),
        )
    }
}
