//! Photos of a step, picked from files: prepared by the photo worker as on a visit, and stored before the step names them.

use std::collections::BTreeMap;

use leptos::prelude::*;
use xunan_core::evidence::{CameraWay, Capture, NoPosition, PhotoManifest, Position};
use xunan_core::ids::PhotoId;
use xunan_core::problem::Problem;

use super::picked_photos::{PickButton, Picking, Whose, forget};
use crate::browser::photo_worker::PhotoWorker;
use crate::browser::{Binary, ObjectUrl, clock, page_clock};
use crate::i18n::{Texts, texts};
use crate::session::Phone;
use crate::store::NewPhoto;
use crate::ui::{Banner, BannerKind, IconName, PhotoGrid, Thumb, ThumbState};

/// The photos of a form.
#[derive(Clone, Copy)]
pub(super) struct StepPhotos {
    picked: RwSignal<Vec<PhotoManifest>>,
    /// Their small pictures, for as long as the form is open.
    pictures: StoredValue<BTreeMap<PhotoId, ObjectUrl>, LocalStorage>,
    failed: RwSignal<Option<Problem>>,
    picking: Picking,
}

impl StepPhotos {
    /// None yet.
    pub(super) fn new() -> Self {
        Self {
            picked: RwSignal::default(),
            pictures: StoredValue::new_local(BTreeMap::new()),
            failed: RwSignal::new(None),
            picking: Picking::new(),
        }
    }

    /// What the step names.
    pub(super) fn manifests(self) -> Vec<PhotoManifest> {
        self.picked.get_untracked()
    }

    /// How they are picked, and whose they are.
    pub(super) const fn picking(self) -> Picking {
        self.picking
    }

    async fn prepare(
        self,
        phone: Phone,
        worker: &PhotoWorker,
        original: &Binary,
        t: Texts,
    ) -> Result<PhotoManifest, Problem> {
        let store = phone.store();
        let (at, page) = (clock::now(), page_clock::now());
        let time = store.device_time(at, page).await?;
        let last = self.picked.try_with_untracked(|picked| picked.last().map(|it| it.id)).flatten();
        let id = PhotoId::after(last, at, clock::entropy());
        let lines = [t.time().exact(at), phone.account().name];
        let prepared = worker.prepare(original, &lines).await?;
        let capture = Capture {
            time,
            position: Position::Unknown(NoPosition::PickedFile),
            claims: prepared.claims,
            steps: prepared.steps,
            likeness: prepared.likeness,
            thumbnail: prepared.thumbnail_digest,
            original: None,
        };
        let manifest = PhotoManifest {
            id,
            original: prepared.original,
            original_bytes: prepared.original_bytes,
            stored: prepared.stored,
            stored_bytes: prepared.jpeg.size_bytes(),
            width_px: prepared.width_px,
            height_px: prepared.height_px,
            taken: at,
            way: CameraWay::Picked,
            capture: Some(Box::new(capture)),
        };
        let url = prepared.thumbnail.object_url().ok();
        let photo = NewPhoto { id, jpeg: prepared.jpeg, thumbnail: prepared.thumbnail, original: None };
        store.save_step_photo(&photo).await?;
        if let Some(url) = url {
            self.pictures.try_update_value(|pictures| pictures.insert(id, url));
        }
        Ok(manifest)
    }

    fn take(self, phone: Phone, originals: Vec<Binary>, t: Texts) {
        self.failed.set(None);
        self.picking.each(originals, async move |worker: &PhotoWorker, original: &Binary| {
            match self.prepare(phone, worker, original, t).await {
                Ok(photo) => _ = self.picked.try_update(|picked| picked.push(photo)),
                Err(problem) => _ = self.failed.try_set(Some(problem)),
            }
        });
    }

    fn remove(self, phone: Phone, id: PhotoId) {
        self.picked.update(|picked| picked.retain(|it| it.id != id));
        forget(phone, vec![id]);
    }

    /// Nobody will sign them.
    pub(super) fn forget(self, phone: Phone) {
        if self.picking.whose() == Whose::TheSteps {
            return;
        }
        let ids = self.picked.try_with_untracked(|picked| picked.iter().map(|it| it.id).collect());
        forget(phone, ids.unwrap_or_default());
    }
}

/// The grid, and the button that picks.
#[component]
pub(super) fn PhotoField(photos: StepPhotos) -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts());
    let pick = Callback::new(move |originals| photos.take(phone, originals, t));
    let thumbs = Signal::derive(move || {
        let thumb = |(at, picked): (usize, &PhotoManifest)| Thumb {
            id: picked.id,
            number: u32::try_from(at + 1).unwrap_or(u32::MAX),
            url: photos
                .pictures
                .with_value(|pictures| pictures.get(&picked.id).map(|url| url.as_str().to_owned())),
            state: ThumbState::Stored,
        };
        photos.picked.with(|picked| picked.iter().enumerate().map(thumb).collect::<Vec<_>>())
    });
    let open = Callback::new(|_: PhotoId| {});
    view! {
        <div class="field">
            <PhotoGrid photos=thumbs on_open=open on_remove=Callback::new(move |id| photos.remove(phone, id)) />
            <PickButton picking=photos.picking on_pick=pick label=t.desk_loop().pick_photos() />
            {move || photos.failed.get().map(|problem| view! {
                <Banner kind=BannerKind::Stop icon=IconName::Warning text=format!("{} {}", t.desk_loop().photo_problem(), t.problem(&problem)) />
            })}
        </div>
    }
}
