//! Whose photos the camera takes: a visit's, or those of a piece of work. The way from the shutter to the disk is one.

use leptos::prelude::*;
use xunan_core::evidence::PhotoManifest;
use xunan_core::ids::PhotoId;
use xunan_core::visit::{DraftPhoto, Keeping, PhotoOf};

use super::hold::Hold;
use super::open_visit::OpenVisit;
use crate::i18n::texts;
use crate::store::{DraftKey, NewPhoto, Shows, Store, StoreFailed};
use crate::work::OpenWork;

/// The draft that photos belong to; copies are the same one.
#[derive(Clone, Copy)]
pub(crate) enum PhotosOf {
    /// A visit.
    Visit(OpenVisit),
    /// A piece of work.
    Work(OpenWork),
}

impl PhotosOf {
    pub(super) fn store(self) -> Store {
        match self {
            Self::Visit(visit) => visit.store(),
            Self::Work(work) => work.store(),
        }
    }

    pub(super) fn key(self) -> DraftKey {
        match self {
            Self::Visit(visit) => visit.id().into(),
            Self::Work(work) => work.work().key(),
        }
    }

    pub(super) fn hold(self) -> RwSignal<Hold> {
        match self {
            Self::Visit(visit) => visit.hold,
            Self::Work(work) => work.hold,
        }
    }

    /// Whether its page was left while a photo of it was prepared. What is on disk by then is found by the next opening.
    pub(super) fn is_gone(self) -> bool {
        match self {
            Self::Visit(visit) => visit.hold.try_get_untracked().is_none(),
            Self::Work(work) => work.photos.try_with_untracked(|_| ()).is_none(),
        }
    }

    /// The photo that was taken last, those that were taken back included.
    pub(super) fn last_photo(self) -> Option<PhotoId> {
        match self {
            Self::Visit(visit) => visit.with(|draft, _| draft.photos().last().map(|it| it.manifest.id)),
            Self::Work(work) => work.photos.with_untracked(|photos| photos.last().map(|it| it.manifest.id)),
        }
    }

    /// How many photos came after that one.
    pub(super) fn photos_after(self, last: Option<PhotoId>) -> u32 {
        let count = match self {
            Self::Visit(visit) => {
                visit.with(|draft, _| draft.photos().filter(|photo| Some(photo.manifest.id) > last).count())
            }
            Self::Work(work) => work
                .photos
                .with_untracked(|photos| photos.iter().filter(|it| Some(it.manifest.id) > last).count()),
        };
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// What is written into the picture: the institution, and who took it, where that is to be known.
    pub(super) fn names(self) -> (String, Option<String>) {
        match self {
            Self::Visit(visit) => visit.with(|draft, _| {
                let head = draft.head();
                (head.facility.name.clone(), Some(head.lead.name.clone()))
            }),
            Self::Work(work) => work.names(),
        }
    }

    /// What is photographed, in words.
    pub(super) fn in_words(self, shows: &Shows) -> String {
        match (self, shows) {
            (Self::Visit(visit), Shows::Visit(shows)) => subject_of(visit, shows),
            (Self::Work(work), Shows::Part { part }) => work.part_in_words(*part),
            _ => String::new(),
        }
    }

    /// Stores a photo's bytes with the part that names it, in one write, and shows it only then.
    pub(super) async fn add_photo(
        self,
        photo: NewPhoto,
        manifest: PhotoManifest,
        shows: Shows,
    ) -> Result<(), StoreFailed> {
        // What a window that only reads has photographed is found by the one that writes.
        if self.is_gone() || self.hold().get_untracked() == Hold::Elsewhere {
            return Err(StoreFailed::Closed);
        }
        match (self, shows) {
            (Self::Visit(visit), Shows::Visit(shows)) => {
                visit.add_photo(photo, DraftPhoto { manifest, shows, keeping: Keeping::Kept }).await
            }
            (Self::Work(work), Shows::Part { part }) => work.add_photo(photo, manifest, part).await,
            // Notes are kept under the draft that they are of.
            _ => Err(StoreFailed::other("ForeignShot")),
        }
    }
}

/// What is photographed, in words.
fn subject_of(visit: OpenVisit, shows: &PhotoOf) -> String {
    let t = texts();
    visit.with(|draft, pack| match shows {
        PhotoOf::Item(item) => {
            pack.item(item.as_str()).map(|item| t.lang().of(&item.text).to_owned()).unwrap_or_default()
        }
        PhotoOf::Free(id) => {
            let title =
                draft.free_hazards().find(|(hazard, _)| hazard == id).map(|(_, free)| free.title.clone());
            title.filter(|title| !title.is_empty()).unwrap_or_else(|| t.hazard().new_title().to_owned())
        }
        PhotoOf::Revisit(_) => t.walk().revisit_title().to_owned(),
        PhotoOf::Visit => draft.head().facility.name.clone(),
    })
}
