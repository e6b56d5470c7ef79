//! By which way payouts left: what a backend must be able to note, a part of [`Tables`](super::Tables).

use serde::{Deserialize, Serialize};
use xunan_core::clock::Instant;
use xunan_core::digest::Digest;
use xunan_core::ids::EntryId;
use xunan_core::ledger::SnapCard;
use xunan_core::region::DivisionCode;

use super::{DeliveryState, StoreResult};

/// By which way a payout left: the first one, for ever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PayoutWay {
    /// In the list of an officer.
    List,
    /// Over the network.
    Sent {
        /// The address, by its digest: an endpoint that is added anew with the same address goes on.
        to: Digest,
        /// What became of it there.
        delivery: PayoutDelivery,
    },
}

/// A payout that is sent over the network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayoutDelivery {
    /// Where it stands.
    pub state: DeliveryState,
    /// Failures in a row.
    pub failures: u32,
    /// When it was begun, or replayed.
    pub since: Instant,
    /// The next attempt.
    pub due: Instant,
    /// The last attempt, and what came of it, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tried: Option<(Instant, String)>,
}

impl PayoutDelivery {
    /// One that is due at once.
    pub const fn begun(now: Instant) -> Self {
        Self { state: DeliveryState::Waiting, failures: 0, since: now, due: now, tried: None }
    }

    /// Whether it is to be tried now.
    pub fn is_due(&self, now: Instant) -> bool {
        self.state == DeliveryState::Waiting && self.due <= now
    }
}

/// What is to be paid, and by which way it left.
pub trait PayoutTables {
    /// The reports of a division, and of what lies inside it, whose payout is ordered and not over, by their ids.
    fn ordered(&self, division: &DivisionCode) -> StoreResult<Vec<SnapCard>>;
    /// By which way an order left.
    fn payout_way(&self, order: EntryId) -> StoreResult<Option<PayoutWay>>;
    /// Notes it.
    fn put_payout_way(&self, order: EntryId, way: &PayoutWay) -> StoreResult<()>;
    /// What was sent to an address, the newest order first, at most `limit`.
    fn payouts_sent_to(&self, address: Digest, limit: usize) -> StoreResult<Vec<(EntryId, PayoutDelivery)>>;
}
