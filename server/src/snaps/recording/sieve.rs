//! The file as it came, and the copy of it that is kept: as long, and empty but for what was copied by somebody who knew what it was.

use std::ops::Range;

use super::RecordingFault::{self, NotARecording};

/// What reading gives.
pub(super) type Read<T> = Result<T, RecordingFault>;

/// A file and its copy.
pub(super) struct Sieve {
    came: Vec<u8>,
    kept: Vec<u8>,
}

impl Sieve {
    /// Nothing of `came` is kept yet.
    pub(super) fn new(came: Vec<u8>) -> Self {
        let kept = vec![0; came.len()];
        Self { came, kept }
    }

    /// Where the file lies: all of it.
    pub(super) fn whole(&self) -> Range<usize> {
        0..self.came.len()
    }

    /// Bytes as they came.
    ///
    /// # Errors
    /// When the file ends before.
    pub(super) fn bytes(&self, range: Range<usize>) -> Read<&[u8]> {
        self.came.get(range).ok_or(NotARecording)
    }

    /// So many bytes from `at` on, as they came.
    ///
    /// # Errors
    /// When the file ends before.
    pub(super) fn array<const N: usize>(&self, at: usize) -> Read<[u8; N]> {
        let rest = self.came.get(at..).ok_or(NotARecording)?;
        rest.first_chunk().copied().ok_or(NotARecording)
    }

    /// One byte.
    ///
    /// # Errors
    /// When the file ends before.
    pub(super) fn u8(&self, at: usize) -> Read<u8> {
        self.came.get(at).copied().ok_or(NotARecording)
    }

    /// A number of two bytes, the highest first.
    ///
    /// # Errors
    /// When the file ends before.
    pub(super) fn u16(&self, at: usize) -> Read<u16> {
        Ok(u16::from_be_bytes(self.array(at)?))
    }

    /// A number of four bytes, the highest first.
    ///
    /// # Errors
    /// When the file ends before.
    pub(super) fn u32(&self, at: usize) -> Read<u32> {
        Ok(u32::from_be_bytes(self.array(at)?))
    }

    /// A number of eight bytes, the highest first.
    ///
    /// # Errors
    /// When the file ends before.
    pub(super) fn u64(&self, at: usize) -> Read<u64> {
        Ok(u64::from_be_bytes(self.array(at)?))
    }

    /// Copies bytes as they came.
    ///
    /// # Errors
    /// When the file ends before.
    pub(super) fn keep(&mut self, range: Range<usize>) -> Read<()> {
        let came = self.came.get(range.clone()).ok_or(NotARecording)?;
        self.kept.get_mut(range).ok_or(NotARecording)?.copy_from_slice(came);
        Ok(())
    }

    /// Empties a part of the copy again.
    ///
    /// # Errors
    /// When the file ends before.
    pub(super) fn clear(&mut self, range: Range<usize>) -> Read<()> {
        self.kept.get_mut(range).ok_or(NotARecording)?.fill(0);
        Ok(())
    }

    /// Puts bytes of our own into the copy.
    ///
    /// # Errors
    /// When the file ends before.
    pub(super) fn write(&mut self, at: usize, bytes: &[u8]) -> Read<()> {
        let end = at.checked_add(bytes.len()).ok_or(NotARecording)?;
        self.kept.get_mut(at..end).ok_or(NotARecording)?.copy_from_slice(bytes);
        Ok(())
    }

    /// The copy.
    pub(super) fn into_kept(self) -> Vec<u8> {
        self.kept
    }
}

/// A number of the file as a position or a size in it.
///
/// # Errors
/// When this machine has no such position.
pub(super) fn position(number: impl TryInto<usize>) -> Read<usize> {
    number.try_into().map_err(|_| NotARecording)
}
