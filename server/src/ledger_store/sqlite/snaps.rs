//! Citizens' reports, the hashes of what their reporters ask by, and sealed contacts.

use rusqlite::params;
use xunan_core::digest::Digest;
use xunan_core::ids::SnapId;
use xunan_core::ledger::SnapCard;
use xunan_core::region::DivisionCode;
use xunan_core::snap::CaseNumber;
use xunan_core::sync::SnapKey;

use super::SqliteConnection;
use super::values::{from_json, parsed, signed, to_json};
use crate::ledger_store::{AlikeAsked, SnapList, SnapTables, StoreResult};

/// A place in the lists, as columns.
fn place(key: SnapKey) -> (i64, String) {
    (key.since.unix_millis(), key.snap.to_string())
}

impl SnapTables for SqliteConnection {
    fn snap(&self, id: SnapId) -> StoreResult<Option<SnapCard>> {
        self.first("SELECT card FROM snaps WHERE id = ?", [id.to_string()], |row| from_json(row, 0))
    }

    fn snap_within(&self, division: &DivisionCode, id: SnapId) -> StoreResult<Option<SnapCard>> {
        self.first(
            "SELECT s.card FROM snap_places p JOIN snaps s ON s.id = p.snap WHERE p.snap = ? AND p.division = ?",
            [id.to_string().as_str(), division.as_str()],
            |row| from_json(row, 0),
        )
    }

    fn put_snap(&self, card: &SnapCard) -> StoreResult<()> {
        let id = card.id().to_string();
        self.change(
            "INSERT INTO snaps (id, card) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET card = excluded.card",
            params![id, to_json(card)?],
        )?;
        self.change("DELETE FROM snap_places WHERE snap = ?", [&id])?;
        let (is_open, since) = (card.life.stage.state().is_open(), card.life.since());
        card.division().ancestors().try_for_each(|division| {
            self.change(
                "INSERT INTO snap_places (division, is_open, since, snap) VALUES (?, ?, ?, ?)",
                params![division.as_str(), is_open, since.unix_millis(), id],
            )
        })?;
        self.trace(card)?;
        self.list_reward(card)?;
        self.show_to_everybody(card)
    }

    fn snaps_within(
        &self,
        division: &DivisionCode,
        list: SnapList,
        after: Option<SnapKey>,
        limit: usize,
    ) -> StoreResult<Vec<SnapCard>> {
        let (limit, card) = (signed(limit as u64)?, |row: &rusqlite::Row<'_>| from_json(row, 0));
        let (places, is_open) = match list {
            SnapList::Open => ("snap_places", true),
            SnapList::Closed => ("snap_places", false),
            SnapList::RewardsOpen => ("reward_places", true),
            SnapList::RewardsClosed => ("reward_places", false),
        };
        let (beginning, behind, order) =
            if is_open { (i64::MIN, ">", "ASC") } else { (i64::MAX, "<", "DESC") };
        let (since, snap) = after.map_or((beginning, String::new()), place);
        let sql = format!(
            "SELECT s.card FROM {places} p JOIN snaps s ON s.id = p.snap
             WHERE p.division = ? AND p.is_open = ? AND (p.since, p.snap) {behind} (?, ?)
             ORDER BY p.since {order}, p.snap {order} LIMIT ?"
        );
        self.all(&sql, params![division.as_str(), is_open, since, snap, limit], card)
    }

    fn snaps_alike(&self, asked: &AlikeAsked<'_>) -> StoreResult<Vec<SnapCard>> {
        let found = self.traced(asked)?;
        // What is listed is stored.
        let cards = found.into_iter().filter_map(|id| self.snap(id).transpose());
        cards.collect()
    }

    fn snaps_numbered(&self, division: &DivisionCode, number: &CaseNumber) -> StoreResult<Vec<SnapCard>> {
        let ids = number.ids();
        self.all(
            "SELECT s.card FROM snaps s WHERE s.id >= ? AND s.id < ? AND substr(s.id, -?) = ?
             AND EXISTS (SELECT 1 FROM snap_places WHERE snap = s.id AND division = ?)",
            params![
                ids.start.to_string(),
                ids.end.to_string(),
                signed(number.end().len() as u64)?,
                number.end(),
                division.as_str()
            ],
            |row| from_json(row, 0),
        )
    }

    fn delete_snaps(&self) -> StoreResult<()> {
        self.change("DELETE FROM snaps", [])?;
        self.show_nothing()
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
