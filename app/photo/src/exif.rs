//! What a file's EXIF claims: a reader of TIFF directories that looks up the few fields we tell, and nothing else.
//!
//! Every offset is a number that a stranger wrote. Each is followed once and out of a fixed few places (the first
//! directory, and from it those of the camera and of the satellites), so the work is bounded by the block's length, no
//! memory is taken by its word, and what points outside is as if it were not there.

use xunan_core::evidence::{ClaimedTime, FileClaims, Orientation};
use xunan_core::place::GeoPoint;

mod tag {
    pub(super) const ORIENTATION: u16 = 0x0112;
    pub(super) const CAMERA_DIRECTORY: u16 = 0x8769;
    pub(super) const GPS_DIRECTORY: u16 = 0x8825;
    pub(super) const TAKEN: u16 = 0x9003;
    pub(super) const TAKEN_OFFSET: u16 = 0x9011;
    pub(super) const TAKEN_FRACTION: u16 = 0x9291;
    pub(super) const LATITUDE_SIDE: u16 = 1;
    pub(super) const LATITUDE: u16 = 2;
    pub(super) const LONGITUDE_SIDE: u16 = 3;
    pub(super) const LONGITUDE: u16 = 4;
}

const ASCII: u16 = 2;
const SHORT: u16 = 3;
const LONG: u16 = 4;
const RATIONAL: u16 = 5;

/// Reads the claims of an EXIF block, which begins with its byte order. What is damaged or impossible is not claimed.
pub(crate) fn claims(block: &[u8]) -> FileClaims {
    let Some(tiff) = Tiff::of(block) else { return FileClaims::default() };
    let first = tiff.first_directory();
    let within = |tag| tiff.directory(first.long(tag)?);
    FileClaims {
        taken: within(tag::CAMERA_DIRECTORY).and_then(|camera| taken(&camera)),
        position: within(tag::GPS_DIRECTORY).and_then(|gps| position(&gps)),
        orientation: first
            .short(tag::ORIENTATION)
            .and_then(|number| Orientation::try_from(u8::try_from(number).ok()?).ok()),
    }
}

fn taken(camera: &Directory<'_>) -> Option<ClaimedTime> {
    // `2026:11:22 09:31:07`, with a colon where we have hyphens; spaces or zeros where the camera did not know.
    let (date, time) = camera.text(tag::TAKEN)?.split_once(' ')?;
    let date = date.replace(':', "-");
    let fraction = camera.text(tag::TAKEN_FRACTION).unwrap_or_default();
    let millis: String = fraction.bytes().take(3).filter(u8::is_ascii_digit).map(char::from).collect();
    let civil = format!("{date}T{time}.{millis:0<3}");
    let offset = camera.text(tag::TAKEN_OFFSET).unwrap_or_default();
    format!("{civil}{offset}").parse().or_else(|_| civil.parse()).ok()
}

fn position(gps: &Directory<'_>) -> Option<GeoPoint> {
    let side = |tag, positive, negative| match gps.text(tag)? {
        side if side == positive => Some(1),
        side if side == negative => Some(-1),
        _ => None,
    };
    let latitude = side(tag::LATITUDE_SIDE, "N", "S")? * gps.degrees_e7(tag::LATITUDE)?;
    let longitude = side(tag::LONGITUDE_SIDE, "E", "W")? * gps.degrees_e7(tag::LONGITUDE)?;
    GeoPoint::from_e7(latitude, longitude).ok()
}

/// An EXIF block: a TIFF file without a picture.
#[derive(Clone, Copy)]
struct Tiff<'a> {
    block: &'a [u8],
    order: ByteOrder,
}

#[derive(Clone, Copy)]
enum ByteOrder {
    BigEndian,
    LittleEndian,
}

impl<'a> Tiff<'a> {
    fn of(block: &'a [u8]) -> Option<Self> {
        let order = match block {
            [b'M', b'M', 0, 42, ..] => ByteOrder::BigEndian,
            [b'I', b'I', 42, 0, ..] => ByteOrder::LittleEndian,
            _ => return None,
        };
        Some(Self { block, order })
    }

    fn u16(self, bytes: [u8; 2]) -> u16 {
        match self.order {
            ByteOrder::BigEndian => u16::from_be_bytes(bytes),
            ByteOrder::LittleEndian => u16::from_le_bytes(bytes),
        }
    }

    fn u32(self, bytes: [u8; 4]) -> u32 {
        match self.order {
            ByteOrder::BigEndian => u32::from_be_bytes(bytes),
            ByteOrder::LittleEndian => u32::from_le_bytes(bytes),
        }
    }

    fn from(self, offset: u32) -> Option<&'a [u8]> {
        self.block.get(usize::try_from(offset).ok()?..)
    }

    /// The directory that the header names; an empty one when there is none.
    fn first_directory(self) -> Directory<'a> {
        let offset = self.block.get(4..).and_then(<[u8]>::first_chunk).map(|&bytes| self.u32(bytes));
        offset.and_then(|offset| self.directory(offset)).unwrap_or(Directory { tiff: self, entries: &[] })
    }

    /// A directory: how many entries, and then those. One that is cut off has the entries that are there.
    fn directory(self, offset: u32) -> Option<Directory<'a>> {
        let (&count, entries) = self.from(offset)?.split_first_chunk()?;
        let entries = entries.as_chunks().0;
        let count = usize::from(self.u16(count)).min(entries.len());
        Some(Directory { tiff: self, entries: &entries[..count] })
    }
}

/// The entries of a directory: tag, kind, how many, and the values or where they are.
struct Directory<'a> {
    tiff: Tiff<'a>,
    entries: &'a [[u8; 12]],
}

impl<'a> Directory<'a> {
    /// The bytes of the values that stand under `tag`, when they are of this kind and all there.
    fn values(&self, tag: u16, kind: u16, bytes_each: usize) -> Option<&'a [u8]> {
        let tiff = self.tiff;
        let &[_, _, k0, k1, c0, c1, c2, c3, ref place @ ..] =
            self.entries.iter().find(|&&[t0, t1, ..]| tiff.u16([t0, t1]) == tag)?;
        if tiff.u16([k0, k1]) != kind {
            return None;
        }
        let length = usize::try_from(tiff.u32([c0, c1, c2, c3])).ok()?.checked_mul(bytes_each)?;
        // Four bytes or less stand in the place of their own offset.
        if length <= place.len() { place.get(..length) } else { tiff.from(tiff.u32(*place))?.get(..length) }
    }

    fn short(&self, tag: u16) -> Option<u16> {
        self.values(tag, SHORT, 2)?.first_chunk().map(|&bytes| self.tiff.u16(bytes))
    }

    fn long(&self, tag: u16) -> Option<u32> {
        self.values(tag, LONG, 4)?.first_chunk().map(|&bytes| self.tiff.u32(bytes))
    }

    /// A text, up to its end mark and without the spaces that fill it.
    fn text(&self, tag: u16) -> Option<&'a str> {
        /// Longer than anything that is looked up here; a text of a megabyte is not even searched for its end.
        const LONGEST: usize = 64;
        let bytes = self.values(tag, ASCII, 1)?;
        let bytes = bytes.get(..LONGEST).unwrap_or(bytes);
        let text = bytes.split(|&byte| byte == 0).next().unwrap_or_default();
        Some(std::str::from_utf8(text).ok()?.trim())
    }

    /// Degrees, minutes and seconds, as ten-millionths of a degree; each is a fraction of two numbers.
    fn degrees_e7(&self, tag: u16) -> Option<i32> {
        let parts: &[[u8; 8]; 3] = self.values(tag, RATIONAL, 8)?.as_chunks().0.try_into().ok()?;
        // 3,600 of these are one ten-millionth of a degree.
        let mut sum = 0_u128;
        for (&[n0, n1, n2, n3, d0, d1, d2, d3], seconds) in parts.iter().zip([3600, 60, 1_u128]) {
            let numerator = u128::from(self.tiff.u32([n0, n1, n2, n3]));
            let denominator = u128::from(self.tiff.u32([d0, d1, d2, d3]));
            // Cameras write "0/0" for what they do not know.
            sum += (numerator * seconds * 10_000_000).checked_div(denominator)?;
        }
        i32::try_from((sum + 1800) / 3600).ok()
    }
}
