//! One entry: what is signed.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::clock::DeviceTime;
use crate::digest::Digest;
use crate::ids::{AccountId, DeviceId, EntryId, PhotoId};

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
    /// The photos that belong to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<Attachment>,
}

/// An entry that waits for its signature.
#[derive(Clone, Debug)]
pub struct EntryDraft {
    /// What is signed.
    pub entry: Entry,
    /// The bytes to sign: hand them to WebCrypto (`ECDSA`, `SHA-256`) or to a native signer.
    pub input: super::SigningInput,
}

/// An entry with its bytes exactly as signed. Parsed, not yet verified.
#[derive(Clone, Debug)]
pub struct SignedEntry {
    pub(super) compact: String,
    pub(super) hash: Digest,
    pub(super) entry: Entry,
}
