//! What is promised of one photo, and signed with the entry that names it.

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
