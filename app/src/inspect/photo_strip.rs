//! The photos of one item, hazard or earlier hazard: small pictures, taking back with undo, and looking closely.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::ids::PhotoId;
use xunan_core::visit::{Edit, Keeping, PhotoOf};

use super::open_visit::OpenVisit;
use super::photo_intake::{Coming, PhotoIntake};
use super::photo_view::PhotoView;
use super::photos_not_stored::PhotosNotStored;
use super::photos_of::PhotosOf;
use super::walk::Walk;
use crate::browser::binary::ObjectUrl;
use crate::i18n::texts;
use crate::store::Shows;
use crate::ui::{PhotoGrid, Thumb, ThumbState, Toasts};

/// Small pictures that are shown, each with its address; given back when the strip goes.
type Pictures = StoredValue<BTreeMap<PhotoId, ObjectUrl>, LocalStorage>;

/// The strip. Nothing is drawn while there are no photos and none can be added.
#[component]
pub(super) fn PhotoStrip(
    /// What they show.
    shows: PhotoOf,
    /// Whether the strip has a square that opens the camera.
    #[prop(optional)]
    add: bool,
) -> impl IntoView {
    let (visit, intake, walk) = (OpenVisit::expect(), PhotoIntake::expect(), use_context::<Walk>());
    let pictures: Pictures = StoredValue::new_local(BTreeMap::new());
    let drawn = RwSignal::new(0_u32);
    let shows = StoredValue::new(shows);
    let thumbs = Memo::new(move |_| {
        drawn.track();
        shows.with_value(|shows| thumbs_of(visit, intake, pictures, shows))
    });
    Effect::new(move || load_missing(visit, pictures, drawn, &thumbs.get()));
    let looked_at = RwSignal::new(None);
    let open = Callback::new(move |id| looked_at.set(Some(id)));
    let remove = Callback::new(move |id| take_back(visit, intake, id));
    let any = Memo::new(move |_| !thumbs.with(Vec::is_empty));
    let grid = move || match walk.filter(|_| add) {
        Some(walk) => {
            let take = Callback::new(move |()| walk.camera.set(Some(Shows::Visit(shows.get_value()))));
            view! { <PhotoGrid photos=thumbs on_open=open on_remove=remove on_add=take /> }.into_any()
        }
        None => view! { <PhotoGrid photos=thumbs on_open=open on_remove=remove /> }.into_any(),
    };
    view! {
        <Show when=move || add || any.get()>{grid()}</Show>
        <PhotosNotStored of=PhotosOf::Visit(visit) shows=Shows::Visit(shows.get_value()) />
        <PhotoView photo=looked_at />
    }
}

fn thumbs_of(visit: OpenVisit, intake: PhotoIntake, pictures: Pictures, shows: &PhotoOf) -> Vec<Thumb> {
    let kept = visit.tracked(|draft, _| {
        let numbered = draft.photos().filter(|photo| photo.keeping == Keeping::Kept).zip(1_u32..);
        let mine = numbered.filter(|(photo, _)| photo.shows == *shows);
        mine.map(|(photo, number)| (photo.manifest.id, number)).collect::<Vec<_>>()
    });
    let next = kept.last().map_or(1, |(_, number)| number + 1);
    let stored = kept.into_iter().map(|(id, number)| {
        let url = pictures.with_value(|pictures| pictures.get(&id).map(|url| url.as_str().to_owned()));
        Thumb { id, number, url, state: ThumbState::Stored }
    });
    let coming = intake.coming.get();
    let on_their_way = coming
        .into_iter()
        .filter(|(_, of, _)| *of == Shows::Visit(shows.clone()))
        .zip(next..)
        .map(|((id, _, state), number)| {
            let state = if state == Coming::Storing { ThumbState::Storing } else { ThumbState::NotStored };
            Thumb { id, number, url: None, state }
        });
    stored.chain(on_their_way).collect()
}

/// Reads the small pictures that are stored but not shown yet.
fn load_missing(visit: OpenVisit, pictures: Pictures, drawn: RwSignal<u32>, thumbs: &[Thumb]) {
    let missing = thumbs.iter().filter(|thumb| thumb.state == ThumbState::Stored && thumb.url.is_none());
    for id in missing.map(|thumb| thumb.id) {
        let store = visit.store();
        spawn_local(async move {
            // A picture that cannot be read leaves its square with its number; the photo itself is untouched.
            let Ok(Some(thumbnail)) = store.thumbnail(id).await else { return };
            let Ok(url) = thumbnail.object_url() else { return };
            if pictures.try_update_value(|pictures| pictures.insert(id, url)).is_some() {
                drawn.try_update(|drawn| *drawn = drawn.wrapping_add(1));
            }
        });
    }
}

fn take_back(visit: OpenVisit, intake: PhotoIntake, id: PhotoId) {
    let t = texts().photo();
    if visit.edit(Edit::RemovePhoto(id)).is_err() {
        return intake.dismiss(id);
    }
    let undo = Callback::new(move |()| {
        let restored = visit.edit(Edit::RestorePhoto(id));
        debug_assert!(restored.is_ok(), "what was just taken back is there");
    });
    if let Some(toasts) = Toasts::find() {
        toasts.say_with_undo(t.removed(), undo);
    }
}
