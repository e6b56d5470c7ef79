//! The second inspector's word on every hazard that is proposed as major: the rules only propose.

use leptos::prelude::*;
use xunan_core::rules::Grade;
use xunan_core::visit::{DraftHazard, Edit, HazardOf, SecondOpinion, SheetChange};

use super::open_visit::OpenVisit;
use super::signed_text::hazard_in_words;
use crate::i18n::texts;
use crate::ui::{Duty, Segments, TextField};

/// The major hazards with the two answers; nothing when there are none.
#[component]
pub(super) fn Opinions() -> impl IntoView {
    let visit = OpenVisit::expect();
    let major: Vec<DraftHazard> = visit.with(|draft, pack| {
        draft.hazards(pack).into_iter().filter(|hazard| hazard.proposed == Some(Grade::Major)).collect()
    });
    if major.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="part">
            <div class="part-head"><h2>{texts().hazard().second_title()}</h2></div>
            {major.into_iter().map(|hazard| view! { <Opinion hazard /> }).collect_view()}
        </section>
    }
    .into_any()
}

#[component]
fn Opinion(hazard: DraftHazard) -> impl IntoView {
    let (visit, t) = (OpenVisit::expect(), texts().hazard());
    let of: StoredValue<HazardOf> = StoredValue::new(hazard.of.clone());
    let opinion = RwSignal::new(hazard.sheet.second_opinion.clone());
    let wrong = RwSignal::new(None);
    let set = move |now: SecondOpinion| {
        opinion.set(Some(now.clone()));
        let change = SheetChange::SecondOpinion(Some(now));
        let refused = visit.edit(Edit::Sheet { of: of.get_value(), change }).err();
        wrong.set(refused.map(|_| texts().walk().too_long(super::MAX_TEXT_CHARS)));
    };
    let chosen = Signal::derive(move || match opinion.get() {
        Some(SecondOpinion::Agrees) => 0,
        Some(SecondOpinion::Disagrees { .. }) => 1,
        None => usize::MAX,
    });
    let choose = Callback::new(move |at| {
        set(if at == 0 { SecondOpinion::Agrees } else { SecondOpinion::Disagrees { reason: String::new() } });
    });
    let reason = Signal::derive(move || match opinion.get() {
        Some(SecondOpinion::Disagrees { reason }) => reason,
        _ => String::new(),
    });
    let typed = Callback::new(move |reason| set(SecondOpinion::Disagrees { reason }));
    view! {
        <div class="card">
            {hazard_in_words(&hazard)}
            <Segments label=t.second_title() words=vec![t.second_agrees(), t.second_disagrees()] chosen on_choose=choose />
            <Show when=move || matches!(opinion.get(), Some(SecondOpinion::Disagrees { .. }))>
                <TextField label=t.second_reason() value=reason wrong on_input=typed duty=Duty::Must />
            </Show>
        </div>
    }
}
