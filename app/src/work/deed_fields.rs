//! What a step asks for: each field writes its own change.

use leptos::prelude::*;
use xunan_core::clock::Date;
use xunan_core::hazard::RecheckOutcome;
use xunan_core::ids::AccountId;

use super::open_work::OpenWork;
use super::work_photos::WorkPhotos;
use crate::i18n::texts;
use crate::session::Phone;
use crate::store::Deed;
use crate::ui::{Duty, LineKind, Segments, SelectField, TextArea, TextField};

/// The fields of a step.
#[component]
pub(super) fn DeedFields(deed: Deed) -> impl IntoView {
    let t = texts().steps();
    match deed {
        Deed::SignFor => view! { <p>{t.sign_for_about()}</p> }.into_any(),
        Deed::Lift(_) => view! { <p>{t.lift_about()}</p> }.into_any(),
        Deed::Decline => view! { <Note label=t.why_decline() duty=Duty::Must /> }.into_any(),
        Deed::AskLift(_) => view! { <Note label=t.why_lift() duty=Duty::Must /> }.into_any(),
        Deed::Remark => view! { <Note label=t.remark() duty=Duty::Must /> }.into_any(),
        Deed::Plan => view! { <PlanFields /> }.into_any(),
        Deed::AskExtension => view! {
            <DateField label=t.until() />
            <Note label=t.why_extension() duty=Duty::Must />
        }
        .into_any(),
        Deed::Submit => view! {
            <section class="stack" data-gap="small">
                <h3 class="field-label">{t.after_photos()}</h3>
                <p class="field-help">{t.same_view()}</p>
                <WorkPhotos part=0 />
            </section>
            <Note label=t.what_was_done() duty=Duty::May />
        }
        .into_any(),
        Deed::CarryOut(_) => view! {
            <section class="stack" data-gap="small">
                <h3 class="field-label">{t.photos()}</h3>
                <WorkPhotos part=0 />
            </section>
            <Note label=t.what_was_done() duty=Duty::May />
        }
        .into_any(),
        Deed::Recheck => view! { <RecheckFields /> }.into_any(),
    }
}

/// The main text.
#[component]
pub(super) fn Note(#[prop(into)] label: String, duty: Duty) -> impl IntoView {
    let work = OpenWork::expect();
    let value = Signal::derive(move || work.form.with(|form| form.note.clone()));
    let typed = Callback::new(move |text| work.edit(|form| form.note = text));
    view! { <TextArea label value duty on_input=typed /> }
}

/// One of the other texts.
#[component]
pub(super) fn Text(at: usize, #[prop(into)] label: String, duty: Duty) -> impl IntoView {
    let work = OpenWork::expect();
    let value = Signal::derive(move || work.form.with(|form| form.text(at).to_owned()));
    let typed = Callback::new(move |text| work.edit(|form| form.set_text(at, text)));
    view! { <TextField label value duty on_input=typed /> }
}

/// The date.
#[component]
pub(super) fn DateField(#[prop(into)] label: String) -> impl IntoView {
    let work = OpenWork::expect();
    let value = Signal::derive(move || {
        work.form.with(|form| form.date.map(|date| date.to_string()).unwrap_or_default())
    });
    let typed = Callback::new(move |text: String| work.edit(|form| form.date = text.parse::<Date>().ok()));
    view! { <TextField label kind=LineKind::Date value duty=Duty::Must on_input=typed /> }
}

/// The six parts of a treatment plan, and its last day.
#[component]
fn PlanFields() -> impl IntoView {
    let t = texts().steps();
    let others =
        [t.plan_methods(), t.plan_funds(), t.plan_people(), t.plan_requirements(), t.plan_emergency()];
    view! {
        <p class="field-help">{t.plan_about()}</p>
        <Note label=t.plan_goals() duty=Duty::Must />
        {others.into_iter().enumerate().map(|(at, label)| view! { <Text at label duty=Duty::Must /> }).collect_view()}
        <DateField label=t.until() />
    }
}

/// A re-check on site: what was found, with photos taken there, and who was there too.
#[component]
fn RecheckFields() -> impl IntoView {
    let (work, phone, t) = (OpenWork::expect(), Phone::expect(), texts().steps());
    let chosen = Signal::derive(move || match work.form.with(|form| form.outcome) {
        Some(RecheckOutcome::Fixed) => 0,
        Some(RecheckOutcome::NotFixed) => 1,
        None => usize::MAX,
    });
    let choose = Callback::new(move |at| {
        let outcome = if at == 0 { RecheckOutcome::Fixed } else { RecheckOutcome::NotFixed };
        work.edit(|form| form.outcome = Some(outcome));
    });
    let mut options = vec![(String::new(), t.second_nobody().to_owned())];
    phone.rows.with_untracked(|rows| {
        let others = rows.companions_of(phone.account().id, Phone::today());
        options.extend(others.into_iter().map(|it| (it.account.to_string(), it.name.clone())));
    });
    let second = Signal::derive(move || {
        work.form.with(|form| form.second.map(|account| account.to_string()).unwrap_or_default())
    });
    let pick =
        Callback::new(move |text: String| work.edit(|form| form.second = text.parse::<AccountId>().ok()));
    view! {
        <section class="stack" data-gap="small">
            <h3 class="field-label">{t.recheck_photos()}</h3>
            <p class="field-help">{t.same_view()}</p>
            <WorkPhotos part=0 />
        </section>
        <Segments label=t.recheck_outcome() words=vec![t.fixed(), t.not_fixed()] chosen on_choose=choose />
        <Note label=t.recheck_note() duty=Duty::May />
        <SelectField label=t.second() options value=second on_choose=pick />
    }
}
