//! What is known of a hazard: what was found, what is due, its measures, its story.

use leptos::prelude::*;
use xunan_core::calendar::Calendar;
use xunan_core::clock::Date;
use xunan_core::hazard::{MeasureState, Standing, StepKind, StoryLine, Terms};
use xunan_core::ledger::{HazardCard, Origin};

use crate::browser::clock;
use crate::i18n::texts;
use crate::session::Phone;
use crate::ui::{EventKind, GradeMark, Timeline, TimelineEvent};

/// What was found, in short.
#[component]
pub(super) fn Head(card: HazardCard) -> impl IntoView {
    let t = texts();
    let by = match card.origin {
        Origin::Visit(_) => t.steps().origin_visit(),
        Origin::OwnRound(_) => t.steps().origin_round(),
        Origin::Report => t.steps().origin_report(),
        Origin::Snap => t.steps().origin_snap(),
    };
    let found = format!("{} · {by}", t.time().date(card.found.date(), Phone::today()));
    let line = |text: String| (!text.is_empty()).then(|| view! { <p class="card-note">{text}</p> });
    view! {
        <section class="card">
            <div class="card-head">
                <h2 class="card-title">{card.title}</h2>
                <GradeMark grade=card.grade />
            </div>
            <p><span class="tag" data-kind="open">{t.name().hazard_state(card.state)}</span></p>
            {line(card.facility_name)}
            {line(card.place)}
            {line(card.description)}
            {line(found)}
        </section>
    }
}

/// What is due of it, the first one first.
pub(super) fn due_lines(card: &HazardCard, standing: &Standing) -> Vec<(String, bool)> {
    let today = Phone::today();
    let deadlines = standing.deadlines(card.found, &Calendar::shipped(), &Terms::default());
    let line = |deadline: &xunan_core::hazard::Deadline| {
        let what = texts().hazard_loop().deadline(deadline.of);
        (format!("{what} · {}", days_left(deadline.by, today)), deadline.by < today)
    };
    deadlines.iter().map(line).collect()
}

/// How many days are left, in words.
pub(super) fn days_left(by: Date, today: Date) -> String {
    let t = texts().steps();
    match by.days_since(today) {
        late @ ..0 => t.days_late(u32::try_from(-late).unwrap_or(u32::MAX)),
        0 => t.due_today().to_owned(),
        left => t.days_left(u32::try_from(left).unwrap_or(u32::MAX)),
    }
}

/// Deadlines and immediate measures.
#[component]
pub(super) fn Owed(card: HazardCard) -> impl IntoView {
    let t = texts();
    let standing = card.standing().ok()?;
    let deadlines = due_lines(&card, &standing).into_iter().map(|(words, late)| {
        view! {
            <li class="row"><span class="row-text"><span class="row-title">{words}</span></span>
                {late.then(|| view! { <span class="tag" data-kind="stopped">{t.steps().late()}</span> })}
            </li>
        }
    });
    let measures = standing.life.measures.iter().map(|order| {
        let state = match order.state {
            MeasureState::Ordered => t.hazard_loop().step(StepKind::MeasureOrdered),
            MeasureState::CarriedOut { .. } => t.hazard_loop().step(StepKind::MeasureCarriedOut),
            MeasureState::LiftAsked { .. } => t.hazard_loop().step(StepKind::LiftAsked),
            MeasureState::Consented { .. } => t.hazard_loop().step(StepKind::LiftConsented),
            MeasureState::Lifted { .. } => t.hazard_loop().step(StepKind::Lifted),
        };
        view! {
            <li class="row"><span class="row-text">
                <span class="row-title">{t.name().measure(order.measure)}</span>
                <span class="row-note">{state}</span>
            </span></li>
        }
    });
    let lines: Vec<AnyView> =
        measures.map(IntoAny::into_any).chain(deadlines.map(IntoAny::into_any)).collect();
    (!lines.is_empty()).then(|| {
        view! {
            <section class="part">
                <div class="part-head"><h2>{t.steps().owed()}</h2></div>
                <ul class="rows">{lines}</ul>
            </section>
        }
    })
}

/// Its story, the oldest first.
#[component]
pub(super) fn Story(card: HazardCard) -> impl IntoView {
    let lines = card.standing().map(|standing| standing.life.story).unwrap_or_default();
    view! {
        <section class="part">
            <div class="part-head"><h2>{texts().words().history()}</h2></div>
            <Timeline events=lines.iter().map(event).collect() />
        </section>
    }
}

fn event(line: &StoryLine) -> TimelineEvent {
    let t = texts();
    let step = t.hazard_loop().step(line.kind);
    let what = line
        .measure
        .map_or_else(|| step.to_owned(), |measure| t.steps().of_measure(step, t.name().measure(measure)));
    let who = if line.mark.is_named() {
        format!("{} {}", line.mark.organisation, line.mark.name)
    } else {
        t.steps().somebody_inside().to_owned()
    };
    let mut note = line.note.clone();
    if let Some(date) = line.date {
        let until = t.steps().by(&t.time().date(date, Phone::today()));
        note = if note.is_empty() { until } else { format!("{note} · {until}") };
    }
    TimelineEvent {
        kind: EventKind::Done,
        what: format!("{what} · {who}"),
        when: t.time().when(line.mark.at, clock::now()),
        note,
    }
}
