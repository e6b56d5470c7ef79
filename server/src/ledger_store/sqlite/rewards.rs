//! Rewards for reports: their lists, what is paid together, and who claims.

use rusqlite::params;
use xunan_core::ids::{EntryId, SnapId};
use xunan_core::ledger::SnapCard;
use xunan_core::region::DivisionCode;
use xunan_core::reward::{Batch, RewardStage};

use super::SqliteConnection;
use super::values::{from_json, number, parsed};
use crate::ledger_store::{RewardTables, RewardsPaid, StoreError, StoreResult};

impl SqliteConnection {
    /// Brings the lists of rewards in line with a report's card. What was paid stays paid: no step leads back from there.
    pub(super) fn list_reward(&self, card: &SnapCard) -> StoreResult<()> {
        let id = card.id().to_string();
        self.change("DELETE FROM reward_places WHERE snap = ?", [&id])?;
        self.change("DELETE FROM reward_batches WHERE snap = ?", [&id])?;
        let Some(reward) = &card.life.reward else { return Ok(()) };
        let (is_open, since) = (reward.stage.state().is_open(), reward.stands_since());
        card.division().ancestors().try_for_each(|division| {
            self.change(
                "INSERT INTO reward_places (division, is_open, since, snap) VALUES (?, ?, ?, ?)",
                params![division.as_str(), is_open, since.unix_millis(), id],
            )
        })?;
        match &reward.stage {
            RewardStage::Ordered { batch, .. } => self.change(
                "INSERT INTO reward_batches (batch, snap) VALUES (?, ?)",
                params![batch.as_str(), id],
            ),
            RewardStage::Paid { amount, .. } => self.change(
                "INSERT INTO rewards_paid (snap, yuan) VALUES (?, ?) ON CONFLICT DO NOTHING",
                params![id, amount.get()],
            ),
            RewardStage::Proposed { .. }
            | RewardStage::NotApproved { .. }
            | RewardStage::Approved { .. }
            | RewardStage::Claimed { .. } => Ok(()),
        }
    }
}

impl RewardTables for SqliteConnection {
    fn ordered_in(&self, division: &DivisionCode, batch: &Batch) -> StoreResult<Vec<SnapCard>> {
        let cards = self.all(
            "SELECT s.card FROM reward_batches b JOIN snaps s ON s.id = b.snap WHERE b.batch = ? ORDER BY b.snap",
            [batch.as_str()],
            |row| from_json::<SnapCard>(row, 0),
        )?;
        Ok(cards.into_iter().filter(|card| division.contains(card.division())).collect())
    }

    fn rewards_paid(&self) -> StoreResult<RewardsPaid> {
        let sql = "SELECT rewards, yuan FROM reward_totals WHERE only = 1";
        let paid =
            self.first(sql, [], |row| Ok(RewardsPaid { rewards: number(row, 0)?, yuan: number(row, 1)? }))?;
        paid.ok_or_else(|| StoreError::damaged("no totals of rewards"))
    }

    fn sealed_claimant(&self, approval: EntryId) -> StoreResult<Option<Vec<u8>>> {
        self.first("SELECT sealed FROM reward_claims WHERE approval = ?", [approval.to_string()], |row| {
            Ok(row.get(0)?)
        })
    }

    fn put_sealed_claimant(&self, approval: EntryId, snap: SnapId, sealed: &[u8]) -> StoreResult<()> {
        self.change(
            "INSERT INTO reward_claims (approval, snap, sealed) VALUES (?, ?, ?)
             ON CONFLICT (approval) DO UPDATE SET snap = excluded.snap, sealed = excluded.sealed",
            params![approval.to_string(), snap.to_string(), sealed],
        )
    }

    fn claimed_approvals(&self, snap: SnapId) -> StoreResult<Vec<EntryId>> {
        self.all("SELECT approval FROM reward_claims WHERE snap = ?", [snap.to_string()], |row| {
            parsed(row, 0)
        })
    }

    fn delete_sealed_claimant(&self, approval: EntryId) -> StoreResult<()> {
        self.change("DELETE FROM reward_claims WHERE approval = ?", [approval.to_string()])
    }
}
