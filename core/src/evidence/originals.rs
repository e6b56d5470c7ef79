//! Whether the untouched bytes of photos are kept too: a region decides, since they cost ten times the room.

use serde::{Deserialize, Serialize};

use super::{PhotoStep, PixelSize};

/// What a region wants done with originals 原图保存.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Originals {
    /// Their hashes alone.
    #[default]
    Hashed,
    /// Their bytes as well, where there is room and the server takes them ([`Originals::fits`]).
    Kept,
}

/// What a region decides for the phones that work in it. `GET /api/region-rules`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RegionRules {
    /// Originals of photos.
    #[serde(default)]
    pub originals: Originals,
}

/// Whether the bytes of an original can be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OriginalFits {
    /// They can.
    Yes,
    /// Too large, or no JPEG: only their hash is kept.
    No,
}

impl Originals {
    /// Bytes of an original that a server takes, at most: a 12-megapixel photo has 3 to 6 MB.
    pub const MAX_BYTES: u64 = 10 * 1024 * 1024;
    /// Its longest edge in pixels, at most: that of 12 megapixels, with a little more.
    pub const MAX_EDGE_PX: u32 = 4096;

    /// Whether an original that begins with `start`, has so many bytes, and was treated by `steps`, is one that a server
    /// takes: a JPEG within the limits.
    pub fn fits(start: &[u8], size_bytes: u64, stored: PixelSize, steps: &[PhotoStep]) -> OriginalFits {
        let shrunk = steps.iter().find_map(|step| match step {
            PhotoStep::Shrunk { from, .. } => Some(*from),
            _ => None,
        });
        let PixelSize { width_px, height_px } = shrunk.unwrap_or(stored);
        let within = size_bytes <= Self::MAX_BYTES && width_px.max(height_px) <= Self::MAX_EDGE_PX;
        if within && start.starts_with(&[0xff, 0xd8, 0xff]) { OriginalFits::Yes } else { OriginalFits::No }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::Decoder;

    #[test]
    fn a_jpeg_within_the_limits_can_be_kept() {
        let size = |edge| PixelSize { width_px: edge, height_px: 900 };
        let from = |edge| vec![PhotoStep::Shrunk { from: size(edge), to: size(1600) }];
        let small = vec![PhotoStep::Decoded { by: Decoder::App }];
        let jpeg: &[u8] = &[0xff, 0xd8, 0xff, 0xe0];
        for (name, start, bytes, steps, expected) in [
            ("a phone's photo", jpeg, 4_000_000, from(4032), OriginalFits::Yes),
            ("a small photo", jpeg, 40_000, small.clone(), OriginalFits::Yes),
            ("a PNG", &[0x89, b'P', b'N', b'G'], 40_000, small, OriginalFits::No),
            ("48 megapixels", jpeg, 9_000_000, from(8000), OriginalFits::No),
            ("11 MB", jpeg, 11 * 1024 * 1024, from(4032), OriginalFits::No),
        ] {
            assert_eq!(Originals::fits(start, bytes, size(1600), &steps), expected, "{name}");
        }
    }
}
