//! `xunan admin connectors` for systems that pay rewards: what was sent to one, and again. No name of a person is among it.

use std::fmt::Write as _;

use xunan_core::clock::Instant;
use xunan_core::digest::Digest;
use xunan_core::ids::EntryId;

use crate::admin_connectors::state_words;
use crate::connectors::Setting;
use crate::ledger_store::{DeliveryState, Endpoint, PayoutDelivery, PayoutWay, StoreResult, Tables};

/// Where an endpoint has payouts sent to, if it is a system that pays.
pub(crate) fn address_of(endpoint: &Endpoint) -> Option<Digest> {
    match &endpoint.setting {
        Setting::Payouts { url, .. } => Some(url.address().digest()),
        Setting::Webhook { .. } | Setting::Gateway { .. } | Setting::Mail(_) | Setting::WebPush { .. } => {
            None
        }
    }
}

/// What was sent to an address, newest first, with the last attempt of each.
pub(crate) fn log(tables: &dyn Tables, address: Digest, limit: usize) -> StoreResult<String> {
    let mut lines = String::new();
    for (order, PayoutDelivery { state, failures, due, tried, .. }) in
        tables.payouts_sent_to(address, limit)?
    {
        let state = state_words(state, due);
        // Writing to a String cannot fail.
        let _ = writeln!(lines, "{order}  {state}  {failures} failures");
        if let Some((at, outcome)) = tried {
            let _ = writeln!(lines, "    {at}  {outcome}");
        }
    }
    Ok(lines)
}

/// Sends again what was given up; answers how many those are. Each keeps its number.
pub(crate) fn replay(tables: &dyn Tables, to: Digest, now: Instant) -> StoreResult<usize> {
    let given_up =
        |(order, it): (EntryId, PayoutDelivery)| (it.state == DeliveryState::GivenUp).then_some(order);
    let orders: Vec<EntryId> =
        tables.payouts_sent_to(to, usize::from(u16::MAX))?.into_iter().filter_map(given_up).collect();
    for order in &orders {
        let delivery = PayoutDelivery::begun(now);
        tables.put_payout_way(*order, &PayoutWay::Sent { to, delivery })?;
    }
    Ok(orders.len())
}
