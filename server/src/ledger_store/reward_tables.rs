//! What a backend must be able to do with rewards for reports: a part of [`Tables`](super::Tables). Where a reward stands is kept
//! with its report's card.

use xunan_core::ids::{EntryId, SnapId};
use xunan_core::ledger::SnapCard;
use xunan_core::region::DivisionCode;
use xunan_core::reward::Batch;

use super::StoreResult;

/// What was paid, without anybody's name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RewardsPaid {
    /// How many rewards.
    pub rewards: u64,
    /// How much in all, in yuan.
    pub yuan: u64,
}

/// Lists of rewards, and who claims them.
pub trait RewardTables {
    /// The reports of a division, and of what lies inside it, whose payout was ordered in a batch and is not over, by their ids.
    fn ordered_in(&self, division: &DivisionCode, batch: &Batch) -> StoreResult<Vec<SnapCard>>;
    /// What was paid in all.
    fn rewards_paid(&self) -> StoreResult<RewardsPaid>;
    /// Who claimed by an approval, sealed.
    fn sealed_claimant(&self, approval: EntryId) -> StoreResult<Option<Vec<u8>>>;
    /// Keeps who claimed a report's reward by an approval, sealed: in the place of what was kept before.
    fn put_sealed_claimant(&self, approval: EntryId, snap: SnapId, sealed: &[u8]) -> StoreResult<()>;
    /// By which approvals somebody claimed a report's reward, as far as that is kept.
    fn claimed_approvals(&self, snap: SnapId) -> StoreResult<Vec<EntryId>>;
    /// Forgets who claimed by an approval.
    fn delete_sealed_claimant(&self, approval: EntryId) -> StoreResult<()>;
}
