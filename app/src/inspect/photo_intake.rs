//! From a frame or a file to a photo that counts: prepared in the worker, stored, and only then shown as stored.

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::evidence::{CameraWay, PhotoManifest};
use xunan_core::ids::PhotoId;
use xunan_core::problem::Problem;
use xunan_core::visit::{DraftPhoto, Keeping, PhotoOf};

use super::open_visit::OpenVisit;
use crate::browser::binary::Binary;
use crate::browser::clock;
use crate::browser::photo_worker::PhotoWorker;
use crate::store::NewPhoto;

/// One photo on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Coming {
    /// Being shrunk and written.
    Storing,
    /// It does not count; the words say why. It stays listed until it is dismissed.
    NotStored(Problem),
}

/// Photos on their way, and the worker that prepares them. One for the open visit.
#[derive(Clone, Copy)]
pub(super) struct PhotoIntake {
    worker: StoredValue<PhotoWorker, LocalStorage>,
    /// Those that are not stored yet, with what they show.
    pub(super) coming: RwSignal<Vec<(PhotoId, PhotoOf, Coming)>>,
    /// How many were stored since the camera was opened.
    pub(super) stored: RwSignal<u32>,
}

impl PhotoIntake {
    pub(super) fn new() -> Self {
        Self {
            worker: StoredValue::new_local(PhotoWorker::default()),
            coming: RwSignal::new(Vec::new()),
            stored: RwSignal::new(0),
        }
    }

    /// The intake of the visit around.
    pub(super) fn expect() -> Self {
        expect_context()
    }

    /// Takes a photo in. Many at once go through the worker one after the other, so memory stays bounded.
    pub(super) fn take(self, visit: OpenVisit, shows: PhotoOf, way: CameraWay, original: Binary) {
        let taken = clock::now();
        let id = PhotoId::from_parts(taken, clock::entropy());
        self.coming.update(|coming| {
            // Why an earlier one does not count has been said; taking another is the answer to it.
            coming.retain(|(_, _, state)| *state == Coming::Storing);
            coming.push((id, shows.clone(), Coming::Storing));
        });
        let worker = self.worker.get_value();
        spawn_local(async move {
            let outcome = async {
                let prepared = worker.prepare(&original).await?;
                let manifest = PhotoManifest {
                    id,
                    original: prepared.original,
                    original_bytes: prepared.original_bytes,
                    stored: prepared.stored,
                    stored_bytes: prepared.jpeg.size_bytes(),
                    width_px: prepared.width_px,
                    height_px: prepared.height_px,
                    taken,
                    way,
                };
                let photo = NewPhoto { id, jpeg: prepared.jpeg, thumbnail: prepared.thumbnail };
                let named = DraftPhoto { manifest, shows, keeping: Keeping::Kept };
                visit.add_photo(photo, named).await.map_err(Problem::from)
            };
            match outcome.await {
                Ok(()) => {
                    self.coming.try_update(|coming| coming.retain(|(other, ..)| *other != id));
                    self.stored.try_update(|stored| *stored += 1);
                }
                Err(problem) => {
                    self.coming.try_update(|coming| {
                        let mine = coming.iter_mut().find(|(other, ..)| *other == id);
                        if let Some((_, _, state)) = mine {
                            *state = Coming::NotStored(problem);
                        }
                    });
                }
            }
        });
    }

    /// Takes a photo that does not count off the list.
    pub(super) fn dismiss(self, id: PhotoId) {
        self.coming.update(|coming| coming.retain(|(other, ..)| *other != id));
    }
}
