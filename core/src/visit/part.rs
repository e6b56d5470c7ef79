//! A draft in the parts in which it is stored: one small record per thing that people touch.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::draft::{Draft, DraftPhoto, Filled, Head, Revisit, Signing};
use super::sheet::FreeHazard;
use crate::ids::{HazardId, PhotoId};
use crate::rules::ItemId;

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

impl PartKey {
    /// The photo under a stored key; `None` for the key of another part.
    pub fn photo_in(key: &str) -> Option<PhotoId> {
        key.strip_prefix("photo/")?.parse().ok()
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

    /// Every part that the draft has, as they are to be stored now: for an export, or after a store was lost.
    pub fn parts(&self) -> Vec<Part> {
        let items = self.items.keys().cloned().map(PartKey::Item);
        let free = self.free.keys().copied().map(PartKey::Free);
        let revisits = self.revisits.keys().copied().map(PartKey::Revisit);
        let photos = self.photos.keys().copied().map(PartKey::Photo);
        let ends = [PartKey::Head, PartKey::Signing, PartKey::Bookmark].into_iter();
        ends.chain(items)
            .chain(free)
            .chain(revisits)
            .chain(photos)
            .filter_map(|key| self.part(&key))
            .collect()
    }

    /// One part as it is to be stored now; `None` for a part that the draft does not have.
    pub fn part(&self, key: &PartKey) -> Option<Part> {
        Some(match key {
            PartKey::Head => Part::Head { head: self.head.clone() },
            PartKey::Item(item) => Part::Item { item: item.clone(), filled: self.items.get(item)?.clone() },
            PartKey::Free(hazard) => Part::Free { hazard: *hazard, free: self.free.get(hazard)?.clone() },
            PartKey::Revisit(hazard) => {
                Part::Revisit { hazard: *hazard, revisit: self.revisits.get(hazard).cloned() }
            }
            PartKey::Photo(photo) => Part::Photo { photo: self.photos.get(photo)?.clone() },
            PartKey::Signing => Part::Signing { signing: self.signing.clone() },
            PartKey::Bookmark => Part::Bookmark { item: self.bookmark.clone() },
        })
    }
}
