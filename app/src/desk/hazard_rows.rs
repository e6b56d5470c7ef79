//! The table of hazards.

use leptos::prelude::*;
use xunan_core::clock::Date;
use xunan_core::hazard::HazardState;
use xunan_core::ledger::HazardCard;
use xunan_core::visit::Due;

use super::hazard_batch::Batch;
use super::open_row::OpenRow;
use super::route::DeskRoute;
use crate::i18n::texts;
use crate::session::Phone;
use crate::ui::GradeMark;

/// The table; a row opens the story, its box selects it.
#[component]
pub(super) fn HazardTable(shown: Memo<Vec<HazardCard>>) -> impl IntoView {
    let (t, today) = (texts(), Phone::today());
    view! {
        <div class="table-frame">
            <table class="table">
                <thead><tr>
                    <th scope="col"><span class="unseen">{t.desk_loop().col_select()}</span></th>
                    <th scope="col">{t.desk().col_hazard()}</th>
                    <th scope="col">{t.desk().col_state()}</th>
                    <th scope="col">{t.desk().col_grade()}</th>
                    <th scope="col">{t.desk().col_facility()}</th>
                    <th scope="col">{t.desk().col_due()}</th>
                    <th scope="col">{t.desk_loop().col_unit()}</th>
                </tr></thead>
                <tbody>
                    <For each=move || shown.get() key=|hazard| (hazard.id, hazard.state, hazard.due_day(), hazard.grade, unit(hazard)) let:hazard>
                        {row(hazard, today)}
                    </For>
                </tbody>
            </table>
        </div>
    }
}

/// Who is to put it right: the unit it was assigned to, or whom the visit named.
/// Where a hazard stands, as a mark with its word. What was set aside is neither open nor put right.
pub(super) fn state(state: HazardState) -> impl IntoView {
    let kind = match state {
        HazardState::NotEstablished | HazardState::Duplicate => None,
        _ if state.is_open() => Some("open"),
        _ => Some("done"),
    };
    view! { <span class="tag" data-kind=kind>{texts().name().hazard_state(state)}</span> }
}

fn unit(hazard: &HazardCard) -> String {
    match hazard.standing().map(|standing| standing.life.assignment) {
        Ok(Some(assignment)) => format!("{} {}", assignment.primary.name, assignment.person),
        _ => hazard
            .responsible
            .as_ref()
            .map(|it| format!("{} {}", texts().name().party(it.party), it.name))
            .unwrap_or_default(),
    }
}

fn row(hazard: HazardCard, today: Date) -> impl IntoView {
    let (batch, t) = (expect_context::<Batch>(), texts());
    let id = hazard.id;
    let href = DeskRoute::Hazard(id).path();
    let due = match hazard.due {
        Due::OnTheSpot => t.hazard().due_on_the_spot().to_owned(),
        Due::By(date) => t.time().date(date, today),
    };
    let late = today.days_since(hazard.due_day());
    let overdue = hazard.is_overdue(today).then(|| {
        view! { " "<strong class="tag" data-kind="stopped">{t.facility().overdue(late)}</strong> }
    });
    let unit = unit(&hazard);
    let place = [hazard.place.clone(), hazard.description.clone()].join(" ");
    view! {
        <OpenRow href=href.clone()>
            <td>
                <label class="pick">
                    <input type="checkbox" aria-label=t.desk_loop().select(&hazard.title)
                        prop:checked=move || batch.chosen.with(|chosen| chosen.contains(&id))
                        on:change=move |_| batch.toggle(id) />
                </label>
            </td>
            <th scope="row"><a href=href>{hazard.title.clone()}</a><span class="muted small">" "{place}</span></th>
            <td class="nowrap">{state(hazard.state)}</td>
            <td class="nowrap"><GradeMark grade=hazard.grade /></td>
            <td>{hazard.facility_name.clone()}</td>
            <td class="nowrap">{due}{overdue}</td>
            <td>{unit}</td>
        </OpenRow>
    }
}
