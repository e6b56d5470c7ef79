//! What travels. Every type here is a promise to phones that are weeks old: members are added, never changed.

use serde::{Deserialize, Deserializer, Serialize};

use crate::access::Account;
use crate::clock::{Date, Instant};
use crate::digest::Digest;
use crate::evidence::PageTime;
use crate::ids::{DeviceId, PhotoId};
use crate::ledger::{Cursor, PhotoUse, Reuse, Row};
use crate::log::{Nonce, PublicKey, SignedEntry};
use crate::problem::Problem;

/// `POST /api/session`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SignIn {
    /// The login name.
    pub login: String,
    /// The password.
    pub password: String,
}

/// Who is signed in: the answer to a sign-in and to `GET /api/session`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SignedIn {
    /// The account.
    pub account: Account,
    /// The server's time.
    pub server_time: Instant,
}

/// `POST /api/devices`: a browser shows its public key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EnrolDevice {
    /// The id that the device gave itself.
    pub device: DeviceId,
    /// A name for people, such as "Chrome · Android".
    pub name: String,
    /// The public half of the key that never leaves the device.
    pub public_key: PublicKey,
}

/// The device may sign now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Enrolled {
    /// Which device.
    pub device: DeviceId,
    /// The keys that sign receipts.
    pub server_keys: Vec<ServerKey>,
    /// The server's time.
    pub server_time: Instant,
}

/// One key of the server, as in `/.well-known/jwks.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ServerKey {
    /// The `kid` in a receipt's header.
    pub kid: String,
    /// The key.
    #[serde(flatten)]
    pub key: PublicKey,
}

impl<'de> Deserialize<'de> for ServerKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// Flat: a derived reader for the flattened key would buffer, and every phone downloads it.
        #[derive(Deserialize)]
        struct Told {
            kid: String,
            kty: String,
            crv: String,
            x: String,
            y: String,
        }
        let Told { kid, kty, crv, x, y } = Told::deserialize(deserializer)?;
        Ok(Self { kid, key: PublicKey { kty, crv, x, y } })
    }
}

impl ServerKey {
    /// The key under the name that receipts give it: its thumbprint (RFC 7638).
    pub fn new(key: PublicKey) -> Self {
        Self { kid: key.thumbprint(), key }
    }
}

/// `POST /api/push`: entries in the order of the device's chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Push {
    /// Whose.
    pub device: DeviceId,
    /// Compact JWS, exactly as signed. At most [`Push::MAX_ENTRIES`].
    pub entries: Vec<String>,
    /// What the page's clock says right before this is sent: with it the receipt bounds when things happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<PageTime>,
}

impl Push {
    /// Entries in one push, at most: an answer is due before a phone's patience ends.
    pub const MAX_ENTRIES: usize = 50;
    /// Bytes of one entry, at most.
    pub const MAX_ENTRY_BYTES: usize = SignedEntry::MAX_BYTES;
    /// Bytes of the whole message as JSON, at most: two of the largest entries with room for the JSON around them.
    pub const MAX_BYTES: usize = 2 * Self::MAX_ENTRY_BYTES + 64 * 1024;
}

/// What became of a push.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PushAnswer {
    /// One for each entry that was pushed, in that order.
    pub entries: Vec<PushedEntry>,
    /// Where the server's copy of the device's chain ends now.
    pub head: DeviceHead,
    /// The server's time.
    pub server_time: Instant,
}

/// What became of one entry. The hash is the server's own computation over the bytes it got: an answer that
/// does not echo it is not about this entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PushedEntry {
    /// SHA-256 of the compact JWS.
    pub hash: Digest,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of one entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Stored and complete.
    Receipted {
        /// The receipt, a compact JWS.
        receipt: String,
    },
    /// Stored; these photos are not here yet.
    AwaitingPhotos {
        /// Their digests.
        missing: Vec<Digest>,
    },
    /// Stored, and waiting for the entries before it.
    AwaitingEarlier {
        /// The highest sequence number without a gap that the server has; 0 for none.
        have_seq: u64,
    },
    /// Not stored, since it is not authentic or not an entry.
    Refused {
        /// Why.
        problem: Problem,
    },
}

/// Where a device's chain ends on the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DeviceHead {
    /// The highest sequence number without a gap; 0 for none.
    pub seq: u64,
    /// That entry's hash.
    pub hash: Option<Digest>,
}

/// `GET /api/pull?after=…`: rows that changed, oldest change first, only those that the account may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Pulled<R = Row> {
    /// The rows. A row replaces the one with the same key; a [`Row::Gone`] removes it. A phone takes them as
    /// [`RawValue`](serde_json::value::RawValue), to store each as it came.
    pub rows: Vec<R>,
    /// Where to go on next time.
    pub cursor: Cursor,
    /// Whether to ask again at once.
    pub more: More,
    /// The server's time.
    pub server_time: Instant,
}

/// Whether there is more to pull.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum More {
    /// There is: ask again with the new cursor.
    Yes,
    /// That was all for now.
    No,
}

crate::spelling::read_by_name! { More { "yes" => Yes, "no" => No } }

/// `GET /api/entries/{id}`: an entry as it was signed, with the server's word on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KeptEntry {
    /// The entry, a compact JWS.
    pub entry: String,
    /// The receipt, a compact JWS. `None` while the entry waits for photos or for entries before it.
    pub receipt: Option<String>,
    /// The photos that it names, each once.
    pub photos: Vec<KeptPhoto>,
}

/// A photo of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KeptPhoto {
    /// Its digest; the bytes are at `GET /api/photos/{64 hexadecimal digits}`.
    pub digest: Digest,
    /// Its size in bytes; `None` while it is not here.
    pub size_bytes: Option<u64>,
}

/// `GET /api/entries/{id}/reuse`: a photo of that entry that is used elsewhere as well, or looks like one that is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReusedPhoto {
    /// The photo of the entry that was asked about.
    pub photo: PhotoId,
    /// Where else; only what the asking account may see.
    pub other: PhotoUse,
    /// How it is the same.
    pub how: Reuse,
}

/// `POST /api/time`: a device asks what time it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AskTime {
    /// A number drawn for this one question.
    pub nonce: Nonce,
}

/// What time it is, under the server's signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ToldTime {
    /// A [`SignedServerTime`](crate::log::SignedServerTime) with the nonce of the question, a compact JWS.
    pub token: String,
}

/// `GET /api/log/roots?after=…`: the roots of the transparency log that were signed once a day, oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DailyRoots {
    /// The roots, one for each day.
    pub roots: Vec<DailyRoot>,
    /// Whether there are later ones: ask again, after the last date.
    pub more: More,
}

/// The first root of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DailyRoot {
    /// The day, in China.
    pub date: Date,
    /// A [`SignedRoot`](crate::log::SignedRoot), a compact JWS.
    pub root: String,
    /// Whether a time-stamping authority has stamped it.
    pub time_stamp: TimeStamping,
}

/// Whether a time-stamping authority has stamped a root (RFC 3161).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TimeStamping {
    /// It has: the answer is at `GET /api/log/roots/{date}/time-stamp`.
    Stamped,
    /// It has not, or not yet.
    Unstamped,
}
