//! Whose turn it is: who has to do the next thing with a hazard.

use serde::{Deserialize, Serialize};

use super::life::Life;
use super::measure::MeasureState;
use super::state::HazardState;
use crate::access::Role;

/// Who has to do the next thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// The supervisor: to assign, to re-check, to close, to answer.
    Supervisor,
    /// Whoever puts it right.
    Unit,
    /// The department to which it was transferred.
    Department,
    /// Nobody: it is off the open list.
    Nobody,
}

impl Life {
    /// Whose turn it is. A wish that nobody has answered is the supervisor's, whatever else goes on.
    pub fn turn(&self) -> Turn {
        let state = self.stage.state();
        let asked = |order: &super::MeasureOrder| matches!(order.state, MeasureState::LiftAsked { .. });
        let wished = self.extension.is_some() || self.measures.iter().any(asked);
        match state {
            HazardState::Closed | HazardState::NotEstablished | HazardState::Duplicate => Turn::Nobody,
            _ if wished => Turn::Supervisor,
            HazardState::Found | HazardState::Submitted | HazardState::Rechecked => Turn::Supervisor,
            HazardState::Assigned | HazardState::Rectifying => Turn::Unit,
            HazardState::Transferred => Turn::Department,
        }
    }
}

impl Turn {
    /// The turns that are an account's own: with these hazards it has to do the next thing. An inspector re-checks, and so is
    /// shown what supervisors are.
    pub const fn of_role(role: &Role) -> &'static [Self] {
        match role {
            Role::Supervisor | Role::Administrator | Role::Inspector { .. } => &[Self::Supervisor],
            Role::Institution { .. } | Role::Staff { .. } | Role::Maintenance { .. } => &[Self::Unit],
            Role::Department { .. } => &[Self::Department, Self::Unit],
            Role::Citizens | Role::Recorder | Role::RewardOfficer => &[],
        }
    }

    /// Its name, as in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Supervisor => "supervisor",
            Self::Unit => "unit",
            Self::Department => "department",
            Self::Nobody => "nobody",
        }
    }
}
