//! Encrypted copies of drafts, each account's own: to all others they do not exist.
//!
//! | request | answer |
//! | --- | --- |
//! | `GET /api/shadows` | 200 [`KeptShadows`]; 401.1 |
//! | `PUT /api/shadows/{visit}/{name}` | 200, 409, 412 or 507 and [`ShadowOutcome`]; 401.1, 404.1, 413.1 |
//! | `GET /api/shadows/{visit}/{name}` | 200, the bytes, `ETag`; 401.1, 404.1 |
//! | `DELETE /api/shadows/{visit}/{name}` | 204, also when there was none; 401.1, 404.1 |
//! | `DELETE /api/shadows/{visit}` | 204, the same for all of a visit; 401.1, 404.1 |
//!
//! `PUT` takes `If-Match: "<64 hexadecimal digits>"` and `If-None-Match: *`: a phone replaces only what it knows. What
//! is in the bytes is the phones' business (`docs/shadow-copies.md`).

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{delete, get};
use xunan_core::digest::Digest;
use xunan_core::ids::VisitId;
use xunan_core::problem::Problem;
use xunan_core::sync::{KeptShadows, ShadowName};

use super::Refusal;
use super::body::{self, Answer};
use super::who::Who;
use crate::parts::Parts;
use crate::shadows::{MAX_SHADOW_BYTES, Replaces, ShadowError};

pub(super) fn routes() -> Router<Parts> {
    Router::new()
        .route("/api/shadows", get(list))
        .route("/api/shadows/{visit}", delete(forget_visit))
        .route("/api/shadows/{visit}/{name}", get(bytes).put(keep).delete(forget))
}

async fn list(State(parts): State<Parts>, who: Who) -> Result<Response, Refusal> {
    let shadows = parts.shadows.of(who.account.id).await?;
    Ok(Answer(KeptShadows { shadows, server_time: parts.clock.now() }).into_response())
}

async fn keep(
    State(parts): State<Parts>,
    who: Who,
    Path((visit, name)): Path<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let (visit, name) = named(&visit, &name)?;
    let replaces = replaces(&headers)?;
    let bytes = body::bytes(body, MAX_SHADOW_BYTES as usize).await?;
    let key = (who.account.id, visit, name);
    let outcome = parts.shadows.keep(key, replaces, bytes.into(), parts.clock.now()).await?;
    let status = StatusCode::from_u16(outcome.status()).map_err(|_| Problem::Internal)?;
    Ok((status, Answer(outcome)).into_response())
}

async fn bytes(
    State(parts): State<Parts>,
    who: Who,
    Path((visit, name)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let (visit, name) = named(&visit, &name)?;
    let found = parts.shadows.read(who.account.id, visit, name).await?;
    let (kept, bytes) = found.ok_or(Problem::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::ETAG, format!("\"{}\"", kept.digest.hex())),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

async fn forget(
    State(parts): State<Parts>,
    who: Who,
    Path((visit, name)): Path<(String, String)>,
) -> Result<StatusCode, Refusal> {
    let (visit, name) = named(&visit, &name)?;
    parts.shadows.forget(who.account.id, visit, Some(name)).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn forget_visit(
    State(parts): State<Parts>,
    who: Who,
    Path(visit): Path<String>,
) -> Result<StatusCode, Refusal> {
    let visit = visit.parse().map_err(|_| Problem::NotFound)?;
    parts.shadows.forget(who.account.id, visit, None).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn named(visit: &str, name: &str) -> Result<(VisitId, ShadowName), Refusal> {
    let visit = visit.parse().map_err(|_| Problem::NotFound)?;
    Ok((visit, name.parse().map_err(|_| Problem::NotFound)?))
}

/// What the two headers say; anything else in them is a mistake, never "whatever is there".
fn replaces(headers: &HeaderMap) -> Result<Replaces, Refusal> {
    let given = |name| headers.get(name).map(|value| value.to_str().unwrap_or_default().trim());
    match (given(header::IF_MATCH), given(header::IF_NONE_MATCH)) {
        (None, None) => Ok(Replaces::Anything),
        (None, Some("*")) => Ok(Replaces::Nothing),
        (Some(tag), None) => {
            let hex = tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"'));
            hex.and_then(|hex| Digest::from_hex(hex).ok())
                .map(Replaces::Exactly)
                .ok_or_else(|| malformed("If-Match"))
        }
        _ => Err(malformed("If-None-Match")),
    }
}

fn malformed(header: &str) -> Refusal {
    Refusal(Problem::Malformed { detail: header.to_owned() })
}

impl From<ShadowError> for Refusal {
    fn from(error: ShadowError) -> Self {
        match error {
            ShadowError::Store(error) => error.into(),
            ShadowError::Disk(error) => error.into(),
            ShadowError::NoEntropy(error) => error.into(),
            ShadowError::Gone(error) => error.into(),
        }
    }
}
