//! Encrypted copies of drafts: kept for the phones of one account, read by nobody here, forgotten in time.
//!
//! ```text
//! PUT ──► file (fsync) ──► row, unless signed, overtaken or too much ──► the older file goes
//! sweep: the visit is on record, or nothing came for 60 days ──► rows go, then their files, then orphaned files
//! ```
//!
//! A row is written after its file and goes before it: what a crash leaves behind is a file without a row, never a
//! row without a file.

use std::time::{Duration, SystemTime};

use xunan_core::clock::{Instant, Span};
use xunan_core::digest::Digest;
use xunan_core::evidence::MAX_JPEG_BYTES;
use xunan_core::ids::{AccountId, VisitId};
use xunan_core::ledger::{RowKey, RowKind};
use xunan_core::sync::{KeptShadow, ShadowName, ShadowOutcome};

use crate::clock::NoEntropy;
use crate::ledger_store::{FileUse, LedgerStore, StoreError, StoredShadow, Tables};
use crate::photo_store::{PhotoFolder, ShadowFile};

/// One copy, at most, in bytes: the largest photo, with what encryption adds.
pub const MAX_SHADOW_BYTES: u64 = MAX_JPEG_BYTES + 64 * 1024;

/// All copies of one account together, at most, in bytes: five visits of a hundred photos.
pub const MAX_ACCOUNT_BYTES: u64 = 200 * 1024 * 1024;

/// All copies of one account together, at most, by number.
pub const MAX_ACCOUNT_COPIES: usize = 4096;

/// A visit of which nothing has come for so long is forgotten here; the phone still has it.
pub const SHADOW_LASTS: Span = Span::days(60);

/// A file without a row may belong to a request under way: it stays for so long.
const ORPHAN_LASTS: Duration = Duration::from_secs(24 * 3600);

/// What a copy replaces, as whoever sends it knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replaces {
    /// Whatever is there.
    Anything,
    /// Nothing: there must be none.
    Nothing,
    /// The copy with this digest, and no other.
    Exactly(Digest),
}

impl Replaces {
    fn allows(self, found: Option<Digest>) -> bool {
        match self {
            Self::Anything => true,
            Self::Nothing => found.is_none(),
            Self::Exactly(digest) => found == Some(digest),
        }
    }
}

/// Why copies could not be kept or found.
#[derive(Debug, thiserror::Error)]
pub enum ShadowError {
    /// The table.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The files.
    #[error(transparent)]
    Disk(#[from] std::io::Error),
    /// No name for a file.
    #[error(transparent)]
    NoEntropy(#[from] NoEntropy),
    /// The thread that should have done it is gone.
    #[error(transparent)]
    Gone(#[from] tokio::task::JoinError),
}

/// The copies of all accounts. Cheap to clone.
#[derive(Clone)]
pub struct Shadows {
    store: LedgerStore,
    folder: PhotoFolder,
}

impl Shadows {
    /// Copies whose table is in `store` and whose files are in `folder`.
    pub const fn new(store: LedgerStore, folder: PhotoFolder) -> Self {
        Self { store, folder }
    }

    /// Keeps a copy in the place of what it replaces, and says what became of it.
    ///
    /// # Errors
    /// [`ShadowError`]; what was kept before is kept still.
    pub async fn keep(
        &self,
        (account, visit, name): (AccountId, VisitId, ShadowName),
        replaces: Replaces,
        bytes: Vec<u8>,
        now: Instant,
    ) -> Result<ShadowOutcome, ShadowError> {
        let file = ShadowFile::fresh()?;
        let kept = KeptShadow {
            visit,
            name,
            digest: Digest::of(&bytes),
            size_bytes: bytes.len() as u64,
            changed: now,
        };
        let folder = self.folder.clone();
        tokio::task::spawn_blocking(move || folder.write_shadow(file, &bytes)).await??;
        let shadow = StoredShadow { account, kept, file };
        let kept = self.store.write(move |tables| put(tables, &shadow, replaces)).await;
        let needless = match &kept {
            Ok((ShadowOutcome::Stored { .. }, older)) => *older,
            // An answer that was lost says nothing of what was kept: the sweep looks at the row.
            Err(_) => None,
            Ok(_) => Some(file),
        };
        if let Some(needless) = needless {
            self.remove_files(vec![needless]).await?;
        }
        Ok(kept?.0)
    }

    /// What is kept for an account.
    ///
    /// # Errors
    /// [`ShadowError`].
    pub async fn of(&self, account: AccountId) -> Result<Vec<KeptShadow>, ShadowError> {
        let all = self.store.read(move |tables| tables.shadows_of(account)).await?;
        Ok(all.into_iter().map(|shadow| shadow.kept).collect())
    }

    /// The bytes of a copy; `None` when the account has none of that name.
    ///
    /// # Errors
    /// [`ShadowError`].
    pub async fn read(
        &self,
        account: AccountId,
        visit: VisitId,
        name: ShadowName,
    ) -> Result<Option<(KeptShadow, Vec<u8>)>, ShadowError> {
        let (store, folder) = (self.store.clone(), self.folder.clone());
        let read = move || {
            let found = store.read_blocking(|tables| tables.shadow(account, visit, &name))?;
            let Some(StoredShadow { kept, file, .. }) = found else { return Ok(None) };
            // A newer one may have taken its place since: then this one is gone, and whoever asks asks again.
            Ok(folder.read_shadow(file)?.map(|bytes| (kept, bytes)))
        };
        tokio::task::spawn_blocking(read).await?
    }

    /// Forgets the copies of one visit: one of them, or all.
    ///
    /// # Errors
    /// [`ShadowError`].
    pub async fn forget(
        &self,
        account: AccountId,
        visit: VisitId,
        name: Option<ShadowName>,
    ) -> Result<(), ShadowError> {
        let forgotten = self
            .store
            .write(move |tables| {
                let mut going = tables.shadows_of(account)?;
                going.retain(|it| {
                    it.kept.visit == visit && name.as_ref().is_none_or(|name| it.kept.name == *name)
                });
                delete(tables, &going)?;
                Ok::<_, StoreError>(going)
            })
            .await?;
        self.remove_files(forgotten.iter().map(|it| it.file).collect()).await
    }

    /// Forgets what nobody needs any more. Answers how many copies.
    ///
    /// # Errors
    /// [`ShadowError`]; what was forgotten before stays forgotten.
    pub async fn sweep(&self, now: Instant) -> Result<usize, ShadowError> {
        let before = now.plus(Span::millis(-SHADOW_LASTS.as_millis()));
        let idle = self
            .store
            .write(move |tables| {
                let idle = tables.idle_shadows(before)?;
                delete(tables, &idle)?;
                Ok::<_, StoreError>(idle)
            })
            .await?;
        self.remove_files(idle.iter().map(|it| it.file).collect()).await?;
        let (store, folder) = (self.store.clone(), self.folder.clone());
        let orphans = move || {
            for file in folder.shadow_files(SystemTime::now() - ORPHAN_LASTS)? {
                if store.read_blocking(|tables| tables.shadow_file_use(file))? == FileUse::Orphaned {
                    folder.remove_shadow(file)?;
                }
            }
            Ok::<_, ShadowError>(())
        };
        tokio::task::spawn_blocking(orphans).await??;
        Ok(idle.len())
    }

    async fn remove_files(&self, files: Vec<ShadowFile>) -> Result<(), ShadowError> {
        let folder = self.folder.clone();
        let remove = move || files.into_iter().try_for_each(|file| folder.remove_shadow(file));
        Ok(tokio::task::spawn_blocking(remove).await??)
    }
}

/// Decides, and writes the row. Answers also the file that is needed no longer.
fn put(
    tables: &dyn Tables,
    shadow: &StoredShadow,
    replaces: Replaces,
) -> Result<(ShadowOutcome, Option<ShadowFile>), StoreError> {
    let StoredShadow { account, kept, .. } = shadow;
    let signed = RowKey { kind: RowKind::Visit, id: kept.visit.to_string() };
    if tables.row(&signed)?.is_some() {
        return Ok((ShadowOutcome::SignedElsewhere, None));
    }
    let (older, others): (Vec<_>, Vec<_>) = tables
        .shadows_of(*account)?
        .into_iter()
        .partition(|it| it.kept.visit == kept.visit && it.kept.name == kept.name);
    let older = older.into_iter().next();
    let found = older.as_ref().map(|it| it.kept.digest);
    if !replaces.allows(found) {
        return Ok((ShadowOutcome::Overtaken { digest: found }, None));
    }
    let bytes: u64 = others.iter().map(|it| it.kept.size_bytes).sum();
    if bytes + kept.size_bytes > MAX_ACCOUNT_BYTES || others.len() >= MAX_ACCOUNT_COPIES {
        return Ok((ShadowOutcome::NoRoom { limit_bytes: MAX_ACCOUNT_BYTES }, None));
    }
    tables.put_shadow(shadow)?;
    Ok((ShadowOutcome::Stored { digest: kept.digest }, older.map(|it| it.file)))
}

fn delete(tables: &dyn Tables, shadows: &[StoredShadow]) -> Result<(), StoreError> {
    shadows.iter().try_for_each(|it| tables.delete_shadow(it.account, it.kept.visit, &it.kept.name))
}
