//! Is it a JPEG that a server stores? The header is read, no pixel is decoded. Phones ask the same before they promise an
//! original: what a server refused would hold its record back for ever.

/// One stored file, at most, in bytes: what the photo worker makes of any camera is a tenth of it, and a 12-megapixel
/// original has 3 to 6 MB.
pub const MAX_JPEG_BYTES: u64 = 10 * 1024 * 1024;

/// The longest edge of a stored file, in pixels: that of 12 megapixels with a little more, and two and a half times what
/// the photo worker makes.
pub const MAX_EDGE_PX: u16 = 4096;

/// Why some bytes are not a photo that we store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAJpeg {
    /// It does not begin and end as a JPEG does.
    #[error("not a JPEG file")]
    Format,
    /// The segments before the picture make no sense.
    #[error("a JPEG with a broken header")]
    Header,
    /// Neither baseline nor progressive.
    #[error("a JPEG of a kind that browsers do not show")]
    Coding,
    /// No pixels, or too many.
    #[error("a JPEG with an edge of 0 or above {MAX_EDGE_PX} pixels")]
    Size,
}

/// Width and height in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dimensions {
    /// 1 to [`MAX_EDGE_PX`].
    pub width_px: u16,
    /// 1 to [`MAX_EDGE_PX`].
    pub height_px: u16,
}

/// Reads the header of a JPEG (ITU-T T.81, annex B) up to its frame.
///
/// # Errors
/// [`NotAJpeg`].
pub fn check_jpeg(bytes: &[u8]) -> Result<Dimensions, NotAJpeg> {
    let Some(mut rest) = bytes.strip_prefix(&[0xff, 0xd8]).filter(|rest| rest.ends_with(&[0xff, 0xd9]))
    else {
        return Err(NotAJpeg::Format);
    };
    loop {
        // A marker may be filled with any number of 0xff before it.
        let [0xff, after @ ..] = rest else { return Err(NotAJpeg::Header) };
        rest = after;
        while let [0xff, after @ ..] = rest {
            rest = after;
        }
        let [marker, high, low, after @ ..] = rest else { return Err(NotAJpeg::Header) };
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        // The length counts its own two bytes.
        let segment = length.checked_sub(2).and_then(|length| after.get(..length)).ok_or(NotAJpeg::Header)?;
        match marker {
            0xc0..=0xc2 => return frame(segment),
            // DHT, JPG extension and DAC share the range of the frames.
            0xc4 | 0xc8 | 0xcc => {}
            0xc3..=0xcf => return Err(NotAJpeg::Coding),
            // Tables, restart interval, application data, comment. Everything else belongs behind the frame.
            0xdb | 0xdd | 0xe0..=0xef | 0xfe => {}
            _ => return Err(NotAJpeg::Header),
        }
        rest = &after[length - 2..];
    }
}

fn frame(segment: &[u8]) -> Result<Dimensions, NotAJpeg> {
    let [8, y1, y0, x1, x0, components, specs @ ..] = segment else { return Err(NotAJpeg::Header) };
    if !matches!(components, 1 | 3) || specs.len() != 3 * usize::from(*components) {
        return Err(NotAJpeg::Header);
    }
    let dimensions =
        Dimensions { width_px: u16::from_be_bytes([*x1, *x0]), height_px: u16::from_be_bytes([*y1, *y0]) };
    let fits = |edge: u16| (1..=MAX_EDGE_PX).contains(&edge);
    if fits(dimensions.width_px) && fits(dimensions.height_px) { Ok(dimensions) } else { Err(NotAJpeg::Size) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A JPEG's skeleton: start, a comment, a frame, end.
    fn skeleton(sof: u8, width: u16, height: u16) -> Vec<u8> {
        let ([x1, x0], [y1, y0]) = (width.to_be_bytes(), height.to_be_bytes());
        let mut bytes = vec![0xff, 0xd8, 0xff, 0xfe, 0, 4, b'h', b'i', 0xff, 0xff, sof, 0, 11, 8];
        bytes.extend([y1, y0, x1, x0, 1, 1, 0x11, 0, 0xff, 0xd9]);
        bytes
    }

    #[test]
    fn only_a_jpeg_of_a_size_that_we_store_is_a_photo() {
        for (bytes, expected) in [
            (skeleton(0xc0, 1600, 1200), Ok(Dimensions { width_px: 1600, height_px: 1200 })),
            (skeleton(0xc2, 4096, 1), Ok(Dimensions { width_px: 4096, height_px: 1 })),
            (skeleton(0xc0, 4097, 1), Err(NotAJpeg::Size)),
            (skeleton(0xc0, 1, 60000), Err(NotAJpeg::Size)),
            (skeleton(0xc0, 0, 7), Err(NotAJpeg::Size)),
            (skeleton(0xc3, 16, 16), Err(NotAJpeg::Coding)),
            (skeleton(0xc9, 16, 16), Err(NotAJpeg::Coding)),
            (skeleton(0xda, 16, 16), Err(NotAJpeg::Header)),
            (vec![], Err(NotAJpeg::Format)),
            (b"\x89PNG\r\n\x1a\n".to_vec(), Err(NotAJpeg::Format)),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), Err(NotAJpeg::Format)),
            (b"\xff\xd8<html>\xff\xd9".to_vec(), Err(NotAJpeg::Header)),
            (b"\xff\xd8\xff\xe0\xff\xff\xff\xd9".to_vec(), Err(NotAJpeg::Header)),
            (b"\xff\xd8\xff\xe0\x00\x01\xff\xd9".to_vec(), Err(NotAJpeg::Header)),
            (b"\xff\xd8\xff\xd9".to_vec(), Err(NotAJpeg::Header)),
        ] {
            assert_eq!(check_jpeg(&bytes), expected, "{bytes:x?}");
        }
    }

    #[test]
    fn no_cut_of_a_jpeg_is_one() {
        let whole = skeleton(0xc0, 16, 16);
        for end in 0..whole.len() {
            assert!(check_jpeg(&whole[..end]).is_err(), "{end}");
        }
    }
}
