//! What a track's blocks are encoded with, and what of it a decoder needs to start.

use std::ops::Range;

use crate::snaps::recording::Medium;
use crate::snaps::recording::RecordingFault::{Codec as OtherCodec, NotARecording};
use crate::snaps::recording::sieve::{Read, Sieve};

/// A decoder's configuration, at most, in bytes: parameter sets take 50 to 200.
const MAX_CONFIGURATION: usize = 4096;
/// The same of Vorbis, whose code books are in it: 3 to 8 KB.
const MAX_CODE_BOOKS: usize = 65_536;
/// Before the lengths of Vorbis's packets: how many they are, less one.
const VORBIS_PACKETS: u8 = 2;
/// The first of them, in bytes.
const VORBIS_IDENTIFICATION: usize = 30;
/// With what the second begins.
const VORBIS_COMMENT: &[u8; 7] = b"\x03vorbis";

/// What browsers play.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Codec {
    Vp8,
    Vp9,
    Av1,
    H264,
    Opus,
    Vorbis,
}

impl Codec {
    /// By its name in a track.
    ///
    /// # Errors
    /// When browsers do not play it.
    pub(super) fn of(name: &[u8]) -> Read<Self> {
        match name {
            b"V_VP8" => Ok(Self::Vp8),
            b"V_VP9" => Ok(Self::Vp9),
            b"V_AV1" => Ok(Self::Av1),
            b"V_MPEG4/ISO/AVC" => Ok(Self::H264),
            b"A_OPUS" => Ok(Self::Opus),
            b"A_VORBIS" => Ok(Self::Vorbis),
            _ => Err(OtherCodec),
        }
    }

    /// What it encodes.
    pub(super) fn medium(self) -> Medium {
        match self {
            Self::Vp8 | Self::Vp9 | Self::Av1 | Self::H264 => Medium::Picture,
            Self::Opus | Self::Vorbis => Medium::Sound,
        }
    }

    /// Keeps what a decoder needs of its configuration, whose place in the file stays as long.
    ///
    /// # Errors
    /// When it is damaged or too long.
    pub(super) fn keep_configuration(self, sieve: &mut Sieve, range: Range<usize>) -> Read<()> {
        match self {
            // It has none.
            Self::Vp8 => Ok(()),
            Self::Vp9 | Self::Av1 | Self::H264 if range.len() > MAX_CONFIGURATION => Err(NotARecording),
            Self::Vp9 | Self::Av1 | Self::H264 => sieve.keep(range),
            Self::Opus => keep_opus(sieve, range),
            Self::Vorbis => keep_vorbis(sieve, range),
        }
    }
}

/// Nineteen bytes, and for more than two channels which is which.
fn keep_opus(sieve: &mut Sieve, range: Range<usize>) -> Read<()> {
    let family = sieve.u8(range.start + 18)?;
    let channels = usize::from(sieve.u8(range.start + 9)?);
    let length = if family == 0 { 19 } else { 21 + channels };
    if sieve.array(range.start)? != *b"OpusHead" || length > range.len() {
        return Err(NotARecording);
    }
    sieve.keep(range.start..range.start + length)
}

/// Three packets: identification, comment and code books. The comment, where titles and places stand, is made anew: a vendor as long
/// as all of it, whose name is spaces, and no other words.
fn keep_vorbis(sieve: &mut Sieve, range: Range<usize>) -> Read<()> {
    if range.len() > MAX_CODE_BOOKS || sieve.u8(range.start)? != VORBIS_PACKETS {
        return Err(NotARecording);
    }
    let (first, at) = laced_length(sieve, range.start + 1)?;
    let (second, start) = laced_length(sieve, at)?;
    let comment = start + first..start + first + second;
    // The marks of both ends, and two counts of four bytes.
    let vendor = second.checked_sub(VORBIS_COMMENT.len() + 4 + 4 + 1).ok_or(NotARecording)?;
    if first != VORBIS_IDENTIFICATION || comment.end > range.end {
        return Err(NotARecording);
    }
    sieve.keep(range.start..comment.start)?;
    sieve.write(comment.start, VORBIS_COMMENT)?;
    let told = u32::try_from(vendor).map_err(|_| NotARecording)?;
    sieve.write(comment.start + 7, &told.to_le_bytes())?;
    sieve.write(comment.start + 11, &vec![b' '; vendor])?;
    sieve.write(comment.end - 1, &[1])?;
    sieve.keep(comment.end..range.end)
}

/// A length that goes on while its bytes are 255, and where what follows it begins.
fn laced_length(sieve: &Sieve, start: usize) -> Read<(usize, usize)> {
    let (mut length, mut at) = (0, start);
    loop {
        let byte = sieve.u8(at)?;
        (length, at) = (length + usize::from(byte), at + 1);
        if byte != u8::MAX {
            return Ok((length, at));
        }
        if length > MAX_CODE_BOOKS {
            return Err(NotARecording);
        }
    }
}
