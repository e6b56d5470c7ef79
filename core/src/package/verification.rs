//! A package being verified, piece by piece: whoever calls reads the file and decides when to rest.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::chain::Places;
use super::entry_check::{check_entry, photo_files, rules_of};
use super::papers::{Files, Measured, Papers};
use super::reading::Reading;
use super::{Broken, EntryReport, Fault, FileName, Findings, KeySet, NotAPackage, Report};
use crate::digest::Digest;
use crate::ids::EntryId;
use crate::log::{Body, Es256};

/// Which keys count as the server's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trust {
    /// These, which came another way than the package, such as from the server's own address. A package in which nothing
    /// is of their server is checked with its own keys, and [`Lack::ServerUnknown`](super::Lack::ServerUnknown) is told.
    Given(KeySet),
    /// Whatever the package says. Then whoever made it can have made the server up as well.
    WhateverIsInside,
}

/// What a verification needs to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Needs {
    /// These bytes of the file, for [`Verification::take`].
    Bytes(Range<u64>),
    /// Time, for [`Verification::work`].
    Time,
    /// Nothing: [`Verification::finish`] gives the report.
    Nothing,
}

/// A file that was just read, and where its bytes are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRead {
    /// What it is called.
    pub name: FileName,
    /// Its bytes in the package.
    pub bytes: Range<u64>,
}

/// A package being verified. Each step takes as long as one file or one entry does.
///
/// ```text
/// begin(length) ─► needs ─┬─ Bytes ─► take ─┐
///                   ▲     ├─ Time ──► work ─┤
///                   └─────┼─────────────────┘
///                         └─ Nothing ─► finish ─► Report
/// ```
#[derive(Debug)]
pub struct Verification<E> {
    trust: Trust,
    es256: E,
    reading: Reading,
    files: Files,
    names: BTreeSet<FileName>,
    broken: Vec<Broken>,
    judging: Option<Judging>,
}

/// All files are read; the entries are judged one by one.
#[derive(Debug)]
struct Judging {
    papers: Papers,
    places: Places,
    waiting: Vec<EntryId>,
    judged: Vec<EntryReport>,
}

impl<E: Es256> Verification<E> {
    /// Begins with a file of so many bytes.
    pub const fn begin(length_bytes: u64, trust: Trust, es256: E) -> Self {
        Self {
            trust,
            es256,
            reading: Reading::begin(length_bytes),
            files: Files { texts: BTreeMap::new(), pictures: BTreeMap::new() },
            names: BTreeSet::new(),
            broken: Vec::new(),
            judging: None,
        }
    }

    /// What it needs to go on.
    pub fn needs(&self) -> Needs {
        match (self.reading.wants(), &self.judging) {
            (Some(range), _) => Needs::Bytes(range),
            (None, Some(judging)) if judging.waiting.is_empty() => Needs::Nothing,
            (None, _) => Needs::Time,
        }
    }

    /// How many bytes of the file have been read.
    pub const fn bytes_read(&self) -> u64 {
        self.reading.at()
    }

    /// Takes the bytes that it asked for; fewer when the file ends before. Answers the file that they were.
    ///
    /// # Errors
    /// [`NotAPackage`]: there is nothing to verify.
    pub fn take(&mut self, bytes: &[u8]) -> Result<Option<FileRead>, NotAPackage> {
        let from = self.reading.at();
        let Some(name) = self.reading.take(bytes)? else { return Ok(None) };
        self.names.insert(name);
        match name {
            FileName::Photo(_) | FileName::Original(_) => {
                let measured = Measured { digest: Digest::of(bytes), size_bytes: bytes.len() as u64 };
                self.files.pictures.insert(name, measured);
            }
            _ => match std::str::from_utf8(bytes) {
                Ok(text) => {
                    self.files.texts.insert(name, text.to_owned());
                }
                Err(error) => {
                    self.broken.push(Broken::of(name, Fault::Unreadable { detail: error.to_string() }));
                }
            },
        }
        Ok(Some(FileRead { name, bytes: from..from + bytes.len() as u64 }))
    }

    /// Goes on with what needs no more bytes: first the keys and statements, then one entry at a time.
    pub fn work(&mut self) {
        match &mut self.judging {
            None => {
                let papers = Papers::of(std::mem::take(&mut self.files), &self.trust, &self.es256);
                let waiting = papers.entries.keys().rev().copied().collect();
                let places = Places::of(&papers);
                self.judging = Some(Judging { papers, places, waiting, judged: Vec::new() });
            }
            Some(judging) => {
                if let Some(id) = judging.waiting.pop() {
                    let report = check_entry(id, &judging.papers, &judging.places, &self.es256);
                    judging.judged.push(report);
                }
            }
        }
    }

    /// The report. What was not read and judged yet is missing from it.
    pub fn finish(self) -> Report {
        let mut broken = self.reading.into_faults();
        broken.extend(self.broken);
        let Some(Judging { papers, judged, .. }) = self.judging else {
            return Report::new(Findings { broken, ..Findings::default() }, Vec::new());
        };
        let (strays, removed) = (strays(&papers, &self.names), removed(&papers, &self.names));
        let damaged = damaged(&papers);
        broken.extend(papers.broken.into_iter().chain(strays).chain(removed));
        let told: BTreeSet<_> =
            broken.iter().chain(judged.iter().flat_map(EntryReport::broken)).map(|it| it.file).collect();
        broken.extend(damaged.into_iter().filter(|damaged| !told.contains(&damaged.file)));
        let package =
            Findings { proven: papers.proven, claimed: Vec::new(), lacking: papers.lacking, broken };
        Report::new(package, judged)
    }
}

/// Verifies a package that is in memory whole.
///
/// # Errors
/// [`NotAPackage`]: there is nothing to verify.
pub fn verify(bytes: &[u8], trust: Trust, es256: &impl Es256) -> Result<Report, NotAPackage> {
    let mut verification = Verification::begin(bytes.len() as u64, trust, es256);
    loop {
        match verification.needs() {
            Needs::Bytes(range) => {
                // Within the file, and so within memory.
                verification.take(&bytes[range.start as usize..range.end as usize])?;
            }
            Needs::Time => verification.work(),
            Needs::Nothing => return Ok(verification.finish()),
        }
    }
}

/// Files that nothing in the package has to do with.
fn strays(papers: &Papers, names: &BTreeSet<FileName>) -> Vec<Broken> {
    let mut wanted = BTreeSet::from([FileName::Readme, FileName::Contents, FileName::ServerKeys]);
    for (id, signed) in &papers.entries {
        wanted.extend([FileName::Entry(*id), FileName::Receipt(*id)]);
        let Ok(signed) = signed else { continue };
        let entry = signed.entry();
        wanted.extend([FileName::Device(entry.device), FileName::DeviceKey(entry.device)]);
        wanted.extend(photo_files(signed));
        if let Ok(Body::VisitSigned(record)) = signed.body() {
            wanted.extend(rules_of(record).iter().map(|rules| FileName::Rules(rules.hash)));
        }
    }
    for (id, proof) in papers.proofs.iter().filter(|(id, _)| papers.receipts.contains_key(id)) {
        wanted.extend([FileName::Proof(*id), FileName::Root(proof.size)]);
    }
    names.difference(&wanted).map(|name| Broken::of(*name, Fault::Stray)).collect()
}

/// Entries that the server put in and that are not here.
fn removed(papers: &Papers, names: &BTreeSet<FileName>) -> Vec<Broken> {
    let Some(contents) = &papers.contents else { return Vec::new() };
    let files = contents.entries.keys().map(|id| FileName::Entry(*id));
    files.filter(|name| !names.contains(name)).map(|name| Broken::of(name, Fault::Removed)).collect()
}

/// Pictures that do not have the hash of their name. Most are told of with the photos that they should be.
fn damaged(papers: &Papers) -> Vec<Broken> {
    let fault = |(name, measured): (&FileName, &Measured)| {
        let (FileName::Photo(digest) | FileName::Original(digest)) = name else { return None };
        let found = measured.digest;
        (found != *digest).then(|| Broken::of(*name, Fault::OtherBytes { found }))
    };
    papers.pictures.iter().filter_map(fault).collect()
}
