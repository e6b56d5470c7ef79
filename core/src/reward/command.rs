//! What is done with a reward: a command of a report's step.

use serde::{Deserialize, Serialize};

use super::amount::Yuan;
use super::batch::Batch;
use super::life::RewardStepKind;
use crate::clock::Date;
use crate::ids::EntryId;

/// What is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reward", rename_all = "snake_case")]
pub enum RewardCommand {
    /// 拟奖: by the office that had the report.
    Propose {
        /// How the report stands: the turning into a hazard, the dealing with or the answer, by its entry.
        after: EntryId,
        /// How much.
        amount: Yuan,
        /// For what.
        words: String,
    },
    /// 批准
    Approve {
        /// The proposal, by its entry.
        proposal: EntryId,
        /// The last day on which it can be claimed.
        claim_by: Date,
    },
    /// 不批准
    NotApprove {
        /// The proposal, by its entry.
        proposal: EntryId,
        /// Why.
        words: String,
    },
    /// 申领: by the reporter. Who that is, stands beside the ledger.
    Claim {
        /// The approval, by its entry.
        approval: EntryId,
    },
    /// 查看领奖人: whoever signs this may read who claims.
    OpenClaim {
        /// The claim, or the payout that was ordered for it, by its entry.
        of: EntryId,
        /// What for.
        words: String,
    },
    /// 列入发放批次: the intent to pay, whose entry is its number.
    OrderPayout {
        /// The claim, by its entry.
        claim: EntryId,
        /// With which others.
        batch: Batch,
    },
    /// 已发放
    PaidOut {
        /// The order, by its entry.
        order: EntryId,
        /// The number of the receipt 凭证号.
        receipt: String,
    },
    /// 发放未成功: the money came back. The reporter can claim again.
    PayoutFailed {
        /// The order, by its entry.
        order: EntryId,
        /// Why, for the reporter.
        words: String,
        /// The last day on which it can be claimed again.
        claim_by: Date,
    },
}

impl RewardCommand {
    /// How long a reporter has to claim, from the day of the approval, in days, at least: nobody is to lose a reward over a
    /// week's absence (7 work days in Fuzhou's rule, secondary source). This project's proposal.
    pub const SHORTEST_CLAIM_DAYS: u16 = 9;

    /// What a line of the story tells of it.
    pub const fn kind(&self) -> RewardStepKind {
        match self {
            Self::Propose { .. } => RewardStepKind::Proposed,
            Self::Approve { .. } => RewardStepKind::Approved,
            Self::NotApprove { .. } => RewardStepKind::NotApproved,
            Self::Claim { .. } => RewardStepKind::Claimed,
            Self::OpenClaim { .. } => RewardStepKind::ClaimOpened,
            Self::OrderPayout { .. } => RewardStepKind::PayoutOrdered,
            Self::PaidOut { .. } => RewardStepKind::PaidOut,
            Self::PayoutFailed { .. } => RewardStepKind::PayoutFailed,
        }
    }
}
