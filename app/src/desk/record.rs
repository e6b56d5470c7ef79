//! A visit's record on the screen as it will be on paper: one page of A4 widths, black on white when printed.

use std::collections::BTreeMap;
use std::rc::Rc;

use leptos::prelude::*;
use xunan_core::access::{Action, Permission, may_do};
use xunan_core::evidence::{PhotoManifest, Signature};
use xunan_core::ids::{PhotoId, VisitId};
use xunan_core::log::TimeBounds;
use xunan_core::visit::{SiteSignature, VisitRecord};

use super::kept::Kept;
use super::photo_facts::photo_facts;
use super::record_facts::{Facts, FireHint, ReceiptFacts};
use super::record_findings::{Findings, Revisits};
use super::record_items::ItemTable;
use super::record_reuse::ReusedPhotos;
use super::route::DeskRoute;
use super::visit::Items;
use super::visits::count;
use crate::i18n::texts;
use crate::session::Phone;
use crate::ui::{IconName, LinkButton, PhotoGrid, Sheet, SignatureImage, Thumb, ThumbState};

/// The photos of a record, by the numbers under which its text names them.
#[derive(Clone)]
pub(super) struct Album {
    photos: Rc<BTreeMap<PhotoId, (u32, PhotoManifest)>>,
    /// The photo that is looked at.
    open: RwSignal<Option<PhotoId>>,
}

impl Album {
    fn of(record: &VisitRecord) -> Self {
        let numbered =
            (1..).zip(&record.content().photos).map(|(number, photo)| (photo.id, (number, photo.clone())));
        Self { photos: Rc::new(numbered.collect()), open: RwSignal::new(None) }
    }

    /// The album of the record around.
    pub(super) fn expect() -> Self {
        expect_context::<StoredValue<Self, LocalStorage>>().get_value()
    }

    /// Small pictures on the screen; on paper the numbers of those that stand at the end.
    pub(super) fn thumbs(&self, photos: &[PhotoId]) -> Option<impl IntoView + use<>> {
        let thumb = |id: &PhotoId| {
            let (number, photo) = self.photos.get(id)?;
            Some(Thumb { id: *id, number: *number, url: Some(address(photo)), state: ThumbState::Stored })
        };
        let thumbs: Vec<Thumb> = photos.iter().filter_map(thumb).collect();
        if thumbs.is_empty() {
            return None;
        }
        let words: Vec<_> = thumbs.iter().map(|thumb| texts().words().photo_number(thumb.number)).collect();
        let open = self.open;
        Some(view! {
            <div class="no-print">
                <PhotoGrid photos=Signal::stored(thumbs) on_open=Callback::new(move |id| open.set(Some(id))) />
            </div>
            <span class="print-only">{words.join("、")}</span>
        })
    }

    fn all(&self) -> Vec<(PhotoId, u32, PhotoManifest)> {
        let mut all: Vec<_> =
            self.photos.iter().map(|(id, (number, photo))| (*id, *number, photo.clone())).collect();
        all.sort_by_key(|(_, number, _)| *number);
        all
    }
}

/// Where the server gives out a photo's bytes.
pub(super) fn address(photo: &PhotoManifest) -> String {
    format!("/api/photos/{}", photo.stored.hex())
}

/// The record.
#[component]
pub(super) fn Record(
    /// What the server keeps.
    kept: Rc<Kept>,
    /// Which items are listed.
    items: RwSignal<Items>,
) -> impl IntoView {
    let t = texts().desk();
    let album = Album::of(&kept.record);
    provide_context(StoredValue::new_local(album.clone()));
    let visit = kept.record.content().visit.to_string();
    let times = kept.times.photos.clone();
    let content = kept.record.content();
    let make = Action::MakePublicCopy { division: &content.division };
    let redact = (may_do(&Phone::expect().account(), &make) == Permission::Granted).then_some(content.visit);
    view! {
        <article class="record">
            <header class="stack" data-gap="small">
                <p class="record-number">{t.record_number(&visit)}</p>
                <h1 class="record-title">{t.record_title()}</h1>
            </header>
            <Facts kept=kept.clone() />
            <Findings kept=kept.clone() />
            <FireHint kept=kept.clone() />
            <Revisits kept=kept.clone() />
            <ItemTable kept=kept.clone() items />
            <Signatures kept=kept.clone() />
            <ReusedPhotos kept=kept.clone() />
            <Photos album=album.clone() />
            <ReceiptFacts kept />
        </article>
        <LargePhoto album times redact />
    }
}

/// Who signed, with what was drawn.
#[component]
fn Signatures(kept: Rc<Kept>) -> impl IntoView {
    let t = texts();
    let content = kept.record.content();
    let roles = [t.review().lead(), t.review().second()];
    let [lead, second] = kept.record.inspectors_signatures();
    let inspectors =
        content.inspectors.iter().zip([lead, second]).zip(roles).map(|((inspector, signature), role)| {
            let note = t.review().certificate(&inspector.certificate.number);
            signed(role, &inspector.name, &note, signature)
        });
    let site = &content.site_person;
    let site = match kept.record.site() {
        SiteSignature::Signed(signature) => {
            signed(t.review().site(), &site.name, &site.post, signature).into_any()
        }
        SiteSignature::Refused { reason, witness } => view! {
            <div class="stack" data-gap="small">
                <p>{t.review().site()}" "{site.name.clone()}" "{site.post.clone()}</p>
                <p>{t.desk().record_refused(reason, &witness.name)}</p>
            </div>
            {signed(t.review().witness(), &witness.name, "", &witness.signature)}
        }
        .into_any(),
    };
    view! {
        <section class="part">
            <h2>{t.desk().record_signatures()}</h2>
            <div class="record-signatures">{inspectors.collect_view()}{site}</div>
        </section>
    }
}

fn signed(role: &'static str, name: &str, note: &str, signature: &Signature) -> impl IntoView + use<> {
    let t = texts();
    let (name, note) = (name.to_owned(), note.to_owned());
    view! {
        <div class="stack" data-gap="small">
            <p>{role}" "<strong>{name.clone()}</strong>" "<span class="muted small">{note}</span></p>
            <SignatureImage strokes=signature.strokes.clone() of=name />
            <p class="muted small">{t.review().signed_at(&t.time().exact(signature.at))}</p>
        </div>
    }
}

/// Every photo with its number, its time and its fingerprint: as evidence, and for print.
#[component]
fn Photos(album: Album) -> impl IntoView {
    let t = texts();
    let all = album.all();
    if all.is_empty() {
        return ().into_any();
    }
    let open = album.open;
    let heading = format!("{} · {}", t.desk().record_photos(), t.photo().count(count(all.len())));
    let figure = move |(id, number, photo): (PhotoId, u32, PhotoManifest)| {
        let name = t.words().photo_number(number);
        // The size keeps the page still while pictures arrive. They are not lazy: print needs them all.
        view! {
            <figure>
                <button type="button" class="record-photo" on:click=move |_| open.set(Some(id))>
                    <img src=address(&photo) alt=name.clone() width=photo.width_px height=photo.height_px decoding="async" />
                </button>
                <figcaption>
                    {name}" · "{t.photo().taken_at(&t.time().exact(photo.taken))}" · "{t.name().camera_way(photo.way)}
                </figcaption>
            </figure>
        }
    };
    view! {
        <section class="part">
            <h2>{heading}</h2>
            <div class="record-photos">{all.into_iter().map(figure).collect_view()}</div>
        </section>
    }
    .into_any()
}

/// One photo, as large as the window, with what is known of it.
#[component]
fn LargePhoto(
    album: Album,
    times: BTreeMap<PhotoId, TimeBounds>,
    /// The visit, for those who may make copies for the public.
    redact: Option<VisitId>,
) -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts());
    let (open, photos, times) = (album.open, StoredValue::new_local(album.photos), StoredValue::new(times));
    let chosen = move || photos.with_value(|photos| open.get().and_then(|id| photos.get(&id).cloned()));
    let title = Signal::derive(move || {
        chosen().map(|(number, _)| t.words().photo_number(number)).unwrap_or_default()
    });
    let inside = move || {
        chosen().map(|(number, photo)| {
            let redact = redact.map(|visit| {
                let has_copy = phone.rows.with(|rows| rows.public_copy(photo.id).is_some());
                view! {
                    <div class="line">
                        <LinkButton href=DeskRoute::PublicCopy(visit, photo.id).path() icon=IconName::Pen>{t.redact().title()}</LinkButton>
                        {has_copy.then(|| view! { <span class="muted">{t.redact().has_copy()}</span> })}
                    </div>
                }
            });
            let facts = times.with_value(|times| photo_facts(&photo, times.get(&photo.id)));
            view! {
                <img class="photo-view" src=address(&photo) alt=t.words().photo_number(number) />
                {redact}
                <p>{t.photo().taken_at(&t.time().exact(photo.taken))}" · "{t.name().camera_way(photo.way)}</p>
                <p>{t.photo().size(photo.width_px, photo.height_px, photo.stored_bytes / 1000)}</p>
                {facts}
                <p class="code">{t.photo().original_hash()}" "{photo.original.hex()}</p>
            }
        })
    };
    let is_open = Signal::derive(move || open.get().is_some());
    view! { <Sheet title open=is_open on_close=Callback::new(move |()| open.set(None))>{inside}</Sheet> }
}
