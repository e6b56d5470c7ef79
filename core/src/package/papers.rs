//! The files of a package, read: keys, statements, entries, receipts and rules, and what is wrong with them by themselves.

use std::collections::BTreeMap;

use super::keys::parse_device_key;
use super::signers::keys_for;
use super::verification::Trust;
use super::{Broken, Fault, FileName, KeySet, Lack, Proof, README};
use crate::digest::Digest;
use crate::ids::{DeviceId, EntryId};
use crate::log::tree_proof::InclusionProof;
use crate::log::{
    ContentsStatement, DeviceStatement, Es256, NotAJws, PublicKey, Root, SignatureVerdict, SignedEntry,
    SignedReceipt, SignedStatement, Statement,
};
use crate::rules::{FireRules, Pack};

/// The contents of files, as they come.
#[derive(Clone, Debug, Default)]
pub(super) struct Files {
    /// Those that are text.
    pub(super) texts: BTreeMap<FileName, String>,
    /// Photos and originals: what is left of their bytes.
    pub(super) pictures: BTreeMap<FileName, Measured>,
}

/// The hash that a file's bytes have, and their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Measured {
    pub(super) digest: Digest,
    pub(super) size_bytes: u64,
}

/// A device as the package knows it.
#[derive(Clone, Debug)]
pub(super) struct Device {
    pub(super) key: PublicKey,
    /// The server's word on it, when it is the server's.
    pub(super) vouched: Option<DeviceStatement>,
}

/// Rules of either kind.
#[derive(Clone, Debug)]
pub(super) enum Rules {
    Checklist(Box<Pack>),
    Fire(Box<FireRules>),
    /// Their bytes have the right hash, but this program cannot read them.
    Unknown,
}

/// A package, read.
#[derive(Debug)]
pub(super) struct Papers {
    pub(super) keys: KeySet,
    pub(super) contents: Option<ContentsStatement>,
    pub(super) devices: BTreeMap<DeviceId, Device>,
    pub(super) entries: BTreeMap<EntryId, Result<SignedEntry, NotAJws>>,
    pub(super) receipts: BTreeMap<EntryId, Result<SignedReceipt, NotAJws>>,
    pub(super) rules: BTreeMap<Digest, Rules>,
    /// The roots that are the server's, by their size.
    pub(super) roots: BTreeMap<u64, Root>,
    pub(super) proofs: BTreeMap<EntryId, InclusionProof>,
    pub(super) pictures: BTreeMap<FileName, Measured>,
    /// What is wrong with files by themselves.
    pub(super) broken: Vec<Broken>,
    pub(super) lacking: Vec<Lack>,
    pub(super) proven: Vec<Proof>,
}

impl Papers {
    pub(super) fn of(files: Files, trust: &Trust, es256: &impl Es256) -> Self {
        let mut papers = Self {
            keys: KeySet::default(),
            contents: None,
            devices: BTreeMap::new(),
            entries: BTreeMap::new(),
            receipts: BTreeMap::new(),
            rules: BTreeMap::new(),
            roots: BTreeMap::new(),
            proofs: BTreeMap::new(),
            pictures: files.pictures,
            broken: Vec::new(),
            lacking: Vec::new(),
            proven: Vec::new(),
        };
        papers.read_keys(&files.texts, trust);
        if !files.texts.contains_key(&FileName::Readme) {
            papers.fault(FileName::Readme, Fault::FileMissing);
        }
        for (name, text) in &files.texts {
            papers.read(*name, text, es256);
        }
        if papers.contents.is_none() {
            papers.lacking.push(Lack::NoContents);
        }
        papers
    }

    /// The keys that count as the server's.
    fn read_keys(&mut self, texts: &BTreeMap<FileName, String>, trust: &Trust) {
        let inside = match texts.get(&FileName::ServerKeys).map(|json| KeySet::parse_exactly(json)) {
            None => KeySet::default(),
            Some(Ok(keys)) => keys,
            Some(Err(error)) => {
                self.fault(FileName::ServerKeys, Fault::Unreadable { detail: error.to_string() });
                KeySet::default()
            }
        };
        let (keys, lack) = keys_for(trust, inside, texts);
        self.keys = keys;
        self.lacking.extend(lack);
    }

    fn read(&mut self, name: FileName, text: &str, es256: &impl Es256) {
        match name {
            FileName::Readme if text != README => self.fault(name, Fault::OtherText),
            FileName::Contents => {
                if let Some(said) = self.statement::<ContentsStatement>(name, text, es256) {
                    self.proven.push(Proof::Complete { at: said.at });
                    self.contents = Some(said);
                }
            }
            FileName::Device(device) => self.read_device(device, text, es256),
            FileName::DeviceKey(device) => self.read_device_key(device, text),
            FileName::Entry(entry) => {
                self.entries.insert(entry, SignedEntry::parse(text));
            }
            FileName::Receipt(entry) => {
                self.receipts.insert(entry, SignedReceipt::parse(text));
            }
            FileName::Rules(digest) => self.read_rules(digest, text),
            FileName::Root(size) => self.read_root(size, text, es256),
            FileName::Proof(entry) => self.read_proof(entry, text),
            FileName::Readme | FileName::ServerKeys | FileName::Photo(_) | FileName::Original(_) => {}
        }
    }

    /// A statement, when it is the server's. Without any key of a server it counts for nothing, and nothing is wrong.
    fn statement<S: Statement + Clone>(
        &mut self,
        name: FileName,
        text: &str,
        es256: &impl Es256,
    ) -> Option<S> {
        let signed = match SignedStatement::<S>::parse(text) {
            Ok(signed) => signed,
            Err(error) => {
                self.fault(name, Fault::Unreadable { detail: error.to_string() });
                return None;
            }
        };
        match self.keys.key(signed.kid()).map(|key| signed.verify(key, es256)) {
            Some(SignatureVerdict::Fits) => Some(signed.payload().clone()),
            Some(SignatureVerdict::DoesNotFit) => {
                self.fault(name, Fault::BadSignature);
                None
            }
            None if self.keys.0.is_empty() => None,
            None => {
                self.fault(name, Fault::ForeignKey { kid: signed.kid().to_owned() });
                None
            }
        }
    }

    fn read_device(&mut self, device: DeviceId, text: &str, es256: &impl Es256) {
        let name = FileName::Device(device);
        let vouched = self.statement::<DeviceStatement>(name, text, es256);
        // A statement that nobody's key can check still says which key the device claims.
        let claimed = SignedStatement::<DeviceStatement>::parse(text).ok().filter(|_| self.keys.0.is_empty());
        let Some(said) = vouched.clone().or_else(|| claimed.map(|it| it.payload().clone())) else { return };
        if said.device != device {
            return self.fault(name, Fault::OtherName { says: said.device.to_string() });
        }
        self.devices.insert(device, Device { key: said.key, vouched });
    }

    fn read_device_key(&mut self, device: DeviceId, text: &str) {
        let name = FileName::DeviceKey(device);
        match (parse_device_key(text), self.devices.get(&device)) {
            (Err(error), _) => self.fault(name, Fault::Unreadable { detail: error.to_string() }),
            (Ok(key), Some(known)) if known.key != key => self.fault(name, Fault::TwoDeviceKeys),
            (Ok(_), Some(_)) => {}
            (Ok(key), None) => {
                self.devices.insert(device, Device { key, vouched: None });
            }
        }
    }

    fn read_rules(&mut self, digest: Digest, text: &str) {
        let found = Digest::of(text.as_bytes());
        if found != digest {
            return self.fault(FileName::Rules(digest), Fault::OtherBytes { found });
        }
        let rules = match (Pack::load(text.as_bytes()), FireRules::load(text.as_bytes())) {
            (Ok(pack), _) => Rules::Checklist(Box::new(pack)),
            (_, Ok(fire)) => Rules::Fire(Box::new(fire)),
            _ => Rules::Unknown,
        };
        self.rules.insert(digest, rules);
    }

    fn read_root(&mut self, size: u64, text: &str, es256: &impl Es256) {
        let Some(root) = self.statement::<Root>(FileName::Root(size), text, es256) else { return };
        if root.size != size {
            return self.fault(FileName::Root(size), Fault::OtherName { says: root.size.to_string() });
        }
        self.roots.insert(size, root);
    }

    fn read_proof(&mut self, entry: EntryId, text: &str) {
        let read = serde_json::from_str::<InclusionProof>(text);
        let again = read.as_ref().ok().and_then(|proof| serde_json::to_string(proof).ok());
        let detail = match read {
            Ok(proof) if again.as_deref() == Some(text) => {
                self.proofs.insert(entry, proof);
                return;
            }
            Ok(_) => "spelled otherwise than we write it".to_owned(),
            Err(error) => error.to_string(),
        };
        self.fault(FileName::Proof(entry), Fault::Unreadable { detail });
    }

    fn fault(&mut self, file: FileName, fault: Fault) {
        self.broken.push(Broken::of(file, fault));
    }
}
