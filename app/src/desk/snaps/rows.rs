//! The table of citizens' reports.

use leptos::prelude::*;
use xunan_core::clock::{Date, Instant};
use xunan_core::ledger::SnapCard;
use xunan_core::snap::{CaseNumber, SnapState};
use xunan_core::sync::DueSnap;

use super::due::due;
use super::reward::reward_tag;
use crate::browser::clock;
use crate::desk::open_row::OpenRow;
use crate::desk::route::DeskRoute;
use crate::i18n::texts;
use crate::session::Phone;

/// Characters of somebody's words that a line of a list tells.
const EXCERPT: usize = 40;

/// The table; a row opens the report.
#[component]
pub(super) fn SnapTable(snaps: RwSignal<Vec<DueSnap>>) -> impl IntoView {
    let (t, today, now) = (texts().snaps(), Phone::today(), clock::now());
    view! {
        <div class="table-frame">
            <table class="table">
                <thead><tr>
                    <th scope="col">{t.col_what()}</th>
                    <th scope="col">{t.col_state()}</th>
                    <th scope="col">{t.col_due()}</th>
                    <th scope="col">{t.col_place()}</th>
                    <th scope="col">{t.col_received()}</th>
                </tr></thead>
                <tbody>
                    <For each=move || snaps.get() key=|it| (it.snap.id(), it.snap.life.stage.state(), it.snap.life.reward.as_ref().map(|it| it.stage.state()), it.due.map(|due| due.by)) let:it>
                        {row(it, today, now)}
                    </For>
                </tbody>
            </table>
        </div>
    }
}

fn row(DueSnap { snap, due: owed }: DueSnap, today: Date, now: Instant) -> impl IntoView {
    let t = texts();
    let href = DeskRoute::Snap(snap.id()).path();
    let said = format!("{} {}", CaseNumber::of(snap.id()), excerpt(snap.report.words.as_str()));
    view! {
        <OpenRow href=href.clone()>
            <th scope="row"><a href=href>{t.snap_name().category(snap.report.category)}</a><span class="muted small">" "{said}</span></th>
            <td class="nowrap">{state(&snap)}{reward_tag(&snap)}</td>
            <td>{owed.map(|owed| due(owed, today))}</td>
            <td>{place(&snap)}</td>
            <td class="nowrap">{t.time().when(snap.received, now)}</td>
        </OpenRow>
    }
}

/// Where a report stands, as a mark with its word.
pub(super) fn state(snap: &SnapCard) -> impl IntoView + use<> {
    let state = snap.life.stage.state();
    let kind = match state {
        SnapState::NotAccepted | SnapState::Duplicate => None,
        _ if state.is_open() => Some("open"),
        _ => Some("done"),
    };
    view! { <span class="tag" data-kind=kind>{texts().snap_name().state(state)}</span> }
}

/// Where it is, as far as that is told in words.
pub(super) fn place(snap: &SnapCard) -> String {
    let told = [snap.facility_name.as_str(), snap.report.place.address.as_str()];
    let told: Vec<&str> = told.into_iter().filter(|it| !it.is_empty()).collect();
    match (told.is_empty(), &snap.report.place.position) {
        (true, Some(_)) => texts().snaps().position().to_owned(),
        _ => told.join(" · "),
    }
}

/// The beginning of somebody's words.
fn excerpt(words: &str) -> String {
    let line = words.replace('\n', " ");
    match line.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_the_beginning_of_long_words_and_all_of_short_ones() {
        assert_eq!(excerpt("门锁了\n推不开"), "门锁了 推不开");
        let long = "字".repeat(EXCERPT + 1);
        assert_eq!(excerpt(&long), format!("{}…", "字".repeat(EXCERPT)));
        assert_eq!(excerpt(&"字".repeat(EXCERPT)), "字".repeat(EXCERPT));
    }
}
