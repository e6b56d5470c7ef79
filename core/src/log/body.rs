//! The kinds of entry that this version knows, and their bodies.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::value::{RawValue, to_raw_value};

use super::{Attachment, BodyParts, EntryBody};
use crate::document::Issue;
use crate::evidence::{PhotoManifest, PublicCopy};
use crate::facility::Facility;
use crate::hazard::Step;
use crate::ids::PlanId;
use crate::plan::Plan;
use crate::problem::Problem;
use crate::rounds::{Certificate, InternalReport, Round};
use crate::visit::VisitRecord;

/// What an entry says was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// A visit was signed 检查记录.
    VisitSigned(Box<VisitRecord>),
    /// A plan was made 检查计划.
    PlanMade(Plan),
    /// A plan was withdrawn before it was carried out.
    PlanWithdrawn {
        /// Which.
        plan: PlanId,
        /// Why; may be empty.
        reason: String,
    },
    /// Somebody took a step in a hazard's loop.
    HazardStep(Box<Step>),
    /// A document was issued 出具文书.
    DocumentIssued(Box<Issue>),
    /// An institution was registered, or its card changed; the whole card.
    FacilityRegistered(Facility),
    /// An institution or its firm did a round 自查、巡查、维保、演练、培训.
    RoundDone(Box<Round>),
    /// A line of an institution's register of certificates; the whole line.
    CertificateNoted(Box<Certificate>),
    /// Somebody who works or lives there reported a hazard 内部报告.
    ReportMade(Box<InternalReport>),
    /// A copy of a photo was made for the public 公开用照片, with what nobody may see covered.
    PhotoRedacted(Box<PublicCopy>),
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
            Self::HazardStep(_) => "hazard.step",
            Self::DocumentIssued(_) => "document.issued",
            Self::FacilityRegistered(_) => "facility.registered",
            Self::RoundDone(_) => "round.done",
            Self::CertificateNoted(_) => "certificate.noted",
            Self::ReportMade(_) => "report.made",
            Self::PhotoRedacted(_) => "photo.redacted",
        })
    }

    /// The photos that belong to it, by what it says of them: those that its entry has to name.
    pub fn attachments(&self) -> Vec<Attachment> {
        match self {
            Self::VisitSigned(record) => record.content().photos.iter().flat_map(files_of).collect(),
            Self::PhotoRedacted(copy) => {
                vec![Attachment { id: copy.id, digest: copy.digest, size_bytes: copy.size_bytes }]
            }
            Self::HazardStep(step) => step.command.photos().iter().flat_map(files_of).collect(),
            Self::RoundDone(round) => round.all_photos().flat_map(files_of).collect(),
            Self::ReportMade(report) => report.photos.iter().flat_map(files_of).collect(),
            Self::PlanMade(_)
            | Self::PlanWithdrawn { .. }
            | Self::FacilityRegistered(_)
            | Self::DocumentIssued(_)
            | Self::CertificateNoted(_) => Vec::new(),
        }
    }

    /// Reads an entry's body.
    ///
    /// # Errors
    /// [`Problem::UnknownKind`] for a kind of a later version, [`Problem::Malformed`] for a body of another shape,
    /// [`Problem::RecordInconsistent`] when the entry's photos are not those of its body.
    pub fn of(entry: &super::Entry) -> Result<Self, Problem> {
        let json = entry.body.get();
        let body = match entry.kind.as_str() {
            "visit.signed" => serde_json::from_str(json).map(Self::VisitSigned),
            "plan.made" => serde_json::from_str(json).map(Self::PlanMade),
            "plan.withdrawn" => serde_json::from_str(json)
                .map(|Withdrawal { plan, reason }| Self::PlanWithdrawn { plan, reason: reason.into_owned() }),
            "hazard.step" => serde_json::from_str(json).map(Self::HazardStep),
            "document.issued" => serde_json::from_str(json).map(Self::DocumentIssued),
            "facility.registered" => serde_json::from_str(json).map(Self::FacilityRegistered),
            "round.done" => serde_json::from_str(json).map(Self::RoundDone),
            "certificate.noted" => serde_json::from_str(json).map(Self::CertificateNoted),
            "report.made" => serde_json::from_str(json).map(Self::ReportMade),
            "photo.redacted" => serde_json::from_str(json).map(Self::PhotoRedacted),
            _ => return Err(Problem::UnknownKind { kind: entry.kind.clone() }),
        };
        let body = body.map_err(|error| Problem::Malformed { detail: error.to_string() })?;
        if body.attachments() != entry.photos {
            return Err(Problem::RecordInconsistent { detail: "photos".to_owned() });
        }
        Ok(body)
    }

    fn to_raw(&self) -> Box<RawValue> {
        let json = match self {
            Self::VisitSigned(record) => to_raw_value(record),
            Self::PlanMade(plan) => to_raw_value(plan),
            Self::PlanWithdrawn { plan, reason } => {
                to_raw_value(&Withdrawal { plan: *plan, reason: reason.into() })
            }
            Self::HazardStep(step) => to_raw_value(step),
            Self::DocumentIssued(issue) => to_raw_value(issue),
            Self::FacilityRegistered(facility) => to_raw_value(facility),
            Self::RoundDone(round) => to_raw_value(round),
            Self::CertificateNoted(certificate) => to_raw_value(certificate),
            Self::ReportMade(report) => to_raw_value(report),
            Self::PhotoRedacted(copy) => to_raw_value(copy),
        };
        let Ok(json) = json else { unreachable!("a body is always JSON") };
        json
    }
}

impl EntryBody for Body {
    fn parts(&self) -> BodyParts {
        BodyParts { kind: self.kind(), json: self.to_raw(), photos: self.attachments() }
    }
}

/// The files of a photo that travel: what is stored, and the original where it is kept.
fn files_of(photo: &PhotoManifest) -> impl Iterator<Item = Attachment> + use<> {
    let stored = Attachment { id: photo.id, digest: photo.stored, size_bytes: photo.stored_bytes };
    let kept = photo.capture.as_ref().and_then(|capture| capture.original);
    let original = kept.map(|id| Attachment { id, digest: photo.original, size_bytes: photo.original_bytes });
    std::iter::once(stored).chain(original)
}

/// The JSON of [`Body::PlanWithdrawn`].
#[derive(Serialize, Deserialize)]
struct Withdrawal<'a> {
    plan: PlanId,
    reason: Cow<'a, str>,
}
