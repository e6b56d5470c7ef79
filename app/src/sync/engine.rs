//! The thin loop around core's [`DeviceSession`]: it stores what the session wants stored, does the step that it asks
//! for, and brings back what happened. Every decision is the session's.
//!
//! ```text
//! opened, online, seen again, timer, "try now", signed in, signed something
//!        │                                         ▲
//!        ▼                                         │ event
//! Engine::handle ─► DeviceSession::turn ─► save ─► step: push, tus, receipt, pull, wait ─┐
//!                          ▲                                                             │
//!                          └───────────────────────── event ◄────────────────────────────┘
//! ```
//!
//! One tab sends: the one that holds the Web Lock `xunan-send`, for as long as it lives. The others tell it what they
//! want by the channel between tabs, and the next one in line takes over when it is gone.

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

use super::{Ask, Asked, Sending, Sync};
use crate::browser::clock;
use crate::browser::locks::{self, Asking};
use crate::browser::page::{self, Network};
use crate::copies::Copying;
use crate::session::{Enrolment, NotEnrolled};
use crate::store::{Queued, Store};

/// The lock of the tab that sends.
const SEND_LOCK: &str = "xunan-send";

/// What the other tabs want, in the words between tabs.
const WORD: &str = "sync:";

/// Cheap to clone; all clones are the same engine.
#[derive(Clone)]
pub(super) struct Engine(Rc<State>);

struct State {
    sync: Sync,
    copying: Copying,
    /// Present in the tab that sends.
    session: RefCell<Option<DeviceSession>>,
    /// The entries that the session knows.
    known: RefCell<BTreeSet<EntryId>>,
    /// The wait that counts; earlier ones are over.
    wait: Cell<u32>,
    /// Whether what the region decides has come in this life of the page.
    region_rules: Cell<RegionRulesAre>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum RegionRulesAre {
    /// Those that this phone knew last.
    #[default]
    OfBefore,
    Fetched,
}

impl Ask for Engine {
    fn ask(&self, asked: Asked) {
        match asked {
            Asked::SendNow(Which::All) => self.tell("try", Event::TryNow(Which::All)),
            Asked::SendNow(Which::One(entry)) => {
                self.tell(&format!("try {entry}"), Event::TryNow(Which::One(entry)));
            }
            Asked::SignedIn => {
                let engine = self.clone();
                engine.0.copying.signed_in();
                spawn_local(async move {
                    // The same key again: a server that does not know this device, or no longer, learns of it.
                    engine.enrol().await;
                    engine.tell("signed-in", Event::SignedIn);
                });
            }
        }
    }
}

impl Engine {
    /// Begins, for as long as the page lives.
    pub(super) fn begin(sync: Sync) -> Self {
        let engine = Self(Rc::new(State {
            sync,
            copying: Copying::begin(sync),
            session: RefCell::default(),
            known: RefCell::default(),
            wait: Cell::default(),
            region_rules: Cell::default(),
        }));
        sync.phone.follow_outbox();
        let online = engine.clone();
        page::on_network(move |network| {
            online.enrol_when_needed();
            if network == Network::Connected {
                online.handle(Event::Online);
            }
        });
        let shown = engine.clone();
        page::on_shown(move || shown.handle(Event::Refresh));
        let newer = StoredValue::new_local(engine.clone());
        Effect::new(move |_| newer.with_value(Self::add_new));
        let elsewhere = engine.clone();
        sync.phone.hear(move |word| {
            if let Some(wanted) = word.strip_prefix(WORD) {
                elsewhere.wanted_elsewhere(wanted);
            }
        });
        let next = engine.clone();
        spawn_local(async move {
            let name = format!("{SEND_LOCK}-{}", sync.phone.account().id);
            let held = locks::ask(&name, Asking::Wait, || ()).await;
            next.take_over().await;
            // Held until the page is gone.
            std::mem::forget(held);
        });
        engine.enrol_when_needed();
        engine.watch_clocks();
        engine
    }

    /// Enrols the device when it is not, now and whenever the network returns.
    fn enrol_when_needed(&self) {
        if self.0.sync.phone.enrolment.get_untracked() == Enrolment::Missing {
            let engine = self.clone();
            spawn_local(async move { engine.enrol().await });
        }
    }

    /// Enrols the device. Sending begins anew with it, so that its own items are known.
    async fn enrol(&self) {
        let sync = self.0.sync;
        match sync.phone.enrol().await {
            Ok(()) if self.is_sender() => self.take_over().await,
            Ok(()) => {}
            Err(NotEnrolled::Problem(problem)) => sync.trouble.set(Some(problem)),
            Err(NotEnrolled::NoKey) => {
                sync.trouble.set(Some(Problem::StorageFailed { cause: "NoKey".to_owned() }));
            }
        }
    }

    pub(super) fn store(&self) -> Store {
        self.0.sync.phone.store()
    }

    fn is_sender(&self) -> bool {
        self.0.session.borrow().is_some()
    }

    /// Does it here, or has the tab do it that sends.
    fn tell(&self, word: &str, event: Event) {
        if self.is_sender() {
            self.handle(event);
        } else {
            self.0.sync.phone.tell(&format!("{WORD}{word}"));
        }
    }

    fn wanted_elsewhere(&self, wanted: &str) {
        if !self.is_sender() {
            return;
        }
        match wanted.split_once(' ') {
            None if wanted == "try" => self.handle(Event::TryNow(Which::All)),
            None if wanted == "signed-in" => {
                self.0.copying.signed_in();
                self.handle(Event::SignedIn);
            }
            Some(("try", entry)) => {
                _ = entry.parse().map(|entry| self.handle(Event::TryNow(Which::One(entry))))
            }
            _ => {}
        }
    }

    /// Whatever was signed since, in this tab or another, is on its way too.
    fn add_new(&self) {
        let phone = self.0.sync.phone;
        let ours = phone.device().map(|device| device.device);
        let new: Vec<Item> = phone.outbox.with(|outbox| {
            let known = self.0.known.borrow();
            let new = |queued: &&Queued| Some(queued.device) == ours && !known.contains(&queued.item.entry());
            outbox.items().iter().filter(new).map(|queued| queued.item.clone()).collect()
        });
        if !self.is_sender() {
            return;
        }
        for item in new {
            self.0.known.borrow_mut().insert(item.entry());
            self.handle(Event::Added(Box::new(item)));
        }
    }

    /// This tab sends from now on: with what is stored, whatever the tab before it knew.
    async fn take_over(&self) {
        let (sync, store) = (self.0.sync, self.store());
        let (Ok(outbox), Ok(cursor)) = (store.outbox().await, store.cursor().await) else {
            sync.trouble.set(Some(Problem::StorageFailed { cause: "Outbox".to_owned() }));
            return;
        };
        let ours = sync.phone.device().map(|device| device.device);
        let items = outbox.into_iter().filter(|queued| Some(queued.device) == ours).map(|queued| queued.item);
        let items: Vec<Item> = items.collect();
        *self.0.known.borrow_mut() = items.iter().map(Item::entry).collect();
        *self.0.session.borrow_mut() = Some(DeviceSession::new(items, cursor));
        // Perhaps somebody has signed in since, and the page was gone before it could note that. The cookie is
        // hidden from pages, so only trying tells.
        self.handle(Event::SignedIn);
        self.handle(Event::Online);
        self.0.copying.take_over();
    }

    /// Takes what happened, stores what the session wants stored, and does the step that it asks for.
    pub(super) fn handle(&self, event: Event) {
        self.note_trouble(&event);
        let Some(turn) =
            self.0.session.borrow_mut().as_mut().map(|session| session.turn(event, clock::now(), jitter()))
        else {
            return;
        };
        self.show(&turn.step);
        // Begun at once and in order, so that an older state of an item is never stored after a newer one.
        let engine = self.clone();
        spawn_local(async move {
            for item in turn.save {
                engine.save(item).await;
            }
            if let Some(event) = engine.perform(turn.step).await {
                engine.handle(event);
            }
        });
    }

    /// A state that cannot be stored is asked of the server again after the next start: sending goes on.
    async fn save(&self, item: Item) {
        let store = self.store();
        let Ok(Some(known)) = store.queued(item.entry()).await else { return };
        let queued = Queued { item, ..known };
        let stored = match queued.item.delivery() {
            Delivery::Acknowledged { .. } => store.settle(&queued).await.map(|_| ()),
            _ => store.save_queued(&queued).await,
        };
        if let Err(failed) = stored {
            self.0.sync.trouble.set(Some(failed.into()));
        }
    }

    async fn perform(&self, step: Step) -> Option<Event> {
        let sync = self.0.sync;
        if matches!(step, Step::Pull { .. }) {
            // Never in the way of the news: without a token the records say less of their time, and nothing else.
            let _ = self.renew_anchor().await;
            if self.0.region_rules.get() == RegionRulesAre::OfBefore
                && self.renew_region_rules().await.is_ok()
            {
                self.0.region_rules.set(RegionRulesAre::Fetched);
            }
        }
        let done = match step {
            Step::Push { entries } => sync.push(&entries).await,
            Step::Upload(upload) => self.upload(&upload).await,
            Step::FetchReceipt { entry } => sync.fetch_receipt(entry).await,
            Step::CheckReceipt { receipt } => sync.check_receipt(&receipt).await,
            Step::Pull { after } => sync.pull(after).await,
            Step::Wait { until } => {
                self.wait(until);
                return None;
            }
            Step::SignIn | Step::Done | Step::Continue => return None,
        };
        Some(done.unwrap_or_else(Event::Failed))
    }

    fn wait(&self, until: Instant) {
        let this = self.0.wait.get().wrapping_add(1);
        self.0.wait.set(this);
        let engine = self.clone();
        let millis = until.since(clock::now()).as_millis().clamp(0, i64::from(u32::MAX));
        spawn_local(async move {
            clock::sleep_millis(u32::try_from(millis).unwrap_or(u32::MAX)).await;
            if engine.0.wait.get() == this {
                engine.handle(Event::Woke);
            }
        });
    }

    fn show(&self, step: &Step) {
        let sending = match step {
            Step::Continue => return,
            Step::Wait { until } => Sending::Waiting { until: *until },
            Step::SignIn => Sending::NeedsSignIn,
            Step::Done => Sending::Idle,
            _ => Sending::Busy,
        };
        if self.0.sync.sending.with_untracked(|shown| *shown != sending) {
            self.0.sync.sending.set(sending);
        }
    }

    fn note_trouble(&self, event: &Event) {
        let trouble = match event {
            Event::Failed(problem) => Some(problem.clone()),
            Event::PushAnswered(_) | Event::Pulled { .. } | Event::Uploaded { .. } | Event::SignedIn => None,
            _ => return,
        };
        if self.0.sync.trouble.with_untracked(|shown| *shown != trouble) {
            self.0.sync.trouble.set(trouble);
        }
    }
}

fn jitter() -> Jitter {
    // The low bits of an id's entropy are as random as the others.
    Jitter::from_random((clock::entropy().0 & 0xFFFF) as u16)
}
