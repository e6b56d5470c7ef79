//! Immediate measures 立即措施 and their own life: ordered → carried out → lift asked → consented → lifted.
//!
//! Where safety cannot be assured before or while a hazard is put right, people are withdrawn or use is stopped, and use
//! is resumed only after review and consent (安全生产法 65(3)).

use serde::{Deserialize, Serialize};

use super::life::Mark;
use crate::rules::Measure;

/// One immediate measure of a hazard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MeasureOrder {
    /// Which.
    pub measure: Measure,
    /// Who ordered it.
    pub ordered: Mark,
    /// Where it stands.
    pub state: MeasureState,
}

/// Where an immediate measure stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MeasureState {
    /// 已责令
    Ordered,
    /// 已落实
    CarriedOut {
        /// Who says so.
        mark: Mark,
    },
    /// 申请解除
    LiftAsked {
        /// The entry that asks.
        mark: Mark,
    },
    /// 同意解除
    Consented {
        /// Who consented.
        mark: Mark,
    },
    /// 已解除
    Lifted {
        /// Who says so.
        mark: Mark,
    },
}

impl MeasureState {
    /// Whether a hazard may be closed with it: somebody has consented to its end.
    pub const fn is_settled(&self) -> bool {
        matches!(self, Self::Consented { .. } | Self::Lifted { .. })
    }
}

impl Measure {
    /// Whether it keeps people or use away until somebody consents to its end. The others are done once: to open, to
    /// clear away, to watch until it is put right.
    pub const fn needs_consent(self) -> bool {
        match self {
            Self::StopUse | Self::Evacuate | Self::StopWork | Self::SuspendService | Self::RelocatePeople => {
                true
            }
            Self::Cordon | Self::PostWatch | Self::RemoveNow | Self::OpenNow => false,
        }
    }
}
