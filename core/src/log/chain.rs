//! Verification of a device's chain, as one pure function.

use super::{Es256, PublicKey, SignedEntry};
use crate::digest::Digest;

/// Where a chain ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChainHead {
    /// The last sequence number; 0 before the first entry.
    pub seq: u64,
    /// The last entry's hash; `None` before the first.
    pub hash: Option<Digest>,
}

/// What is wrong with a chain.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChainFault {
    /// Another device's entry.
    #[error("entry {seq} is of another device")]
    OtherDevice {
        /// Its sequence number.
        seq: u64,
    },
    /// The signature does not fit.
    #[error("the signature of entry {seq} does not fit")]
    BadSignature {
        /// Its sequence number.
        seq: u64,
    },
    /// A sequence number is missing, repeated or out of order.
    #[error("entry {found} stands where {expected} belongs")]
    WrongSeq {
        /// The number that belongs there.
        expected: u64,
        /// The number that stands there.
        found: u64,
    },
    /// The entry before is another one than it names.
    #[error("entry {seq} names another predecessor")]
    WrongPrev {
        /// Its sequence number.
        seq: u64,
    },
}

/// Verifies that `entries` go on from `head` without a gap, each signed by `key`.
///
/// # Errors
/// The first [`ChainFault`].
pub fn verify_chain(
    _head: ChainHead,
    _entries: &[SignedEntry],
    _key: &PublicKey,
    _es256: &impl Es256,
) -> Result<ChainHead, ChainFault> {
    unreachable!("being written")
}
