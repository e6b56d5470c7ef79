//! Clusters of blocks: what is heard and seen, and when.

use std::ops::Range;

use xunan_core::clock::Span;

use super::Info;
use super::element::{Element, Kept, Size, each, number};
use super::ids::*;
use super::track::{Track, Tracks};
use crate::snaps::recording::Medium;
use crate::snaps::recording::RecordingFault::NotARecording;
use crate::snaps::recording::sieve::{Read, Sieve};

/// The bits of a block's flags that say that more than one frame is in it.
const LACED: u8 = 0x06;

/// All blocks of a file so far.
#[derive(Default)]
pub(super) struct Blocks {
    /// Of which tracks there are some, in the order in which they came.
    seen: Vec<u64>,
    /// When the first begins and the last ends, in nanoseconds.
    times: Option<Range<i128>>,
}

impl Blocks {
    fn note(&mut self, block: &Block, units: u64, info: &Info) {
        let scale = i128::from(info.scale);
        let begin = block.time * scale;
        let end = begin + i128::from(block.frames).max(i128::from(units) * scale);
        let times = self.times.get_or_insert(begin..end);
        *times = times.start.min(begin)..times.end.max(end);
        if !self.seen.contains(&block.track) {
            self.seen.push(block.track);
        }
    }

    /// What the tracks carry that have blocks.
    pub(super) fn media(&self, tracks: &Tracks) -> Vec<Medium> {
        self.seen.iter().filter_map(|number| tracks.of(*number)).map(|it| it.medium).collect()
    }

    /// How long it takes from the first block's begin to the last one's end. The last frame counts only if it says how long it lasts.
    pub(super) fn last(&self) -> Span {
        let nanos = self.times.as_ref().map_or(0, |it| it.end - it.start);
        Span::millis(i64::try_from((nanos + 999_999) / 1_000_000).unwrap_or(i64::MAX))
    }
}

/// Keeps a cluster. Answers where it ends.
///
/// # Errors
/// When it is damaged, or has a block of no track.
pub(super) fn keep(
    sieve: &mut Sieve,
    cluster: &Element,
    info: &Info,
    tracks: &Tracks,
    blocks: &mut Blocks,
) -> Read<usize> {
    cluster.keep_header(sieve)?;
    let mut begin = None;
    let mut at = cluster.payload.start;
    while at < cluster.payload.end {
        let element = Element::read(sieve, at, cluster.payload.end)?;
        if cluster.size == Size::Open && OF_SEGMENT.contains(&element.id) {
            return Ok(at);
        }
        if element.size == Size::Open || [HEADER, SEGMENT].contains(&element.id) {
            return Err(NotARecording);
        }
        element.keep_or_fill(sieve, |sieve, element| match element.id {
            TIMESTAMP if begin.is_none() => {
                begin = Some(element.keep_unsigned(sieve)?);
                Ok(Kept::Yes)
            }
            TIMESTAMP => Err(NotARecording),
            SIMPLE_BLOCK => {
                let block = Block::keep(sieve, element, begin, tracks)?;
                blocks.note(&block, 0, info);
                Ok(Kept::Yes)
            }
            BLOCK_GROUP => {
                let (block, units) = keep_group(sieve, element, begin, tracks)?;
                blocks.note(&block, units, info);
                Ok(Kept::Yes)
            }
            _ => Ok(Kept::No),
        })?;
        at = element.payload.end;
    }
    Ok(at)
}

/// Keeps a block with what is said of it. Answers how long it lasts, in the file's units, when that is said.
fn keep_group(sieve: &mut Sieve, group: &Element, begin: Option<u64>, tracks: &Tracks) -> Read<(Block, u64)> {
    group.keep_header(sieve)?;
    let (mut block, mut units) = (None, 0);
    each(sieve, group.payload.clone(), |sieve, element| match element.id {
        BLOCK if block.is_none() => {
            block = Some(Block::keep(sieve, element, begin, tracks)?);
            Ok(Kept::Yes)
        }
        BLOCK => Err(NotARecording),
        BLOCK_DURATION => {
            units = element.keep_unsigned(sieve)?;
            Ok(Kept::Yes)
        }
        id if BLOCK_NUMBERS.contains(&id) => element.keep_number(sieve),
        _ => Ok(Kept::No),
    })?;
    Ok((block.ok_or(NotARecording)?, units))
}

/// One block of one track.
struct Block {
    track: u64,
    /// When it begins, in the file's units.
    time: i128,
    /// How long its frames last by what the track says, in nanoseconds.
    frames: u64,
}

impl Block {
    /// Keeps a block of a track that is kept.
    fn keep(sieve: &mut Sieve, element: &Element, begin: Option<u64>, tracks: &Tracks) -> Read<Self> {
        let start = element.payload.start;
        let (track, width) = number(sieve, start)?;
        let Track { number: track, frame, .. } = track.and_then(|it| tracks.of(it)).ok_or(NotARecording)?;
        let time = i16::from_be_bytes(sieve.array(start + width)?);
        let flags = sieve.u8(start + width + 2)?;
        let (header, frames) = if flags & LACED == 0 {
            (width + 3, 1)
        } else {
            (width + 4, u64::from(sieve.u8(start + width + 3)?) + 1)
        };
        if header > element.payload.len() {
            return Err(NotARecording);
        }
        element.keep(sieve)?;
        Ok(Self {
            track: *track,
            time: i128::from(begin.ok_or(NotARecording)?) + i128::from(time),
            frames: frame.saturating_mul(frames),
        })
    }
}
