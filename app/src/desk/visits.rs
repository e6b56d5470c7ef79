//! Visits received from the region: one table, the newest first.

use leptos::prelude::*;
use xunan_core::ledger::VisitCard;
use xunan_core::rules::Grade;

use super::open_row::OpenRow;
use super::route::DeskRoute;
use crate::browser::clock;
use crate::i18n::texts;
use crate::session::Phone;
use crate::ui::{Chip, GradeMark, Screen, ScreenKind, SearchField};

/// Rows that a table shows at once; the rest is a filter away.
pub(super) const MOST_ROWS: usize = 200;

/// The page.
#[component]
pub(super) fn VisitsPage() -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts().desk());
    let search = RwSignal::new(String::new());
    let major = RwSignal::new(Only::All);
    let shown = Memo::new(move |_| {
        let words = search.with(|words| words.trim().to_lowercase());
        phone.rows.with(|rows| {
            let fits = |visit: &&VisitCard| {
                (major.get() == Only::All || visit.major > 0) && (words.is_empty() || says(visit, &words))
            };
            rows.visits().into_iter().filter(fits).take(MOST_ROWS).cloned().collect::<Vec<_>>()
        })
    });
    let none = Memo::new(move |_| shown.with(Vec::is_empty));
    view! {
        <header class="desk-head"><h1>{t.inbox()}</h1><p class="muted">{move || counted(shown.with(Vec::len))}</p></header>
        <div class="desk-filters">
            <SearchField label=t.search_visits() value=search on_search=Callback::new(move |words| search.set(words)) />
            <Chip on=Signal::derive(move || major.get() == Only::Major) on_toggle=Callback::new(move |()| major.update(Only::toggle))>
                {t.filter_major()}
            </Chip>
        </div>
        <Show when=move || none.get()>
            <Screen kind=ScreenKind::Empty { title: t.no_visits_title(), text: t.no_visits_text() } />
        </Show>
        <Show when=move || !none.get()>
            <div class="table-frame">
                <table class="table">
                    <thead><tr>
                        <th scope="col">{t.col_facility()}</th>
                        <th scope="col">{t.col_time()}</th>
                        <th scope="col">{t.col_notice()}</th>
                        <th scope="col">{t.col_inspectors()}</th>
                        <th scope="col">{t.col_result()}</th>
                        <th scope="col" class="amount">{t.col_photos()}</th>
                        <th scope="col">{t.col_received()}</th>
                    </tr></thead>
                    <tbody>{move || shown.get().into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        </Show>
    }
}

/// Whether only visits with major hazards are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Only {
    All,
    Major,
}

impl Only {
    const fn toggle(&mut self) {
        *self = match self {
            Self::All => Self::Major,
            Self::Major => Self::All,
        };
    }
}

fn row(visit: VisitCard) -> impl IntoView {
    let t = texts();
    let href = DeskRoute::Visit(visit.id).path();
    let now = clock::now();
    let major = (visit.major > 0).then(|| {
        view! { " "<GradeMark grade=Grade::Major />" "{visit.major} }
    });
    view! {
        <OpenRow href=href.clone()>
            <th scope="row"><a href=href>{visit.facility_name}</a><span class="muted small">" "{t.name().facility_type(visit.facility_type)}</span></th>
            <td class="nowrap">{t.time().when(visit.started, now)}</td>
            <td class="nowrap">{t.name().notice(visit.notice)}</td>
            <td class="nowrap">{visit.inspectors.join("、")}</td>
            <td class="nowrap">{t.walk().failed_count(visit.failed)}" / "{visit.items}{major}</td>
            <td class="amount" data-label=t.desk().col_photos()>{visit.photos}</td>
            <td class="nowrap">{t.time().when(visit.received, now)}</td>
        </OpenRow>
    }
}

fn says(visit: &VisitCard, words: &str) -> bool {
    std::iter::once(&visit.facility_name)
        .chain(&visit.inspectors)
        .any(|text| text.to_lowercase().contains(words))
}

/// How many rows stand in a table, and that there may be more.
pub(super) fn counted(shown: usize) -> String {
    let t = texts().desk();
    if shown < MOST_ROWS { t.rows(count(shown)) } else { t.first_rows(count(shown)) }
}

/// A length as the texts count.
pub(super) fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}
