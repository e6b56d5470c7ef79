//! The pipeline itself.

use image::RgbImage;
use image::metadata::Orientation;
use xunan_core::digest::Digest;

use crate::decoded::{Decoded, Size, over_white, rgb_image};
use crate::encode::{self, Upright};
use crate::format::{self, Format};
use crate::refusal::PhotoRefused;
use crate::resize::{Care, resize};
use crate::{jpeg, limits, png, webp};

/// A photo that is ready to be stored, signed for and sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    /// SHA-256 of the bytes as they came, taken before anything read them.
    pub original: Digest,
    /// How many bytes those were.
    pub original_bytes: u64,
    /// The picture: JPEG, upright, long edge at most [`limits::LONG_EDGE_PX`], without metadata.
    pub jpeg: Vec<u8>,
    /// SHA-256 of `jpeg`.
    pub jpeg_digest: Digest,
    /// Width of the picture as it is seen, in pixels.
    pub width: u32,
    /// Height of the picture as it is seen, in pixels.
    pub height: u32,
    /// The same picture with a long edge of at most [`limits::THUMBNAIL_EDGE_PX`]: JPEG, upright, without metadata.
    pub thumbnail: Vec<u8>,
    /// SHA-256 of `thumbnail`.
    pub thumbnail_digest: Digest,
}

/// Prepares a photo from the bytes of a JPEG, PNG or WebP. Smaller pictures keep their size.
///
/// # Errors
/// [`PhotoRefused`], for every file that is not an honest picture within [`limits`]. Never panics.
pub fn prepare(bytes: &[u8]) -> Result<Prepared, PhotoRefused> {
    check_length(bytes)?;
    prepare_hashed(Digest::of(bytes), bytes)
}

/// As [`prepare`], for bytes whose hash has been taken already. In the browser WebCrypto takes it: in WebAssembly it
/// would be a sixth of all the work.
///
/// # Errors
/// As [`prepare`].
pub fn prepare_hashed(original: Digest, bytes: &[u8]) -> Result<Prepared, PhotoRefused> {
    check_length(bytes)?;
    let decoded = match format::sniff(bytes)? {
        Format::Jpeg => jpeg::decode(bytes, limits::LONG_EDGE_PX)?,
        Format::Png => png::decode(bytes, limits::LONG_EDGE_PX)?,
        Format::Webp => webp::decode(bytes)?,
    };
    finish(original, bytes.len() as u64, decoded)
}

/// Prepares a photo that somebody else has decoded and turned upright: the browser, for the formats that only it knows
/// ([`PhotoRefused::UnsupportedFormat`]). `original` and `original_bytes` are hash and length of the untouched file,
/// `rgba` its pixels, four bytes each.
///
/// # Errors
/// [`PhotoRefused`] as [`prepare`]; [`PhotoRefused::Broken`] when `rgba` has another length than its size asks for.
pub fn prepare_decoded(
    original: Digest,
    original_bytes: u64,
    rgba: &[u8],
    width: u32,
    height: u32,
) -> Result<Prepared, PhotoRefused> {
    let full_size = Size::of_header(width, height)?;
    if rgba.len() as u64 != full_size.pixels() * 4 {
        return Err(PhotoRefused::broken("another number of pixels than width and height say"));
    }
    let rgb = rgba
        .as_chunks()
        .0
        .iter()
        .flat_map(|&[r, g, b, alpha]| [r, g, b].map(|sample| over_white(sample, alpha)));
    let pixels = rgb_image(width, height, rgb.collect())?;
    finish(original, original_bytes, Decoded { pixels, full_size, orientation: Orientation::NoTransforms })
}

fn check_length(bytes: &[u8]) -> Result<(), PhotoRefused> {
    match bytes.len() {
        0 => Err(PhotoRefused::Empty),
        length if length > limits::MAX_BYTES => Err(PhotoRefused::TooManyBytes { bytes: length as u64 }),
        _ => Ok(()),
    }
}

fn finish(original: Digest, original_bytes: u64, decoded: Decoded) -> Result<Prepared, PhotoRefused> {
    let Decoded { pixels, full_size, orientation } = decoded;
    let pixels = resize(pixels, full_size.within(limits::LONG_EDGE_PX), Care::Sharp)?;
    let upright = Upright::new(&pixels, orientation)?;
    let (width, height) = (u32::from(upright.width()), u32::from(upright.height()));
    let jpeg = encode::jpeg(upright, limits::QUALITY)?;

    let small = resize(pixels, full_size.within(limits::THUMBNAIL_EDGE_PX), Care::Quick)?;
    if brightness_variance(&small) < limits::BLANK_VARIANCE {
        return Err(PhotoRefused::Blank);
    }
    let thumbnail = encode::jpeg(Upright::new(&small, orientation)?, limits::THUMBNAIL_QUALITY)?;
    Ok(Prepared {
        original,
        original_bytes,
        jpeg_digest: Digest::of(&jpeg),
        jpeg,
        width,
        height,
        thumbnail_digest: Digest::of(&thumbnail),
        thumbnail,
    })
}

/// The variance of brightness, in squared grey levels.
fn brightness_variance(pixels: &RgbImage) -> f64 {
    let (mut count, mut sum, mut squares) = (0_u64, 0_u64, 0_u64);
    for pixel in pixels.pixels() {
        let [red, green, blue] = pixel.0.map(u64::from);
        let brightness = red + 2 * green + blue;
        count += 1;
        sum += brightness;
        squares += brightness * brightness;
    }
    if count == 0 {
        return 0.0;
    }
    // Brightness was counted in quarters of a grey level. The sums of a thumbnail are exact in a double.
    let mean = sum as f64 / count as f64;
    (squares as f64 / count as f64 - mean * mean) / 16.0
}
