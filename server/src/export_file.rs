//! `xunan export`: an evidence package as a file, by whoever may read the data folder. Works beside a running server.

use std::fs::OpenOptions;
use std::io::{self, BufWriter, Write as _};
use std::path::PathBuf;

use xunan_core::ids::VisitId;

use crate::clock::Clock;
use crate::command_line::ExportOptions;
use crate::data_folder::{self, DataFolderError};
use crate::export::{ExportError, Exporter, Outline};
use crate::intake::{PackError, Packs};
use crate::keys::{KeyError, ServerKeys};
use crate::ledger_store::LedgerStore;
use crate::transparency::TransparencyLog;

/// Why no file was written.
#[derive(Debug, thiserror::Error)]
pub enum ExportFileError {
    /// The data folder.
    #[error(transparent)]
    DataFolder(#[from] DataFolderError),
    /// The keys that sign.
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// The rule packs.
    #[error(transparent)]
    Packs(#[from] PackError),
    /// What was asked for.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// There is no such visit.
    #[error("there is no visit {0}")]
    NoSuchVisit(VisitId),
    /// The file.
    #[error("cannot write {file}: {cause}")]
    File {
        /// Which.
        file: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// The runtime.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Exports into a file.
///
/// # Errors
/// [`ExportFileError`].
pub fn run(options: ExportOptions) -> Result<(), ExportFileError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    let (store, photos) = data_folder::open(&options.data)?;
    let refused = |cause| ExportFileError::File { file: options.to.clone(), cause };
    let outline = runtime.block_on(outline(store, &options))?;
    let file = OpenOptions::new().write(true).create_new(true).open(&options.to).map_err(refused)?;
    let mut file = BufWriter::new(file);
    outline.write(&photos, |piece| file.write_all(&piece))?;
    file.into_inner()
        .map_err(io::IntoInnerError::into_error)
        .and_then(|file| file.sync_all())
        .map_err(refused)
}

async fn outline(store: LedgerStore, options: &ExportOptions) -> Result<Outline, ExportFileError> {
    let clock = Clock::default();
    let keys = ServerKeys::load(&store, &clock).await?;
    let packs = Packs::publish(&store).await?;
    let transparency = TransparencyLog::new(store.clone(), keys.clone(), clock.clone());
    let exporter = Exporter::new(store, keys, packs, transparency, clock);
    let mut entries = options.entries.clone();
    for visit in &options.visits {
        let entry = exporter.entry_of_visit(*visit).await.map_err(ExportError::from)?;
        entries.push(entry.ok_or(ExportFileError::NoSuchVisit(*visit))?);
    }
    Ok(exporter.outline(entries).await?)
}
