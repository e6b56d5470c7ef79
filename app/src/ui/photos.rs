//! Photos as a grid of squares, each with its number and its state in words.

use leptos::prelude::*;
use xunan_core::ids::PhotoId;

use super::icon::{Icon, IconName};
use crate::i18n::texts;

/// What has become of a photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ThumbState {
    /// Its bytes are being shrunk and written.
    Storing,
    /// Its bytes are on disk: it counts.
    Stored,
    /// They are not, and why stands in a message nearby.
    NotStored,
    /// The server has it.
    Arrived,
}

/// One photo of a grid.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Thumb {
    /// Which.
    pub id: PhotoId,
    /// Its number within the visit, from 1.
    pub number: u32,
    /// Where its small picture is (`blob:…` or `/api/photos/…`); `None` while there is none.
    pub url: Option<String>,
    /// What has become of it.
    pub state: ThumbState,
}

/// The grid, with the square that opens the camera at its end when `on_add` is given.
#[component]
pub fn PhotoGrid(
    /// The photos, in the order in which they were taken.
    #[prop(into)]
    photos: Signal<Vec<Thumb>>,
    /// One was pressed.
    on_open: Callback<PhotoId>,
    /// One is to be removed; without it photos cannot be removed here.
    #[prop(optional, into)]
    on_remove: Option<Callback<PhotoId>>,
    /// Another is to be taken; without it none can be added here.
    #[prop(optional, into)]
    on_add: Option<Callback<()>>,
) -> impl IntoView {
    let add = on_add.map(|on_add| {
        view! {
            <li>
                <button type="button" class="photo-add" on:click=move |_| on_add.run(())>
                    <Icon name=IconName::Camera />
                    {texts().words().add_photo()}
                </button>
            </li>
        }
    });
    view! {
        <ul class="photos">
            <For each=move || photos.get() key=Thumb::clone let:photo>
                {thumb(photo, on_open, on_remove)}
            </For>
            {add}
        </ul>
    }
}

fn thumb(photo: Thumb, on_open: Callback<PhotoId>, on_remove: Option<Callback<PhotoId>>) -> impl IntoView {
    let t = texts().words();
    let Thumb { id, number, url, state } = photo;
    let words = match state {
        ThumbState::Stored => None,
        ThumbState::Storing => Some(t.photo_storing()),
        ThumbState::NotStored => Some(t.photo_failed()),
        ThumbState::Arrived => Some(t.photo_sent()),
    };
    let remove = on_remove.map(|on_remove| {
        view! {
            <button type="button" class="photo-remove" aria-label=t.remove_photo(number) on:click=move |_| on_remove.run(id)>
                <Icon name=IconName::Cross />
            </button>
        }
    });
    view! {
        <li class="photo">
            <button type="button" class="photo-open" on:click=move |_| on_open.run(id)>
                {match url {
                    Some(url) => view! { <img src=url alt=t.photo_number(number) loading="lazy" decoding="async" /> }.into_any(),
                    None => view! { <span class="unseen">{t.photo_number(number)}</span> }.into_any(),
                }}
            </button>
            {words.map(|words| view! { <span class="photo-state">{words}</span> })}
            {remove}
        </li>
    }
}
