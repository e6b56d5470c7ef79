//! Photos that the server has: shown, fetched once, and kept for the basement.
//!
//! Fetched beforehand are the photos of open hazards that somebody will stand before: of the own institution, and of the
//! institutions that are planned to be visited. What was looked at stays too, until its hazard is off the open list; the
//! server has all of them.

use std::cell::Cell;
use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::digest::Digest;
use xunan_core::hazard::PhotoRef;
use xunan_core::ids::PhotoId;
use xunan_core::ledger::HazardCard;
use xunan_core::problem::Problem;

use super::own_facilities;
use crate::browser::Binary;
use crate::browser::binary::ObjectUrl;
use crate::browser::http::{Method, Request};
use crate::i18n::texts;
use crate::session::Phone;
use crate::store::Store;
use crate::ui::Sheet;

/// Photos that are kept, at most: some 30 MB of 250 KB each.
const MOST_KEPT: usize = 120;

/// One photo: from this phone, or from the server and then kept. `None` when neither has it now.
async fn find(store: &Store, (photo, hash): PhotoRef) -> Option<Binary> {
    if let Ok(Some(own)) = store.photo(photo).await {
        return Some(own);
    }
    if let Ok(Some(kept)) = store.picture(&hash).await {
        return Some(kept);
    }
    let fetched = fetch(&hash).await.ok()?;
    // A full disk keeps no pictures: they are shown all the same, and fetched again.
    let _fetched_again = store.keep_picture(&hash, &fetched).await;
    Some(fetched)
}

/// Fetches a photo; what came with another hash is none of ours.
///
/// # Errors
/// What kept it from coming.
async fn fetch(hash: &Digest) -> Result<Binary, Problem> {
    let request = Request::plain(Method::Get, format!("/api/photos/{}", hash.hex()));
    let answer = request.send().await?.good().await?;
    let (status, bytes) = (answer.status, answer.bytes().await?);
    if Digest::of(&bytes) != *hash {
        return Err(Problem::NotOurServer { status });
    }
    Binary::new(&bytes, "image/jpeg").map_err(|refused| Problem::StorageFailed { cause: refused.name })
}

thread_local! {
    /// Whether pictures are being fetched: the next pull does not begin a second time.
    static FETCHING: Cell<bool> = const { Cell::new(false) };
}

/// Fetches what is wanted offline and not here, and lets go of what is not wanted any more. Called after each pull.
pub(crate) async fn keep_pictures(phone: Phone) {
    if FETCHING.replace(true) {
        return;
    }
    fetch_wanted(phone).await;
    FETCHING.set(false);
}

async fn fetch_wanted(phone: Phone) {
    let store = phone.store();
    let (Ok(kept), Ok(true)) = (store.pictures().await, store.has_reserve().await) else { return };
    let wanted = wanted(phone);
    let names: Vec<String> = wanted.iter().map(|(_, hash)| hash.hex()).collect();
    let unwanted: Vec<String> = kept.iter().filter(|name| !names.contains(name)).cloned().collect();
    let gone = if unwanted.is_empty() || names.len() + unwanted.len() > MOST_KEPT {
        unwanted
    } else {
        let open = open_photos(phone);
        unwanted.into_iter().filter(|name| !open.contains(name)).collect()
    };
    if store.drop_pictures(&gone).await.is_err() {
        return;
    }
    for (photo, hash) in wanted {
        if kept.contains(&hash.hex()) || matches!(store.photo(photo).await, Ok(Some(_))) {
            continue;
        }
        let picture = match fetch(&hash).await {
            Ok(picture) => picture,
            // One that the server does not give, or not yet, is no reason to go without the others.
            Err(Problem::NotFound | Problem::NotAllowed) => continue,
            // Without a network the rest waits for the next pull.
            Err(_) => return,
        };
        if store.keep_picture(&hash, &picture).await.is_err() {
            return;
        }
    }
}

/// The photos of every open hazard, by the digits of their hashes.
fn open_photos(phone: Phone) -> BTreeSet<String> {
    phone.rows.with_untracked(|rows| {
        let photos = rows.open_hazards().into_iter().flat_map(photos_of);
        photos.map(|(_, hash)| hash.hex()).collect()
    })
}

fn wanted(phone: Phone) -> Vec<PhotoRef> {
    let account = phone.account();
    phone.rows.with_untracked(|rows| {
        let mut facilities = own_facilities(&account);
        facilities.extend(rows.plans_for(account.id).iter().map(|card| card.plan.facility));
        let near = |hazard: &&&HazardCard| facilities.contains(&hazard.facility);
        let hazards = rows.open_hazards();
        let mut wanted: Vec<PhotoRef> = Vec::new();
        for hazard in hazards.iter().filter(near) {
            wanted.extend(photos_of(hazard));
        }
        wanted.truncate(MOST_KEPT);
        wanted
    })
}

/// A hazard's photos: what was found, then what was told of it, the newest last; each once.
pub(super) fn photos_of(hazard: &HazardCard) -> Vec<PhotoRef> {
    let mut photos = hazard.photos.clone();
    if let Ok(standing) = hazard.standing() {
        for photo in standing.life.story.into_iter().flat_map(|line| line.photos) {
            if !photos.contains(&photo) {
                photos.push(photo);
            }
        }
    }
    photos
}

/// Photos in a grid; each opens as large as the screen.
#[component]
pub(super) fn Pictures(
    /// Which.
    photos: Vec<PhotoRef>,
    /// The address of the first one, for whoever lays it over the camera's view.
    #[prop(optional)]
    first: Option<RwSignal<Option<String>>>,
) -> impl IntoView {
    let looked_at = RwSignal::new(None::<(u32, String)>);
    let squares = photos.into_iter().zip(1_u32..).map(|(photo, number)| {
        let first = first.filter(|_| number == 1);
        view! { <Square photo number first looked_at /> }
    });
    let open = Signal::derive(move || looked_at.with(Option::is_some));
    view! {
        <ul class="photos">{squares.collect_view()}</ul>
        <Sheet
            title=move || looked_at.get().map(|(number, _)| texts().words().photo_number(number)).unwrap_or_default()
            open
            on_close=Callback::new(move |()| looked_at.set(None))
        >
            {move || looked_at.get().map(|(number, source)| view! {
                <img class="photo-view" src=source alt=texts().words().photo_number(number) />
            })}
        </Sheet>
    }
}

#[component]
fn Square(
    photo: (PhotoId, Digest),
    number: u32,
    first: Option<RwSignal<Option<String>>>,
    looked_at: RwSignal<Option<(u32, String)>>,
) -> impl IntoView {
    let store = Phone::expect().store();
    // None while it is being looked for; then what was found.
    let picture = RwSignal::new_local(None::<Option<ObjectUrl>>);
    spawn_local(async move {
        let found = find(&store, photo).await.and_then(|binary| binary.object_url().ok());
        if let Some(first) = first {
            first.try_set(found.as_ref().map(|url| url.as_str().to_owned()));
        }
        picture.try_set(Some(found));
    });
    let url = move || picture.with(|found| found.as_ref()?.as_ref().map(|url| url.as_str().to_owned()));
    let missing = move || picture.with(|found| matches!(found, Some(None)));
    let press = move |_| {
        if let Some(url) = url() {
            looked_at.set(Some((number, url)));
        }
    };
    let name = texts().words().photo_number(number);
    view! {
        <li class="photo">
            <button type="button" class="photo-open" on:click=press>
                {move || match url() {
                    Some(url) => view! { <img src=url alt=name.clone() decoding="async" /> }.into_any(),
                    None => view! { <span class="unseen">{name.clone()}</span> }.into_any(),
                }}
            </button>
            <Show when=missing><span class="photo-state">{texts().photo().not_here()}</span></Show>
        </li>
    }
}
