//! Institutions of the region: the table, and one institution's card with what is open there.

use leptos::prelude::*;
use xunan_core::facility::{Facility, Party};
use xunan_core::ids::FacilityId;

use super::open_row::OpenRow;
use super::route::DeskRoute;
use super::visits::count;
use crate::browser::clock;
use crate::i18n::texts;
use crate::session::Phone;
use crate::ui::{GradeMark, LinkButton, Screen, ScreenKind, SearchField};

/// The table.
#[component]
pub(super) fn FacilitiesPage() -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts());
    let search = RwSignal::new(String::new());
    let shown = Memo::new(move |_| {
        let words = search.with(|words| words.trim().to_lowercase());
        phone.rows.with(|rows| {
            let fits = |it: &&Facility| {
                it.name.to_lowercase().contains(&words) || it.address.to_lowercase().contains(&words)
            };
            let found = rows.facilities().into_iter().filter(fits);
            found.map(|it| (it.clone(), count(rows.open_hazards_of(it.id).len()))).collect::<Vec<_>>()
        })
    });
    view! {
        <header class="desk-head"><h1>{t.desk().facilities()}</h1><p class="muted">{move || t.desk().rows(count(shown.with(Vec::len)))}</p></header>
        <div class="desk-filters">
            <SearchField label=t.facility().search() value=search on_search=Callback::new(move |words| search.set(words)) />
        </div>
        <div class="table-frame">
            <table class="table">
                <thead><tr>
                    <th scope="col">{t.desk().col_facility()}</th>
                    <th scope="col">{t.facility().facility_type()}</th>
                    <th scope="col">{t.facility().address()}</th>
                    <th scope="col" class="amount">{t.desk().filter_open()}</th>
                </tr></thead>
                <tbody>{move || shown.get().into_iter().map(|(facility, open)| row(facility, open)).collect_view()}</tbody>
            </table>
        </div>
    }
}

fn row(facility: Facility, hazards: u32) -> impl IntoView {
    let href = DeskRoute::Facility(facility.id).path();
    view! {
        <OpenRow href=href.clone()>
            <th scope="row"><a href=href>{facility.name}</a></th>
            <td class="nowrap">{texts().name().facility_type(facility.facility_type)}</td>
            <td>{facility.address}</td>
            <td class="amount" data-label=texts().desk().filter_open()>{hazards}</td>
        </OpenRow>
    }
}

/// One institution: who answers for it, what is open, what was checked.
#[component]
pub(super) fn FacilityPage(facility: FacilityId) -> impl IntoView {
    let phone = Phone::expect();
    // On a new computer an address may be opened before what it is about has arrived.
    let card = Memo::new(move |_| phone.rows.with(|rows| rows.facility(facility).cloned()));
    move || match card.get() {
        Some(card) => page(phone, &card).into_any(),
        None => view! { <Screen kind=ScreenKind::NotFound /> }.into_any(),
    }
}

fn page(phone: Phone, card: &Facility) -> impl IntoView + use<> {
    let (t, facility) = (texts(), card.id);
    let parties = Party::ALL.map(|party| {
        let holder = card.holder(party).map(|it| format!("{} {}", it.name, it.post));
        view! { <dt>{t.name().party(party)}</dt><dd>{holder.unwrap_or_else(|| t.words().unknown().to_owned())}</dd> }
    });
    view! {
        <header class="desk-head"><h1>{card.name.clone()}</h1>
            <LinkButton href=DeskRoute::NewPlan.path()>{t.desk().new_plan()}</LinkButton>
            <a class="button" href=poster(facility) rel="external" target="_blank">{t.snaps().poster()}</a>
            <a class="button" href=trainings(facility) rel="external" target="_blank">{t.snaps().trainings()}</a>
        </header>
        <dl class="facts">
            <dt>{t.facility().facility_type()}</dt><dd>{t.name().facility_type(card.facility_type)}</dd>
            <dt>{t.facility().address()}</dt><dd>{card.address.clone()}</dd>
            <dt>{t.facility().telephone()}</dt><dd>{card.telephone.clone()}</dd>
            {parties.into_iter().collect_view()}
        </dl>
        <section class="part"><div class="part-head"><h2>{t.facility().open_hazards()}</h2></div>{open_hazards(phone, facility)}</section>
        <section class="part"><div class="part-head"><h2>{t.facility().visits()}</h2></div>{visits(phone, facility)}</section>
    }
}

/// The sheet with the code by which citizens report: a page of the server's, to be printed.
fn poster(facility: FacilityId) -> String {
    format!("/snap/poster?f={facility}")
}

/// The institution's records of staff training: a page of the server's. Whoever may not see them is told that there is nothing.
fn trainings(facility: FacilityId) -> String {
    format!("/snap/know/training?f={facility}")
}

fn open_hazards(phone: Phone, facility: FacilityId) -> impl IntoView {
    let hazards: Vec<_> =
        phone.rows.with(|rows| rows.open_hazards_of(facility).into_iter().cloned().collect());
    if hazards.is_empty() {
        return view! { <p class="muted">{texts().facility().no_open_hazards()}</p> }.into_any();
    }
    let line = |hazard: xunan_core::ledger::HazardCard| {
        view! {
            <a class="row" href=DeskRoute::Hazard(hazard.id).path()>
                <span class="row-text"><span class="row-title">{hazard.title}</span><span class="row-note">{hazard.place}</span></span>
                <span class="row-end"><GradeMark grade=hazard.grade /></span>
            </a>
        }
    };
    view! { <div class="rows">{hazards.into_iter().map(line).collect_view()}</div> }.into_any()
}

fn visits(phone: Phone, facility: FacilityId) -> impl IntoView {
    let t = texts();
    let mut visits: Vec<_> = phone.rows.with(|rows| rows.visits().into_iter().cloned().collect());
    visits.retain(|visit| visit.facility == facility);
    if visits.is_empty() {
        return view! { <p class="muted">{t.facility().no_visits()}</p> }.into_any();
    }
    let now = clock::now();
    let line = |visit: xunan_core::ledger::VisitCard| {
        view! {
            <a class="row" href=DeskRoute::Visit(visit.id).path()>
                <span class="row-text"><span class="row-title">{t.time().when(visit.started, now)}</span><span class="row-note">{visit.inspectors.join("、")}</span></span>
                <span class="row-end">{t.walk().failed_count(visit.failed)}</span>
            </a>
        }
    };
    view! { <div class="rows">{visits.into_iter().map(line).collect_view()}</div> }.into_any()
}
