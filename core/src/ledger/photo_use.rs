//! A photo is used once. The same file, or a picture that looks the same, for another hazard, another facility or as the
//! picture of what was put right, is shown to whoever verifies, with both pictures side by side. It blocks nothing:
//! two photos of one white wall are alike, and only a person can tell.

use serde::{Deserialize, Serialize};

use crate::clock::Instant;
use crate::digest::Digest;
use crate::evidence::{Likeness, PhotoManifest};
use crate::hazard::Step;
use crate::ids::{EntryId, FacilityId, HazardId, PhotoId, VisitId};
use crate::rounds::{InternalReport, Round};
use crate::rules::ItemId;
use crate::visit::VisitRecord;

/// Where a photo was used, and what is needed to recognise it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PhotoUse {
    /// The photo.
    pub photo: PhotoId,
    /// The entry that names it.
    pub entry: EntryId,
    /// The visit; `None` when the entry is no visit's: a step of a hazard's loop, a round, a report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<VisitId>,
    /// The institution.
    pub facility: FacilityId,
    /// What it is said to show.
    pub subject: PhotoSubject,
    /// When it was taken, by the device's clock.
    pub taken: Instant,
    /// Hash of the untouched bytes.
    pub original: Digest,
    /// Hash of the stored bytes.
    pub stored: Digest,
    /// What it looks like from afar.
    pub likeness: Likeness,
}

/// What a photo of a record is said to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PhotoSubject {
    /// An item of the checklist that was in order.
    Item(ItemId),
    /// A hazard, found now or looked at again.
    Hazard(HazardId),
    /// The visit as a whole, or a round.
    Visit,
}

/// How a photo is another one again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reuse {
    /// The untouched bytes are the same: this is one file.
    SameFile,
    /// The pictures look alike; in so many of 128 answers they differ ([`Likeness::distance`]).
    Alike(u32),
}

impl PhotoUse {
    /// The photos of a record that can be recognised: those whose capture is told.
    pub fn of_record(entry: EntryId, record: &VisitRecord) -> Vec<Self> {
        let content = record.content();
        let told = content.photos.iter().filter_map(|manifest| {
            let subject = subject_of(manifest.id, record);
            Self::of_photo(entry, Some(content.visit), content.facility, subject, manifest)
        });
        told.collect()
    }

    /// The photos of a step that can be recognised: all show its hazard, of that institution.
    pub fn of_step(entry: EntryId, step: &Step, facility: FacilityId) -> Vec<Self> {
        let subject = || PhotoSubject::Hazard(step.hazard);
        let photos = step.command.photos().iter();
        photos.filter_map(|manifest| Self::of_photo(entry, None, facility, subject(), manifest)).collect()
    }

    /// The photos of a round that can be recognised: its own, and those of its findings, which show their hazards.
    pub fn of_round(entry: EntryId, round: &Round) -> Vec<Self> {
        let own = round.photos.iter().map(|photo| (PhotoSubject::Visit, photo));
        let findings = round.found.findings().iter().enumerate();
        let found = findings.flat_map(|(number, finding)| {
            let hazard = HazardId::of_finding(round.id, number);
            finding.photos.iter().map(move |photo| (PhotoSubject::Hazard(hazard), photo))
        });
        own.chain(found)
            .filter_map(|(subject, manifest)| Self::of_photo(entry, None, round.facility, subject, manifest))
            .collect()
    }

    /// The photos of a report from inside that can be recognised: all show its hazard.
    pub fn of_report(entry: EntryId, report: &InternalReport) -> Vec<Self> {
        let subject = || PhotoSubject::Hazard(report.hazard);
        let photos = report.photos.iter();
        photos
            .filter_map(|manifest| Self::of_photo(entry, None, report.facility, subject(), manifest))
            .collect()
    }

    fn of_photo(
        entry: EntryId,
        visit: Option<VisitId>,
        facility: FacilityId,
        subject: PhotoSubject,
        manifest: &PhotoManifest,
    ) -> Option<Self> {
        let capture = manifest.capture.as_deref()?;
        Some(Self {
            photo: manifest.id,
            entry,
            visit,
            facility,
            subject,
            taken: manifest.taken,
            original: manifest.original,
            stored: manifest.stored,
            likeness: capture.likeness,
        })
    }

    /// How this photo is `other` again; `None` when it is not, and for two photos that one entry took of one thing. The
    /// very photo is used again too when another entry names it.
    pub fn reuse_of(&self, other: &Self) -> Option<Reuse> {
        let same_entry = self.entry == other.entry;
        if same_entry && (self.photo == other.photo || self.subject == other.subject) {
            return None;
        }
        if self.original == other.original {
            return Some(Reuse::SameFile);
        }
        let distance = self.likeness.distance(other.likeness);
        (distance <= Likeness::NEAR).then_some(Reuse::Alike(distance))
    }
}

/// A photo of an item that failed shows its hazard.
fn subject_of(photo: PhotoId, record: &VisitRecord) -> PhotoSubject {
    let content = record.content();
    if let Some(finding) = content.findings.iter().find(|finding| finding.photos.contains(&photo)) {
        return PhotoSubject::Hazard(finding.hazard);
    }
    if let Some((hazard, _)) = content.revisits.iter().find(|(_, revisit)| revisit.photos.contains(&photo)) {
        return PhotoSubject::Hazard(*hazard);
    }
    let item = content.items.iter().find(|(_, item)| item.photos.contains(&photo));
    item.map_or(PhotoSubject::Visit, |(item, _)| PhotoSubject::Item(item.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Entropy;

    fn used(number: u128, visit: u128, subject: PhotoSubject, likeness: &str) -> PhotoUse {
        let at = Instant::from_unix_millis(1_790_000_000_000);
        PhotoUse {
            photo: PhotoId::from_parts(at, Entropy(number)),
            entry: EntryId::from_parts(at, Entropy(visit)),
            visit: Some(VisitId::from_parts(at, Entropy(visit))),
            facility: FacilityId::from_parts(at, Entropy(visit)),
            subject,
            taken: at,
            original: Digest::of(&number.to_be_bytes()),
            stored: Digest::of(&number.to_be_bytes()),
            likeness: likeness.parse().unwrap(),
        }
    }

    #[test]
    fn the_same_file_and_a_near_picture_are_found_wherever_else_they_are_used() {
        let hazard = |number| {
            PhotoSubject::Hazard(HazardId::from_parts(Instant::from_unix_millis(0), Entropy(number)))
        };
        let [zeros, near, far] = ["0".repeat(32), format!("{}7", "0".repeat(31)), "f".repeat(32)]
            .map(|it| format!("dhash128:{it}"));
        let first = used(1, 1, hazard(1), &zeros);
        let same_file = |it: PhotoUse| PhotoUse { original: first.original, ..it };
        for (name, other, expected) in [
            ("itself", first.clone(), None),
            ("another photo of that hazard on that visit", used(2, 1, hazard(1), &zeros), None),
            ("a near picture of another hazard", used(2, 1, hazard(2), &near), Some(Reuse::Alike(3))),
            ("the same hazard on a later visit", used(2, 2, hazard(1), &zeros), Some(Reuse::Alike(0))),
            ("another picture", used(2, 2, hazard(2), &far), None),
            ("one file for two hazards", same_file(used(2, 1, hazard(2), &far)), Some(Reuse::SameFile)),
        ] {
            assert_eq!(first.reuse_of(&other), expected, "{name}");
            assert_eq!(other.reuse_of(&first), expected, "{name}, the other way round");
        }
    }
}
