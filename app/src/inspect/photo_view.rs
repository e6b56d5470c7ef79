//! One photo, as large as the screen, with what is known of it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::ids::PhotoId;

use super::open_visit::OpenVisit;
use crate::browser::binary::ObjectUrl;
use crate::i18n::texts;
use crate::ui::Sheet;

/// The photo that is looked at, if any.
#[component]
pub(super) fn PhotoView(
    /// Which.
    photo: RwSignal<Option<PhotoId>>,
) -> impl IntoView {
    let visit = OpenVisit::expect();
    let picture = RwSignal::new_local(None::<ObjectUrl>);
    Effect::new(move || {
        let Some(id) = photo.get() else { return picture.set(None) };
        let store = visit.store();
        spawn_local(async move {
            let Ok(Some(jpeg)) = store.photo(id).await else { return };
            if let Ok(url) = jpeg.object_url() {
                picture.try_set(Some(url));
            }
        });
    });
    let open = Signal::derive(move || photo.get().is_some());
    let facts = move || {
        let t = texts();
        let id = photo.get()?;
        let manifest = visit.with(|draft, _| draft.photo(id).map(|photo| photo.manifest.clone()))?;
        let kilobytes = manifest.stored_bytes / 1000;
        Some(view! {
            <p>{t.photo().taken_at(&t.time().exact(manifest.taken))}" · "{t.name().camera_way(manifest.way)}</p>
            <p>{t.photo().size(manifest.width_px, manifest.height_px, kilobytes)}</p>
            <p class="code">{t.photo().original_hash()}" "{manifest.original.hex()}</p>
        })
    };
    let close = Callback::new(move |()| photo.set(None));
    view! {
        <Sheet title=texts().walk().take_photo() open on_close=close>
            {move || {
                let source = picture.with(|url| url.as_ref().map(|url| url.as_str().to_owned()));
                source.map(|source| view! { <img class="photo-view" src=source alt=texts().words().photo_number(1) /> })
            }}
            {facts}
        </Sheet>
    }
}
