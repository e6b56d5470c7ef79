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
            grown(blue, width);
            grown(red, width);
        }
    }
}

/// How bright each pixel is.
fn brightness(row: &[[u8; 3]], luma: &mut Vec<u8>) {
    for (bright, &[r, g, b]) in grown(luma, row.len()).iter_mut().zip(row) {
        *bright = rgb_to_ycbcr(r, g, b).0;
    }
}

/// The colours of the four pixels of each two columns and two rows, at the place of all four. The encoder's own way of it
/// costs a division for each, and its default takes one of the four: red wires on white walls get teeth.
fn colours(above: &[[u8; 3]], below: &[[u8; 3]], blue: &mut Vec<u8>, red: &mut Vec<u8>) {
    let (blue, red) = (grown(blue, above.len()), grown(red, above.len()));
    let ((above, above_end), (below, below_end)) = (above.as_chunks::<2>(), below.as_chunks::<2>());
    let ((blue, blue_end), (red, red_end)) = (blue.as_chunks_mut::<2>(), red.as_chunks_mut::<2>());
    for (((above, below), blue), red) in above.iter().zip(below).zip(blue).zip(red) {
        let [cb, cr] = shades([above[0], above[1], below[0], below[1]]);
        (*blue, *red) = ([cb; 2], [cr; 2]);
    }
    // The last column of an odd width.
    for (((above, below), blue), red) in above_end.iter().zip(below_end).zip(blue_end).zip(red_end) {
        [*blue, *red] = shades([*above, *above, *below, *below]);
    }
}

/// How blue and how red four pixels are together, as JFIF 1.02 has it (BT.601), in 65536ths.
fn shades(four: [[u8; 3]; 4]) -> [u8; 2] {
    let [r, g, b] = [0, 1, 2].map(|channel| four.iter().map(|pixel| i32::from(pixel[channel])).sum::<i32>());
    let half = (128 << 18) + (1 << 17) - 1;
    // The weights of each add up to nothing, and the largest is half a channel: so it is within a byte.
    [-11_059 * r - 21_709 * g + 32_768 * b, 32_768 * r - 27_439 * g - 5_329 * b]
        .map(|weighted| ((weighted + half) >> 18) as u8)
}

/// So many places more at the end of `samples`.
fn grown(samples: &mut Vec<u8>, by: usize) -> &mut [u8] {
    let before = samples.len();
    samples.resize(before + by, 0);
    &mut samples[before..]
}
