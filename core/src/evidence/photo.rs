//! What is promised of one photo, and signed with the entry that names it.

use serde::{Deserialize, Serialize};

use super::{DeviceTime, FileClaims, Likeness, PhotoStep, Position};
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
    /// What else is told of its taking. `None` from phones of before it was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capture: Option<Box<Capture>>,
}

impl PhotoManifest {
    /// Of a JPEG that is stored as the page's own camera gave it, by a device that tells nothing else of its taking.
    pub fn untouched(id: PhotoId, jpeg: &[u8], (width_px, height_px): (u32, u32), taken: Instant) -> Self {
        let (digest, bytes) = (Digest::of(jpeg), jpeg.len() as u64);
        Self {
            id,
            original: digest,
            original_bytes: bytes,
            stored: digest,
            stored_bytes: bytes,
            width_px,
            height_px,
            taken,
            way: CameraWay::InPage,
            capture: None,
        }
    }
}

/// How a photo was taken: when and where, as far as the device can tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capture {
    /// When the shutter was pressed or the file was picked, with what bounds it.
    pub time: DeviceTime,
    /// Where the phone was then.
    pub position: Position,
    /// What the file says of itself; empty for a frame of the page's own camera.
    #[serde(default, skip_serializing_if = "FileClaims::is_empty")]
    pub claims: FileClaims,
    /// What was done to it, from the original's bytes to the stored ones, in order.
    pub steps: Vec<PhotoStep>,
    /// What it looks like from afar, before anything was drawn over it.
    pub likeness: Likeness,
    /// Hash of its small picture, for lists.
    pub thumbnail: Digest,
    /// The name under which the original's untouched bytes are kept and sent as well ([`PhotoId::of_original`]), where the
    /// region keeps them and there was room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<PhotoId>,
}
