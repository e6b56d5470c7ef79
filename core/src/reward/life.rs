//! Everything that a reward has been through, and where it stands.

use serde::{Deserialize, Serialize};

use super::amount::Yuan;
use super::batch::Batch;
use crate::access::{Account, Role};
use crate::clock::{Date, Instant};
use crate::hazard::Mark;
use crate::ids::{AccountId, EntryId};

/// Where a reward stands, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RewardState {
    /// 待批准
    Proposed,
    /// 未批准
    NotApproved,
    /// 待申领
    Approved,
    /// 已申领，待发放
    Claimed,
    /// 发放中
    Ordered,
    /// 已发放
    Paid,
}

impl RewardState {
    /// Whether an office still has to do something with it. One that waits for its reporter is nobody's to do.
    pub const fn is_open(self) -> bool {
        match self {
            Self::Proposed | Self::Claimed | Self::Ordered => true,
            Self::NotApproved | Self::Approved | Self::Paid => false,
        }
    }
}

/// Where a reward stands, with the facts of that. Each mark is who brought it there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RewardStage {
    /// 待批准
    Proposed {
        /// By whom.
        mark: Mark,
        /// How much.
        amount: Yuan,
    },
    /// 未批准: it can be proposed again.
    NotApproved {
        /// By whom.
        mark: Mark,
    },
    /// 待申领
    Approved {
        /// By whom; or of the payout that failed.
        mark: Mark,
        /// How much.
        amount: Yuan,
        /// The last day on which it can be claimed.
        claim_by: Date,
    },
    /// 已申领，待发放
    Claimed {
        /// When; nameless.
        mark: Mark,
        /// How much.
        amount: Yuan,
        /// The approval that was claimed: what the sealed claimant is kept under.
        approval: EntryId,
    },
    /// 发放中
    Ordered {
        /// By whom; its entry is the number of the payout.
        mark: Mark,
        /// How much.
        amount: Yuan,
        /// The approval that was claimed.
        approval: EntryId,
        /// With which others.
        batch: Batch,
    },
    /// 已发放
    Paid {
        /// By whom.
        mark: Mark,
        /// How much.
        amount: Yuan,
    },
}

impl RewardStage {
    /// The same in one word.
    pub const fn state(&self) -> RewardState {
        match self {
            Self::Proposed { .. } => RewardState::Proposed,
            Self::NotApproved { .. } => RewardState::NotApproved,
            Self::Approved { .. } => RewardState::Approved,
            Self::Claimed { .. } => RewardState::Claimed,
            Self::Ordered { .. } => RewardState::Ordered,
            Self::Paid { .. } => RewardState::Paid,
        }
    }

    /// Who brought it there.
    pub const fn mark(&self) -> &Mark {
        match self {
            Self::Proposed { mark, .. }
            | Self::NotApproved { mark }
            | Self::Approved { mark, .. }
            | Self::Claimed { mark, .. }
            | Self::Ordered { mark, .. }
            | Self::Paid { mark, .. } => mark,
        }
    }

    /// How much; `None` when nothing is to be given.
    pub const fn amount(&self) -> Option<Yuan> {
        match self {
            Self::NotApproved { .. } => None,
            Self::Proposed { amount, .. }
            | Self::Approved { amount, .. }
            | Self::Claimed { amount, .. }
            | Self::Ordered { amount, .. }
            | Self::Paid { amount, .. } => Some(*amount),
        }
    }

    /// The approval under which the claimant of a claim that is not over is kept.
    pub const fn claimed(&self) -> Option<EntryId> {
        match self {
            Self::Claimed { approval, .. } | Self::Ordered { approval, .. } => Some(*approval),
            Self::Proposed { .. } | Self::NotApproved { .. } | Self::Approved { .. } | Self::Paid { .. } => {
                None
            }
        }
    }
}

/// What kind of step a line tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RewardStepKind {
    /// 拟奖
    Proposed,
    /// 批准
    Approved,
    /// 不批准
    NotApproved,
    /// 申领
    Claimed,
    /// 查看领奖人
    ClaimOpened,
    /// 列入发放批次
    PayoutOrdered,
    /// 已发放
    PaidOut,
    /// 发放未成功
    PayoutFailed,
}

/// One line of a reward's story: who did what, when, and what was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RewardLine {
    /// What was done.
    pub kind: RewardStepKind,
    /// By whom and when; nameless when the reporter did it.
    pub mark: Mark,
    /// What was said; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

impl RewardLine {
    /// Whether whoever signed it may read who claims.
    pub const fn is_look(&self) -> bool {
        matches!(self.kind, RewardStepKind::ClaimOpened | RewardStepKind::PayoutOrdered)
    }
}

/// Everything that a reward has been through. Its story is its own: neither the reporter's page nor the public tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reward {
    /// Where it stands.
    pub stage: RewardStage,
    /// Its story, the oldest first.
    pub story: Vec<RewardLine>,
}

impl Reward {
    /// When the ledger had what brought it there. Lists are in this order.
    pub fn stands_since(&self) -> Instant {
        self.stage.mark().received
    }

    /// Whether the reporter can claim it on a day.
    pub fn is_claimable(&self, today: Date) -> bool {
        matches!(self.stage, RewardStage::Approved { claim_by, .. } if today <= claim_by)
    }

    /// Whether somebody has it, or can still have it, on a day: what is proposed is no promise, and what was not claimed in time
    /// has lapsed.
    pub fn is_granted(&self, today: Date) -> bool {
        match self.stage.state() {
            RewardState::Proposed | RewardState::NotApproved => false,
            RewardState::Approved => self.is_claimable(today),
            RewardState::Claimed | RewardState::Ordered | RewardState::Paid => true,
        }
    }

    /// Whether `account` may read who claims it: a reward officer who has signed for that, or for its payout, since it was
    /// claimed, until it is paid. Reading is so a fact of the ledger before it happens.
    pub fn may_read_claimant(&self, account: &Account) -> bool {
        account.role == Role::RewardOfficer
            && self.stage.claimed().is_some()
            && self
                .since(RewardStepKind::Claimed)
                .any(|line| line.is_look() && line.mark.account == account.id)
    }

    /// Whether `account` sees to its payout: it ordered it, or has looked at who claims since, and so took it over in the open.
    /// What somebody looked at before another ordered it stands in that other's list alone.
    pub fn is_paid_by(&self, account: AccountId) -> bool {
        let RewardStage::Ordered { mark, .. } = &self.stage else { return false };
        mark.account == account
            || self
                .since(RewardStepKind::PayoutOrdered)
                .any(|line| line.is_look() && line.mark.account == account)
    }

    /// The lines behind the last one of that kind, the newest first.
    fn since(&self, kind: RewardStepKind) -> impl Iterator<Item = &RewardLine> {
        self.story.iter().rev().take_while(move |line| line.kind != kind)
    }
}
