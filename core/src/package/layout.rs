//! How the files lie in a package: a ZIP (APPNOTE 6.3.10) without compression, of which every byte is determined by
//! the files. No extra fields, no comments, no attributes, the same date for all.

use std::collections::BTreeMap;

use super::{Crc32, FileName};

/// A file as the archive tells of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Member {
    pub(super) name: FileName,
    pub(super) checksum: Crc32,
    pub(super) size_bytes: u32,
}

/// A local header begins with this.
const HEADER_MARK: [u8; 4] = *b"PK\x03\x04";
/// A record of the directory begins with this.
const RECORD_MARK: [u8; 4] = *b"PK\x01\x02";
/// The end begins with this.
const END_MARK: [u8; 4] = *b"PK\x05\x06";
/// Version 2.0, names in UTF-8, stored, midnight of 1980-01-01: the earliest date that the format has.
const FIXED: [u8; 10] = [20, 0, 0, 0x08, 0, 0, 0, 0, 0x21, 0];

/// Bytes of a local header without its name.
pub(super) const HEADER_LEN: usize = 30;
/// Bytes of a record of the directory without its name.
pub(super) const RECORD_LEN: usize = 46;
/// Bytes of the end.
pub(super) const END_LEN: usize = 22;

impl Member {
    /// The bytes before the file's own.
    pub(super) fn header(&self) -> Vec<u8> {
        let name = self.name.to_string();
        let mut bytes = Vec::with_capacity(HEADER_LEN + name.len());
        bytes.extend_from_slice(&HEADER_MARK);
        self.push_fields(&name, &mut bytes);
        bytes.extend_from_slice(name.as_bytes());
        bytes
    }

    /// Its record in the directory; `offset` is where its header begins.
    pub(super) fn record(&self, offset: u32) -> Vec<u8> {
        let name = self.name.to_string();
        let mut bytes = Vec::with_capacity(RECORD_LEN + name.len());
        bytes.extend_from_slice(&RECORD_MARK);
        bytes.extend_from_slice(&[20, 0]);
        self.push_fields(&name, &mut bytes);
        // No comment, first disk, no attributes.
        bytes.extend_from_slice(&[0; 10]);
        bytes.extend_from_slice(&offset.to_le_bytes());
        bytes.extend_from_slice(name.as_bytes());
        bytes
    }

    /// What header and record have in common.
    fn push_fields(&self, name: &str, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(&FIXED);
        bytes.extend_from_slice(&self.checksum.0.to_le_bytes());
        bytes.extend_from_slice(&self.size_bytes.to_le_bytes());
        bytes.extend_from_slice(&self.size_bytes.to_le_bytes());
        // A name is shorter than a hundred bytes.
        bytes.extend_from_slice(&(name.len() as u16).to_le_bytes());
        bytes.extend_from_slice(&[0, 0]);
    }

    /// Reads a local header at the beginning of `bytes`; `None` unless it is the one that we would write.
    pub(super) fn of_header(bytes: &[u8]) -> Option<Self> {
        let member = Self::of_fields(bytes.get(4..HEADER_LEN)?, bytes.get(HEADER_LEN..)?)?;
        bytes.starts_with(&member.header()).then_some(member)
    }

    /// Reads a record of the directory at the beginning of `bytes`; `None` unless it is the one that we would write
    /// for a file at `offset`.
    pub(super) fn of_record(bytes: &[u8], offset: u32) -> Option<Self> {
        let member = Self::of_fields(bytes.get(6..32)?, bytes.get(RECORD_LEN..)?)?;
        bytes.starts_with(&member.record(offset)).then_some(member)
    }

    /// Takes what varies; whether the rest is as it must be is seen by writing it again.
    fn of_fields(fields: &[u8], after: &[u8]) -> Option<Self> {
        let number = |at: usize| fields.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes);
        let name_len = u16::from_le_bytes(fields.get(22..24)?.try_into().ok()?);
        let name = std::str::from_utf8(after.get(..usize::from(name_len))?).ok()?;
        Some(Self { name: name.parse().ok()?, checksum: Crc32(number(10)?), size_bytes: number(14)? })
    }
}

/// Whether a record of a directory begins here, of whatever archive.
pub(super) fn is_record(bytes: &[u8]) -> bool {
    bytes.starts_with(&RECORD_MARK) || bytes.starts_with(&END_MARK)
}

/// Whether a ZIP of whatever make begins here.
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(&HEADER_MARK) || bytes.starts_with(&END_MARK)
}

/// The last bytes of a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct End {
    pub(super) files: u16,
    pub(super) directory_bytes: u32,
    pub(super) directory_at: u32,
}

impl End {
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(END_LEN);
        bytes.extend_from_slice(&END_MARK);
        bytes.extend_from_slice(&[0; 4]);
        bytes.extend_from_slice(&self.files.to_le_bytes());
        bytes.extend_from_slice(&self.files.to_le_bytes());
        bytes.extend_from_slice(&self.directory_bytes.to_le_bytes());
        bytes.extend_from_slice(&self.directory_at.to_le_bytes());
        bytes.extend_from_slice(&[0, 0]);
        bytes
    }

    /// Reads the end; `None` unless it is one that we would write.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        let long = |at: usize| bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes);
        let files = u16::from_le_bytes(bytes.get(8..10)?.try_into().ok()?);
        let end = Self { files, directory_bytes: long(12)?, directory_at: long(16)? };
        (end.bytes() == bytes).then_some(end)
    }
}

/// Why a package cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotWritable {
    /// A file does not come after the one before it.
    #[error("{0} is out of order")]
    OutOfOrder(FileName),
    /// A file is larger than such a file may be, or the whole larger than a ZIP of this kind (4 GiB, 65 535 files).
    #[error("{0} is too large, or the package with it")]
    TooLarge(FileName),
}

/// Writes the bytes between the files, so that whoever writes a package never needs all of it in memory.
///
/// ```
/// use xunan_core::package::{Crc32, FileName, Layout, README};
///
/// let mut layout = Layout::default();
/// let mut bytes = layout.add(FileName::Readme, Crc32::of(README.as_bytes()), README.len() as u64)?;
/// bytes.extend_from_slice(README.as_bytes());
/// bytes.extend(layout.finish());
/// # Ok::<_, xunan_core::package::NotWritable>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Layout {
    last: Option<FileName>,
    directory: Vec<u8>,
    files: u16,
    size_bytes: u32,
}

impl Layout {
    /// Adds a file, in the order of their names. Answers the bytes that stand before its own.
    ///
    /// # Errors
    /// [`NotWritable`]; the file was not added.
    pub fn add(&mut self, name: FileName, checksum: Crc32, size_bytes: u64) -> Result<Vec<u8>, NotWritable> {
        if self.last.is_some_and(|last| name <= last) {
            return Err(NotWritable::OutOfOrder(name));
        }
        if size_bytes > name.max_bytes() {
            return Err(NotWritable::TooLarge(name));
        }
        let too_large = NotWritable::TooLarge(name);
        let size_bytes = u32::try_from(size_bytes).map_err(|_| too_large)?;
        let member = Member { name, checksum, size_bytes };
        let header = member.header();
        let record = member.record(self.size_bytes);
        let after = u64::from(self.size_bytes) + header.len() as u64 + u64::from(size_bytes);
        let with_directory = after + (self.directory.len() + record.len() + END_LEN) as u64;
        let (files, after) = match (self.files.checked_add(1), u32::try_from(after)) {
            (Some(files), Ok(after)) if with_directory <= u64::from(u32::MAX) => (files, after),
            _ => return Err(too_large),
        };
        self.directory.extend(record);
        (self.last, self.files, self.size_bytes) = (Some(name), files, after);
        Ok(header)
    }

    /// The bytes after the last file.
    pub fn finish(mut self) -> Vec<u8> {
        let end = End {
            files: self.files,
            // Kept below 4 GiB with everything else.
            directory_bytes: self.directory.len() as u32,
            directory_at: self.size_bytes,
        };
        self.directory.extend(end.bytes());
        self.directory
    }
}

/// Writes a package whole.
///
/// # Errors
/// [`NotWritable::TooLarge`].
pub fn write(files: &BTreeMap<FileName, Vec<u8>>) -> Result<Vec<u8>, NotWritable> {
    let mut layout = Layout::default();
    let mut bytes = Vec::new();
    for (name, content) in files {
        bytes.extend(layout.add(*name, Crc32::of(content), content.len() as u64)?);
        bytes.extend_from_slice(content);
    }
    bytes.extend(layout.finish());
    Ok(bytes)
}
