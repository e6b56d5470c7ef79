//! A reward as a step finds it, and as it leaves it.

use super::amount::Yuan;
use super::batch::Batch;
use super::command::RewardCommand;
use super::life::{Reward, RewardLine, RewardStage};
use crate::access::Account;
use crate::clock::{Date, Instant};
use crate::hazard::Mark;
use crate::ids::EntryId;
use crate::problem::{Problem, StepRefusal, must_say, refuse};

/// How long a reporter has to claim, from the day of the approval, in days, at most: a year. This project's proposal.
const LONGEST_CLAIM_DAYS: i64 = 366;

/// Whether a report was found true 属实: what a reward is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merit {
    /// Yes: by the entry with which the report stands as it does.
    Proven {
        /// That entry.
        by: EntryId,
    },
    /// Not now: nobody has dealt with it, it is another office's, or another report stands for it.
    NotNow,
}

/// A step under way. Whether it is the actor's to take is decided before.
#[derive(Clone, Copy, Debug)]
pub struct RewardDoing<'a> {
    /// Who.
    pub actor: &'a Account,
    /// By which entry.
    pub entry: EntryId,
    /// When, by the device's clock.
    pub at: Instant,
    /// When the ledger had it.
    pub received: Instant,
    /// Whether the report was found true.
    pub merit: Merit,
    /// The most that may be given for it.
    pub most: Yuan,
}

impl RewardDoing<'_> {
    fn mark(&self) -> Mark {
        Mark::of(self.actor, self.entry, self.at, self.received)
    }

    fn nameless(&self) -> Mark {
        Mark::nameless(self.entry, self.at, self.received)
    }

    /// Whether a reporter has enough time until a day, and not for ever.
    fn must_leave_time(&self, claim_by: Date) -> Result<(), Problem> {
        let days = claim_by.days_since(self.received.date());
        let fits = (i64::from(RewardCommand::SHORTEST_CLAIM_DAYS)..=LONGEST_CLAIM_DAYS).contains(&days);
        if fits { Ok(()) } else { refuse(StepRefusal::ClaimTime) }
    }
}

/// What a step brings: the stage after it, the mark of its line, and what it says.
type Next<'a> = (RewardStage, Mark, &'a str);

impl Reward {
    /// The reward of a report after a step; `before` is `None` where there is none yet.
    ///
    /// # Errors
    /// [`Problem::StepRefused`] when its guard refuses it.
    pub fn take(
        before: Option<&Self>,
        command: &RewardCommand,
        doing: &RewardDoing<'_>,
    ) -> Result<Self, Problem> {
        let stage = before.map(|reward| &reward.stage);
        let (stage, mark, words) = match command {
            RewardCommand::Propose { after, amount, words } => propose(stage, *after, *amount, words, doing),
            RewardCommand::Approve { proposal, claim_by } => approve(stage, *proposal, *claim_by, doing),
            RewardCommand::NotApprove { proposal, words } => not_approve(stage, *proposal, words, doing),
            RewardCommand::Claim { approval } => claim(stage, *approval, doing),
            RewardCommand::OpenClaim { of, words } => open_claim(stage, *of, words, doing),
            RewardCommand::OrderPayout { claim, batch } => order_payout(stage, *claim, batch, doing),
            RewardCommand::PaidOut { order, receipt } => paid_out(before, *order, receipt, doing),
            RewardCommand::PayoutFailed { order, words, claim_by } => {
                payout_failed(before, *order, (words, *claim_by), doing)
            }
        }?;
        let mut story = before.map(|reward| reward.story.clone()).unwrap_or_default();
        story.push(RewardLine { kind: command.kind(), mark, words: words.trim().to_owned() });
        Ok(Self { stage, story })
    }
}

/// Whether what a step answers is what stands.
fn must_stand(mark: &Mark, answered: EntryId) -> Result<(), Problem> {
    if mark.entry == answered { Ok(()) } else { refuse(StepRefusal::MovedOn) }
}

fn propose<'a>(
    stage: Option<&RewardStage>,
    after: EntryId,
    amount: Yuan,
    words: &'a str,
    doing: &RewardDoing<'_>,
) -> Result<Next<'a>, Problem> {
    match (stage, doing.merit) {
        (None | Some(RewardStage::NotApproved { .. }), Merit::Proven { by }) if by == after => {}
        (None | Some(RewardStage::NotApproved { .. }), Merit::Proven { .. }) => {
            return refuse(StepRefusal::MovedOn);
        }
        _ => return refuse(StepRefusal::NotNow),
    }
    must_say(words)?;
    if amount > doing.most {
        return refuse(StepRefusal::AmountTooHigh);
    }
    Ok((RewardStage::Proposed { mark: doing.mark(), amount }, doing.mark(), words))
}

/// Four eyes: also of an account whose role was changed in between.
fn approve<'a>(
    stage: Option<&RewardStage>,
    proposal: EntryId,
    claim_by: Date,
    doing: &RewardDoing<'_>,
) -> Result<Next<'a>, Problem> {
    let Some(RewardStage::Proposed { mark, amount }) = stage else { return refuse(StepRefusal::NotNow) };
    must_stand(mark, proposal)?;
    // The reporter may have opened the report again since.
    if doing.merit == Merit::NotNow {
        return refuse(StepRefusal::NotNow);
    }
    if mark.account == doing.actor.id {
        return refuse(StepRefusal::ApproverIsProposer);
    }
    doing.must_leave_time(claim_by)?;
    Ok((RewardStage::Approved { mark: doing.mark(), amount: *amount, claim_by }, doing.mark(), ""))
}

fn not_approve<'a>(
    stage: Option<&RewardStage>,
    proposal: EntryId,
    words: &'a str,
    doing: &RewardDoing<'_>,
) -> Result<Next<'a>, Problem> {
    let Some(RewardStage::Proposed { mark, .. }) = stage else { return refuse(StepRefusal::NotNow) };
    must_stand(mark, proposal)?;
    must_say(words)?;
    Ok((RewardStage::NotApproved { mark: doing.mark() }, doing.mark(), words))
}

/// In time is what the ledger had in time.
fn claim<'a>(
    stage: Option<&RewardStage>,
    approval: EntryId,
    doing: &RewardDoing<'_>,
) -> Result<Next<'a>, Problem> {
    let Some(RewardStage::Approved { mark, amount, claim_by }) = stage else {
        return refuse(StepRefusal::NotNow);
    };
    must_stand(mark, approval)?;
    if doing.received.date() > *claim_by {
        return refuse(StepRefusal::ClaimTooLate);
    }
    let mark = doing.nameless();
    Ok((RewardStage::Claimed { mark: mark.clone(), amount: *amount, approval }, mark, ""))
}

/// Moves nothing: it is told that somebody looked, and that is what it is for. Also once the payout is ordered, for the officer who
/// takes over from the one who ordered it.
fn open_claim<'a>(
    stage: Option<&RewardStage>,
    of: EntryId,
    words: &'a str,
    doing: &RewardDoing<'_>,
) -> Result<Next<'a>, Problem> {
    let Some(stage @ (RewardStage::Claimed { mark, .. } | RewardStage::Ordered { mark, .. })) = stage else {
        return refuse(StepRefusal::NotNow);
    };
    must_stand(mark, of)?;
    must_say(words)?;
    Ok((stage.clone(), doing.mark(), words))
}

fn order_payout<'a>(
    stage: Option<&RewardStage>,
    claim: EntryId,
    batch: &'a Batch,
    doing: &RewardDoing<'_>,
) -> Result<Next<'a>, Problem> {
    let Some(RewardStage::Claimed { mark, amount, approval }) = stage else {
        return refuse(StepRefusal::NotNow);
    };
    must_stand(mark, claim)?;
    let next = RewardStage::Ordered {
        mark: doing.mark(),
        amount: *amount,
        approval: *approval,
        batch: batch.clone(),
    };
    Ok((next, doing.mark(), batch.as_str()))
}

/// How much an order is about that the actor sees to. What became of it is nobody else's to say, who would not know: money that
/// was paid could be claimed again.
fn ordered_amount(reward: Option<&Reward>, order: EntryId, doing: &RewardDoing<'_>) -> Result<Yuan, Problem> {
    let Some(reward) = reward else { return refuse(StepRefusal::NotNow) };
    let RewardStage::Ordered { mark, amount, .. } = &reward.stage else {
        return refuse(StepRefusal::NotNow);
    };
    must_stand(mark, order)?;
    if reward.is_paid_by(doing.actor.id) { Ok(*amount) } else { refuse(StepRefusal::NotThePayer) }
}

fn paid_out<'a>(
    reward: Option<&Reward>,
    order: EntryId,
    receipt: &'a str,
    doing: &RewardDoing<'_>,
) -> Result<Next<'a>, Problem> {
    let amount = ordered_amount(reward, order, doing)?;
    must_say(receipt)?;
    Ok((RewardStage::Paid { mark: doing.mark(), amount }, doing.mark(), receipt))
}

/// Approved it stays, by whoever says that the money came back; who claims is to be told anew.
fn payout_failed<'a>(
    reward: Option<&Reward>,
    order: EntryId,
    (words, claim_by): (&'a str, Date),
    doing: &RewardDoing<'_>,
) -> Result<Next<'a>, Problem> {
    let amount = ordered_amount(reward, order, doing)?;
    must_say(words)?;
    doing.must_leave_time(claim_by)?;
    Ok((RewardStage::Approved { mark: doing.mark(), amount, claim_by }, doing.mark(), words))
}
