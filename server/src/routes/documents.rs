//! Documents as files.
//!
//! | request | answer |
//! | --- | --- |
//! | `GET /api/documents/{id}.pdf?overlay=0|1` | 200 `application/pdf`; 401.1, 404.1, 503.2 |
//!
//! With `overlay=1` the values alone are printed, at their places on a pre-printed form 套打. Whoever may see the
//! document's row may have it.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use serde::Deserialize;
use xunan_core::access::Sight;
use xunan_core::ids::DocumentId;
use xunan_core::ledger::{DocumentCard, Row, RowKey, RowKind};
use xunan_core::problem::Problem;

use super::Refusal;
use super::who::Who;
use crate::documents::{Paper, PressError};
use crate::ledger_store::Tables;
use crate::parts::Parts;

pub(super) fn routes() -> Router<Parts> {
    Router::new().route("/api/documents/{file}", get(pdf))
}

/// What is asked for.
#[derive(Deserialize)]
struct Asked {
    /// 1 for the values alone.
    #[serde(default)]
    overlay: u8,
}

async fn pdf(
    State(parts): State<Parts>,
    who: Who,
    Path(file): Path<String>,
    asked: Result<Query<Asked>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Refusal> {
    let Query(Asked { overlay }) = asked.map_err(|error| Problem::Malformed { detail: error.body_text() })?;
    let paper = if overlay == 1 { Paper::Preprinted } else { Paper::Blank };
    let id: DocumentId = file.strip_suffix(".pdf").and_then(|id| id.parse().ok()).ok_or(Problem::NotFound)?;
    let key = RowKey { kind: RowKind::Document, id: id.to_string() };
    let row = parts.store.read(move |tables: &dyn Tables| tables.row(&key)).await?;
    let seen = row.filter(|row| row.seen_by(&who.account) == Sight::Visible);
    let Some(Row::Document(card)) = seen else { return Err(Problem::NotFound.into()) };
    let DocumentCard { number, issue, .. } = card.get().ok_or(Problem::Internal)?;
    let number = *number;
    let issue = issue.read().map_err(|_| Problem::Internal)?;
    let press = parts.press.clone();
    let bytes = tokio::task::spawn_blocking(move || press.print(&issue, number, paper)).await??;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, format!("inline; filename=\"xunan-{id}.pdf\"")),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

impl From<PressError> for Refusal {
    fn from(error: PressError) -> Self {
        tracing::warn!(%error, "a document cannot be printed");
        Self(match error {
            PressError::NoFont => Problem::NoFont,
            PressError::Unreadable { .. } => Problem::Internal,
        })
    }
}
