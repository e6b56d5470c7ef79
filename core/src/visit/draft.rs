//! A visit that is still open: what has been filled in, in parts that are stored one by one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::sheet::{FreeHazard, Sheet};
use crate::access::Certificate;
use crate::clock::{Date, Instant};
use crate::evidence::{PhotoManifest, Signature};
use crate::facility::Facility;
use crate::ids::{AccountId, HazardId, PhotoId, PlanId, VisitId};
use crate::plan::NoticeMode;
use crate::rules::{Answer, ItemId, PackRef, Profile};

/// Who inspects: what the record must name (安全生产法 67–68).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspector {
    /// The person's account.
    pub account: AccountId,
    /// The person's name.
    pub name: String,
    /// The enforcement certificate 行政执法证.
    pub certificate: Certificate,
}

/// What is fixed when a visit begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The visit's id.
    pub visit: VisitId,
    /// The plan it carries out; `None` for a visit without a plan.
    pub plan: Option<PlanId>,
    /// The institution as its card said when the visit began.
    pub facility: Facility,
    /// The rule pack. A draft stays under the pack with which it began.
    pub pack: PackRef,
    /// The checklist's profile.
    pub profile: Profile,
    /// Who may know before.
    pub notice: NoticeMode,
    /// When it began, by the device's clock.
    pub started: Instant,
    /// Who began it and leads.
    pub lead: Inspector,
}

/// One checklist item, as far as it is filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filled {
    /// The answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// A note; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The hazard sheet. Kept when the answer changes back to a pass, so that nothing written is lost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<Sheet>,
    /// When it was last touched, by the device's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub touched: Option<Instant>,
}

/// Whether something stands or was taken back; what was taken back can be brought back until signing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Keeping {
    /// It stands.
    #[default]
    Kept,
    /// It was taken back.
    Removed,
}

/// What a photo shows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "of", content = "id", rename_all = "snake_case")]
pub enum PhotoOf {
    /// A checklist item, and its hazard when it fails.
    Item(ItemId),
    /// A hazard that no item covers.
    Free(HazardId),
    /// A hazard of an earlier visit 回头看.
    Revisit(HazardId),
    /// The visit as a whole: the entrance on arrival.
    Visit,
}

/// A photo of the draft. Its bytes are stored before this is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftPhoto {
    /// Hashes, sizes, time and way.
    pub manifest: PhotoManifest,
    /// What it shows.
    pub shows: PhotoOf,
    /// Whether it stands or was taken back.
    pub keeping: Keeping,
}

impl DraftPhoto {
    /// The earlier hazard that it shows, if it shows one and stands.
    pub(super) fn earlier_hazard(&self) -> Option<HazardId> {
        match (self.keeping, &self.shows) {
            (Keeping::Kept, PhotoOf::Revisit(hazard)) => Some(*hazard),
            _ => None,
        }
    }
}

/// What was found of a hazard of an earlier visit 回头看.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revisit {
    /// What was found.
    pub outcome: RevisitOutcome,
    /// A note; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// What was found of an earlier hazard. Neither closes it: closing is a step of its own, with its guards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RevisitOutcome {
    /// 仍存在
    StillThere,
    /// 已整改
    LooksFixed,
}

crate::spelling::read_by_name! { RevisitOutcome { "still_there" => StillThere, "looks_fixed" => LooksFixed } }

/// The people and signatures of the end of a visit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signing {
    /// The second inspector, a different person than the lead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second: Option<Inspector>,
    /// The person in charge on site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<SitePerson>,
    /// The lead's signature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_signature: Option<Signature>,
    /// The second inspector's signature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_signature: Option<Signature>,
    /// The site person's signature, or the refusal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site_signing: Option<SiteSigning>,
}

/// The person in charge on site 现场负责人.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SitePerson {
    /// Name; not empty in a record.
    pub name: String,
    /// Post 职务; may be empty.
    #[serde(default)]
    pub post: String,
}

/// What the site person did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "site", rename_all = "snake_case")]
pub enum SiteSigning {
    /// Signed.
    Signed(Signature),
    /// Refused 拒签 (安全生产法 68): with the reason and somebody who saw it.
    Refused {
        /// Why, as far as said; not empty.
        reason: String,
        /// Who witnessed it: name and organisation; not empty.
        witness: String,
        /// The witness's signature.
        witness_signature: Option<Signature>,
    },
}

impl Signing {
    /// Whether at least one signature is there.
    pub(super) const fn anybody_signed(&self) -> bool {
        self.lead_signature.is_some() || self.second_signature.is_some() || self.site_signing.is_some()
    }
}

/// A draft's photos that stand, by what they show: so that a walk of hundreds of items and photos looks at each
/// photo once.
pub(super) struct KeptPhotos<'a>(BTreeMap<&'a PhotoOf, Vec<PhotoId>>);

impl KeptPhotos<'_> {
    /// In the order in which they were taken.
    pub(super) fn of(&self, what: &PhotoOf) -> &[PhotoId] {
        self.0.get(what).map_or(&[], Vec::as_slice)
    }
}

/// A visit that is still open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub(super) head: Head,
    pub(super) items: BTreeMap<ItemId, Filled>,
    pub(super) free: BTreeMap<HazardId, FreeHazard>,
    pub(super) revisits: BTreeMap<HazardId, Revisit>,
    pub(super) photos: BTreeMap<PhotoId, DraftPhoto>,
    pub(super) signing: Signing,
    pub(super) bookmark: Option<ItemId>,
}

impl Draft {
    /// Begins a visit.
    pub fn begin(head: Head) -> Self {
        Self {
            head,
            items: BTreeMap::new(),
            free: BTreeMap::new(),
            revisits: BTreeMap::new(),
            photos: BTreeMap::new(),
            signing: Signing::default(),
            bookmark: None,
        }
    }

    /// What was fixed when the visit began.
    pub const fn head(&self) -> &Head {
        &self.head
    }

    /// What is filled in of an item; `None` when nobody has touched it.
    pub fn filled(&self, item: &ItemId) -> Option<&Filled> {
        self.items.get(item)
    }

    /// The hazards that no item covers, those taken back included.
    pub fn free_hazards(&self) -> impl Iterator<Item = (HazardId, &FreeHazard)> {
        self.free.iter().map(|(id, free)| (*id, free))
    }

    /// What was found of an earlier hazard.
    pub fn revisit(&self, hazard: HazardId) -> Option<&Revisit> {
        self.revisits.get(&hazard)
    }

    /// One photo, taken back or not.
    pub fn photo(&self, photo: PhotoId) -> Option<&DraftPhoto> {
        self.photos.get(&photo)
    }

    /// All photos, those taken back included, in the order in which they were taken.
    pub fn photos(&self) -> impl Iterator<Item = &DraftPhoto> {
        self.photos.values()
    }

    /// The photos that stand and show `what`, in the order in which they were taken.
    pub fn photos_of<'a>(&'a self, what: &'a PhotoOf) -> impl Iterator<Item = &'a DraftPhoto> {
        self.photos.values().filter(move |photo| photo.keeping == Keeping::Kept && photo.shows == *what)
    }

    pub(super) fn kept_photos(&self) -> KeptPhotos<'_> {
        let mut by_subject: BTreeMap<&PhotoOf, Vec<PhotoId>> = BTreeMap::new();
        for (id, photo) in self.photos.iter().filter(|(_, photo)| photo.keeping == Keeping::Kept) {
            by_subject.entry(&photo.shows).or_default().push(*id);
        }
        KeptPhotos(by_subject)
    }

    /// The people and signatures.
    pub const fn signing(&self) -> &Signing {
        &self.signing
    }

    /// The item that was on screen last.
    pub const fn bookmark(&self) -> Option<&ItemId> {
        self.bookmark.as_ref()
    }

    /// The civil date of the visit: dates and deadlines count from here.
    pub fn date(&self) -> Date {
        self.head.started.date()
    }
}
