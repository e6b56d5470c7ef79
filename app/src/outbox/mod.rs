//! The outbox 待传: each thing in a sentence, with its next try, its details, and a way out as a file.
//!
//! There is no button that deletes. A thing leaves this list by its receipt.

mod says;
mod parcel;
mod seal;
mod export;
mod seal_sheet;

pub use parcel::ParcelPage;
pub use says::says;

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::clock::Span;
use xunan_core::outbox::Delivery;
use xunan_core::sync::Which;

use crate::browser::clock;
use crate::i18n::texts;
use crate::session::Phone;
use crate::shell::Frame;
use crate::store::Queued;
use crate::sync::{Sending, Sync};
use crate::ui::{Banner, BannerKind, Button, ButtonKind, IconName, LinkButton, Screen, ScreenKind, Toasts};
use export::{Exported, Protection, export};
use says::{Standing, standing};
use seal_sheet::ExportSealed;

/// The outbox.
#[component]
pub fn OutboxPage() -> impl IntoView {
    let (phone, sync) = (Phone::expect(), Sync::expect());
    let t = texts().outbox();
    phone.follow_outbox();
    let listed = Memo::new(move |_| {
        phone.outbox.with(|outbox| {
            outbox.items().iter().filter(|queued| Phone::is_listed(&queued.item)).cloned().collect::<Vec<_>>()
        })
    });
    let part = move |wanted: Standing| {
        Memo::new(move |_| {
            listed.with(|all| all.iter().filter(|it| standing(it) == wanted).cloned().collect::<Vec<_>>())
        })
    };
    let (stopped, waiting, received) =
        (part(Standing::Stopped), part(Standing::Waiting), part(Standing::Received));
    let urged = Memo::new(move |_| {
        let age = phone.summary()?.urged(clock::now())?;
        Some(age.as_millis() / Span::days(1).as_millis())
    });
    let unsent = move || !stopped.with(Vec::is_empty) || !waiting.with(Vec::is_empty);
    view! {
        <Frame title=t.title()>
            <Show when=move || sync.sending.get() == Sending::OtherTab>
                <Banner kind=BannerKind::Note icon=IconName::Send text=t.other_tab_sends() />
            </Show>
            {move || urged.get().map(|days| view! {
                <Banner kind=BannerKind::Warning icon=IconName::Clock text=t.waiting_long(days) />
            })}
            <Show when=move || phone.summary().is_some() && listed.with(Vec::is_empty)>
                <Screen kind=ScreenKind::Empty { title: t.empty_title(), text: t.empty_text() } />
            </Show>
            <Show when=unsent>
                <div class="line">
                    <Button kind=ButtonKind::Primary icon=IconName::Send on_press=Callback::new(move |()| sync.try_now(Which::All))>
                        {t.try_all_now()}
                    </Button>
                    <ExportAll />
                    <ExportSealed />
                </div>
            </Show>
            <Part title=t.needs_you_part() items=stopped />
            <Part title=t.waiting_part() items=waiting />
            <Part title=t.received_part() items=received />
        </Frame>
    }
}

#[component]
fn Part(title: &'static str, items: Memo<Vec<Queued>>) -> impl IntoView {
    view! {
        <Show when=move || !items.with(Vec::is_empty)>
            <section class="part">
                <div class="part-head"><h2>{title}</h2></div>
                <div class="cards">{move || items.get().into_iter().rev().map(parcel).collect_view()}</div>
            </section>
        </Show>
    }
}

fn parcel(queued: Queued) -> impl IntoView {
    let sync = Sync::expect();
    let t = texts().outbox();
    let (entry, standing) = (queued.item.entry(), standing(&queued));
    let title = queued.item.title().to_owned();
    let sentence = {
        let queued = queued.clone();
        move || says(texts(), &queued, sync.sending.get(), sync.network.get())
    };
    let exported = queued.clone();
    view! {
        <article class="parcel" data-state=standing.name() data-entry=entry.to_string()>
            <h3 class="card-title">{title}</h3>
            <p class="parcel-says" role="status">{sentence}</p>
            <div class="parcel-actions">
                {(standing != Standing::Received).then(|| view! {
                    <Button on_press=Callback::new(move |()| sync.try_now(Which::One(entry)))>{t.try_now()}</Button>
                })}
                <LinkButton href=format!("/outbox/{entry}") kind=ButtonKind::Plain>{texts().words().details()}</LinkButton>
                <ExportOne queued=exported />
            </div>
        </article>
    }
}

/// Exports one entry with its photos.
#[component]
fn ExportOne(queued: Queued) -> impl IntoView {
    let busy = RwSignal::new(false);
    let t = texts().outbox();
    view! {
        <Button kind=ButtonKind::Plain icon=IconName::Export busy on_press=Callback::new(move |()| start(vec![queued.clone()], Protection::Plain, busy))>
            {t.export_one()}
        </Button>
    }
}

/// Exports everything that has no receipt yet.
#[component]
fn ExportAll() -> impl IntoView {
    let phone = Phone::expect();
    let busy = RwSignal::new(false);
    view! {
        <Button icon=IconName::Export busy on_press=Callback::new(move |()| start(unsent(phone), Protection::Plain, busy))>
            {texts().outbox().export_all()}
        </Button>
    }
}

/// Everything that has no receipt yet.
fn unsent(phone: Phone) -> Vec<Queued> {
    let waits = |queued: &&Queued| !matches!(queued.item.delivery(), Delivery::Acknowledged { .. });
    phone.outbox.with_untracked(|outbox| outbox.items().iter().filter(waits).cloned().collect())
}

fn start(items: Vec<Queued>, protection: Protection, busy: RwSignal<bool>) {
    if busy.get_untracked() {
        return;
    }
    busy.set(true);
    let (phone, toasts, t) = (Phone::expect(), Toasts::find(), texts());
    spawn_local(async move {
        let done = export(phone, &items, &protection).await;
        busy.try_set(false);
        let words = match done {
            Ok(Exported::Handed) => t.outbox().exported().to_owned(),
            Ok(Exported::CalledOff) => return,
            Err(problem) => t.problem(&problem),
        };
        if let Some(toasts) = toasts {
            toasts.say(words);
        }
    });
}
