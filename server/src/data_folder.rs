//! The folder in which a server without configuration keeps everything: `ledger.sqlite`, `photos/`, `uploads/`,
//! `shadows/`, `secrets/`.

use std::io;
use std::path::{Path, PathBuf};

use crate::ledger_store::{LedgerStore, StoreError};
use crate::photo_store::PhotoFolder;

/// Why the folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DataFolderError {
    /// It cannot be made or written.
    #[error("cannot use the folder {folder}: {cause}")]
    Folder {
        /// Which.
        folder: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// The database cannot be opened.
    #[error("cannot open the database: {0}")]
    Store(#[from] StoreError),
}

/// Opens the ledger and the photos in `folder`, which only this user may read.
///
/// # Errors
/// [`DataFolderError`].
pub fn open(folder: &Path) -> Result<(LedgerStore, PhotoFolder), DataFolderError> {
    let refused = |cause| DataFolderError::Folder { folder: folder.to_owned(), cause };
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder).map_err(refused)?;
    let photos = PhotoFolder::open(folder).map_err(refused)?;
    let database = folder.join("ledger.sqlite");
    // Made here, since SQLite would let everybody read it; its log files take over the mode.
    let mut file = std::fs::OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut file, 0o600);
    file.append(true).create(true).open(&database).map_err(refused)?;
    Ok((LedgerStore::open_sqlite(&database)?, photos))
}
