//! Enrolling a device: a browser shows the public half of the key that it signs with.
//!
//! `POST /api/devices` [`EnrolDevice`] → 200 [`Enrolled`]; 400.2, 401.1, 403.1, 403.4. The same device may be
//! enrolled by several people, each of whom may then sign with it; its key never changes.

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use xunan_core::problem::Problem;
use xunan_core::sync::{EnrolDevice, Enrolled};

use super::Refusal;
use super::body::{self, Answer};
use super::who::Who;
use crate::ledger_store::{DeviceState, StoredDevice};
use crate::parts::Parts;

/// A device's name for people, at most, in characters.
const MAX_NAME_CHARS: usize = 80;

pub(super) fn routes() -> Router<Parts> {
    Router::new().route("/api/devices", post(enrol))
}

async fn enrol(
    State(parts): State<Parts>,
    who: Who,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let EnrolDevice { device, name, public_key } = body::json(&headers, body, body::SMALL).await?;
    if public_key.to_sec1().is_none() {
        return Err(Problem::Malformed { detail: "public_key: a P-256 JWK is needed".to_owned() }.into());
    }
    let now = parts.clock.now();
    parts
        .store
        .write(move |tables| {
            match tables.device(device)? {
                None => tables.insert_device(&StoredDevice {
                    id: device,
                    name: name.chars().filter(|it| !it.is_control()).take(MAX_NAME_CHARS).collect(),
                    public_key,
                    state: DeviceState::Enrolled,
                    enrolled: now,
                })?,
                Some(known) if known.state != DeviceState::Enrolled => {
                    return Err(Refusal(Problem::DeviceRevoked { device }));
                }
                // Whoever holds another key is another device.
                Some(known) if known.public_key != public_key => return Err(Refusal(Problem::NotAllowed)),
                Some(_) => {}
            }
            Ok(tables.bind_device(device, who.account.id, now)?)
        })
        .await?;
    let server_keys = parts.keys.published().to_vec();
    Ok(Answer(Enrolled { device, server_keys, server_time: now }).into_response())
}
