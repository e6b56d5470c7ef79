//! One entry as it was signed, with its receipt: what anybody needs to verify it with a program of their own.
//!
//! | request | answer |
//! | --- | --- |
//! | `GET /api/entries/{id}` | 200 [`KeptEntry`]; 401.1, 404.1 |
//! | `GET /api/entries/{id}/receipt` | 200, the receipt as `application/jose`; 401.1, 404.1 |
//! | `GET /api/entries/{id}/reuse` | 200, a list of [`ReusedPhoto`]; 401.1, 404.1 |
//!
//! With photos, keys and proofs it is in [`super::package`]. An entry is shown to those who may see what it is about,
//! and to its author; to all others it does not exist.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use xunan_core::access::{Account, Sight};
use xunan_core::ids::EntryId;
use xunan_core::ledger::{PhotoUse, Row, RowKey, RowKind};
use xunan_core::log::Body;
use xunan_core::problem::Problem;
use xunan_core::sync::{KeptEntry, KeptPhoto, ReusedPhoto};

use super::Refusal;
use super::body::Answer;
use super::who::Who;
use crate::intake::sight_of_entry;
use crate::ledger_store::{EntryState, Tables};
use crate::parts::Parts;

/// Other uses of one photo that are told, at most: a person looks at each.
const MAX_OTHERS: usize = 10;

pub(super) fn routes() -> Router<Parts> {
    Router::new()
        .route("/api/entries/{id}", get(entry))
        .route("/api/entries/{id}/receipt", get(receipt))
        .route("/api/entries/{id}/reuse", get(reuse))
}

async fn entry(State(parts): State<Parts>, who: Who, Path(id): Path<String>) -> Result<Response, Refusal> {
    Ok(Answer(kept(&parts, who.account, &id).await?).into_response())
}

async fn receipt(State(parts): State<Parts>, who: Who, Path(id): Path<String>) -> Result<Response, Refusal> {
    let receipt = kept(&parts, who.account, &id).await?.receipt.ok_or(Problem::NotFound)?;
    let headers = [(header::CONTENT_TYPE, "application/jose"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, receipt).into_response())
}

async fn reuse(State(parts): State<Parts>, who: Who, Path(id): Path<String>) -> Result<Response, Refusal> {
    let id: EntryId = id.parse().map_err(|_| Problem::NotFound)?;
    let found = parts.store.read(move |tables| reused_photos(tables, &who.account, id)).await?;
    Ok(Answer(found).into_response())
}

/// Photos of an entry that are used elsewhere as well, as far as the account may see where.
fn reused_photos(tables: &dyn Tables, account: &Account, id: EntryId) -> Result<Vec<ReusedPhoto>, Refusal> {
    let (signed, state) = tables.entry(id)?.ok_or(Problem::NotFound)?;
    if sight_of_entry(tables, account, &signed, &state)? == Sight::Hidden {
        return Err(Problem::NotFound.into());
    }
    let photos = match signed.body() {
        Ok(Body::VisitSigned(record)) => PhotoUse::of_record(id, record),
        Ok(Body::HazardStep(step)) => {
            let key = RowKey { kind: RowKind::Hazard, id: step.hazard.to_string() };
            let Some(Row::Hazard(card)) = tables.row(&key)? else { return Ok(Vec::new()) };
            PhotoUse::of_step(id, step, card.facility)
        }
        Ok(Body::RoundDone(round)) => PhotoUse::of_round(id, round),
        Ok(Body::ReportMade(report)) => PhotoUse::of_report(id, report),
        _ => return Ok(Vec::new()),
    };
    let mut reused = Vec::new();
    for (photo, others) in photos.iter().zip(tables.photo_uses_like(&photos, MAX_OTHERS)?) {
        for other in others {
            let Some(how) = photo.reuse_of(&other) else { continue };
            let Some((signed, state)) = tables.entry(other.entry)? else { continue };
            if sight_of_entry(tables, account, &signed, &state)? == Sight::Visible {
                reused.push(ReusedPhoto { photo: photo.photo, other, how });
            }
        }
    }
    Ok(reused)
}

pub(super) async fn kept(parts: &Parts, account: Account, id: &str) -> Result<KeptEntry, Refusal> {
    let id: EntryId = id.parse().map_err(|_| Problem::NotFound)?;
    parts.store.read(move |tables| look_up(tables, &account, id)).await
}

fn look_up(tables: &dyn Tables, account: &Account, id: EntryId) -> Result<KeptEntry, Refusal> {
    let (signed, state) = tables.entry(id)?.ok_or(Problem::NotFound)?;
    if sight_of_entry(tables, account, &signed, &state)? == Sight::Hidden {
        return Err(Problem::NotFound.into());
    }
    let mut photos = Vec::new();
    for digest in signed.entry().photo_digests() {
        let size_bytes = tables.photo(&digest)?.map(|photo| photo.size_bytes);
        photos.push(KeptPhoto { digest, size_bytes });
    }
    let receipt = match state {
        EntryState::InLedger(_, receipt) => Some(receipt),
        EntryState::Held | EntryState::AwaitingPhotos(_) => None,
    };
    Ok(KeptEntry { entry: signed.compact().to_owned(), receipt, photos })
}
