//! The one place where anything that goes wrong becomes an HTTP answer: a numbered problem of core's catalogue.
//!
//! A failure of the server is logged here, once, with its cause; the client learns that it failed and no more.

use std::io;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use xunan_core::problem::Problem;

use crate::accounts::PasswordError;
use crate::clock::NoEntropy;
use crate::intake::IntakeError;
use crate::keys::KeyError;
use crate::ledger_store::StoreError;
use crate::transparency::LogError;

/// What every route answers when it does not do what it was asked.
#[derive(Clone, Debug)]
pub struct Refusal(pub Problem);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let Self(problem) = self;
        let status = problem
            .status()
            .and_then(|status| StatusCode::from_u16(status).ok())
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&problem).unwrap_or_else(|_| br#"{"code":"internal"}"#.to_vec());
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json")),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ];
        let mut response = (status, headers, body).into_response();
        let again = match problem {
            Problem::TooMany { retry_after_seconds } => Some(retry_after_seconds),
            Problem::Unavailable | Problem::ServerFull => Some(30),
            _ => None,
        };
        if let Some(seconds) = again {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store failed");
        Self(match error {
            StoreError::Full => Problem::ServerFull,
            StoreError::Unavailable(_) => Problem::Unavailable,
            StoreError::Damaged(_) | StoreError::Refused(_) | StoreError::FromTheFuture { .. } => {
                Problem::Internal
            }
        })
    }
}

impl From<IntakeError> for Refusal {
    fn from(error: IntakeError) -> Self {
        match error {
            IntakeError::Store(error) => error.into(),
            IntakeError::Key(error) => error.into(),
            IntakeError::Photos(error) => error.into(),
            IntakeError::PhotoGone => Self(Problem::Unavailable),
        }
    }
}

impl From<LogError> for Refusal {
    fn from(error: LogError) -> Self {
        match error {
            LogError::Store(error) => error.into(),
            LogError::Key(error) => error.into(),
        }
    }
}

impl From<KeyError> for Refusal {
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::Store(error) => error.into(),
            KeyError::Damaged | KeyError::NoEntropy => failed(&error),
        }
    }
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        tracing::error!(%error, "the photo store failed");
        Self(match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Problem::ServerFull,
            _ => Problem::Unavailable,
        })
    }
}

impl From<PasswordError> for Refusal {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::Refused(why) => Self(Problem::PasswordRefused { why }),
            PasswordError::Failed(_) => failed(&error),
        }
    }
}

impl From<NoEntropy> for Refusal {
    fn from(error: NoEntropy) -> Self {
        failed(&error)
    }
}

impl From<tokio::task::JoinError> for Refusal {
    fn from(error: tokio::task::JoinError) -> Self {
        failed(&error)
    }
}

fn failed(error: &dyn std::error::Error) -> Refusal {
    tracing::error!(%error, "a request failed");
    Refusal(Problem::Internal)
}
