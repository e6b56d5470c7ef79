//! A visit that is still open: what has been filled in, in parts that are stored one by one.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::access::Certificate;
use crate::clock::{Date, Instant};
use crate::evidence::{PhotoManifest, Signature};
use crate::facility::{Facility, Party};
use crate::ids::{AccountId, HazardId, PhotoId, PlanId, VisitId};
use crate::plan::NoticeMode;
use crate::rules::{Answer, Grade, ItemId, Measure, PackRef, Profile};

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
    /// The inspector's own pass or fail, where the pack leaves the threshold to the jurisdiction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<Decided>,
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

/// The inspector's own judgement of a measured value without a configured threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decided {
    /// 合格
    Passes,
    /// 不合格
    Fails,
}

/// What is decided about a hazard on site 隐患单.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Where in the building 部位; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// What is wrong, in the inspector's words; empty means "as the item says".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The day until which it is to be rectified; `None` means as the rule proposes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<super::Due>,
    /// Immediate measures.
    #[serde(default)]
    pub measures: MeasureDecision,
    /// Who is to rectify it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responsible: Option<Responsible>,
    /// The second inspector's word on a proposed major hazard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_opinion: Option<SecondOpinion>,
}

/// What was decided about immediate measures 立即措施.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "decision", rename_all = "snake_case")]
pub enum MeasureDecision {
    /// Nothing yet. A gap on a major hazard.
    #[default]
    Undecided,
    /// These were ordered on the spot; at least one.
    Ordered {
        /// Which.
        measures: Vec<Measure>,
    },
    /// None is needed, and why; the reason is not empty on a major hazard.
    NotNeeded {
        /// The reason.
        reason: String,
    },
}

/// Who is to rectify a hazard: one of the six parties, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Responsible {
    /// Which of the six.
    pub party: Party,
    /// The person's name; not empty in a record.
    pub name: String,
}

/// What the second inspector says of a hazard that the rules propose as major.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "opinion", rename_all = "snake_case")]
pub enum SecondOpinion {
    /// Confirms it as major 同意.
    Agrees,
    /// Does not; the hazard is kept as general with both opinions on record 不同意.
    Disagrees {
        /// Why; not empty.
        reason: String,
    },
}

/// A hazard that no item covers 清单外隐患.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreeHazard {
    /// What it is, in a few words; a gap while empty.
    pub title: String,
    /// The grade that the inspector proposes.
    pub grade: Option<Grade>,
    /// Its sheet.
    pub sheet: Sheet,
    /// Whether it stands or was taken back.
    pub keeping: Keeping,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RevisitOutcome {
    /// 仍存在
    StillThere,
    /// 已整改
    LooksFixed,
}

/// Which hazard of this visit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "of", content = "id", rename_all = "snake_case")]
pub enum HazardOf {
    /// The one that a failed item makes.
    Item(ItemId),
    /// One that no item covers.
    Free(HazardId),
}

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

/// The name of one part of a draft: the key under which it is stored, next to the visit's id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartKey {
    /// The head.
    Head,
    /// One item.
    Item(ItemId),
    /// One hazard that no item covers.
    Free(HazardId),
    /// One earlier hazard.
    Revisit(HazardId),
    /// One photo.
    Photo(PhotoId),
    /// The signing.
    Signing,
    /// Where the inspector was.
    Bookmark,
}

impl fmt::Display for PartKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Head => f.write_str("head"),
            Self::Item(item) => write!(f, "item/{item}"),
            Self::Free(hazard) => write!(f, "free/{hazard}"),
            Self::Revisit(hazard) => write!(f, "revisit/{hazard}"),
            Self::Photo(photo) => write!(f, "photo/{photo}"),
            Self::Signing => f.write_str("signing"),
            Self::Bookmark => f.write_str("bookmark"),
        }
    }
}

/// One part of a draft, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "part", rename_all = "snake_case")]
pub enum Part {
    /// The head.
    Head {
        /// What was fixed when the visit began.
        head: Head,
    },
    /// One item.
    Item {
        /// Which.
        item: ItemId,
        /// What is filled in.
        filled: Filled,
    },
    /// One hazard that no item covers.
    Free {
        /// Which.
        hazard: HazardId,
        /// What it is.
        free: FreeHazard,
    },
    /// One earlier hazard.
    Revisit {
        /// Which.
        hazard: HazardId,
        /// What was found; `None` when the finding was taken back.
        revisit: Option<Revisit>,
    },
    /// One photo.
    Photo {
        /// The photo.
        photo: DraftPhoto,
    },
    /// The signing.
    Signing {
        /// People and signatures.
        signing: Signing,
    },
    /// Where the inspector was.
    Bookmark {
        /// The item on screen.
        item: Option<ItemId>,
    },
}

impl Part {
    /// The key under which it is stored.
    pub fn key(&self) -> PartKey {
        match self {
            Self::Head { .. } => PartKey::Head,
            Self::Item { item, .. } => PartKey::Item(item.clone()),
            Self::Free { hazard, .. } => PartKey::Free(*hazard),
            Self::Revisit { hazard, .. } => PartKey::Revisit(*hazard),
            Self::Photo { photo } => PartKey::Photo(photo.manifest.id),
            Self::Signing { .. } => PartKey::Signing,
            Self::Bookmark { .. } => PartKey::Bookmark,
        }
    }
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

    /// Puts a draft together again from its stored parts, in any order. `None` without a head.
    pub fn from_parts(parts: impl IntoIterator<Item = Part>) -> Option<Self> {
        let mut head = None;
        let mut rest = Vec::new();
        for part in parts {
            match part {
                Part::Head { head: it } => head = Some(it),
                other => rest.push(other),
            }
        }
        let mut draft = Self::begin(head?);
        for part in rest {
            draft.set_part(part);
        }
        Some(draft)
    }

    /// Replaces one part by its stored value, for example when another tab has written it.
    pub fn set_part(&mut self, part: Part) {
        match part {
            Part::Head { head } => self.head = head,
            Part::Item { item, filled } => {
                self.items.insert(item, filled);
            }
            Part::Free { hazard, free } => {
                self.free.insert(hazard, free);
            }
            Part::Revisit { hazard, revisit: Some(revisit) } => {
                self.revisits.insert(hazard, revisit);
            }
            Part::Revisit { hazard, revisit: None } => {
                self.revisits.remove(&hazard);
            }
            Part::Photo { photo } => {
                self.photos.insert(photo.manifest.id, photo);
            }
            Part::Signing { signing } => self.signing = signing,
            Part::Bookmark { item } => self.bookmark = item,
        }
    }

    /// One part as it is to be stored now; `None` for a part that the draft does not have.
    pub fn part(&self, key: &PartKey) -> Option<Part> {
        Some(match key {
            PartKey::Head => Part::Head { head: self.head.clone() },
            PartKey::Item(item) => Part::Item { item: item.clone(), filled: self.items.get(item)?.clone() },
            PartKey::Free(hazard) => Part::Free { hazard: *hazard, free: self.free.get(hazard)?.clone() },
            PartKey::Revisit(hazard) => Part::Revisit { hazard: *hazard, revisit: self.revisits.get(hazard).cloned() },
            PartKey::Photo(photo) => Part::Photo { photo: self.photos.get(photo)?.clone() },
            PartKey::Signing => Part::Signing { signing: self.signing.clone() },
            PartKey::Bookmark => Part::Bookmark { item: self.bookmark.clone() },
        })
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
