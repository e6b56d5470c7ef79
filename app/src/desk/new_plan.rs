//! A new plan: which institution, which two inspectors, when, and who may know before.

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::access::{Action, Permission, may_do};
use xunan_core::clock::Date;
use xunan_core::ids::{AccountId, FacilityId, PlanId};
use xunan_core::ledger::{Colleague, Rows};
use xunan_core::log::Body;
use xunan_core::plan::{NoticeMode, Plan, PlanRefused};
use xunan_core::problem::Problem;
use xunan_core::rules::Profile;

use super::route::DeskRoute;
use crate::browser::clock;
use crate::i18n::texts;
use crate::session::Phone;
use crate::shell;
use crate::ui::{
    Banner, BannerKind, Button, ButtonKind, ButtonSize, ChoiceLine, Choices, Choose, Duty, IconName,
    LineKind, LinkButton, SelectField, TextField, Toasts,
};

const NOTICES: [NoticeMode; 3] = [NoticeMode::Advance, NoticeMode::OnArrival, NoticeMode::Secret];

/// A plan is open for so many days unless somebody says otherwise. A proposal, not law.
const USUAL_DAYS: u16 = 14;

/// What has been filled in. Choices that are lists are held as the text of their value, as the browser gives them.
#[derive(Clone, Copy)]
struct Form {
    facility: RwSignal<String>,
    lead: RwSignal<String>,
    second: RwSignal<String>,
    notice: RwSignal<NoticeMode>,
    profile: RwSignal<Profile>,
    from: RwSignal<String>,
    until: RwSignal<String>,
    purpose: RwSignal<String>,
    /// From the first try on, what is missing is said beside its field.
    checked: RwSignal<Checked>,
}

#[derive(Clone, Copy, PartialEq)]
enum Checked {
    NotYet,
    Yes,
}

/// Where a plan falls short; said beside the field that it concerns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Faults {
    facility: Option<String>,
    lead: Option<String>,
    second: Option<String>,
    from: Option<String>,
    until: Option<String>,
}

impl Form {
    fn new(today: Date) -> Self {
        Self {
            facility: RwSignal::default(),
            lead: RwSignal::default(),
            second: RwSignal::default(),
            notice: RwSignal::new(NoticeMode::OnArrival),
            profile: RwSignal::new(Profile::Standard),
            from: RwSignal::new(today.to_string()),
            until: RwSignal::new(today.plus_days(USUAL_DAYS).to_string()),
            purpose: RwSignal::default(),
            checked: RwSignal::new(Checked::NotYet),
        }
    }

    /// The plan as filled in, or what keeps it from being one. Tracks every field.
    fn read(self, phone: Phone) -> Result<Plan, Faults> {
        phone.rows.with(|rows| self.read_with(rows, phone))
    }

    fn read_with(self, rows: &Rows, phone: Phone) -> Result<Plan, Faults> {
        let t = texts().desk();
        let mut faults = Faults::default();
        let facility = self.facility.get().parse::<FacilityId>().ok().and_then(|id| rows.facility(id));
        match facility.map(|it| may_do(&phone.account(), &Action::MakePlan { division: &it.division })) {
            None => faults.facility = Some(t.plan_choose_facility().to_owned()),
            Some(Permission::Denied(denial)) => {
                faults.facility = Some(t.plan_denied(texts().name().denial(denial)))
            }
            Some(Permission::Granted) => {}
        }
        let (from, until) = (self.from.get().parse::<Date>().ok(), self.until.get().parse::<Date>().ok());
        faults.from = from.is_none().then(|| t.plan_choose_day().to_owned());
        faults.until = match until {
            None => Some(t.plan_choose_day().to_owned()),
            Some(until) if until < Phone::today() => Some(t.plan_day_is_past().to_owned()),
            Some(_) => None,
        };
        let inspector = |chosen: RwSignal<String>| {
            chosen.get().parse::<AccountId>().ok().and_then(|account| rows.colleague(account))
        };
        let (lead, second) = (inspector(self.lead), inspector(self.second));
        faults.lead = inspector_fault(lead, until);
        faults.second = inspector_fault(second, until);
        let (Some(facility), Some(lead), Some(second), Some(from), Some(until)) =
            (facility, lead, second, from, until)
        else {
            return Err(faults);
        };
        let plan = Plan {
            id: PlanId::from_parts(clock::now(), clock::entropy()),
            facility: facility.id,
            office: phone.account().region,
            inspectors: [lead.account, second.account],
            notice: self.notice.get(),
            profile: self.profile.get(),
            from,
            until,
            purpose: self.purpose.get().trim().to_owned(),
        };
        match plan.check() {
            Ok(()) => {}
            Err(PlanRefused::SameInspectorTwice) => faults.second = Some(t.plan_same_person().to_owned()),
            Err(PlanRefused::EndsBeforeItStarts) => faults.until = Some(t.plan_wrong_days().to_owned()),
        }
        if faults == Faults::default() { Ok(plan) } else { Err(faults) }
    }
}

/// A certificate must be valid on the last day on which the visit may happen.
fn inspector_fault(inspector: Option<&Colleague>, until: Option<Date>) -> Option<String> {
    let t = texts().desk();
    let Some(inspector) = inspector else { return Some(t.plan_choose_inspector().to_owned()) };
    let last = inspector.certificate.valid_until;
    until.is_some_and(|until| last < until).then(|| t.plan_expires(&last.to_string()))
}

/// The page.
#[component]
pub(super) fn NewPlanPage() -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts().desk());
    let form = Form::new(Phone::today());
    let read = Memo::new(move |_| form.read(phone).err().unwrap_or_default());
    let wrong = move |fault: fn(Faults) -> Option<String>| {
        Signal::derive(move || (form.checked.get() == Checked::Yes).then(|| fault(read.get())).flatten())
    };
    let set = |signal: RwSignal<String>| Callback::new(move |text| signal.set(text));
    let roster = Memo::new(move |_| phone.rows.with(|rows| inspectors(rows, phone)));
    let facilities = Memo::new(move |_| phone.rows.with(|rows| facility_options(rows, phone)));
    view! {
        <header class="desk-head"><h1>{t.new_plan()}</h1>
            <LinkButton href=DeskRoute::Plans.path() icon=IconName::Back>{t.plans()}</LinkButton>
        </header>
        <form class="stack desk-form" data-gap="large" on:submit=|event| event.prevent_default()>
            {move || roster.with(|roster| roster.len() < 3).then(|| view! {
                <Banner kind=BannerKind::Warning icon=IconName::People text=t.plan_no_roster() />
            })}
            {move || view! {
                <SelectField label=t.plan_facility() options=facilities.get() value=form.facility on_choose=set(form.facility)
                    duty=Duty::Must wrong=wrong(|faults| faults.facility) />
            }}
            <div class="desk-pair">
                {move || view! {
                    <SelectField label=t.plan_lead() options=roster.get() value=form.lead on_choose=set(form.lead)
                        duty=Duty::Must wrong=wrong(|faults| faults.lead) />
                    <SelectField label=t.plan_second() options=roster.get() value=form.second on_choose=set(form.second)
                        duty=Duty::Must wrong=wrong(|faults| faults.second) />
                }}
            </div>
            <div class="desk-pair">
                <TextField label=t.plan_from() kind=LineKind::Date value=form.from on_input=set(form.from)
                    duty=Duty::Must wrong=wrong(|faults| faults.from) />
                <TextField label=t.plan_until() kind=LineKind::Date value=form.until on_input=set(form.until)
                    duty=Duty::Must wrong=wrong(|faults| faults.until) />
            </div>
            <How form />
            <TextField label=t.plan_purpose() example=t.plan_purpose_hint() value=form.purpose on_input=set(form.purpose) />
            <Issue form />
        </form>
    }
}

/// Who may know before, and what is checked: each choice with its explanation.
#[component]
fn How(form: Form) -> impl IntoView {
    let (t, names) = (texts().desk(), texts().name());
    let notices = NOTICES
        .map(|it| ChoiceLine { text: names.notice(it).to_owned(), note: names.notice_note(it).to_owned() });
    let profiles = Profile::ALL
        .map(|it| ChoiceLine { text: names.profile(it).to_owned(), note: names.profile_note(it).to_owned() });
    let notice =
        Signal::derive(move || NOTICES.iter().position(|it| *it == form.notice.get()).into_iter().collect());
    let profile = Signal::derive(move || {
        Profile::ALL.iter().position(|it| *it == form.profile.get()).into_iter().collect()
    });
    let choose_notice =
        Callback::new(move |at: usize| NOTICES.get(at).into_iter().for_each(|it| form.notice.set(*it)));
    let choose_profile =
        Callback::new(move |at: usize| Profile::ALL.get(at).into_iter().for_each(|it| form.profile.set(*it)));
    view! {
        <div class="desk-pair">
            <Choices label=t.plan_notice() choose=Choose::One lines=notices.into() chosen=notice on_choose=choose_notice />
            <Choices label=t.plan_profile() choose=Choose::One lines=profiles.into() chosen=profile on_choose=choose_profile />
        </div>
    }
}

/// The button that signs the plan.
#[component]
fn Issue(form: Form) -> impl IntoView {
    let (phone, toasts, t) = (Phone::expect(), Toasts::find(), texts().desk());
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<Problem>);
    let issue = Callback::new(move |()| {
        form.checked.set(Checked::Yes);
        let Ok(plan) = untrack(|| form.read(phone)) else { return };
        let name = phone.rows.with_untracked(|rows| rows.facility(plan.facility).map(|it| it.name.clone()));
        busy.set(true);
        spawn_local(async move {
            let signed = phone.append(&Body::PlanMade(plan), &name.unwrap_or_default(), None, &[], &[]).await;
            busy.try_set(false);
            match signed {
                Ok(_) => {
                    shell::go(&DeskRoute::Plans.path());
                    if let Some(toasts) = toasts {
                        toasts.say(t.plan_made());
                    }
                }
                Err(problem) => _ = failed.try_set(Some(problem)),
            }
        });
    });
    view! {
        {move || failed.get().map(|problem| view! {
            <Banner kind=BannerKind::Stop icon=IconName::Warning text=texts().problem(&problem) />
        })}
        <Button kind=ButtonKind::Primary size=ButtonSize::Large icon=IconName::Check busy on_press=issue>{t.make_plan()}</Button>
    }
}

/// The institutions for which this account makes plans, with "choose" before them.
fn facility_options(rows: &Rows, phone: Phone) -> Vec<(String, String)> {
    let (t, account) = (texts(), phone.account());
    let mut options = vec![(String::new(), t.desk().plan_choose().to_owned())];
    let ours = rows
        .facilities()
        .into_iter()
        .filter(|it| may_do(&account, &Action::MakePlan { division: &it.division }) == Permission::Granted);
    options.extend(ours.map(|it| {
        (it.id.to_string(), format!("{} · {}", it.name, t.name().facility_type(it.facility_type)))
    }));
    options
}

/// The inspectors whose certificate is valid today, with "choose" before them.
fn inspectors(rows: &Rows, phone: Phone) -> Vec<(String, String)> {
    let mut options = vec![(String::new(), texts().desk().plan_choose().to_owned())];
    let certified = rows.companions_of(phone.account().id, Phone::today());
    options.extend(
        certified
            .into_iter()
            .map(|it| (it.account.to_string(), format!("{} · {}", it.name, it.organisation))),
    );
    options
}
