//! The rows that pages show.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use super::own_work::{CertificateCard, RoundsCard};
use super::paper::{DocumentCard, PublicCopyCard, SeriesCount};
use crate::access::{Account, Certificate, OwnPart, Sight, Subject, may_see};
use crate::clock::{Date, Instant};
use crate::digest::Digest;
use crate::facility::{Facility, FacilityType};
use crate::hazard::{HazardState, Life, Standing};
use crate::ids::{AccountId, EntryId, FacilityId, HazardId, PhotoId, PlanId, VisitId};
use crate::json::{Json, Late, Named};
use crate::plan::{NoticeMode, Plan};
use crate::problem::Problem;
use crate::region::DivisionCode;
use crate::rules::{Grade, ItemId, PackRef};
use crate::unit::UnitKind;
use crate::visit::{Due, Responsible, RevisitOutcome};

/// How far a device has pulled: the number of a row's last change. Rows are numbered as they change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Cursor(pub u64);

/// The form of the rows of this version: raised with every row whose JSON older programs cannot read, or whose fold is
/// another. A server makes its rows again then, and a phone fetches them anew.
pub const ROWS_FORM: u32 = 3;

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
    Visit(Late<VisitCard>),
    /// A document that was issued.
    Document(Late<DocumentCard>),
    /// How far a series of numbers is. It is the ledger's own, and sent to nobody.
    Series(Late<SeriesCount>),
    /// The copy of a photo that the public may be shown, the newest.
    PublicCopy(Late<PublicCopyCard>),
    /// The rule pack in force.
    Pack {
        /// Which; its bytes are fetched by their hash.
        pack: PackRef,
        /// From when it is in force.
        valid_from: Date,
    },
    /// The last rounds of a kind that an institution or its firm did.
    Rounds(Late<RoundsCard>),
    /// A line of an institution's register of certificates.
    Certificate(Late<CertificateCard>),
    /// Something that was there and is no longer to be shown.
    Gone(RowKey),
}

/// The kinds of row that have a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
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
    /// [`Row::Document`]
    Document,
    /// [`Row::Series`]
    Series,
    /// [`Row::Pack`]
    Pack,
    /// [`Row::Rounds`]
    Rounds,
    /// [`Row::Certificate`]
    Certificate,
    /// [`Row::PublicCopy`]
    PublicCopy,
}

crate::spelling::read_by_name! { RowKind { "facility" => Facility, "colleague" => Colleague, "plan" => Plan, "hazard" => Hazard, "visit" => Visit, "document" => Document, "series" => Series, "pack" => Pack, "rounds" => Rounds, "certificate" => Certificate, "public_copy" => PublicCopy } }

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
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

impl<'de> Deserialize<'de> for PlanState {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Default, Deserialize)]
        struct Facts {
            visit: Option<VisitId>,
        }
        let (name, facts): (String, Facts) = crate::spelling::name_and_facts(deserializer)?;
        match (name.as_str(), facts.visit) {
            ("open", _) => Ok(Self::Open),
            ("withdrawn", _) => Ok(Self::Withdrawn),
            ("done", Some(visit)) => Ok(Self::Done { visit }),
            _ => Err(D::Error::custom("no state of a plan")),
        }
    }
}

/// A hazard as lists and the facility's card show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HazardCard {
    /// Its id.
    pub id: HazardId,
    /// How it was found.
    pub origin: Origin,
    /// The institution.
    pub facility: FacilityId,
    /// Its name when the hazard was found.
    pub facility_name: String,
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
    /// Who is to rectify it, as the visit said.
    pub responsible: Option<Responsible>,
    /// Its photos: id and hash of the stored bytes.
    #[serde(default)]
    pub photos: Vec<(PhotoId, Digest)>,
    /// Where it stands in its loop, as its life says.
    pub state: HazardState,
    /// The units that have to do with it now, as its life says: who may see it depends on them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub involved: Vec<UnitKind>,
    /// Everything that it has been through.
    pub life: Json<Life>,
    /// What was last found on site, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<(Instant, RevisitOutcome)>,
}

/// How a hazard was found 隐患来源.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// 部门检查: by inspectors on a visit.
    Visit(VisitId),
    /// 机构自查: by the institution itself, on a round of its own; the entry that says so.
    OwnRound(EntryId),
    /// 内部报告: by somebody who works or lives there. Who, stands in no row.
    Report,
    /// 群众举报 随手拍: by a citizen. Who, and by which report, stands in no row.
    Snap,
}

impl<'de> Deserialize<'de> for Origin {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (name, id): (String, String) = crate::spelling::name_and_facts(deserializer)?;
        let origin = match name.as_str() {
            "visit" => id.parse().ok().map(Self::Visit),
            "own_round" => id.parse().ok().map(Self::OwnRound),
            "report" => Some(Self::Report),
            "snap" => Some(Self::Snap),
            _ => None,
        };
        origin.ok_or_else(|| D::Error::custom("no origin of a hazard"))
    }
}

impl Origin {
    /// The visit that found it, when a visit did.
    pub const fn visit(self) -> Option<VisitId> {
        match self {
            Self::Visit(visit) => Some(visit),
            Self::OwnRound(_) | Self::Report | Self::Snap => None,
        }
    }
}

impl HazardCard {
    /// What a step may change of it.
    ///
    /// # Errors
    /// [`Problem::Damaged`] when its life cannot be read: it is of a later version, or damaged.
    pub fn standing(&self) -> Result<Standing, Problem> {
        let life = self.life.read().map_err(|_| Problem::Damaged)?;
        Ok(Standing { grade: self.grade, due: self.due, life })
    }

    /// The day by which it is to be put right. What was to be done on the spot was due on the day on which it was found.
    pub fn due_day(&self) -> Date {
        match self.due {
            Due::OnTheSpot => self.found.date(),
            Due::By(date) => date,
        }
    }

    /// Whether it was to be put right before `today`, and nobody has said that it was.
    pub fn is_overdue(&self, today: Date) -> bool {
        let in_work =
            matches!(self.state, HazardState::Found | HazardState::Assigned | HazardState::Rectifying);
        in_work && self.due_day() < today
    }

    /// The card after a step. What it says in short follows from its life, here and nowhere else.
    #[must_use]
    pub fn with(self, standing: &Standing) -> Self {
        Self {
            grade: standing.grade,
            due: standing.due,
            state: standing.life.stage.state(),
            involved: standing.life.involved(),
            life: Json::of(&standing.life),
            ..self
        }
    }
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

impl Row {
    /// What the row is about.
    pub fn key(&self) -> RowKey {
        let (kind, id) = match self {
            Self::Facility(facility) => (RowKind::Facility, facility.id.to_string()),
            Self::Colleague(colleague) => (RowKind::Colleague, colleague.account.to_string()),
            Self::Plan(plan) => (RowKind::Plan, plan.plan.id.to_string()),
            Self::Hazard(hazard) => (RowKind::Hazard, hazard.id.to_string()),
            Self::Visit(visit) => (RowKind::Visit, visit.named().id),
            Self::Document(document) => (RowKind::Document, document.named().id),
            Self::Series(count) => (RowKind::Series, count.named().id),
            Self::PublicCopy(copy) => (RowKind::PublicCopy, copy.named().photo),
            Self::Pack { pack, .. } => (RowKind::Pack, pack.id.to_string()),
            Self::Rounds(card) => {
                let Named { facility, kind, .. } = card.named();
                (RowKind::Rounds, RoundsCard::key_of(&facility, &kind))
            }
            Self::Certificate(card) => (RowKind::Certificate, card.named().id),
            Self::Gone(key) => return key.clone(),
        };
        RowKey { kind, id }
    }

    /// Whether `account` may see this row. What cannot be read is shown to nobody.
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
                let HazardCard { division, facility, involved, .. } = &**hazard;
                may_see(account, &Subject::Hazard { division, facility: *facility, involved })
            }
            Self::Visit(visit) => visit.get().map_or(Sight::Hidden, |visit| {
                may_see(account, &Subject::Record { division: &visit.division, facility: visit.facility })
            }),
            Self::Rounds(card) => card.get().map_or(Sight::Hidden, |card| {
                let RoundsCard { division, facility, .. } = card;
                may_see(account, &Subject::OwnWork { part: card.part(), division, facility: *facility })
            }),
            Self::Certificate(card) => card.get().map_or(Sight::Hidden, |card| {
                let CertificateCard { division, facility, .. } = card;
                let part = OwnPart::Register;
                may_see(account, &Subject::OwnWork { part, division, facility: *facility })
            }),
            // What an institution is served it has in its hands: a document says no more than records do.
            Self::Document(document) => document.get().map_or(Sight::Hidden, |document| {
                let DocumentCard { division, facility, .. } = document;
                may_see(account, &Subject::Record { division, facility: *facility })
            }),
            Self::Series(_) => Sight::Hidden,
            Self::PublicCopy(copy) => copy.get().map_or(Sight::Hidden, |copy| {
                may_see(account, &Subject::Record { division: &copy.division, facility: copy.facility })
            }),
            Self::Pack { .. } | Self::Gone { .. } => Sight::Visible,
        }
    }
}
