//! Reading a package from front to back, so that whoever reads never needs all of it in memory.
//!
//! ```text
//! end ─► directory ─► header, file, header, file … ─► the rest
//! ```
//!
//! What varies in a package is its files; everything between them follows from those. So each byte between is compared
//! with the one that [`Layout`](super::Layout) would write. Each file is told of twice, before its bytes and in the
//! directory, so that damage to one of the two is named by the file that it is about, and the file is read all the same.

use std::ops::Range;

use super::layout::{END_LEN, End, HEADER_LEN, Member, RECORD_LEN, is_record, is_zip};
use super::{Broken, Crc32, Fault, FileName};

/// Why a file is no package at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAPackage {
    /// Not a ZIP.
    #[error("not a ZIP file")]
    NotAZip,
    /// A ZIP that was not written by Xun'an, or was unpacked and packed anew.
    #[error("a ZIP file, but not one that Xun'an has written: perhaps it was packed anew")]
    OtherZip,
}

/// What the reader wants next.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    End,
    Directory(Range<u64>),
    Header,
    File(Member),
    Rest,
    Through,
}

/// A package that is being read.
#[derive(Debug)]
pub(super) struct Reading {
    length: u64,
    step: Step,
    /// Where the next header begins.
    at: u64,
    /// The files by the directory, when it is whole.
    told: Option<Vec<Member>>,
    /// The files as they were found, with the checksum that their bytes have.
    found: Vec<Member>,
    faults: Vec<Broken>,
}

impl Reading {
    pub(super) const fn begin(length: u64) -> Self {
        let step = if length < END_LEN as u64 { Step::Header } else { Step::End };
        Self { length, step, at: 0, told: None, found: Vec::new(), faults: Vec::new() }
    }

    /// The bytes that it wants next; `None` when it is through.
    pub(super) fn wants(&self) -> Option<Range<u64>> {
        let up_to = |count: usize| self.at..self.length.min(self.at + count as u64);
        match &self.step {
            Step::End => Some(self.length - END_LEN as u64..self.length),
            Step::Directory(range) => Some(range.clone()),
            Step::Header => Some(up_to(HEADER_LEN + FileName::MAX_LEN)),
            Step::File(member) => Some(up_to(member.size_bytes as usize)),
            Step::Rest => Some(up_to(self.rest().len())),
            Step::Through => None,
        }
    }

    /// How much of the package has been read, in bytes.
    pub(super) const fn at(&self) -> u64 {
        self.at
    }

    /// Takes the bytes that it wanted. Answers which file they are, when they are one.
    ///
    /// # Errors
    /// [`NotAPackage`] when nothing here can be read.
    pub(super) fn take(&mut self, bytes: &[u8]) -> Result<Option<FileName>, NotAPackage> {
        match std::mem::replace(&mut self.step, Step::Through) {
            Step::End => self.step = self.after_end(bytes),
            Step::Directory(range) => {
                self.told = members(bytes, range.start);
                self.step = Step::Header;
            }
            Step::Header => self.step = self.after_header(bytes)?,
            Step::File(member) => return Ok(self.after_file(member, bytes)),
            Step::Rest => self.compare_rest(bytes),
            Step::Through => {}
        }
        Ok(None)
    }

    /// What is wrong with how the files lie, when it is through.
    pub(super) fn into_faults(self) -> Vec<Broken> {
        self.faults
    }

    fn after_end(&self, bytes: &[u8]) -> Step {
        let Some(end) = End::of(bytes) else { return Step::Header };
        let (start, size) = (u64::from(end.directory_at), u64::from(end.directory_bytes));
        let range = start..start + size;
        let plausible = size <= u64::from(end.files) * (RECORD_LEN + FileName::MAX_LEN) as u64;
        let fits = range.end + END_LEN as u64 == self.length;
        if plausible && fits { Step::Directory(range) } else { Step::Header }
    }

    fn after_header(&mut self, bytes: &[u8]) -> Result<Step, NotAPackage> {
        let found = Member::of_header(bytes);
        let told = match &self.told {
            Some(told) => match told.get(self.found.len()) {
                Some(member) => Some(*member),
                None => return Ok(Step::Rest),
            },
            None => None,
        };
        let member = match (told, found) {
            (None, None) if self.found.is_empty() => {
                return Err(if is_zip(bytes) { NotAPackage::OtherZip } else { NotAPackage::NotAZip });
            }
            (None, None) if is_record(bytes) => return Ok(Step::Rest),
            (None, None) => {
                let file = self.found.last().map(|member| member.name);
                self.faults.push(Broken { file, fault: Fault::CutOff });
                return Ok(Step::Through);
            }
            (None, Some(found)) => found,
            (Some(told), found) => {
                if found != Some(told) {
                    let called = found.map(|it| it.name).filter(|name| *name != told.name);
                    self.fault(told.name, Fault::Header { called });
                }
                // What stands before the bytes has the last word on the name, the directory on the size.
                Member { name: found.map_or(told.name, |it| it.name), ..told }
            }
        };
        if self.found.last().is_some_and(|last| member.name <= last.name) {
            self.fault(member.name, Fault::OutOfOrder);
        }
        let header_bytes = told.unwrap_or(member).header().len() as u64;
        self.at += header_bytes;
        if u64::from(member.size_bytes) > member.name.max_bytes() {
            self.fault(member.name, Fault::TooLarge);
            self.at = self.length.min(self.at + u64::from(member.size_bytes));
            self.found.push(member);
            return Ok(Step::Header);
        }
        Ok(Step::File(member))
    }

    fn after_file(&mut self, member: Member, bytes: &[u8]) -> Option<FileName> {
        self.at += bytes.len() as u64;
        if bytes.len() != member.size_bytes as usize {
            self.fault(member.name, Fault::CutOff);
            return None;
        }
        let checksum = Crc32::of(bytes);
        if checksum != member.checksum {
            self.fault(member.name, Fault::Checksum);
        }
        // Of two files of one name the first one counts. Only what is out of order can be one of them.
        let late = self.found.last().is_some_and(|last| member.name <= last.name);
        let again = late && self.found.iter().any(|before| before.name == member.name);
        self.found.push(Member { checksum, ..member });
        self.step = Step::Header;
        (!again).then_some(member.name)
    }

    /// The directory and the end as they must be after these files, record by record.
    fn records(&self) -> Vec<(Option<FileName>, Vec<u8>)> {
        let mut records = Vec::with_capacity(self.found.len() + 1);
        let (mut offset, mut directory_bytes) = (0_u64, 0);
        for member in &self.found {
            let record = member.record(u32::try_from(offset).unwrap_or(u32::MAX));
            offset += member.header().len() as u64 + u64::from(member.size_bytes);
            directory_bytes += record.len();
            records.push((Some(member.name), record));
        }
        let end = End {
            files: u16::try_from(self.found.len()).unwrap_or(u16::MAX),
            directory_bytes: u32::try_from(directory_bytes).unwrap_or(u32::MAX),
            directory_at: u32::try_from(offset).unwrap_or(u32::MAX),
        };
        records.push((None, end.bytes()));
        records
    }

    fn rest(&self) -> Vec<u8> {
        self.records().into_iter().flat_map(|(_, bytes)| bytes).collect()
    }

    fn compare_rest(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        for (file, expected) in self.records() {
            let (found, after) = rest.split_at(expected.len().min(rest.len()));
            if found != expected {
                let fault = if file.is_some() { Fault::Record } else { Fault::End };
                self.faults.push(Broken { file, fault });
            }
            rest = after;
        }
        self.at += bytes.len() as u64;
        if self.at < self.length {
            self.faults.push(Broken { file: None, fault: Fault::End });
        }
    }

    fn fault(&mut self, file: FileName, fault: Fault) {
        self.faults.push(Broken::of(file, fault));
    }
}

/// The files by a directory that begins at `start`; `None` unless the directory is whole and in order.
fn members(mut directory: &[u8], start: u64) -> Option<Vec<Member>> {
    let mut members: Vec<Member> = Vec::new();
    let mut offset = 0_u64;
    while !directory.is_empty() {
        let at = u32::try_from(offset).ok()?;
        let member = Member::of_record(directory, at)?;
        if members.last().is_some_and(|last| member.name <= last.name) {
            return None;
        }
        directory = &directory[member.record(at).len()..];
        offset += member.header().len() as u64 + u64::from(member.size_bytes);
        members.push(member);
    }
    (offset == start).then_some(members)
}
