//! Encrypted copies of drafts.

use rusqlite::{Row, params};
use xunan_core::clock::Instant;
use xunan_core::ids::{AccountId, VisitId};
use xunan_core::sync::{KeptShadow, ShadowName};

use super::SqliteConnection;
use super::values::{digest, instant, number, parsed, signed};
use crate::ledger_store::{FileUse, ShadowTables, StoreResult, StoredShadow};
use crate::photo_store::ShadowFile;

/// Reads `account, visit, name, digest, size, file, changed`.
fn shadow(row: &Row<'_>) -> StoreResult<StoredShadow> {
    let kept = KeptShadow {
        visit: parsed(row, 1)?,
        name: parsed(row, 2)?,
        digest: digest(row, 3)?,
        size_bytes: number(row, 4)?,
        changed: instant(row, 6)?,
    };
    Ok(StoredShadow { account: parsed(row, 0)?, kept, file: parsed(row, 5)? })
}

impl ShadowTables for SqliteConnection {
    fn shadow(
        &self,
        account: AccountId,
        visit: VisitId,
        name: &ShadowName,
    ) -> StoreResult<Option<StoredShadow>> {
        self.first(
            "SELECT account, visit, name, digest, size, file, changed FROM shadows
             WHERE account = ? AND visit = ? AND name = ?",
            params![account.to_string(), visit.to_string(), name.as_str()],
            shadow,
        )
    }

    fn shadows_of(&self, account: AccountId) -> StoreResult<Vec<StoredShadow>> {
        self.all(
            "SELECT account, visit, name, digest, size, file, changed FROM shadows
             WHERE account = ? ORDER BY visit, name",
            [account.to_string()],
            shadow,
        )
    }

    fn put_shadow(&self, shadow: &StoredShadow) -> StoreResult<()> {
        let StoredShadow { account, kept, file } = shadow;
        self.change(
            "INSERT INTO shadows (account, visit, name, digest, size, file, changed) VALUES (?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (account, visit, name) DO UPDATE
             SET digest = excluded.digest, size = excluded.size, file = excluded.file, changed = excluded.changed",
            params![
                account.to_string(),
                kept.visit.to_string(),
                kept.name.as_str(),
                kept.digest.bytes(),
                signed(kept.size_bytes)?,
                file.to_string(),
                kept.changed.unix_millis(),
            ],
        )
    }

    fn delete_shadow(&self, account: AccountId, visit: VisitId, name: &ShadowName) -> StoreResult<()> {
        self.change(
            "DELETE FROM shadows WHERE account = ? AND visit = ? AND name = ?",
            params![account.to_string(), visit.to_string(), name.as_str()],
        )
    }

    fn idle_shadows(&self, before: Instant) -> StoreResult<Vec<StoredShadow>> {
        self.all(
            "SELECT account, visit, name, digest, size, file, changed FROM shadows s
             WHERE EXISTS (SELECT 1 FROM rows r
                           WHERE r.kind = 'visit' AND r.id = s.visit AND r.standing = 'current')
                OR NOT EXISTS (SELECT 1 FROM shadows n
                               WHERE n.visit = s.visit AND n.account = s.account AND n.changed >= ?)
             LIMIT 1000",
            [before.unix_millis()],
            shadow,
        )
    }

    fn shadow_file_use(&self, file: ShadowFile) -> StoreResult<FileUse> {
        let used = self.first("SELECT 1 FROM shadows WHERE file = ?", [file.to_string()], |_| Ok(()))?;
        Ok(if used.is_some() { FileUse::Used } else { FileUse::Orphaned })
    }
}
