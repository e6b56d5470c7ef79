//! The server's side of the agreement.
//!
//! ```text
//! text ─► Arrival::read ─► verify ─► ServerSession::push ─┬─► refused: not authentic, nothing stored
//!          size, shape      signature   in a transaction   ├─► held: entries before it are missing
//!                                                          ├─► awaiting photos
//!                                                          └─► in the ledger, with a receipt
//! ```
//!
//! Two questions are kept apart. *Is it authentic?* It is when a device that was enrolled and not revoked has
//! signed it; then it is stored, whatever else may be wrong. *Does it take effect?* The receipt says so: a fork of
//! the chain, an actor who is a stranger to the device, a body that nobody can read are in the ledger without
//! effect, and block nothing.
//!
//! Who is signed in while an entry arrives is not asked: on a shared phone one colleague's sign-in sends what
//! another wrote before. The device's signature proves where it was written, and the actor must have been enrolled
//! there; whether the *sender* may push at all is the route's business.
//!
//! A device's clock is never a reason to refuse: order comes from the chain and the ledger. A clock that cannot
//! have been right is flagged in the receipt ([`ClockDoubt`]).
//!
//! An entry whose predecessors are missing is kept, and settled when they come. Should they never come (the phone's
//! storage was damaged), an administrator gives the gap up ([`ServerSession::give_up_gap`]).
//!
//! An entry takes its place in the chain as soon as its text is here, and its position in the ledger as soon as its
//! photos are: one photo that never comes holds back one entry, not those behind it.

use std::ops::RangeInclusive;

use super::message::{DeviceHead, Outcome, PushAnswer, PushedEntry};
use super::store::{ActorStanding, Place, ServerStore, Stage, Standing, Stored};
use crate::clock::Instant;
use crate::digest::Digest;
use crate::evidence::{Came, PageTime};
use crate::ids::{DeviceId, EntryId};
use crate::log::{
    ChainHead, ClockDoubt, Effect, Entry, Es256, PublicKey, Receipt, SignatureVerdict, SignedEntry,
};
use crate::problem::Problem;

/// Entries of one device that may wait for others before them: twice what one push can bring out of order. A device
/// that has more keeps them; otherwise one that is never to be complete could fill the server's memory.
const MAX_HELD: usize = 100;

/// When a device may come back whose held entries are too many.
const HELD_PATIENCE_SECONDS: u32 = 600;

/// The places between the end of a device's chain and the first of its held entries (lowest seq first): those that
/// must come before the held ones can be settled. `None` when nothing is held.
pub fn gap(head: ChainHead, held: &[SignedEntry]) -> Option<RangeInclusive<u64>> {
    held.first().map(|first| head.seq + 1..=first.entry().seq - 1)
}

/// One pushed text, read and perhaps verified, before any transaction.
#[derive(Clone, Debug)]
pub struct Arrival {
    hash: Digest,
    entry: Result<SignedEntry, Problem>,
    verified_with: Option<PublicKey>,
}

impl Arrival {
    /// Reads a pushed text.
    pub fn read(compact: &str) -> Self {
        let entry = if compact.len() > SignedEntry::MAX_BYTES {
            Err(Problem::TooLarge { limit_bytes: SignedEntry::MAX_BYTES as u64 })
        } else {
            SignedEntry::parse(compact).map_err(|error| Problem::NotAnEntry { detail: error.to_string() })
        };
        Self { hash: Digest::of(compact.as_bytes()), entry, verified_with: None }
    }

    /// The device that it says it is from: whose key to verify with. `None` when it cannot be read.
    pub fn device(&self) -> Option<DeviceId> {
        self.entry.as_ref().ok().map(|signed| signed.entry().device)
    }

    /// Verifies the signature, and reads the body of what is authentic. This costs more than everything else, and
    /// needs no transaction.
    #[must_use]
    pub fn verify(mut self, key: &PublicKey, es256: &impl Es256) -> Self {
        let fits = |signed: &SignedEntry| signed.verify(key, es256) == SignatureVerdict::Fits;
        self.verified_with = self.entry.as_ref().is_ok_and(fits).then(|| key.clone());
        if let (Some(_), Ok(signed)) = (&self.verified_with, &self.entry) {
            // Kept by the entry, with the reason if it cannot be read: the fold asks for it.
            let _ = signed.body();
        }
        self
    }
}

/// Decides what to store and what to answer, inside one transaction of a store.
pub struct ServerSession<'a, S> {
    store: &'a mut S,
    now: Instant,
}

impl<'a, S: ServerStore> ServerSession<'a, S> {
    /// A session at the server's time.
    pub const fn new(store: &'a mut S, now: Instant) -> Self {
        Self { store, now }
    }

    /// Takes in what a device pushed, in the order of the message. Pushing the same again changes nothing and
    /// answers the same. `page` is the page's clock of the device when it sent them ([`Push::page`](super::Push)).
    ///
    /// # Errors
    /// When the store failed: the transaction must be undone.
    pub fn push(
        &mut self,
        device: DeviceId,
        arrivals: &[Arrival],
        page: Option<PageTime>,
    ) -> Result<PushAnswer, S::Error> {
        let came = Came { at: self.now, page };
        let mut taken = Vec::with_capacity(arrivals.len());
        for arrival in arrivals {
            taken.push(self.take_in(arrival, came)?);
        }
        // Asked after all are in: one that was held at first may have been released by one behind it.
        let mut entries = Vec::with_capacity(arrivals.len());
        for (arrival, taken) in arrivals.iter().zip(taken) {
            let outcome = match taken {
                Ok(signed) => self.outcome(signed)?,
                Err(problem) => Outcome::Refused { problem },
            };
            entries.push(PushedEntry { hash: arrival.hash, outcome });
        }
        let ChainHead { seq, hash } = self.store.head(device)?;
        Ok(PushAnswer { entries, head: DeviceHead { seq, hash }, server_time: self.now })
    }

    /// Takes note that a photo's bytes are here, and completes the entries that waited for nothing else. Answers
    /// which. The photo must be in the store's list already.
    ///
    /// # Errors
    /// When the store failed: the transaction must be undone.
    pub fn photo_arrived(&mut self, photo: &Digest) -> Result<Vec<EntryId>, S::Error> {
        let mut completed = Vec::new();
        for (signed, place) in self.store.awaiting(photo)? {
            if self.store.missing(&signed.entry().photo_digests())?.is_empty() {
                let came = self.store.came(signed.entry().id)?;
                let stage = self.enter(&signed, place, came)?;
                self.store.set_stage(signed.entry().id, &stage)?;
                completed.push(signed.entry().id);
            }
        }
        Ok(completed)
    }

    /// Gives up the entries that a device's held ones wait for: an administrator's decision, when the phone has lost
    /// them or they were refused. The chain goes on from the first held one. Answers the places that stay empty; what
    /// comes for them later is kept as a fork.
    ///
    /// # Errors
    /// When the store failed: the transaction must be undone.
    pub fn give_up_gap(&mut self, device: DeviceId) -> Result<Option<RangeInclusive<u64>>, S::Error> {
        let held = self.store.held(device)?;
        let (Some(gap), Some(first)) = (gap(self.store.head(device)?, &held), held.first()) else {
            return Ok(None);
        };
        self.store.set_head(device, ChainHead { seq: *gap.end(), hash: first.entry().prev })?;
        self.release_held(device)?;
        Ok(Some(gap))
    }

    /// Stores an arrival, unless it is stored already, or says why not.
    fn take_in<'b>(
        &mut self,
        arrival: &'b Arrival,
        came: Came,
    ) -> Result<Result<&'b SignedEntry, Problem>, S::Error> {
        let signed = match &arrival.entry {
            Ok(signed) => signed,
            Err(problem) => return Ok(Err(problem.clone())),
        };
        let entry = signed.entry();
        let known = self.store.stored(entry.id)?;
        if known.as_ref().is_some_and(|known| known.hash == signed.hash()) {
            // The same bytes: whoever sends them, and whatever became of the device since.
            return Ok(Ok(signed));
        }
        let Some(device) = self.store.device(entry.device)? else {
            return Ok(Err(Problem::DeviceUnknown { device: entry.device }));
        };
        if device.standing == Standing::Revoked {
            return Ok(Err(Problem::DeviceRevoked { device: entry.device }));
        }
        // Compared with the key of this transaction: a key that was exchanged meanwhile proves nothing.
        if arrival.verified_with.as_ref() != Some(&device.key) {
            return Ok(Err(Problem::BadSignature));
        }
        if known.is_some() {
            return Ok(Err(Problem::SameIdOtherBytes { entry: entry.id }));
        }
        let stage = match self.place(entry)? {
            Some(place) => self.settle(signed, place, came)?,
            None if self.store.held(entry.device)?.len() >= MAX_HELD => {
                return Ok(Err(Problem::TooMany { retry_after_seconds: HELD_PATIENCE_SECONDS }));
            }
            None => Stage::Held,
        };
        self.store.insert(signed, &stage, came)?;
        if stage != Stage::Held {
            self.release_held(entry.device)?;
        }
        Ok(Ok(signed))
    }

    /// Where an entry stands in its device's chain; `None` while that cannot be known, since entries before it are
    /// missing.
    fn place(&mut self, entry: &Entry) -> Result<Option<Place>, S::Error> {
        let head = self.store.head(entry.device)?;
        if entry.seq == head.seq + 1 && entry.prev == head.hash {
            return Ok(Some(Place::InChain));
        }
        if entry.seq <= head.seq + 1 {
            return Ok(Some(Place::Fork));
        }
        // It lies ahead of the head. If the entry that it follows is settled all the same, that one is a fork: without
        // this, a device that was put back to an old copy would wait for ever for the entries of its former life.
        let Some(prev) = entry.prev else { return Ok(Some(Place::Fork)) };
        let settled = self.store.stage_of(entry.device, &prev)?.is_some_and(|stage| stage != Stage::Held);
        Ok(settled.then_some(Place::Fork))
    }

    /// Settles those that waited for what has just come, directly or by way of one another.
    fn release_held(&mut self, device: DeviceId) -> Result<(), S::Error> {
        loop {
            let mut released = false;
            for signed in self.store.held(device)? {
                if let Some(place) = self.place(signed.entry())? {
                    let came = self.store.came(signed.entry().id)?;
                    let stage = self.settle(&signed, place, came)?;
                    self.store.set_stage(signed.entry().id, &stage)?;
                    released = true;
                }
            }
            if !released {
                return Ok(());
            }
        }
    }

    /// Gives an entry its place, and says how far it is then.
    fn settle(&mut self, signed: &SignedEntry, place: Place, came: Came) -> Result<Stage, S::Error> {
        if place == Place::InChain {
            self.store.set_head(signed.entry().device, signed.head())?;
        }
        if self.store.missing(&signed.entry().photo_digests())?.is_empty() {
            self.enter(signed, place, came)
        } else {
            Ok(Stage::AwaitingPhotos { place })
        }
    }

    /// Enters a complete entry into the ledger and makes its receipt.
    fn enter(&mut self, signed: &SignedEntry, place: Place, came: Came) -> Result<Stage, S::Error> {
        let entry = signed.entry();
        let position = self.store.next_position()?;
        let effect = if place == Place::Fork {
            Effect::None { problem: Problem::ChainForked { seq: entry.seq } }
        } else if self.store.actor(entry.device, entry.actor)? == ActorStanding::Stranger {
            Effect::None { problem: Problem::ActorNotEnrolled }
        } else {
            self.store.take_effect(signed, position, self.now)?
        };
        let device = self.store.device(entry.device)?;
        let clock = device.and_then(|device| ClockDoubt::of(&entry.time, device.enrolled, came.at));
        let receipt = self.store.sign(Receipt {
            v: Receipt::VERSION,
            entry: entry.id,
            hash: signed.hash(),
            device: entry.device,
            seq: entry.seq,
            position,
            received: self.now,
            came: (came.at != self.now).then_some(came.at),
            page: came.page,
            photos: entry.photo_digests(),
            clock,
            effect,
        })?;
        Ok(Stage::InLedger { receipt: receipt.compact().to_owned() })
    }

    /// What to answer about a stored entry.
    fn outcome(&mut self, signed: &SignedEntry) -> Result<Outcome, S::Error> {
        let entry = signed.entry();
        match self.store.stored(entry.id)? {
            Some(Stored { stage: Stage::InLedger { receipt }, .. }) => Ok(Outcome::Receipted { receipt }),
            Some(Stored { stage: Stage::AwaitingPhotos { .. }, .. }) => {
                Ok(Outcome::AwaitingPhotos { missing: self.store.missing(&entry.photo_digests())? })
            }
            Some(Stored { stage: Stage::Held, .. }) | None => {
                Ok(Outcome::AwaitingEarlier { have_seq: self.store.head(entry.device)?.seq })
            }
        }
    }
}
