//! One entry of a package, checked by everything that the package has about it.

use super::chain::Places;
use super::papers::{Device, Papers, Rules};
use super::report::EntryFacts;
use super::{Broken, Claim, EntryReport, Fault, FileName, Findings, Lack, PhotoReport, Proof};
use crate::clock::Instant;
use crate::digest::Digest;
use crate::evidence::PhotoManifest;
use crate::ids::EntryId;
use crate::log::tree::leaf_hash;
use crate::log::tree_proof::ProofVerdict;
use crate::log::{
    Attachment, Body, ClockDoubt, Coverage, Effect, Es256, Interval, NotAJws, Receipt, SignatureVerdict,
    SignedEntry, SignedReceipt, SignedServerTime, TimeBounds, is_read_beside,
};
use crate::problem::Problem;
use crate::rules::{FireRules, PackRef};
use crate::visit::VisitRecord;

/// An entry's receipt, as far as it counts.
#[derive(Clone, Copy)]
enum Receipted<'a> {
    /// It is the server's, and of this entry.
    Yes(&'a Receipt),
    No,
}

/// Checks the entry that is called `id`.
pub(super) fn check_entry(id: EntryId, papers: &Papers, places: &Places, es256: &impl Es256) -> EntryReport {
    let mut findings = Findings::default();
    let name = FileName::Entry(id);
    let signed = match papers.entries.get(&id) {
        Some(Ok(signed)) => signed,
        Some(Err(error)) => {
            findings.broken.push(Broken::of(name, unreadable(error)));
            return EntryReport { id, facts: None, findings, photos: Vec::new() };
        }
        None => return EntryReport { id, facts: None, findings, photos: Vec::new() },
    };
    let entry = signed.entry();
    if entry.id != id {
        findings.broken.push(Broken::of(name, Fault::OtherName { says: entry.id.to_string() }));
    }
    let mut check = Check { id, signed, papers, findings };
    let signature = check.signature(es256);
    let receipted = check.receipt(es256);
    check.claims(receipted);
    check.time(receipted, es256);
    check.contents();
    if entry.id == id {
        places.check(id, signed, papers, &mut check.findings);
    }
    // What is not the device's word proves nothing about what it says.
    let photos = match signature {
        SignatureVerdict::Fits => {
            check.body();
            check.photos(receipted)
        }
        SignatureVerdict::DoesNotFit => Vec::new(),
    };
    EntryReport { id, facts: Some(facts(signed)), findings: check.findings, photos }
}

fn facts(signed: &SignedEntry) -> EntryFacts {
    let entry = signed.entry();
    let facility = match signed.body() {
        Ok(Body::VisitSigned(record)) => Some(record.content().facility_name.clone()),
        Ok(Body::FacilityRegistered(facility)) => Some(facility.name.clone()),
        _ => None,
    };
    EntryFacts {
        hash: signed.hash(),
        kind: entry.kind.clone(),
        device: entry.device,
        seq: entry.seq,
        at: entry.time.at,
        facility,
    }
}

fn unreadable(error: &NotAJws) -> Fault {
    Fault::Unreadable { detail: error.to_string() }
}

/// An entry that is being checked.
struct Check<'a> {
    id: EntryId,
    signed: &'a SignedEntry,
    papers: &'a Papers,
    findings: Findings,
}

impl<'a> Check<'a> {
    fn device(&self) -> Option<&'a Device> {
        self.papers.devices.get(&self.signed.entry().device)
    }

    fn fault(&mut self, fault: Fault) {
        self.findings.broken.push(Broken::of(FileName::Entry(self.id), fault));
    }

    fn receipt_fault(&mut self, fault: Fault) {
        self.findings.broken.push(Broken::of(FileName::Receipt(self.id), fault));
    }

    fn signature(&mut self, es256: &impl Es256) -> SignatureVerdict {
        let Some(device) = self.device() else {
            self.fault(Fault::NoDeviceKey);
            return SignatureVerdict::DoesNotFit;
        };
        let verdict = self.signed.verify(&device.key, es256);
        if verdict == SignatureVerdict::DoesNotFit {
            self.fault(Fault::BadSignature);
            return verdict;
        }
        self.findings.proven.push(Proof::Signed { device: self.signed.entry().device });
        match &device.vouched {
            Some(said) => self.findings.proven.push(Proof::DeviceVouched { enrolled: said.enrolled }),
            None => self.findings.lacking.push(Lack::DeviceNotVouched),
        }
        verdict
    }

    fn receipt(&mut self, es256: &impl Es256) -> Receipted<'a> {
        let revoked = self.device().and_then(|device| device.vouched.as_ref()?.revoked);
        let Some(signed) = self.papers.receipts.get(&self.id) else {
            self.findings.lacking.push(Lack::NoReceipt);
            // Whoever has a revoked key can still sign, and set the clock back.
            if let Some(at) = revoked {
                self.fault(Fault::Revoked { at });
            }
            return Receipted::No;
        };
        let signed = match signed {
            Ok(signed) => signed,
            Err(error) => {
                self.receipt_fault(unreadable(error));
                return Receipted::No;
            }
        };
        if !self.receipt_is_the_servers(signed, es256) || !self.receipt_fits(signed.payload()) {
            return Receipted::No;
        }
        let receipt = signed.payload();
        let enrolled = self.device().and_then(|device| Some(device.vouched.as_ref()?.enrolled));
        if enrolled.is_some_and(|enrolled| receipt.received < enrolled) {
            self.receipt_fault(Fault::BeforeEnrolment);
        }
        // When the text had come: photos may have followed later.
        let came = receipt.came().at;
        if let Some(at) = revoked.filter(|revoked| *revoked <= came) {
            self.fault(Fault::Revoked { at });
        }
        self.findings.proven.push(Proof::Received { at: receipt.received, position: receipt.position });
        self.findings.proven.push(Proof::ChainPlace { seq: receipt.seq });
        if let Effect::None { problem } = &receipt.effect {
            self.findings.lacking.push(Lack::WithoutEffect { problem: problem.clone() });
        }
        self.log(signed);
        Receipted::Yes(receipt)
    }

    /// Follows the proof from the receipt to a signed root.
    fn log(&mut self, signed: &SignedReceipt) {
        let Some(proof) = self.papers.proofs.get(&self.id) else {
            return self.findings.lacking.push(Lack::NotInLog);
        };
        let name = FileName::Proof(self.id);
        let Some(root) = self.papers.roots.get(&proof.size) else {
            let fault = Fault::RootMissing { size: proof.size };
            return self.findings.broken.push(Broken::of(name, fault));
        };
        let leads = proof.verify(&leaf_hash(signed.compact().as_bytes()), root) == ProofVerdict::Proves;
        if leads && proof.position == signed.payload().position {
            self.findings.proven.push(Proof::InLog { size: root.size, at: root.at });
        } else {
            self.findings.broken.push(Broken::of(name, Fault::ProofFails));
        }
    }

    /// Works out between which two times it was written, by the server's signatures alone.
    fn time(&mut self, receipted: Receipted<'_>, es256: &impl Es256) {
        let time = &self.signed.entry().time;
        let enrolled = self.device().and_then(|device| Some(device.vouched.as_ref()?.enrolled));
        let anchored = time.anchor.as_ref().and_then(|anchor| self.anchored(&anchor.token, es256));
        let came = match receipted {
            Receipted::Yes(receipt) => Some(receipt.came()),
            Receipted::No => None,
        };
        let Interval { from, to } = TimeBounds::of(time, enrolled, anchored, came).proven;
        if from.is_some() || to.is_some() {
            self.findings.proven.push(Proof::Between { from, to });
        }
        let jumps = time.jumps.iter().map(|jump| Claim::ClockJumped { by: jump.by });
        self.findings.claimed.extend(jumps);
    }

    /// The server's time in a token, when it is the server's.
    fn anchored(&mut self, token: &str, es256: &impl Es256) -> Option<Instant> {
        if self.papers.keys.0.is_empty() {
            return None;
        }
        let signed = SignedServerTime::parse(token).ok();
        let genuine = signed.as_ref().filter(|signed| {
            let key = self.papers.keys.key(signed.kid());
            key.is_some_and(|key| signed.verify(key, es256) == SignatureVerdict::Fits)
        });
        let at = genuine.map(|signed| signed.payload().at);
        if at.is_none() {
            self.fault(Fault::ForgedTime);
        }
        at
    }

    fn receipt_is_the_servers(&mut self, signed: &SignedReceipt, es256: &impl Es256) -> bool {
        if self.papers.keys.0.is_empty() {
            self.findings.lacking.push(Lack::ReceiptUnchecked);
            return false;
        }
        let verdict = self.papers.keys.key(signed.kid()).map(|key| signed.verify(key, es256));
        match verdict {
            Some(SignatureVerdict::Fits) => return true,
            Some(SignatureVerdict::DoesNotFit) => self.receipt_fault(Fault::BadSignature),
            None => self.receipt_fault(Fault::ForeignKey { kid: signed.kid().to_owned() }),
        }
        false
    }

    fn receipt_fits(&mut self, receipt: &Receipt) -> bool {
        let entry = self.signed.entry();
        let same = receipt.entry == self.id
            && receipt.hash == self.signed.hash()
            && (receipt.device, receipt.seq) == (entry.device, entry.seq);
        if !same {
            self.receipt_fault(Fault::OtherReceipt);
            return false;
        }
        if receipt.covers(self.id, self.signed.hash(), &entry.photo_digests()) == Coverage::Partial {
            self.receipt_fault(Fault::ReceiptLacksPhotos);
            return false;
        }
        true
    }

    fn claims(&mut self, receipted: Receipted<'_>) {
        let entry = self.signed.entry();
        let claimed = &mut self.findings.claimed;
        claimed.push(Claim::DeviceClock { at: entry.time.at });
        match receipted {
            Receipted::Yes(Receipt { clock: Some(ClockDoubt::Ahead { by }), .. }) => {
                claimed.push(Claim::ClockAhead { by: *by });
            }
            Receipted::Yes(Receipt { clock: Some(ClockDoubt::Behind { by }), .. }) => {
                claimed.push(Claim::ClockBehind { by: *by });
            }
            Receipted::Yes(_) => {}
            Receipted::No => claimed.push(Claim::ChainPlace { seq: entry.seq }),
        }
        claimed.push(Claim::Actor { account: entry.actor });
    }

    fn contents(&mut self) {
        let Some(contents) = &self.papers.contents else { return };
        if contents.entries.get(&self.id) != Some(&self.signed.hash()) {
            self.fault(Fault::Added);
        }
    }

    fn body(&mut self) {
        match self.signed.body() {
            Ok(Body::VisitSigned(record)) => self.grades(record),
            Ok(Body::PhotoRedacted(copy)) => {
                if let Err(why) = copy.check() {
                    self.content(Problem::RecordInconsistent { detail: why.to_string() });
                }
            }
            Ok(
                Body::PlanMade(_)
                | Body::PlanWithdrawn { .. }
                | Body::HazardStep(_)
                | Body::DocumentIssued(_)
                | Body::FacilityRegistered(_)
                | Body::RoundDone(_)
                | Body::CertificateNoted(_)
                | Body::ReportMade(_),
            ) => {}
            Err(Problem::UnknownKind { .. }) if is_read_beside(self.signed.entry()) => {}
            Err(Problem::UnknownKind { kind }) => self.findings.lacking.push(Lack::UnknownKind { kind }),
            Err(problem) => self.fault(Fault::Content { problem }),
        }
    }

    /// Works the grades out anew, as the server did.
    fn grades(&mut self, record: &VisitRecord) {
        let needed = rules_of(record);
        let lacking: Vec<Lack> = needed.iter().filter_map(|rules| self.lack_of(rules.hash)).collect();
        if !lacking.is_empty() {
            return self.findings.lacking.extend(lacking);
        }
        let pack = match self.papers.rules.get(&record.content().pack.hash) {
            Some(Rules::Checklist(pack)) => pack,
            _ => return self.content(Problem::UnknownPack { hash: record.content().pack.hash }),
        };
        let fire: Option<&FireRules> =
            match record.fire().and_then(|it| self.papers.rules.get(&it.rules.hash)) {
                Some(Rules::Fire(fire)) => Some(fire),
                _ => None,
            };
        match record.check(pack, fire) {
            Ok(()) => {
                let regraded = needed.iter().map(|rules| Proof::Regraded { rules: rules.hash });
                self.findings.proven.extend(regraded);
            }
            Err(problem) => self.content(problem),
        }
    }

    fn content(&mut self, problem: Problem) {
        self.fault(Fault::Content { problem });
    }

    fn lack_of(&self, rules: Digest) -> Option<Lack> {
        match self.papers.rules.get(&rules) {
            None => Some(Lack::RulesAbsent { rules }),
            Some(Rules::Unknown) => Some(Lack::RulesUnknown { rules }),
            Some(Rules::Checklist(_) | Rules::Fire(_)) => None,
        }
    }

    fn photos(&self, receipted: Receipted<'_>) -> Vec<PhotoReport> {
        let manifests = manifests(self.signed);
        let report = |photo: &Attachment| PhotoReport {
            id: photo.id,
            digest: photo.digest,
            findings: self.photo(photo, manifests, receipted),
        };
        self.signed.entry().photos.iter().map(report).collect()
    }

    fn photo(&self, photo: &Attachment, manifests: &[PhotoManifest], receipted: Receipted<'_>) -> Findings {
        let mut findings = Findings::default();
        let name = file_of(photo, manifests);
        match self.papers.pictures.get(&name) {
            None => findings.lacking.push(Lack::PhotoAbsent),
            Some(found) if found.digest != photo.digest || found.size_bytes != photo.size_bytes => {
                findings.broken.push(Broken::of(name, Fault::OtherBytes { found: found.digest }));
            }
            Some(_) => findings.proven.push(Proof::PhotoUnchanged),
        }
        if let Receipted::Yes(_) = receipted {
            findings.proven.push(Proof::PhotoReceived);
        }
        if let Some(manifest) = manifests.iter().find(|manifest| manifest.id == photo.id) {
            findings.claimed.push(Claim::PhotoTaken { at: manifest.taken });
            findings.claimed.push(Claim::CameraWay { way: manifest.way });
            if let Some(capture) = &manifest.capture {
                findings.claimed.push(Claim::Position { position: Box::new(capture.position.clone()) });
                if !capture.claims.is_empty() {
                    findings.claimed.push(Claim::File { claims: capture.claims });
                }
            }
        }
        findings
    }
}

/// What an entry promises of its photos; none when it has none, or cannot be read.
fn manifests(signed: &SignedEntry) -> &[PhotoManifest] {
    match signed.body() {
        Ok(Body::VisitSigned(record)) => &record.content().photos,
        _ => &[],
    }
}

/// The file of one of an entry's photos: an untouched original has a folder of its own.
fn file_of(photo: &Attachment, manifests: &[PhotoManifest]) -> FileName {
    let is_original = |manifest: &PhotoManifest| {
        manifest.capture.as_ref().and_then(|capture| capture.original) == Some(photo.id)
    };
    if manifests.iter().any(is_original) {
        FileName::Original(photo.digest)
    } else {
        FileName::Photo(photo.digest)
    }
}

/// The files in which the bytes of an entry's photos belong.
pub fn photo_files(signed: &SignedEntry) -> impl Iterator<Item = FileName> {
    let manifests = manifests(signed);
    signed.entry().photos.iter().map(|photo| file_of(photo, manifests))
}

/// The rules that a record names.
pub fn rules_of(record: &VisitRecord) -> Vec<&PackRef> {
    std::iter::once(&record.content().pack).chain(record.fire().map(|count| &count.rules)).collect()
}
