//! What stands in the copy of a draft.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::clock::Instant;
use crate::ids::{DeviceId, PhotoId, VisitId};
use crate::visit::{Draft, Part};

/// A draft as it travels from phone to phone, encrypted: JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftCopy {
    /// Its version: one more with each copy that was made of the draft.
    pub version: u64,
    /// The device that made it; absent when it had no name yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceId>,
    /// When the draft was touched last, by that device's clock.
    pub touched: Instant,
    /// All parts.
    pub parts: Vec<Part>,
    /// The pictures that go with them, kept originals included: each is a copy of its own.
    pub photos: Vec<PhotoId>,
}

impl DraftCopy {
    /// The copy of a draft as it stands.
    pub fn of(draft: &Draft, version: u64, device: Option<DeviceId>, touched: Instant) -> Self {
        let photos = draft
            .photos()
            .flat_map(|photo| {
                let capture = photo.manifest.capture.as_deref();
                [Some(photo.manifest.id), capture.and_then(|it| it.original)]
            })
            .flatten()
            .collect();
        Self { version, device, touched, parts: draft.parts(), photos }
    }

    /// The draft on a phone that got these of its pictures, and how many photos that stand are missing: they had not
    /// left the other phone. A kept original that is missing is only not named any more; its hash stays.
    ///
    /// `None` without a head, or when it is the draft of another visit.
    pub fn restored(self, visit: VisitId, here: &BTreeSet<PhotoId>) -> Option<(Draft, u32)> {
        let mut missing = 0;
        let mut kept = Vec::with_capacity(self.parts.len());
        for mut part in self.parts {
            if let Part::Photo { photo } = &mut part {
                if !here.contains(&photo.manifest.id) {
                    missing += u32::from(photo.keeping == crate::visit::Keeping::Kept);
                    continue;
                }
                if let Some(capture) = photo.manifest.capture.as_deref_mut() {
                    capture.original = capture.original.filter(|original| here.contains(original));
                }
            }
            kept.push(part);
        }
        let draft = Draft::from_parts(kept)?;
        (draft.head().visit == visit).then_some((draft, missing))
    }
}
