//! Whether the untouched bytes of photos are kept too: a region decides, since they cost ten times the room.

use serde::{Deserialize, Serialize};

use super::jpeg::{MAX_JPEG_BYTES, check_jpeg};
use crate::json::Json;
use crate::letterhead::Letterhead;

/// What a region wants done with originals 原图保存.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Originals {
    /// Their hashes alone.
    #[default]
    Hashed,
    /// Their bytes as well, where there is room and the server takes them ([`Originals::possible`]).
    Kept,
}

/// What a region decides for the phones that work in it. `GET /api/region-rules`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RegionRules {
    /// Originals of photos.
    #[serde(default)]
    pub originals: Originals,
    /// How the region's office names itself in documents; only whoever writes one reads it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letterhead: Option<Json<Letterhead>>,
}

impl Originals {
    /// What becomes of an original with these bytes where it is wanted: only what a server stores can be promised
    /// ([`check_jpeg`]), so PNG and HEIC, photos with a film behind them, and those above 12 megapixels leave their hash.
    pub fn possible(bytes: &[u8]) -> Self {
        let fits = bytes.len() as u64 <= MAX_JPEG_BYTES && check_jpeg(bytes).is_ok();
        if fits { Self::Kept } else { Self::Hashed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_server_stores_is_kept() {
        let jpeg = [0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0x04, 0xb0, 0x06, 0x40, 1, 1, 0x11, 0, 0xff, 0xd9];
        let film = [&jpeg[..], b"\0\0\0\x18ftypmp42"].concat();
        for (name, bytes, expected) in [
            ("a camera's JPEG", &jpeg[..], Originals::Kept),
            ("a photo with a film behind it", &film, Originals::Hashed),
            ("a PNG", b"\x89PNG\r\n\x1a\n", Originals::Hashed),
        ] {
            assert_eq!(Originals::possible(bytes), expected, "{name}");
        }
    }
}
