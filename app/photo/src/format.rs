//! What kind of file this is, by its first bytes. File names and MIME types say whatever their sender likes.

use crate::refusal::{ForeignFormat, PhotoRefused};

/// A format that is decoded here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Jpeg,
    Png,
    Webp,
}

/// Recognises a format by its signature.
///
/// # Errors
/// [`PhotoRefused::UnsupportedFormat`] for a picture that the browser may know, [`PhotoRefused::NotAnImage`] for
/// everything else. SVG counts as no image: it is a program that draws.
pub(crate) fn sniff(bytes: &[u8]) -> Result<Format, PhotoRefused> {
    let foreign = |format| Err(PhotoRefused::UnsupportedFormat { format });
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Ok(Format::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Ok(Format::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(Format::Webp),
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => match brand.get(..4) {
            Some(b"avif" | b"avis") => foreign(ForeignFormat::Avif),
            Some(b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1") => {
                foreign(ForeignFormat::Heif)
            }
            _ => Err(PhotoRefused::NotAnImage),
        },
        [0xFF, 0x0A, ..] | [0, 0, 0, 12, b'J', b'X', b'L', b' ', ..] => foreign(ForeignFormat::JpegXl),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => foreign(ForeignFormat::Gif),
        // A bitmap's reserved field is zero; two letters alone would make a picture of every text on BMWs.
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => foreign(ForeignFormat::Bmp),
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => foreign(ForeignFormat::Tiff),
        _ => Err(PhotoRefused::NotAnImage),
    }
}
