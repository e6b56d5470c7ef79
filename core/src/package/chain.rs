//! What the entries of a package say about one another: places in their devices' chains, and in the ledger.

use std::collections::BTreeMap;

use super::papers::Papers;
use super::{Broken, Fault, FileName, Findings, Lack, Proof};
use crate::ids::{DeviceId, EntryId};
use crate::log::{Effect, SignedEntry};

/// Every entry of a package that stands under its own name, by its place.
#[derive(Debug, Default)]
pub(super) struct Places {
    chains: BTreeMap<DeviceId, BTreeMap<u64, Vec<EntryId>>>,
    ledger: BTreeMap<u64, Vec<EntryId>>,
}

impl Places {
    pub(super) fn of(papers: &Papers) -> Self {
        let mut places = Self::default();
        for (id, signed) in &papers.entries {
            let Ok(signed) = signed else { continue };
            let entry = signed.entry();
            if entry.id == *id {
                places.chains.entry(entry.device).or_default().entry(entry.seq).or_default().push(*id);
            }
        }
        for (id, signed) in &papers.receipts {
            let Ok(signed) = signed else { continue };
            if signed.payload().entry == *id {
                places.ledger.entry(signed.payload().position).or_default().push(*id);
            }
        }
        places
    }

    /// Compares one entry with the others.
    pub(super) fn check(&self, id: EntryId, signed: &SignedEntry, papers: &Papers, findings: &mut Findings) {
        self.check_fork(id, signed, papers, findings);
        self.check_predecessor(id, signed, papers, findings);
        let position = papers.receipts.get(&id).and_then(|it| Some(it.as_ref().ok()?.payload().position));
        let same = position.and_then(|position| self.ledger.get(&position)).into_iter().flatten();
        for by in same.filter(|other| **other != id) {
            findings.broken.push(Broken::of(FileName::Receipt(id), Fault::PlaceTaken { by: *by }));
        }
    }

    /// Of two entries for one place, the one that took effect by its receipt is the device's; the other is not.
    fn check_fork(&self, id: EntryId, signed: &SignedEntry, papers: &Papers, findings: &mut Findings) {
        let taken = |entry: &EntryId| match papers.receipts.get(entry) {
            Some(Ok(signed)) => signed.payload().effect == Effect::Taken,
            Some(Err(_)) | None => false,
        };
        for other in self.at(signed, signed.entry().seq).iter().filter(|other| **other != id) {
            if !taken(&id) || taken(other) {
                findings.broken.push(Broken::of(FileName::Entry(id), Fault::Forked { with: *other }));
            }
        }
    }

    fn check_predecessor(&self, id: EntryId, signed: &SignedEntry, papers: &Papers, findings: &mut Findings) {
        let entry = signed.entry();
        let (seq, before) = (entry.seq, self.at(signed, entry.seq - 1));
        let hash_of = |id: &EntryId| Some(papers.entries.get(id)?.as_ref().ok()?.hash());
        match before {
            [] => {
                let earlier = self.chains.get(&entry.device).and_then(|chain| chain.range(..seq).next_back());
                // Where the server says what it put in, whatever lies between was not asked for.
                if let (Some((last, _)), None) = (earlier, &papers.contents) {
                    findings.lacking.push(Lack::Gap { from: last + 1, to: seq - 1 });
                }
            }
            [first, ..] => match before.iter().find(|before| hash_of(before) == entry.prev) {
                Some(entry) => findings.proven.push(Proof::Follows { entry: *entry }),
                None => {
                    let fault = Fault::OtherPredecessor { entry: *first };
                    findings.broken.push(Broken::of(FileName::Entry(id), fault));
                }
            },
        }
    }

    fn at(&self, signed: &SignedEntry, seq: u64) -> &[EntryId] {
        let chain = self.chains.get(&signed.entry().device);
        chain.and_then(|chain| chain.get(&seq)).map_or(&[], Vec::as_slice)
    }
}
