//! The files of encrypted copies of drafts: each is written once under a name chosen at random, and never changed.
//! Which copy a file belongs to stands in the ledger store's table; a file that no row names is swept.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::str::FromStr;
use std::time::SystemTime;

use super::folder::{PhotoFolder, found};
use crate::clock::{self, NoEntropy};

/// The name of a file: 128 random bits, written as 32 hexadecimal digits. Nothing of a request is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ShadowFile(u128);

impl ShadowFile {
    /// A name that no other file has.
    ///
    /// # Errors
    /// [`NoEntropy`] when the system has none.
    pub fn fresh() -> Result<Self, NoEntropy> {
        Ok(Self(u128::from_be_bytes(clock::random()?)))
    }
}

impl fmt::Display for ShadowFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// A text that is not the name of such a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not 32 hexadecimal digits")]
pub struct NotAShadowFile;

impl FromStr for ShadowFile {
    type Err = NotAShadowFile;

    fn from_str(text: &str) -> Result<Self, NotAShadowFile> {
        let file = u128::from_str_radix(text, 16).map(Self).map_err(|_| NotAShadowFile)?;
        // One spelling only.
        if file.to_string() == text { Ok(file) } else { Err(NotAShadowFile) }
    }
}

impl PhotoFolder {
    /// Writes the bytes of a copy. When this returns, a power cut loses neither them nor their name.
    ///
    /// # Errors
    /// When the disk fails or is full.
    pub fn write_shadow(&self, name: ShadowFile, bytes: &[u8]) -> io::Result<()> {
        let mut file = File::options().write(true).create_new(true).open(self.shadow_path(name))?;
        file.write_all(bytes)?;
        file.sync_all()?;
        File::open(&self.shadows)?.sync_all()
    }

    /// The bytes of a copy; `None` when they are not here.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn read_shadow(&self, name: ShadowFile) -> io::Result<Option<Vec<u8>>> {
        found(fs::read(self.shadow_path(name)))
    }

    /// Removes the bytes of a copy, if they are here.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn remove_shadow(&self, name: ShadowFile) -> io::Result<()> {
        found(fs::remove_file(self.shadow_path(name))).map(|_| ())
    }

    /// The files that were written before `before`, in no order.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn shadow_files(&self, before: SystemTime) -> io::Result<Vec<ShadowFile>> {
        let mut files = Vec::new();
        for file in fs::read_dir(&self.shadows)? {
            let file = file?;
            let named = file.file_name().to_str().and_then(|name| name.parse().ok());
            // It may have been removed since the folder was listed.
            if let (Some(name), Some(meta)) = (named, found(file.metadata())?)
                && meta.modified()? < before
            {
                files.push(name);
            }
        }
        Ok(files)
    }

    fn shadow_path(&self, name: ShadowFile) -> PathBuf {
        self.shadows.join(name.to_string())
    }
}
