//! The folder of whole photos.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use xunan_core::digest::Digest;

/// A folder of photos, of uploads that are not finished, of encrypted copies of drafts, of sealed recordings, and of keys
/// that the database must not hold. All calls block: they are for threads that may.
#[derive(Clone, Debug)]
pub struct PhotoFolder {
    photos: PathBuf,
    pub(super) uploads: PathBuf,
    pub(super) shadows: PathBuf,
    pub(super) recordings: PathBuf,
    pub(super) secrets: PathBuf,
}

impl PhotoFolder {
    /// The store in `root`, which is made when there is none.
    ///
    /// # Errors
    /// When the folders cannot be made.
    pub fn open(root: &Path) -> io::Result<Self> {
        let (photos, uploads) = (root.join("photos"), root.join("uploads"));
        let (shadows, recordings) = (root.join("shadows"), root.join("recordings"));
        let store = Self { photos, uploads, shadows, recordings, secrets: root.join("secrets") };
        for folder in [&store.photos, &store.uploads, &store.shadows, &store.recordings, &store.secrets] {
            fs::create_dir_all(folder)?;
        }
        Ok(store)
    }

    /// The size of a photo in bytes; `None` when it is not here.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn size_of(&self, digest: &Digest) -> io::Result<Option<u64>> {
        found(fs::metadata(self.path(digest))).map(|meta| meta.map(|it| it.len()))
    }

    /// The bytes of a photo; `None` when it is not here.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn read(&self, digest: &Digest) -> io::Result<Option<Vec<u8>>> {
        found(fs::read(self.path(digest)))
    }

    /// Removes a photo, if it is here.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn remove(&self, digest: &Digest) -> io::Result<()> {
        found(fs::remove_file(self.path(digest))).map(|_| ())
    }

    /// Puts a whole file in its place. When this returns, a power cut loses neither its bytes nor its name.
    pub(super) fn adopt(&self, file: &Path, digest: &Digest) -> io::Result<()> {
        File::open(file)?.sync_all()?;
        let target = self.path(digest);
        let Some(inner) = target.parent() else { return Err(io::ErrorKind::InvalidInput.into()) };
        let Some(outer) = inner.parent() else { return Err(io::ErrorKind::InvalidInput.into()) };
        make_folder(outer, &self.photos)?;
        make_folder(inner, outer)?;
        fs::rename(file, &target)?;
        File::open(inner)?.sync_all()
    }

    /// `photos/ab/cd/<64 digits>`: no folder grows beyond what file systems like.
    fn path(&self, digest: &Digest) -> PathBuf {
        let hex = digest.hex();
        self.photos.join(&hex[..2]).join(&hex[2..4]).join(hex)
    }
}

/// Makes a folder, if it is new, so that a power cut does not lose its name.
fn make_folder(folder: &Path, parent: &Path) -> io::Result<()> {
    match fs::create_dir(folder) {
        Ok(()) => File::open(parent)?.sync_all(),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}

/// "Not found" is an answer, not a failure.
pub(super) fn found<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
