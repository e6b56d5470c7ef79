//! The kinds of entry that this version knows, and their bodies.

use serde::{Deserialize, Serialize};

use crate::facility::Facility;
use crate::ids::PlanId;
use crate::plan::Plan;
use crate::problem::Problem;
use crate::visit::VisitRecord;

/// What an entry says was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum Body {
    /// A visit was signed 检查记录.
    #[serde(rename = "visit.signed")]
    VisitSigned(Box<VisitRecord>),
    /// A plan was made 检查计划.
    #[serde(rename = "plan.made")]
    PlanMade(Plan),
    /// A plan was withdrawn before it was carried out.
    #[serde(rename = "plan.withdrawn")]
    PlanWithdrawn {
        /// Which.
        plan: PlanId,
        /// Why; may be empty.
        reason: String,
    },
    /// An institution was registered, or its card changed; the whole card.
    #[serde(rename = "facility.registered")]
    FacilityRegistered(Facility),
}

/// The name of a kind, as it stands in an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind(pub &'static str);

impl Body {
    /// The name of its kind.
    pub const fn kind(&self) -> Kind {
        Kind(match self {
            Self::VisitSigned(_) => "visit.signed",
            Self::PlanMade(_) => "plan.made",
            Self::PlanWithdrawn { .. } => "plan.withdrawn",
            Self::FacilityRegistered(_) => "facility.registered",
        })
    }

    /// Reads an entry's body.
    ///
    /// # Errors
    /// [`Problem::UnknownKind`] for a kind of a later version, [`Problem::Malformed`] for a body of another shape.
    pub fn of(_entry: &super::Entry) -> Result<Self, Problem> {
        unreachable!("being written")
    }
}
