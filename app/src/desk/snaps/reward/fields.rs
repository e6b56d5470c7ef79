//! What is filled in for a step of a reward.

use leptos::prelude::*;
use xunan_core::calendar::Calendar;
use xunan_core::clock::Date;
use xunan_core::ledger::SnapCard;
use xunan_core::reward::{RewardCommand, RewardOffer, RewardTermsTable, Yuan};
use xunan_core::snap::{Report, StepKind};

use crate::browser::clock;
use crate::desk::step_inputs::{day, line, text};
use crate::i18n::{Texts, texts};
use crate::session::Phone;
use crate::ui::{LineKind, TextField};

/// What has been filled in.
#[derive(Clone, Copy)]
pub(in crate::desk::snaps) struct RewardFields {
    amount: RwSignal<String>,
    words: RwSignal<String>,
    claim_by: RwSignal<String>,
    batch: RwSignal<String>,
    receipt: RwSignal<String>,
}

impl RewardFields {
    /// A form that begins with what the region's terms say, and with today's batch.
    pub(in crate::desk::snaps) fn new(card: &SnapCard) -> Self {
        let today = Phone::today();
        let days = RewardTermsTable::shipped().of(card.division(), today).claim_work_days;
        Self {
            amount: RwSignal::default(),
            words: RwSignal::default(),
            claim_by: RwSignal::new(claim_by(today, days).to_string()),
            batch: RwSignal::new(today.to_string().replace('-', "")),
            receipt: RwSignal::default(),
        }
    }

    /// The step as filled in; its words are core's to judge.
    ///
    /// # Errors
    /// What is no amount, day or batch.
    pub(in crate::desk::snaps) fn wanted(
        self,
        offer: RewardOffer,
        t: Texts,
    ) -> Result<RewardCommand, &'static str> {
        let said = |signal: RwSignal<String>| signal.get_untracked().trim().to_owned();
        let (t, words) = (t.rewards(), || said(self.words));
        let claim_by = || said(self.claim_by).parse().map_err(|_| t.last_day_wrong());
        Ok(match offer {
            RewardOffer::Propose { after, .. } => {
                let amount = said(self.amount).parse().map_err(|_| t.amount_wrong())?;
                RewardCommand::Propose { after, amount, words: words() }
            }
            RewardOffer::Approve { proposal } => RewardCommand::Approve { proposal, claim_by: claim_by()? },
            RewardOffer::NotApprove { proposal } => RewardCommand::NotApprove { proposal, words: words() },
            RewardOffer::OpenClaim { of } => RewardCommand::OpenClaim { of, words: words() },
            RewardOffer::OrderPayout { claim } => {
                let batch = said(self.batch).parse().map_err(|_| t.batch_wrong())?;
                RewardCommand::OrderPayout { claim, batch }
            }
            RewardOffer::PaidOut { order } => RewardCommand::PaidOut { order, receipt: said(self.receipt) },
            RewardOffer::PayoutFailed { order } => {
                RewardCommand::PayoutFailed { order, words: words(), claim_by: claim_by()? }
            }
        })
    }

    fn amount(self, most: Yuan) -> AnyView {
        let (t, set) = (texts().rewards(), Callback::new(move |text| self.amount.set(text)));
        let help = t.at_most(&most.to_string());
        view! { <TextField label=t.how_much() kind=LineKind::Number value=self.amount on_input=set help /> }
            .into_any()
    }

    /// What core wants to know for a step.
    pub(in crate::desk::snaps) fn inputs(self, offer: RewardOffer, card: &SnapCard) -> Vec<AnyView> {
        let t = texts().rewards();
        let no_identity = || view! { <p class="muted">{t.no_identity()}</p> }.into_any();
        match offer {
            RewardOffer::Propose { most, .. } => vec![
                view! { <Evidence card=card.clone() /> }.into_any(),
                self.amount(most),
                text(t.for_what(), self.words),
            ],
            RewardOffer::Approve { .. } => vec![day(t.last_day(), self.claim_by)],
            RewardOffer::NotApprove { .. } => vec![text(t.why_not(), self.words)],
            RewardOffer::OpenClaim { .. } => vec![no_identity(), text(t.why_open(), self.words)],
            RewardOffer::OrderPayout { .. } => vec![line(t.batch_number(), self.batch)],
            RewardOffer::PaidOut { .. } => vec![no_identity(), line(t.receipt(), self.receipt)],
            RewardOffer::PayoutFailed { .. } => {
                vec![no_identity(), text(t.why_failed(), self.words), day(t.last_day(), self.claim_by)]
            }
        }
    }
}

/// Days that a step may be on its way, at a weekend without a network: core counts from when the ledger has it.
const ON_ITS_WAY: u16 = 3;

/// The day that is proposed: so many work days from now, and never so few days that core could refuse it.
fn claim_by(today: Date, work_days: u16) -> Date {
    let proposed = Calendar::shipped().plus_work_days(today, work_days);
    proposed.max(today.plus_days(RewardCommand::SHORTEST_CLAIM_DAYS + ON_ITS_WAY))
}

/// When it was received and accepted, and when its photos say that they were taken: who was first is decided by these.
#[component]
fn Evidence(card: SnapCard) -> impl IntoView {
    let t = texts();
    let accepted = card.life.story.iter().find(|line| line.kind == StepKind::Accepted);
    let when = |at| t.time().when(at, clock::now());
    let accepted = accepted.map(|line| when(line.mark.received));
    let line = |name: &'static str, value: Option<String>| {
        value.map(|value| view! { <dt>{name}</dt><dd>{value}</dd> })
    };
    view! {
        <p class="muted">{t.rewards().evidence()}</p>
        <dl class="facts">
            {line(t.rewards().evidence_received(), Some(when(card.received)))}
            {line(t.rewards().evidence_accepted(), accepted)}
            {line(t.rewards().evidence_taken(), earliest_claimed(&card.report))}
        </dl>
    }
}

/// The earliest time that a photo's file says of itself, as it says it.
fn earliest_claimed(report: &Report) -> Option<String> {
    let claimed = report.photos.iter().filter_map(|photo| photo.claimed);
    claimed.map(|time| time.to_string().replacen('T', " ", 1)).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_that_is_proposed_is_never_too_early_for_core() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(claim_by(day("2026-11-30"), 7), day("2026-12-12"));
        assert_eq!(claim_by(day("2026-11-30"), 10), day("2026-12-14"));
        assert!(claim_by(day("2026-11-28"), 30) > day("2026-12-28"));
    }
}
