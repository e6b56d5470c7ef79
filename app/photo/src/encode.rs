//! Writing JPEG, upright. The picture is turned while the encoder reads it: no turned copy is ever made.

use image::RgbImage;
use jpeg_encoder::{ChromaSubsamplingMethod, Encoder, ImageBuffer, JpegColorType, rgb_to_ycbcr};
use xunan_core::evidence::Orientation;

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

/// A picture as it has to be seen.
#[derive(Clone, Copy)]
pub(crate) struct Upright<'a> {
    pixels: &'a [[u8; 3]],
    way: Way,
}

/// The way over stored pixels on which they are seen upright, left to right and top to bottom. Steps are counted in
/// stored pixels.
#[derive(Clone, Copy)]
pub(crate) struct Way {
    width: u16,
    height: u16,
    start: isize,
    to_right: isize,
    to_below: isize,
}

impl Way {
    /// The way over a picture whose pixels lie in this orientation.
    ///
    /// # Errors
    /// [`PhotoRefused::Broken`] when an edge is longer than JPEG can say; a resized picture's is not.
    pub(crate) fn over(image: &RgbImage, orientation: Orientation) -> Result<Self, PhotoRefused> {
        let too_long = |_| PhotoRefused::broken("an edge longer than JPEG can say");
        let width = u16::try_from(image.width()).map_err(too_long)?;
        let height = u16::try_from(image.height()).map_err(too_long)?;
        let row = width as isize;
        let (top_left, top_right) = (0, row - 1);
        let bottom_left = row * (height as isize - 1);
        let bottom_right = bottom_left + row - 1;
        // Where the upright picture's first pixel is stored, and which way its right and its bottom lie from there.
        let (start, to_right, to_below) = match orientation {
            Orientation::TopLeft => (top_left, 1, row),
            Orientation::TopRight => (top_right, -1, row),
            Orientation::BottomRight => (bottom_right, -1, -row),
            Orientation::BottomLeft => (bottom_left, 1, -row),
            Orientation::LeftTop => (top_left, row, 1),
            Orientation::RightTop => (bottom_left, -row, 1),
            Orientation::RightBottom => (bottom_right, -row, -1),
            Orientation::LeftBottom => (top_right, row, -1),
        };
        let (width, height) = match orientation {
            Orientation::TopLeft
            | Orientation::TopRight
            | Orientation::BottomRight
            | Orientation::BottomLeft => (width, height),
            Orientation::LeftTop
            | Orientation::RightTop
            | Orientation::RightBottom
            | Orientation::LeftBottom => (height, width),
        };
        Ok(Self { width, height, start, to_right, to_below })
    }

    /// Width of the picture as it is seen, in pixels.
    pub(crate) const fn width(self) -> u16 {
        self.width
    }

    /// Height of the picture as it is seen, in pixels.
    pub(crate) const fn height(self) -> u16 {
        self.height
    }

    /// Where a pixel is stored that is seen at this place; beyond all pixels when the picture does not reach so far.
    pub(crate) fn place_of(self, x: usize, y: usize) -> usize {
        let at = self.start + x as isize * self.to_right + y as isize * self.to_below;
        usize::try_from(at).unwrap_or(usize::MAX)
    }
}

impl<'a> Upright<'a> {
    /// Looks at `image` on its `way`.
    pub(crate) fn new(image: &'a RgbImage, way: Way) -> Self {
        Self { pixels: image.as_raw().as_chunks().0, way }
    }

    /// The pixels as they are seen, row by row.
    pub(crate) fn pixels(self) -> impl Iterator<Item = [u8; 3]> {
        let (width, height) = (usize::from(self.way.width), usize::from(self.way.height));
        (0..height).flat_map(move |y| (0..width).map(move |x| (x, y))).map(move |(x, y)| self.pixel(x, y))
    }

    /// Width of the picture as it is seen, in pixels.
    pub(crate) fn width(self) -> usize {
        usize::from(self.way.width)
    }

    fn pixel(self, x: usize, y: usize) -> [u8; 3] {
        self.pixels.get(self.way.place_of(x, y)).copied().unwrap_or_default()
    }
}

/// Pixels converted at once: enough for the compiler to use SIMD.
const LANES: usize = 16;

impl ImageBuffer for Upright<'_> {
    fn get_jpeg_color_type(&self) -> JpegColorType {
        JpegColorType::Ycbcr
    }

    fn width(&self) -> u16 {
        self.way.width
    }

    fn height(&self) -> u16 {
        self.way.height
    }

    fn fill_buffers(&self, y: u16, [luma, blue, red, _]: &mut [Vec<u8>; 4]) {
        let width = usize::from(self.way.width);
        for x in (0..width).step_by(LANES) {
            let mut rgb = [[0; 3]; LANES];
            let lanes = LANES.min(width - x);
            for (lane, pixel) in rgb[..lanes].iter_mut().enumerate() {
                *pixel = self.pixel(x + lane, usize::from(y));
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
