//! By which way payouts left.

use rusqlite::{Row, params};
use xunan_core::digest::Digest;
use xunan_core::ids::EntryId;
use xunan_core::ledger::SnapCard;
use xunan_core::region::DivisionCode;

use super::SqliteConnection;
use super::values::{digest, from_json, parsed, signed, to_json};
use crate::ledger_store::{PayoutDelivery, PayoutTables, PayoutWay, StoreError, StoreResult};

fn way(row: &Row<'_>) -> StoreResult<PayoutWay> {
    match row.get_ref(0)?.as_blob_or_null().map_err(StoreError::damaged)? {
        None => Ok(PayoutWay::List),
        Some(_) => Ok(PayoutWay::Sent { to: digest(row, 0)?, delivery: from_json(row, 1)? }),
    }
}

impl PayoutTables for SqliteConnection {
    fn ordered(&self, division: &DivisionCode) -> StoreResult<Vec<SnapCard>> {
        let cards = self.all(
            "SELECT s.card FROM reward_batches b JOIN snaps s ON s.id = b.snap ORDER BY b.snap",
            [],
            |row| from_json::<SnapCard>(row, 0),
        )?;
        Ok(cards.into_iter().filter(|card| division.contains(card.division())).collect())
    }

    fn payout_way(&self, order: EntryId) -> StoreResult<Option<PayoutWay>> {
        let sql = "SELECT address, delivery FROM payouts_left WHERE \"order\" = ?";
        self.first(sql, [order.to_string()], way)
    }

    fn put_payout_way(&self, order: EntryId, way: &PayoutWay) -> StoreResult<()> {
        let (address, delivery) = match way {
            PayoutWay::List => (None, None),
            PayoutWay::Sent { to, delivery } => (Some(to.bytes()), Some(to_json(delivery)?)),
        };
        self.change(
            "INSERT INTO payouts_left (\"order\", address, delivery) VALUES (?, ?, ?)
             ON CONFLICT (\"order\") DO UPDATE SET address = excluded.address, delivery = excluded.delivery",
            params![order.to_string(), address, delivery],
        )
    }

    fn payouts_sent_to(&self, address: Digest, limit: usize) -> StoreResult<Vec<(EntryId, PayoutDelivery)>> {
        self.all(
            "SELECT \"order\", delivery FROM payouts_left WHERE address = ? ORDER BY \"order\" DESC LIMIT ?",
            params![address.bytes(), signed(limit as u64)?],
            |row| Ok((parsed(row, 0)?, from_json(row, 1)?)),
        )
    }
}
