//! Writing JPEG, upright. The picture is turned while the encoder reads it: no turned copy is ever made.

use image::RgbImage;
use image::metadata::Orientation;
use jpeg_encoder::{ChromaSubsamplingMethod, Encoder, ImageBuffer, JpegColorType, rgb_to_ycbcr};

use crate::refusal::PhotoRefused;

/// Encodes what `upright` shows as a baseline JPEG. It carries the nine bytes of JFIF that say it is one, and no
/// other metadata.
///
/// # Errors
/// [`PhotoRefused::Broken`] when the encoder declines; with the sizes of this pipeline it does not.
pub(crate) fn jpeg(upright: Upright<'_>, quality: u8) -> Result<Vec<u8>, PhotoRefused> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality);
    // The encoder's default takes the colour of one pixel in four, and red wires on white walls get teeth.
    encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Average);
    encoder.encode_image(upright).map_err(PhotoRefused::broken)?;
    Ok(bytes)
}

/// A picture as it has to be seen: stored pixels, and in which steps to walk over them, left to right and top to
/// bottom. Steps are counted in stored pixels.
#[derive(Clone, Copy)]
pub(crate) struct Upright<'a> {
    pixels: &'a [[u8; 3]],
    width: u16,
    height: u16,
    start: isize,
    to_right: isize,
    to_below: isize,
}

impl<'a> Upright<'a> {
    /// Looks at `image` through `orientation`.
    ///
    /// # Errors
    /// [`PhotoRefused::Broken`] when an edge is longer than JPEG can say; a resized picture's is not.
    pub(crate) fn new(image: &'a RgbImage, orientation: Orientation) -> Result<Self, PhotoRefused> {
        let too_long = |_| PhotoRefused::broken("an edge longer than JPEG can say");
        let width = u16::try_from(image.width()).map_err(too_long)?;
        let height = u16::try_from(image.height()).map_err(too_long)?;
        let row = width as isize;
        let (top_left, top_right) = (0, row - 1);
        let bottom_left = row * (height as isize - 1);
        let bottom_right = bottom_left + row - 1;
        // Where the upright picture's first pixel is stored, and which way its right and its bottom lie from there.
        let (start, to_right, to_below) = match orientation {
            Orientation::NoTransforms => (top_left, 1, row),
            Orientation::FlipHorizontal => (top_right, -1, row),
            Orientation::Rotate180 => (bottom_right, -1, -row),
            Orientation::FlipVertical => (bottom_left, 1, -row),
            Orientation::Rotate90FlipH => (top_left, row, 1),
            Orientation::Rotate90 => (bottom_left, -row, 1),
            Orientation::Rotate270FlipH => (bottom_right, -row, -1),
            Orientation::Rotate270 => (top_right, row, -1),
        };
        let (width, height) = match orientation {
            Orientation::NoTransforms
            | Orientation::FlipHorizontal
            | Orientation::Rotate180
            | Orientation::FlipVertical => (width, height),
            Orientation::Rotate90FlipH
            | Orientation::Rotate90
            | Orientation::Rotate270FlipH
            | Orientation::Rotate270 => (height, width),
        };
        Ok(Self { pixels: image.as_raw().as_chunks().0, width, height, start, to_right, to_below })
    }

    pub(crate) fn width(&self) -> u16 {
        self.width
    }

    pub(crate) fn height(&self) -> u16 {
        self.height
    }
}

/// Pixels converted at once: enough for the compiler to use SIMD.
const LANES: usize = 16;

impl ImageBuffer for Upright<'_> {
    fn get_jpeg_color_type(&self) -> JpegColorType {
        JpegColorType::Ycbcr
    }

    fn width(&self) -> u16 {
        self.width
    }

    fn height(&self) -> u16 {
        self.height
    }

    fn fill_buffers(&self, y: u16, [luma, blue, red, _]: &mut [Vec<u8>; 4]) {
        let width = usize::from(self.width);
        let mut at = self.start + y as isize * self.to_below;
        for x in (0..width).step_by(LANES) {
            let mut rgb = [[0; 3]; LANES];
            let lanes = LANES.min(width - x);
            for pixel in &mut rgb[..lanes] {
                *pixel =
                    usize::try_from(at).ok().and_then(|at| self.pixels.get(at)).copied().unwrap_or_default();
                at += self.to_right;
            }
            let (mut y, mut cb, mut cr) = ([0; LANES], [0; LANES], [0; LANES]);
            for lane in 0..LANES {
                let [r, g, b] = rgb[lane];
                (y[lane], cb[lane], cr[lane]) = rgb_to_ycbcr(r, g, b);
            }
            luma.extend_from_slice(&y[..lanes]);
            blue.extend_from_slice(&cb[..lanes]);
            red.extend_from_slice(&cr[..lanes]);
        }
    }
}
