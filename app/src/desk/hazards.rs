//! Open hazards of the region: the major ones first, then those that are due first.

use leptos::prelude::*;
use xunan_core::clock::Date;
use xunan_core::ledger::HazardCard;
use xunan_core::rules::Grade;
use xunan_core::visit::Due;

use super::open_row::OpenRow;
use super::route::DeskRoute;
use super::visits::{MOST_ROWS, counted};
use crate::i18n::texts;
use crate::session::Phone;
use crate::ui::{Chip, GradeMark, Screen, ScreenKind, SearchField};

/// Which hazards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Only {
    All,
    Major,
    Overdue,
}

/// The page.
#[component]
pub(super) fn HazardsPage() -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts().desk());
    let (search, only, today) = (RwSignal::new(String::new()), RwSignal::new(Only::All), Phone::today());
    let shown = Memo::new(move |_| {
        let words = search.with(|words| words.trim().to_lowercase());
        phone.rows.with(|rows| {
            let name = |hazard: &HazardCard| {
                rows.facility(hazard.facility).map(|it| it.name.clone()).unwrap_or_default()
            };
            let lets_through = |hazard: &HazardCard| match only.get() {
                Only::All => true,
                Only::Major => hazard.grade == Grade::Major,
                Only::Overdue => overdue_days(hazard, today) > 0,
            };
            let named = rows
                .open_hazards()
                .into_iter()
                .filter(|hazard| lets_through(hazard))
                .map(|it| (it.clone(), name(it)));
            let fits = |(hazard, name): &(HazardCard, String)| {
                [&hazard.title, &hazard.description, &hazard.place, name]
                    .iter()
                    .any(|it| it.to_lowercase().contains(&words))
            };
            named.filter(fits).take(MOST_ROWS).collect::<Vec<_>>()
        })
    });
    let chip = move |own: Only, words: &'static str| {
        let toggle =
            Callback::new(move |()| only.update(|only| *only = if *only == own { Only::All } else { own }));
        view! { <Chip on=Signal::derive(move || only.get() == own) on_toggle=toggle>{words}</Chip> }
    };
    let none = Memo::new(move |_| shown.with(Vec::is_empty));
    view! {
        <header class="desk-head"><h1>{t.hazards()}</h1><p class="muted">{move || counted(shown.with(Vec::len))}</p></header>
        <div class="desk-filters">
            <SearchField label=t.search_hazards() value=search on_search=Callback::new(move |words| search.set(words)) />
            {chip(Only::Major, t.filter_major())}
            {chip(Only::Overdue, t.filter_overdue())}
        </div>
        <Show when=move || none.get()>
            <Screen kind=ScreenKind::Empty { title: t.no_hazards_title(), text: t.no_hazards_text() } />
        </Show>
        <Show when=move || !none.get()>
            <div class="table-frame">
                <table class="table">
                    <thead><tr>
                        <th scope="col">{t.col_hazard()}</th>
                        <th scope="col">{t.col_grade()}</th>
                        <th scope="col">{t.col_facility()}</th>
                        <th scope="col">{t.col_due()}</th>
                        <th scope="col">{t.col_responsible()}</th>
                        <th scope="col">{texts().documents().document()}</th>
                    </tr></thead>
                    <tbody>{move || shown.get().into_iter().map(|(hazard, name)| row(hazard, name, today)).collect_view()}</tbody>
                </table>
            </div>
        </Show>
    }
}

fn row(hazard: HazardCard, facility: String, today: Date) -> impl IntoView {
    let t = texts();
    let href = hazard.origin.visit().map_or(DeskRoute::Hazards, DeskRoute::Visit).path();
    let documents = DeskRoute::HazardDocuments(hazard.id).path();
    let late = overdue_days(&hazard, today);
    let due = match hazard.due {
        Due::OnTheSpot => t.hazard().due_on_the_spot().to_owned(),
        Due::By(date) => t.time().date(date, today),
    };
    let responsible = hazard.responsible.map(|it| format!("{} {}", t.name().party(it.party), it.name));
    view! {
        <OpenRow href=href.clone()>
            <th scope="row"><a href=href>{hazard.title}</a><span class="muted small">" "{hazard.place}" "{hazard.description}</span></th>
            <td class="nowrap"><GradeMark grade=hazard.grade /></td>
            <td>{facility}</td>
            <td class="nowrap">{due}" "{(late > 0).then(|| view! { <strong class="tag" data-kind="act">{t.facility().overdue(late)}</strong> })}</td>
            <td>{responsible}</td>
            <td class="nowrap"><a href=documents>{t.documents().title()}</a></td>
        </OpenRow>
    }
}

/// Days since its deadline; 0 or less while there is time. What was to be done on the spot is not counted here:
/// whether it was done stands in the record.
fn overdue_days(hazard: &HazardCard, today: Date) -> i64 {
    match hazard.due {
        Due::OnTheSpot => 0,
        Due::By(date) => today.days_since(date),
    }
}
