//! Rule packs and receipt keys.

use rusqlite::params;
use xunan_core::clock::Instant;
use xunan_core::digest::Digest;
use xunan_core::evidence::RegionRules;
use xunan_core::letterhead::Letterhead;
use xunan_core::region::DivisionCode;

use super::SqliteConnection;
use super::values::{from_json, parsed, text, to_json};
use crate::ledger_store::{ServerTables, StoreResult, StoredKey, StoredPack};

impl ServerTables for SqliteConnection {
    fn packs(&self) -> StoreResult<Vec<StoredPack>> {
        self.all("SELECT reference, valid_from FROM packs ORDER BY valid_from, hash", [], |row| {
            Ok(StoredPack { reference: from_json(row, 0)?, valid_from: parsed(row, 1)? })
        })
    }

    fn pack_bytes(&self, hash: &Digest) -> StoreResult<Option<Vec<u8>>> {
        self.first("SELECT bytes FROM packs WHERE hash = ?", [hash.bytes()], |row| Ok(row.get(0)?))
    }

    fn insert_pack(&self, pack: &StoredPack, bytes: &[u8]) -> StoreResult<()> {
        self.change(
            "INSERT INTO packs (hash, reference, valid_from, bytes) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            params![
                pack.reference.hash.bytes(),
                to_json(&pack.reference)?,
                pack.valid_from.to_string(),
                bytes
            ],
        )
    }

    fn region_rules(&self, division: &DivisionCode) -> StoreResult<Option<RegionRules>> {
        self.first("SELECT rules FROM region_rules WHERE division = ?", [division.as_str()], |row| {
            from_json(row, 0)
        })
    }

    fn set_region_rules(&self, division: &DivisionCode, rules: RegionRules) -> StoreResult<()> {
        self.change(
            "INSERT INTO region_rules (division, rules) VALUES (?, ?)
             ON CONFLICT (division) DO UPDATE SET rules = excluded.rules",
            params![division.as_str(), to_json(&rules)?],
        )
    }

    fn letterhead(&self, division: &DivisionCode) -> StoreResult<Option<Letterhead>> {
        self.first("SELECT letterhead FROM letterheads WHERE division = ?", [division.as_str()], |row| {
            from_json(row, 0)
        })
    }

    fn set_letterhead(&self, letterhead: &Letterhead) -> StoreResult<()> {
        self.change(
            "INSERT INTO letterheads (division, letterhead) VALUES (?, ?)
             ON CONFLICT (division) DO UPDATE SET letterhead = excluded.letterhead",
            params![letterhead.division.as_str(), to_json(letterhead)?],
        )
    }

    fn server_keys(&self) -> StoreResult<Vec<StoredKey>> {
        self.all("SELECT kid, pkcs8 FROM server_keys ORDER BY created DESC, kid", [], |row| {
            Ok(StoredKey { kid: text(row, 0)?, pkcs8: row.get(1)? })
        })
    }

    fn insert_server_key(&self, key: &StoredKey, created: Instant) -> StoreResult<()> {
        self.change(
            "INSERT INTO server_keys (kid, pkcs8, created) VALUES (?, ?, ?)",
            params![key.kid, key.pkcs8, created.unix_millis()],
        )
    }
}
