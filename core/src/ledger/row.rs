//! The rows that pages show.

use serde::{Deserialize, Serialize};

use crate::access::{Account, Certificate, Sight, Subject, may_see};
use crate::clock::{Date, Instant};
use crate::digest::Digest;
use crate::facility::{Facility, FacilityType};
use crate::ids::{AccountId, EntryId, FacilityId, HazardId, PhotoId, PlanId, VisitId};
use crate::plan::{NoticeMode, Plan};
use crate::region::DivisionCode;
use crate::rules::{Grade, ItemId, Measure, PackRef};
use crate::visit::{Due, Responsible, RevisitOutcome};

/// How far a device has pulled: the number of a row's last change. Rows are numbered as they change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Cursor(pub u64);

/// One thing that people see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Row {
    /// An institution.
    Facility(Facility),
    /// An inspector of the region, who can be the second on a visit.
    Colleague(Colleague),
    /// A plan.
    Plan(PlanCard),
    /// A hazard.
    Hazard(Box<HazardCard>),
    /// A visit whose record is in the ledger.
    Visit(VisitCard),
    /// The copy of a photo that the public may be shown, the newest.
    PublicCopy(PublicCopyCard),
    /// The rule pack in force.
    Pack {
        /// Which; its bytes are fetched by their hash.
        pack: PackRef,
        /// From when it is in force.
        valid_from: Date,
    },
    /// Something that was there and is no longer to be shown.
    Gone(RowKey),
}

/// The kinds of row that have a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    /// [`Row::Facility`]
    Facility,
    /// [`Row::Colleague`]
    Colleague,
    /// [`Row::Plan`]
    Plan,
    /// [`Row::Hazard`]
    Hazard,
    /// [`Row::Visit`]
    Visit,
    /// [`Row::Pack`]
    Pack,
    /// [`Row::PublicCopy`]
    PublicCopy,
}

/// What a row is about: two rows with the same key are the same thing at two times.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RowKey {
    /// The kind.
    pub kind: RowKind,
    /// The id within the kind.
    pub id: String,
}

/// An inspector, as colleagues see one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Colleague {
    /// The account.
    pub account: AccountId,
    /// The name.
    pub name: String,
    /// The organisation.
    pub organisation: String,
    /// The region.
    pub region: DivisionCode,
    /// The enforcement certificate.
    pub certificate: Certificate,
}

/// A plan, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlanCard {
    /// The plan.
    pub plan: Plan,
    /// Where its institution stands.
    pub division: DivisionCode,
    /// What became of it.
    pub state: PlanState,
}

/// What became of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PlanState {
    /// 待执行
    Open,
    /// 已执行
    Done {
        /// The visit that carried it out.
        visit: VisitId,
    },
    /// 已撤销
    Withdrawn,
}

/// A hazard as lists and the facility's card show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HazardCard {
    /// Its id.
    pub id: HazardId,
    /// The visit that found it.
    pub visit: VisitId,
    /// The institution.
    pub facility: FacilityId,
    /// Where that stands.
    pub division: DivisionCode,
    /// When it was found, by the device's clock.
    pub found: Instant,
    /// The checklist's item, when one covers it.
    pub item: Option<ItemId>,
    /// What it is, in Chinese: the item's text, or the inspector's title.
    pub title: String,
    /// What is wrong, in the inspector's words; may be empty.
    #[serde(default)]
    pub description: String,
    /// Where in the building; may be empty.
    #[serde(default)]
    pub place: String,
    /// The grade on record.
    pub grade: Grade,
    /// Until when.
    pub due: Due,
    /// Immediate measures that were ordered.
    #[serde(default)]
    pub measures: Vec<Measure>,
    /// Who is to rectify it.
    pub responsible: Option<Responsible>,
    /// Its photos: id and hash of the stored bytes.
    #[serde(default)]
    pub photos: Vec<(PhotoId, Digest)>,
    /// Where it stands in its loop.
    pub state: HazardState,
    /// What was last found on site, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<(Instant, RevisitOutcome)>,
}

/// Where a hazard stands in its loop. The whole loop is to come; what a walk makes is `Found`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum HazardState {
    /// 已发现，未销号
    Found,
    /// 已销号
    Closed,
}

/// A received visit, as lists show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VisitCard {
    /// The visit.
    pub id: VisitId,
    /// The entry that holds its record.
    pub entry: EntryId,
    /// The plan it carried out.
    pub plan: Option<PlanId>,
    /// The institution.
    pub facility: FacilityId,
    /// Its name on that day.
    pub facility_name: String,
    /// Its kind on that day.
    pub facility_type: FacilityType,
    /// Where it stands.
    pub division: DivisionCode,
    /// Who may have known before.
    pub notice: NoticeMode,
    /// When it began, by the device's clock.
    pub started: Instant,
    /// When it was closed, by the device's clock.
    pub ended: Instant,
    /// When the server had all of it.
    pub received: Instant,
    /// The two inspectors' names.
    pub inspectors: [String; 2],
    /// Items answered.
    pub items: u32,
    /// Of those, failed.
    pub failed: u32,
    /// Hazards on record as major.
    pub major: u32,
    /// Photos.
    pub photos: u32,
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

impl Row {
    /// What the row is about.
    pub fn key(&self) -> RowKey {
        let (kind, id) = match self {
            Self::Facility(facility) => (RowKind::Facility, facility.id.to_string()),
            Self::Colleague(colleague) => (RowKind::Colleague, colleague.account.to_string()),
            Self::Plan(plan) => (RowKind::Plan, plan.plan.id.to_string()),
            Self::Hazard(hazard) => (RowKind::Hazard, hazard.id.to_string()),
            Self::Visit(visit) => (RowKind::Visit, visit.id.to_string()),
            Self::PublicCopy(copy) => (RowKind::PublicCopy, copy.photo.to_string()),
            Self::Pack { pack, .. } => (RowKind::Pack, pack.id.to_string()),
            Self::Gone(key) => return key.clone(),
        };
        RowKey { kind, id }
    }

    /// Whether `account` may see this row.
    pub fn seen_by(&self, account: &Account) -> Sight {
        match self {
            Self::Facility(facility) => {
                may_see(account, &Subject::Facility { division: &facility.division, facility: facility.id })
            }
            Self::Colleague(colleague) => may_see(account, &Subject::Colleague { region: &colleague.region }),
            Self::Plan(plan) => {
                may_see(account, &Subject::Plan { division: &plan.division, plan: &plan.plan })
            }
            Self::Hazard(hazard) => {
                may_see(account, &Subject::Record { division: &hazard.division, facility: hazard.facility })
            }
            Self::Visit(visit) => {
                may_see(account, &Subject::Record { division: &visit.division, facility: visit.facility })
            }
            Self::PublicCopy(copy) => {
                may_see(account, &Subject::Record { division: &copy.division, facility: copy.facility })
            }
            Self::Pack { .. } | Self::Gone { .. } => Sight::Visible,
        }
    }
}
