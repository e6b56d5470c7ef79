//! Lines of text over the lower edge of a picture 水印: who, where and when, for people who see it printed or passed on.
//! The proof is the signature over the hash; the lines are only for the eye.
//!
//! Letters are drawn by the browser, with the system's fonts: Chinese ones are tens of megabytes. It draws a strip for
//! a width that it is told, and the pipeline lays that over the picture before it is encoded.

use image::RgbImage;

use crate::decoded::mixed;
use crate::encode::Way;

/// Lines to be drawn, and who draws them.
#[derive(Clone, Copy)]
pub struct Mark<'a> {
    /// From the top down.
    pub lines: &'a [String],
    /// Draws the lines into a strip; nothing when it cannot.
    pub draw: &'a dyn Fn(StripSpace) -> Option<Strip>,
}

/// The space that a picture has for a strip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StripSpace {
    /// Width of the picture, and so of the strip, in pixels.
    pub width_px: u32,
    /// Height of the picture, in pixels. Letters are sized by its edges.
    pub picture_height_px: u32,
    /// The strip is at most so high, in pixels: two thirds of a picture stay free.
    pub max_height_px: u32,
}

/// A drawn strip: as wide as the picture, transparent where the picture shows through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strip {
    /// Red, green, blue and alpha (not premultiplied), row by row.
    pub rgba: Vec<u8>,
}

/// Draws the lines over the lower edge of `pixels`, as it is seen from `way`. Whether they could be drawn.
#[must_use]
pub(crate) fn draw(pixels: &mut RgbImage, way: Way, mark: Mark<'_>) -> Drawn {
    let (width, height) = (u32::from(way.width()), u32::from(way.height()));
    let space = StripSpace { width_px: width, picture_height_px: height, max_height_px: height / 3 };
    let Some(Strip { rgba }) = (mark.draw)(space) else { return Drawn::Not };
    let strip = rgba.as_chunks::<4>().0;
    let Some(rows) = strip.len().checked_div(width as usize).filter(|rows| {
        (1..=space.max_height_px as usize).contains(rows) && rows * width as usize * 4 == rgba.len()
    }) else {
        return Drawn::Not;
    };
    let stored = pixels.as_chunks_mut::<3>().0;
    let top = usize::from(way.height()) - rows;
    for (number, row) in strip.chunks_exact(width as usize).enumerate() {
        for (x, &[red, green, blue, alpha]) in row.iter().enumerate() {
            if let Some(pixel) = stored.get_mut(way.place_of(x, top + number)) {
                for (below, above) in pixel.iter_mut().zip([red, green, blue]) {
                    *below = mixed(above, alpha, *below);
                }
            }
        }
    }
    Drawn::Over
}

/// Whether a strip was drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Drawn {
    /// Over the picture.
    Over,
    /// The browser cannot, or the picture is too small to read anything on it.
    Not,
}
