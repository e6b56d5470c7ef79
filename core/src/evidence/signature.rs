//! Signatures drawn on glass.

use serde::{Deserialize, Serialize};

use crate::clock::Instant;
use crate::digest::Digest;

/// One stroke of a signature: points in order, in thousandths of the pad's **width**; at least one.
///
/// A vector drawing prints sharply at any size, and its few integers are signed as they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stroke(pub Vec<(i16, i16)>);

/// A signature on glass 签名: what was drawn, when, and the hash of what was being signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// The strokes, in order; not empty.
    pub strokes: Vec<Stroke>,
    /// When the last stroke ended, by the device's clock.
    pub at: Instant,
    /// Hash of the record's content that was shown for signing ([`crate::visit::Content::digest`]).
    pub content: Digest,
}

impl Signature {
    /// The shortest line that counts as a signature, in thousandths of the pad's width: a tap is none.
    pub const MIN_LENGTH: u32 = 100;

    /// Whether enough was drawn to be a signature: a stray tap is not.
    pub fn is_drawn(strokes: &[Stroke]) -> bool {
        let length: u32 = strokes
            .iter()
            .flat_map(|stroke| stroke.0.windows(2))
            .map(|pair| u32::from(pair[0].0.abs_diff(pair[1].0)) + u32::from(pair[0].1.abs_diff(pair[1].1)))
            .sum();
        length >= Self::MIN_LENGTH
    }
}
