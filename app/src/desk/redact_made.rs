//! The copy itself: made by the worker, signed, and shown beside the photo.

use std::pin::Pin;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::digest::Digest;
use xunan_core::evidence::{MAX_REASON_CHARS, PublicCopy, Shape};
use xunan_core::ids::{EntryId, PhotoId};
use xunan_core::ledger::PublicCopyCard;
use xunan_core::log::Body;
use xunan_core::outbox::Delivery;
use xunan_core::problem::Problem;

use super::record::address;
use super::redact::Source;
use super::sketch::Sketch;
use crate::browser::Binary;
use crate::browser::binary::ObjectUrl;
use crate::browser::clock;
use crate::browser::http::{Method, Request};
use crate::browser::photo_worker::{PhotoWorker, Redacted};
use crate::i18n::texts;
use crate::session::Phone;
use crate::store::Store;
use crate::ui::{Banner, BannerKind, Button, ButtonKind, ButtonSize, IconName, TextField, Toasts};

/// Makes a picture of what is covered, with why it is made, and signs it.
pub(super) type Maker =
    Rc<dyn Fn(PhotoWorker, Vec<Shape>, String) -> Pin<Box<dyn Future<Output = Result<(), Problem>>>>>;

/// What is asked beside what is covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asks {
    /// Why it is made.
    WhatFor,
    /// Nothing: it is known.
    Nothing,
}

/// Why it is made, and the button that makes it.
#[component]
pub(super) fn Make(
    /// What is covered.
    sketch: RwSignal<Sketch>,
    /// Makes it.
    maker: Maker,
    /// What is asked.
    asks: Asks,
) -> impl IntoView {
    let (toasts, t) = (Toasts::find(), texts().redact());
    let (reason, busy) = (RwSignal::new(String::new()), RwSignal::new(false));
    let failed = RwSignal::new(None::<Problem>);
    let worker = StoredValue::new_local(PhotoWorker::default());
    let maker = StoredValue::new_local(maker);
    let make = Callback::new(move |()| {
        busy.set(true);
        failed.set(None);
        let (shapes, reason) = (sketch.with_untracked(Sketch::all), reason.get_untracked());
        let made = maker.with_value(|maker| maker(worker.get_value(), shapes, reason));
        spawn_local(async move {
            let made = made.await;
            busy.try_set(false);
            match made {
                Ok(()) => toasts.into_iter().for_each(|toasts| toasts.say(t.made())),
                Err(problem) => _ = failed.try_set(Some(problem)),
            }
        });
    });
    let typed = Callback::new(move |text: String| {
        reason.set(text.trim_start().chars().take(MAX_REASON_CHARS).collect());
    });
    view! {
        <div class="stack">
            {(asks == Asks::WhatFor).then(|| view! {
                <TextField label=t.reason() value=reason on_input=typed help=t.reason_hint() />
            })}
            {move || failed.get().map(|problem| view! {
                <Banner kind=BannerKind::Stop icon=IconName::Warning text=texts().problem(&problem) />
            })}
            <Button kind=ButtonKind::Primary size=ButtonSize::Large icon=IconName::Check busy on_press=make>{t.make()}</Button>
        </div>
    }
}

/// Fetches a photo and has it covered.
///
/// # Errors
/// [`Problem::Damaged`] when the photo that came is not the one on record; what kept it from being fetched or covered.
pub(super) async fn cover(
    worker: &PhotoWorker,
    address: String,
    stored: Digest,
    shapes: &[Shape],
) -> Result<Redacted, Problem> {
    let photo = Request::plain(Method::Get, address).send().await?.good().await?.binary().await?;
    let made = worker.redact(&photo, shapes).await?;
    if made.source == stored { Ok(made) } else { Err(Problem::Damaged) }
}

/// Has the photo covered, and signs the copy.
///
/// # Errors
/// As [`cover`], and what kept it from being stored. Nothing is kept then.
pub(super) async fn make_copy(
    phone: Phone,
    worker: &PhotoWorker,
    source: &Source,
    shapes: Vec<Shape>,
    reason: String,
) -> Result<EntryId, Problem> {
    let photo = &source.photo;
    let made = cover(worker, address(photo), photo.stored, &shapes).await?;
    let id = PhotoId::from_parts(clock::now(), clock::entropy());
    let copy = PublicCopy {
        visit: source.visit,
        photo: photo.id,
        source: photo.stored,
        id,
        digest: made.digest,
        size_bytes: made.jpeg.size_bytes(),
        width_px: made.width_px,
        height_px: made.height_px,
        shapes,
        reason: reason.trim_end().to_owned(),
    };
    copy.check()
        .and_then(|()| copy.check_source(photo))
        .map_err(|why| Problem::RecordInconsistent { detail: why.to_string() })?;
    phone.append_photo(&Body::PhotoRedacted(Box::new(copy)), &source.facility, id, made.jpeg).await
}

/// Where the copy's bytes are.
enum Picture {
    /// In this browser, until the server has them.
    Here(ObjectUrl),
    /// On the server.
    There(String),
}

/// The copy's bytes in this browser: of one that was signed here and is still on its way.
async fn bytes_here(store: Store, entry: EntryId) -> Option<Binary> {
    // What cannot be read here is asked of the server.
    let queued = store.queued(entry).await.ok()??;
    store.photo(queued.item.photos().first()?.id).await.ok()?
}

/// The newest copy beside the photo; nothing before there is one.
#[component]
pub(super) fn Current(
    /// The photo.
    source: Source,
    /// The entry of the copy that was made on this page last.
    ours: RwSignal<Option<EntryId>>,
) -> impl IntoView {
    let phone = Phone::expect();
    let id = source.photo.id;
    let card = Memo::new(move |_| phone.rows.with(|rows| rows.public_copy(id).cloned()));
    let picture = RwSignal::new_local(None::<Picture>);
    Effect::new(move || {
        let Some(card) = card.get() else { return picture.set(None) };
        spawn_local(async move {
            let shown =
                match bytes_here(phone.store(), card.entry).await.and_then(|jpeg| jpeg.object_url().ok()) {
                    Some(url) => Picture::Here(url),
                    None => Picture::There(format!("/api/photos/{}", card.digest.hex())),
                };
            picture.try_set(Some(shown));
        });
    });
    let source = StoredValue::new(source);
    move || card.get().map(|card| pair(&source.get_value(), &card, picture, ours))
}

fn pair(
    source: &Source,
    card: &PublicCopyCard,
    picture: RwSignal<Option<Picture>, LocalStorage>,
    ours: RwSignal<Option<EntryId>>,
) -> impl IntoView + use<> {
    let (phone, t) = (Phone::expect(), texts().redact());
    let entry = card.entry;
    let is_on_the_way = move || {
        phone.outbox.with(|outbox| {
            match outbox.items().iter().find(|queued| queued.item.entry() == entry) {
                Some(queued) => !matches!(queued.item.delivery(), Delivery::Acknowledged { .. }),
                // Signed a moment ago: the outbox has not been read since.
                None => ours.get() == Some(entry),
            }
        })
    };
    let digest = card.digest.hex();
    let copy = move || {
        let address = picture.with(|picture| {
            picture.as_ref().map(|picture| match picture {
                Picture::Here(url) => url.as_str().to_owned(),
                Picture::There(address) => address.clone(),
            })
        });
        address.map(|address| view! { <img src=address alt=t.copy() /> })
    };
    view! {
        <section class="part" id="public-copy">
            <h2>{t.has_copy()}</h2>
            <div class="photo-pair-pictures">
                <figure>
                    <img src=address(&source.photo) alt=t.original() width=source.photo.width_px height=source.photo.height_px />
                    <figcaption>{t.original()}</figcaption>
                </figure>
                <figure>
                    {copy}
                    <figcaption>{t.copy()}" · "{t.copy_facts()}</figcaption>
                </figure>
            </div>
            <p role="status">{move || if is_on_the_way() { t.on_the_way() } else { t.arrived() }}</p>
            <p class="code small">{t.copy_digest(&digest)}</p>
            <p class="muted">{t.newest_counts()}</p>
        </section>
    }
}
