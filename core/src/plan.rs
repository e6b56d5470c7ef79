//! Visit plans 检查计划: who goes where, when, and who may know before.

use serde::{Deserialize, Serialize};

use crate::clock::Date;
use crate::ids::{AccountId, FacilityId, PlanId};
use crate::region::DivisionCode;
use crate::rules::Profile;

/// When the visited institution learns of a visit (《养老机构行政检查办法》; 四不两直).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum NoticeMode {
    /// Three working days ahead 提前三个工作日通知: the rule for routine checks of elderly-care institutions.
    Advance,
    /// On arrival, with the notice in hand 到场告知.
    OnArrival,
    /// Not at all 四不两直: invisible to the visited side in lists, counts, badges, timestamps and exports.
    Secret,
}

crate::spelling::read_by_name! { NoticeMode { "advance" => Advance, "on_arrival" => OnArrival, "secret" => Secret } }

/// One planned visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Plan {
    /// Its id.
    pub id: PlanId,
    /// The institution to be visited.
    pub facility: FacilityId,
    /// The office that made it: its region. A secret plan is shown to this office and those above it, which
    /// supervise it; not to an office below, which may be close to the visited side.
    pub office: DivisionCode,
    /// The two inspectors, the first of whom leads. They differ (安全生产法 67: two at least).
    pub inspectors: [AccountId; 2],
    /// Who may know before.
    pub notice: NoticeMode,
    /// The checklist's profile.
    pub profile: Profile,
    /// The first day on which it may happen.
    pub from: Date,
    /// The last day; not before `from`.
    pub until: Date,
    /// What it is for, in the office's words; may be empty.
    #[serde(default)]
    pub purpose: String,
}

/// Why a plan cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanRefused {
    /// The law asks for two.
    #[error("the two inspectors are the same person")]
    SameInspectorTwice,
    /// Days in the wrong order.
    #[error("the last day is before the first")]
    EndsBeforeItStarts,
}

impl Plan {
    /// Checks what a plan alone can be checked for.
    ///
    /// # Errors
    /// [`PlanRefused`] when the inspectors are one person or the days are in the wrong order.
    pub fn check(&self) -> Result<(), PlanRefused> {
        if self.inspectors[0] == self.inspectors[1] {
            return Err(PlanRefused::SameInspectorTwice);
        }
        if self.until < self.from {
            return Err(PlanRefused::EndsBeforeItStarts);
        }
        Ok(())
    }
}
