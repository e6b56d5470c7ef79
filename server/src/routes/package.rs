//! One entry as an evidence package: a file that proves itself without this server.
//!
//! `GET /api/entries/{id}/package` → 200, `application/zip`; 401.1, 404.1. It is given to those who may see the entry.
//! Photos are read while it is sent, a few at a time, so that no package is in memory whole.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use http_body::Frame;
use tokio::sync::mpsc;
use xunan_core::ids::EntryId;
use xunan_core::problem::Problem;

use super::Refusal;
use super::entries::kept;
use super::who::Who;
use crate::export::ExportError;
use crate::parts::Parts;

/// Pieces that wait for a slow client: two photos with what stands before each.
const PIECES_AHEAD: usize = 4;

pub(super) fn routes() -> Router<Parts> {
    Router::new().route("/api/entries/{id}/package", get(package))
}

async fn package(State(parts): State<Parts>, who: Who, Path(id): Path<String>) -> Result<Response, Refusal> {
    kept(&parts, who.account, &id).await?;
    let id: EntryId = id.parse().map_err(|_| Problem::NotFound)?;
    let outline = parts.exporter().outline(vec![id]).await?;
    let (sender, receiver) = mpsc::channel(PIECES_AHEAD);
    let photos = parts.photos.clone();
    tokio::task::spawn_blocking(move || {
        let gone = |_| io::Error::from(io::ErrorKind::BrokenPipe);
        let piece = |bytes: Vec<u8>| sender.blocking_send(Ok(Bytes::from(bytes))).map_err(gone);
        if let Err(error) = outline.write(&photos, piece) {
            tracing::warn!(%error, entry = %id, "a package was not sent whole");
            // The client sees a broken connection, and no file that only looks whole.
            let _gone = sender.blocking_send(Err(io::Error::other(error)));
        }
    });
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"xunan-{id}.zip\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, Body::new(Pieces(receiver))).into_response())
}

/// A body that is made on another thread.
struct Pieces(mpsc::Receiver<io::Result<Bytes>>);

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        self.0.poll_recv(context).map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }
}

impl From<ExportError> for Refusal {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Store(error) => error.into(),
            ExportError::Key(error) => error.into(),
            ExportError::Log(error) => error.into(),
            ExportError::Io(error) => error.into(),
            ExportError::NoSuchEntry(_) => Self(Problem::NotFound),
            ExportError::NotWritable(error) => {
                tracing::error!(%error, "a package cannot be written");
                Self(Problem::Internal)
            }
        }
    }
}
