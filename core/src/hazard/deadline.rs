//! What is due when, and who owes it 期限: derived from a hazard's life, never stored.

use serde::{Deserialize, Serialize};

use super::life::Stage;
use super::measure::MeasureState;
use super::standing::Standing;
use crate::calendar::Calendar;
use crate::clock::{Date, Instant};
use crate::visit::Due;

/// How long each step may take. Where no law gives a number, it is this project's proposal; a region sets its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Work days from finding to assigning. Proposal.
    pub assign_work_days: u16,
    /// Work days from assigning to signing for. Proposal.
    pub sign_for_work_days: u16,
    /// Work days from submission to re-check: 10 (特种设备安全监督检查办法 29).
    pub recheck_work_days: u16,
    /// Work days from a re-check to closing. Proposal.
    pub close_work_days: u16,
    /// Work days to answer a wish for more time: 10 (青岛市 2012, of listed hazards).
    pub answer_extension_work_days: u16,
    /// Work days to answer a wish to lift a measure. Proposal.
    pub answer_lift_work_days: u16,
    /// Days to carry an immediate measure out: it is to be done at once, so on the day after at the latest. Proposal.
    pub carry_out_days: u16,
    /// Work days for a department to take a transfer over. Proposal.
    pub receive_work_days: u16,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            assign_work_days: 3,
            sign_for_work_days: 2,
            recheck_work_days: 10,
            close_work_days: 5,
            answer_extension_work_days: 10,
            answer_lift_work_days: 5,
            carry_out_days: 1,
            receive_work_days: 5,
        }
    }
}

/// What is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeadlineOf {
    /// 交办: the supervisor owes it.
    Assign,
    /// 签收: the unit owes it.
    SignFor,
    /// 整改: the unit owes it.
    Rectify,
    /// 复查: the supervisor owes it.
    Recheck,
    /// 销号: the supervisor owes it.
    Close,
    /// 答复延期: the supervisor owes it.
    AnswerExtension,
    /// 落实立即措施: the unit owes it.
    CarryOut,
    /// 答复解除措施: the supervisor owes it.
    AnswerLift,
    /// 移送签收: the department owes it.
    Receive,
}

/// Something that is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deadline {
    /// The last day on which it is in time.
    pub by: Date,
    /// What.
    pub of: DeadlineOf,
}

impl Standing {
    /// Everything that is due of this hazard, the first one first. `found` is when it was found.
    pub fn deadlines(&self, found: Instant, calendar: &Calendar, terms: &Terms) -> Vec<Deadline> {
        let after = |at: Instant, days: u16| calendar.plus_work_days(at.date(), days);
        let mut due = Vec::new();
        let mut add = |of, by| due.push(Deadline { by, of });
        let rectify_by = match self.due {
            Due::OnTheSpot => found.date(),
            Due::By(date) => date,
        };
        match &self.life.stage {
            Stage::Found => {
                let since = self.to_assign_since().unwrap_or(found);
                add(DeadlineOf::Assign, after(since, terms.assign_work_days));
                add(DeadlineOf::Rectify, rectify_by);
            }
            Stage::Assigned { mark } => {
                add(DeadlineOf::SignFor, after(mark.received, terms.sign_for_work_days));
                add(DeadlineOf::Rectify, rectify_by);
            }
            Stage::Rectifying { .. } => add(DeadlineOf::Rectify, rectify_by),
            Stage::Submitted { submission } => {
                add(DeadlineOf::Recheck, after(submission.mark.received, terms.recheck_work_days));
            }
            Stage::Rechecked { recheck, .. } => {
                add(DeadlineOf::Close, after(recheck.mark.received, terms.close_work_days));
            }
            Stage::Transferred { transfer } if transfer.receipt.is_none() => {
                add(DeadlineOf::Receive, after(transfer.mark.received, terms.receive_work_days));
            }
            Stage::Transferred { .. }
            | Stage::Closed { .. }
            | Stage::NotEstablished { .. }
            | Stage::Duplicate { .. } => {}
        }
        if let Some(wish) = &self.life.extension {
            add(DeadlineOf::AnswerExtension, after(wish.mark.received, terms.answer_extension_work_days));
        }
        if self.life.stage.state().is_open() {
            for order in &self.life.measures {
                match &order.state {
                    MeasureState::Ordered => {
                        let by = order.ordered.received.date().plus_days(terms.carry_out_days);
                        add(DeadlineOf::CarryOut, by);
                    }
                    MeasureState::LiftAsked { mark } => {
                        add(DeadlineOf::AnswerLift, after(mark.received, terms.answer_lift_work_days));
                    }
                    _ => {}
                }
            }
        }
        due.sort_unstable();
        due
    }

    /// When the ledger had the last step after which it is to be assigned.
    fn to_assign_since(&self) -> Option<Instant> {
        let last = self.life.story.iter().rev().find(|line| line.kind.asks_to_assign());
        last.map(|line| line.mark.received)
    }
}
