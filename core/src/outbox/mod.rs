//! What waits to be sent, and how sending goes: kept apart from what the visit itself is.
//!
//! An item leaves the list only when a receipt names every hash in it. Nothing else removes it: a refusal keeps
//! it with its reason, and blocks nothing behind it.

use serde::{Deserialize, Serialize};

use crate::clock::Instant;
use crate::digest::Digest;
use crate::ids::{EntryId, PhotoId};
use crate::problem::Problem;

/// One entry that waits for its receipt, with its photos.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The entry.
    pub entry: EntryId,
    /// Its place in the device's chain.
    pub seq: u64,
    /// Its hash.
    pub hash: Digest,
    /// Its kind, such as `visit.signed`.
    pub kind: String,
    /// What it is, for people, such as the institution's name.
    pub title: String,
    /// When it was written, by the device's clock.
    pub written: Instant,
    /// Its photos.
    pub photos: Vec<PhotoDelivery>,
    /// How delivery goes.
    pub delivery: Delivery,
}

/// How far one photo is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoDelivery {
    /// The photo.
    pub id: PhotoId,
    /// The hash of its stored bytes.
    pub digest: Digest,
    /// Their number.
    pub size_bytes: u64,
    /// How far it is.
    pub state: PhotoState,
}

/// How far a photo is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "photo", rename_all = "snake_case")]
pub enum PhotoState {
    /// Not begun.
    Waiting,
    /// Part of it has arrived.
    Partly {
        /// Where the server keeps the upload.
        upload: String,
        /// Bytes that arrived.
        sent_bytes: u64,
    },
    /// The server has it.
    Arrived,
    /// A person must look at it.
    Refused {
        /// Why.
        problem: Problem,
    },
}

/// How delivery of an item goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "delivery", rename_all = "snake_case")]
pub enum Delivery {
    /// Nothing tried yet.
    Waiting,
    /// Under way.
    Sending,
    /// Tried, and to be tried again.
    RetryAt {
        /// When.
        at: Instant,
        /// How often it was tried.
        attempts: u32,
        /// What happened the last time.
        problem: Problem,
    },
    /// Waits until somebody signs in.
    NeedsSignIn,
    /// A person must look at it. It stays here; others go on.
    Refused {
        /// Why.
        problem: Problem,
    },
    /// The receipt is here and names every hash.
    Acknowledged {
        /// The receipt, a compact JWS.
        receipt: String,
        /// When it came.
        at: Instant,
        /// Why the entry has no effect, when it has none.
        without_effect: Option<Problem>,
    },
}
