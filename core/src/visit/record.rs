//! What a finished visit says: the content that people sign, and the record with their signatures.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use super::draft::{Inspector, Revisit, SitePerson};
use super::sheet::{HazardOf, MeasureDecision, Responsible, SecondOpinion, is_outstanding};
use crate::clock::{Date, Instant};
use crate::digest::Digest;
use crate::evidence::{PhotoManifest, Signature};
use crate::facility::FacilityType;
use crate::ids::{FacilityId, HazardId, PhotoId, PlanId, VisitId};
use crate::plan::NoticeMode;
use crate::region::DivisionCode;
use crate::rules::{Answer, Finding, FireJudgement, Grade, ItemId, PackRef, Profile, Remedy};

/// Until when a hazard is to be rectified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "due", content = "date", rename_all = "snake_case")]
pub enum Due {
    /// 当场: while the inspectors are there.
    OnTheSpot,
    /// By the end of that day in China.
    By(Date),
}

impl<'de> Deserialize<'de> for Due {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// Flat: a derived reader for a tag would buffer, and every phone downloads it.
        #[derive(Deserialize)]
        struct Told {
            due: String,
            date: Option<Date>,
        }
        match Told::deserialize(deserializer)? {
            Told { due, date: None } if due == "on_the_spot" => Ok(Self::OnTheSpot),
            Told { due, date: Some(date) } if due == "by" => Ok(Self::By(date)),
            _ => Err(D::Error::custom("neither on_the_spot nor by a date")),
        }
    }
}

/// All that a visit found: what is read out and signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The visit's id.
    pub visit: VisitId,
    /// The plan it carried out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<PlanId>,
    /// The institution.
    pub facility: FacilityId,
    /// Its name on that day.
    pub facility_name: String,
    /// Its kind on that day: some grades depend on it.
    pub facility_type: FacilityType,
    /// Where it stands.
    pub division: DivisionCode,
    /// The rule pack under which it was graded.
    pub pack: PackRef,
    /// The checklist's profile.
    pub profile: Profile,
    /// Who may have known before.
    pub notice: NoticeMode,
    /// When it began, by the device's clock.
    pub started: Instant,
    /// The lead and the second inspector: two people.
    pub inspectors: [Inspector; 2],
    /// The person in charge on site.
    pub site_person: SitePerson,
    /// Every item of the profile, with its answer.
    pub items: BTreeMap<ItemId, ItemRecord>,
    /// What is wrong.
    pub findings: Vec<FindingRecord>,
    /// What was found of earlier hazards.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub revisits: BTreeMap<HazardId, RevisitRecord>,
    /// Photos of the visit as a whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub visit_photos: Vec<PhotoId>,
    /// Every photo that the above name.
    pub photos: Vec<PhotoManifest>,
}

/// One answered item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemRecord {
    /// The answer.
    pub answer: Answer,
    /// A note.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Its photos.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<PhotoId>,
}

/// What was found of an earlier hazard, with its photos.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevisitRecord {
    /// What was found.
    #[serde(flatten)]
    pub revisit: Revisit,
    /// Its photos.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<PhotoId>,
}

/// One hazard 隐患 that this visit found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingRecord {
    /// The hazard's id from now on.
    pub hazard: HazardId,
    /// Where it comes from.
    pub source: FindingSource,
    /// The grade after the second inspector's word: a major one with which the second disagrees is general.
    pub grade: Grade,
    /// What is wrong, in the inspector's words; may be empty for an item.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Where in the building.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// Until when. `None` for advice alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
    /// Immediate measures.
    pub measures: MeasureDecision,
    /// Who is to rectify it. `None` for advice alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responsible: Option<Responsible>,
    /// The second inspector's word, on a proposed major one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_opinion: Option<SecondOpinion>,
    /// Whether it was put right while the inspectors were there.
    #[serde(default, skip_serializing_if = "is_outstanding")]
    pub remedy: Remedy,
    /// Its photos, those of the narrower items included.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<PhotoId>,
}

/// Where a finding comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "source", rename_all = "snake_case")]
pub enum FindingSource {
    /// A failed item, with the grade that the rules gave and the trace of how.
    Item {
        /// The item.
        item: ItemId,
        /// What the rules say.
        finding: Box<Finding>,
        /// Narrower items that failed for the same cause: this hazard stands for them too.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        also: Vec<ItemId>,
    },
    /// Something that no item covers, graded by the inspector.
    Free {
        /// What it is.
        title: String,
        /// The grade that the inspector proposed.
        proposed: Grade,
    },
}

impl FindingSource {
    /// Which hazard of the draft it was.
    pub fn hazard_of(&self, hazard: HazardId) -> HazardOf {
        match self {
            Self::Item { item, .. } => HazardOf::Item(item.clone()),
            Self::Free { .. } => HazardOf::Free(hazard),
        }
    }
}

/// What the site person did in the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "site", rename_all = "snake_case")]
pub enum SiteSignature {
    /// Signed.
    Signed(Signature),
    /// Refused, with the reason and the witness.
    Refused {
        /// Why.
        reason: String,
        /// Who saw it.
        witness: Witness,
    },
}

/// Who saw the refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Witness {
    /// Name and organisation.
    pub name: String,
    /// The witness's signature.
    pub signature: Signature,
}

/// A signed visit 检查记录: the body of a `visit.signed` entry. It has no setters; a mistake in it is answered
/// by another entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitRecord {
    pub(super) content: Content,
    pub(super) ended: Instant,
    pub(super) lead_signature: Signature,
    pub(super) second_signature: Signature,
    pub(super) site: SiteSignature,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) fire: Option<FireCount>,
}

/// What counting the elements of the comprehensive fire judgement came to.
///
/// It is derived from the content and not part of it: the inspectors and the site person sign what was found,
/// and the judgement is the fire-rescue body's alone (消防法 54, 55).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FireCount {
    /// The rule set by which it was counted.
    pub rules: PackRef,
    /// What it proposes, when enough elements came together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judgement: Option<FireJudgement>,
}

impl VisitRecord {
    /// What was found and signed.
    pub const fn content(&self) -> &Content {
        &self.content
    }

    /// When the record was closed, by the device's clock.
    pub const fn ended(&self) -> Instant {
        self.ended
    }

    /// The lead's and the second inspector's signatures.
    pub const fn inspectors_signatures(&self) -> [&Signature; 2] {
        [&self.lead_signature, &self.second_signature]
    }

    /// What the site person did.
    pub const fn site(&self) -> &SiteSignature {
        &self.site
    }

    /// The comprehensive fire judgement; `None` when the device had no rule set for it.
    pub const fn fire(&self) -> Option<&FireCount> {
        self.fire.as_ref()
    }
}

impl Content {
    /// Every photo that is named somewhere, a few of them twice: by their item and by its hazard.
    pub(super) fn named_photos(&self) -> BTreeSet<PhotoId> {
        let of_items = self.items.values().flat_map(|item| &item.photos);
        let of_findings = self.findings.iter().flat_map(|finding| &finding.photos);
        let of_revisits = self.revisits.values().flat_map(|revisit| &revisit.photos);
        of_items.chain(of_findings).chain(of_revisits).chain(&self.visit_photos).copied().collect()
    }

    /// The hash that signatures name: SHA-256 of the content's JSON, members in the order in which they are
    /// declared here and maps sorted by key. Members that are added later are left out while empty, so the
    /// hash of an old record stays what it was.
    pub fn digest(&self) -> Digest {
        match serde_json::to_vec(self) {
            Ok(json) => Digest::of(&json),
            Err(_) => unreachable!("content has text keys and nothing that JSON cannot write"),
        }
    }
}
