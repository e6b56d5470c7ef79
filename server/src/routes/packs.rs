//! Rule packs, by the hash of their bytes.
//!
//! | request | answer |
//! | --- | --- |
//! | `GET /api/packs` | 200, a list of `PackRef` |
//! | `GET /api/packs/{64 hexadecimal digits}` | 200, the exact bytes, for ever the same; 404.1 |
//!
//! They are public: laws and a published checklist, and nothing about anybody.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use xunan_core::digest::Digest;
use xunan_core::problem::Problem;

use super::Refusal;
use super::body::Answer;
use crate::parts::Parts;

pub(super) fn routes() -> Router<Parts> {
    Router::new().route("/api/packs", get(list)).route("/api/packs/{hash}", get(bytes))
}

async fn list(State(parts): State<Parts>) -> Response {
    Answer(parts.packs.references()).into_response()
}

async fn bytes(State(parts): State<Parts>, Path(hash): Path<String>) -> Result<Response, Refusal> {
    let hash = Digest::from_hex(&hash).or_else(|_| hash.parse()).map_err(|_| Problem::NotFound)?;
    let bytes = parts.packs.bytes(&hash).ok_or(Problem::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, bytes.to_vec()).into_response())
}
