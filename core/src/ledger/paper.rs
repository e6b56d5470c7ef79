//! Rows of what leaves the office on paper or on the public's screens: documents, their numbers, copies of photos.

use serde::{Deserialize, Serialize};

use super::row::HazardCard;
use crate::clock::{Date, Instant};
use crate::digest::Digest;
use crate::document::{DocumentKind, Issue, OrderedLine, Series};
use crate::ids::{AccountId, DocumentId, EntryId, FacilityId, HazardId, PhotoId, VisitId};
use crate::json::Json;
use crate::region::DivisionCode;

/// A document as lists show it, with all that it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DocumentCard {
    /// Its id.
    pub id: DocumentId,
    /// The entry that issued it.
    pub entry: EntryId,
    /// Its kind.
    pub kind: DocumentKind,
    /// The institution.
    pub facility: FacilityId,
    /// Its name on that day.
    pub facility_name: String,
    /// Where that stands.
    pub division: DivisionCode,
    /// The region of the office that issued it.
    pub office: DivisionCode,
    /// Its day.
    pub on: Date,
    /// When the ledger had it.
    pub received: Instant,
    /// Who acts in it, and who issued it.
    pub people: Vec<AccountId>,
    /// The visit that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<VisitId>,
    /// The hazards that it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hazards: Vec<HazardId>,
    /// The document that it follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<DocumentId>,
    /// Its place in its series; `None` until the ledger has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// What it says.
    pub issue: Json<Issue>,
}

/// How far a series of numbers is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SeriesCount {
    /// The series in one text: the row's key.
    pub id: String,
    /// Which series.
    pub series: Series,
    /// Its last number.
    pub last: u32,
}

impl SeriesCount {
    /// A series that has come so far.
    pub fn new(series: Series, last: u32) -> Self {
        Self { id: series.to_string(), series, last }
    }
}

impl HazardCard {
    /// What an order says of it.
    pub fn ordered_line(&self) -> OrderedLine {
        let place = if self.place.is_empty() { String::new() } else { format!("{}：", self.place) };
        let said = if self.description.is_empty() { &self.title } else { &self.description };
        OrderedLine {
            hazard: self.id,
            what: format!("{place}{said}"),
            basis: String::new(),
            due: Some(self.due),
        }
    }
}

/// A copy of a photo for the public: of one photo the newest stands. Everything else about it is in its entry; every phone
/// reads this row, and none but the desk shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PublicCopyCard {
    /// The photo.
    pub photo: PhotoId,
    /// The institution.
    pub facility: FacilityId,
    /// Where that stands.
    pub division: DivisionCode,
    /// The entry that made it.
    pub entry: EntryId,
    /// Hash of its bytes.
    pub digest: Digest,
}
