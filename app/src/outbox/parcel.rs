//! One thing in the outbox, in full: its photos one by one, its fingerprint, its receipt.

use leptos::prelude::*;
use xunan_core::ids::EntryId;
use xunan_core::outbox::{Delivery, PhotoDelivery, PhotoState};
use xunan_core::sync::Which;

use super::ExportOne;
use super::says::{Standing, photos, says, standing};
use crate::i18n::{Texts, texts};
use crate::session::Phone;
use crate::shell::Frame;
use crate::store::Queued;
use crate::sync::Sync;
use crate::ui::{Button, ButtonKind, IconName, LinkButton, Screen, ScreenKind, Skeleton};

/// The page of one thing.
#[component]
pub fn ParcelPage(entry: EntryId) -> impl IntoView {
    let phone = Phone::expect();
    phone.follow_outbox();
    let queued = Memo::new(move |_| {
        phone.outbox.with(|all| all.items().iter().find(|it| it.item.entry() == entry).cloned())
    });
    move || match queued.get() {
        None if phone.summary().is_none() => view! { <main class="page"><Skeleton /></main> }.into_any(),
        Some(queued) => {
            let title = queued.item.title().to_owned();
            view! { <Frame title back="/outbox"><Parcel queued /></Frame> }.into_any()
        }
        None => view! {
            <Frame title=texts().outbox().title() back="/outbox"><Screen kind=ScreenKind::NotFound /></Frame>
        }
        .into_any(),
    }
}

#[component]
fn Parcel(queued: Queued) -> impl IntoView {
    let sync = Sync::expect();
    let t = texts();
    let (item, entry, standing) = (queued.item.clone(), queued.item.entry(), standing(&queued));
    let sentence = {
        let queued = queued.clone();
        move || says(t, &queued, sync.sending.get(), sync.network.get())
    };
    let tries = item.delivery().attempts();
    let receipt = match item.delivery() {
        Delivery::Acknowledged { receipt, .. } => Some(receipt.clone()),
        _ => None,
    };
    // A signed visit is what documents are made from, also before anything was sent.
    let visit = queued.visit;
    let kind = match item.kind() {
        "visit.signed" => t.outbox().kind_visit(),
        "photo.redacted" => t.outbox().kind_public_copy(),
        kind if kind.starts_with("plan.") => t.outbox().kind_plan(),
        "document.issued" => t.documents().document(),
        _ => t.outbox().kind_other(),
    };
    view! {
        <article class="parcel" data-state=standing.name() data-entry=entry.to_string()>
            <p class="parcel-says" role="status">{sentence}</p>
            {(tries > 0).then(|| view! { <p class="muted small">{t.outbox().tries(tries)}</p> })}
            <div class="parcel-actions">
                {(standing != Standing::Received).then(|| view! {
                    <Button kind=ButtonKind::Primary icon=IconName::Send on_press=Callback::new(move |()| sync.try_now(Which::One(entry)))>
                        {t.outbox().try_now()}
                    </Button>
                })}
                {visit.map(|visit| view! {
                    <LinkButton href=format!("/visits/{visit}/documents") icon=IconName::Pen>{t.documents().title()}</LinkButton>
                })}
                <ExportOne queued=queued />
            </div>
            <p class="muted small">{t.outbox().export_about()}</p>
        </article>
        {(!item.photos().is_empty()).then(|| photo_list(t, item.photos(), photos(&item)))}
        <dl class="facts">
            <dt>{kind}</dt><dd>{t.outbox().written_at(&t.time().exact(item.written()))}</dd>
            <dt>{t.outbox().entry_id()}</dt><dd class="code">{entry.to_string()}</dd>
            <dt>{t.outbox().hash()}</dt><dd class="code">{item.hash().to_string()}</dd>
            {receipt.map(|receipt| view! { <dt>{t.outbox().receipt()}</dt><dd class="code">{receipt}</dd> })}
        </dl>
        <p class="muted small">{t.outbox().receipt_about()}</p>
    }
}

fn photo_list(t: Texts, photos: &[PhotoDelivery], (arrived, all): (u32, u32)) -> impl IntoView + use<> {
    let lines = photos.iter().zip(1_u32..).map(|(photo, number)| {
        let state = match &photo.state {
            PhotoState::Waiting => t.outbox().photo_waiting().to_owned(),
            PhotoState::Partly { sent_bytes, .. } => {
                t.outbox().photo_partly(percent(*sent_bytes, photo.size_bytes))
            }
            PhotoState::Arrived => t.outbox().photo_arrived().to_owned(),
            PhotoState::Refused { problem } => t.outbox().photo_refused(&t.problem(problem)),
        };
        view! {
            <li class="row">
                <span class="row-text"><span class="row-title">{t.words().photo_number(number)}</span></span>
                <span class="row-end">{state}</span>
            </li>
        }
    });
    view! {
        <section class="part">
            <div class="part-head"><h2>{t.outbox().photos(arrived, all)}</h2></div>
            <ul class="rows">{lines.collect_view()}</ul>
        </section>
    }
}

/// Whole percent, 100 only when all of it is sent.
fn percent(sent_bytes: u64, size_bytes: u64) -> u32 {
    u32::try_from(sent_bytes.min(size_bytes) * 100 / size_bytes.max(1)).unwrap_or(100)
}
