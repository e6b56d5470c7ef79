//! What the phone keeps: drafts, photos, the signed log, what waits to be sent, and what was pulled.
//!
//! The only place that knows IndexedDB. Values are core's types as JSON, photos are `Blob`s, the signing key is a
//! `CryptoKey` that cannot be exported.
//!
//! ```text
//! walk ──save_parts──► parts, drafts ┐                       ┌─ outbox ──sync──► server
//! work ──save_form───► works                                        │  │
//!        save_photo──► photos ───────┴─seal──► entries, ─────┘     ▲  │
//!                                              outbox, chain       │  └─settle (receipt)──► parts, photos gone
//! server ──pull──► rows (+ cursor), packs                          └─ save_item (how delivery goes)
//!        ──copy of another phone──► take_over ─► parts, photos, copies
//! ```
//!
//! Promises:
//! * **One logical change is one transaction**, with strict durability. When a method answers `Ok`, it is on disk;
//!   when it answers an error, nothing of it is.
//! * **Text first**: when the disk is full, a reserve is given up and the text is written; photos are refused before
//!   that ([`reserve`]).
//! * **The chain cannot fork**: [`Store::seal`] writes only while the head is still the one that was signed upon.
//! * **Nothing is deleted but by** [`Store::settle`] (a receipt names every hash), [`Store::discard_draft`] and
//!   [`Store::take_over`] of a draft that is here (a person said so, twice).
//! * **A damaged storage is not taken for an empty one**: notes outside of it say what was there ([`witness`]).
//! * A connection that the browser closed is opened again without anybody noticing. One that a newer version of the
//!   app needed is given up, and [`Changed::GivenUp`] says so.
//!
//! Each account has a database of its own, so that people who share a phone never see, send or lose each other's
//! work; [`PhoneStore`] is the small database that knows who is signed in and how the pages look.

mod failed;
mod schema;
mod change;
mod connection;
mod reserve;
mod phone;
mod drafts;
mod photos;
mod shots;
mod works;
mod pictures;
mod time;
mod device;
mod outbox;
mod rows;
mod packs;
mod room;
mod views;
mod copies;
mod next_key;
mod witness;
mod rescue;

pub use copies::{CopiesKeys, Over, Restored};
pub use device::{ChainEnd, Contact, DeviceFacts, SealRefused, Sealed};
pub use drafts::{DraftCard, DraftStage};
pub use failed::StoreFailed;
pub use next_key::NextKey;
pub use outbox::{Queued, Settled};
pub use phone::{Elder, Looks, PhoneStore, SignedInAs, Theme};
pub use photos::NewPhoto;
pub use rescue::{Readable, readable, start_anew};
pub use room::Room;
pub use shots::{CameraOpened, DraftKey, Left, Shot, Shows};
pub use views::SavedView;
pub use witness::{accept_loss, noted_before};
pub use works::{Deed, FindingForm, Form, FormPhoto, Work, WorkDraft};

use std::cell::RefCell;
use std::rc::Rc;

use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;
use xunan_core::ids::AccountId;

use change::Change;
use connection::{Connection, Expected, Written};

/// What has changed, for pages that show it. Other tabs hear the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// The list of drafts, or how far one of them is.
    Drafts,
    /// What waits to be sent.
    Outbox,
    /// What was pulled: rows or packs.
    Rows,
    /// Whether there is room: the reserve was given up, or stands again.
    Space,
    /// A newer version of the app took the storage over: this page can store nothing more and must be reopened.
    GivenUp,
}

type Listener = Rc<dyn Fn(Changed)>;

/// One account's storage. Cheap to clone; all clones are the same storage.
#[derive(Clone)]
pub struct Store(Rc<Inner>);

struct Inner {
    account: AccountId,
    connection: Connection,
    listeners: Rc<RefCell<Vec<Listener>>>,
}

impl Store {
    /// Opens an account's storage, and makes it when it is not there.
    ///
    /// # Errors
    /// [`StoreFailed::Unavailable`] when the browser has none to offer: to be said before the first touch.
    pub async fn open(account: AccountId) -> Result<Self, StoreFailed> {
        let listeners = Rc::new(RefCell::new(Vec::<Listener>::new()));
        let told = Rc::clone(&listeners);
        let connection = Connection::open(format!("xunan-{account}"), schema::ACCOUNT_STEPS, move || {
            tell(&told, Changed::GivenUp);
        })
        .await?;
        let store = Self(Rc::new(Inner { account, connection, listeners }));
        let keeper = store.clone();
        wasm_bindgen_futures::spawn_local(async move { keeper.keep_reserve().await });
        Ok(store)
    }

    /// Whose storage this is.
    pub fn account(&self) -> AccountId {
        self.0.account
    }

    /// Hears of every change that this page makes, for as long as the page lives.
    pub fn on_change(&self, listener: impl Fn(Changed) + 'static) {
        self.0.listeners.borrow_mut().push(Rc::new(listener));
    }

    fn announce(&self, changed: Changed) {
        tell(&self.0.listeners, changed);
    }

    fn connection(&self) -> &Connection {
        &self.0.connection
    }

    /// Writes text: gives up the reserve when there is no room otherwise.
    async fn write_text(&self, changes: &[Change]) -> Result<(), StoreFailed> {
        self.write_text_if(None, changes).await.map(|_| ())
    }

    /// [`Store::write_text`], provided that a text still is what it was.
    async fn write_text_if(
        &self,
        expected: Option<&Expected>,
        changes: &[Change],
    ) -> Result<Written, StoreFailed> {
        match self.connection().write_if(expected, changes).await {
            Err(StoreFailed::QuotaFull) => self.write_with_reserve(expected, changes).await,
            done => done,
        }
    }
}

fn tell(listeners: &RefCell<Vec<Listener>>, changed: Changed) {
    let listeners = listeners.borrow().clone();
    for listener in listeners {
        listener(changed);
    }
}

/// Reads a stored JSON text. What this version cannot read is a failure with a name, never silently nothing.
fn parsed<T: DeserializeOwned>(what: &str, value: &JsValue) -> Result<T, StoreFailed> {
    let Some(text) = value.as_string() else { return Err(StoreFailed::other(format!("Unreadable {what}"))) };
    serde_json::from_str(&text).map_err(|error| StoreFailed::other(format!("Unreadable {what}: {error}")))
}
