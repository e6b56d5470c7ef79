//! What the server tells others, unasked: nothing, unless the operator named them on the command line, or added them as an
//! endpoint with `xunan admin connectors`.
//!
//! ```text
//! daily_roots ─┬─► roots: POST to each --send-roots-to ─────────► root_deliveries
//!              └─► time_stamp: asks --time-stamp-roots-at ──────► daily_roots.time_stamp
//! payouts ──────► payouts: POST of orders, with who claims ─────► payouts_left
//! deliveries ───► dispatcher: webhook, gateway, mail, Web Push ──► delivery_attempts
//! ```
//!
//! A connector looks for work in the store, does it over `courier`, and notes it in the store; so it goes on after a
//! restart where it was. What failed is tried again, after a pause that grows. Logs name the host alone: paths and
//! queries may hold secrets.

mod address;
mod setting;
mod reach;
mod courier;
mod der;
mod roots;
mod time_stamp;
mod event;
mod carrier;
mod mail;
mod web_push;
mod dispatcher;
mod payouts;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use tokio::task::JoinSet;
use xunan_core::clock::{Date, Span};

pub use address::{Address, NotAnAddress, NotSecure, SecureAddress};
pub use courier::{Courier, CourierError, Letter, system_authorities};
pub use dispatcher::Dispatcher;
pub use payouts::PayoutSender;
pub use roots::RootSender;
pub use setting::{MailSecurity, MailServer, NotATemplate, Reach, Reaches, Secret, Setting, Template};
pub use time_stamp::{StampFault, TimeStamper};
pub(crate) use web_push::{is_usable, public_key};

use crate::clock::{Clock, NoEntropy};
use crate::ledger_store::StoreError;
use crate::parts::Parts;

/// How often a connector without work looks for some.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// The pause after the first failure, doubled by each further one, and at most.
const FIRST_PAUSE: Duration = Duration::from_secs(60);
const LONGEST_PAUSE: Duration = Duration::from_secs(3600);

/// Roots of so many days are caught up with: an address that is new, or was away for longer, fetches the older ones.
const CATCHES_UP: Span = Span::days(30);

/// Roots of one look at the store.
const AT_ONCE: usize = 31;

/// Whom to tell what. Off unless asked for.
#[derive(Clone, Debug, Default, Args)]
pub struct ConnectorOptions {
    /// Sends the signed root of each day to this address, by POST as application/jose. May be given several times.
    #[arg(long, value_name = "URL")]
    pub send_roots_to: Vec<Address>,
    /// Has the root of each day stamped by the time-stamping authority (RFC 3161) at this address.
    #[arg(long, value_name = "URL")]
    pub time_stamp_roots_at: Option<Address>,
}

/// Why a connector could not do its work. It will try again.
#[derive(Debug, thiserror::Error)]
pub enum ConnectorError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The other side could not be reached, or did not accept.
    #[error(transparent)]
    Courier(#[from] CourierError),
    /// The answer is no time-stamp of the root.
    #[error("the answer is no time-stamp of this root: {0}")]
    Stamp(#[from] StampFault),
    /// No nonce could be drawn.
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
}

/// Something that does work which it finds in the store.
trait Connector: Send + Sync + 'static {
    /// Does all the work that there is now; stops at the first that fails.
    fn work_off(&self) -> impl Future<Output = Result<(), ConnectorError>> + Send;
    /// For the log.
    fn host(&self) -> &str;
}

/// Starts what was asked for. It ends when the set is dropped.
pub fn start(options: &ConnectorOptions, parts: &Parts) -> JoinSet<()> {
    let Parts { store, snaps, clock, .. } = parts;
    let mut running = JoinSet::new();
    let ConnectorOptions { send_roots_to, time_stamp_roots_at } = options;
    // Endpoints are added beside a running server: this one always looks.
    running.spawn(Dispatcher::new(store.clone(), clock.clone(), system_authorities).keep_up());
    let payouts = PayoutSender::new(store.clone(), snaps.clone(), clock.clone(), system_authorities);
    running.spawn(payouts.keep_up());
    if send_roots_to.is_empty() && time_stamp_roots_at.is_none() {
        return running;
    }
    let courier = Arc::new(Courier::new(system_authorities()));
    for address in send_roots_to {
        let sender = RootSender::new(store.clone(), clock.clone(), Arc::clone(&courier), address.clone());
        running.spawn(keep_at_it(sender));
    }
    if let Some(authority) = time_stamp_roots_at {
        let stamper = TimeStamper::new(store.clone(), clock.clone(), courier, authority.clone());
        running.spawn(keep_at_it(stamper));
    }
    running
}

async fn keep_at_it(connector: impl Connector) {
    let mut failures = 0;
    loop {
        match connector.work_off().await {
            Ok(()) => failures = 0,
            Err(error) => {
                failures += 1;
                let host = connector.host();
                tracing::warn!(connector.host = host, connector.failures = failures, %error, "tries again later");
            }
        }
        tokio::time::sleep(pause_after(failures)).await;
    }
}

/// How long to wait after so many failures in a row.
fn pause_after(failures: u32) -> Duration {
    match failures.checked_sub(1) {
        None => LOOK_EVERY,
        Some(further) => FIRST_PAUSE.saturating_mul(2_u32.saturating_pow(further)).min(LONGEST_PAUSE),
    }
}

/// The first day whose root is still caught up with.
fn first_day(clock: &Clock) -> Date {
    clock.now().plus(Span::millis(-CATCHES_UP.as_millis())).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_grows_from_a_minute_to_an_hour() {
        let seconds: Vec<u64> = (0..9).map(|failures| pause_after(failures).as_secs()).collect();
        assert_eq!(seconds, [5, 60, 120, 240, 480, 960, 1920, 3600, 3600]);
        assert_eq!(pause_after(u32::MAX), LONGEST_PAUSE);
    }
}
