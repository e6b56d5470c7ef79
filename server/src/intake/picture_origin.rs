//! Where the pictures come from that an entry about an article names: whether they were made for one, or show something on record.
//!
//! A photo is known by its bytes alone, and whoever has seen its digest could name it. What was photographed as evidence is for the eyes
//! of those who may see it, and an article is for everybody's: so a picture that no article had before must have been sent by somebody who
//! signs with the same device, and no entry of another kind may name it.

use xunan_core::digest::Digest;
use xunan_core::knowledge::PictureOrigin;
use xunan_core::log::{ArticleBody, Entry};

use crate::ledger_store::{EntryState, StoreResult, Tables};

/// Where each photo of an entry comes from, in their order. What the ledger had before `position`, the entry's own, decides: so the same
/// comes out when rows are made again from entries.
pub(crate) fn origins(tables: &dyn Tables, entry: &Entry, position: u64) -> StoreResult<Vec<PictureOrigin>> {
    entry.photos.iter().map(|photo| origin(tables, entry, position, &photo.digest)).collect()
}

fn origin(tables: &dyn Tables, entry: &Entry, position: u64, picture: &Digest) -> StoreResult<PictureOrigin> {
    if tables.article_showing(picture)?.is_some() {
        return Ok(PictureOrigin::Known);
    }
    let Some(photo) = tables.photo(picture)? else { return Ok(PictureOrigin::Elsewhere) };
    if !tables.device_serves(entry.device, photo.uploader)? || is_on_record(tables, position, picture)? {
        return Ok(PictureOrigin::Elsewhere);
    }
    Ok(PictureOrigin::Sent)
}

/// Whether an entry before `position` that is not about an article names it.
fn is_on_record(tables: &dyn Tables, position: u64, picture: &Digest) -> StoreResult<bool> {
    for id in tables.entries_naming(picture)? {
        let Some((signed, EntryState::InLedger(place, _))) = tables.entry(id)? else { continue };
        if place.position < position && signed.entry().kind != ArticleBody::STEPPED {
            return Ok(true);
        }
    }
    Ok(false)
}
