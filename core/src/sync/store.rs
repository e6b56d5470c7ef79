//! What a server's store must be able to do, so that [`super::ServerSession`] can decide in it.
//!
//! Every call of a session happens inside one transaction of the store: all that it wrote is kept, or nothing is.
//! Writers come one after another, so that places in chains and ledger are given once.

use crate::clock::Instant;
use crate::digest::Digest;
use crate::evidence::Came;
use crate::ids::{AccountId, DeviceId, EntryId};
use crate::log::{ChainHead, Effect, PublicKey, Receipt, SignedEntry, SignedReceipt};

/// A device that was enrolled once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownDevice {
    /// The public half of its key.
    pub key: PublicKey,
    /// When it was enrolled, by the server's clock.
    pub enrolled: Instant,
    /// Whether its signatures still count.
    pub standing: Standing,
}

/// Whether a device's signatures still count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// They do.
    Good,
    /// Not those that arrive from now on: the key may be in other hands.
    Revoked,
}

/// Whether a person was ever enrolled on a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActorStanding {
    /// At some time; signing out since then changes nothing about what was signed.
    Enrolled,
    /// Never.
    Stranger,
}

/// How far a stored entry is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Entries before it are missing.
    Held,
    /// Only bytes of photos are missing.
    AwaitingPhotos {
        /// Whether it has its place in the chain.
        place: Place,
    },
    /// In the ledger, for good.
    InLedger {
        /// The receipt, a compact JWS: always the same one.
        receipt: String,
    },
}

/// Where an authentic entry stands in its device's chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It goes on from the entry before it.
    InChain,
    /// Another entry has its place, or the one that it names as its predecessor never was: somebody copied the
    /// device, or put an old copy of it back. It is kept, and has no effect.
    Fork,
}

/// An entry that the store has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The hash of its bytes.
    pub hash: Digest,
    /// How far it is.
    pub stage: Stage,
}

/// What a store does for a session, inside one transaction.
pub trait ServerStore {
    /// Why the store failed. The transaction is undone, nothing was acknowledged, and the phone tries again.
    type Error;

    /// A device.
    ///
    /// # Errors
    /// When the store failed; so everywhere below.
    fn device(&mut self, device: DeviceId) -> Result<Option<KnownDevice>, Self::Error>;
    /// Whether a person was ever enrolled on a device.
    fn actor(&mut self, device: DeviceId, actor: AccountId) -> Result<ActorStanding, Self::Error>;

    /// An entry by its id, of whichever device.
    fn stored(&mut self, entry: EntryId) -> Result<Option<Stored>, Self::Error>;
    /// Adds an entry whose id is new. Forks share a device and a seq with another entry.
    fn insert(&mut self, entry: &SignedEntry, stage: &Stage, came: Came) -> Result<(), Self::Error>;
    /// When a stored entry's text had come: what [`ServerStore::insert`] was told.
    fn came(&mut self, entry: EntryId) -> Result<Came, Self::Error>;
    /// Changes how far an entry is.
    fn set_stage(&mut self, entry: EntryId, stage: &Stage) -> Result<(), Self::Error>;
    /// How far the entry of a device with this hash is, if the store has it.
    fn stage_of(&mut self, device: DeviceId, hash: &Digest) -> Result<Option<Stage>, Self::Error>;
    /// The entries of a device that are [`Stage::Held`], lowest seq first. Mostly there are none.
    fn held(&mut self, device: DeviceId) -> Result<Vec<SignedEntry>, Self::Error>;
    /// The entries that are [`Stage::AwaitingPhotos`] and name a photo, with their places; oldest id first.
    fn awaiting(&mut self, photo: &Digest) -> Result<Vec<(SignedEntry, Place)>, Self::Error>;

    /// Where the gapless part of a device's chain ends.
    fn head(&mut self, device: DeviceId) -> Result<ChainHead, Self::Error>;
    /// Moves that end.
    fn set_head(&mut self, device: DeviceId, head: ChainHead) -> Result<(), Self::Error>;

    /// Those of `photos` whose bytes are not here.
    fn missing(&mut self, photos: &[Digest]) -> Result<Vec<Digest>, Self::Error>;

    /// Takes the next position of the ledger, from 1, without gaps.
    fn next_position(&mut self) -> Result<u64, Self::Error>;
    /// Folds a complete entry ([`crate::log::Body::of`], [`crate::ledger::fold`]) and writes the rows that change.
    /// A body that cannot be read or a step that no longer fits is [`Effect::None`], with the reason.
    fn take_effect(
        &mut self,
        entry: &SignedEntry,
        position: u64,
        received: Instant,
    ) -> Result<Effect, Self::Error>;
    /// Signs a receipt with the server's key ([`crate::log::ReceiptDraft`]).
    fn sign(&mut self, receipt: Receipt) -> Result<SignedReceipt, Self::Error>;
}
