//! A copy of a stored photo for the public 公开用照片: covered for good, smaller, without metadata.
//!
//! What is covered must not be found again in what leaves, not even as the noise that a JPEG puts beside an edge. A JPEG
//! is coded in blocks, and each block carries something of all that lies in it; so whole blocks are covered, all that a
//! shape touches, and the two pixels around them into which a decoder smooths the blocks' colours. The colour is one and
//! the same everywhere: an average, however coarse, would still be an answer about what lies below.

use image::RgbImage;
use xunan_core::digest::Digest;
use xunan_core::evidence::{EDGE, Orientation, PUBLIC_EDGE_PX, Place, Shape};

use crate::encode::{self, Upright, Way};
use crate::refusal::PhotoRefused;
use crate::resize::{Care, resize};
use crate::{jpeg, limits};

/// What covers: the ink of the app, which no lamp or wall has.
pub const COVER: [u8; 3] = [0x15, 0x21, 0x1c];

/// Edge of a coded block, in pixels: of the JPEGs that we store, whose colours are kept for four pixels at once.
const BLOCK_PX: u32 = 16;

/// How far a decoder smooths a block's colours into its neighbours, in pixels, and one more.
const SMOOTHED_PX: u32 = 2;

/// A copy that may leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redacted {
    /// The picture: JPEG, long edge at most [`PUBLIC_EDGE_PX`], without metadata.
    pub jpeg: Vec<u8>,
    /// SHA-256 of `jpeg`.
    pub digest: Digest,
    /// Its width, in pixels.
    pub width: u32,
    /// Its height, in pixels.
    pub height: u32,
}

/// Covers `shapes` in a stored photo. The same photo and the same shapes give the same bytes.
///
/// # Errors
/// [`PhotoRefused`] for what is no JPEG within [`limits`]. [`PhotoRefused::Broken`] for one that claims to lie turned:
/// none that we store does, and the shapes would lie elsewhere than they were drawn.
pub fn redact(bytes: &[u8], shapes: &[Shape]) -> Result<Redacted, PhotoRefused> {
    if bytes.len() > limits::MAX_BYTES {
        return Err(PhotoRefused::TooManyBytes { bytes: bytes.len() as u64 });
    }
    let decoded = jpeg::decode(bytes, u32::MAX)?;
    if decoded.orientation() != Orientation::TopLeft {
        return Err(PhotoRefused::broken("a stored photo does not lie turned"));
    }
    let mut pixels = decoded.pixels;
    let mut blocks = Blocks::over(&pixels);
    shapes.iter().for_each(|shape| blocks.touch(shape));
    blocks.cover(&mut pixels);
    let pixels = resize(pixels, decoded.full_size.within(PUBLIC_EDGE_PX), Care::Sharp)?;
    let way = Way::over(&pixels, Orientation::TopLeft)?;
    let jpeg = encode::jpeg(Upright::new(&pixels, way), limits::QUALITY)?;
    Ok(Redacted { digest: Digest::of(&jpeg), jpeg, width: pixels.width(), height: pixels.height() })
}

/// The coded blocks of a picture, and which of them a shape touches.
struct Blocks {
    /// The picture's size, in pixels.
    width: u32,
    height: u32,
    /// Blocks in a row.
    columns: u32,
    touched: Vec<bool>,
}

impl Blocks {
    fn over(pixels: &RgbImage) -> Self {
        let (width, height) = pixels.dimensions();
        let (columns, rows) = (width.div_ceil(BLOCK_PX), height.div_ceil(BLOCK_PX));
        Self { width, height, columns, touched: vec![false; columns as usize * rows as usize] }
    }

    fn touch(&mut self, shape: &Shape) {
        match shape {
            Shape::Box { from, to } => {
                let (from, to) = (self.pixel(*from), self.pixel(*to));
                self.touch_where(from, to, |_, _| true);
            }
            Shape::Brush { points, width } => {
                let long = f64::from(self.width.max(self.height));
                let radius = f64::from(*width) * long / f64::from(EDGE) / 2.0;
                let mut last = points.first().copied();
                for point in points {
                    let from = last.replace(*point).unwrap_or(*point);
                    self.touch_line(self.pixel(from), self.pixel(*point), radius);
                }
            }
        }
    }

    /// Where a place lies, in pixels.
    fn pixel(&self, place: Place) -> (f64, f64) {
        let along = |thousandths: u16, edge: u32| f64::from(thousandths) * f64::from(edge) / f64::from(EDGE);
        (along(place.0, self.width), along(place.1, self.height))
    }

    /// Touches what lies nearer to a line than `radius`. A block is taken for the circle around it.
    fn touch_line(&mut self, from: (f64, f64), to: (f64, f64), radius: f64) {
        let reach = radius + f64::from(BLOCK_PX) * std::f64::consts::FRAC_1_SQRT_2;
        let corner = (from.0.min(to.0) - radius, from.1.min(to.1) - radius);
        let other = (from.0.max(to.0) + radius, from.1.max(to.1) + radius);
        self.touch_where(corner, other, |x, y| distance((x, y), from, to) <= reach);
    }

    /// Touches the blocks of a rectangle whose middle is wanted.
    fn touch_where(&mut self, from: (f64, f64), to: (f64, f64), wanted: impl Fn(f64, f64) -> bool) {
        let block = f64::from(BLOCK_PX);
        // A cast of what lies below zero gives zero.
        let first = |pixel: f64| (pixel / block).floor() as u32;
        let after = |pixel: f64, edge: u32| ((pixel / block).ceil() as u32).min(edge.div_ceil(BLOCK_PX));
        for row in first(from.1)..after(to.1, self.height) {
            for column in first(from.0)..after(to.0, self.width) {
                let middle = |at: u32| (f64::from(at) + 0.5) * block;
                if wanted(middle(column), middle(row))
                    && let Some(touched) = self.touched.get_mut((row * self.columns + column) as usize)
                {
                    *touched = true;
                }
            }
        }
    }

    /// Paints every touched block, and what its colours are smoothed into.
    fn cover(&self, pixels: &mut RgbImage) {
        for (at, _) in (0_u32..).zip(&self.touched).filter(|(_, touched)| **touched) {
            let around = |block: u32, edge: u32| {
                let from = (block * BLOCK_PX).saturating_sub(SMOOTHED_PX);
                from..((block + 1) * BLOCK_PX + SMOOTHED_PX).min(edge)
            };
            for y in around(at / self.columns, self.height) {
                for x in around(at % self.columns, self.width) {
                    pixels.put_pixel(x, y, image::Rgb(COVER));
                }
            }
        }
    }
}

/// How far a place is from a line between two others.
fn distance(place: (f64, f64), from: (f64, f64), to: (f64, f64)) -> f64 {
    let line = (to.0 - from.0, to.1 - from.1);
    let away = (place.0 - from.0, place.1 - from.1);
    let length = line.0 * line.0 + line.1 * line.1;
    let along =
        if length > 0.0 { ((away.0 * line.0 + away.1 * line.1) / length).clamp(0.0, 1.0) } else { 0.0 };
    (away.0 - along * line.0).hypot(away.1 - along * line.1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stored(width: u32, height: u32, colour: impl Fn(u32, u32) -> [u8; 3]) -> Vec<u8> {
        let pixels = RgbImage::from_fn(width, height, |x, y| image::Rgb(colour(x, y)));
        encode::jpeg(Upright::new(&pixels, Way::over(&pixels, Orientation::TopLeft).unwrap()), 80).unwrap()
    }

    /// Colours that no coder likes.
    fn noise(seed: u32) -> impl Fn(u32, u32) -> [u8; 3] {
        move |x, y| {
            let mut mixed = (x ^ y.rotate_left(11) ^ seed.rotate_left(22)).wrapping_mul(0x9e37_79b1);
            mixed = (mixed ^ (mixed >> 15)).wrapping_mul(0x85eb_ca6b);
            let [red, green, blue, _] = (mixed ^ (mixed >> 13)).to_be_bytes();
            [red, green, blue]
        }
    }

    fn decoded(jpeg: &[u8]) -> RgbImage {
        jpeg::decode(jpeg, u32::MAX).unwrap().pixels
    }

    fn is_cover(pixel: [u8; 3]) -> bool {
        pixel.iter().zip(COVER).all(|(sample, cover)| sample.abs_diff(cover) <= 3)
    }

    /// The segments of a JPEG before its picture: marker and content.
    fn segments(jpeg: &[u8]) -> Vec<(u8, Vec<u8>)> {
        let mut at = 2;
        let mut all = Vec::new();
        while let [0xff, marker, high, low, ..] = jpeg[at..] {
            let length = usize::from(u16::from_be_bytes([high, low]));
            all.push((marker, jpeg[at + 4..at + 2 + length].to_vec()));
            if marker == 0xda {
                return all;
            }
            at += 2 + length;
        }
        panic!("no picture");
    }

    fn shape() -> impl Strategy<Value = Shape> {
        let place = || (0..=EDGE, 0..=EDGE);
        prop_oneof![
            (place(), place()).prop_filter_map("flat", |(a, b)| {
                let (from, to) = ((a.0.min(b.0), a.1.min(b.1)), (a.0.max(b.0), a.1.max(b.1)));
                (from.0 < to.0 && from.1 < to.1).then_some(Shape::Box { from, to })
            }),
            (prop::collection::vec(place(), 1..6), 1..200_u16)
                .prop_map(|(points, width)| Shape::Brush { points, width }),
        ]
    }

    /// Whether a pixel lies under a shape, asked of geometry alone.
    fn lies_under(shape: &Shape, (x, y): (f64, f64), (width, height): (u32, u32)) -> bool {
        let place = |place: &Place| {
            (f64::from(place.0) * f64::from(width) / 1000.0, f64::from(place.1) * f64::from(height) / 1000.0)
        };
        match shape {
            Shape::Box { from, to } => {
                let (from, to) = (place(from), place(to));
                (from.0..to.0).contains(&x) && (from.1..to.1).contains(&y)
            }
            Shape::Brush { points, width: brush } => {
                let radius = f64::from(*brush) * f64::from(width.max(height)) / 2000.0;
                let ends = points.iter().zip(points.iter().skip(1).chain(points.last()));
                ends.map(|(a, b)| distance((x, y), place(a), place(b))).any(|away| away <= radius)
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn pictures_that_differ_only_under_the_shapes_give_the_same_bytes(
            shapes in prop::collection::vec(shape(), 1..4),
            (width, height) in (17..200_u32, 17..200_u32),
            seeds in (any::<u32>(), any::<u32>()),
        ) {
            let under = |x: u32, y: u32| {
                let middle = (f64::from(x) + 0.5, f64::from(y) + 0.5);
                shapes.iter().any(|shape| lies_under(shape, middle, (width, height)))
            };
            let (open, hidden) = (noise(seeds.0), noise(seeds.1));
            let first = stored(width, height, &open);
            let second = stored(width, height, |x, y| if under(x, y) { hidden(x, y) } else { open(x, y) });
            let [first, second] = [first, second].map(|photo| redact(&photo, &shapes).unwrap());
            prop_assert_eq!(&first.jpeg, &second.jpeg);
            let seen = decoded(&first.jpeg);
            prop_assert_eq!((seen.width(), seen.height()), (width, height));
            for (x, y, pixel) in seen.enumerate_pixels() {
                // The new coder has blocks of its own: only what lies deep inside is exactly the cover.
                let deep = (-16..=16).step_by(4).all(|dx| (-16..=16).step_by(4).all(|dy| {
                    let at = (i64::from(x) + dx, i64::from(y) + dy);
                    let at = (at.0.clamp(0, i64::from(width) - 1), at.1.clamp(0, i64::from(height) - 1));
                    under(at.0 as u32, at.1 as u32)
                }));
                prop_assert!(!deep || is_cover(pixel.0), "{x} {y} {pixel:?}");
            }
        }
    }

    #[test]
    fn what_is_not_under_a_shape_stays_in_sight() {
        let photo = stored(320, 320, |x, _| if x < 160 { [200, 60, 60] } else { [60, 60, 200] });
        let corner = Shape::Box { from: (0, 0), to: (100, 100) };
        let seen = decoded(&redact(&photo, &[corner]).unwrap().jpeg);
        assert!(is_cover(seen.get_pixel(10, 10).0));
        for (x, y, colour) in [(60, 60, [200, 60, 60]), (300, 10, [60, 60, 200]), (10, 300, [200, 60, 60])] {
            let pixel = seen.get_pixel(x, y).0;
            assert!(pixel.iter().zip(colour).all(|(a, b)| a.abs_diff(b) < 12), "{x} {y}: {pixel:?}");
        }
    }

    #[test]
    fn a_copy_is_smaller_and_says_nothing_of_itself_whatever_the_photo_said() {
        let mut photo = stored(1600, 1200, noise(7));
        let told = b"Exif\0\0MM\0*\0\0\0\x08\0\0 room 305";
        let mut with_exif = photo[..2].to_vec();
        for (marker, content) in [(0xe1, &told[..]), (0xed, b"Photoshop 3.0"), (0xfe, b"a comment")] {
            with_exif.extend([0xff, marker]);
            with_exif.extend(u16::try_from(content.len() + 2).unwrap().to_be_bytes());
            with_exif.extend(content);
        }
        with_exif.extend(photo.drain(2..));
        let copy = redact(&with_exif, &[Shape::Box { from: (0, 825), to: (EDGE, EDGE) }]).unwrap();
        assert_eq!((copy.width, copy.height), (1280, 960));
        assert_eq!(copy.digest, Digest::of(&copy.jpeg));
        assert!(!copy.jpeg.windows(8).any(|part| part == b"room 305"));
        for (marker, content) in segments(&copy.jpeg) {
            let says_something = matches!(marker, 0xe0..=0xef | 0xfe);
            // JFIF 1.2, no thumbnail: what says that it is a JPEG at all.
            let jfif = marker == 0xe0 && content.starts_with(b"JFIF\0") && content.len() == 14;
            assert!(!says_something || jfif, "marker {marker:x}: {content:?}");
        }
        // 825 thousandths of 960 rows: below row 792 nothing of the band is left.
        let seen = decoded(&copy.jpeg);
        assert!(seen.rows().skip(800).flatten().all(|pixel| is_cover(pixel.0)));
        assert!(!seen.rows().take(700).flatten().all(|pixel| is_cover(pixel.0)));
    }

    #[test]
    fn a_photo_that_claims_to_lie_turned_is_refused_and_so_is_what_is_no_photo() {
        let photo = stored(64, 64, noise(1));
        let turned = [
            &photo[..2],
            &[0xff, 0xe1, 0, 34],
            b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0",
            &photo[2..],
        ]
        .concat();
        assert!(redact(&photo, &[]).is_ok());
        for (name, bytes) in
            [("turned", &turned[..]), ("empty", &[]), ("cut off", &photo[..100]), ("text", b"hello")]
        {
            assert!(redact(bytes, &[]).is_err(), "{name}");
        }
    }

    #[test]
    fn even_noise_is_no_larger_than_a_picture_of_an_article_may_be() {
        let made = redact(&stored(1280, 1280, noise(3)), &[]).unwrap();
        let (bytes, most) = (made.jpeg.len() as u64, xunan_core::knowledge::ArticlePicture::MAX_BYTES);
        assert_eq!((made.width, made.height), (1280, 1280));
        assert!((most / 2..=most).contains(&bytes), "{bytes} bytes");
    }
}
