//! Keys, entries and a store for the tests of this folder.

pub(crate) mod entries;
pub(crate) mod keys;
pub(crate) mod memory;

use xunan_core::clock::{Instant, Span};
use xunan_core::digest::Digest;
use xunan_core::ids::Entropy;

/// Noon of some day, and so many seconds.
pub(crate) fn at(seconds: i64) -> Instant {
    Instant::from_unix_millis(1_790_000_000_000).plus(Span::seconds(seconds))
}

/// The same entropy for the same number.
pub(crate) fn entropy(number: u64) -> Entropy {
    let digest = Digest::of(&number.to_be_bytes());
    Entropy(digest.bytes()[..10].iter().fold(0, |bits, byte| bits << 8 | u128::from(*byte)))
}
