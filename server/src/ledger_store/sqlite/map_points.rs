//! Where institutions stand, as far as they have a part in their township's mark on the plaza's map.

use rusqlite::params;
use xunan_core::ledger::{Row, RowKey, RowKind};
use xunan_core::region::Level;

use super::SqliteConnection;
use crate::ledger_store::StoreResult;

impl SqliteConnection {
    /// Brings an institution's point in line with its row; other rows have none.
    pub(super) fn place_on_map(&self, key: &RowKey, row: &Row) -> StoreResult<()> {
        if key.kind != RowKind::Facility {
            return Ok(());
        }
        self.change("DELETE FROM map_points WHERE facility = ?", [&key.id])?;
        let Row::Facility(facility) = row else { return Ok(()) };
        let Some(point) = facility.point_for_map() else { return Ok(()) };
        self.change(
            "INSERT INTO map_points (facility, division, latitude_e7, longitude_e7) VALUES (?, ?, ?, ?)",
            params![
                key.id,
                facility.division.within(Level::Township).as_str(),
                point.latitude_e7(),
                point.longitude_e7()
            ],
        )
    }

    /// Takes all points away: they are made again together with the rows.
    pub(super) fn place_nothing_on_map(&self) -> StoreResult<()> {
        self.change("DELETE FROM map_points", [])
    }
}
