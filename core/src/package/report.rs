//! What was found out about a package: entry by entry, photo by photo, and about the files between.

use serde::Serialize;

use super::{Broken, Claim, FileName, Lack, Proof};
use crate::clock::Instant;
use crate::digest::Digest;
use crate::ids::{DeviceId, EntryId, PhotoId};

/// Whether all of a package holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Whole {
    /// Everything in it is proven.
    Holds,
    /// Nothing in it is wrong, but not everything is proven.
    HoldsButNotAllProven,
    /// Something in it is wrong.
    Broken,
}

/// Whether one thing holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// What can be proven of it is proven.
    Proven,
    /// Nothing is wrong with it, but something is only claimed that could be proven.
    OnlyClaimed,
    /// Something is wrong with it.
    Broken,
}

/// What was found out about one thing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Findings {
    /// What is proven.
    pub proven: Vec<Proof>,
    /// What is only claimed, and by its nature always will be.
    pub claimed: Vec<Claim>,
    /// What is missing for a proof.
    pub lacking: Vec<Lack>,
    /// What is wrong.
    pub broken: Vec<Broken>,
}

impl Findings {
    /// What it comes to.
    pub const fn verdict(&self) -> Verdict {
        if !self.broken.is_empty() {
            Verdict::Broken
        } else if self.lacking.is_empty() && !self.proven.is_empty() {
            Verdict::Proven
        } else {
            Verdict::OnlyClaimed
        }
    }
}

/// A package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// What it comes to.
    pub whole: Whole,
    /// About the package itself, and the files that belong to no single entry.
    pub package: Findings,
    /// Each entry, in the order of their ids, which is the order of their making.
    pub entries: Vec<EntryReport>,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EntryReport {
    /// What the file is called after.
    pub id: EntryId,
    /// What it says of itself; `None` when it cannot be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facts: Option<EntryFacts>,
    /// What was found out.
    pub findings: Findings,
    /// Its photos, in its order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<PhotoReport>,
}

/// What people recognise an entry by. As it says itself: see the findings for what of it is proven.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EntryFacts {
    /// Its hash.
    pub hash: Digest,
    /// Its kind, such as `visit.signed`.
    pub kind: String,
    /// The device.
    pub device: DeviceId,
    /// Its place in the device's chain.
    pub seq: u64,
    /// When it was written, by the device's clock.
    pub at: Instant,
    /// The institution's name, where the content has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facility: Option<String>,
}

/// One photo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PhotoReport {
    /// Its id in the record. Two photos may have the same bytes.
    pub id: PhotoId,
    /// The hash that was signed.
    pub digest: Digest,
    /// What was found out.
    pub findings: Findings,
}

impl EntryReport {
    /// Everything that is wrong with the entry and its photos.
    pub fn broken(&self) -> impl Iterator<Item = &Broken> {
        let of_photos = self.photos.iter().flat_map(|photo| &photo.findings.broken);
        self.findings.broken.iter().chain(of_photos)
    }

    /// What the entry and its photos come to.
    pub fn verdict(&self) -> Verdict {
        let photos = self.photos.iter().map(|photo| photo.findings.verdict());
        photos.chain([self.findings.verdict()]).max().unwrap_or(Verdict::OnlyClaimed)
    }
}

impl Report {
    pub(super) fn new(package: Findings, entries: Vec<EntryReport>) -> Self {
        let worst = entries.iter().map(EntryReport::verdict).max();
        let whole = if !package.broken.is_empty() || worst == Some(Verdict::Broken) {
            Whole::Broken
        } else if package.lacking.is_empty() && worst == Some(Verdict::Proven) {
            Whole::Holds
        } else {
            Whole::HoldsButNotAllProven
        };
        Self { whole, package, entries }
    }

    /// Everything that is wrong, wherever it was found.
    pub fn broken(&self) -> impl Iterator<Item = &Broken> {
        self.package.broken.iter().chain(self.entries.iter().flat_map(EntryReport::broken))
    }

    /// The files that something is wrong with; `None` among them for the end of the package.
    pub fn broken_files(&self) -> impl Iterator<Item = Option<FileName>> {
        self.broken().map(|broken| broken.file)
    }
}
