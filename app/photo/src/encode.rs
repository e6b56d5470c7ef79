//! Writing JPEG, upright. The picture is turned while the encoder reads it: no turned copy is ever made.

use std::cell::RefCell;

use image::RgbImage;
use jpeg_encoder::{
    ChromaSubsamplingMethod, Encoder, ImageBuffer, JpegColorType, SamplingFactor, rgb_to_ycbcr,
};
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
    // The encoder keeps the colour of one pixel in four: `Rows` has put there what the four have in common.
    encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
    encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Nearest);
    encoder.encode_image(Rows::of(upright)).map_err(PhotoRefused::broken)?;
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

    /// Copies pixels that lie in a row in the store, from `place` on by `step` of 1 or -1.
    fn copy(self, place: usize, step: isize, into: &mut [[u8; 3]]) {
        let first = if step == 1 { place } else { (place + 1).saturating_sub(into.len()) };
        if let Some(stored) = self.pixels.get(first..first + into.len()) {
            into.copy_from_slice(stored);
        }
        if step == -1 {
            into.reverse();
        }
    }

    fn pixel(self, x: usize, y: usize) -> [u8; 3] {
        self.pixels.get(self.way.place_of(x, y)).copied().unwrap_or_default()
    }
}

/// Rows that are read at once: so many as the encoder codes together.
const BAND: usize = 16;

/// Pixels converted at once: enough for the compiler to use SIMD.
const LANES: usize = 16;

/// The rows of a picture as the encoder asks for them, from the top down.
struct Rows<'a> {
    upright: Upright<'a>,
    band: RefCell<Band>,
}

/// Some rows, upright.
#[derive(Default)]
struct Band {
    /// The first row, counted from the top; the band holds [`BAND`] of them, or what is left.
    first: usize,
    pixels: Vec<[u8; 3]>,
}

impl<'a> Rows<'a> {
    fn of(upright: Upright<'a>) -> Self {
        Self { upright, band: RefCell::default() }
    }
}

impl Band {
    /// Reads the band that begins with row `first`. Pixels are taken in the order in which they are stored: a picture that
    /// lies on its side would else cost a line of the cache for each.
    fn read(&mut self, upright: Upright<'_>, first: usize) {
        let (way, width) = (upright.way, upright.width());
        let rows = BAND.min(usize::from(way.height) - first);
        self.first = first;
        self.pixels.clear();
        self.pixels.resize(rows * width, [0; 3]);
        if way.to_right.abs() == 1 {
            for (y, row) in (first..).zip(self.pixels.chunks_exact_mut(width)) {
                upright.copy(way.place_of(0, y), way.to_right, row);
            }
        } else {
            let mut column = [[0; 3]; BAND];
            for x in 0..width {
                upright.copy(way.place_of(x, first), way.to_below, &mut column[..rows]);
                for (pixel, stored) in self.pixels[x..].iter_mut().step_by(width).zip(column) {
                    *pixel = stored;
                }
            }
        }
    }

    /// Row `y` of the picture, which is one of the band's; the last one for what lies below it.
    fn row(&self, y: usize, width: usize) -> &[[u8; 3]] {
        let last = self.pixels.len() / width - 1;
        &self.pixels[(y - self.first).min(last) * width..][..width]
    }
}

impl ImageBuffer for Rows<'_> {
    fn get_jpeg_color_type(&self) -> JpegColorType {
        JpegColorType::Ycbcr
    }

    fn width(&self) -> u16 {
        self.upright.way.width
    }

    fn height(&self) -> u16 {
        self.upright.way.height
    }

    fn fill_buffers(&self, y: u16, [luma, blue, red, _]: &mut [Vec<u8>; 4]) {
        let (y, width) = (usize::from(y), self.upright.width());
        let mut band = self.band.borrow_mut();
        let first = y - y % BAND;
        if band.pixels.is_empty() || band.first != first {
            band.read(self.upright, first);
        }
        brightness(band.row(y, width), luma);
        // The last row is asked for again, until the last blocks are full.
        if y % 2 == 0 || y + 1 == usize::from(self.upright.way.height) {
            colours(band.row(y & !1, width), band.row(y | 1, width), blue, red);
        } else {
            // Nobody looks at the colours of every second row.
            blue.resize(blue.len() + width, 0);
            red.resize(red.len() + width, 0);
        }
    }
}

/// How bright each pixel is.
fn brightness(row: &[[u8; 3]], luma: &mut Vec<u8>) {
    for pixels in row.chunks(LANES) {
        let (mut rgb, mut bright) = ([[0; 3]; LANES], [0; LANES]);
        rgb[..pixels.len()].copy_from_slice(pixels);
        for (bright, [r, g, b]) in bright.iter_mut().zip(rgb) {
            *bright = rgb_to_ycbcr(r, g, b).0;
        }
        luma.extend_from_slice(&bright[..pixels.len()]);
    }
}

/// The colours of the four pixels of each two columns and two rows, at the place of all four. The encoder's own way of it
/// costs a division for each, and its default takes one of the four: red wires on white walls get teeth.
fn colours(above: &[[u8; 3]], below: &[[u8; 3]], blue: &mut Vec<u8>, red: &mut Vec<u8>) {
    for (above, below) in above.chunks(2 * LANES).zip(below.chunks(2 * LANES)) {
        let mut sums = [[0; LANES]; 3];
        for (pair, (above, below)) in above.chunks(2).zip(below.chunks(2)).enumerate() {
            for (channel, sums) in sums.iter_mut().enumerate() {
                let of = |pixels: &[[u8; 3]]| {
                    i32::from(pixels[0][channel]) + i32::from(pixels[pixels.len() - 1][channel])
                };
                sums[pair] = of(above) + of(below);
            }
        }
        let (mut cb, mut cr) = ([[0; 2]; LANES], [[0; 2]; LANES]);
        for pair in 0..LANES {
            let [r, g, b] = [sums[0][pair], sums[1][pair], sums[2][pair]];
            cb[pair] = [shade([-11_059, -21_709, 32_768], [r, g, b]); 2];
            cr[pair] = [shade([32_768, -27_439, -5_329], [r, g, b]); 2];
        }
        blue.extend_from_slice(&cb.as_flattened()[..above.len()]);
        red.extend_from_slice(&cr.as_flattened()[..above.len()]);
    }
}

/// How blue or red four pixels are by the sums of their channels, as JFIF 1.02 has it (BT.601), in 65536ths of a fourth.
const fn shade(weights: [i32; 3], sums: [i32; 3]) -> u8 {
    let weighted = weights[0] * sums[0] + weights[1] * sums[1] + weights[2] * sums[2];
    // The weights add up to nothing, the largest of them to half a channel: so this is within a byte.
    ((weighted + (128 << 18) + (1 << 17) - 1) >> 18) as u8
}
