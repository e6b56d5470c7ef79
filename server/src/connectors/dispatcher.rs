//! Hands notices over to the endpoints, each until it was taken: at least once, with the same id each time.
//!
//! ```text
//! deliveries, waiting and due ─► carrier of the endpoint ─┬─ taken ──► delivered
//!                                                         └─ failed ─► waiting, after a pause that grows
//!                                                                      given up after 3 days; replayed by a person
//! ```
//!
//! Every attempt is a line of the log (`xunan admin connectors log`). A failure of the endpoint itself stops the round
//! there, so that a server that is down is asked once a round and not once a notice.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use tokio::task::{AbortHandle, JoinError, JoinSet};
use tokio_rustls::rustls::RootCertStore;
use xunan_core::clock::{Instant, Span};
use xunan_core::ids::AccountId;
use xunan_core::notice::PushSubscription;

use super::carrier::{Blame, Carrier as _, CarryError, Gateway, Parcel, Webhook};
use super::mail::Mail;
use super::setting::{Reaches, Setting};
use super::web_push::WebPush;
use super::{Courier, FIRST_PAUSE, LONGEST_PAUSE, LOOK_EVERY};
use crate::clock::{Clock, random};
use crate::ledger_store::{
    Attempt, ContactKind, Delivery, DeliveryState, Endpoint, EndpointState, LedgerStore, StoreResult,
    StoredNotice,
};

/// Deliveries of one endpoint in one round.
const AT_ONCE: usize = 50;

/// For how long a delivery is tried: over a weekend.
const GIVES_UP_AFTER: Span = Span::days(3);

/// Characters of an outcome in the log, at most: the other side's words are in it.
const LONGEST_OUTCOME: usize = 200;

/// Hands notices over.
#[derive(Clone)]
pub struct Dispatcher {
    store: LedgerStore,
    clock: Clock,
    /// Made when there is something to send: the system's authorities are a megabyte.
    courier: Arc<LazyLock<Courier, Box<dyn FnOnce() -> Courier + Send>>>,
}

/// What became of one attempt.
enum Tried {
    Taken(String),
    Failed(CarryError),
    /// Nobody is there any more to take it.
    Pointless(&'static str),
}

impl Dispatcher {
    /// One for the endpoints in `store`, which believes certificates of these authorities.
    pub fn new(
        store: LedgerStore,
        clock: Clock,
        trusted: impl FnOnce() -> RootCertStore + Send + 'static,
    ) -> Self {
        let courier = LazyLock::new(Box::new(|| Courier::new(trusted())) as Box<_>);
        Self { store, clock, courier: Arc::new(courier) }
    }

    /// Hands over whatever is due, for as long as the server runs. Each endpoint goes its own pace: one that is slow
    /// holds up no other.
    pub async fn keep_up(self) {
        let (mut rounds, mut under_way) = (JoinSet::new(), HashMap::new());
        loop {
            if let Err(error) = self.begin_rounds(&mut rounds, &mut under_way).await {
                tracing::warn!(%error, "deliveries could not be looked for");
            }
            tokio::time::sleep(LOOK_EVERY).await;
            while let Some(round) = rounds.try_join_next() {
                if let Err(error) = ended(round) {
                    tracing::warn!(%error, "deliveries could not be looked for");
                }
            }
        }
    }

    /// One round over all endpoints, to its end.
    ///
    /// # Errors
    /// When the store failed.
    pub async fn hand_over_due(&self) -> StoreResult<()> {
        let mut rounds = JoinSet::new();
        self.begin_rounds(&mut rounds, &mut HashMap::new()).await?;
        while let Some(round) = rounds.join_next().await {
            ended(round)?;
        }
        Ok(())
    }

    /// Begins a round of each endpoint that has none under way.
    async fn begin_rounds(
        &self,
        rounds: &mut JoinSet<StoreResult<()>>,
        under_way: &mut HashMap<i64, AbortHandle>,
    ) -> StoreResult<()> {
        under_way.retain(|_, round| !round.is_finished());
        let endpoints = self.store.read(|tables| tables.endpoints()).await?;
        for endpoint in endpoints.into_iter().filter(|it| it.state == EndpointState::On) {
            if let Entry::Vacant(free) = under_way.entry(endpoint.id) {
                let dispatcher = self.clone();
                free.insert(rounds.spawn(async move { dispatcher.round(&endpoint).await }));
            }
        }
        Ok(())
    }

    async fn round(&self, endpoint: &Endpoint) -> StoreResult<()> {
        let (id, now) = (endpoint.id, self.clock.now());
        let due = self.store.read(move |tables| tables.due_deliveries(id, now, AT_ONCE)).await?;
        for delivery in due {
            let tried = self.attempt(endpoint, &delivery).await?;
            let stops = matches!(&tried, Tried::Failed(error) if error.blame() == Blame::Endpoint);
            self.note(endpoint, &delivery, tried).await?;
            if stops {
                break;
            }
        }
        Ok(())
    }

    async fn attempt(&self, endpoint: &Endpoint, delivery: &Delivery) -> StoreResult<Tried> {
        let contact = match (endpoint.setting.reaches(), delivery.account) {
            (Reaches::Program | Reaches::Payer | Reaches::Browsers, _) => String::new(),
            (Reaches::Contacts(_), None) => return Ok(Tried::Pointless("it names nobody")),
            (Reaches::Contacts(kind), Some(account)) => match self.contact(account, kind).await? {
                Some(contact) => contact,
                None => return Ok(Tried::Pointless("no address is noted any more")),
            },
        };
        let browsers = match delivery.account {
            Some(account) if endpoint.setting.reaches() == Reaches::Browsers => {
                self.store.read(move |tables| tables.push_subscriptions(account)).await?
            }
            _ => Vec::new(),
        };
        let parcel = Parcel { notice: &delivery.notice, to: &contact, now: self.clock.now() };
        Ok(self.carry(&endpoint.setting, &parcel, &browsers).await.map_or_else(Tried::Failed, Tried::Taken))
    }

    async fn carry(
        &self,
        setting: &Setting,
        parcel: &Parcel<'_>,
        browsers: &[PushSubscription],
    ) -> Result<String, CarryError> {
        let (courier, store) = (&**self.courier, &self.store);
        match setting {
            Setting::Webhook { url, secret, reach } => {
                Webhook { courier, url, secret, reach: *reach }.carry(parcel).await
            }
            // Nobody's payout: what tries it out has a made-up notice.
            Setting::Payouts { url, secret, reach } => {
                Webhook { courier, url: url.address(), secret, reach: *reach }.carry(parcel).await
            }
            Setting::Gateway { url, secret, reach, template, .. } => {
                let hook = Webhook { courier, url, secret, reach: *reach };
                Gateway { hook, template }.carry(parcel).await
            }
            Setting::Mail(server) => Mail { courier, server }.carry(parcel).await,
            Setting::WebPush { key, contact, reach } => {
                WebPush { courier, key, contact, reach: *reach, browsers, store }.carry(parcel).await
            }
        }
    }

    /// Delivers a notice with made-up names now; answers what came of it, in words. Nothing of it is kept.
    pub async fn test(&self, endpoint: &Endpoint, to: &str) -> String {
        let now = self.clock.now();
        let notice = StoredNotice::made_up(&endpoint.region, now);
        match self.carry(&endpoint.setting, &Parcel { notice: &notice, to, now }, &[]).await {
            Ok(said) => said,
            Err(error) => format!("failed: {error}"),
        }
    }

    async fn contact(&self, account: AccountId, kind: ContactKind) -> StoreResult<Option<String>> {
        self.store.read(move |tables| tables.contact(account, kind)).await
    }

    /// Writes the line of the log, and what comes next.
    async fn note(&self, endpoint: &Endpoint, delivery: &Delivery, tried: Tried) -> StoreResult<()> {
        let (at, id) = (self.clock.now(), delivery.id);
        let (state, failures, due, outcome) = match tried {
            Tried::Taken(said) => (DeliveryState::Delivered, 0, at, said),
            Tried::Pointless(why) => (DeliveryState::GivenUp, 0, at, why.to_owned()),
            Tried::Failed(error) => {
                let failures = delivery.failures.saturating_add(1);
                let outcome = error.to_string();
                tracing::warn!(
                    connector.name = endpoint.name,
                    connector.host = endpoint.setting.host(),
                    connector.failures = failures,
                    "a notice was not taken"
                );
                match after_failure(delivery.since, at, failures) {
                    Some(due) => (DeliveryState::Waiting, failures, due, outcome),
                    None => (DeliveryState::GivenUp, failures, at, format!("{outcome}; given up")),
                }
            }
        };
        let attempt = Attempt { at, outcome: outcome_of(&outcome) };
        self.store.write(move |tables| tables.note_attempt(id, &attempt, state, failures, due)).await
    }
}

/// What became of a round. One that broke off is begun anew.
fn ended(round: Result<StoreResult<()>, JoinError>) -> StoreResult<()> {
    round.unwrap_or_else(|panic| {
        tracing::error!(%panic, "a round of deliveries broke off");
        Ok(())
    })
}

/// What is noted of an attempt.
pub(super) fn outcome_of(said: &str) -> String {
    said.chars().filter(|it| !it.is_control()).take(LONGEST_OUTCOME).collect()
}

/// When to try again; `None` when it was tried for long enough.
pub(super) fn after_failure(since: Instant, now: Instant, failures: u32) -> Option<Instant> {
    // Without randomness everything still works, only in step.
    let chance = random::<1>().map_or(128, |[byte]| byte);
    let pause = i64::try_from(pause(failures, chance).as_millis()).unwrap_or(i64::MAX);
    (now.since(since) < GIVES_UP_AFTER).then(|| now.plus(Span::millis(pause)))
}

/// The pause after so many failures in a row: a minute, doubled each time up to an hour, and shortened or lengthened by
/// up to a fifth, so that servers that came down together do not come back together.
fn pause(failures: u32, chance: u8) -> Duration {
    let whole = FIRST_PAUSE.saturating_mul(2_u32.saturating_pow(failures.saturating_sub(1)));
    let whole = whole.min(LONGEST_PAUSE).as_millis();
    // 800 to 1200 thousandths.
    let jittered = whole * (800 + u128::from(chance) * 400 / 255) / 1000;
    let bounds = (FIRST_PAUSE.as_millis(), LONGEST_PAUSE.as_millis());
    Duration::from_millis(u64::try_from(jittered.clamp(bounds.0, bounds.1)).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_grows_from_a_minute_to_an_hour_and_no_two_are_in_step() {
        for (failures, chance, seconds) in [
            (1, 0, 60),
            (1, 255, 72),
            (2, 0, 96),
            (2, 255, 144),
            (6, 0, 1536),
            (7, 0, 2880),
            (7, 255, 3600),
            (u32::MAX, 255, 3600),
        ] {
            assert_eq!(pause(failures, chance).as_secs(), seconds, "{failures} {chance}");
        }
    }

    #[test]
    fn after_three_days_it_is_given_up() {
        let since = Instant::from_unix_millis(0);
        let after = |days| after_failure(since, since.plus(Span::days(days)), 9);
        assert!(after(2).is_some());
        assert_eq!(after(3), None);
    }
}
