//! A walk over a JPEG's markers, before any of it is decoded: size, EXIF block, and what the decoding will cost.

use std::io::BufRead as _;

use crate::decoded::Size;
use crate::limits;
use crate::refusal::{ForeignFormat, PhotoRefused};

/// What the markers tell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Header<'a> {
    pub(super) size: Size,
    /// The EXIF block; empty without one.
    pub(super) exif: &'a [u8],
}

#[derive(Clone, Copy)]
struct Frame {
    size: Size,
    coding: Coding,
    /// 8×8 blocks of all components.
    blocks: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Coding {
    Sequential,
    Progressive,
}

const SOI: u8 = 0xD8;
const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;
const DNL: u8 = 0xDC;
const APP1: u8 = 0xE1;
const EXIF: &[u8] = b"Exif\0\0";

impl<'a> Header<'a> {
    /// Reads every marker up to the end of the image. Takes time in the file's length, and no memory.
    ///
    /// # Errors
    /// [`PhotoRefused::TooManyPixels`] when it is too large to decode; [`PhotoRefused::Broken`] when it is cut off,
    /// contradicts itself, or promises more than its bytes can hold; [`PhotoRefused::UnsupportedFormat`] for the
    /// processes that no camera uses.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, PhotoRefused> {
        let mut markers = Markers { rest: bytes };
        let mut frame: Option<Frame> = None;
        let mut exif = None;
        let mut scans = 0_u64;
        loop {
            match markers.next()? {
                SOI | 0x01 | 0xD0..=0xD7 => {}
                EOI => break,
                // The sizes of these processes are not read: nothing here would decode them.
                0xC3 | 0xC5..=0xCF | DNL | 0xDE | 0xDF => return Err(unusual()),
                0xC0..=0xC2 if frame.is_some() => return Err(unusual()),
                marker @ 0xC0..=0xC2 => {
                    let coding = if marker == 0xC2 { Coding::Progressive } else { Coding::Sequential };
                    frame = Some(Frame::read(markers.segment()?, coding, bytes.len())?);
                }
                SOS => {
                    let frame = frame.ok_or_else(|| PhotoRefused::broken("a scan before its frame"))?;
                    markers.segment()?;
                    scans += 1;
                    if scans * frame.size.pixels() > limits::MAX_SCANNED_PIXELS {
                        return Err(PhotoRefused::broken("more scans than an honest photo has"));
                    }
                }
                APP1 if exif.is_none() => {
                    exif = markers.segment()?.strip_prefix(EXIF);
                }
                _ => {
                    markers.segment()?;
                }
            }
        }
        match frame {
            Some(Frame { size, .. }) if scans > 0 => Ok(Self { size, exif: exif.unwrap_or_default() }),
            _ => Err(PhotoRefused::broken("a JPEG without a picture")),
        }
    }
}

impl Frame {
    fn read(segment: &[u8], coding: Coding, file_bytes: usize) -> Result<Self, PhotoRefused> {
        let &[precision, h1, h0, w1, w0, _, ref components @ ..] = segment else {
            return Err(PhotoRefused::broken("a frame header that is too short"));
        };
        // A height of zero means that it follows after the first scan: scanners did that, thirty years ago.
        let height = u32::from(u16::from_be_bytes([h1, h0]));
        if precision != 8 || height == 0 {
            return Err(unusual());
        }
        let size = Size::of_header(u32::from(u16::from_be_bytes([w1, w0])), height)?;
        let frame = Self { size, coding, blocks: blocks(size, components)? };
        frame.check_honest(file_bytes)?;
        frame.check_memory()?;
        Ok(frame)
    }

    /// Every block takes at least one bit. A small file with a huge header is refused here, before 300 MB of grey
    /// are decoded from it.
    fn check_honest(&self, file_bytes: usize) -> Result<(), PhotoRefused> {
        if self.blocks > file_bytes as u64 * 8 {
            return Err(PhotoRefused::broken(
                "the file is too short for the picture that its header promises",
            ));
        }
        Ok(())
    }

    /// A sequential picture is reduced row by row; a progressive one needs all its coefficients, 16 bits each.
    fn check_memory(&self) -> Result<(), PhotoRefused> {
        match self.coding {
            Coding::Sequential => Ok(()),
            Coding::Progressive => self.size.check_working_bytes(self.blocks * 64 * 2),
        }
    }
}

/// Counts the 8×8 blocks of all components, from the component list of a frame header.
fn blocks(size: Size, components: &[u8]) -> Result<u64, PhotoRefused> {
    let sampling = || components.chunks_exact(3).map(|component| (component[1] >> 4, component[1] & 0x0F));
    if !matches!(components.len(), 3 | 9 | 12)
        || sampling().any(|(h, v)| !(1..=4).contains(&h) || !(1..=4).contains(&v))
    {
        return Err(PhotoRefused::broken("a frame header with impossible components"));
    }
    let h_max = sampling().map(|(h, _)| u32::from(h)).max().unwrap_or(1);
    let v_max = sampling().map(|(_, v)| u32::from(v)).max().unwrap_or(1);
    let units = u64::from(size.width().div_ceil(8 * h_max)) * u64::from(size.height().div_ceil(8 * v_max));
    Ok(sampling().map(|(h, v)| units * u64::from(h) * u64::from(v)).sum())
}

const fn unusual() -> PhotoRefused {
    PhotoRefused::UnsupportedFormat { format: ForeignFormat::UnusualJpeg }
}

/// The markers of a JPEG, one after the other.
struct Markers<'a> {
    rest: &'a [u8],
}

impl<'a> Markers<'a> {
    /// Skips to the next marker, over a scan's coded data or the stray bytes that some cameras leave.
    fn next(&mut self) -> Result<u8, PhotoRefused> {
        loop {
            // Never fails: the reader is a slice.
            self.rest.skip_until(0xFF).map_err(|_| cut_off())?;
            let fill = self.rest.iter().take_while(|&&byte| byte == 0xFF).count();
            self.rest = &self.rest[fill..];
            let (&marker, rest) = self.rest.split_first().ok_or_else(cut_off)?;
            self.rest = rest;
            if marker != 0 {
                return Ok(marker);
            }
        }
    }

    /// Takes the segment that belongs to the marker just read.
    fn segment(&mut self) -> Result<&'a [u8], PhotoRefused> {
        let length =
            self.rest.split_first_chunk().map(|(&length, _)| usize::from(u16::from_be_bytes(length)));
        let (segment, rest) =
            length.and_then(|length| self.rest.split_at_checked(length)).ok_or_else(cut_off)?;
        self.rest = rest;
        segment.get(2..).ok_or_else(|| PhotoRefused::broken("a segment shorter than its own length"))
    }
}

fn cut_off() -> PhotoRefused {
    PhotoRefused::broken("the file ends before the picture does")
}
