//! Which bytes of the file samples are: what a sample table says, and that it holds.

use std::ops::Range;

use super::boxes::{BoxAt, Boxes, Table, bounded};
use crate::snaps::recording::RecordingFault::NotARecording;
use crate::snaps::recording::sieve::{Read, Sieve, position};

/// Where samples may lie: the contents of the file's `mdat` boxes, in their order.
pub(super) struct Media(Vec<Range<usize>>);

impl Media {
    /// Those of boxes in the order of the file.
    pub(super) fn of<'a>(boxes: impl Iterator<Item = &'a BoxAt>) -> Self {
        Self(boxes.map(|it| it.payload.clone()).collect())
    }

    fn contains(&self, range: &Range<usize>) -> bool {
        let next = self.0.partition_point(|it| it.start <= range.start);
        next.checked_sub(1).and_then(|it| self.0.get(it)).is_some_and(|it| range.end <= it.end)
    }
}

/// Where the samples of all kept tracks lie.
#[derive(Default)]
pub(super) struct Samples(Vec<Range<usize>>);

impl Samples {
    /// Samples that follow each other from `start` on. Answers where they end.
    ///
    /// # Errors
    /// When no file is so long.
    pub(super) fn add(&mut self, start: usize, bytes: u64) -> Read<usize> {
        let end = start.checked_add(position(bytes)?).ok_or(NotARecording)?;
        if start < end {
            self.0.push(start..end);
        }
        Ok(end)
    }

    /// Keeps them all.
    ///
    /// # Errors
    /// When one lies outside of all media, or two lie in one place: then the file is not what a recorder writes, and one track's
    /// samples could be what another one's are said to be.
    pub(super) fn keep(&mut self, sieve: &mut Sieve, media: &Media) -> Read<()> {
        self.0.sort_unstable_by_key(|it| it.start);
        let mut end = 0;
        for range in &self.0 {
            if range.start < end || !media.contains(range) {
                return Err(NotARecording);
            }
            end = range.end;
            sieve.keep(range.clone())?;
        }
        Ok(())
    }
}

/// What a sample table says, summed up.
pub(super) struct Summed {
    /// How long its samples last, in the track's units.
    pub(super) duration: u64,
    /// How many bytes they are.
    pub(super) bytes: u64,
}

/// Keeps a sample table but for its descriptions, and notes where the samples lie.
///
/// # Errors
/// When its tables do not agree with each other.
pub(super) fn keep_table(
    sieve: &mut Sieve,
    boxes: &Boxes,
    descriptions: usize,
    samples: &mut Samples,
) -> Read<Summed> {
    let sizes = Sizes::keep(sieve, boxes)?;
    let duration = keep_times(sieve, boxes, sizes.count)?;
    for (kind, width) in [(b"ctts", 8), (b"stss", 4)] {
        if let Some(found) = boxes.at_most_one(kind)? {
            Table::keep(sieve, found, 4, width)?;
        }
    }
    if let Some(found) = boxes.at_most_one(b"cslg")? {
        let (version, _) = found.keep_version(sieve)?;
        found.keep_part(sieve, 4, if version == 0 { 20 } else { 40 })?;
    }
    let chunks = Chunks::keep(sieve, boxes)?;
    let bytes = note_chunks(sieve, boxes.one(b"stsc")?, descriptions, &chunks, &sizes, samples)?;
    Ok(Summed { duration, bytes })
}

/// Keeps how long each sample lasts, and adds it up.
fn keep_times(sieve: &mut Sieve, boxes: &Boxes, count: usize) -> Read<u64> {
    let table = Table::keep(sieve, boxes.one(b"stts")?, 4, 8)?;
    let (mut timed, mut duration) = (0, 0_u64);
    for row in 0..table.count {
        let at = table.row(row)?;
        let (samples, each) = (sieve.u32(at)?, sieve.u32(at + 4)?);
        timed += u64::from(samples);
        duration = duration.checked_add(u64::from(samples) * u64::from(each)).ok_or(NotARecording)?;
    }
    if timed == count as u64 { Ok(duration) } else { Err(NotARecording) }
}

/// How large samples are.
struct Sizes {
    count: usize,
    each: Each,
}

/// How the sizes of samples are written.
enum Each {
    /// All have this many bytes.
    Alike(u64),
    /// Four, two or one byte a sample, from here on.
    Bytes(usize, usize),
    /// Two samples a byte, from here on.
    Halves(usize),
}

impl Sizes {
    fn keep(sieve: &mut Sieve, boxes: &Boxes) -> Read<Self> {
        let Some(found) = boxes.at_most_one(b"stsz")? else {
            return Self::keep_compact(sieve, boxes.one(b"stz2")?);
        };
        if boxes.at_most_one(b"stz2")?.is_some() {
            return Err(NotARecording);
        }
        let alike = sieve.u32(found.part(4, 4)?.start)?;
        if alike != 0 {
            found.keep_part(sieve, 0, 12)?;
            let count = bounded(sieve.u32(found.payload.start + 8)?)?;
            return Ok(Self { count, each: Each::Alike(alike.into()) });
        }
        let table = Table::keep(sieve, found, 8, 4)?;
        Ok(Self { count: table.count, each: Each::Bytes(found.payload.start + 12, 4) })
    }

    fn keep_compact(sieve: &mut Sieve, found: &BoxAt) -> Read<Self> {
        found.keep_version(sieve)?;
        found.keep_part(sieve, 7, 5)?;
        let bits = sieve.u8(found.payload.start + 7)?;
        let count = bounded(sieve.u32(found.payload.start + 8)?)?;
        let at = found.payload.start + 12;
        let (each, bytes) = match bits {
            4 => (Each::Halves(at), count.div_ceil(2)),
            8 => (Each::Bytes(at, 1), count),
            16 => (Each::Bytes(at, 2), count * 2),
            _ => return Err(NotARecording),
        };
        found.keep_part(sieve, 12, bytes)?;
        Ok(Self { count, each })
    }

    /// Of one sample, in bytes.
    fn of(&self, sieve: &Sieve, sample: usize) -> Read<u64> {
        Ok(match self.each {
            Each::Alike(bytes) => bytes,
            Each::Bytes(at, 4) => sieve.u32(at + sample * 4)?.into(),
            Each::Bytes(at, 2) => sieve.u16(at + sample * 2)?.into(),
            Each::Bytes(at, _) => sieve.u8(at + sample)?.into(),
            Each::Halves(at) => {
                let both = sieve.u8(at + sample / 2)?;
                u64::from(if sample.is_multiple_of(2) { both >> 4 } else { both & 15 })
            }
        })
    }

    /// Of some that follow each other, in bytes: fewer than 2^49, since there are not so many of them.
    fn sum(&self, sieve: &Sieve, samples: Range<usize>) -> Read<u64> {
        if samples.end > self.count {
            return Err(NotARecording);
        }
        match self.each {
            Each::Alike(bytes) => Ok(bytes * samples.len() as u64),
            _ => samples.map(|sample| self.of(sieve, sample)).sum(),
        }
    }
}

/// Where chunks begin, which are samples of one track that lie together.
struct Chunks {
    table: Table,
    width: usize,
}

impl Chunks {
    fn keep(sieve: &mut Sieve, boxes: &Boxes) -> Read<Self> {
        let (small, large) = (boxes.at_most_one(b"stco")?, boxes.at_most_one(b"co64")?);
        let (found, width) = match (small, large) {
            (Some(found), None) => (found, 4),
            (None, Some(found)) => (found, 8),
            _ => return Err(NotARecording),
        };
        Ok(Self { table: Table::keep(sieve, found, 4, width)?, width })
    }

    fn begin(&self, sieve: &Sieve, chunk: usize) -> Read<usize> {
        let at = self.table.row(chunk)?;
        if self.width == 4 { position(sieve.u32(at)?) } else { position(sieve.u64(at)?) }
    }
}

/// Keeps which samples lie in which chunk, and notes where each chunk lies. Answers the bytes of all.
fn note_chunks(
    sieve: &mut Sieve,
    found: &BoxAt,
    descriptions: usize,
    chunks: &Chunks,
    sizes: &Sizes,
    samples: &mut Samples,
) -> Read<u64> {
    let runs = Table::keep(sieve, found, 4, 12)?;
    let first_of = |sieve: &Sieve, run| position(sieve.u32(runs.row(run)?)?);
    let (mut sample, mut chunk, mut bytes) = (0_usize, 0, 0_u64);
    for run in 0..runs.count {
        let at = runs.row(run)?;
        let end = if run + 1 < runs.count {
            first_of(sieve, run + 1)?.saturating_sub(1)
        } else {
            chunks.table.count
        };
        let (per_chunk, description) = (position(sieve.u32(at + 4)?)?, position(sieve.u32(at + 8)?)?);
        let described = (1..=descriptions).contains(&description);
        if first_of(sieve, run)? != chunk + 1 || end <= chunk || per_chunk == 0 || !described {
            return Err(NotARecording);
        }
        while chunk < end {
            let next = sample.checked_add(per_chunk).ok_or(NotARecording)?;
            let sum = sizes.sum(sieve, sample..next)?;
            samples.add(chunks.begin(sieve, chunk)?, sum)?;
            (sample, chunk, bytes) = (next, chunk + 1, bytes + sum);
        }
    }
    if sample == sizes.count && chunk == chunks.table.count { Ok(bytes) } else { Err(NotARecording) }
}
