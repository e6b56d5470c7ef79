//! Payouts of rewards on their way out: in the list of an officer, or over the network to a system that pays. Each leaves by the way
//! that took it first, and by no other ever after, so that nothing is paid twice.

use xunan_core::access::{Account, Sight};
use xunan_core::clock::Instant;
use xunan_core::digest::Digest;
use xunan_core::ids::{EntryId, SnapId};
use xunan_core::ledger::SnapCard;
use xunan_core::region::DivisionCode;
use xunan_core::reward::{Batch, Claimant, RewardStage, Yuan};

use super::{SnapError, Snaps};
use crate::connectors::Setting;
use crate::ledger_store::{
    DeliveryState, Endpoint, EndpointState, PayoutDelivery, PayoutWay, StoreResult, Tables,
};

/// One payout of a batch 发放清单, as an officer reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayoutLine {
    /// What was ordered.
    pub ordered: Ordered,
    /// To whom.
    pub to: PayTo,
}

/// To whom a payout goes, as far as its list says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PayTo {
    /// To this person.
    Claimant(Claimant),
    /// To somebody whose key is lost: one lost key holds up no others.
    KeyLost,
    /// To somebody whom the system that pays is told over the network: not by this list.
    Sent(DeliveryState),
}

/// A payout that was ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ordered {
    /// Its number: the entry that ordered it. Whoever pays pays each number once.
    pub order: EntryId,
    /// When that was received.
    pub at: Instant,
    /// For which report.
    pub snap: SnapId,
    /// With which others.
    pub batch: Batch,
    /// How much.
    pub amount: Yuan,
    /// The approval that was claimed.
    approval: EntryId,
}

/// A payout that is due at a system that pays.
#[derive(Clone, Debug)]
pub(crate) struct PayoutDue {
    pub(crate) ordered: Ordered,
    /// `None` where the key of the claim is lost.
    pub(crate) claimant: Option<Claimant>,
    /// Where it stands.
    pub(crate) delivery: PayoutDelivery,
}

impl Ordered {
    /// The payout of a report, where one is ordered and nobody said yet what became of it.
    fn of(card: &SnapCard) -> Option<Self> {
        let reward = card.life.reward.as_ref()?;
        let RewardStage::Ordered { mark, amount, approval, batch } = &reward.stage else { return None };
        let (order, at, snap) = (mark.entry, mark.received, card.id());
        Some(Self { order, at, snap, batch: batch.clone(), amount: *amount, approval: *approval })
    }
}

impl Snaps {
    /// The payouts of a batch to which an account sees, and of which nobody said yet what became of them. Those that no system is
    /// there for leave by this list from now on.
    ///
    /// # Errors
    /// When the store or the folder of keys failed.
    pub async fn payouts(&self, account: Account, batch: Batch) -> Result<Vec<PayoutLine>, SnapError> {
        let this = self.clone();
        let list = move |tables: &dyn Tables| {
            let mut lines = Vec::new();
            for card in tables.ordered_in(&account.region, &batch)? {
                if let Some(ordered) = seen_to_by(&card, &account) {
                    let to = this.pays(tables, &card, &ordered)?;
                    lines.push(PayoutLine { ordered, to });
                }
            }
            Ok(lines)
        };
        self.store.write(list).await
    }

    fn pays(&self, tables: &dyn Tables, card: &SnapCard, ordered: &Ordered) -> Result<PayTo, SnapError> {
        let systems = systems(tables, card.division())?;
        match tables.payout_way(ordered.order)? {
            Some(PayoutWay::Sent { to, delivery }) => {
                // Where the endpoint is off or gone nothing is tried any more: the officer is not to wait for it.
                let is_over = delivery.state == DeliveryState::Waiting && !systems.contains(&to);
                return Ok(PayTo::Sent(if is_over { DeliveryState::GivenUp } else { delivery.state }));
            }
            Some(PayoutWay::List) => {}
            // The system takes it with its next round.
            None if !systems.is_empty() => return Ok(PayTo::Sent(DeliveryState::Waiting)),
            None => tables.put_payout_way(ordered.order, &PayoutWay::List)?,
        }
        Ok(self.claimant_of(tables, ordered.approval)?.map_or(PayTo::KeyLost, PayTo::Claimant))
    }

    /// The reports of a region whose payout is due at the system at an address, or left by no way yet. Read beside the writer, which
    /// others wait for.
    pub(crate) async fn payouts_due(
        &self,
        region: DivisionCode,
        address: Digest,
    ) -> StoreResult<Vec<SnapId>> {
        let now = self.clock.now();
        let due = move |tables: &dyn Tables| {
            let mut due = Vec::new();
            for ordered in tables.ordered(&region)?.iter().filter_map(Ordered::of) {
                if delivery(tables, &ordered, address, now)?.is_some_and(|it| it.is_due(now)) {
                    due.push(ordered.snap);
                }
            }
            Ok(due)
        };
        self.store.read(due).await
    }

    /// The payout of a report for the system at an address, if it is due there at this moment: it leaves by this way from now on.
    pub(crate) async fn take_payout(
        &self,
        snap: SnapId,
        address: Digest,
    ) -> Result<Option<PayoutDue>, SnapError> {
        let (this, now) = (self.clone(), self.clock.now());
        let take = move |tables: &dyn Tables| {
            let Some(ordered) = tables.snap(snap)?.as_ref().and_then(Ordered::of) else { return Ok(None) };
            let delivery = delivery(tables, &ordered, address, now)?.filter(|it| it.is_due(now));
            let Some(delivery) = delivery else { return Ok(None) };
            let way = PayoutWay::Sent { to: address, delivery: delivery.clone() };
            tables.put_payout_way(ordered.order, &way)?;
            let claimant = this.claimant_of(tables, ordered.approval)?;
            Ok(Some(PayoutDue { ordered, claimant, delivery }))
        };
        self.store.write(take).await
    }
}

/// How an order stands at the system at an address; `None` when it left by another way.
fn delivery(
    tables: &dyn Tables,
    ordered: &Ordered,
    address: Digest,
    now: Instant,
) -> StoreResult<Option<PayoutDelivery>> {
    Ok(match tables.payout_way(ordered.order)? {
        Some(PayoutWay::Sent { to, delivery }) => (to == address).then_some(delivery),
        Some(PayoutWay::List) => None,
        None => Some(PayoutDelivery::begun(now)),
    })
}

/// The addresses of the systems that payouts of a division are sent to now.
fn systems(tables: &dyn Tables, division: &DivisionCode) -> StoreResult<Vec<Digest>> {
    let is_asked = |it: &Endpoint| it.state == EndpointState::On && it.region.contains(division);
    let address = |endpoint: Endpoint| match endpoint.setting {
        Setting::Payouts { url, .. } => Some(url.address().digest()),
        _ => None,
    };
    Ok(tables.endpoints()?.into_iter().filter(is_asked).filter_map(address).collect())
}

/// The payout of a report, where this account sees to it.
fn seen_to_by(card: &SnapCard, account: &Account) -> Option<Ordered> {
    let reward = card.life.reward.as_ref()?;
    let is_own = reward.is_paid_by(account.id) && reward.may_read_claimant(account);
    if is_own && card.seen_by(account) == Sight::Visible { Ordered::of(card) } else { None }
}
