//! What a record says is wrong: every hazard with its grade and why, and what was decided about it.

use std::rc::Rc;

use leptos::prelude::*;
use xunan_core::rules::{Cause, Escalation, Finding, ItemId, Remedy};
use xunan_core::visit::{Due, FindingRecord, FindingSource, MeasureDecision, RevisitRecord, SecondOpinion};

use super::kept::Kept;
use super::record::Album;
use crate::i18n::texts;
use crate::inspect::{bound_in_words, grade_reason};
use crate::session::Phone;
use crate::ui::GradeMark;

/// All hazards, one table each.
#[component]
pub(super) fn Findings(kept: Rc<Kept>) -> impl IntoView {
    let t = texts().desk();
    let findings = &kept.record.content().findings;
    let told = if findings.is_empty() {
        view! { <p>{t.record_no_hazards()}</p> }.into_any()
    } else {
        findings.iter().map(|finding| table(&kept, finding)).collect_view().into_any()
    };
    view! {
        <section class="part">
            <h2>{t.record_hazards()}</h2>
            {told}
        </section>
    }
}

fn table(kept: &Kept, record: &FindingRecord) -> impl IntoView + use<> {
    let t = texts();
    let (title, why, basis, also) = match &record.source {
        FindingSource::Item { item, finding, also } => {
            (kept.item_text(item), reason(finding), clauses(kept, finding), names(kept, also))
        }
        FindingSource::Free { title, .. } => (title.clone(), t.desk().record_free().to_owned(), None, None),
    };
    let line = |name: &'static str, value: Option<String>| {
        value.map(|value| view! { <tr><th scope="row">{name}</th><td>{value}</td></tr> })
    };
    let text = |value: &str| (!value.is_empty()).then(|| value.to_owned());
    let photos = Album::expect().thumbs(&record.photos).map(|photos| {
        view! { <tr><th scope="row">{t.desk().record_photos()}</th><td>{photos}</td></tr> }
    });
    view! {
        <table class="record-table" data-kind="hazard">
            <thead><tr>
                <th scope="row"><GradeMark grade=record.grade /></th>
                <th scope="col">{title}</th>
            </tr></thead>
            <tbody>
                {line(t.hazard().place(), text(&record.place))}
                {line(t.hazard().description(), text(&record.description))}
                {line(t.hazard().grade_why(), Some(why))}
                {line(t.hazard().basis(), basis)}
                {line(t.desk().record_also(), also)}
                {line(t.hazard().due(), due(record))}
                {line(t.hazard().measures(), measures(kept, &record.measures))}
                {line(t.hazard().responsible(), record.responsible.as_ref().map(|it| format!("{} {}", t.name().party(it.party), it.name)))}
                {line(t.hazard().second_title(), record.second_opinion.as_ref().map(opinion))}
                {photos}
            </tbody>
        </table>
    }
}

/// Which rule gave the grade, what was measured, and how well the source is known.
fn reason(finding: &Finding) -> String {
    let t = texts();
    let measured = match &finding.trace.cause {
        Cause::Answered => None,
        Cause::Number { value, threshold } => {
            Some(t.hazard().measured(&value.to_string(), &bound_in_words(*threshold)))
        }
        Cause::Ruled { value } => Some(t.desk().record_ruled(&value.to_string())),
        Cause::Date { value, .. } => Some(t.desk().record_dated(&t.time().date_in_full(*value))),
    };
    let escalates = (finding.escalation != Escalation::None).then(|| t.hazard().may_escalate().to_owned());
    let confidence = t.name().confidence(finding.grade_confidence).to_owned();
    let all = [Some(grade_reason(finding).to_owned()), measured, escalates, Some(confidence)];
    all.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn clauses(kept: &Kept, finding: &Finding) -> Option<String> {
    let t = texts();
    let clause = |citation: &xunan_core::rules::Citation| {
        let cite = citation.cite.as_str();
        let basis = kept.pack.as_ref().and_then(|pack| pack.legal_basis(cite));
        let title = basis.map_or(cite, |basis| t.lang().of(&basis.title));
        format!(
            "{}（{}）",
            t.walk().clause(title, &citation.clause),
            t.name().confidence(citation.confidence)
        )
    };
    let all = finding.basis.iter().map(clause).collect::<Vec<_>>();
    (!all.is_empty()).then(|| all.join("；"))
}

fn names(kept: &Kept, items: &[ItemId]) -> Option<String> {
    let names = items.iter().map(|item| kept.item_text(item)).collect::<Vec<_>>();
    (!names.is_empty()).then(|| names.join("；"))
}

fn due(record: &FindingRecord) -> Option<String> {
    let t = texts();
    if record.remedy == Remedy::CorrectedOnTheSpot {
        return Some(t.desk().record_fixed_on_the_spot().to_owned());
    }
    record.due.map(|due| match due {
        Due::OnTheSpot => t.hazard().due_on_the_spot().to_owned(),
        Due::By(date) => t.facility().due_on(&t.time().date_in_full(date)),
    })
}

fn measures(kept: &Kept, decision: &MeasureDecision) -> Option<String> {
    let t = texts();
    Some(match decision {
        MeasureDecision::Undecided => return None,
        MeasureDecision::Ordered { measures } => {
            measures.iter().map(|it| kept.measure(*it)).collect::<Vec<_>>().join("；")
        }
        MeasureDecision::NotNeeded { reason } if reason.is_empty() => t.hazard().measures_none().to_owned(),
        MeasureDecision::NotNeeded { reason } => t.desk().record_not_needed(reason),
    })
}

fn opinion(opinion: &SecondOpinion) -> String {
    let t = texts();
    match opinion {
        SecondOpinion::Agrees => t.hazard().second_agrees().to_owned(),
        SecondOpinion::Disagrees { reason } => t.desk().record_disagrees(reason),
    }
}

/// What was found of earlier hazards; nothing when there were none.
#[component]
pub(super) fn Revisits(kept: Rc<Kept>) -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts());
    let revisits = &kept.record.content().revisits;
    if revisits.is_empty() {
        return ().into_any();
    }
    let line = |(id, found): (&xunan_core::ids::HazardId, &RevisitRecord)| {
        let title = phone.rows.with_untracked(|rows| rows.hazard(*id).map(|hazard| hazard.title.clone()));
        let photos = Album::expect().thumbs(&found.photos);
        view! {
            <tr>
                <th scope="row">{title.unwrap_or_else(|| id.to_string())}</th>
                <td class="nowrap">{t.name().revisit(found.revisit.outcome)}</td>
                <td>{found.revisit.note.clone()}{photos}</td>
            </tr>
        }
    };
    view! {
        <section class="part">
            <h2>{t.desk().record_revisits()}</h2>
            <table class="record-table" data-kind="items">
                <thead><tr>
                    <th scope="col">{t.desk().col_hazard()}</th>
                    <th scope="col">{t.desk().record_answer()}</th>
                    <th scope="col">{t.desk().record_note()}</th>
                </tr></thead>
                <tbody>{revisits.iter().map(line).collect_view()}</tbody>
            </table>
        </section>
    }
    .into_any()
}
