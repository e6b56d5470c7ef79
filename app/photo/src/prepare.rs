//! The pipeline itself.

use image::RgbImage;
use xunan_core::digest::Digest;
use xunan_core::evidence::{Decoder, FileClaims, Likeness, Orientation, PhotoStep};

use crate::decoded::{Decoded, Size, over_white, rgb_image};
use crate::encode::{self, Upright, Way};
use crate::format::{self, Format};
use crate::mark::{self, Drawn, Mark};
use crate::refusal::PhotoRefused;
use crate::resize::{Care, resize, resized};
use crate::{jpeg, limits, png, webp};

/// A photo that is ready to be stored, signed for and sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    /// What the file said of itself. Nothing of that is in `jpeg`.
    pub claims: FileClaims,
    /// What was done from the original's bytes to `jpeg`, in order.
    pub steps: Vec<PhotoStep>,
    /// What the picture looks like from afar, before anything was drawn over it.
    pub likeness: Likeness,
    /// The picture: JPEG, upright, long edge at most [`limits::LONG_EDGE_PX`], without metadata.
    pub jpeg: Vec<u8>,
    /// SHA-256 of `jpeg`.
    pub jpeg_digest: Digest,
    /// Width of the picture as it is seen, in pixels.
    pub width: u32,
    /// Height of the picture as it is seen, in pixels.
    pub height: u32,
    /// The picture with a long edge of at most [`limits::THUMBNAIL_EDGE_PX`]: JPEG, upright, without metadata. It bears
    /// no lines: nobody could read them, and they would hide a sixth of it.
    pub thumbnail: Vec<u8>,
    /// SHA-256 of `thumbnail`.
    pub thumbnail_digest: Digest,
}

/// Prepares a photo from the bytes of a JPEG, PNG or WebP. Smaller pictures keep their size. With a `mark`, its lines are
/// drawn over the picture.
///
/// # Errors
/// [`PhotoRefused`], for every file that is not an honest picture within [`limits`]. Never panics.
pub fn prepare(bytes: &[u8], mark: Option<Mark<'_>>) -> Result<Prepared, PhotoRefused> {
    match bytes.len() {
        0 => return Err(PhotoRefused::Empty),
        length if length > limits::MAX_BYTES => {
            return Err(PhotoRefused::TooManyBytes { bytes: length as u64 });
        }
        _ => {}
    }
    let decoded = match format::sniff(bytes)? {
        Format::Jpeg => jpeg::decode(bytes, limits::LONG_EDGE_PX)?,
        Format::Png => png::decode(bytes, limits::LONG_EDGE_PX)?,
        Format::Webp => webp::decode(bytes)?,
    };
    finish(Decoder::App, decoded, mark)
}

/// Pixels that somebody else has decoded, turned upright and perhaps reduced, though not below
/// [`limits::LONG_EDGE_PX`]: the browser, of the formats that only it knows ([`PhotoRefused::UnsupportedFormat`]).
#[derive(Clone, Copy, Debug)]
pub struct Foreign<'a> {
    /// Width and height before it was reduced, in pixels.
    pub full_size: (u32, u32),
    /// Width and height of what is here, in pixels.
    pub size: (u32, u32),
    /// The pixels, four bytes each.
    pub rgba: &'a [u8],
}

/// Prepares a photo that the browser has decoded. What such a file claims of itself is not read.
///
/// # Errors
/// [`PhotoRefused`] as [`prepare`]; [`PhotoRefused::Broken`] when there are more or fewer pixels than its size asks for.
pub fn prepare_decoded(foreign: Foreign<'_>, mark: Option<Mark<'_>>) -> Result<Prepared, PhotoRefused> {
    let full_size = Size::of_header(foreign.full_size.0, foreign.full_size.1)?;
    let size = Size::of_header(foreign.size.0, foreign.size.1)?;
    if foreign.rgba.len() as u64 != size.pixels() * 4 {
        return Err(PhotoRefused::broken("another number of pixels than width and height say"));
    }
    let rgb = foreign
        .rgba
        .as_chunks()
        .0
        .iter()
        .flat_map(|&[r, g, b, alpha]| [r, g, b].map(|sample| over_white(sample, alpha)));
    let pixels = rgb_image(size.width(), size.height(), rgb.collect())?;
    let decoded = Decoded { pixels, full_size, claims: FileClaims::default() };
    finish(Decoder::Browser, decoded, mark)
}

fn finish(by: Decoder, decoded: Decoded, mark: Option<Mark<'_>>) -> Result<Prepared, PhotoRefused> {
    let orientation = decoded.orientation();
    let Decoded { pixels, full_size, claims } = decoded;
    let mut steps = vec![PhotoStep::Decoded { by }];
    let size = full_size.within(limits::LONG_EDGE_PX);
    let mut pixels = resize(pixels, size, Care::Sharp)?;
    if size != full_size {
        steps.push(PhotoStep::Shrunk { from: full_size.for_record(), to: size.for_record() });
    }
    // Whether it is blank, what it is like and the thumbnail are about the picture, not about lines drawn over it.
    let small = resized(&pixels, full_size.within(limits::THUMBNAIL_EDGE_PX), Care::Quick)?;
    if brightness_variance(&small) < limits::BLANK_VARIANCE {
        return Err(PhotoRefused::Blank);
    }
    let small = Upright::new(&small, Way::over(&small, orientation)?);
    let likeness = likeness(small)?;
    let thumbnail = encode::jpeg(small, limits::THUMBNAIL_QUALITY)?;

    let way = Way::over(&pixels, orientation)?;
    if orientation != Orientation::TopLeft {
        steps.push(PhotoStep::Turned { orientation });
    }
    if let Some(mark) = mark {
        steps.push(match mark::draw(&mut pixels, way, mark) {
            Drawn::Over => PhotoStep::Marked { lines: mark.lines.to_vec() },
            Drawn::Not => PhotoStep::Unmarked,
        });
    }
    let jpeg = encode::jpeg(Upright::new(&pixels, way), limits::QUALITY)?;
    steps.push(PhotoStep::Encoded { quality: limits::QUALITY });
    Ok(Prepared {
        claims,
        steps,
        likeness,
        jpeg_digest: Digest::of(&jpeg),
        jpeg,
        width: u32::from(way.width()),
        height: u32::from(way.height()),
        thumbnail_digest: Digest::of(&thumbnail),
        thumbnail,
    })
}

fn likeness(picture: Upright<'_>) -> Result<Likeness, PhotoRefused> {
    // How bright each colour looks (BT.601), in 256ths that add up to 256.
    let grey = |[red, green, blue]: [u8; 3]| {
        let light = 77 * u32::from(red) + 150 * u32::from(green) + 29 * u32::from(blue);
        (light >> 8) as u8
    };
    let greys: Vec<u8> = picture.pixels().map(grey).collect();
    Likeness::of(picture.width(), &greys).ok_or_else(|| PhotoRefused::broken("a picture without pixels"))
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
