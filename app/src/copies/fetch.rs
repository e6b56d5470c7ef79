//! Going on with a draft of another phone: fetched, opened, every picture compared with its hash, then stored in one
//! transaction. Until that, nothing on this phone has changed.

use std::collections::BTreeSet;

use js_sys::Uint8Array;
use leptos::prelude::*;
use xunan_core::copies::{Copied, DraftCopy};
use xunan_core::digest::Digest;
use xunan_core::ids::{PhotoId, VisitId};
use xunan_core::problem::Problem;
use xunan_core::sealing::shadow::ShadowOf;
use xunan_core::visit::Part;

use super::copying::Copying;
use super::envelope::{self, Fetched};
use super::key;
use crate::browser::binary::BinaryPart;
use crate::browser::locks::{self, Asking};
use crate::browser::{Binary, clock};
use crate::store::{DraftCard, NewPhoto, Over, Restored, StoreFailed};

/// Why a draft was not taken over. Nothing has changed then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NotTakenOver {
    /// The server, the way to it, or the storage.
    Problem(Problem),
    /// None of this phone's keys opens it.
    Locked,
    /// The server has it no longer.
    Gone,
    /// It is open in another window.
    OtherWindow,
}

impl From<Problem> for NotTakenOver {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<StoreFailed> for NotTakenOver {
    fn from(failed: StoreFailed) -> Self {
        Self::Problem(failed.into())
    }
}

/// Photos that stand in the draft and had not reached the server.
pub(super) type MissingPhotos = u32;

impl Copying {
    /// Goes on with another phone's draft of a visit on this phone.
    ///
    /// # Errors
    /// [`NotTakenOver`].
    pub(super) async fn take_over_draft(
        &self,
        visit: VisitId,
        over: Over,
    ) -> Result<MissingPhotos, NotTakenOver> {
        let name = format!("xunan-draft-{visit}");
        let held = locks::ask(&name, Asking::IfAvailable, || ()).await;
        let Some(_held) = held else { return Err(NotTakenOver::OtherWindow) };
        let (plain, digest, version) = self.open(visit, ShadowOf::Draft).await?;
        let copy: DraftCopy = serde_json::from_slice(&plain.to_vec())
            .map_err(|_| Problem::Malformed { detail: "draft".to_owned() })?;
        let mut photos = Vec::new();
        let mut here = BTreeSet::new();
        for part in &copy.parts {
            let Part::Photo { photo } = part else { continue };
            let capture = photo.manifest.capture.as_deref();
            let (id, stored) = (photo.manifest.id, photo.manifest.stored);
            let Some(jpeg) = self.picture(visit, ShadowOf::Photo(id), stored).await? else { continue };
            let small = match capture {
                Some(capture) => self.picture(visit, ShadowOf::Thumbnail(id), capture.thumbnail).await?,
                None => None,
            };
            let original = match capture.and_then(|it| it.original) {
                Some(kept) => self.picture(visit, ShadowOf::Photo(kept), photo.manifest.original).await?,
                None => None,
            };
            here.insert(id);
            here.extend(original.as_ref().map(|_| id.of_original()));
            let thumbnail = small.unwrap_or_else(|| jpeg.clone());
            photos.push(NewPhoto { id, jpeg, thumbnail, original });
        }
        self.store_taken_over(visit, copy, (digest, version), (here, photos), over).await
    }

    async fn store_taken_over(
        &self,
        visit: VisitId,
        copy: DraftCopy,
        (tag, version): (Digest, u64),
        (here, photos): (BTreeSet<PhotoId>, Vec<NewPhoto>),
        over: Over,
    ) -> Result<MissingPhotos, NotTakenOver> {
        let (store, copied) = (self.store(), Copied::taken_over(tag, version, here.clone()));
        let malformed = || Problem::Malformed { detail: "draft".to_owned() };
        let (draft, missing) = copy.restored(visit, &here).ok_or_else(malformed)?;
        let pack = &draft.head().pack;
        self.sync().fetch_pack(pack).await?;
        let unknown = || Problem::UnknownPack { hash: pack.hash };
        let loaded = store.pack(pack).await?.ok_or_else(unknown)?;
        let card = DraftCard::of(&draft, draft.progress(&loaded), clock::now());
        store.take_over(&Restored { parts: draft.parts(), card, photos, copied }, over).await?;
        self.seen().update(|seen| seen.elsewhere.retain(|other| other.visit != visit));
        Ok(missing)
    }

    async fn open(&self, visit: VisitId, of: ShadowOf) -> Result<(Uint8Array, Digest, u64), NotTakenOver> {
        match envelope::fetch(&self.keys(), self.label(visit, of, 0)).await? {
            Fetched::Plain { plain, digest, version } => Ok((plain, digest, version)),
            Fetched::Locked => Err(NotTakenOver::Locked),
            Fetched::Gone => Err(NotTakenOver::Gone),
        }
    }

    /// A picture that is what the draft says that it is. One that is not, or does not open, counts as one that had not
    /// reached the server.
    async fn picture(&self, visit: VisitId, of: ShadowOf, wanted: Digest) -> Result<Option<Binary>, Problem> {
        let fetched = envelope::fetch(&self.keys(), self.label(visit, of, 0)).await?;
        let Fetched::Plain { plain, .. } = fetched else { return Ok(None) };
        let picture = Binary::joined([BinaryPart::Buffer(plain)], "image/jpeg").map_err(key::refused)?;
        let digest = picture.digest().await.map_err(key::refused)?;
        Ok((digest == wanted).then_some(picture))
    }

    /// Tries a password from before its change on a draft. When it opens it, its key is kept, and the draft's line is
    /// shown.
    ///
    /// # Errors
    /// [`NotTakenOver::Locked`] when it is not that password.
    pub(super) async fn unlock(&self, visit: VisitId, password: &str) -> Result<(), NotTakenOver> {
        let store = self.store();
        let old = key::derive(store.account(), password).await?;
        match envelope::fetch(std::slice::from_ref(&old), self.label(visit, ShadowOf::Draft, 0)).await? {
            Fetched::Plain { .. } => {}
            Fetched::Locked => return Err(NotTakenOver::Locked),
            Fetched::Gone => return Err(NotTakenOver::Gone),
        }
        Ok(store.save_old_key(old).await?)
    }
}
