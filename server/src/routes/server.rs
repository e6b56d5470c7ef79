//! About the server itself.
//!
//! | request | answer |
//! | --- | --- |
//! | `GET /healthz` | 200 `ok` while the database answers; 503.1 |
//! | `GET /.well-known/jwks.json` | 200, the public keys that receipts are signed with (RFC 7517) |

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;

use super::Refusal;
use crate::parts::Parts;

pub(super) fn routes() -> Router<Parts> {
    Router::new().route("/healthz", get(health)).route("/.well-known/jwks.json", get(keys))
}

async fn health(State(parts): State<Parts>) -> Result<Response, Refusal> {
    parts.store.read(|tables| tables.last_position().map(|_| ())).await?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")], "ok")
        .into_response())
}

async fn keys(State(parts): State<Parts>) -> Response {
    let headers =
        [(header::CONTENT_TYPE, "application/jwk-set+json"), (header::CACHE_CONTROL, "public, max-age=3600")];
    (headers, parts.keys.key_set().to_json()).into_response()
}
