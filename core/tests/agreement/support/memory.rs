//! A server's store in memory. A clone of it is a snapshot: putting it back undoes a transaction.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::rc::Rc;

use xunan_core::clock::Instant;
use xunan_core::digest::Digest;
use xunan_core::evidence::Came;
use xunan_core::ids::{AccountId, DeviceId, EntryId};
use xunan_core::log::{ChainHead, Effect, PublicKey, Receipt, ReceiptDraft, SignedEntry, SignedReceipt};
use xunan_core::sync::{
    ActorStanding, Arrival, KnownDevice, Place, PushAnswer, ServerSession, ServerStore, Stage, Standing,
    Stored,
};

use super::at;
use super::keys::{KeyPair as _, Quick, QuickVerifier};

#[derive(Clone, Default)]
pub(crate) struct Memory {
    pub(crate) devices: BTreeMap<DeviceId, KnownDevice>,
    pub(crate) actors: BTreeSet<(DeviceId, AccountId)>,
    pub(crate) entries: BTreeMap<EntryId, (Rc<SignedEntry>, Stage)>,
    pub(crate) came: BTreeMap<EntryId, Came>,
    pub(crate) heads: BTreeMap<DeviceId, ChainHead>,
    pub(crate) photos: BTreeSet<Digest>,
    /// The entries of the ledger: position 1 first.
    pub(crate) ledger: Vec<EntryId>,
    /// The entries that took effect, in that order.
    pub(crate) effects: Vec<EntryId>,
}

impl Memory {
    pub(crate) fn enrol(&mut self, device: DeviceId, actor: AccountId, key: PublicKey) {
        self.devices.insert(device, KnownDevice { key, enrolled: at(-60), standing: Standing::Good });
        self.actors.insert((device, actor));
    }

    /// What the server's route does with a push.
    pub(crate) fn push(&mut self, device: DeviceId, texts: &[impl AsRef<str>], now: Instant) -> PushAnswer {
        let arrivals: Vec<Arrival> = texts
            .iter()
            .map(|text| {
                let arrival = Arrival::read(text.as_ref());
                let key = arrival
                    .device()
                    .and_then(|device| self.devices.get(&device))
                    .map(|known| known.key.clone());
                match key {
                    Some(key) => arrival.verify(&key, &QuickVerifier),
                    None => arrival,
                }
            })
            .collect();
        ServerSession::new(self, now).push(device, &arrivals, None).unwrap()
    }

    /// What the server does when a photo's last byte is stored.
    pub(crate) fn photo(&mut self, digest: Digest, now: Instant) -> Vec<EntryId> {
        self.photos.insert(digest);
        ServerSession::new(self, now).photo_arrived(&digest).unwrap()
    }

    pub(crate) fn receipt(&self, entry: EntryId) -> Option<String> {
        match self.entries.get(&entry) {
            Some((_, Stage::InLedger { receipt })) => Some(receipt.clone()),
            _ => None,
        }
    }

    /// The key that signs receipts.
    pub(crate) fn key() -> Quick {
        Quick::from_name("server")
    }
}

impl ServerStore for Memory {
    type Error = Infallible;

    fn device(&mut self, device: DeviceId) -> Result<Option<KnownDevice>, Infallible> {
        Ok(self.devices.get(&device).cloned())
    }

    fn actor(&mut self, device: DeviceId, actor: AccountId) -> Result<ActorStanding, Infallible> {
        let enrolled = self.actors.contains(&(device, actor));
        Ok(if enrolled { ActorStanding::Enrolled } else { ActorStanding::Stranger })
    }

    fn stored(&mut self, entry: EntryId) -> Result<Option<Stored>, Infallible> {
        let stored = self.entries.get(&entry);
        Ok(stored.map(|(signed, stage)| Stored { hash: signed.hash(), stage: stage.clone() }))
    }

    fn insert(&mut self, entry: &SignedEntry, stage: &Stage, came: Came) -> Result<(), Infallible> {
        self.came.insert(entry.entry().id, came);
        let before = self.entries.insert(entry.entry().id, (Rc::new(entry.clone()), stage.clone()));
        assert!(before.is_none(), "an entry was overwritten");
        Ok(())
    }

    fn came(&mut self, entry: EntryId) -> Result<Came, Infallible> {
        Ok(self.came[&entry])
    }

    fn set_stage(&mut self, entry: EntryId, stage: &Stage) -> Result<(), Infallible> {
        let (_, before) = self.entries.get_mut(&entry).unwrap();
        assert!(!matches!(before, Stage::InLedger { .. }), "an entry left the ledger");
        *before = stage.clone();
        Ok(())
    }

    fn stage_of(&mut self, device: DeviceId, hash: &Digest) -> Result<Option<Stage>, Infallible> {
        let found = self
            .entries
            .values()
            .find(|(signed, _)| signed.entry().device == device && signed.hash() == *hash);
        Ok(found.map(|(_, stage)| stage.clone()))
    }

    fn held(&mut self, device: DeviceId) -> Result<Vec<SignedEntry>, Infallible> {
        let held = |(signed, stage): &&(Rc<SignedEntry>, Stage)| {
            *stage == Stage::Held && signed.entry().device == device
        };
        let mut held: Vec<_> =
            self.entries.values().filter(held).map(|(signed, _)| SignedEntry::clone(signed)).collect();
        held.sort_by_key(|signed| signed.entry().seq);
        Ok(held)
    }

    fn awaiting(&mut self, photo: &Digest) -> Result<Vec<(SignedEntry, Place)>, Infallible> {
        let awaiting = self.entries.values().filter_map(|(signed, stage)| match stage {
            Stage::AwaitingPhotos { place } if signed.entry().photo_digests().contains(photo) => {
                Some((SignedEntry::clone(signed), *place))
            }
            _ => None,
        });
        Ok(awaiting.collect())
    }

    fn head(&mut self, device: DeviceId) -> Result<ChainHead, Infallible> {
        Ok(self.heads.get(&device).copied().unwrap_or_default())
    }

    fn set_head(&mut self, device: DeviceId, head: ChainHead) -> Result<(), Infallible> {
        self.heads.insert(device, head);
        Ok(())
    }

    fn missing(&mut self, photos: &[Digest]) -> Result<Vec<Digest>, Infallible> {
        Ok(photos.iter().filter(|photo| !self.photos.contains(photo)).copied().collect())
    }

    fn next_position(&mut self) -> Result<u64, Infallible> {
        Ok(self.ledger.len() as u64 + 1)
    }

    fn take_effect(&mut self, entry: &SignedEntry, position: u64, _: Instant) -> Result<Effect, Infallible> {
        assert_eq!(position, self.ledger.len() as u64 + 1);
        self.effects.push(entry.entry().id);
        Ok(Effect::Taken)
    }

    fn sign(&mut self, receipt: Receipt) -> Result<SignedReceipt, Infallible> {
        // The receipt is the last thing that is made of an entry: it is in the ledger now.
        self.ledger.push(receipt.entry);
        let key = Self::key();
        let draft = ReceiptDraft::new(receipt, &key.public());
        let signature = key.sign(draft.input.as_bytes());
        Ok(draft.sign(signature))
    }
}
