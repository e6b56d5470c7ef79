//! Boxes, one after another: what each is called and where its content lies.

use std::ops::Range;

use crate::snaps::recording::RecordingFault::NotARecording;
use crate::snaps::recording::sieve::{Read, Sieve, position};

/// Boxes at one level, at most. A fragmented video of a minute has some hundreds.
const MAX_BOXES: usize = 10_000;
/// Rows of a table, at most. A minute at 240 pictures a second has 14,400; two minutes of Opus at 2.5 ms a packet have 48,000.
const MAX_ROWS: usize = 100_000;
/// Of a header: the size and the kind.
const HEADER: usize = 8;
/// The size of a box that goes to the end of the file.
const TO_THE_END: u32 = 0;
/// The size of a box whose size stands behind its kind, in eight bytes.
const LARGE: u32 = 1;

/// What a box is.
pub(super) type Kind = [u8; 4];

/// One box.
#[derive(Clone, Debug)]
pub(super) struct BoxAt {
    /// What it is.
    pub(super) kind: Kind,
    /// Where it begins.
    pub(super) at: usize,
    /// What is in it.
    pub(super) payload: Range<usize>,
}

impl BoxAt {
    /// The box at `at`, when `end` is where the one around it ends.
    fn read(sieve: &Sieve, at: usize, end: usize) -> Read<Self> {
        let kind = sieve.array(at + 4)?;
        let (header, size) = match sieve.u32(at)? {
            TO_THE_END if end == sieve.whole().end => (HEADER, end - at),
            LARGE => (HEADER + 8, position(sieve.u64(at + HEADER)?)?),
            size => (HEADER, position(size)?),
        };
        if size < header || size > end - at {
            return Err(NotARecording);
        }
        Ok(Self { kind, at, payload: at + header..at + size })
    }

    /// Keeps what the box is called and how large it is.
    fn keep_header(&self, sieve: &mut Sieve) -> Read<()> {
        sieve.keep(self.at..self.payload.start)
    }

    /// Makes free space of the box, whatever of it was kept before.
    pub(super) fn free(&self, sieve: &mut Sieve) -> Read<()> {
        sieve.clear(self.payload.clone())?;
        self.keep_header(sieve)?;
        sieve.write(self.at + 4, b"free")
    }

    /// Where something in it lies that takes `length` bytes.
    ///
    /// # Errors
    /// When the box ends before.
    pub(super) fn part(&self, offset: usize, length: usize) -> Read<Range<usize>> {
        let start = self.payload.start.checked_add(offset).ok_or(NotARecording)?;
        let end = start.checked_add(length).filter(|it| *it <= self.payload.end).ok_or(NotARecording)?;
        Ok(start..end)
    }

    /// Keeps `length` bytes of what is in it.
    ///
    /// # Errors
    /// When the box ends before.
    pub(super) fn keep_part(&self, sieve: &mut Sieve, offset: usize, length: usize) -> Read<()> {
        sieve.keep(self.part(offset, length)?)
    }

    /// Keeps version and flags, with which most boxes begin, and tells them.
    ///
    /// # Errors
    /// When the box is too short.
    pub(super) fn keep_version(&self, sieve: &mut Sieve) -> Read<(u8, u32)> {
        self.keep_part(sieve, 0, 4)?;
        let both = sieve.u32(self.payload.start)?;
        Ok(((both >> 24) as u8, both & 0x00ff_ffff))
    }
}

/// The boxes of one level.
pub(super) struct Boxes(Vec<BoxAt>);

impl Boxes {
    /// Those of a file, which begins with what it calls itself.
    ///
    /// # Errors
    /// When it does not, or one is longer than the file.
    pub(super) fn of_file(sieve: &Sieve) -> Read<Self> {
        if sieve.array(4)? != *b"ftyp" {
            return Err(NotARecording);
        }
        Self::within(sieve, sieve.whole())
    }

    /// Those that fill a range.
    ///
    /// # Errors
    /// When they do not fill it, or are too many.
    pub(super) fn within(sieve: &Sieve, range: Range<usize>) -> Read<Self> {
        let mut boxes = Vec::new();
        let mut at = range.start;
        while at < range.end {
            if range.end - at < HEADER || boxes.len() == MAX_BOXES {
                return Err(NotARecording);
            }
            let found = BoxAt::read(sieve, at, range.end)?;
            at = found.payload.end;
            boxes.push(found);
        }
        Ok(Self(boxes))
    }

    /// Those at the begin of a range. QuickTime ends some lists with zeros.
    ///
    /// # Errors
    /// When one is longer than the range, or they are too many.
    pub(super) fn at_begin_of(sieve: &Sieve, range: Range<usize>) -> Read<Self> {
        let mut end = range.start;
        while range.end.saturating_sub(end) >= HEADER && sieve.u32(end)? != TO_THE_END {
            end = BoxAt::read(sieve, end, range.end)?.payload.end;
        }
        Self::within(sieve, range.start..end)
    }

    /// Keeps the headers of those on the list, and makes free space of all others.
    ///
    /// # Errors
    /// Never, of boxes that were read from the same file.
    pub(super) fn keep_only(&self, sieve: &mut Sieve, list: &[&Kind]) -> Read<()> {
        for found in &self.0 {
            if list.contains(&&found.kind) { found.keep_header(sieve)? } else { found.free(sieve)? }
        }
        Ok(())
    }

    /// Those of a kind, in their order.
    pub(super) fn all<'a>(&'a self, kind: &'a Kind) -> impl Iterator<Item = &'a BoxAt> {
        self.0.iter().filter(move |it| it.kind == *kind)
    }

    /// Every one, in their order.
    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = &BoxAt> {
        self.0.iter()
    }

    /// The one of a kind, if there is one.
    ///
    /// # Errors
    /// When there are two, of which readers might take either.
    pub(super) fn at_most_one(&self, kind: &Kind) -> Read<Option<&BoxAt>> {
        let mut all = self.0.iter().filter(|it| it.kind == *kind);
        let first = all.next();
        if all.next().is_some() { Err(NotARecording) } else { Ok(first) }
    }

    /// The one of a kind.
    ///
    /// # Errors
    /// When there is none, or two.
    pub(super) fn one(&self, kind: &Kind) -> Read<&BoxAt> {
        self.at_most_one(kind)?.ok_or(NotARecording)
    }
}

/// A table in a box: rows of one width behind their count.
#[derive(Clone, Copy)]
pub(super) struct Table {
    rows: usize,
    /// How many rows it has.
    pub(super) count: usize,
    width: usize,
}

impl Table {
    /// Keeps a table whose count stands at `count_at` in the box, with all that stands before it.
    ///
    /// # Errors
    /// When the box is shorter than its rows, or has too many.
    pub(super) fn keep(sieve: &mut Sieve, found: &BoxAt, count_at: usize, width: usize) -> Read<Self> {
        found.keep_part(sieve, 0, count_at + 4)?;
        let count = position(sieve.u32(found.payload.start + count_at)?)?;
        if count > MAX_ROWS {
            return Err(NotARecording);
        }
        let rows = found.part(count_at + 4, count * width)?;
        sieve.keep(rows.clone())?;
        Ok(Self { rows: rows.start, count, width })
    }

    /// Where a row begins.
    ///
    /// # Errors
    /// When there is no such row.
    pub(super) fn row(&self, row: usize) -> Read<usize> {
        if row < self.count { Ok(self.rows + row * self.width) } else { Err(NotARecording) }
    }
}

/// So many rows or samples, when no table can have more.
///
/// # Errors
/// When it is more.
pub(super) fn bounded(count: u32) -> Read<usize> {
    let count = position(count)?;
    if count > MAX_ROWS { Err(NotARecording) } else { Ok(count) }
}
