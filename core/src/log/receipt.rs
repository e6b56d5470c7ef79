//! Receipts: the server's word that it holds an entry and every photo of it.

use serde::{Deserialize, Serialize};

use crate::clock::Instant;
use crate::digest::Digest;
use crate::ids::{DeviceId, EntryId};
use crate::problem::Problem;

/// The JSON that the server signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Version of this format: 1.
    pub v: u8,
    /// The entry.
    pub entry: EntryId,
    /// The hash of its compact JWS.
    pub hash: Digest,
    /// The device that wrote it.
    pub device: DeviceId,
    /// Its place in the device's chain.
    pub seq: u64,
    /// Its place in the ledger, from 1.
    pub position: u64,
    /// When it was complete, by the server's clock: the truth of the entry's time is not later.
    pub received: Instant,
    /// The photos that the server holds, by the hash of their stored bytes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<Digest>,
    /// Whether it takes effect.
    #[serde(flatten)]
    pub effect: Effect,
}

/// Whether an entry takes effect. An authentic entry is kept in any case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "effect", rename_all = "snake_case")]
pub enum Effect {
    /// It does.
    Taken,
    /// It does not; it is kept with the reason.
    None {
        /// Why.
        problem: Problem,
    },
}

/// A receipt with its bytes exactly as signed. Parsed, not yet verified.
#[derive(Clone, Debug)]
pub struct SignedReceipt {
    pub(super) compact: String,
    pub(super) receipt: Receipt,
}
