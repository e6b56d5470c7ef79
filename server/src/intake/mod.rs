//! From bytes that arrive to rows that people see: core decides, this carries its decisions out in one transaction.
//!
//! ```text
//! push  ──read, verify (any thread)──► ServerSession::push ──────────┐
//! photo ──hash, header (any thread)──► ServerSession::photo_arrived ─┴─► entry, rows, receipt: one commit
//! ```

mod packs;
mod picture_origin;
mod subject;
mod transaction;
mod view;

use std::ops::RangeInclusive;

use xunan_core::clock::{Instant, Span};
use xunan_core::evidence::PageTime;
use xunan_core::ids::{AccountId, DeviceId, EntryId};
use xunan_core::log::ChainHead;
use xunan_core::sync::{self, Arrival, PushAnswer, ServerSession};

pub use packs::{PackError, Packs};
pub(crate) use picture_origin::origins;
pub use subject::{sight_of_entry, sight_of_photo_in};
pub(crate) use view::RowView;

use crate::keys::{KeyError, ServerKeys, Verifier};
use crate::ledger_store::{LedgerStore, StoreError, StoredPhoto, Tables};
use crate::photo_store::PhotoFolder;
use transaction::Transaction;

/// A photo that no entry names is kept for so long: phones upload photos and push entries in one go.
const UNCLAIMED_LASTS: Span = Span::days(30);

/// Why an intake failed. Nothing of it was kept; the phone tries again.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The receipt could not be signed.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The photo store could not be asked.
    #[error(transparent)]
    Photos(#[from] std::io::Error),
    /// The photo was swept away while it was taken note of: it has to be uploaded again.
    #[error("the photo is gone again")]
    PhotoGone,
}

/// Takes entries and photos in.
#[derive(Clone)]
pub struct Intake {
    store: LedgerStore,
    photos: PhotoFolder,
    keys: ServerKeys,
    packs: Packs,
}

impl Intake {
    /// An intake into `store`.
    pub const fn new(store: LedgerStore, photos: PhotoFolder, keys: ServerKeys, packs: Packs) -> Self {
        Self { store, photos, keys, packs }
    }

    /// Reads texts that `account` pushed from `device` and verifies their signatures; `None` when the device does not
    /// serve the account. Takes some 100 µs for each usual entry, and belongs before any transaction.
    ///
    /// # Errors
    /// When the store failed.
    pub fn read_and_verify(
        &self,
        device: DeviceId,
        account: AccountId,
        texts: &[String],
    ) -> Result<Option<Vec<Arrival>>, IntakeError> {
        let key_of =
            |tables: &dyn Tables, id| Ok::<_, StoreError>(tables.device(id)?.map(|device| device.public_key));
        let (serves, own_key) = self.store.look(|tables| {
            Ok::<_, StoreError>((tables.device_serves(device, account)?, key_of(tables, device)?))
        })?;
        if !serves {
            return Ok(None);
        }
        let verified = |text: &String| {
            let arrival = Arrival::read(text);
            let key = match arrival.device() {
                Some(own) if own == device => own_key.clone(),
                Some(other) => self.store.look(|tables| key_of(tables, other))?,
                None => None,
            };
            Ok(match key {
                Some(key) => arrival.verify(&key, &Verifier),
                None => arrival,
            })
        };
        texts.iter().map(verified).collect::<Result<_, _>>().map(Some)
    }

    /// Takes in what a device pushed.
    ///
    /// # Errors
    /// [`IntakeError`]; nothing was kept.
    pub async fn push(
        &self,
        device: DeviceId,
        arrivals: Vec<Arrival>,
        page: Option<PageTime>,
        now: Instant,
    ) -> Result<PushAnswer, IntakeError> {
        let intake = self.clone();
        self.store.write(move |tables| intake.push_within(tables, device, &arrivals, page, now)).await
    }

    /// Takes in what a device pushed, as part of a unit of work that does more.
    ///
    /// # Errors
    /// [`IntakeError`]; the unit must fail with it.
    pub fn push_within(
        &self,
        tables: &dyn Tables,
        device: DeviceId,
        arrivals: &[Arrival],
        page: Option<PageTime>,
        now: Instant,
    ) -> Result<PushAnswer, IntakeError> {
        let mut transaction = Transaction::new(tables, &self.keys, &self.packs);
        ServerSession::new(&mut transaction, now).push(device, arrivals, page)
    }

    /// Gives up the places in a device's chain that its held entries wait for: an administrator's decision, about the
    /// very `gap` that was looked at. Answers where the chain ends then; `None` when the gap is another one by now,
    /// and nothing was changed.
    ///
    /// # Errors
    /// [`IntakeError`]; nothing was changed.
    pub async fn give_up_gap(
        &self,
        device: DeviceId,
        gap: RangeInclusive<u64>,
        now: Instant,
    ) -> Result<Option<ChainHead>, IntakeError> {
        let intake = self.clone();
        self.store
            .write(move |tables| {
                if sync::gap(tables.chain_head(device)?, &tables.held(device)?) != Some(gap) {
                    return Ok(None);
                }
                let mut transaction = Transaction::new(tables, &intake.keys, &intake.packs);
                ServerSession::new(&mut transaction, now).give_up_gap(device)?;
                Ok(Some(tables.chain_head(device)?))
            })
            .await
    }

    /// Takes note of a photo whose bytes are in the photo store, and completes the entries that waited for it alone.
    ///
    /// # Errors
    /// [`IntakeError`]; nothing was kept.
    pub async fn photo_arrived(&self, photo: StoredPhoto, now: Instant) -> Result<Vec<EntryId>, IntakeError> {
        let intake = self.clone();
        self.store
            .write(move |tables| {
                // Asked here, where nothing else is written: see `sweep`.
                if intake.photos.size_of(&photo.digest)?.is_none() {
                    return Err(IntakeError::PhotoGone);
                }
                tables.insert_photo(&photo, now)?;
                let mut transaction = Transaction::new(tables, &intake.keys, &intake.packs);
                ServerSession::new(&mut transaction, now).photo_arrived(&photo.digest)
            })
            .await
    }

    /// Removes photos that no entry has named for `UNCLAIMED_LASTS`; their phones still have them. Answers how many.
    ///
    /// # Errors
    /// [`IntakeError`]; those that were removed before stay removed.
    pub async fn sweep(&self, now: Instant) -> Result<usize, IntakeError> {
        let before = now.plus(Span::millis(-UNCLAIMED_LASTS.as_millis()));
        let unclaimed = self
            .store
            .write(move |tables| {
                let unclaimed = tables.unclaimed_photos(before)?;
                unclaimed.iter().try_for_each(|digest| tables.delete_photo(digest))?;
                Ok::<_, IntakeError>(unclaimed)
            })
            .await?;
        // The bytes go after the note is gone for good, and, since units run one by one, never between somebody's
        // look at the bytes and a new note of them.
        let (swept, folder) = (unclaimed.len(), self.photos.clone());
        self.store
            .write(move |tables| {
                for digest in &unclaimed {
                    if tables.photo(digest)?.is_none() {
                        folder.remove(digest)?;
                    }
                }
                Ok::<_, IntakeError>(swept)
            })
            .await
    }
}
