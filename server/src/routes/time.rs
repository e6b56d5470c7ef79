//! The server's time under its signature: what a device's own clock is measured against.
//!
//! `POST /api/time` [`AskTime`] → 200 [`ToldTime`]; 400.1, 400.2, 401.1. Nothing is stored.

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use xunan_core::log::ServerTime;
use xunan_core::sync::{AskTime, ToldTime};

use super::Refusal;
use super::body::{self, Answer};
use super::who::Who;
use crate::parts::Parts;

pub(super) fn routes() -> Router<Parts> {
    Router::new().route("/api/time", post(tell))
}

async fn tell(
    State(parts): State<Parts>,
    _who: Who,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let AskTime { nonce } = body::json(&headers, body, body::SMALL).await?;
    let signed = parts.keys.sign(ServerTime { v: ServerTime::VERSION, nonce, at: parts.clock.now() })?;
    Ok(Answer(ToldTime { token: signed.compact().to_owned() }).into_response())
}
