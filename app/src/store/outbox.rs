//! What waits to be sent. Nothing leaves but by [`Store::settle`], and that needs a receipt for every hash.

use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use xunan_core::ids::{DeviceId, EntryId, VisitId};
use xunan_core::outbox::{Delivery, Item};

use super::change::{Change, Key};
use super::drafts::{removal_of_draft, removal_of_photo};
use super::schema::Table;
use super::{Changed, Store, StoreFailed, parsed};

/// An entry in the outbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queued {
    /// The device that signed it: this browser, unless it was enrolled anew since.
    pub device: DeviceId,
    /// The visit whose draft it closed, when it is one.
    pub visit: Option<VisitId>,
    /// What core knows of it, and how delivery goes.
    pub item: Item,
}

/// What became of an attempt to settle an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// Its draft and photos are gone from the phone; the entry and its receipt stay: the
    /// server may ask for the entry again after a restore from a backup.
    Done,
    /// It is not acknowledged, so nothing was touched.
    NotAcknowledged,
}

impl Store {
    /// Everything in the outbox, what has its receipt included, in the order of the chain.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn outbox(&self) -> Result<Vec<Queued>, StoreFailed> {
        let values = self.connection().all(Table::Outbox, None).await?;
        let mut queue =
            values.iter().map(|value| parsed::<Queued>("outbox", value)).collect::<Result<Vec<_>, _>>()?;
        queue.sort_by_key(|queued| (queued.device, queued.item.seq()));
        Ok(queue)
    }

    /// One entry in the outbox.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn queued(&self, entry: EntryId) -> Result<Option<Queued>, StoreFailed> {
        let value = self.connection().get(Table::Outbox, &Key::one(entry)).await?;
        value.as_ref().map(|value| parsed("outbox", value)).transpose()
    }

    /// Stores how the delivery of an item goes.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn save_queued(&self, queued: &Queued) -> Result<(), StoreFailed> {
        self.write_text(&[Change::put(Table::Outbox, Key::one(queued.item.entry()), queued)?]).await?;
        self.announce(Changed::Outbox);
        Ok(())
    }

    /// An entry's compact JWS, exactly as signed.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn entry(&self, entry: EntryId) -> Result<Option<String>, StoreFailed> {
        let value = self.connection().get(Table::Entries, &Key::one(entry)).await?;
        Ok(value.as_ref().and_then(JsValue::as_string))
    }

    /// Stores an item that was acknowledged, and lets its draft and photos go: one transaction.
    ///
    /// The receipt must have been verified before: [`Delivery::Acknowledged`] says that it was.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn settle(&self, queued: &Queued) -> Result<Settled, StoreFailed> {
        if !matches!(queued.item.delivery(), Delivery::Acknowledged { .. }) {
            return Ok(Settled::NotAcknowledged);
        }
        let photos: Vec<_> = queued.item.photos().iter().map(|photo| photo.id).collect();
        let mut changes = match queued.visit {
            Some(visit) => removal_of_draft(visit, &photos),
            None => photos.iter().flat_map(|photo| removal_of_photo(*photo)).collect(),
        };
        changes.push(Change::put(Table::Outbox, Key::one(queued.item.entry()), queued)?);
        self.write_text(&changes).await?;
        self.announce(Changed::Outbox);
        self.announce(Changed::Drafts);
        // Photos have gone: there may be room for the reserve again.
        self.keep_reserve().await;
        Ok(Settled::Done)
    }
}
