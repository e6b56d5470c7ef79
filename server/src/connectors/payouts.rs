//! Hands payouts of rewards over to a system that pays, each until it was taken: at least once, with the number of the order each
//! time, so that it is paid once.
//!
//! An order is signed by an officer who may read who claims, and who answers for the payout
//! (`docs/decisions/0014-why-looking-at-a-claimant-is-a-step.md`); this carries it out, over TLS alone. What became of the money a
//! person registers, with a receipt.

use std::sync::LazyLock;

use serde::Serialize;
use tokio_rustls::rustls::RootCertStore;
use xunan_core::clock::Instant;
use xunan_core::digest::Digest;
use xunan_core::ids::EntryId;
use xunan_core::reward::{Claimant, Yuan};
use xunan_core::snap::CaseNumber;

use super::carrier::{Blame, CarryError};
use super::courier::Letter;
use super::dispatcher::{after_failure, outcome_of};
use super::event::{CLOUD_EVENT, CloudEvent};
use super::setting::Setting;
use super::{Courier, LOOK_EVERY, Reach, Secret, SecureAddress};
use crate::clock::Clock;
use crate::ledger_store::{
    DeliveryState, Endpoint, EndpointState, LedgerStore, PayoutDelivery, PayoutWay, StoreResult,
};
use crate::snaps::{PayoutDue, SnapError, Snaps};

/// Hands payouts over.
pub struct PayoutSender {
    store: LedgerStore,
    snaps: Snaps,
    clock: Clock,
    /// Made when there is something to send: the system's authorities are a megabyte.
    courier: LazyLock<Courier, Box<dyn FnOnce() -> Courier + Send>>,
}

/// Where an endpoint is, and what signs for it.
#[derive(Clone, Copy)]
struct Payer<'a> {
    name: &'a str,
    url: &'a SecureAddress,
    secret: &'a Secret,
    reach: Reach,
}

/// What a system that pays is told.
#[derive(Serialize)]
struct Payout<'a> {
    /// The number under which it is paid once.
    order: EntryId,
    /// The report's number, as its reporter and the office know it.
    case: String,
    /// With which others it was ordered.
    batch: &'a str,
    /// How much, in yuan.
    yuan: Yuan,
    /// To whom.
    claimant: &'a Claimant,
}

impl PayoutSender {
    /// One for the endpoints in `store`, which believes certificates of these authorities.
    pub fn new(
        store: LedgerStore,
        snaps: Snaps,
        clock: Clock,
        trusted: impl FnOnce() -> RootCertStore + Send + 'static,
    ) -> Self {
        let courier = LazyLock::new(Box::new(|| Courier::new(trusted())) as Box<_>);
        Self { store, snaps, clock, courier }
    }

    /// Hands over whatever is due, for as long as the server runs.
    pub(super) async fn keep_up(self) {
        loop {
            if let Err(error) = self.hand_over_due().await {
                tracing::warn!(%error, "payouts could not be looked for");
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// One round over all endpoints, to its end.
    ///
    /// # Errors
    /// When the store or the folder of keys failed.
    pub async fn hand_over_due(&self) -> Result<(), SnapError> {
        let endpoints = self.store.read(|tables| tables.endpoints()).await?;
        for endpoint in endpoints.iter().filter(|it| it.state == EndpointState::On) {
            if let Setting::Payouts { url, secret, reach } = &endpoint.setting {
                let payer = Payer { name: &endpoint.name, url, secret, reach: *reach };
                self.round(endpoint, payer).await?;
            }
        }
        Ok(())
    }

    async fn round(&self, endpoint: &Endpoint, payer: Payer<'_>) -> Result<(), SnapError> {
        let to = payer.url.address().digest();
        for snap in self.snaps.payouts_due(endpoint.region.clone(), to).await? {
            // Looked at again just before it is sent.
            let Some(due) = self.snaps.take_payout(snap, to).await? else { continue };
            let tried = match &due.claimant {
                Some(claimant) => Some(self.send(payer, &due, claimant).await),
                None => None,
            };
            let stops = matches!(&tried, Some(Err(error)) if error.blame() == Blame::Endpoint);
            self.note(payer, to, due, tried).await?;
            if stops {
                break;
            }
        }
        Ok(())
    }

    async fn send(&self, payer: Payer<'_>, due: &PayoutDue, claimant: &Claimant) -> Result<(), CarryError> {
        let ordered = &due.ordered;
        let id = ordered.order.to_string();
        let payout = Payout {
            order: ordered.order,
            case: CaseNumber::of(ordered.snap).to_string(),
            batch: ordered.batch.as_str(),
            yuan: ordered.amount,
            claimant,
        };
        let subject = format!("payout/{id}");
        let body = CloudEvent::new(id.clone(), "payout_ordered", subject, ordered.at, &payout).json()?;
        let mut headers: Vec<_> = payer.secret.sign(&id, self.clock.now(), &body).into();
        headers.push(("idempotency-key", id));
        let to = payer.url.address();
        let letter = Letter { to, content_type: CLOUD_EVENT, headers, body, reach: payer.reach };
        self.courier.hand_over(letter).await?;
        Ok(())
    }

    /// Writes what came of an attempt, and what comes next; `None` where there was nobody to pay to.
    async fn note(
        &self,
        payer: Payer<'_>,
        to: Digest,
        due: PayoutDue,
        tried: Option<Result<(), CarryError>>,
    ) -> StoreResult<()> {
        let (now, order) = (self.clock.now(), due.ordered.order);
        let delivery = after(due.delivery, now, tried);
        if delivery.state != DeliveryState::Delivered {
            tracing::warn!(
                connector.name = payer.name,
                connector.host = payer.url.address().host(),
                connector.failures = delivery.failures,
                "a payout was not taken"
            );
        }
        self.store.write(move |tables| tables.put_payout_way(order, &PayoutWay::Sent { to, delivery })).await
    }
}

/// Where a payout stands after an attempt.
fn after(before: PayoutDelivery, now: Instant, tried: Option<Result<(), CarryError>>) -> PayoutDelivery {
    let failures = before.failures.saturating_add(1);
    let (state, failures, due, outcome) = match tried {
        Some(Ok(())) => (DeliveryState::Delivered, 0, now, "taken".to_owned()),
        None => (DeliveryState::GivenUp, 0, now, "the key of the claim is lost".to_owned()),
        Some(Err(error)) => match after_failure(before.since, now, failures) {
            Some(due) => (DeliveryState::Waiting, failures, due, error.to_string()),
            None => (DeliveryState::GivenUp, failures, now, format!("{error}; given up")),
        },
    };
    PayoutDelivery { state, failures, since: before.since, due, tried: Some((now, outcome_of(&outcome))) }
}
