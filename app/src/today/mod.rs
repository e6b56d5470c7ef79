//! Today 今天: what to do next, is it safe to go offline, what is not sent yet.

mod discard;
mod draft;

use leptos::prelude::*;
use xunan_core::clock::Span;
use xunan_core::ledger::{PlanCard, Timing};

use crate::browser::clock;
use crate::browser::install::InstallWay;
use crate::i18n::texts;
use crate::session::Phone;
use crate::shell::{Frame, State, unread_line};
use crate::store::{DraftCard, DraftStage};
use crate::sync::{Sending, Sync};
use crate::ui::{Banner, BannerKind, Button, Icon, IconName, LinkButton, Screen, ScreenKind};
use draft::DraftLine;

/// Today's page.
#[component]
pub fn TodayPage() -> impl IntoView {
    let (phone, sync) = (Phone::expect(), Sync::expect());
    let t = texts().today();
    let drafts = Memo::new(move |_| {
        let open = |card: &&DraftCard| card.stage == DraftStage::Open;
        phone.drafts.with(|drafts| drafts.iter().filter(open).cloned().collect::<Vec<_>>())
    });
    let plans = Memo::new(move |_| plans_without_draft(phone, &drafts.get()));
    let nothing = move || drafts.with(Vec::is_empty) && plans.with(Vec::is_empty);
    view! {
        <Frame title=t.title()>
            <Waiting />
            {unread_line()}
            <Show when=move || !drafts.with(Vec::is_empty)>
                <section class="part">
                    <div class="part-head"><h2>{t.drafts()}</h2></div>
                    <div class="cards">
                        {move || drafts.get().into_iter().map(|card| view! { <DraftLine card /> }).collect_view()}
                    </div>
                </section>
            </Show>
            {move || sync.copies.get().map(|copies| copies.on_today())}
            <Show when=move || !plans.with(Vec::is_empty)>
                <section class="part">
                    <div class="part-head"><h2>{t.plans()}</h2></div>
                    <div class="cards">
                        {move || plans.get().into_iter().map(|plan| plan_card(phone, plan)).collect_view()}
                    </div>
                </section>
            </Show>
            <Show when=nothing>
                <Screen kind=ScreenKind::Empty { title: t.empty_title(), text: t.empty_text() }>
                    <LinkButton href="/start">{t.choose_facility()}</LinkButton>
                </Screen>
            </Show>
            <Show when=move || !nothing()>
                <LinkButton href="/start" icon=IconName::Plus>{t.start_without_plan()}</LinkButton>
            </Show>
            <Install />
        </Frame>
    }
}

/// My open plans, without those for which a draft was begun.
fn plans_without_draft(phone: Phone, drafts: &[DraftCard]) -> Vec<PlanCard> {
    let account = phone.account().id;
    phone.rows.with(|rows| {
        let begun = |plan: &&PlanCard| drafts.iter().any(|draft| draft.plan == Some(plan.plan.id));
        rows.plans_for(account).into_iter().filter(|plan| !begun(plan)).cloned().collect()
    })
}

fn plan_card(phone: Phone, card: PlanCard) -> impl IntoView {
    let t = texts();
    let today = Phone::today();
    let plan = card.plan.clone();
    let (name, open_hazards, colleague) = phone.rows.with_untracked(|rows| {
        let name = rows
            .facility(plan.facility)
            .map_or_else(|| plan.facility.to_string(), |facility| facility.name.clone());
        let open = rows.open_hazards_of(plan.facility).len();
        let other = plan.inspectors.into_iter().find(|inspector| *inspector != phone.account().id);
        let colleague = other.and_then(|other| rows.colleague(other)).map(|colleague| colleague.name.clone());
        (name, u32::try_from(open).unwrap_or(u32::MAX), colleague)
    });
    let due = match card.timing(today) {
        Timing::Late => t.today().overdue_since(&t.time().date(plan.until, today)),
        Timing::Now if plan.until == today => t.today().due_today().to_owned(),
        Timing::Now => t.today().due_by(&t.time().date(plan.until, today)),
        Timing::Ahead => t.time().date(plan.from, today),
    };
    let about = [
        Some(t.name().notice(plan.notice).to_owned()),
        colleague.map(|name| t.today().with_colleague(&name)),
    ];
    view! {
        <a class="card" href=format!("/facilities/{}/start/{}", plan.facility, plan.id)>
            <span class="card-head">
                <span class="card-title">{name}</span>
                <span class="tag" data-kind=(card.timing(today) == Timing::Late).then_some("stopped")>{due}</span>
            </span>
            <span class="card-note">{about.into_iter().flatten().collect::<Vec<_>>().join(" · ")}</span>
            {(!plan.purpose.is_empty()).then(|| view! { <span class="card-note">{plan.purpose}</span> })}
            {(open_hazards > 0).then(|| view! {
                <span class="card-note">{t.today().revisits()}" · "{t.today().open_hazards(open_hazards)}</span>
            })}
            <span class="card-next">{t.today().start()}<Icon name=IconName::Next small=true /></span>
        </a>
    }
}

/// What waits to be sent, in one sentence; urged when it has waited for days.
#[component]
pub fn Waiting() -> impl IntoView {
    let (phone, sync) = (Phone::expect(), Sync::expect());
    let t = texts();
    let line = move || {
        let Some(summary) = phone.summary() else { return String::new() };
        if summary.waiting == 0 {
            return t.today().nothing_waiting().to_owned();
        }
        let mut parts = vec![t.today().waiting(summary.waiting)];
        if summary.refused > 0 {
            parts.push(t.today().needs_you(summary.refused));
        }
        match (sync.sending.get(), summary.next_try) {
            (Sending::Busy, _) => parts.push(t.today().sending_now().to_owned()),
            (_, Some(next)) => parts.push(t.today().next_try(&t.time().when(next, clock::now()))),
            _ => {}
        }
        parts.join(" · ")
    };
    let urged = Memo::new(move |_| {
        let age = phone.summary()?.urged(clock::now())?;
        Some(age.as_millis() / Span::days(1).as_millis())
    });
    view! {
        {move || urged.get().map(|days| view! {
            <Banner kind=BannerKind::Warning icon=IconName::Clock text=t.outbox().waiting_long(days)>
                <LinkButton href="/outbox">{t.outbox().title()}</LinkButton>
            </Banner>
        })}
        <a class="waiting" href="/outbox">
            <Icon name=IconName::Inbox />
            <span>{line}</span>
            <Icon name=IconName::Next small=true />
        </a>
    }
}

/// The hint to put the app on the home screen.
#[component]
pub fn Install() -> impl IntoView {
    let updates = State::expect().updates;
    let t = texts().shell();
    move || match updates.install.get() {
        InstallWay::Nothing => ().into_any(),
        InstallWay::Prompt => view! {
            <Banner kind=BannerKind::Note icon=IconName::Plus text=t.install_hint()>
                <Button on_press=Callback::new(move |()| updates.ask_to_install())>{t.install_now()}</Button>
            </Banner>
        }
        .into_any(),
        InstallWay::ShareSheet => {
            let text = format!("{} {}", t.install_hint(), t.install_ios());
            view! { <Banner kind=BannerKind::Note icon=IconName::Plus text /> }.into_any()
        }
        InstallWay::OtherBrowser => {
            view! { <Banner kind=BannerKind::Warning icon=IconName::Warning text=t.wechat_hint() /> }
                .into_any()
        }
    }
}
