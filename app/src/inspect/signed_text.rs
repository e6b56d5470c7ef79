//! What people read before they sign: the results in numbers, and every hazard in words.

use leptos::prelude::*;
use xunan_core::rules::{Grade, Standing};
use xunan_core::visit::{Content, DraftHazard, Due, HazardOf, MeasureDecision};

use super::open_visit::OpenVisit;
use crate::i18n::texts;
use crate::ui::GradeMark;

/// The results in numbers.
#[component]
pub(super) fn Summary() -> impl IntoView {
    let (visit, t) = (OpenVisit::expect(), texts().review());
    let number = |value: Signal<usize>, word: &'static str| {
        view! { <div class="number"><span class="number-value">{move || value.get()}</span><span class="number-word">{word}</span></div> }
    };
    let progress = visit.progress;
    view! {
        <section class="part" aria-label=t.summary()>
            <div class="numbers">
                {number(Signal::derive(move || progress.with(|it| it.answered)), t.answered())}
                {number(Signal::derive(move || progress.with(|it| it.failed)), t.failed())}
                {number(Signal::derive(move || progress.with(|it| it.major)), t.major())}
                {number(Signal::derive(move || progress.with(|it| it.photos)), t.photos())}
            </div>
        </section>
    }
}

/// The text that is signed.
#[component]
pub(super) fn SignedText(content: Content) -> impl IntoView {
    let t = texts();
    let visit = OpenVisit::expect();
    let hazards = visit.with(|draft, pack| draft.hazards(pack));
    let failed = content.findings.len();
    let [lead, second] = &content.inspectors;
    let who = format!("{}、{}", lead.name, second.name);
    view! {
        <article class="signed-text stack">
            <h2>{t.review().record()}</h2>
            <dl class="facts">
                <dt>{t.review().facility()}</dt><dd>{content.facility_name.clone()}</dd>
                <dt>{t.review().begun()}</dt><dd>{t.time().exact(content.started)}</dd>
                <dt>{t.review().lead()}</dt><dd>{who}</dd>
                <dt>{t.review().site()}</dt><dd>{content.site_person.name.clone()}" "{content.site_person.post.clone()}</dd>
                <dt>{t.review().summary()}</dt>
                <dd>{t.facility().items_to_walk(u32::try_from(content.items.len()).unwrap_or(u32::MAX))}" · "{t.review().failed()}" "{failed}</dd>
            </dl>
            <h3>{if hazards.is_empty() { t.review().no_hazards() } else { t.review().hazards() }}</h3>
            <ol class="stack">{hazards.iter().map(|hazard| view! { <li>{hazard_in_words(hazard)}</li> }).collect_view()}</ol>
        </article>
    }
}

/// One hazard as it is read out: what, how grave, until when, what was ordered, who rectifies it.
pub(super) fn hazard_in_words(hazard: &DraftHazard) -> impl IntoView + use<> {
    let t = texts();
    let standing = match hazard.proposed {
        Some(Grade::Major) if hazard.sheet.second_opinion.is_none() => Standing::ProposedNeedsSecondInspector,
        _ => Standing::Stands,
    };
    let due = hazard.due.map(|due| match due {
        Due::OnTheSpot => t.hazard().due_on_the_spot().to_owned(),
        Due::By(date) => t.facility().due_on(&t.time().date_in_full(date)),
    });
    let measures = match &hazard.sheet.measures {
        MeasureDecision::Undecided => None,
        MeasureDecision::NotNeeded { .. } => Some(t.hazard().measures_none().to_owned()),
        MeasureDecision::Ordered { measures } => {
            Some(measures.iter().map(|it| t.name().measure(*it)).collect::<Vec<_>>().join("；"))
        }
    };
    let responsible =
        hazard.sheet.responsible.as_ref().map(|it| format!("{} {}", t.name().party(it.party), it.name));
    let facts = [due, measures, responsible, Some(hazard.sheet.place.clone()).filter(|it| !it.is_empty())];
    let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    view! {
        <div class="stack" data-gap="small">
            <p class="line">{hazard.grade.map(|grade| view! { <GradeMark grade standing /> })}<strong>{title_of(hazard)}</strong></p>
            <p class="card-note">{facts}</p>
            {(!hazard.sheet.description.is_empty()).then(|| view! { <p>{hazard.sheet.description.clone()}</p> })}
        </div>
    }
}

/// What a hazard is, in a few words.
pub(super) fn title_of(hazard: &DraftHazard) -> String {
    let lang = texts().lang();
    OpenVisit::expect().with(|draft, pack| match &hazard.of {
        HazardOf::Item(item) => {
            pack.item(item.as_str()).map(|item| lang.of(&item.text).to_owned()).unwrap_or_default()
        }
        HazardOf::Free(id) => {
            let free =
                draft.free_hazards().find(|(hazard, _)| hazard == id).map(|(_, free)| free.title.clone());
            free.unwrap_or_default()
        }
    })
}
