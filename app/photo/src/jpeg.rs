//! JPEG: the fast path. The decoder leaves out the fine DCT coefficients, so that a 12-megapixel photo is born with
//! 3 megapixels, in a quarter of the time and memory of a full decode.

mod header;

use image::RgbImage;
use jpeg_decoder::{Decoder, PixelFormat};

use crate::decoded::{Decoded, Size, rgb_image};
use crate::exif;
use crate::refusal::PhotoRefused;
use header::Header;

/// Decodes to the smallest size the DCT gives whose long edge is still at least `edge` pixels.
///
/// # Errors
/// As [`Header::read`], and [`PhotoRefused::Broken`] for damaged coded data.
pub(crate) fn decode(bytes: &[u8], edge: u32) -> Result<Decoded, PhotoRefused> {
    let Header { size, exif } = Header::read(bytes)?;
    let mut decoder = Decoder::new(bytes);
    let (width, height) = decoder
        .scale(wanted(size.width(), size, edge), wanted(size.height(), size, edge))
        .map_err(PhotoRefused::broken)?;
    let samples = decoder.decode().map_err(PhotoRefused::broken)?;
    let format = decoder.info().ok_or_else(|| PhotoRefused::broken("a JPEG without a picture"))?.pixel_format;
    let pixels = rgb_from_samples(samples, format, u32::from(width), u32::from(height))?;
    Ok(Decoded { pixels, full_size: size, claims: exif::claims(exif) })
}

/// The length to ask for. The decoder is content when *either* edge reaches what was asked; so only the long edge may
/// count, and the short one asks for what no scale reaches.
fn wanted(length: u32, size: Size, edge: u32) -> u16 {
    if length == size.long_edge() { u16::try_from(edge.min(length)).unwrap_or(u16::MAX) } else { u16::MAX }
}

fn rgb_from_samples(
    samples: Vec<u8>,
    format: PixelFormat,
    width: u32,
    height: u32,
) -> Result<RgbImage, PhotoRefused> {
    let rgb = match format {
        PixelFormat::RGB24 => samples,
        PixelFormat::L8 => samples.into_iter().flat_map(|grey| [grey; 3]).collect(),
        PixelFormat::CMYK32 => samples.as_chunks().0.iter().flat_map(|&ink| rgb_from_cmyk(ink)).collect(),
        // Only a lossless JPEG has these, and the header was refused.
        PixelFormat::L16 => return Err(PhotoRefused::broken("sixteen-bit samples in an eight-bit JPEG")),
    };
    rgb_image(width, height, rgb)
}

/// Prints ink on white paper: each channel is what its ink and the black ink let through.
fn rgb_from_cmyk([cyan, magenta, yellow, black]: [u8; 4]) -> [u8; 3] {
    [cyan, magenta, yellow].map(|ink| {
        let light = u32::from(255 - ink) * u32::from(255 - black);
        // At most 255 by construction.
        ((light + 127) / 255) as u8
    })
}
