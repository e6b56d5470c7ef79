//! What backs a finding: photos with the hash of what the camera gave, and signatures drawn on glass.

use serde::{Deserialize, Serialize};

use crate::clock::Instant;
use crate::digest::Digest;
use crate::ids::PhotoId;

/// How a photo came into the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CameraWay {
    /// Taken by the camera inside the page 现场拍摄.
    InPage,
    /// Picked from files or the phone's own camera app 从相册选取.
    Picked,
}

/// What is promised of one photo, and signed with the entry that names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoManifest {
    /// The photo's id. Two photos may have the same bytes.
    pub id: PhotoId,
    /// Hash of the bytes as the camera or the file gave them, before anything touched them.
    pub original: Digest,
    /// Size of those, in bytes.
    pub original_bytes: u64,
    /// Hash of the stored JPEG: long edge at most 1600 px, upright, without metadata.
    pub stored: Digest,
    /// Size of the stored JPEG, in bytes.
    pub stored_bytes: u64,
    /// Width of the stored JPEG, in pixels.
    pub width_px: u32,
    /// Height of the stored JPEG, in pixels.
    pub height_px: u32,
    /// When it was taken or picked, by the device's clock.
    pub taken: Instant,
    /// How it came in.
    pub way: CameraWay,
}

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
