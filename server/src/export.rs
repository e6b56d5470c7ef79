//! Putting an export package together: what the ledger has about some entries, in the format of `core::package`.
//!
//! ```text
//! entries ─► Outline: every text, and the names of photos ─► write: header, bytes, header, bytes …
//! ```
//!
//! Photos are read one after the other while the package is written, so it never is in memory whole.

use std::collections::BTreeMap;
use std::io;

use xunan_core::digest::Digest;
use xunan_core::ids::{EntryId, VisitId};
use xunan_core::ledger::{Row, RowKey, RowKind};
use xunan_core::log::{
    Body, ContentsStatement, DeviceStatement, SignedEntry, SignedReceipt, SignedRoot, Statement,
};
use xunan_core::package::{Crc32, FileName, Layout, NotWritable, README, photo_files, rules_of};

use crate::clock::Clock;
use crate::intake::Packs;
use crate::keys::{KeyError, ServerKeys};
use crate::ledger_store::{DeviceState, EntryState, LedgerStore, StoreError, StoreResult, Tables};
use crate::photo_store::PhotoFolder;
use crate::transparency::{LogError, TransparencyLog};

/// Why no package was made.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A statement could not be signed.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The transparency log.
    #[error(transparent)]
    Log(#[from] LogError),
    /// There is no such entry.
    #[error("there is no entry {0}")]
    NoSuchEntry(EntryId),
    /// The format has no room for it.
    #[error(transparent)]
    NotWritable(#[from] NotWritable),
    /// A photo could not be read, or the package not written.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Where the bytes of a file come from.
#[derive(Clone, Debug)]
enum Source {
    Text(Vec<u8>),
    Photo(Digest),
}

/// A package that only has to be written.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    files: BTreeMap<FileName, Source>,
}

/// What an export reads and signs with. Cheap to clone.
#[derive(Clone)]
pub struct Exporter {
    store: LedgerStore,
    keys: ServerKeys,
    packs: Packs,
    transparency: TransparencyLog,
    clock: Clock,
}

/// An entry with its receipt, if it has one.
type Kept = (SignedEntry, Option<SignedReceipt>);

impl Exporter {
    /// An exporter of what is in `store`.
    pub const fn new(
        store: LedgerStore,
        keys: ServerKeys,
        packs: Packs,
        transparency: TransparencyLog,
        clock: Clock,
    ) -> Self {
        Self { store, keys, packs, transparency, clock }
    }

    /// The entry that holds the record of a visit; `None` when no such visit took effect.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn entry_of_visit(&self, visit: VisitId) -> StoreResult<Option<EntryId>> {
        let key = RowKey { kind: RowKind::Visit, id: visit.to_string() };
        let row = self.store.read(move |tables| tables.row(&key)).await?;
        Ok(match row {
            Some(Row::Visit(card)) => card.get().map(|card| card.entry),
            _ => None,
        })
    }

    /// Puts together what there is about these entries. Who may see them is the caller's business.
    ///
    /// # Errors
    /// [`ExportError`].
    pub async fn outline(&self, entries: Vec<EntryId>) -> Result<Outline, ExportError> {
        let exporter = self.clone();
        let (mut outline, kept) = self
            .store
            .read(move |tables| {
                let kept = entries.iter().map(|id| kept(tables, *id)).collect::<Result<Vec<_>, _>>()?;
                let mut outline = Outline::default();
                exporter.add_devices(tables, &kept, &mut outline)?;
                Ok::<_, ExportError>((outline, kept))
            })
            .await?;
        outline.text(FileName::Readme, README);
        outline.text(FileName::ServerKeys, self.keys.key_set().to_json());
        for (signed, receipt) in &kept {
            self.add_entry(signed, receipt.as_ref(), &mut outline);
        }
        self.add_contents(&kept, &mut outline)?;
        self.add_proofs(&kept, &mut outline).await?;
        Ok(outline)
    }

    fn sign<S: Statement>(&self, statement: S) -> Result<String, KeyError> {
        Ok(self.keys.sign(statement)?.compact().to_owned())
    }

    fn add_devices(
        &self,
        tables: &dyn Tables,
        kept: &[Kept],
        outline: &mut Outline,
    ) -> Result<(), ExportError> {
        for (signed, _) in kept {
            let device = signed.entry().device;
            let Some(stored) = tables.device(device)? else { continue };
            let statement = DeviceStatement {
                v: DeviceStatement::VERSION,
                device,
                key: stored.public_key,
                enrolled: stored.enrolled,
                revoked: match stored.state {
                    DeviceState::Enrolled => None,
                    DeviceState::Revoked { at } => Some(at),
                },
                at: self.clock.now(),
            };
            outline.text(FileName::Device(device), self.sign(statement)?);
        }
        Ok(())
    }

    fn add_entry(&self, signed: &SignedEntry, receipt: Option<&SignedReceipt>, outline: &mut Outline) {
        let id = signed.entry().id;
        outline.text(FileName::Entry(id), signed.compact());
        if let Some(receipt) = receipt {
            outline.text(FileName::Receipt(id), receipt.compact());
        }
        for (name, photo) in photo_files(signed).zip(&signed.entry().photos) {
            outline.files.insert(name, Source::Photo(photo.digest));
        }
        let Ok(Body::VisitSigned(record)) = signed.body() else { return };
        for rules in rules_of(record) {
            if let Some(bytes) = self.packs.bytes(&rules.hash) {
                outline.text(FileName::Rules(rules.hash), bytes.to_vec());
            }
        }
    }

    fn add_contents(&self, kept: &[Kept], outline: &mut Outline) -> Result<(), ExportError> {
        let entries = kept.iter().map(|(signed, _)| (signed.entry().id, signed.hash())).collect();
        let statement = ContentsStatement { v: ContentsStatement::VERSION, at: self.clock.now(), entries };
        outline.text(FileName::Contents, self.sign(statement)?);
        Ok(())
    }

    /// Adds the newest root, and a proof for each receipt that it covers: one that was given a moment ago is not
    /// under it yet.
    async fn add_proofs(&self, kept: &[Kept], outline: &mut Outline) -> Result<(), ExportError> {
        let root: SignedRoot = self.transparency.newest_root().await?;
        let size = root.payload().size;
        for receipt in kept.iter().filter_map(|(_, receipt)| receipt.as_ref()) {
            let receipt = receipt.payload();
            if let Ok(proof) = self.transparency.inclusion(receipt.position, size).await?
                && let Ok(json) = serde_json::to_vec(&proof)
            {
                outline.text(FileName::Proof(receipt.entry), json);
                outline.text(FileName::Root(size), root.compact());
            }
        }
        Ok(())
    }
}

fn kept(tables: &dyn Tables, id: EntryId) -> Result<Kept, ExportError> {
    let (signed, state) = tables.entry(id)?.ok_or(ExportError::NoSuchEntry(id))?;
    let receipt = match state {
        EntryState::InLedger(_, receipt) => {
            Some(SignedReceipt::parse(&receipt).map_err(StoreError::damaged)?)
        }
        EntryState::Held | EntryState::AwaitingPhotos(_) => None,
    };
    Ok((signed, receipt))
}

impl Outline {
    fn text(&mut self, name: FileName, text: impl Into<Vec<u8>>) {
        self.files.insert(name, Source::Text(text.into()));
    }

    /// Writes the package, piece by piece. A photo that has not come yet is left out.
    ///
    /// # Errors
    /// [`ExportError::Io`] and [`ExportError::NotWritable`]; what was written by then is no package.
    pub fn write(
        self,
        photos: &PhotoFolder,
        mut piece: impl FnMut(Vec<u8>) -> io::Result<()>,
    ) -> Result<(), ExportError> {
        let mut layout = Layout::default();
        for (name, source) in self.files {
            let bytes = match source {
                Source::Text(text) => text,
                Source::Photo(digest) => match photos.read(&digest)? {
                    Some(bytes) => bytes,
                    None => continue,
                },
            };
            piece(layout.add(name, Crc32::of(&bytes), bytes.len() as u64)?)?;
            piece(bytes)?;
        }
        Ok(piece(layout.finish())?)
    }
}
