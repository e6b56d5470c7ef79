//! The walk itself: sections as a strip, items as cards, counts that are filters under the thumb.

use leptos::prelude::*;
use xunan_core::rules::{Item, ItemId};
use xunan_core::visit::{Edit, HazardOf};

use super::camera::Camera;
use super::filter::{Filter, Show as Cards, is_open};
use super::free_hazards::FreeHazards;
use super::hazard_sheet::HazardSheet;
use super::item_card::ItemCard;
use super::open_visit::OpenVisit;
use super::photos_of::PhotosOf;
use super::revisits::Revisits;
use crate::browser::scroll;
use crate::i18n::texts;
use crate::store::Shows;
use crate::ui::{Chip, IconName, LinkButton, Progress, SearchField, SectionStrip, SectionTab};

/// What lies over the list, and what the cards ask for.
#[derive(Clone, Copy)]
pub(super) struct Walk {
    /// The hazard whose sheet is open.
    pub(super) sheet: RwSignal<Option<HazardOf>>,
    /// What the camera is open for.
    pub(super) camera: RwSignal<Option<Shows>>,
    /// The card that is next.
    pub(super) current: RwSignal<Option<ItemId>>,
}

impl Walk {
    /// The walk of the page around.
    pub(super) fn expect() -> Self {
        expect_context()
    }

    /// After an answer: notes where we are and brings the next open card into view. Called on `click`, so no
    /// finger is down any more.
    pub(super) fn go_on_after(self, visit: OpenVisit, item: &ItemId) {
        let next = visit.with(|draft, pack| {
            let (facility_type, profile) = (draft.head().facility.facility_type, draft.head().profile);
            let after = pack.items_for(facility_type, profile).skip_while(|it| it.id != *item).skip(1);
            let open = |it: &&Item| visit.item(&it.id).is_some_and(|view| view.with_untracked(is_open));
            after.filter(open).map(|it| it.id.clone()).next()
        });
        if let Some(next) = next {
            self.stand_at(visit, next);
        }
    }

    /// Makes an item the current one, remembers it, and shows it.
    pub(super) fn stand_at(self, visit: OpenVisit, item: ItemId) {
        scroll::show_id(&card_id(&item));
        let _only_refused_for_unknown_items = visit.edit(Edit::Bookmark(Some(item.clone())));
        self.current.set(Some(item));
    }
}

/// The `id` attribute of an item's card.
pub(super) fn card_id(item: &ItemId) -> String {
    format!("item-{item}")
}

/// The walk.
#[component]
pub(super) fn WalkView() -> impl IntoView {
    let visit = OpenVisit::expect();
    let bookmark = visit.with(|draft, _| draft.bookmark().cloned());
    let walk = Walk {
        sheet: RwSignal::new(visit.open_next.get_untracked()),
        camera: RwSignal::new(None),
        current: RwSignal::new(bookmark.clone()),
    };
    visit.open_next.set(None);
    provide_context(walk);
    let filter = Filter::new();
    let sections = StoredValue::new(sections_of(visit));
    if let Some(bookmark) = bookmark {
        // The cards are in the page after this function returns.
        request_animation_frame(move || scroll::show_id(&card_id(&bookmark)));
    }
    view! {
        <WalkHead walk filter sections />
        <main class="page walk" id="main">
            <Revisits />
            <div class="cards" data-long>
                {sections.with_value(|sections| sections.iter().map(|section| section_view(section, filter)).collect_view())}
            </div>
            <Show when=move || !filter.shows_any()>
                <p class="card-note" role="status">{texts().walk().none_found()}</p>
            </Show>
            <FreeHazards />
        </main>
        <WalkFoot filter />
        <HazardSheet />
        <Camera of=PhotosOf::Visit(visit) aim=walk.camera />
    }
}

/// One section with the items that this visit asks.
#[derive(Clone)]
struct WalkSection {
    name: String,
    items: Vec<ItemId>,
    left: Signal<u32>,
}

fn sections_of(visit: OpenVisit) -> Vec<WalkSection> {
    let lang = texts().lang();
    visit.with(|draft, pack| {
        let (facility_type, profile) = (draft.head().facility.facility_type, draft.head().profile);
        let sections = pack.sections().iter().map(|section| {
            let asked = pack.items_for(facility_type, profile).filter(|item| item.section == section.id);
            let items: Vec<ItemId> = asked.map(|item| item.id.clone()).collect();
            let views: Vec<_> = items.iter().filter_map(|item| visit.item(item)).collect();
            let left = Memo::new(move |_| {
                u32::try_from(views.iter().filter(|view| view.with(is_open)).count()).unwrap_or(u32::MAX)
            });
            WalkSection { name: lang.of(&section.text).to_owned(), items, left: left.into() }
        });
        sections.filter(|section| !section.items.is_empty()).collect()
    })
}

/// Progress, sections and search: stays above while the cards pass.
#[component]
fn WalkHead(walk: Walk, filter: Filter, sections: StoredValue<Vec<WalkSection>>) -> impl IntoView {
    let visit = OpenVisit::expect();
    let count = |of: usize| u32::try_from(of).unwrap_or(u32::MAX);
    let done = Signal::derive(move || count(visit.progress.get().answered));
    let of = Signal::derive(move || count(visit.progress.get().items));
    let current = Signal::derive(move || {
        let item = walk.current.get();
        let holds = |section: &WalkSection| item.as_ref().is_some_and(|item| section.items.contains(item));
        sections.with_value(|sections| sections.iter().position(holds).unwrap_or(0))
    });
    let tabs = sections.with_value(|sections| {
        sections.iter().map(|section| SectionTab { name: section.name.clone(), left: section.left }).collect()
    });
    let pick = Callback::new(move |at: usize| {
        let first = sections.with_value(|sections| {
            let items = &sections.get(at)?.items;
            let open = |item: &&ItemId| visit.item(item).is_some_and(|view| view.with_untracked(is_open));
            items.iter().find(open).or(items.first()).cloned()
        });
        if let Some(first) = first {
            walk.stand_at(visit, first);
        }
    });
    view! {
        <section class="walk-head" data-tools="" aria-label=texts().words().sections()>
            <div class="walk-tools">
                <SearchField
                    label=texts().walk().search()
                    value=filter.search
                    on_search=Callback::new(move |text| filter.search(text, visit))
                />
            </div>
            <Progress done of />
            <SectionStrip sections=tabs current on_pick=pick />
        </section>
    }
}

fn section_view(section: &WalkSection, filter: Filter) -> impl IntoView + use<> {
    let items = section.items.clone();
    let any = {
        let items = items.clone();
        move || items.iter().any(|item| filter.shows(item))
    };
    let name = section.name.clone();
    view! {
        <h2 class="section-title" hidden=move || !any()>{name}</h2>
        {items
            .into_iter()
            .enumerate()
            .map(|(at, item)| view! { <ItemCard item number=at + 1 filter /> })
            .collect_view()}
    }
}

/// Counts that are filters, and the way to the review.
#[component]
fn WalkFoot(filter: Filter) -> impl IntoView {
    let visit = OpenVisit::expect();
    let t = texts().walk();
    let count = |of: usize| u32::try_from(of).unwrap_or(u32::MAX);
    let on = move |show: Cards| Signal::derive(move || filter.show.get() == show);
    let press = move |show: Cards| Callback::new(move |()| filter.press(show, visit));
    let progress = visit.progress;
    let open = Signal::derive(move || count(progress.with(|it| it.items - it.answered)));
    let failed = Signal::derive(move || count(progress.with(|it| it.failed)));
    let photos = Signal::derive(move || count(progress.with(|it| it.photos)));
    let review = visit.with(|draft, _| format!("/visits/{}/review", draft.head().visit));
    view! {
        <footer class="walk-foot">
            <div class="chips" data-one-line>
                <Chip on=on(Cards::Open) count=open on_toggle=press(Cards::Open)>{t.unanswered()}</Chip>
                <Chip on=on(Cards::Failed) count=failed on_toggle=press(Cards::Failed)>{t.failed()}</Chip>
                <Chip on=on(Cards::WithPhotos) count=photos on_toggle=press(Cards::WithPhotos)>{t.with_photo()}</Chip>
            </div>
            <LinkButton href=review icon=IconName::Pen>{t.review()}</LinkButton>
        </footer>
    }
}
