//! Hazards of earlier visits 回头看: is it still there, or does it look fixed? Neither closes it.

use leptos::prelude::*;
use xunan_core::ledger::HazardCard;
use xunan_core::visit::{Edit, PhotoOf, Revisit, RevisitOutcome};

use super::open_visit::OpenVisit;
use super::photo_strip::PhotoStrip;
use crate::i18n::texts;
use crate::ui::{GradeMark, Segments, TextField};

/// The open hazards of the institution before this visit, as they were pulled.
#[derive(Clone, Default)]
pub(super) struct EarlierHazards(pub(super) Vec<HazardCard>);

const OUTCOMES: [RevisitOutcome; 2] = [RevisitOutcome::StillThere, RevisitOutcome::LooksFixed];

/// The list; nothing when there are none.
#[component]
pub(super) fn Revisits() -> impl IntoView {
    let EarlierHazards(hazards) = use_context().unwrap_or_default();
    let open: Vec<_> = hazards.into_iter().filter(|hazard| hazard.state.is_open()).collect();
    if open.is_empty() {
        return ().into_any();
    }
    view! {
        <details class="part">
            <summary class="part-head">
                <h2>{texts().walk().revisit_title()}" · "{open.len()}</h2>
            </summary>
            <div class="cards">{open.into_iter().map(|hazard| view! { <EarlierHazard hazard /> }).collect_view()}</div>
        </details>
    }
    .into_any()
}

#[component]
fn EarlierHazard(hazard: HazardCard) -> impl IntoView {
    let (visit, t) = (OpenVisit::expect(), texts());
    let id = hazard.id;
    let now = visit.with(|draft, _| draft.revisit(id).cloned());
    let outcome = RwSignal::new(now.as_ref().map(|it| it.outcome));
    let note = RwSignal::new(now.map(|it| it.note).unwrap_or_default());
    let wrong = RwSignal::new(None);
    let write = move || {
        let found = outcome.get_untracked().map(|outcome| Revisit { outcome, note: note.get_untracked() });
        let refused = visit.edit(Edit::Revisit { hazard: id, revisit: found }).err();
        wrong.set(refused.map(|_| t.walk().too_long(super::MAX_TEXT_CHARS)));
    };
    let chosen = Signal::derive(move || {
        outcome.get().and_then(|it| OUTCOMES.iter().position(|other| *other == it)).unwrap_or(usize::MAX)
    });
    let choose = Callback::new(move |at: usize| {
        let pressed = OUTCOMES.get(at).copied();
        outcome.update(|now| *now = if *now == pressed { None } else { pressed });
        write();
    });
    let typed = Callback::new(move |text| {
        note.set(text);
        write();
    });
    let words = OUTCOMES.iter().map(|outcome| t.name().revisit(*outcome)).collect();
    view! {
        <article class="card">
            <div class="card-head"><h3 class="card-title">{hazard.title.clone()}</h3><GradeMark grade=hazard.grade /></div>
            <p class="card-note">{hazard.place.clone()}" "{hazard.description.clone()}</p>
            <Segments label=hazard.title.clone() words chosen on_choose=choose />
            <Show when=move || outcome.get().is_some()>
                <TextField label=t.walk().revisit_note() value=note wrong on_input=typed />
                <PhotoStrip shows=PhotoOf::Revisit(id) add=true />
            </Show>
        </article>
    }
}
