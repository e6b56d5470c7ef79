//! One entry: what is signed.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::jws::{Content, signed_part, take_apart};
use super::{Body, ChainHead, Es256, Kind, NotAJws, PublicKey, Signature, SignatureVerdict, SigningInput};
use crate::digest::Digest;
use crate::evidence::DeviceTime;
use crate::ids::{AccountId, DeviceId, EntryId, PhotoId};
use crate::problem::Problem;

/// A photo that belongs to an entry: without its bytes the entry is not complete.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// The photo's id in the record.
    pub id: PhotoId,
    /// The hash of its stored bytes.
    pub digest: Digest,
    /// Their number.
    pub size_bytes: u64,
}

/// The JSON that a device signs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// Version of this format: 1.
    pub v: u8,
    /// The entry's id.
    pub id: EntryId,
    /// What it is: see [`super::Kind`]. A text, so that an entry of a later version can be kept.
    pub kind: String,
    /// The device that wrote and signed it.
    pub device: DeviceId,
    /// Its place in the device's chain, from 1.
    pub seq: u64,
    /// The hash of the entry before: SHA-256 of its compact JWS. `None` for the first.
    pub prev: Option<Digest>,
    /// Who did it.
    pub actor: AccountId,
    /// When, with what bounds it.
    pub time: DeviceTime,
    /// What was done; its shape depends on the kind.
    pub body: Box<RawValue>,
    /// The photos that belong to it. Two may have the same bytes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<Attachment>,
}

impl Entry {
    /// The version of this format.
    pub const VERSION: u8 = 1;
    /// The largest number in an entry, 2^53 − 1: beyond it JSON numbers of JavaScript are no longer exact, and it
    /// fits a database's signed 64 bits.
    pub const MAX_NUMBER: u64 = (1 << 53) - 1;

    /// The hashes of its photos, each once, in the order of the photos.
    pub fn photo_digests(&self) -> Vec<Digest> {
        let mut digests = Vec::with_capacity(self.photos.len());
        for photo in &self.photos {
            if !digests.contains(&photo.digest) {
                digests.push(photo.digest);
            }
        }
        digests
    }

    /// Checks what the types leave open.
    fn check(&self, kid: &str) -> Result<(), NotAJws> {
        let wrong = |what: &str| Err(NotAJws::Payload(what.to_owned()));
        if self.v != Self::VERSION {
            return wrong("v is not 1");
        }
        if self.device.to_string() != kid {
            return wrong("device is not the header's kid");
        }
        if self.seq == 0 || self.seq > Self::MAX_NUMBER {
            return wrong("seq is not between 1 and 2^53 - 1");
        }
        if self.prev.is_some() != (self.seq > 1) {
            return wrong("every entry but the first, and only those, has a prev");
        }
        if self.photos.iter().any(|photo| photo.size_bytes > Self::MAX_NUMBER) {
            return wrong("size_bytes is above 2^53 - 1");
        }
        Ok(())
    }
}

/// What an entry can carry: a body of one of the families.
pub trait EntryBody {
    /// What an entry says of it.
    fn parts(&self) -> BodyParts;
}

/// What an entry says of its body.
#[derive(Clone, Debug)]
pub struct BodyParts {
    /// Of which kind it is.
    pub kind: Kind,
    /// The body as it stands in the entry.
    pub json: Box<RawValue>,
    /// The photos that belong to it.
    pub photos: Vec<Attachment>,
}

/// An entry that waits for its signature.
#[derive(Clone, Debug)]
pub struct EntryDraft {
    /// What is signed.
    pub entry: Entry,
    /// The bytes to sign: hand them to WebCrypto (`ECDSA`, `SHA-256`) or to a native signer.
    pub input: SigningInput,
}

impl EntryDraft {
    /// The entry after `head` in the chain of `device`. Its photos are those that the body names.
    ///
    /// Sign it once and store the result before anything sends it: ECDSA is random, so signing again makes other
    /// bytes, which the server would take for a fork of the chain.
    ///
    /// # Errors
    /// [`Problem::TooLarge`] when it would be longer than [`SignedEntry::MAX_BYTES`]: said here, before it has a
    /// place in the chain, since a server would refuse it and everything behind it would wait.
    pub fn new(
        head: ChainHead,
        id: EntryId,
        device: DeviceId,
        actor: AccountId,
        time: DeviceTime,
        body: &impl EntryBody,
    ) -> Result<Self, Problem> {
        let BodyParts { kind, json: body, photos } = body.parts();
        let entry = Entry {
            v: Entry::VERSION,
            id,
            kind: kind.0.to_owned(),
            device,
            seq: head.seq + 1,
            prev: head.hash,
            actor,
            time,
            body,
            photos,
        };
        let Ok(payload) = serde_json::to_vec(&entry) else { unreachable!("an entry is always JSON") };
        let input = SigningInput::new(Content::Entry, &device.to_string(), &payload);
        if input.compact_len() > SignedEntry::MAX_BYTES {
            return Err(Problem::TooLarge { limit_bytes: SignedEntry::MAX_BYTES as u64 });
        }
        Ok(Self { entry, input })
    }

    /// Puts the signature under it.
    pub fn sign(self, signature: Signature) -> SignedEntry {
        let compact = self.input.signed(&signature);
        SignedEntry {
            hash: Digest::of(compact.as_bytes()),
            compact,
            entry: self.entry,
            signature,
            body: OnceLock::new(),
        }
    }
}

/// An entry with its bytes exactly as signed. Parsed, not yet verified.
#[derive(Clone, Debug)]
pub struct SignedEntry {
    compact: String,
    hash: Digest,
    entry: Entry,
    signature: Signature,
    /// Read when it is first asked for.
    body: OnceLock<Result<Body, Problem>>,
}

impl SignedEntry {
    /// Bytes of a compact JWS, at most. A visit of 600 items with notes of 200 characters takes a fifth of it.
    pub const MAX_BYTES: usize = 1024 * 1024;

    /// Reads a compact JWS. Its length is the caller's business.
    ///
    /// # Errors
    /// [`NotAJws`] for any text that this crate would not have written itself.
    pub fn parse(compact: &str) -> Result<Self, NotAJws> {
        let parts = take_apart(compact, Content::Entry)?;
        let entry: Entry =
            serde_json::from_str(&parts.payload).map_err(|error| NotAJws::Payload(error.to_string()))?;
        entry.check(&parts.kid)?;
        Ok(Self {
            hash: Digest::of(compact.as_bytes()),
            compact: compact.to_owned(),
            entry,
            signature: parts.signature,
            body: OnceLock::new(),
        })
    }

    /// The compact JWS, as it was signed.
    pub fn compact(&self) -> &str {
        &self.compact
    }

    /// SHA-256 of the compact JWS: what the next entry and the receipt name.
    pub const fn hash(&self) -> Digest {
        self.hash
    }

    /// What it says.
    pub const fn entry(&self) -> &Entry {
        &self.entry
    }

    /// Its body, read once.
    ///
    /// # Errors
    /// Those of [`Body::of`].
    pub fn body(&self) -> Result<&Body, Problem> {
        self.body.get_or_init(|| Body::of(&self.entry)).as_ref().map_err(Clone::clone)
    }

    /// Where a chain ends whose last entry this is.
    pub const fn head(&self) -> ChainHead {
        ChainHead { seq: self.entry.seq, hash: Some(self.hash) }
    }

    /// Checks the signature with the device's key.
    pub fn verify(&self, key: &PublicKey, es256: &impl Es256) -> SignatureVerdict {
        es256.verify(key, signed_part(&self.compact), &self.signature)
    }
}
