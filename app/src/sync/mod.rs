//! Fetching and sending. A first visit fetches, step by step; everything after that is the [`Engine`]'s, which enrols the
//! device and is the thin loop around core's `DeviceSession`. It comes as a part of the program of its own.
//!
//! ```text
//! signed in for the first time ─► rows, page by page ─┐
//! opened again ───────────────────────────────────────┴─► Engine ◄─ what pages ask: send now, signed in
//! ```

mod engine;
mod anchor;
mod region_rules;
mod lamp;
mod news;
mod parcels;
mod photos;

pub use lamp::{Check, Lamp, Readiness};

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use xunan_core::clock::Instant;
use xunan_core::problem::Problem;
use xunan_core::sync::{More, Which};

use crate::browser::clock;
use crate::browser::page::{self, Network};
use crate::copies::CopiesSeen;
use crate::session::Phone;
use engine::Engine;

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
    /// What people see of the copies of drafts, once the part of the program that makes them is here.
    pub copies: RwSignal<Option<Rc<dyn CopiesSeen>>, LocalStorage>,
}

/// What pages ask of the engine.
#[derive(Clone, Copy, Debug)]
enum Asked {
    /// A person asks to send now: one entry, or all.
    SendNow(Which),
    /// Somebody signed in: the queue drains.
    SignedIn,
}

#[derive(Default)]
struct Inner {
    /// Present once its part of the program is here.
    engine: RefCell<Option<Rc<dyn Ask>>>,
    /// What the engine follows ends with this.
    owner: RefCell<Option<Owner>>,
    /// Whether somebody is getting it.
    coming: Cell<Coming>,
}

/// The engine, as far as the first page knows it.
trait Ask {
    fn ask(&self, asked: Asked);
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Coming {
    #[default]
    No,
    Yes,
}

/// When a part of the program that did not come is asked for again.
const AGAIN_MILLIS: u32 = 15_000;

impl Sync {
    /// Starts fetching and sending for the phone's account, for as long as the page lives.
    pub fn start(phone: Phone) -> Self {
        let sync = Self {
            inner: StoredValue::new_local(Rc::new(Inner::default())),
            phone,
            sending: RwSignal::new(Sending::OtherTab),
            network: RwSignal::new(page::network()),
            trouble: RwSignal::new(None),
            copies: RwSignal::new_local(None),
        };
        page::on_network(move |network| {
            sync.network.set(network);
            if network == Network::Connected {
                sync.bring_engine();
            }
        });
        sync.bring_engine();
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
        self.ask(Asked::SendNow(which));
    }

    /// Somebody signed in: the queue drains.
    pub fn signed_in(self) {
        self.ask(Asked::SignedIn);
    }

    /// The phone of the account for which this sends.
    pub(crate) fn phone(self) -> Phone {
        self.phone
    }

    /// An engine that is not here yet begins with what is stored, and so with what was asked.
    fn ask(self, asked: Asked) {
        let engine = self.inner.get_value().engine.borrow().clone();
        match engine {
            Some(engine) => engine.ask(asked),
            None => self.bring_engine(),
        }
    }

    /// Gets the engine, after the rows of a first visit: the list is what people wait for.
    fn bring_engine(self) {
        let inner = self.inner.get_value();
        if inner.engine.borrow().is_some() || inner.coming.replace(Coming::Yes) == Coming::Yes {
            return;
        }
        spawn_local(async move {
            if !self.phone.has_pulled() {
                self.trouble.set(self.pull_all().await.err());
            }
            match sending_part().await {
                Ok(begin) => {
                    let owner = Owner::new();
                    *inner.engine.borrow_mut() = Some(owner.with(|| begin(self)));
                    *inner.owner.borrow_mut() = Some(owner);
                }
                Err(_) => {
                    self.trouble.set(Some(Problem::Unreachable));
                    clock::sleep_millis(AGAIN_MILLIS).await;
                }
            }
            inner.coming.set(Coming::No);
            self.bring_engine();
        });
    }

    async fn pull_all(self) -> Result<(), Problem> {
        while self.pull_page(self.phone.store().cursor().await?).await?.1 == More::Yes {}
        Ok(())
    }
}

/// Begins sending, for as long as the page lives.
type Begin = fn(Sync) -> Rc<dyn Ask>;

/// Everything that sends. A phone that has nothing to send gets it after its first list.
#[wasm_split(sending, wasm_split_path = leptos::wasm_split, fallible)]
fn sending_part() -> Result<Begin, SplitLoaderError> {
    Ok(|sync| Rc::new(Engine::begin(sync)))
}
