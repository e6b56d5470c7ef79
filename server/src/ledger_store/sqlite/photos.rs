//! Photos, and which entries name them.

use std::collections::BTreeSet;

use rusqlite::params;
use xunan_core::clock::Instant;
use xunan_core::digest::Digest;
use xunan_core::evidence::Likeness;
use xunan_core::ids::EntryId;
use xunan_core::ledger::PhotoUse;

use super::SqliteConnection;
use super::values::{digest, from_json, number, parsed, signed, to_json};
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

    fn insert_photo_use(&self, used: &PhotoUse) -> StoreResult<()> {
        self.change(
            "INSERT INTO photo_uses (photo, entry, likeness, original, used) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT DO NOTHING",
            params![
                used.photo.to_string(),
                used.entry.to_string(),
                used.likeness.bytes(),
                used.original.bytes(),
                to_json(used)?
            ],
        )
    }

    fn photo_uses_like(&self, photos: &[PhotoUse], limit: usize) -> StoreResult<Vec<Vec<PhotoUse>>> {
        let mut near = vec![Vec::new(); photos.len()];
        self.all("SELECT likeness, rowid FROM photo_uses", [], |row| {
            let (likeness, rowid) = (Likeness::from_bytes(row.get(0)?), row.get::<_, i64>(1)?);
            for (photo, near) in photos.iter().zip(&mut near) {
                let distance = photo.likeness.distance(likeness);
                if distance <= Likeness::NEAR {
                    near.push((distance, rowid));
                }
            }
            Ok(())
        })?;
        photos.iter().zip(near).map(|(photo, near)| self.uses_among(photo, near, limit)).collect()
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

impl SqliteConnection {
    /// Those of `near`, by distance and row, and of the same file, that are other uses of `photo`.
    fn uses_among(
        &self,
        photo: &PhotoUse,
        mut near: Vec<(u32, i64)>,
        limit: usize,
    ) -> StoreResult<Vec<PhotoUse>> {
        let same_file = "SELECT rowid FROM photo_uses WHERE original = ?";
        near.extend(self.all(same_file, [photo.original.bytes()], |row| Ok((0, row.get(0)?)))?);
        near.sort_unstable();
        let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
        for (_, rowid) in near {
            if found.len() == limit {
                break;
            }
            if seen.insert(rowid) {
                let other: Option<PhotoUse> =
                    self.first("SELECT used FROM photo_uses WHERE rowid = ?", [rowid], |row| {
                        from_json(row, 0)
                    })?;
                found.extend(other.filter(|other| photo.reuse_of(other).is_some()));
            }
        }
        Ok(found)
    }
}
