//! What can be done with a reward now. Each offer is tried as the guard would try it, filled in as well as it could be.

use super::amount::Yuan;
use super::batch::Batch;
use super::command::RewardCommand;
use super::life::{Reward, RewardState};
use super::standing::{Merit, RewardDoing};
use crate::ids::EntryId;

/// A step that an office can take, with what it answers. The reporter claims by the page of the secret link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RewardOffer {
    /// 拟奖
    Propose {
        /// How the report stands.
        after: EntryId,
        /// How much, at most.
        most: Yuan,
    },
    /// 批准
    Approve {
        /// The proposal.
        proposal: EntryId,
    },
    /// 不批准
    NotApprove {
        /// The proposal.
        proposal: EntryId,
    },
    /// 查看领奖人
    OpenClaim {
        /// The claim, or its order.
        of: EntryId,
    },
    /// 列入发放批次
    OrderPayout {
        /// The claim.
        claim: EntryId,
    },
    /// 已发放
    PaidOut {
        /// The order.
        order: EntryId,
    },
    /// 发放未成功
    PayoutFailed {
        /// The order.
        order: EntryId,
    },
}

impl RewardOffer {
    /// Every step that may be one of the stage.
    pub fn candidates(reward: Option<&Reward>, merit: Merit, most: Yuan) -> Vec<Self> {
        let Some(Reward { stage, .. }) = reward else { return Self::proposing(merit, most) };
        let stands = stage.mark().entry;
        match stage.state() {
            RewardState::NotApproved => Self::proposing(merit, most),
            RewardState::Proposed => {
                vec![Self::Approve { proposal: stands }, Self::NotApprove { proposal: stands }]
            }
            RewardState::Claimed => {
                vec![Self::OrderPayout { claim: stands }, Self::OpenClaim { of: stands }]
            }
            RewardState::Ordered => {
                let open = Self::OpenClaim { of: stands };
                vec![Self::PaidOut { order: stands }, Self::PayoutFailed { order: stands }, open]
            }
            RewardState::Approved | RewardState::Paid => Vec::new(),
        }
    }

    fn proposing(merit: Merit, most: Yuan) -> Vec<Self> {
        match merit {
            Merit::Proven { by } => vec![Self::Propose { after: by, most }],
            Merit::NotNow => Vec::new(),
        }
    }

    /// Whether the office owes this step: what waits for money does, what to give is a decision.
    pub const fn is_owed(self) -> bool {
        matches!(self, Self::OrderPayout { .. } | Self::PaidOut { .. })
    }

    /// The step with something in every place; `None` where nothing can be put there.
    pub fn filled(self, doing: &RewardDoing<'_>) -> Option<RewardCommand> {
        let words = || "-".to_owned();
        let claim_by = doing.received.date().plus_days(RewardCommand::SHORTEST_CLAIM_DAYS);
        Some(match self {
            Self::Propose { after, most } => RewardCommand::Propose { after, amount: most, words: words() },
            Self::Approve { proposal } => RewardCommand::Approve { proposal, claim_by },
            Self::NotApprove { proposal } => RewardCommand::NotApprove { proposal, words: words() },
            Self::OpenClaim { of } => RewardCommand::OpenClaim { of, words: words() },
            Self::OrderPayout { claim } => {
                RewardCommand::OrderPayout { claim, batch: "-".parse::<Batch>().ok()? }
            }
            Self::PaidOut { order } => RewardCommand::PaidOut { order, receipt: words() },
            Self::PayoutFailed { order } => RewardCommand::PayoutFailed { order, words: words(), claim_by },
        })
    }
}
