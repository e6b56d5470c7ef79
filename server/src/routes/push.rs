//! Taking in what a device wrote.
//!
//! `POST /api/push` [`Push`] → 200 `PushAnswer`, one outcome per entry; 400.x, 401.1, 403.3, 413.1, 503.1, 507.1.
//! Pushing again changes nothing and answers the same.

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use xunan_core::problem::Problem;
use xunan_core::sync::Push;

use super::Refusal;
use super::body::{self, Answer};
use super::who::Who;
use crate::parts::Parts;

/// Entries that are verified on the thread of the request, at most: each takes some 100 µs, and handing it to a thread
/// for blocking work and back some 40 µs. With more, the other requests of the thread would wait too long.
const QUICK_ENTRIES: usize = 2;

/// Their bytes in all, at most: reading JSON takes some 5 µs for a kilobyte.
const QUICK_BYTES: usize = 64 * 1024;

pub(super) fn routes() -> Router<Parts> {
    Router::new().route("/api/push", post(push))
}

async fn push(
    State(parts): State<Parts>,
    who: Who,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let Push { device, entries, page } = body::json(&headers, body, body::PUSH).await?;
    if entries.len() > Push::MAX_ENTRIES {
        let detail = format!("entries: {} at most", Push::MAX_ENTRIES);
        return Err(Problem::Malformed { detail }.into());
    }
    // Reading and verifying costs more than storing, so it happens beside the other requests, not in the queue. A
    // revoked device gets this far: each of its entries is answered for itself.
    let is_quick =
        entries.len() <= QUICK_ENTRIES && entries.iter().map(String::len).sum::<usize>() <= QUICK_BYTES;
    let intake = parts.intake.clone();
    let verify = move || intake.read_and_verify(device, who.account.id, &entries);
    let arrivals = if is_quick { verify()? } else { tokio::task::spawn_blocking(verify).await?? };
    let arrivals = arrivals.ok_or(Problem::DeviceUnknown { device })?;
    Ok(Answer(parts.intake.push(device, arrivals, page, parts.clock.now()).await?).into_response())
}
