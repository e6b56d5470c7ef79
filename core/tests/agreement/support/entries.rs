//! Entries of any content, as a device would write them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::value::RawValue;
use xunan_core::digest::Digest;
use xunan_core::evidence::DeviceTime;
use xunan_core::ids::{AccountId, DeviceId, EntryId, PhotoId};
use xunan_core::log::{Attachment, ChainHead, Entry, SignedEntry};

use super::keys::KeyPair;
use super::{at, entropy};

/// A compact JWS of any header and payload.
pub(crate) fn jws(header: &str, payload: impl AsRef<[u8]>, key: &impl KeyPair) -> String {
    let input = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload));
    let signature = URL_SAFE_NO_PAD.encode(key.sign(input.as_bytes()).0);
    format!("{input}.{signature}")
}

pub(crate) fn entry_jws(entry: &Entry, key: &impl KeyPair) -> String {
    let header = format!(r#"{{"alg":"ES256","kid":"{}","typ":"xunan-entry+jws"}}"#, entry.device);
    jws(&header, serde_json::to_string(entry).unwrap(), key)
}

/// One device that writes entries one after the other.
#[derive(Clone)]
pub(crate) struct Writer {
    pub(crate) device: DeviceId,
    pub(crate) actor: AccountId,
    pub(crate) head: ChainHead,
}

impl Writer {
    pub(crate) fn new(number: u64) -> Self {
        Self { device: device(number), actor: account(number), head: ChainHead::default() }
    }

    /// Writes the next entry, of a kind that core does not know: the agreement does not look into bodies.
    pub(crate) fn write(&mut self, id: u64, photos: &[&[u8]], key: &impl KeyPair) -> SignedEntry {
        let signed = SignedEntry::parse(&entry_jws(&self.draft(id, photos), key)).unwrap();
        self.head = signed.head();
        signed
    }

    pub(crate) fn draft(&self, id: u64, photos: &[&[u8]]) -> Entry {
        let attachment = |bytes: &&[u8]| Attachment {
            id: PhotoId::from_parts(at(0), entropy(id)),
            digest: Digest::of(bytes),
            size_bytes: bytes.len() as u64,
        };
        Entry {
            v: Entry::VERSION,
            id: EntryId::from_parts(at(0), entropy(id)),
            kind: "test.written".to_owned(),
            device: self.device,
            seq: self.head.seq + 1,
            prev: self.head.hash,
            actor: self.actor,
            time: DeviceTime::unbounded(at(0)),
            body: RawValue::from_string(format!(r#"{{"n":{id}}}"#)).unwrap(),
            photos: photos.iter().map(attachment).collect(),
        }
    }
}

pub(crate) fn device(number: u64) -> DeviceId {
    DeviceId::from_parts(at(0), entropy(number))
}

pub(crate) fn account(number: u64) -> AccountId {
    AccountId::from_parts(at(0), entropy(number))
}
