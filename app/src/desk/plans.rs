//! Plans of the region: who goes where and when, what became of it, and taking an open one back.

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::access::{Action, Permission, may_do};
use xunan_core::ids::PlanId;
use xunan_core::ledger::{PlanCard, PlanState, Rows, Timing};
use xunan_core::log::Body;
use xunan_core::problem::Problem;

use super::route::DeskRoute;
use super::visits::{MOST_ROWS, counted};
use crate::i18n::texts;
use crate::session::Phone;
use crate::ui::{
    Banner, BannerKind, Button, ButtonKind, Confirm, Decision, IconName, LinkButton, Screen, ScreenKind,
    Toasts,
};

/// One line of the table: the plan with the names that it stands for.
#[derive(Clone, PartialEq)]
struct Line {
    card: PlanCard,
    facility: String,
    inspectors: String,
    /// Whether this account may take it back.
    withdraw: Permission,
}

impl Line {
    fn of(card: &PlanCard, rows: &Rows, phone: Phone) -> Self {
        let unknown = texts().words().unknown();
        let name = |account| rows.colleague(account).map_or(unknown, |it| it.name.as_str());
        Self {
            card: card.clone(),
            facility: rows.facility(card.plan.facility).map_or(unknown, |it| it.name.as_str()).to_owned(),
            inspectors: card.plan.inspectors.map(name).join("、"),
            withdraw: may_do(&phone.account(), &Action::MakePlan { division: &card.division }),
        }
    }
}

/// The page.
#[component]
pub(super) fn PlansPage() -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts().desk());
    let shown = Memo::new(move |_| {
        phone.rows.with(|rows| {
            rows.plans()
                .into_iter()
                .take(MOST_ROWS)
                .map(|card| Line::of(card, rows, phone))
                .collect::<Vec<_>>()
        })
    });
    let none = Memo::new(move |_| shown.with(Vec::is_empty));
    let asked = RwSignal::new(None::<PlanId>);
    view! {
        <header class="desk-head">
            <h1>{t.plans()}</h1>
            <p class="muted">{move || counted(shown.with(Vec::len))}</p>
            <LinkButton href=DeskRoute::NewPlan.path() kind=ButtonKind::Primary icon=IconName::Plus>{t.new_plan()}</LinkButton>
        </header>
        <OnTheWay />
        <Show when=move || none.get()>
            <Screen kind=ScreenKind::Empty { title: t.no_plans_title(), text: t.no_plans_text() } />
        </Show>
        <Show when=move || !none.get()>
            <div class="table-frame">
                <table class="table">
                    <thead><tr>
                        <th scope="col">{t.col_facility()}</th>
                        <th scope="col">{t.col_days()}</th>
                        <th scope="col">{t.col_notice()}</th>
                        <th scope="col">{t.plan_profile()}</th>
                        <th scope="col">{t.col_inspectors()}</th>
                        <th scope="col">{t.col_state()}</th>
                        <th scope="col"><span class="unseen">{t.col_actions()}</span></th>
                    </tr></thead>
                    <tbody>{move || shown.get().into_iter().map(|line| row(line, asked)).collect_view()}</tbody>
                </table>
            </div>
        </Show>
        <Withdraw asked />
    }
}

/// What was signed here and is not with the server yet: until it is, nobody else sees it.
#[component]
fn OnTheWay() -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts().desk());
    move || {
        let summary = phone.summary().unwrap_or_default();
        let waiting = summary.waiting.saturating_sub(summary.refused);
        let refused = (summary.refused > 0).then(|| {
            view! { <Banner kind=BannerKind::Stop icon=IconName::Warning text=t.plan_refused(summary.refused)>
                <LinkButton href="/outbox">{t.to_field()}</LinkButton>
            </Banner> }
        });
        let waiting = (waiting > 0).then(|| {
            view! { <Banner kind=BannerKind::Note icon=IconName::Send text=t.plan_on_the_way(waiting) /> }
        });
        view! { {refused}{waiting} }
    }
}

fn row(line: Line, asked: RwSignal<Option<PlanId>>) -> impl IntoView {
    let t = texts();
    let Line { card, facility, inspectors, withdraw } = line;
    let (today, plan) = (Phone::today(), card.plan.clone());
    let days = t.desk().plan_days(&t.time().date(plan.from, today), &t.time().date(plan.until, today));
    let purpose =
        (!plan.purpose.is_empty()).then(|| view! { <span class="muted small">" "{plan.purpose}</span> });
    let take_back = (card.state == PlanState::Open && withdraw == Permission::Granted).then(|| {
        let ask = Callback::new(move |()| asked.set(Some(plan.id)));
        view! { <Button kind=ButtonKind::Plain on_press=ask>{t.desk().withdraw_plan()}</Button> }
    });
    view! {
        <tr>
            <th scope="row"><a href=DeskRoute::Facility(plan.facility).path()>{facility}</a>{purpose}</th>
            <td class="nowrap">{days}</td>
            <td class="nowrap">{t.name().notice(plan.notice)}</td>
            <td class="nowrap">{t.name().profile(plan.profile)}</td>
            <td class="nowrap">{inspectors}</td>
            <td class="nowrap">{state(&card)}</td>
            <td class="nowrap">{take_back}</td>
        </tr>
    }
}

/// What became of a plan; a plan that was carried out leads to the visit.
fn state(card: &PlanCard) -> impl IntoView + use<> {
    let t = texts().desk();
    match card.state {
        PlanState::Done { visit } => view! {
            <span class="tag" data-kind="done">{t.plan_done()}</span>" "
            <a href=DeskRoute::Visit(visit).path()>{t.open_record()}</a>
        }
        .into_any(),
        PlanState::Withdrawn => view! { <span class="tag">{t.plan_was_withdrawn()}</span> }.into_any(),
        PlanState::Open => {
            let (kind, words) = match card.timing(Phone::today()) {
                Timing::Late => ("act", t.plan_late()),
                Timing::Now => ("open", t.plan_open()),
                Timing::Ahead => ("open", t.plan_ahead()),
            };
            view! { <span class="tag" data-kind=kind>{words}</span> }.into_any()
        }
    }
}

/// Asks before a plan is withdrawn, then signs it.
#[component]
fn Withdraw(
    /// The plan that somebody wants to withdraw.
    asked: RwSignal<Option<PlanId>>,
) -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts().desk());
    let toasts = Toasts::find();
    let failed = RwSignal::new(None::<Problem>);
    let decided = Callback::new(move |decision| {
        let plan = asked.get_untracked();
        asked.set(None);
        let (Decision::Go, Some(plan)) = (decision, plan) else { return };
        let title = phone.rows.with_untracked(|rows| {
            let facility = rows.plan(plan).and_then(|card| rows.facility(card.plan.facility));
            facility.map(|it| it.name.clone()).unwrap_or_default()
        });
        spawn_local(async move {
            let body = Body::PlanWithdrawn { plan, reason: String::new() };
            match phone.append(&body, &title, None, &[], &[]).await {
                Ok(_) => {
                    failed.try_set(None);
                    if let Some(toasts) = toasts {
                        toasts.say(t.plan_withdrawn());
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
        <Confirm
            open=Signal::derive(move || asked.get().is_some())
            title=t.withdraw_title()
            text=t.withdraw_text()
            go=t.withdraw_plan()
            stay=t.withdraw_stay()
            kind=ButtonKind::Danger
            on_decision=decided
        />
    }
}
