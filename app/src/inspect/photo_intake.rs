//! From a frame or a file to a photo that counts: noted, its bytes kept as they came, prepared in the worker, stored, and
//! only then shown as stored. A page that is gone in between leaves notes and frames, and the next one goes on with them.

use std::future::Future;

use futures_channel::oneshot;
use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::evidence::{CameraWay, Capture, NoPosition, Originals, PhotoManifest, Position};
use xunan_core::ids::PhotoId;
use xunan_core::problem::Problem;

use super::photos_of::PhotosOf;
use super::place::Place;
use super::watermark;
use crate::browser::photo_worker::PhotoWorker;
use crate::browser::{Binary, Refused, clock, page_clock};
use crate::i18n::{Texts, texts};
use crate::store::{DraftKey, Left, NewPhoto, Shot, Shows, Store, StoreFailed};

/// One photo on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Coming {
    /// Being shrunk and written.
    Storing,
    /// It does not count; the words say why. It stays listed until it is dismissed.
    NotStored(Problem),
    /// It does not count yet, for this reason, but its frame is on disk: the next opening of the visit goes on with it.
    Later(Problem),
}

/// Photos on their way, and the worker that prepares them. One for the open visit.
#[derive(Clone, Copy)]
pub(crate) struct PhotoIntake {
    worker: StoredValue<PhotoWorker, LocalStorage>,
    place: Place,
    words: Texts,
    /// The id that was given last: the next one sorts behind it.
    last: StoredValue<Option<PhotoId>>,
    /// Those that are not stored yet, with what they show.
    pub(crate) coming: RwSignal<Vec<(PhotoId, Shows, Coming)>>,
    /// How many were stored since the camera was opened.
    pub(crate) stored: RwSignal<u32>,
}

impl PhotoIntake {
    pub(crate) fn new(place: Place) -> Self {
        Self {
            worker: StoredValue::new_local(PhotoWorker::default()),
            place,
            words: texts(),
            last: StoredValue::new(None),
            coming: RwSignal::new(Vec::new()),
            stored: RwSignal::new(0),
        }
    }

    /// The intake of the visit around.
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// Whether what is signed now would lose a photo: one is on its way, or its frame waits for somebody's decision.
    pub(crate) fn is_unfinished(self) -> bool {
        self.coming.with(|coming| coming.iter().any(|(.., state)| !matches!(state, Coming::NotStored(_))))
    }

    /// Takes a photo in: `frame` is taken at once, and kept after the press is on disk. Many at once go through the worker one after
    /// the other, so memory stays bounded.
    pub(crate) fn take(
        self,
        of: PhotosOf,
        shows: Shows,
        way: CameraWay,
        frame: impl Future<Output = Result<Binary, Refused>> + 'static,
    ) {
        let (at, page) = (clock::now(), page_clock::now());
        let position = match way {
            CameraWay::InPage => self.place.now(),
            CameraWay::Picked => Position::Unknown(NoPosition::PickedFile),
        };
        let photo = self.next_id(of);
        self.coming.update(|coming| {
            // Why an earlier one is lost has been said; taking another is the answer to it.
            coming.retain(|(_, _, state)| !matches!(state, Coming::NotStored(_)));
            coming.push((photo, shows.clone(), Coming::Storing));
        });
        // The picture is that of the moment of the press; it is kept after the note.
        let (shoot, frame_taken) = oneshot::channel();
        spawn_local(async move {
            // Whoever waits for it may be gone with its page.
            let _ = shoot.send(frame.await);
        });
        // The page may be left before any of this is done; the picture is kept all the same.
        let (store, key) = (of.store(), of.key());
        spawn_local(async move {
            let outcome = async {
                let time = store.device_time(at, page).await.map_err(lost)?;
                let shot = Shot { photo, shows, way, time, position };
                store.press(&key, &shot).await.map_err(lost)?;
                // Before the first frame there is nothing to take; the shutter can be pressed again.
                let Ok(Ok(original)) = frame_taken.await else {
                    store.forget_shot(&key, photo).await.map_err(lost)?;
                    return Ok(Taken::Nothing);
                };
                store.keep_frame(&key, photo, &original).await.map_err(lost)?;
                self.finish(of, shot, &original).await.map(|()| Taken::Photo)
            };
            let outcome = outcome.await;
            self.settle((&store, &key), photo, outcome).await;
        });
    }

    /// Goes on with what a page that is gone left behind. Answers the shots of which nothing was kept, and how many
    /// frames become photos now.
    pub(crate) async fn recover(self, of: PhotosOf) -> Result<(Vec<Shot>, u32), Problem> {
        let (mut lost, mut recovered) = (Vec::new(), 0);
        let (store, key) = (of.store(), of.key());
        for left in store.left_shots(&key).await? {
            match left {
                Left::Nothing(shot) => lost.push(shot),
                Left::Frame(shot, original) => {
                    self.coming
                        .try_update(|coming| coming.push((shot.photo, shot.shows.clone(), Coming::Storing)));
                    recovered +=
                        u32::from(self.go_on(of, (&store, &key), shot, &original).await == Went::Stored);
                }
            }
        }
        Ok((lost, recovered))
    }

    /// Goes on once more with the photos that were left for later. A second press finds none left.
    pub(crate) fn try_again(self, of: PhotosOf) {
        let mut later = Vec::new();
        self.coming.update(|coming| {
            for (photo, _, state) in coming.iter_mut() {
                if let Coming::Later(why) = state {
                    later.push((*photo, why.clone()));
                    *state = Coming::Storing;
                }
            }
        });
        let (store, key) = (of.store(), of.key());
        spawn_local(async move {
            let left = match store.left_shots(&key).await {
                Ok(left) => left,
                Err(failed) => {
                    later
                        .iter()
                        .for_each(|(photo, _)| self.say(*photo, Coming::Later(failed.clone().into())));
                    return;
                }
            };
            for (photo, why) in later {
                let found = left.iter().find_map(|left| match left {
                    Left::Frame(shot, original) if shot.photo == photo => Some((shot.clone(), original)),
                    _ => None,
                });
                match found {
                    Some((shot, original)) => _ = self.go_on(of, (&store, &key), shot, original).await,
                    None => self.say(photo, Coming::Later(why)),
                }
            }
        });
    }

    /// Leaves a photo out whose frame was kept for later: the frame goes for good.
    pub(crate) fn leave_out(self, of: PhotosOf, photo: PhotoId) {
        let (store, key) = (of.store(), of.key());
        spawn_local(async move {
            match store.forget_shot(&key, photo).await {
                Ok(()) => self.dismiss(photo),
                Err(failed) => self.say(photo, Coming::Later(failed.into())),
            }
        });
    }

    /// From a frame that is on disk to its photo.
    async fn go_on(self, of: PhotosOf, draft: (&Store, &DraftKey), shot: Shot, original: &Binary) -> Went {
        let photo = shot.photo;
        let outcome = self.finish(of, shot, original).await.map(|()| Taken::Photo);
        let went = if outcome.is_ok() { Went::Stored } else { Went::NotStored };
        self.settle(draft, photo, outcome).await;
        went
    }

    /// Takes a photo that does not count off the list.
    pub(crate) fn dismiss(self, id: PhotoId) {
        self.coming.try_update(|coming| coming.retain(|(other, ..)| *other != id));
    }

    /// Sorts behind every photo of the draft, also when the clock was set back.
    fn next_id(self, of: PhotosOf) -> PhotoId {
        let stored = of.last_photo();
        let last = self.last.get_value().max(stored);
        let id = PhotoId::after(last, clock::now(), clock::entropy());
        self.last.set_value(Some(id));
        id
    }

    async fn finish(self, of: PhotosOf, shot: Shot, original: &Binary) -> Result<(), NotTaken> {
        let left = || NotTaken::Later(StoreFailed::Closed.into());
        if of.is_gone() {
            return Err(left());
        }
        let Shot { photo: id, shows, way, time, position } = shot;
        let lines = watermark::lines(self.words, of, id, &time, &position);
        let worker = self.worker.get_value();
        let prepared = worker.prepare(original, &lines).await.map_err(NotTaken::Lost)?;
        if of.is_gone() {
            return Err(left());
        }
        let kept = keeps_original(of, original).await.map_err(NotTaken::Later)?;
        let taken = time.at;
        let named = |originals: Originals| {
            let capture = Capture {
                time: time.clone(),
                position: position.clone(),
                claims: prepared.claims,
                steps: prepared.steps.clone(),
                likeness: prepared.likeness,
                thumbnail: prepared.thumbnail_digest,
                original: (originals == Originals::Kept).then(|| id.of_original()),
            };
            PhotoManifest {
                id,
                original: prepared.original,
                original_bytes: prepared.original_bytes,
                stored: prepared.stored,
                stored_bytes: prepared.jpeg.size_bytes(),
                width_px: prepared.width_px,
                height_px: prepared.height_px,
                taken,
                way,
                capture: Some(Box::new(capture)),
            }
        };
        let photo = |originals: Originals| NewPhoto {
            id,
            jpeg: prepared.jpeg.clone(),
            thumbnail: prepared.thumbnail.clone(),
            original: (originals == Originals::Kept).then(|| original.clone()),
        };
        match of.add_photo(photo(kept), named(kept), shows.clone()).await {
            // There is no room for ten times the bytes: the photo itself comes first.
            Err(StoreFailed::QuotaFull) if kept == Originals::Kept => {
                of.add_photo(photo(Originals::Hashed), named(Originals::Hashed), shows).await
            }
            done => done,
        }
        .map_err(|failed| NotTaken::Later(failed.into()))
    }

    /// Shows what became of it. Of a photo that is lost nothing is left behind: why has been said.
    async fn settle(
        self,
        (store, key): (&Store, &DraftKey),
        photo: PhotoId,
        outcome: Result<Taken, NotTaken>,
    ) {
        let not_taken = match outcome {
            Ok(taken) => {
                self.coming.try_update(|coming| coming.retain(|(other, ..)| *other != photo));
                if taken == Taken::Photo {
                    self.stored.try_update(|stored| *stored += 1);
                }
                return;
            }
            Err(not_taken) => not_taken,
        };
        if matches!(not_taken, NotTaken::Lost(_)) {
            // Should even this fail, the next page finds the note and says it again.
            let _said_below = store.forget_shot(key, photo).await;
        }
        self.say(
            photo,
            match not_taken {
                NotTaken::Lost(problem) => Coming::NotStored(problem),
                NotTaken::Later(problem) => Coming::Later(problem),
            },
        );
    }

    /// Shows how far a listed photo is.
    fn say(self, photo: PhotoId, now: Coming) {
        self.coming.try_update(|coming| {
            if let Some((_, _, state)) = coming.iter_mut().find(|(other, ..)| *other == photo) {
                *state = now;
            }
        });
    }
}

impl Coming {
    /// Why it does not count, in words; `None` while it is on its way.
    pub(crate) fn words(&self) -> Option<String> {
        let t = texts();
        match self {
            Self::Storing => None,
            Self::NotStored(problem) => Some(t.problem(problem)),
            Self::Later(problem) => Some(t.photo().kept_for_later(&t.problem(problem))),
        }
    }
}

/// Why a press has become no photo.
enum NotTaken {
    /// Nothing of it is kept.
    Lost(Problem),
    /// Its frame is: what failed may go well the next time.
    Later(Problem),
}

fn lost(failed: StoreFailed) -> NotTaken {
    NotTaken::Lost(failed.into())
}

/// Whether the original's bytes are kept: where the region wants it, there is room, and a server takes them.
async fn keeps_original(of: PhotosOf, original: &Binary) -> Result<Originals, Problem> {
    // Without the reserve the disk is full already.
    let store = of.store();
    let wanted = store.region_rules().await?.originals == Originals::Kept;
    if !wanted || !store.has_reserve().await? {
        return Ok(Originals::Hashed);
    }
    // The worker has just read them; should they be gone now, the hash is what is left to promise.
    Ok(original.bytes().await.map_or(Originals::Hashed, |bytes| Originals::possible(&bytes)))
}

/// What came of going on with a frame.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Went {
    Stored,
    NotStored,
}

/// What came of a press.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Taken {
    Photo,
    /// The camera had no picture yet.
    Nothing,
}
