//! What a round found, while it is being written: one card for each finding.

use leptos::prelude::*;
use xunan_core::clock::Date;
use xunan_core::rounds::Round;
use xunan_core::rules::Grade;
use xunan_core::visit::Keeping;

use super::open_work::OpenWork;
use super::work_photos::WorkPhotos;
use crate::i18n::texts;
use crate::session::Phone;
use crate::store::FindingForm;
use crate::ui::{Button, ButtonKind, Duty, IconName, LineKind, Segments, TextField};

/// The findings, and the button that adds one.
#[component]
pub(super) fn Findings() -> impl IntoView {
    let (work, t) = (OpenWork::expect(), texts().rounds());
    let count = Memo::new(move |_| work.form.with(|form| form.findings.len()));
    let add = Callback::new(move |()| {
        let by = Some(Phone::today().plus_days(Round::PROPOSED_DAYS));
        work.edit(|form| form.findings.push(FindingForm { by, ..FindingForm::default() }));
    });
    view! {
        <div class="cards">{move || (0..count.get()).map(|at| view! { <Finding at /> }).collect_view()}</div>
        <Button icon=IconName::Plus on_press=add>{t.add_finding()}</Button>
    }
}

fn changed(work: OpenWork, at: usize, change: impl FnOnce(&mut FindingForm)) {
    work.edit(|form| {
        if let Some(finding) = form.findings.get_mut(at) {
            change(finding);
        }
    });
}

#[component]
fn Finding(at: usize) -> impl IntoView {
    let (work, t) = (OpenWork::expect(), texts());
    let number = u32::try_from(at).unwrap_or(u32::MAX).saturating_add(1);
    let of = move |look: fn(&FindingForm) -> String| {
        Signal::derive(move || work.form.with(|form| form.findings.get(at).map(look).unwrap_or_default()))
    };
    let grade = Signal::derive(move || {
        usize::from(work.form.with(|form| form.findings.get(at).is_some_and(|finding| finding.major)))
    });
    let by = move || work.form.with(|form| form.findings.get(at).and_then(|finding| finding.by));
    let mending = Signal::derive(move || usize::from(by().is_some()));
    let is_last = move || work.form.with(|form| form.findings.len() == at + 1);
    let typed = |set: fn(&mut FindingForm, String)| {
        Callback::new(move |text: String| changed(work, at, |finding| set(finding, text)))
    };
    let mend = Callback::new(move |chosen: usize| {
        let date = (chosen == 1).then(|| Phone::today().plus_days(Round::PROPOSED_DAYS));
        changed(work, at, |finding| finding.by = date);
    });
    let remove = Callback::new(move |()| {
        // The next finding that is added has its number, and is another one.
        work.kept(number).into_iter().for_each(|photo| work.keep_photo(photo.id, Keeping::Removed));
        work.edit(|form| _ = form.findings.pop());
    });
    let r = t.rounds();
    view! {
        <section class="card stack" aria-label=r.finding(number)>
            <h2 class="card-title">{r.finding(number)}</h2>
            <TextField label=r.what() value=of(|it| it.title.clone()) duty=Duty::Must on_input=typed(|it, text| it.title = text) />
            <TextField label=r.place() value=of(|it| it.place.clone()) on_input=typed(|it, text| it.place = text) />
            <WorkPhotos part=number />
            <Segments label=r.grade() words=vec![t.name().grade(Grade::General), t.name().grade(Grade::Major)] chosen=grade
                on_choose=Callback::new(move |chosen| changed(work, at, |finding| finding.major = chosen == 1)) />
            <Segments label=r.mending() words=vec![r.on_the_spot(), r.by_date()] chosen=mending on_choose=mend />
            <Show when=move || by().is_some()>
                <TextField label=r.until() kind=LineKind::Date duty=Duty::Must
                    value=Signal::derive(move || by().map(|date| date.to_string()).unwrap_or_default())
                    on_input=Callback::new(move |text: String| {
                        if let Ok(date) = text.parse::<Date>() {
                            changed(work, at, |finding| finding.by = Some(date));
                        }
                    }) />
            </Show>
            // Only the last one: the photos of the others keep their numbers.
            <Show when=is_last>
                <Button kind=ButtonKind::Plain icon=IconName::Bin on_press=remove>{r.remove_finding()}</Button>
            </Show>
        </section>
    }
}
