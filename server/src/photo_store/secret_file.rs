//! Keys that the database must not hold: files of 32 random bytes, readable by this user alone. A copy of the database
//! without this folder opens nothing that was encrypted with them, and removing a file forgets what only it opens.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::PathBuf;

use xunan_core::ids::{EntryId, SnapId};

use super::RecordingFile;
use super::folder::{PhotoFolder, found};

/// A key.
pub type SecretBytes = [u8; 32];

/// Which file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretFile {
    /// What the secrets of all reports are made with.
    Follows,
    /// What the contact of one report's reporter is encrypted with.
    Contact(SnapId),
    /// What who claimed a reward by one approval is encrypted with.
    Claimant(EntryId),
    /// What a recording of one report is encrypted with.
    Recording(RecordingFile),
}

impl PhotoFolder {
    /// Writes a key. When this returns, a power cut loses neither it nor its name.
    ///
    /// # Errors
    /// When there is one already, and when the disk fails or is full.
    pub fn write_secret(&self, file: SecretFile, bytes: &SecretBytes) -> io::Result<()> {
        let mut options = File::options();
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.write(true).create_new(true).open(self.secret_path(file))?;
        file.write_all(bytes)?;
        file.sync_all()?;
        File::open(&self.secrets)?.sync_all()
    }

    /// A key; `None` when it is not here.
    ///
    /// # Errors
    /// When the disk fails, or the file is no key.
    pub fn read_secret(&self, file: SecretFile) -> io::Result<Option<SecretBytes>> {
        let bytes = found(fs::read(self.secret_path(file)))?;
        bytes.map(|bytes| bytes.try_into().map_err(|_| io::ErrorKind::InvalidData.into())).transpose()
    }

    /// Removes a key, if it is here: nobody ever reads again what only it opens.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn remove_secret(&self, file: SecretFile) -> io::Result<()> {
        found(fs::remove_file(self.secret_path(file)))?;
        File::open(&self.secrets)?.sync_all()
    }

    fn secret_path(&self, file: SecretFile) -> PathBuf {
        match file {
            SecretFile::Follows => self.secrets.join("follows.key"),
            SecretFile::Contact(snap) => self.secrets.join(format!("{snap}.key")),
            SecretFile::Recording(recording) => self.secrets.join(format!("{recording}.key")),
            SecretFile::Claimant(approval) => self.secrets.join(format!("claimant-{approval}.key")),
        }
    }
}
