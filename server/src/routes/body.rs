//! Bodies of requests: bounded, then parsed, with a numbered problem for each way in which that can fail.

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, header};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use serde::Serialize;
use serde::de::DeserializeOwned;
use xunan_core::problem::Problem;

use super::Refusal;
use axum::response::{IntoResponse, Response};

/// JSON of most routes, at most: a sign-in, an enrolment. In bytes.
pub(super) const SMALL: usize = 16 * 1024;

/// A push, at most. Eight entries of the longest kind, or fifty usual ones. In bytes.
pub(super) const PUSH: usize = 8 * 1024 * 1024;

/// Reads JSON of at most `limit` bytes.
///
/// # Errors
/// [`Problem::TooLarge`], [`Problem::NotJson`] for anything that is not JSON in UTF-8, and [`Problem::Malformed`]
/// for JSON of another shape.
pub(super) async fn json<T: DeserializeOwned>(
    headers: &HeaderMap,
    body: Body,
    limit: usize,
) -> Result<T, Refusal> {
    // Asking for the type keeps out forms of other sites, which cannot set it.
    let is_json = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.split(';').next().is_some_and(|it| it.trim() == "application/json"));
    if !is_json {
        return Err(Problem::NotJson.into());
    }
    let bytes = bytes(body, limit).await?;
    serde_json::from_slice(&bytes).map_err(|error| {
        Refusal(match error.classify() {
            serde_json::error::Category::Data => Problem::Malformed { detail: error.to_string() },
            _ => Problem::NotJson,
        })
    })
}

/// Reads a body of at most `limit` bytes.
///
/// # Errors
/// [`Problem::TooLarge`]; [`Problem::NotJson`], which nobody reads, when the connection broke.
pub(super) async fn bytes(body: Body, limit: usize) -> Result<Bytes, Refusal> {
    match Limited::new(body, limit).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => {
            Err(Problem::TooLarge { limit_bytes: limit as u64 }.into())
        }
        // The connection broke: nobody is there to read the answer.
        Err(_) => Err(Problem::NotJson.into()),
    }
}

/// An answer in JSON that no cache keeps.
pub(super) struct Answer<T>(pub(super) T);

impl<T: Serialize> IntoResponse for Answer<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(json) => {
                let headers =
                    [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
                (headers, json).into_response()
            }
            Err(error) => {
                tracing::error!(%error, "an answer cannot be written as JSON");
                Refusal(Problem::Internal).into_response()
            }
        }
    }
}
