//! A report as people read it: what is wrong or missing at once, what is proven and claimed on request.

use leptos::prelude::*;
use xunan_core::package::{EntryReport, Findings, Lack, Language, PhotoReport, Tone, Verdict, Whole};

use super::check::{Checked, KeysFrom};
use super::keys_file::names;
use super::language;
use crate::i18n::texts;
use crate::ui::{Banner, BannerKind, Icon, IconName};

/// The whole report.
pub(super) fn report(checked: &Checked) -> impl IntoView + use<> {
    let t = texts();
    let language = language(t.lang());
    let whole = checked.report.whole;
    let verdict = match whole {
        Whole::Holds => Verdict::Proven,
        Whole::HoldsButNotAllProven => Verdict::OnlyClaimed,
        Whole::Broken => Verdict::Broken,
    };
    let keys = match &checked.keys {
        KeysFrom::File(keys) => t.verify().keys_file(&names(keys)),
        KeysFrom::Enrolment => t.verify().keys_enrolled().to_owned(),
        KeysFrom::ThisSite => t.verify().keys_fetched().to_owned(),
        KeysFrom::Package => t.verify().keys_inside().to_owned(),
    };
    let unknown = checked.report.package.lacking.contains(&Lack::ServerUnknown);
    let entries: Vec<_> =
        checked.report.entries.iter().map(|it| entry(it, checked, language).into_any()).collect();
    view! {
        <section class="stack evidence">
            <h2>{t.verify().package()}</h2>
            {line(verdict, whole.words(language).to_owned())}
            <p class="muted small">{keys}</p>
            {unknown.then(|| view! {
                <Banner kind=BannerKind::Warning icon=IconName::Info text=t.verify().keys_of_another() />
            })}
            {sentences(&checked.report.package, language)}
        </section>
        {entries}
    }
}

fn entry(report: &EntryReport, checked: &Checked, language: Language) -> impl IntoView + use<> {
    let t = texts();
    let facts = report.facts.as_ref();
    let title = facts.map_or_else(
        || t.verify().entry_unread().to_owned(),
        |facts| {
            let kind = match facts.kind.as_str() {
                "visit.signed" => t.outbox().kind_visit(),
                "plan.made" | "plan.withdrawn" => t.outbox().kind_plan(),
                "photo.redacted" => t.outbox().kind_public_copy(),
                _ => t.outbox().kind_other(),
            };
            facts.facility.as_ref().map_or_else(|| kind.to_owned(), |name| format!("{kind} · {name}"))
        },
    );
    let photos: Vec<_> = (1..)
        .zip(&report.photos)
        .map(|(number, it)| photo(number, it, checked, language).into_any())
        .collect();
    let verdict = report.verdict();
    view! {
        <article class="card stack evidence" data-entry=report.id.to_string()>
            <h2 class="card-title">{title}</h2>
            <p class="code small">{report.id.to_string()}</p>
            {line(verdict, verdict.word(language).to_owned())}
            {sentences(&report.findings, language)}
            {photos}
        </article>
    }
}

fn photo(
    number: usize,
    report: &PhotoReport,
    checked: &Checked,
    language: Language,
) -> impl IntoView + use<> {
    let t = texts().verify();
    let verdict = report.findings.verdict();
    let words = format!("{} · {}", t.photo(number), verdict.word(language));
    let picture = checked.pictures.get(&report.digest).map(|address| {
        view! { <img src=address.as_str().to_owned() alt=t.photo(number) /> }
    });
    view! {
        <section class="stack" data-photo=report.digest.hex()>
            <h3 class="unseen">{t.photo(number)}</h3>
            {line(verdict, words)}
            {picture}
            {sentences(&report.findings, language)}
        </section>
    }
}

/// Icon, words, tone.
fn line(verdict: Verdict, words: String) -> impl IntoView {
    let (name, icon) = match verdict {
        Verdict::Proven => ("proven", IconName::Check),
        Verdict::OnlyClaimed => ("claimed", IconName::Info),
        Verdict::Broken => ("broken", IconName::Cross),
    };
    view! { <p class="verdict" data-verdict=name><Icon name=icon /><strong>{words}</strong></p> }
}

fn sentences(findings: &Findings, language: Language) -> impl IntoView + use<> {
    let (now, later): (Vec<_>, Vec<_>) = findings
        .sentences(language)
        .into_iter()
        .partition(|(tone, _)| matches!(tone, Tone::Broken | Tone::Lacking));
    let list = |sentences: Vec<(Tone, String)>| {
        let items: Vec<_> =
            sentences.into_iter().map(|(tone, words)| view! { <li>{mark(tone)}" "{words}</li> }).collect();
        view! { <ul class="stack" data-gap="small">{items}</ul> }
    };
    let count = later.len();
    view! {
        {(!now.is_empty()).then(|| list(now))}
        {(count > 0).then(|| view! {
            <details>
                <summary>{texts().verify().more(count)}</summary>
                {list(later)}
            </details>
        })}
    }
}

const fn mark(tone: Tone) -> &'static str {
    match tone {
        Tone::Broken => "✗",
        Tone::Lacking => "?",
        Tone::Proven => "✓",
        Tone::Claimed => "·",
    }
}
