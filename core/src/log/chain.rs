//! Verification of a device's chain, as one pure function.

use super::{Es256, PublicKey, SignatureVerdict, SignedEntry};
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

/// Verifies that `entries` go on from `head` without a gap, all of one device, each signed by `key`.
/// Answers where the chain ends then.
///
/// # Errors
/// The first [`ChainFault`].
pub fn verify_chain(
    head: ChainHead,
    entries: &[SignedEntry],
    key: &PublicKey,
    es256: &impl Es256,
) -> Result<ChainHead, ChainFault> {
    let mut head = head;
    let device = entries.first().map(|first| first.entry().device);
    for signed in entries {
        let entry = signed.entry();
        let seq = entry.seq;
        if Some(entry.device) != device {
            return Err(ChainFault::OtherDevice { seq });
        }
        if signed.verify(key, es256) == SignatureVerdict::DoesNotFit {
            return Err(ChainFault::BadSignature { seq });
        }
        if seq != head.seq + 1 {
            return Err(ChainFault::WrongSeq { expected: head.seq + 1, found: seq });
        }
        if entry.prev != head.hash {
            return Err(ChainFault::WrongPrev { seq });
        }
        head = signed.head();
    }
    Ok(head)
}
