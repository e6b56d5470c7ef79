//! By what open reports are found again when another may tell of the same matter.

use std::collections::BTreeSet;

use rusqlite::params;
use xunan_core::evidence::Likeness;
use xunan_core::ids::SnapId;
use xunan_core::ledger::SnapCard;

use super::SqliteConnection;
use super::values::{parsed, signed};
use crate::ledger_store::{AlikeAsked, StoreResult};

impl SqliteConnection {
    /// Brings a report's traces in line with its card. One that is closed leaves none.
    pub(super) fn trace(&self, card: &SnapCard) -> StoreResult<()> {
        let (id, received) = (card.id().to_string(), card.received.unix_millis());
        self.change("DELETE FROM snap_traces WHERE snap = ?", [&id])?;
        self.change("DELETE FROM snap_looks WHERE snap = ?", [&id])?;
        if !card.life.stage.state().is_open() {
            return Ok(());
        }
        for trace in card.report.traces() {
            self.change(
                "INSERT INTO snap_traces (trace, received, snap) VALUES (?, ?, ?)",
                params![trace.to_string(), received, id],
            )?;
        }
        // The same picture may be sent twice.
        for photo in &card.report.photos {
            self.change(
                "INSERT INTO snap_looks (received, snap, likeness) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                params![received, id, photo.likeness.bytes()],
            )?;
        }
        Ok(())
    }

    /// The reports that are asked for, each once.
    pub(super) fn traced(&self, asked: &AlikeAsked<'_>) -> StoreResult<BTreeSet<SnapId>> {
        let (from, until) = (asked.from.unix_millis(), asked.until.unix_millis());
        let mut found = BTreeSet::new();
        for trace in asked.report.traces_near() {
            found.extend(self.all(
                "SELECT snap FROM snap_traces WHERE trace = ? AND received BETWEEN ? AND ?
                 ORDER BY received DESC LIMIT ?",
                params![trace.to_string(), from, until, signed(asked.most as u64)?],
                |row| parsed::<SnapId>(row, 0),
            )?);
        }
        found.extend(self.looking_alike(asked)?);
        Ok(found)
    }

    fn looking_alike(&self, asked: &AlikeAsked<'_>) -> StoreResult<Vec<SnapId>> {
        let photos = &asked.report.photos;
        if photos.is_empty() {
            return Ok(Vec::new());
        }
        let mut near = vec![Vec::new(); photos.len()];
        self.all(
            "SELECT likeness, snap FROM snap_looks WHERE received BETWEEN ? AND ? ORDER BY received DESC LIMIT ?",
            params![asked.from.unix_millis(), asked.until.unix_millis(), signed(asked.photos as u64)?],
            |row| {
                let likeness = Likeness::from_bytes(row.get(0)?);
                for (photo, near) in photos.iter().zip(&mut near) {
                    let distance = photo.likeness.distance(likeness);
                    if distance <= Likeness::NEAR {
                        near.push((distance, parsed::<SnapId>(row, 1)?));
                    }
                }
                Ok(())
            },
        )?;
        let nearest = |mut near: Vec<(u32, SnapId)>| {
            near.sort_unstable();
            near.truncate(asked.most);
            near.into_iter().map(|(_, snap)| snap)
        };
        Ok(near.into_iter().flat_map(nearest).collect())
    }
}
