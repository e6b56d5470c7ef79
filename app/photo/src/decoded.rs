//! What every decoder returns, and the size rules that all of them obey.

use image::RgbImage;
use xunan_core::evidence::{FileClaims, Orientation, PixelSize};

use crate::limits;
use crate::refusal::PhotoRefused;

/// A decoded picture, perhaps already reduced, still lying the way the sensor saw it.
pub(crate) struct Decoded {
    pub(crate) pixels: RgbImage,
    /// The size that the header gives: resizing keeps *its* proportions, whatever a reducing decoder rounded.
    pub(crate) full_size: Size,
    /// What the file says of itself.
    pub(crate) claims: FileClaims,
}

impl Decoded {
    /// How the pixels lie: as the file claims, or else as they are seen.
    pub(crate) fn orientation(&self) -> Orientation {
        self.claims.orientation.unwrap_or(Orientation::TopLeft)
    }
}

/// Width and height, in pixels; never zero, never above [`limits::MAX_EDGE_PX`] or [`limits::MAX_PIXELS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Size {
    width: u32,
    height: u32,
}

impl Size {
    /// Takes the size a header gives, before anything is decoded.
    ///
    /// # Errors
    /// [`PhotoRefused::Broken`] when an edge is zero, [`PhotoRefused::TooManyPixels`] above the limits.
    pub(crate) fn of_header(width: u32, height: u32) -> Result<Self, PhotoRefused> {
        if width == 0 || height == 0 {
            return Err(PhotoRefused::broken("a picture without width or height"));
        }
        let size = Self { width, height };
        if width > limits::MAX_EDGE_PX || height > limits::MAX_EDGE_PX || size.pixels() > limits::MAX_PIXELS {
            return Err(size.too_many_pixels());
        }
        Ok(size)
    }

    pub(crate) const fn width(self) -> u32 {
        self.width
    }

    pub(crate) const fn height(self) -> u32 {
        self.height
    }

    pub(crate) fn long_edge(self) -> u32 {
        self.width.max(self.height)
    }

    pub(crate) fn pixels(self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    /// The same proportions with a long edge of at most `edge`; never larger than it is, never without an edge.
    pub(crate) fn within(self, edge: u32) -> Self {
        let long_edge = self.long_edge();
        if long_edge <= edge {
            return self;
        }
        let scaled = |length: u32| {
            let scaled =
                (u64::from(length) * u64::from(edge) + u64::from(long_edge) / 2) / u64::from(long_edge);
            u32::try_from(scaled).map_or(edge, |scaled| scaled.clamp(1, edge))
        };
        Self { width: scaled(self.width), height: scaled(self.height) }
    }

    pub(crate) const fn for_record(self) -> PixelSize {
        PixelSize { width_px: self.width, height_px: self.height }
    }

    /// Checks what a decoder will hold besides its output.
    ///
    /// # Errors
    /// [`PhotoRefused::TooManyPixels`] above [`limits::MAX_WORKING_BYTES`].
    pub(crate) fn check_working_bytes(self, bytes: u64) -> Result<(), PhotoRefused> {
        if bytes > limits::MAX_WORKING_BYTES { Err(self.too_many_pixels()) } else { Ok(()) }
    }

    const fn too_many_pixels(self) -> PhotoRefused {
        PhotoRefused::TooManyPixels { width_px: self.width, height_px: self.height }
    }
}

/// Puts rows of pixels into the `image` crate's type.
///
/// # Errors
/// [`PhotoRefused::Broken`] when the decoder gave more or fewer bytes than it promised.
pub(crate) fn rgb_image(width: u32, height: u32, rgb: Vec<u8>) -> Result<RgbImage, PhotoRefused> {
    RgbImage::from_raw(width, height, rgb)
        .filter(|image| image.as_raw().len() as u64 == u64::from(width) * u64::from(height) * 3)
        .ok_or_else(|| PhotoRefused::broken("the decoder gave another number of pixels than the header"))
}

/// Lays one sample of a pixel over white paper, as a viewer would show it.
pub(crate) fn over_white(sample: u8, alpha: u8) -> u8 {
    mixed(sample, alpha, 255)
}

/// Lays one sample of a pixel over one below it, as glass.
pub(crate) fn mixed(above: u8, alpha: u8, below: u8) -> u8 {
    let sum = u32::from(above) * u32::from(alpha) + u32::from(below) * (255 - u32::from(alpha));
    // At most 255 by construction.
    ((sum + 127) / 255) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_long_edge_is_met_exactly_and_the_short_one_is_rounded() {
        let within = |width, height| {
            let size = Size { width, height }.within(1600);
            (size.width, size.height)
        };
        assert_eq!(within(4032, 3024), (1600, 1200));
        assert_eq!(within(3024, 4032), (1200, 1600));
        assert_eq!(within(1601, 1601), (1600, 1600));
        assert_eq!(within(65_500, 1), (1600, 1));
        assert_eq!(within(1600, 900), (1600, 900));
        assert_eq!(within(20, 10), (20, 10));
    }

    #[test]
    fn a_header_is_refused_by_edge_and_by_area() {
        assert!(Size::of_header(10_000, 10_000).is_ok());
        for (width, height) in [(10_001, 10_000), (65_501, 1), (u32::MAX, u32::MAX)] {
            assert_eq!(
                Size::of_header(width, height),
                Err(PhotoRefused::TooManyPixels { width_px: width, height_px: height })
            );
        }
        assert!(matches!(Size::of_header(0, 5), Err(PhotoRefused::Broken { .. })));
    }

    #[test]
    fn glass_shows_the_paper_behind_it() {
        assert_eq!((over_white(0, 0), over_white(0, 255), over_white(200, 255)), (255, 0, 200));
        assert_eq!(over_white(0, 128), 127);
    }
}
