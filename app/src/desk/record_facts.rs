//! The head and the foot of a record: who was where, when, with which result; and what the server says of it.

use std::rc::Rc;

use leptos::prelude::*;
use xunan_core::rules::{FireJudgement, Grade};

use super::kept::{Kept, Trust};
use super::photo_facts::interval;
use super::visits::count;
use crate::i18n::texts;
use crate::ui::{Banner, BannerKind, IconName};

/// Who was where, when, with which checklist and which result.
#[component]
pub(super) fn Facts(kept: Rc<Kept>) -> impl IntoView {
    let t = texts();
    let content = kept.record.content();
    let from_to =
        t.desk().record_from_to(&t.time().exact(content.started), &t.time().exact(kept.record.ended()));
    let inspector =
        |it: &xunan_core::visit::Inspector| t.desk().record_inspector(&it.name, &it.certificate.number);
    let inspectors = content.inspectors.iter().map(inspector).collect::<Vec<_>>().join("、");
    let title = kept
        .pack
        .as_ref()
        .map_or_else(|| content.pack.id.to_string(), |it| t.lang().of(it.title()).to_owned());
    let checklist = format!(
        "{} · {}",
        t.desk().record_edition(&title, &content.pack.edition.to_string()),
        t.name().profile(content.profile)
    );
    let major = content.findings.iter().filter(|finding| finding.grade == Grade::Major).count();
    let failed = content.findings.len();
    let results = t.desk().record_counts(count(content.items.len()), count(failed), count(major));
    let site = format!("{} {}", content.site_person.name, content.site_person.post);
    let facility = format!("{}（{}）", content.facility_name, t.name().facility_type(content.facility_type));
    let line =
        |name: &'static str, value: String| view! { <tr><th scope="row">{name}</th><td>{value}</td></tr> };
    view! {
        <table class="record-table">
            <tbody>
                {line(t.desk().record_facility(), facility)}
                {line(t.desk().record_when(), from_to)}
                {line(t.desk().plan_notice(), t.name().notice(content.notice).to_owned())}
                {line(t.desk().record_inspectors(), inspectors)}
                {line(t.desk().record_site(), site)}
                {line(t.desk().record_checklist(), checklist)}
                {line(t.desk().record_results(), results)}
            </tbody>
        </table>
        {kept.pack.is_none().then(|| view! {
            <Banner kind=BannerKind::Warning icon=IconName::Info text=t.desk().record_without_pack() />
        })}
    }
}

/// What counting the fire elements came to, when they were counted. A hint with its label, never a judgement.
#[component]
pub(super) fn FireHint(kept: Rc<Kept>) -> impl IntoView {
    let t = texts();
    let Some(fire) = kept.record.fire() else { return ().into_any() };
    let told = match &fire.judgement {
        None => view! { <p>{t.desk().record_fire_none()}</p> }.into_any(),
        Some(judgement) => suspected(&kept, judgement).into_any(),
    };
    view! {
        <section class="part">
            <h2>{t.desk().record_fire()}</h2>
            {told}
        </section>
    }
    .into_any()
}

fn suspected(kept: &Kept, judgement: &FireJudgement) -> impl IntoView + use<> {
    let t = texts();
    let rules = kept.fire_rules.as_ref();
    let element = |judged: &xunan_core::rules::JudgedElement| {
        let known = rules.and_then(|rules| rules.element(judged.element.as_str()));
        let text = known.map_or_else(|| judged.element.to_string(), |it| t.lang().of(&it.text).to_owned());
        let clause =
            judged.clause.clone().unwrap_or_else(|| t.name().confidence(judged.confidence).to_owned());
        let items = judged.items.iter().map(|item| kept.item_text(item)).collect::<Vec<_>>().join("；");
        view! { <li>{t.desk().record_fire_element(&text, &clause)}<span class="muted small">" "{items}</span></li> }
    };
    let elements: Vec<_> = judgement.elements.iter().map(element).collect();
    let title = rules.map_or_else(|| judgement.rules.id.to_string(), |it| t.lang().of(it.title()).to_owned());
    let withdrawn = t.time().date_in_full(judgement.withdrawn_on);
    view! {
        <p>{t.desk().record_fire_suspected(judgement.elements.len(), judgement.at_least)}</p>
        <ol class="record-list">{elements}</ol>
        <p class="muted small">{t.desk().record_fire_rules(&title, &withdrawn)}</p>
    }
}

/// When and where the server has it, and whether its word was checked.
#[component]
pub(super) fn ReceiptFacts(kept: Rc<Kept>) -> impl IntoView {
    let t = texts();
    let warning = |text: &'static str| view! { <Banner kind=BannerKind::Stop icon=IconName::Warning text /> };
    let told = match &kept.receipt {
        Trust::None => warning(t.desk().record_no_receipt()).into_any(),
        Trust::DoesNotFit => warning(t.desk().record_not_verified()).into_any(),
        Trust::Verified(receipt) => {
            let effect =
                receipt.without_effect().map(|problem| t.desk().record_no_effect(&t.problem(problem)));
            let doubt = receipt.clock.is_some().then(|| t.desk().record_clock_doubt());
            view! {
                <p>
                    {t.desk().record_position(receipt.position)}" · "
                    {t.desk().record_received(&t.time().exact(receipt.received))}
                </p>
                <p>{t.desk().record_verified()}</p>
                {effect.map(|effect| view! { <p><strong>{effect}</strong></p> })}
                <p>{interval(&kept.times.record)}</p>
                {doubt.map(|doubt| view! { <p>{doubt}</p> })}
            }
            .into_any()
        }
    };
    view! {
        <section class="part small">
            <h2>{t.desk().record_receipt()}</h2>
            <div class="stack" data-gap="small">
                {told}
                <p class="code">{t.desk().record_entry(&kept.entry.to_string())}</p>
                <p class="code">{t.desk().record_digest(&kept.hash.hex())}</p>
            </div>
        </section>
    }
}
