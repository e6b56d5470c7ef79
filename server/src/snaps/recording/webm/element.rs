//! Elements of EBML (RFC 8794): a number, a size and a content; and what fills the place of one that is taken out.

use std::ops::Range;

use super::ids::VOID;
use crate::snaps::recording::RecordingFault::NotARecording;
use crate::snaps::recording::sieve::{Read, Sieve, position};

/// Whether an element says how long it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Size {
    /// It does.
    Told,
    /// It goes on until something begins that cannot be in it.
    Open,
}

/// Whether an element was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// What may be kept of it.
    Yes,
    /// Nothing: its place is filled.
    No,
}

/// One element.
#[derive(Clone, Debug)]
pub(super) struct Element {
    /// What it is: its number with the marker bits.
    pub(super) id: u32,
    at: usize,
    /// What is in it; to the end of what is around it when its size is open.
    pub(super) payload: Range<usize>,
    /// Whether it says how long it is.
    pub(super) size: Size,
}

impl Element {
    /// The element at `at`, when `end` is where the one around it ends.
    ///
    /// # Errors
    /// When there is none, or it is longer than what is around it.
    pub(super) fn read(sieve: &Sieve, at: usize, end: usize) -> Read<Self> {
        let length = width(sieve.u8(at)?);
        if !(1..=4).contains(&length) {
            return Err(NotARecording);
        }
        let bytes = sieve.bytes(at..at + length)?;
        let id = bytes.iter().fold(0, |id, byte| id << 8 | u32::from(*byte));
        let (told, size_width) = number(sieve, at + length)?;
        let start = at + length + size_width;
        if start > end {
            return Err(NotARecording);
        }
        let Some(told) = told else {
            return Ok(Self { id, at, payload: start..end, size: Size::Open });
        };
        let told = position(told)?;
        if told > end - start {
            return Err(NotARecording);
        }
        Ok(Self { id, at, payload: start..start + told, size: Size::Told })
    }

    /// Keeps what it is and how long.
    ///
    /// # Errors
    /// Never, of one that was read from the same file.
    pub(super) fn keep_header(&self, sieve: &mut Sieve) -> Read<()> {
        sieve.keep(self.at..self.payload.start)
    }

    /// Keeps all of it.
    ///
    /// # Errors
    /// Never, of one that was read from the same file.
    pub(super) fn keep(&self, sieve: &mut Sieve) -> Read<()> {
        sieve.keep(self.at..self.payload.end)
    }

    /// Keeps a number, whole or not, which has eight bytes at most.
    ///
    /// # Errors
    /// When it has more.
    pub(super) fn keep_number(&self, sieve: &mut Sieve) -> Read<Kept> {
        if self.payload.len() > 8 {
            return Err(NotARecording);
        }
        self.keep(sieve)?;
        Ok(Kept::Yes)
    }

    /// Keeps a whole number, and tells it.
    ///
    /// # Errors
    /// When it has more than eight bytes.
    pub(super) fn keep_unsigned(&self, sieve: &mut Sieve) -> Read<u64> {
        self.keep_number(sieve)?;
        let bytes = sieve.bytes(self.payload.clone())?;
        Ok(bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    /// Keeps a header, and of what is in it the numbers on a list.
    ///
    /// # Errors
    /// When something in it is damaged.
    pub(super) fn keep_numbers(&self, sieve: &mut Sieve, list: &[u32]) -> Read<Kept> {
        self.keep_header(sieve)?;
        each(sieve, self.payload.clone(), |sieve, element| {
            if list.contains(&element.id) { element.keep_number(sieve) } else { Ok(Kept::No) }
        })?;
        Ok(Kept::Yes)
    }

    /// Fills its place: with an element that means nothing, which takes as many bytes.
    fn fill(&self, sieve: &mut Sieve) -> Read<()> {
        let length = self.payload.end - self.at;
        // With all bits set, a size is open.
        let fits = |width: usize| length.checked_sub(1 + width).filter(|rest| *rest < (1 << (7 * width)) - 1);
        let (width, rest) = (1..=7).find_map(|width| Some((width, fits(width)?))).ok_or(NotARecording)?;
        let marked = (1_u64 << (7 * width)) | rest as u64;
        sieve.clear(self.at..self.payload.end)?;
        sieve.write(self.at, &[VOID])?;
        sieve.write(self.at + 1, &marked.to_be_bytes()[8 - width..])
    }
}

/// How many bytes a number has that begins with this one; 9 when none does.
fn width(first: u8) -> usize {
    first.leading_zeros() as usize + 1
}

/// The number at `at`, none when all its bits are set, and how many bytes it has.
///
/// # Errors
/// When there is none.
pub(super) fn number(sieve: &Sieve, at: usize) -> Read<(Option<u64>, usize)> {
    let width = width(sieve.u8(at)?);
    if width > 8 {
        return Err(NotARecording);
    }
    let bytes = sieve.bytes(at..at + width)?;
    let marked = bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
    let open = (1 << (7 * width)) - 1;
    let number = marked & open;
    Ok(((number != open).then_some(number), width))
}

/// Goes through the elements that fill a range, and fills the place of each that is not kept.
///
/// # Errors
/// When they do not fill it, or one does not say how long it is.
pub(super) fn each(
    sieve: &mut Sieve,
    range: Range<usize>,
    mut keep: impl FnMut(&mut Sieve, &Element) -> Read<Kept>,
) -> Read<()> {
    let mut at = range.start;
    while at < range.end {
        let element = Element::read(sieve, at, range.end)?;
        if element.size == Size::Open {
            return Err(NotARecording);
        }
        element.keep_or_fill(sieve, &mut keep)?;
        at = element.payload.end;
    }
    Ok(())
}

impl Element {
    /// Lets `keep` decide on it.
    ///
    /// # Errors
    /// As `keep`.
    pub(super) fn keep_or_fill(
        &self,
        sieve: &mut Sieve,
        mut keep: impl FnMut(&mut Sieve, &Self) -> Read<Kept>,
    ) -> Read<()> {
        if keep(sieve, self)? == Kept::No { self.fill(sieve) } else { Ok(()) }
    }
}
