//! WebM and Matroska (RFC 9559): elements on a list are kept, all others become void elements of the same size.
//!
//! ```text
//! header │ segment: seek head, info, tracks: track*, cluster*: timestamp, block*, cues
//! ```
//!
//! A browser's recorder writes a segment and clusters that do not say how long they are, and no duration: the last block's time
//! tells it. The programs that wrote the file must be named, and are named by nothing. Tags, attachments and chapters go.

mod cluster;
mod codec;
mod element;
mod ids;
mod track;

use xunan_core::clock::Span;

use super::sieve::{Read, Sieve};
use super::{Found, RecordingFault::NotARecording};
use cluster::Blocks;
use element::{Element, Kept, Size, each};
use ids::*;
use track::Tracks;

/// With what a file begins.
pub(super) const BEGIN: [u8; 4] = HEADER.to_be_bytes();
/// Nanoseconds of a unit of time when nothing is said: a millisecond.
const USUAL_SCALE: u64 = 1_000_000;
/// Nanoseconds of a unit of time, at most: a second. It keeps times far from where numbers end.
const LARGEST_SCALE: u64 = 1_000_000_000;

/// Keeps sound and picture of a file.
///
/// # Errors
/// When it is none, or cannot be used.
pub(super) fn keep(sieve: &mut Sieve) -> Read<Found> {
    let end = sieve.whole().end;
    let header = Element::read(sieve, 0, end)?;
    if header.id != HEADER || header.size == Size::Open {
        return Err(NotARecording);
    }
    keep_header(sieve, &header)?;
    let segment = Element::read(sieve, header.payload.end, end)?;
    if segment.id != SEGMENT {
        return Err(NotARecording);
    }
    segment.keep_header(sieve)?;
    let found = keep_segment(sieve, &segment)?;
    each(sieve, segment.payload.end..end, |_, element| match element.id {
        // Another file behind this one.
        HEADER | SEGMENT => Err(NotARecording),
        _ => Ok(Kept::No),
    })?;
    Ok(found)
}

fn keep_header(sieve: &mut Sieve, header: &Element) -> Read<()> {
    header.keep_header(sieve)?;
    let mut kinds = 0;
    each(sieve, header.payload.clone(), |sieve, element| match element.id {
        DOC_TYPE => {
            let kind = sieve.bytes(element.payload.clone())?;
            if kind != b"webm" && kind != b"matroska" {
                return Err(NotARecording);
            }
            kinds += 1;
            element.keep(sieve)?;
            Ok(Kept::Yes)
        }
        id if VERSIONS.contains(&id) => element.keep_number(sieve),
        _ => Ok(Kept::No),
    })?;
    if kinds == 1 { Ok(()) } else { Err(NotARecording) }
}

fn keep_segment(sieve: &mut Sieve, segment: &Element) -> Read<Found> {
    let (mut info, mut tracks, mut blocks) = (None, None, Blocks::default());
    let mut at = segment.payload.start;
    while at < segment.payload.end {
        let element = Element::read(sieve, at, segment.payload.end)?;
        at = element.payload.end;
        match (element.id, element.size) {
            (CLUSTER, _) => {
                let (Some(info), Some(tracks)) = (&info, &tracks) else { return Err(NotARecording) };
                at = cluster::keep(sieve, &element, info, tracks, &mut blocks)?;
            }
            (HEADER | SEGMENT, _) | (_, Size::Open) => return Err(NotARecording),
            (INFO, _) if info.is_none() => info = Some(Info::keep(sieve, &element)?),
            (TRACKS, _) if tracks.is_none() => tracks = Some(Tracks::keep(sieve, &element)?),
            (INFO | TRACKS, _) => return Err(NotARecording),
            (SEEK_HEAD, _) => keep_seek_head(sieve, &element)?,
            (CUES, _) => keep_cues(sieve, &element)?,
            _ => element.keep_or_fill(sieve, |_, _| Ok(Kept::No))?,
        }
    }
    let told = info.ok_or(NotARecording)?.told;
    Ok(Found { media: blocks.media(&tracks.ok_or(NotARecording)?), length: blocks.last().max(told) })
}

/// What holds for the whole segment.
struct Info {
    /// Nanoseconds of a unit of time.
    scale: u64,
    /// How long the file says it is.
    told: Span,
}

impl Info {
    /// Keeps the clock and the duration.
    fn keep(sieve: &mut Sieve, info: &Element) -> Read<Self> {
        info.keep_header(sieve)?;
        let (mut scale, mut units) = (USUAL_SCALE, 0.0);
        each(sieve, info.payload.clone(), |sieve, element| match element.id {
            TIMESTAMP_SCALE => {
                scale = element.keep_unsigned(sieve)?;
                Ok(Kept::Yes)
            }
            DURATION => {
                units = float(sieve, element)?;
                element.keep_number(sieve)
            }
            // They have to be there: as empty as they are long.
            MUXING_APP | WRITING_APP => {
                element.keep_header(sieve)?;
                Ok(Kept::Yes)
            }
            _ => Ok(Kept::No),
        })?;
        if !(1..=LARGEST_SCALE).contains(&scale) {
            return Err(NotARecording);
        }
        // What is no number, or less than nothing, becomes nothing.
        let told = Span::millis((units * scale as f64 / 1e6).ceil().max(0.0) as i64);
        Ok(Self { scale, told })
    }
}

/// A number that need not be whole.
fn float(sieve: &Sieve, element: &Element) -> Read<f64> {
    match element.payload.len() {
        0 => Ok(0.0),
        4 => Ok(f32::from_be_bytes(sieve.array(element.payload.start)?).into()),
        8 => Ok(f64::from_be_bytes(sieve.array(element.payload.start)?)),
        _ => Err(NotARecording),
    }
}

/// Keeps where the parts stand that are kept.
fn keep_seek_head(sieve: &mut Sieve, head: &Element) -> Read<()> {
    head.keep_header(sieve)?;
    each(sieve, head.payload.clone(), |sieve, seek| {
        let mut wanted = Kept::No;
        if seek.id != SEEK {
            return Ok(wanted);
        }
        let parts = [INFO, TRACKS, CUES, CLUSTER].map(u32::to_be_bytes);
        seek.keep_header(sieve)?;
        each(sieve, seek.payload.clone(), |sieve, element| match element.id {
            SEEK_ID if parts.iter().any(|part| sieve.bytes(element.payload.clone()) == Ok(part)) => {
                wanted = Kept::Yes;
                element.keep_number(sieve)
            }
            SEEK_POSITION => element.keep_number(sieve),
            _ => Ok(Kept::No),
        })?;
        Ok(wanted)
    })
}

fn keep_cues(sieve: &mut Sieve, cues: &Element) -> Read<()> {
    cues.keep_header(sieve)?;
    each(sieve, cues.payload.clone(), |sieve, point| {
        if point.id != CUE_POINT {
            return Ok(Kept::No);
        }
        point.keep_header(sieve)?;
        each(sieve, point.payload.clone(), |sieve, element| match element.id {
            CUE_TIME => element.keep_number(sieve),
            CUE_TRACK_POSITIONS => element.keep_numbers(sieve, CUE_NUMBERS),
            _ => Ok(Kept::No),
        })?;
        Ok(Kept::Yes)
    })
}
