//! Giving out photos.
//!
//! `GET /api/photos/{64 hexadecimal digits}` → 200, the JPEG; 401.1, 404.1. A photo is shown to those who may see an
//! entry that names it, or the hazard that it shows, and to whoever uploaded it; to all others it does not exist. Uploading is in
//! [`super::uploads`].

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use xunan_core::access::{Account, Sight};
use xunan_core::digest::Digest;
use xunan_core::problem::Problem;

use super::Refusal;
use super::who::Who;
use crate::intake::sight_of_photo_in;
use crate::ledger_store::Tables;
use crate::parts::Parts;

pub(super) async fn photo(
    State(parts): State<Parts>,
    who: Who,
    Path(name): Path<String>,
) -> Result<Response, Refusal> {
    let digest = Digest::from_hex(&name).map_err(|_| Problem::NotFound)?;
    let (store, folder) = (parts.store.clone(), parts.photos.clone());
    let bytes = tokio::task::spawn_blocking(move || {
        match store.read_blocking(|tables| sight_of_photo(tables, &who.account, &digest))? {
            Sight::Visible => Ok(folder.read(&digest)?.ok_or(Problem::NotFound)?),
            Sight::Hidden => Err(Refusal(Problem::NotFound)),
        }
    })
    .await??;
    let headers = [
        (header::CONTENT_TYPE, "image/jpeg"),
        (header::CONTENT_DISPOSITION, "inline"),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"),
        (header::CACHE_CONTROL, "private, max-age=31536000, immutable"),
    ];
    Ok((headers, bytes).into_response())
}

fn sight_of_photo(tables: &dyn Tables, account: &Account, digest: &Digest) -> Result<Sight, Refusal> {
    let Some(photo) = tables.photo(digest)? else { return Ok(Sight::Hidden) };
    if photo.uploader == account.id {
        return Ok(Sight::Visible);
    }
    for id in tables.entries_naming(digest)? {
        if let Some((signed, state)) = tables.entry(id)?
            && sight_of_photo_in(tables, account, &signed, &state, digest)? == Sight::Visible
        {
            return Ok(Sight::Visible);
        }
    }
    Ok(Sight::Hidden)
}
