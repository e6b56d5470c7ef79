//! The thin loop around core's [`DeviceSession`]: it stores what the session wants stored, does the step that it asks
//! for, and brings back what happened. Every decision is the session's.
//!
//! ```text
//! opened, online, seen again, timer, "try now", signed in, signed something
//!        │                                         ▲
//!        ▼                                         │ event
//!   Sync::handle ─► DeviceSession::turn ─► save ─► step: push, tus, receipt, pull, wait ─┐
//!                          ▲                                                             │
//!                          └───────────────────────── event ◄────────────────────────────┘
//! ```
//!
//! One tab sends: the one that holds the Web Lock `xunan-send`, for as long as it lives. The others tell it what they
//! want by the channel between tabs, and the next one in line takes over when it is gone.

mod lamp;
mod news;
mod parcels;
mod photos;
mod sending;

pub use lamp::{Check, Lamp, Readiness};

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::clock::Instant;
use xunan_core::ids::EntryId;
use xunan_core::outbox::{Delivery, Item, Jitter};
use xunan_core::problem::Problem;
use xunan_core::sync::{DeviceSession, Event, Step, Which};

use crate::browser::clock;
use crate::browser::locks::{self, Asking};
use crate::browser::page::{self, Network};
use crate::session::Phone;
use crate::store::Queued;
use sending::Outgoing;

/// What sending does now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sending {
    /// Another tab sends.
    OtherTab,
    /// Something is under way.
    Busy,
    /// Nothing before that time.
    Waiting {
        /// Until when.
        until: Instant,
    },
    /// Nothing until somebody signs in.
    NeedsSignIn,
    /// Everything has been sent and fetched.
    Idle,
}

/// Sending and fetching: a context, cheap to copy.
#[derive(Clone, Copy)]
pub struct Sync {
    inner: StoredValue<Rc<Inner>, LocalStorage>,
    phone: Phone,
    /// What it does now.
    pub sending: RwSignal<Sending>,
    /// Whether the browser sees a network.
    pub network: RwSignal<Network>,
    /// What went wrong last, when it concerned everything: a portal, a server that fails. `None` once something went
    /// well again.
    pub trouble: RwSignal<Option<Problem>>,
}

#[derive(Default)]
struct Inner {
    /// Present in the tab that sends.
    session: RefCell<Option<DeviceSession>>,
    /// The entries that the session knows.
    known: RefCell<BTreeSet<EntryId>>,
    /// The wait that counts; earlier ones are over.
    wait: Cell<u32>,
}

/// The lock of the tab that sends.
const SEND_LOCK: &str = "xunan-send";

/// What the other tabs want, in the words between tabs.
const WORD: &str = "sync:";

impl Sync {
    /// Starts sending and fetching for the phone's account, for as long as the page lives.
    pub fn start(phone: Phone) -> Self {
        let sync = Self {
            inner: StoredValue::new_local(Rc::new(Inner::default())),
            phone,
            sending: RwSignal::new(Sending::OtherTab),
            network: RwSignal::new(page::network()),
            trouble: RwSignal::new(None),
        };
        page::on_network(move |network| {
            sync.network.set(network);
            if network == Network::Connected {
                sync.handle(Event::Online);
            }
        });
        page::on_shown(move || sync.handle(Event::Refresh));
        Effect::new(move |_| sync.add_new());
        phone.hear(move |word| {
            if let Some(wanted) = word.strip_prefix(WORD) {
                sync.wanted_elsewhere(wanted);
            }
        });
        spawn_local(async move {
            let name = format!("{SEND_LOCK}-{}", phone.account().id);
            let held = locks::ask(&name, Asking::Wait, || ()).await;
            sync.take_over().await;
            // Held until the page is gone.
            std::mem::forget(held);
        });
        sync
    }

    /// The loop of the pages around.
    ///
    /// # Panics
    /// Outside the pages of somebody who is signed in.
    pub fn expect() -> Self {
        expect_context()
    }

    /// A person asks to send now: one entry, or all.
    pub fn try_now(self, which: Which) {
        self.network.set(page::network());
        match which {
            Which::All => self.ask("try", Event::TryNow(which)),
            Which::One(entry) => self.ask(&format!("try {entry}"), Event::TryNow(which)),
        }
    }

    /// Somebody signed in: the queue drains.
    pub fn signed_in(self) {
        self.ask("signed-in", Event::SignedIn);
    }

    fn is_sender(self) -> bool {
        self.inner.get_value().session.borrow().is_some()
    }

    fn ask(self, word: &str, event: Event) {
        if self.is_sender() {
            self.handle(event);
        } else {
            self.phone.tell(&format!("{WORD}{word}"));
        }
    }

    fn wanted_elsewhere(self, wanted: &str) {
        if !self.is_sender() {
            return;
        }
        match wanted.split_once(' ') {
            None if wanted == "try" => self.handle(Event::TryNow(Which::All)),
            None if wanted == "signed-in" => self.handle(Event::SignedIn),
            Some(("try", entry)) => {
                _ = entry.parse().map(|entry| self.handle(Event::TryNow(Which::One(entry))))
            }
            _ => {}
        }
    }

    /// Whatever was signed since, in this tab or another, is on its way too.
    fn add_new(self) {
        let inner = self.inner.get_value();
        let ours = self.phone.device().map(|device| device.device);
        let new: Vec<Item> = self.phone.outbox.with(|outbox| {
            let known = inner.known.borrow();
            let new = |queued: &&Queued| Some(queued.device) == ours && !known.contains(&queued.item.entry());
            outbox.iter().filter(new).map(|queued| queued.item.clone()).collect()
        });
        if !self.is_sender() {
            return;
        }
        for item in new {
            inner.known.borrow_mut().insert(item.entry());
            self.handle(Event::Added(Box::new(item)));
        }
    }

    /// This tab sends from now on: with what is stored, whatever the tab before it knew.
    async fn take_over(self) {
        let store = self.phone.store();
        let (Ok(outbox), Ok(cursor)) = (store.outbox().await, store.cursor().await) else {
            self.trouble.set(Some(Problem::StorageFailed { cause: "Outbox".to_owned() }));
            return;
        };
        let ours = self.phone.device().map(|device| device.device);
        let items = outbox.into_iter().filter(|queued| Some(queued.device) == ours).map(|queued| queued.item);
        let items: Vec<Item> = items.collect();
        let inner = self.inner.get_value();
        *inner.known.borrow_mut() = items.iter().map(Item::entry).collect();
        *inner.session.borrow_mut() = Some(DeviceSession::new(items, cursor));
        self.handle(Event::Online);
    }

    /// Begins anew with what is stored: after the device was enrolled, so that its own items are known.
    pub async fn restart(self) {
        if self.is_sender() {
            self.take_over().await;
        }
    }

    /// Takes what happened, stores what the session wants stored, and does the step that it asks for.
    pub(crate) fn handle(self, event: Event) {
        self.note_trouble(&event);
        let inner = self.inner.get_value();
        let Some(turn) =
            inner.session.borrow_mut().as_mut().map(|session| session.turn(event, clock::now(), jitter()))
        else {
            return;
        };
        self.show(&turn.step);
        // Begun at once and in order, so that an older state of an item is never stored after a newer one.
        spawn_local(async move {
            for item in turn.save {
                self.save(item).await;
            }
            if let Some(event) = self.perform(turn.step).await {
                self.handle(event);
            }
        });
    }

    /// A state that cannot be stored is asked of the server again after the next start: sending goes on.
    async fn save(self, item: Item) {
        let store = self.phone.store();
        let Ok(Some(known)) = store.queued(item.entry()).await else { return };
        let queued = Queued { item, ..known };
        let stored = match queued.item.delivery() {
            Delivery::Acknowledged { .. } => store.settle(&queued).await.map(|_| ()),
            _ => store.save_queued(&queued).await,
        };
        if let Err(failed) = stored {
            self.trouble.set(Some(failed.into()));
        }
    }

    async fn perform(self, step: Step) -> Option<Event> {
        let done = match step {
            Step::Push { entries } => self.send(Outgoing::Push(entries)).await,
            Step::Upload(upload) => self.send(Outgoing::Photo(upload)).await,
            Step::FetchReceipt { entry } => self.send(Outgoing::AskForReceipt(entry)).await,
            Step::CheckReceipt { receipt } => self.send(Outgoing::CheckReceipt(receipt)).await,
            Step::Pull { after } => self.pull(after).await,
            Step::Wait { until } => {
                self.wait(until);
                return None;
            }
            Step::SignIn | Step::Done | Step::Continue => return None,
        };
        Some(done.unwrap_or_else(Event::Failed))
    }

    fn wait(self, until: Instant) {
        let inner = self.inner.get_value();
        let this = inner.wait.get().wrapping_add(1);
        inner.wait.set(this);
        let millis = until.since(clock::now()).as_millis().clamp(0, i64::from(i32::MAX));
        spawn_local(async move {
            clock::sleep_millis(i32::try_from(millis).unwrap_or(i32::MAX)).await;
            if self.inner.get_value().wait.get() == this {
                self.handle(Event::Woke);
            }
        });
    }

    fn show(self, step: &Step) {
        let sending = match step {
            Step::Continue => return,
            Step::Wait { until } => Sending::Waiting { until: *until },
            Step::SignIn => Sending::NeedsSignIn,
            Step::Done => Sending::Idle,
            _ => Sending::Busy,
        };
        if self.sending.with_untracked(|shown| *shown != sending) {
            self.sending.set(sending);
        }
    }

    fn note_trouble(self, event: &Event) {
        let trouble = match event {
            Event::Failed(problem) => Some(problem.clone()),
            Event::PushAnswered(_) | Event::Pulled { .. } | Event::Uploaded { .. } | Event::SignedIn => None,
            _ => return,
        };
        if self.trouble.with_untracked(|shown| *shown != trouble) {
            self.trouble.set(trouble);
        }
    }
}

fn jitter() -> Jitter {
    // The low bits of an id's entropy are as random as the others.
    Jitter::from_random((clock::entropy().0 & 0xFFFF) as u16)
}
