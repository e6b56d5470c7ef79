//! Where a reward stands and what it has been through, on the page of its report.

use leptos::prelude::*;
use xunan_core::ledger::SnapCard;
use xunan_core::reward::{Reward, RewardLine, RewardStage, RewardState};

use super::claimant::ClaimantPart;
use crate::desk::snaps::seen::Now;
use crate::desk::snaps::story::when_and_by;
use crate::i18n::texts;
use crate::session::Phone;
use crate::ui::{EventKind, IconName, LinkButton, Timeline, TimelineEvent};

/// Where a reward stands, as a mark with its word; nothing where there is none.
pub(in crate::desk::snaps) fn reward_tag(card: &SnapCard) -> Option<impl IntoView + use<>> {
    let t = texts();
    let reward = card.life.reward.as_ref()?;
    let (stage, state) = (&reward.stage, stands(reward));
    let kind = if stage.state().is_open() { "act" } else { "done" };
    let amount = stage.amount().map(|amount| t.rewards().yuan(&amount.to_string()));
    let words: Vec<String> =
        [t.rewards().title().to_owned()].into_iter().chain(amount).chain([state.to_owned()]).collect();
    Some(view! { " "<span class="tag" data-kind=kind>{words.join(" · ")}</span> })
}

/// Where it stands, in words: one that was not claimed in time has lapsed.
fn stands(reward: &Reward) -> &'static str {
    let t = texts();
    match reward.stage.state() {
        RewardState::Approved if !reward.is_claimable(Phone::today()) => t.rewards().lapsed(),
        state => t.reward_name().state(state),
    }
}

/// The part of the page; nothing where there is no reward.
#[component]
pub(in crate::desk::snaps) fn RewardPart(now: Now) -> impl IntoView {
    let reward = now.card.life.reward.clone()?;
    // Who claims is the server's to tell, and it tells by what it has.
    let told = now.seen.detail.due.snap.life.reward.as_ref();
    let account = Phone::expect().account();
    let reads = told.is_some_and(|told| told.may_read_claimant(&account));
    let claimant = reads.then(|| view! { <ClaimantPart snap=now.card.id() /> });
    let list = told.filter(|told| told.is_paid_by(account.id)).and_then(payout_list);
    let events = reward.story.iter().map(event).collect();
    let t = texts().rewards();
    Some(view! {
        <section class="part" id="reward"><h2>{t.title()}</h2>
            {facts(&reward)}
            {claimant}
            {list}
            <h3>{t.story()}</h3>
            <Timeline events />
        </section>
    })
}

fn facts(reward: &Reward) -> impl IntoView + use<> {
    let t = texts();
    let amount = reward.stage.amount().map(|amount| t.rewards().yuan(&amount.to_string()));
    let claim_by = match &reward.stage {
        RewardStage::Approved { claim_by, .. } => Some(t.time().date_in_full(*claim_by)),
        _ => None,
    };
    let batch = match &reward.stage {
        RewardStage::Ordered { batch, .. } => Some(batch.to_string()),
        _ => None,
    };
    let line = |name: &'static str, value: Option<String>| {
        value.map(|value| view! { <dt>{name}</dt><dd>{value}</dd> })
    };
    view! {
        <p><strong>{stands(reward)}</strong></p>
        <dl class="facts">
            {line(t.rewards().amount(), amount)}
            {line(t.rewards().claim_by(), claim_by)}
            {line(t.rewards().batch(), batch)}
        </dl>
    }
}

/// The list of its batch, for whoever sees to the payout.
fn payout_list(reward: &Reward) -> Option<impl IntoView + use<>> {
    let RewardStage::Ordered { batch, .. } = &reward.stage else { return None };
    let (t, href) = (texts().rewards(), format!("/api/payouts/{batch}"));
    Some(view! {
        <p><LinkButton href icon=IconName::Storage>{t.payout_list()}</LinkButton></p>
        <p class="muted">{t.payout_list_about()}</p>
    })
}

fn event(line: &RewardLine) -> TimelineEvent {
    TimelineEvent {
        kind: EventKind::Done,
        what: texts().reward_name().step(line.kind).to_owned(),
        when: when_and_by(&line.mark),
        note: line.words.clone(),
    }
}
