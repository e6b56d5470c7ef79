//! The kinds of entry that this version knows, and their bodies.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::Attachment;
use crate::evidence::PhotoManifest;
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

    /// The photos that belong to it, by the manifests in it: those that its entry has to name.
    pub fn attachments(&self) -> Vec<Attachment> {
        match self {
            Self::VisitSigned(record) => {
                let attachment = |photo: &PhotoManifest| Attachment {
                    id: photo.id,
                    digest: photo.stored,
                    size_bytes: photo.stored_bytes,
                };
                record.content().photos.iter().map(attachment).collect()
            }
            Self::PlanMade(_) | Self::PlanWithdrawn { .. } | Self::FacilityRegistered(_) => Vec::new(),
        }
    }

    /// Reads an entry's body.
    ///
    /// # Errors
    /// [`Problem::UnknownKind`] for a kind of a later version, [`Problem::Malformed`] for a body of another shape,
    /// [`Problem::RecordInconsistent`] when the entry's photos are not those of its body.
    pub fn of(entry: &super::Entry) -> Result<Self, Problem> {
        if !KINDS.contains(&entry.kind.as_str()) {
            return Err(Problem::UnknownKind { kind: entry.kind.clone() });
        }
        let tagged = Tagged { kind: entry.kind.as_str().into(), body: entry.body.clone() };
        let Ok(tagged) = serde_json::to_string(&tagged) else { unreachable!("JSON within JSON is JSON") };
        let body: Self = serde_json::from_str(&tagged)
            .map_err(|error| Problem::Malformed { detail: error.to_string() })?;
        if body.attachments() != entry.photos {
            return Err(Problem::RecordInconsistent { detail: "photos".to_owned() });
        }
        Ok(body)
    }

    /// Its JSON alone, as it stands in an entry.
    pub(super) fn to_raw(&self) -> Box<RawValue> {
        let tagged = serde_json::to_string(self).and_then(|json| serde_json::from_str::<Tagged<'_>>(&json));
        match tagged {
            Ok(tagged) => tagged.body,
            Err(_) => unreachable!("a body is always JSON with a kind and a body"),
        }
    }
}

/// The kinds of this version.
const KINDS: [&str; 4] = ["visit.signed", "plan.made", "plan.withdrawn", "facility.registered"];

/// A body with its kind beside it: the shape that serde reads and writes for [`Body`].
#[derive(Serialize, Deserialize)]
struct Tagged<'a> {
    kind: Cow<'a, str>,
    body: Box<RawValue>,
}
