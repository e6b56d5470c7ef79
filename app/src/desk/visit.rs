//! One visit in full: its record is fetched, and shown as it prints.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::ids::{EntryId, VisitId};
use xunan_core::problem::Problem;

use super::kept::Kept;
use super::record::Record;
use super::route::DeskRoute;
use super::unread::unread;
use crate::browser::page;
use crate::i18n::texts;
use crate::session::Phone;
use crate::sync::Sync;
use crate::ui::{Button, ButtonKind, Chip, IconName, LinkButton, Screen, ScreenKind, Skeleton};

/// Which items of the checklist are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Items {
    /// Every one.
    All,
    /// Those that failed.
    Failed,
}

/// How far reading a record is.
#[derive(Clone)]
pub(super) enum Reading {
    /// The list of visits, or the record, is on its way.
    UnderWay,
    /// There is no such visit, as far as this account may see.
    NoSuchVisit,
    /// Here it is.
    Here(Rc<Kept>),
    /// It could not be read.
    Failed(Problem),
}

/// The page.
#[component]
pub(super) fn VisitPage(visit: VisitId) -> impl IntoView {
    let t = texts().desk();
    let items = RwSignal::new(Items::All);
    let (reading, entry, again) = reading_of(visit);
    view! {
        <nav class="desk-filters no-print">
            <LinkButton href=DeskRoute::Visits.path() icon=IconName::Back>{t.inbox()}</LinkButton>
            <Show when=move || matches!(reading.get(), Reading::Here(_))>
                <Chip
                    on=Signal::derive(move || items.get() == Items::Failed)
                    on_toggle=Callback::new(move |()| items.update(Items::toggle))
                >
                    {t.only_failed()}
                </Chip>
                {move || entry.get().map(|entry| view! {
                    <LinkButton href=format!("/api/entries/{entry}/package") icon=IconName::Storage>{t.package()}</LinkButton>
                })}
                <LinkButton href=DeskRoute::VisitDocuments(visit).path() icon=IconName::Pen>{texts().documents().title()}</LinkButton>
                <Button kind=ButtonKind::Primary icon=IconName::Export on_press=Callback::new(|()| page::print())>{t.print()}</Button>
            </Show>
        </nav>
        {move || match reading.get() {
            Reading::UnderWay => view! { <h1 class="unseen">{t.record_title()}</h1><Skeleton cards=4 /> }.into_any(),
            Reading::NoSuchVisit => view! { <Screen kind=ScreenKind::NotFound /> }.into_any(),
            Reading::Here(kept) => view! { <Record kept items /> }.into_any(),
            Reading::Failed(problem) => unread(problem, again, (DeskRoute::Visits, texts().desk().inbox())).into_any(),
        }}
    }
}

/// Reads the record of a visit as soon as its card is here: how far that is, its entry, and how to read it again.
pub(super) fn reading_of(
    visit: VisitId,
) -> (RwSignal<Reading, LocalStorage>, Memo<Option<EntryId>>, Callback<()>) {
    let (phone, sync) = (Phone::expect(), Sync::expect());
    let reading = RwSignal::new_local(Reading::UnderWay);
    let entry = Memo::new(move |_| phone.rows.with(|rows| rows.visit(visit).map(|card| card.entry)));
    let pulled = Memo::new(move |_| phone.contact.get().is_some_and(|contact| contact.pulled.is_some()));
    let read = move |entry: EntryId| {
        reading.set(Reading::UnderWay);
        spawn_local(async move {
            let read = match Kept::fetch(entry, phone, sync).await {
                Ok(kept) => Reading::Here(Rc::new(kept)),
                Err(problem) => Reading::Failed(problem),
            };
            reading.try_set(read);
        });
    };
    Effect::new(move || match entry.get() {
        Some(entry) => read(entry),
        None if pulled.get() => reading.set(Reading::NoSuchVisit),
        None => reading.set(Reading::UnderWay),
    });
    let again = Callback::new(move |()| entry.get_untracked().into_iter().for_each(read));
    (reading, entry, again)
}

impl Items {
    const fn toggle(&mut self) {
        *self = match self {
            Self::All => Self::Failed,
            Self::Failed => Self::All,
        };
    }
}
