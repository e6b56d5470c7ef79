//! The photos of a part of a piece of work: small pictures, taking another, taking back with undo.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::ids::PhotoId;
use xunan_core::visit::Keeping;

use super::open_work::OpenWork;
use super::with_work::Aim;
use crate::browser::binary::ObjectUrl;
use crate::i18n::texts;
use crate::inspect::{Coming, PhotoIntake};
use crate::store::Shows;
use crate::ui::{PhotoGrid, Sheet, Thumb, ThumbState, Toasts};

/// Small pictures that are shown, each with its address; given back when the strip goes.
type Pictures = StoredValue<BTreeMap<PhotoId, ObjectUrl>, LocalStorage>;

/// The photos of a part.
#[component]
pub(super) fn WorkPhotos(
    /// Which part.
    part: u32,
) -> impl IntoView {
    let (work, intake, aim): (OpenWork, PhotoIntake, Aim) =
        (OpenWork::expect(), PhotoIntake::expect(), expect_context());
    let pictures: Pictures = StoredValue::new_local(BTreeMap::new());
    let drawn = RwSignal::new(0_u32);
    let thumbs = Memo::new(move |_| {
        drawn.track();
        let url = |id| pictures.with_value(|all| all.get(&id).map(|url| url.as_str().to_owned()));
        let kept = work.kept(part).into_iter().map(move |it| (it.id, url(it.id), ThumbState::Stored));
        let coming = intake.coming.get().into_iter();
        let coming = coming.filter(move |(_, of, _)| *of == Shows::Part { part }).map(|(id, _, state)| {
            let storing = state == Coming::Storing;
            (id, None, if storing { ThumbState::Storing } else { ThumbState::NotStored })
        });
        let thumb = |((id, url, state), number)| Thumb { id, number, url, state };
        kept.chain(coming).zip(1_u32..).map(thumb).collect::<Vec<_>>()
    });
    Effect::new(move || {
        let wanted = thumbs.get().into_iter();
        for thumb in wanted.filter(|it| it.state == ThumbState::Stored && it.url.is_none()) {
            let store = work.store();
            spawn_local(async move {
                // A picture that cannot be read leaves its square with its number; the photo itself is untouched.
                let Ok(Some(small)) = store.thumbnail(thumb.id).await else { return };
                let Ok(url) = small.object_url() else { return };
                if pictures.try_update_value(|all| all.insert(thumb.id, url)).is_some() {
                    drawn.try_update(|drawn| *drawn = drawn.wrapping_add(1));
                }
            });
        }
    });
    let looked_at = RwSignal::new(None);
    let open = Callback::new(move |id| looked_at.set(Some(id)));
    let remove = Callback::new(move |id| take_back(work, intake, id));
    let add = Callback::new(move |()| aim.0.set(Some(Shows::Part { part })));
    view! {
        <PhotoGrid photos=thumbs on_open=open on_remove=remove on_add=add />
        <Closely photo=looked_at />
    }
}

fn take_back(work: OpenWork, intake: PhotoIntake, id: PhotoId) {
    let stored = work.photos.with_untracked(|photos| photos.iter().any(|it| it.manifest.id == id));
    if !stored {
        return intake.dismiss(id);
    }
    work.keep_photo(id, Keeping::Removed);
    let undo = Callback::new(move |()| work.keep_photo(id, Keeping::Kept));
    if let Some(toasts) = Toasts::find() {
        toasts.say_with_undo(texts().photo().removed(), undo);
    }
}

/// One photo, as large as the screen.
#[component]
fn Closely(photo: RwSignal<Option<PhotoId>>) -> impl IntoView {
    let work = OpenWork::expect();
    let picture = RwSignal::new_local(None::<ObjectUrl>);
    Effect::new(move || {
        let Some(id) = photo.get() else { return picture.set(None) };
        let store = work.store();
        spawn_local(async move {
            let Ok(Some(jpeg)) = store.photo(id).await else { return };
            if let Ok(url) = jpeg.object_url() {
                picture.try_set(Some(url));
            }
        });
    });
    let open = Signal::derive(move || photo.get().is_some());
    view! {
        <Sheet title=texts().words().photo_number(1) open on_close=Callback::new(move |()| photo.set(None))>
            {move || {
                let source = picture.with(|url| url.as_ref().map(|url| url.as_str().to_owned()));
                source.map(|source| view! { <img class="photo-view" src=source alt=texts().words().photo_number(1) /> })
            }}
        </Sheet>
    }
}
