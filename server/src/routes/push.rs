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

pub(super) fn routes() -> Router<Parts> {
    Router::new().route("/api/push", post(push))
}

async fn push(
    State(parts): State<Parts>,
    who: Who,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let Push { device, entries } = body::json(&headers, body, body::PUSH).await?;
    if entries.len() > Push::MAX_ENTRIES {
        let detail = format!("entries: {} at most", Push::MAX_ENTRIES);
        return Err(Problem::Malformed { detail }.into());
    }
    // Reading and verifying costs more than storing, so it happens beside the other requests, not in the queue.
    let intake = parts.intake.clone();
    let store = parts.store.clone();
    let arrivals = tokio::task::spawn_blocking(move || {
        // A revoked device gets this far: each of its entries is answered for itself.
        match store.read_blocking(|tables| tables.device_serves(device, who.account.id))? {
            true => Ok(intake.read_and_verify(&entries)?),
            false => Err(Refusal(Problem::DeviceUnknown { device })),
        }
    })
    .await??;
    Ok(Answer(parts.intake.push(device, arrivals, parts.clock.now()).await?).into_response())
}
