//! Who uses this phone, and everything that is theirs: storage, rows, drafts, the outbox, the device's key.
//!
//! ```text
//! open ──► PhoneStore: who? ──nobody──► sign-in page ──► account, cookie ─┐
//!                │ somebody                                               ▼
//!                └──────────────────────────► Phone (context) ◄── Store::open(account), enrol the device
//! ```
//!
//! A login that has expired never matters here: the account was noted on the phone, so the pages open, fill, sign and
//! store. Only sending needs the server's cookie; [`crate::sync`] says when it is missing.

mod append;
mod enrol;
mod sign_in;
mod change_password;

pub use append::{Closing, Signable};
pub use change_password::{NotChanged, Settled, change_password, settle};
pub use enrol::{Enrolment, NotEnrolled};
pub use sign_in::{SignInPage, sign_out};

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::access::Account;
use xunan_core::clock::Date;
use xunan_core::ledger::Rows;
use xunan_core::outbox::{Item, OnList, Summary};
use xunan_core::rules::PackRef;

use crate::browser::channel::Channel;
use crate::browser::clock;
use crate::store::{Changed, Contact, DeviceFacts, DraftCard, Queued, Store, StoreFailed};

/// The phone in somebody's hands: a context, cheap to copy.
#[derive(Clone, Copy)]
pub struct Phone {
    inner: StoredValue<Rc<Inner>, LocalStorage>,
    /// What was pulled, with this phone's own entries on top.
    pub rows: RwSignal<Rows>,
    /// Drafts, the last touched first.
    pub drafts: RwSignal<Vec<DraftCard>>,
    /// What waits to be sent, and what was received lately. Read by whoever needs it: [`Phone::follow_outbox`].
    pub outbox: RwSignal<Outbox>,
    /// The last contact with the server.
    pub contact: RwSignal<Option<Contact>>,
    /// Whether this device may sign.
    pub enrolment: RwSignal<Enrolment>,
    /// Whether this page can still store anything.
    pub hold: RwSignal<StorageHold>,
    /// Whether there is room for photos.
    pub space: RwSignal<Space>,
}

/// What waits to be sent, and what was received lately.
#[derive(Clone, Debug, Default)]
pub enum Outbox {
    /// Not read yet: nobody may say that nothing waits.
    #[default]
    Unread,
    /// As it is stored.
    Read(Vec<Queued>),
}

impl Outbox {
    /// What was read.
    pub fn items(&self) -> &[Queued] {
        match self {
            Self::Unread => &[],
            Self::Read(items) => items,
        }
    }
}

/// Whether there is room for photos.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    /// As far as anybody can know.
    Enough,
    /// The reserve for text is in use, or could not be kept: photos would not fit.
    Full,
}

/// Whether this page can still store anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageHold {
    /// It can.
    Ours,
    /// A newer version of the app, in another tab, took the storage over.
    GivenUp,
}

struct Inner {
    account: Account,
    store: Store,
    channel: Channel,
    device: std::cell::RefCell<Option<DeviceFacts>>,
    /// Reads the outbox, once somebody follows it. The first page does without the code that reads it.
    read_outbox: std::cell::Cell<Option<fn(Phone)>>,
}

/// Words between the tabs.
const DRAFTS: &str = "drafts";
const OUTBOX: &str = "outbox";
const ROWS: &str = "rows";

impl Phone {
    /// Opens an account's storage and reads what the first page shows.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn open(account: Account) -> Result<Self, StoreFailed> {
        let store = Store::open(account.id).await?;
        store.renew_rows().await?;
        let (rows, drafts) = (store.all_rows().await?, store.drafts().await?);
        let (contact, device) = (store.contact().await?, store.device().await?);
        let channel = Channel::join(&format!("xunan-{}", account.id));
        let enrolment = Enrolment::of(device.as_ref());
        let device = std::cell::RefCell::new(device);
        let inner = Inner { account, store, channel, device, read_outbox: std::cell::Cell::default() };
        let phone = Self {
            inner: StoredValue::new_local(Rc::new(inner)),
            rows: RwSignal::new(rows),
            drafts: RwSignal::new(drafts),
            outbox: RwSignal::new(Outbox::Unread),
            contact: RwSignal::new(contact),
            enrolment: RwSignal::new(enrolment),
            hold: RwSignal::new(StorageHold::Ours),
            space: RwSignal::new(Space::Enough),
        };
        phone.listen();
        Ok(phone)
    }

    /// The phone of the pages around.
    ///
    /// # Panics
    /// Outside the pages of somebody who is signed in.
    pub fn expect() -> Self {
        expect_context()
    }

    /// Who uses it.
    pub fn account(self) -> Account {
        self.inner.get_value().account.clone()
    }

    /// Their storage.
    pub fn store(self) -> Store {
        self.inner.get_value().store.clone()
    }

    /// What this device knows of itself.
    pub fn device(self) -> Option<DeviceFacts> {
        self.inner.get_value().device.borrow().clone()
    }

    /// Whether all rows were here once. Whoever is told of [`Phone::contact`] may ask.
    pub fn has_pulled(self) -> bool {
        self.contact.with_untracked(|contact| contact.is_some_and(|contact| contact.pulled.is_some()))
    }

    /// Today's date in China.
    pub fn today() -> Date {
        clock::now().date()
    }

    /// The outbox in one line; `None` while it has not been read.
    pub fn summary(self) -> Option<Summary> {
        self.outbox.with(|outbox| match outbox {
            Outbox::Unread => None,
            Outbox::Read(items) => Some(Summary::of(items.iter().map(|queued| &queued.item))),
        })
    }

    /// Reads the outbox now and after every change of it, for as long as the page lives.
    pub fn follow_outbox(self) {
        let read: fn(Self) = |phone| {
            spawn_local(async move {
                // What cannot be read now is read with the next change.
                _ = phone.store().outbox().await.map(|items| phone.outbox.set(Outbox::Read(items)));
            });
        };
        if self.inner.get_value().read_outbox.replace(Some(read)).is_none() {
            read(self);
        }
    }

    /// Whether an item is to be listed still.
    pub fn is_listed(item: &Item) -> bool {
        item.on_list(clock::now()) == OnList::Stays
    }

    /// The checklist in force today. There is one; a later kind of pack would be chosen by its id.
    pub fn pack_today(self) -> Option<PackRef> {
        self.rows
            .with_untracked(|rows| rows.packs_on(Self::today()).find(|pack| !is_fire_rules(pack)).cloned())
    }

    /// The rule set of the comprehensive fire judgement in force today.
    pub fn fire_rules_today(self) -> Option<PackRef> {
        self.rows
            .with_untracked(|rows| rows.packs_on(Self::today()).find(|pack| is_fire_rules(pack)).cloned())
    }

    /// Stores what this device knows of itself.
    pub(crate) async fn save_device(self, device: DeviceFacts) -> Result<(), StoreFailed> {
        self.store().save_device(&device, None).await?;
        self.set_device(device);
        Ok(())
    }

    fn set_device(self, device: DeviceFacts) {
        self.enrolment.set(Enrolment::of(Some(&device)));
        *self.inner.get_value().device.borrow_mut() = Some(device);
    }

    /// Keeps the signals as the storage is: after changes of this page, and of other tabs.
    fn listen(self) {
        let channel = self.inner.get_value().channel.clone();
        self.store().on_change(move |changed| {
            match changed {
                Changed::Drafts => channel.tell(DRAFTS),
                Changed::Outbox => channel.tell(OUTBOX),
                Changed::Rows => channel.tell(ROWS),
                Changed::Space | Changed::GivenUp => {}
            }
            self.reload(changed);
        });
        self.hear(move |word| match word {
            DRAFTS => self.reload(Changed::Drafts),
            OUTBOX => self.reload(Changed::Outbox),
            ROWS => self.reload(Changed::Rows),
            _ => {}
        });
    }

    fn reload(self, changed: Changed) {
        let (store, inner) = (self.store(), self.inner.get_value());
        spawn_local(async move {
            // What cannot be read now is read with the next change; the page that wrote has its own error.
            match changed {
                Changed::Drafts => _ = store.drafts().await.map(|drafts| self.drafts.set(drafts)),
                Changed::Outbox => inner.read_outbox.get().into_iter().for_each(|read| read(self)),
                Changed::Rows => {
                    _ = store.all_rows().await.map(|rows| self.rows.set(rows));
                    _ = store.contact().await.map(|contact| self.contact.set(contact));
                }
                Changed::Space => {
                    _ = store.has_reserve().await.map(|stands| {
                        self.space.set(if stands { Space::Enough } else { Space::Full });
                    });
                }
                Changed::GivenUp => self.hold.set(StorageHold::GivenUp),
            }
        });
    }

    /// Tells the other tabs of this account.
    pub(crate) fn tell(self, word: &str) {
        self.inner.get_value().channel.tell(word);
    }

    /// Hears the other tabs of this account.
    pub(crate) fn hear(self, heard: impl Fn(&str) + 'static) {
        self.inner.get_value().channel.listen(move |word| heard(&word));
    }
}

/// Fire rule sets name the standard that they come from; checklists do not.
fn is_fire_rules(pack: &PackRef) -> bool {
    pack.id.to_string().starts_with("gb35181")
}
