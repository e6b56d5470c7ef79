//! This browser as a device: its key, its place in the chain, and what the server said last.
//!
//! Signing awaits WebCrypto, which no IndexedDB transaction survives. So the head is read, the entry is signed upon
//! it, and [`Store::seal`] writes in one transaction only while the head is still the same. Whoever calls holds the
//! Web Lock of the chain as well; the comparison is what makes a fork impossible, the lock only avoids signing twice.

use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use xunan_core::clock::{Instant, Span};
use xunan_core::evidence::RegionRules;
use xunan_core::ids::{DeviceId, PhotoId};
use xunan_core::ledger::Row;
use xunan_core::log::{ChainHead, PublicKey, SignedEntry};
use xunan_core::sync::{DeviceHead, ServerKey};

use super::change::{Change, Key};
use super::connection::{Expected, Written};
use super::drafts::removal_of_photo;
use super::schema::Table;
use super::works::removal_of_work;
use super::{Changed, DraftCard, DraftKey, DraftStage, Queued, Store, StoreFailed, parsed};
use crate::browser::{Binary, SigningKey};

/// What a device knows of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceFacts {
    /// The id that it gave itself.
    pub device: DeviceId,
    /// Its name for people.
    pub name: String,
    /// The public half of its key.
    pub public_key: PublicKey,
    /// The keys that sign receipts, as told at enrolment; none before that.
    pub server_keys: Vec<ServerKey>,
    /// When the server enrolled it, by the server's clock; `None` before that.
    pub enrolled: Option<Instant>,
}

/// The last contact with the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The server's time then.
    pub server_time: Instant,
    /// This phone's time then.
    pub device_time: Instant,
    /// When rows were last pulled to the end, by this phone's clock; `None` before the first time.
    pub pulled: Option<Instant>,
}

impl Contact {
    /// How far the server's clock is ahead of this phone's.
    pub fn server_ahead(&self) -> Span {
        self.server_time.since(self.device_time)
    }
}

/// Where the chain ends, as it was read: what [`Store::seal`] compares with.
#[derive(Clone, Debug)]
pub struct ChainEnd {
    /// The head.
    pub head: ChainHead,
    text: Option<String>,
}

/// An entry that is about to take its place in the chain.
#[derive(Debug)]
pub struct Sealed {
    /// The entry, signed upon `upon`.
    pub entry: SignedEntry,
    /// What the chain ended with when it was signed.
    pub upon: ChainEnd,
    /// The entry in the outbox, with nothing sent yet.
    pub queued: Queued,
    /// The draft that it closes: its card, and the photos that were taken back and whose bytes may go.
    pub draft: Option<(DraftCard, Vec<PhotoId>)>,
    /// The piece of work that it finishes, and the photos that were taken back.
    pub work: Option<(DraftKey, Vec<PhotoId>)>,
    /// A photo that this entry is the first to name.
    pub photo: Option<(PhotoId, Binary)>,
    /// How this entry changes the rows, until the server's rows say so.
    pub own_rows: Vec<Row>,
}

/// Why an entry was not sealed. Nothing was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealRefused {
    /// Another tab was first: read the head again and sign again.
    #[error("the chain has moved on")]
    Overtaken,
    /// The storage failed.
    #[error(transparent)]
    Store(#[from] StoreFailed),
}

const DEVICE: &str = "device";
const CONTACT: &str = "contact";
const CHAIN: &str = "chain";
const REGION_RULES: &str = "region_rules";
const SIGNING: &str = "signing";

impl Store {
    /// What this device knows of itself; `None` before it has a key.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn device(&self) -> Result<Option<DeviceFacts>, StoreFailed> {
        self.fact(DEVICE).await
    }

    /// Stores what the device knows of itself, together with its key when that is new. A new key begins a new chain.
    ///
    /// # Errors
    /// [`StoreFailed`]; some browsers cannot store keys in private mode.
    pub async fn save_device(
        &self,
        facts: &DeviceFacts,
        new_key: Option<&SigningKey>,
    ) -> Result<(), StoreFailed> {
        let mut changes = vec![Change::put(Table::Facts, Key::one(DEVICE), facts)?];
        if let Some(key) = new_key {
            changes.push(Change::Put {
                table: Table::Keys,
                key: Key::one(SIGNING),
                value: key.clone().into(),
            });
            changes.push(Change::Delete { table: Table::Facts, key: Key::one(CHAIN) });
        }
        self.write_text(&changes).await
    }

    /// The signing key; `None` before there is one.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn signing_key(&self) -> Result<Option<SigningKey>, StoreFailed> {
        match self.connection().get(Table::Keys, &Key::one(SIGNING)).await? {
            None => Ok(None),
            Some(value) => match SigningKey::from_js(value) {
                Some(key) => Ok(Some(key)),
                None => Err(StoreFailed::other("Unreadable key")),
            },
        }
    }

    /// The last contact with the server; `None` before the first.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn contact(&self) -> Result<Option<Contact>, StoreFailed> {
        self.fact(CONTACT).await
    }

    /// Notes a contact with the server.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn save_contact(&self, contact: &Contact) -> Result<(), StoreFailed> {
        self.write_text(&[Change::put(Table::Facts, Key::one(CONTACT), contact)?]).await
    }

    /// Where the chain ends.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn chain_end(&self) -> Result<ChainEnd, StoreFailed> {
        let Some(value) = self.connection().get(Table::Facts, &Key::one(CHAIN)).await? else {
            return Ok(ChainEnd { head: ChainHead::default(), text: None });
        };
        let head: DeviceHead = parsed("chain", &value)?;
        Ok(ChainEnd { head: ChainHead { seq: head.seq, hash: head.hash }, text: value.as_string() })
    }

    /// Gives an entry its place in the chain: entry, outbox item, head, own rows and the closing of the draft are one
    /// transaction, which happens only while the chain still ends where the entry was signed upon.
    ///
    /// # Errors
    /// [`SealRefused`]; then nothing was written, and the draft is as before.
    pub async fn seal(&self, sealed: &Sealed) -> Result<(), SealRefused> {
        let signed = sealed.entry.entry();
        let entry = signed.id;
        let head = DeviceHead { seq: signed.seq, hash: Some(sealed.entry.hash()) };
        let mut changes = vec![
            Change::Put {
                table: Table::Entries,
                key: Key::one(entry),
                value: JsValue::from_str(sealed.entry.compact()),
            },
            Change::put(Table::Outbox, Key::one(entry), &sealed.queued)?,
            Change::put(Table::Facts, Key::one(CHAIN), &head)?,
        ];
        for row in &sealed.own_rows {
            let key = row.key();
            changes.push(Change::put(
                Table::OwnRows,
                Key::path([&entry, &super::rows::kind_name(key.kind), &key.id]),
                row,
            )?);
        }
        if let Some((card, dropped)) = &sealed.draft {
            let card = DraftCard { stage: DraftStage::Signed { entry }, ..card.clone() };
            changes.push(Change::put(Table::Drafts, Key::one(card.visit), &card)?);
            changes.extend(dropped.iter().flat_map(|photo| removal_of_photo(*photo)));
        }
        if let Some((key, dropped)) = &sealed.work {
            changes.extend(removal_of_work(key, dropped));
        }
        let expected = Expected { table: Table::Facts, key: Key::one(CHAIN), text: sealed.upon.text.clone() };
        let written = match &sealed.photo {
            None => self.write_text_if(Some(&expected), &changes).await?,
            // A photo never uses the reserve that is kept for text.
            Some((photo, jpeg)) => {
                let (table, key, value) = (Table::Photos, Key::one(photo), jpeg.clone().into());
                changes.push(Change::Put { table, key, value });
                self.connection().write_if(Some(&expected), &changes).await?
            }
        };
        match written {
            Written::Overtaken => Err(SealRefused::Overtaken),
            Written::Done => {
                if let Some((card, _)) = &sealed.draft {
                    self.note_draft(card);
                }
                self.announce(Changed::Outbox);
                self.announce(Changed::Drafts);
                self.announce(Changed::Rows);
                Ok(())
            }
        }
    }

    /// Whether the region's decisions were here once: without them an order is issued by no office.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn knows_region_rules(&self) -> Result<bool, StoreFailed> {
        // Unread: the first page has no use for what is in them.
        Ok(self.connection().get(Table::Facts, &Key::one(REGION_RULES)).await?.is_some())
    }

    /// What the region decides, as last known.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn region_rules(&self) -> Result<RegionRules, StoreFailed> {
        Ok(self.fact(REGION_RULES).await?.unwrap_or_default())
    }

    /// Notes what the region decides.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn save_region_rules(&self, rules: RegionRules) -> Result<(), StoreFailed> {
        self.connection().write(&[Change::put(Table::Facts, Key::one(REGION_RULES), &rules)?]).await
    }

    pub(super) async fn fact<T: serde::de::DeserializeOwned>(
        &self,
        name: &str,
    ) -> Result<Option<T>, StoreFailed> {
        let value = self.connection().get(Table::Facts, &Key::one(name)).await?;
        value.as_ref().map(|value| parsed(name, value)).transpose()
    }
}
