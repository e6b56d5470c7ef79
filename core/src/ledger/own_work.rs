//! The rows of what institutions do by themselves.
//!
//! A patrol a day would be a row a day on every supervisor's phone for years. So there is one row for each kind of round at
//! an institution, with the last of them: enough to say what is due and what the last month was like. All of them stand in
//! the ledger.

use serde::{Deserialize, Serialize};

use crate::access::OwnPart;
use crate::clock::Instant;
use crate::ids::{CertificateId, EntryId, FacilityId, RoundId};
use crate::json::Json;
use crate::region::DivisionCode;
use crate::rounds::{Certificate, RoundKind};

/// The last rounds of a kind at an institution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoundsCard {
    /// The institution.
    pub facility: FacilityId,
    /// Where it stands.
    pub division: DivisionCode,
    /// Which kind of round.
    pub kind: RoundKind,
    /// The last of them, the newest first; at most [`RoundsCard::MAX_LINES`].
    pub lines: Json<Vec<RoundLine>>,
}

/// One round in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoundLine {
    /// The round.
    pub round: RoundId,
    /// The entry that tells it.
    pub entry: EntryId,
    /// When it was done, by the device's clock; when the ledger had it, where that clock ran ahead.
    pub at: Instant,
    /// When the ledger had it.
    pub received: Instant,
    /// Who went.
    pub by: String,
    /// How many things were found.
    pub findings: u32,
}

/// A line of an institution's register of certificates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CertificateCard {
    /// Its id.
    pub id: CertificateId,
    /// Whose register.
    pub facility: FacilityId,
    /// Where that institution stands.
    pub division: DivisionCode,
    /// The line.
    pub certificate: Json<Certificate>,
}

impl RoundsCard {
    /// A month of daily patrols, and a few.
    pub const MAX_LINES: usize = 40;

    /// The key of a kind's row at an institution, by their names.
    pub(super) fn key_of(facility: &str, kind: &str) -> String {
        format!("{facility}.{kind}")
    }

    /// The key of a kind's row at an institution.
    pub fn key(facility: FacilityId, kind: RoundKind) -> String {
        Self::key_of(&facility.to_string(), kind.name())
    }

    /// Whose work it is.
    pub(super) const fn part(&self) -> OwnPart {
        part_of(self.kind)
    }
}

/// Whose work a kind of round is.
pub(super) const fn part_of(kind: RoundKind) -> OwnPart {
    match kind {
        RoundKind::MaintenanceVisit => OwnPart::MaintenanceVisit,
        RoundKind::DailyPatrol
        | RoundKind::NightPatrol
        | RoundKind::ZeroReport
        | RoundKind::SelfCheck
        | RoundKind::HeadCheck
        | RoundKind::Drill
        | RoundKind::Training => OwnPart::Round,
    }
}
