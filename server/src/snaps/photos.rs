//! Photos of citizens: whatever came, what is kept is our own encoding of its pixels, and nothing that the file said of itself
//! or of its owner.

use axum::body::Bytes;
use tokio::task::spawn_blocking;
use xunan_core::clock::Instant;
use xunan_core::evidence::FileClaims;
use xunan_core::ids::PhotoId;
use xunan_core::snap::SnapPhoto;

/// Why a photo cannot be used: the code of the pipeline.
pub use xunan_photo::RefusalCode as PhotoFault;

use super::SnapError;
use crate::clock::id_entropy;
use crate::door::DoorFor;
use crate::intake::IntakeError;
use crate::ledger_store::{StoredPhoto, Tables};
use crate::photo_store::{Claims, FinishError, PhotoFolder, UploadKey};

/// One file, at most, in bytes: twice what a phone's camera writes at its best.
pub const MAX_FILE_BYTES: usize = 20 * 1024 * 1024;

/// A photo that is ready to be stored.
#[derive(Clone)]
pub(super) struct Prepared {
    jpeg: Vec<u8>,
    named: SnapPhoto,
    /// What the file said of itself. Nothing of that is in the picture.
    pub(super) claims: FileClaims,
}

/// Decodes a file and encodes its pixels anew, on a thread that may take some tenths of a second for it.
pub(super) async fn prepare(bytes: Bytes, now: Instant) -> Result<Result<Prepared, PhotoFault>, SnapError> {
    let id = PhotoId::from_parts(now, id_entropy()?);
    let prepared = spawn_blocking(move || {
        if bytes.len() > MAX_FILE_BYTES {
            return Err(PhotoFault::TooManyBytes);
        }
        xunan_photo::prepare(&bytes, None).map_err(|refused| refused.code())
    })
    .await?;
    Ok(prepared.map(|photo| Prepared {
        named: SnapPhoto {
            id,
            stored: photo.jpeg_digest,
            stored_bytes: photo.jpeg.len() as u64,
            likeness: photo.likeness,
            claimed: photo.claims.taken,
        },
        jpeg: photo.jpeg,
        claims: photo.claims,
    }))
}

/// Puts a photo into the photo store, by the way of every upload. Two that are the same go one after the other.
pub(super) async fn keep(folder: &PhotoFolder, claims: &Claims, photo: &Prepared) -> Result<(), SnapError> {
    let key = UploadKey { account: DoorFor::Citizens.account(), digest: photo.named.stored };
    let claim = claims.claim(key).await;
    let (folder, jpeg) = (folder.clone(), photo.jpeg.clone());
    let keeping = move || {
        if folder.size_of(&key.digest)?.is_some() {
            return Ok(());
        }
        let mut upload = folder.begin(key, jpeg.len() as u64)?;
        folder.cut_back(&mut upload, 0)?;
        folder.append(&mut upload, &jpeg)?;
        folder.finish(&upload).map_err(|error| match error {
            FinishError::Disk(error) => error,
            // Our own encoding under its own digest.
            FinishError::WrongDigest | FinishError::NotAPhoto(_) => std::io::ErrorKind::InvalidData.into(),
        })
    };
    spawn_blocking(keeping).await??;
    drop(claim);
    Ok(())
}

impl Prepared {
    /// As the report names it.
    pub(super) fn named(&self) -> SnapPhoto {
        self.named.clone()
    }

    /// Notes that it is here. Asked where nothing else is written, so that no sweep takes it away in between.
    pub(super) fn note(
        &self,
        tables: &dyn Tables,
        folder: &PhotoFolder,
        now: Instant,
    ) -> Result<(), SnapError> {
        let SnapPhoto { stored: digest, stored_bytes: size_bytes, .. } = self.named;
        if folder.size_of(&digest)?.is_none() {
            return Err(IntakeError::PhotoGone.into());
        }
        Ok(tables
            .insert_photo(&StoredPhoto { digest, size_bytes, uploader: DoorFor::Citizens.account() }, now)?)
    }
}
