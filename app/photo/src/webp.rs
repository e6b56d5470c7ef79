//! WebP: what WeChat and Android's screenshots hand over. Decoded whole, within the bound on working memory.

use std::io::Cursor;

use image_webp::WebPDecoder;
use xunan_core::evidence::FileClaims;

use crate::decoded::{Decoded, Size, over_white, rgb_image};
use crate::exif;
use crate::refusal::{ForeignFormat, PhotoRefused};

/// What a lossy picture with compressed transparency holds for each pixel while it is decoded: 1.5 bytes of planes,
/// 4 of output, and the alpha plane with its own decoder.
const WORKING_BYTES_PER_PIXEL: u64 = 8;

/// Decodes the whole picture.
///
/// # Errors
/// [`PhotoRefused::TooManyPixels`] by header; [`PhotoRefused::Broken`] for damaged or cut off data;
/// [`PhotoRefused::UnsupportedFormat`] for a moving one.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded, PhotoRefused> {
    let Header { size, claims } = Header::read(bytes)?;
    size.check_working_bytes(size.pixels() * WORKING_BYTES_PER_PIXEL)?;
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(PhotoRefused::broken)?;
    if decoder.dimensions() != (size.width(), size.height()) {
        return Err(canvas_contradicts());
    }
    let buffer_bytes = decoder.output_buffer_size().ok_or_else(canvas_contradicts)?;
    let mut samples = vec![0; buffer_bytes];
    decoder.read_image(&mut samples).map_err(PhotoRefused::broken)?;
    let rgb = if decoder.has_alpha() {
        samples
            .as_chunks()
            .0
            .iter()
            .flat_map(|&[r, g, b, alpha]| [r, g, b].map(|sample| over_white(sample, alpha)))
            .collect()
    } else {
        samples
    };
    Ok(Decoded { pixels: rgb_image(size.width(), size.height(), rgb)?, full_size: size, claims })
}

struct Header {
    size: Size,
    claims: FileClaims,
}

impl Header {
    /// Walks over the chunks. The decoder takes memory for the coded frame before it compares that with the canvas, so
    /// both sizes are read here and must agree.
    fn read(bytes: &[u8]) -> Result<Self, PhotoRefused> {
        let mut chunks = Chunks { rest: bytes.get(12..).unwrap_or_default() };
        let mut canvas = None;
        let mut frame = None;
        let mut claims = FileClaims::default();
        while let Some(Chunk { name, payload }) = chunks.next()? {
            match name {
                b"VP8X" => canvas = Some(canvas_size(payload)?),
                b"VP8 " | b"VP8L" if frame.is_some() => {
                    return Err(PhotoRefused::broken("two pictures in one WebP"));
                }
                b"VP8 " => frame = Some(lossy_size(payload)?),
                b"VP8L" => frame = Some(lossless_size(payload)?),
                b"ANIM" | b"ANMF" => {
                    return Err(PhotoRefused::UnsupportedFormat { format: ForeignFormat::AnimatedWebp });
                }
                b"EXIF" => {
                    let tiff = payload.strip_prefix(b"Exif\0\0").unwrap_or(payload);
                    claims = exif::claims(tiff);
                }
                _ => {}
            }
        }
        let size = frame.ok_or_else(|| PhotoRefused::broken("a WebP without a picture"))?;
        if canvas.is_some_and(|canvas| canvas != size) {
            return Err(canvas_contradicts());
        }
        Ok(Self { size, claims })
    }
}

/// The canvas of the extended format: three bytes each for width and height, less one.
fn canvas_size(payload: &[u8]) -> Result<Size, PhotoRefused> {
    let &[_, _, _, _, w0, w1, w2, h0, h1, h2, ..] = payload else { return Err(short_header()) };
    Size::of_header(1 + u32::from_le_bytes([w0, w1, w2, 0]), 1 + u32::from_le_bytes([h0, h1, h2, 0]))
}

/// The size of a lossy frame: 14 bits each, behind a frame tag and a start code.
fn lossy_size(payload: &[u8]) -> Result<Size, PhotoRefused> {
    let &[_, _, _, 0x9D, 0x01, 0x2A, w0, w1, h0, h1, ..] = payload else { return Err(short_header()) };
    let side = |bytes| u32::from(u16::from_le_bytes(bytes) & 0x3FFF);
    Size::of_header(side([w0, w1]), side([h0, h1]))
}

/// The size of a lossless frame: 14 bits each, less one, behind a signature.
fn lossless_size(payload: &[u8]) -> Result<Size, PhotoRefused> {
    let &[0x2F, b0, b1, b2, b3, ..] = payload else { return Err(short_header()) };
    let bits = u32::from_le_bytes([b0, b1, b2, b3]);
    Size::of_header(1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))
}

struct Chunk<'a> {
    name: &'a [u8; 4],
    payload: &'a [u8],
}

/// The chunks of a RIFF file, one after the other.
struct Chunks<'a> {
    rest: &'a [u8],
}

impl<'a> Chunks<'a> {
    /// The next chunk, or nothing at the end.
    fn next(&mut self) -> Result<Option<Chunk<'a>>, PhotoRefused> {
        let Some((name, rest)) = self.rest.split_first_chunk() else { return Ok(None) };
        let (length, rest) = rest.split_first_chunk().ok_or_else(short_header)?;
        let length = usize::try_from(u32::from_le_bytes(*length)).unwrap_or(usize::MAX);
        let (payload, rest) = rest.split_at_checked(length).ok_or_else(short_header)?;
        // Chunks begin at even offsets; the last one's padding may be missing.
        self.rest = rest.get(length % 2..).unwrap_or_default();
        Ok(Some(Chunk { name, payload }))
    }
}

fn short_header() -> PhotoRefused {
    PhotoRefused::broken("the file ends before the picture does")
}

fn canvas_contradicts() -> PhotoRefused {
    PhotoRefused::broken("canvas and picture differ in size")
}
