//! Fragments: what a recorder writes that hands out its file while it records, as Safari's does and Chromium's.
//!
//! Each says where its samples lie by counting on from itself, or from where the track before it in the fragment ends. So a track
//! cannot be taken out of a fragment without moving those behind it, and a fragment with samples of a track that was left out of
//! the movie is refused. No recorder is known to write one.

use super::boxes::{BoxAt, Boxes, bounded};
use super::movie::Movie;
use super::track::{Defaults, Track};
use crate::snaps::recording::RecordingFault::NotARecording;
use crate::snaps::recording::sieve::{Read, Sieve, position};

// What a fragment of a track tells, in this order, each with four bytes but for the first.
const TELLS_BASE: u32 = 0x1;
const TELLS_DESCRIPTION: u32 = 0x2;
const TELLS_DURATION: u32 = 0x8;
const TELLS_BYTES: u32 = 0x10;
const TELLS_FLAGS: u32 = 0x20;
/// It counts from its fragment on.
const FROM_FRAGMENT: u32 = 0x2_0000;

// What a run of samples tells, in this order: once, and then of each sample.
const RUN_OFFSET: u32 = 0x1;
const RUN_FIRST_FLAGS: u32 = 0x4;
const RUN_DURATION: u32 = 0x100;
const RUN_BYTES: u32 = 0x200;
const RUN_FLAGS: u32 = 0x400;
const RUN_COMPOSITION: u32 = 0x800;

/// Keeps a fragment, and notes where its samples lie.
///
/// # Errors
/// When it is damaged, or has samples of no kept track.
pub(super) fn keep(sieve: &mut Sieve, fragment: &BoxAt, movie: &mut Movie) -> Read<()> {
    let boxes = Boxes::within(sieve, fragment.payload.clone())?;
    boxes.keep_only(sieve, &[b"mfhd", b"traf"])?;
    boxes.one(b"mfhd")?.keep_part(sieve, 0, 8)?;
    let mut behind = fragment.at;
    for part in boxes.all(b"traf") {
        behind = keep_track(sieve, part, fragment.at, behind, movie)?;
    }
    Ok(())
}

/// Keeps a track's part of a fragment. Answers where its samples end.
fn keep_track(
    sieve: &mut Sieve,
    part: &BoxAt,
    fragment: usize,
    behind: usize,
    movie: &mut Movie,
) -> Read<usize> {
    let boxes = Boxes::within(sieve, part.payload.clone())?;
    boxes.keep_only(sieve, &[b"tfhd", b"tfdt", b"trun"])?;
    let header = boxes.one(b"tfhd")?;
    let (_, flags) = header.keep_version(sieve)?;
    let id = sieve.u32(header.part(4, 4)?.start)?;
    let Movie { tracks, samples, .. } = movie;
    let track = tracks.iter_mut().find(|it| it.id == id).ok_or(NotARecording)?;
    let mut defaults = track.defaults;
    let mut at = header.payload.start + 8;
    let mut base = if flags & FROM_FRAGMENT == 0 { behind } else { fragment };
    for field in [TELLS_BASE, TELLS_DESCRIPTION, TELLS_DURATION, TELLS_BYTES, TELLS_FLAGS] {
        if flags & field == 0 {
            continue;
        }
        match field {
            TELLS_BASE => base = position(sieve.u64(at)?)?,
            TELLS_DURATION => defaults.duration = sieve.u32(at)?,
            TELLS_BYTES => defaults.bytes = sieve.u32(at)?,
            _ => {}
        }
        at += if field == TELLS_BASE { 8 } else { 4 };
    }
    header.keep_part(sieve, 4, at - header.payload.start - 4)?;
    keep_begin(sieve, &boxes, track)?;
    let mut end = base;
    for found in boxes.all(b"trun") {
        let run = Run::keep(sieve, found, defaults)?;
        let start = match run.offset {
            Some(offset) => base.checked_add_signed(offset).ok_or(NotARecording)?,
            None => end,
        };
        end = samples.add(start, run.bytes)?;
        track.bytes = track.bytes.checked_add(run.bytes).ok_or(NotARecording)?;
        track.end = track.end.checked_add(run.duration).ok_or(NotARecording)?;
    }
    Ok(end)
}

/// Keeps when a track's part of a fragment begins.
fn keep_begin(sieve: &mut Sieve, boxes: &Boxes, track: &mut Track) -> Read<()> {
    if let Some(found) = boxes.at_most_one(b"tfdt")? {
        let width = if found.keep_version(sieve)?.0 == 0 { 4 } else { 8 };
        found.keep_part(sieve, 4, width)?;
        let at = found.payload.start + 4;
        let begin = if width == 4 { sieve.u32(at)?.into() } else { sieve.u64(at)? };
        // One that goes back would hide how long those before it were.
        track.end = track.end.max(begin);
    }
    track.start.get_or_insert(track.end);
    Ok(())
}

/// Samples that follow each other, summed up.
struct Run {
    /// Where they begin, counted from the base, when that is told.
    offset: Option<isize>,
    bytes: u64,
    duration: u64,
}

impl Run {
    fn keep(sieve: &mut Sieve, found: &BoxAt, defaults: Defaults) -> Read<Self> {
        let (_, flags) = found.keep_version(sieve)?;
        let count = bounded(sieve.u32(found.part(4, 4)?.start)?)?;
        let mut head = 8;
        let mut offset = None;
        if flags & RUN_OFFSET != 0 {
            let told = sieve.u32(found.payload.start + head)?.cast_signed();
            offset = Some(isize::try_from(told).map_err(|_| NotARecording)?);
            head += 4;
        }
        if flags & RUN_FIRST_FLAGS != 0 {
            head += 4;
        }
        let fields = [RUN_DURATION, RUN_BYTES, RUN_FLAGS, RUN_COMPOSITION];
        let width = 4 * fields.iter().filter(|field| flags & **field != 0).count();
        let rows = found.part(head, count * width)?;
        found.keep_part(sieve, 4, head - 4)?;
        sieve.keep(rows.clone())?;
        let sum = |tells, default: u32| -> Read<u64> {
            if flags & tells == 0 {
                return Ok(u64::from(default) * count as u64);
            }
            let before = fields.iter().take_while(|field| **field != tells);
            let column = 4 * before.filter(|field| flags & **field != 0).count();
            (0..count).map(|row| Ok(u64::from(sieve.u32(rows.start + row * width + column)?))).sum()
        };
        let bytes = sum(RUN_BYTES, defaults.bytes)?;
        let duration = sum(RUN_DURATION, defaults.duration)?;
        Ok(Self { offset, bytes, duration })
    }
}
