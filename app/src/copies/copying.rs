//! The loop: one thing after the other, so that what is remembered is stored before the next is looked at.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use futures_channel::oneshot;
use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::clock::Instant;
use xunan_core::copies::{Copied, Copier, CopyEvent, CopyStep, DraftHere, Stage};
use xunan_core::digest::Digest;
use xunan_core::ids::VisitId;
use xunan_core::outbox::Jitter;
use xunan_core::problem::Problem;

use super::key::{Taken, take_given};
use super::seen::{Card, KeyIs, Seen};
use super::{CopiesSeen, draft_view, settings_view, today_view, way_for_copies};
use crate::browser::clock;
use crate::browser::page::{self, Network};
use crate::browser::sealing::SealingKey;
use crate::session::{Settled, settle};
use crate::store::{CopiesKeys, DraftCard, DraftStage, Store, StoreFailed};
use crate::sync::Sync;

/// What is remembered is another than before: in the words between tabs.
const WORD: &str = "copies";

/// Makes copies, or shows what is remembered of them. Cheap to clone; all clones are the same.
#[derive(Clone)]
pub(crate) struct Copying(Rc<State>);

struct State {
    sync: Sync,
    role: Cell<Role>,
    /// Present in the tab that sends, once there is a key.
    copier: RefCell<Option<Copier>>,
    keys: RefCell<Option<CopiesKeys>>,
    /// What was told and not looked at yet.
    told: RefCell<VecDeque<Told>>,
    looking: Cell<Looking>,
    /// The wait that counts; earlier ones are over.
    wait: Cell<u32>,
    seen: RwSignal<Seen>,
    /// Cards of other phones' drafts that were opened, by the hash of their copies.
    cards: RefCell<BTreeMap<Digest, Card>>,
}

/// What there is to look at.
enum Told {
    /// Drafts, keys, or what is remembered may be others than before.
    Reload,
    /// A change of the password that had no answer may be found out about.
    Settle,
    /// Something happened.
    Event(CopyEvent),
    /// A draft is about to leave: once that is stored, whoever waits goes on.
    Leaving(Digest, oneshot::Sender<()>),
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Role {
    /// Another tab sends.
    #[default]
    Shows,
    /// This tab does.
    Copies,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Looking {
    #[default]
    No,
    Yes,
}

impl Copying {
    /// Begins, for as long as the page lives.
    pub(crate) fn begin(sync: Sync) -> Self {
        let copying = Self(Rc::new(State {
            sync,
            role: Cell::default(),
            copier: RefCell::default(),
            keys: RefCell::default(),
            told: RefCell::default(),
            looking: Cell::default(),
            wait: Cell::default(),
            seen: RwSignal::new(Seen::default()),
            cards: RefCell::default(),
        }));
        sync.copies.set(Some(Rc::new(copying.clone())));
        let held = StoredValue::new_local(copying.clone());
        Effect::new(move |_| {
            sync.phone().drafts.track();
            held.with_value(|copying| copying.tell(Told::Reload));
        });
        Effect::new(move |_| {
            let way = way_for_copies(&sync.sending.get());
            held.with_value(|copying| copying.event(CopyEvent::Outbox(way)));
        });
        // Something went well again: the network is back, also where the browser does not tell.
        Effect::new(move |before: Option<bool>| {
            let trouble = sync.trouble.with(Option::is_some);
            if before == Some(true) && !trouble {
                held.with_value(Self::settle_and_list);
            }
            trouble
        });
        let online = copying.clone();
        page::on_network(move |network| {
            if network == Network::Connected {
                online.settle_and_list();
            }
        });
        let shown = copying.clone();
        page::on_shown(move || shown.settle_and_list());
        let elsewhere = copying.clone();
        sync.phone().hear(move |word| {
            if word == WORD && elsewhere.0.role.get() == Role::Shows {
                elsewhere.tell(Told::Reload);
            }
        });
        copying
    }

    /// This tab makes the copies from now on.
    pub(crate) fn take_over(&self) {
        if self.0.role.replace(Role::Copies) == Role::Shows {
            self.tell(Told::Reload);
            self.tell(Told::Settle);
        }
    }

    fn settle_and_list(&self) {
        self.tell(Told::Settle);
        self.event(CopyEvent::Online);
    }

    /// Somebody signed in, or changed the password, here or in another tab: with a key, perhaps another one.
    pub(crate) fn signed_in(&self) {
        self.tell(Told::Reload);
        self.event(CopyEvent::SignedIn);
    }

    pub(super) fn sync(&self) -> Sync {
        self.0.sync
    }

    pub(super) fn store(&self) -> Store {
        self.0.sync.phone().store()
    }

    pub(super) fn seen(&self) -> RwSignal<Seen> {
        self.0.seen
    }

    pub(super) fn cards(&self) -> &RefCell<BTreeMap<Digest, Card>> {
        &self.0.cards
    }

    /// The key that encrypts.
    pub(super) fn key(&self) -> Option<SealingKey> {
        self.0.keys.borrow().as_ref().map(|keys| keys.current.clone())
    }

    /// All keys that may open a copy, the newest first.
    pub(super) fn keys(&self) -> Vec<SealingKey> {
        let keys = self.0.keys.borrow();
        keys.iter().flat_map(|keys| [Some(keys.current.clone()), keys.old.clone()]).flatten().collect()
    }

    /// Looks anew at the keys, and then at what is on the server.
    pub(super) fn list_again(&self) {
        self.tell(Told::Reload);
        self.event(CopyEvent::Online);
    }

    pub(super) fn event(&self, event: CopyEvent) {
        self.tell(Told::Event(event));
    }

    /// Notes that a draft is about to leave, and waits until that is stored.
    ///
    /// # Errors
    /// [`Problem::QuotaFull`] when it could not be: then it must not leave.
    pub(super) async fn leaving(&self, digest: Digest) -> Result<(), Problem> {
        let (told, stored) = oneshot::channel();
        self.tell(Told::Leaving(digest, told));
        stored.await.map_err(|_| Problem::QuotaFull)
    }

    fn tell(&self, told: Told) {
        self.0.told.borrow_mut().push_back(told);
        if self.0.looking.replace(Looking::Yes) == Looking::Yes {
            return;
        }
        let copying = self.clone();
        spawn_local(async move {
            while let Some(told) = copying.next() {
                copying.look(told).await;
            }
            copying.0.looking.set(Looking::No);
        });
    }

    fn next(&self) -> Option<Told> {
        self.0.told.borrow_mut().pop_front()
    }

    async fn look(&self, told: Told) {
        match told {
            Told::Reload => self.read_again().await,
            Told::Settle => {
                let copies = self.0.role.get() == Role::Copies;
                // What cannot be found out now is asked again with the next contact.
                if copies && settle(&self.store()).await == Ok(Settled::Changed) {
                    self.read_again().await;
                }
            }
            Told::Event(event) => {
                self.show_trouble(&event);
                _ = self.turn(event).await;
            }
            Told::Leaving(digest, go) => {
                if self.turn(CopyEvent::Leaving { digest }).await.is_ok() {
                    // Whoever waited may have given up.
                    _ = go.send(());
                }
            }
        }
    }

    async fn read_again(&self) {
        match self.read().await {
            Ok((taken, drafts)) => {
                if taken == Taken::Another {
                    _ = self.turn(CopyEvent::Rekeyed).await;
                }
                self.look_at_drafts(drafts).await;
            }
            Err(problem) => self.0.seen.update(|seen| seen.trouble = Some(problem)),
        }
    }

    /// What is stored: keys, drafts, and what is remembered.
    async fn read(&self) -> Result<(Taken, CopyEvent), Problem> {
        let store = self.store();
        let copies = self.0.role.get() == Role::Copies;
        let taken = if copies { take_given(&store).await? } else { Taken::AsBefore };
        let (keys, drafts) = (store.copies_keys().await?, store.drafts().await?);
        let (copied, last) = (store.copied().await?, store.last_copied().await?);
        self.0.seen.update(|seen| {
            seen.key = if keys.is_some() { KeyIs::Here } else { KeyIs::Missing };
            (seen.copied, seen.last) = (copied.clone(), last);
        });
        *self.0.keys.borrow_mut() = keys;
        let stage = |stage| if stage == DraftStage::Open { Stage::Open } else { Stage::Signed };
        let here = |card: DraftCard| DraftHere {
            visit: card.visit,
            touched: card.touched,
            stage: stage(card.stage),
        };
        Ok((taken, CopyEvent::Drafts { here: drafts.into_iter().map(here).collect(), copied }))
    }

    /// Copying begins with the first key; what was told before that is asked anew.
    async fn look_at_drafts(&self, drafts: CopyEvent) {
        let begins = self.0.role.get() == Role::Copies
            && self.0.keys.borrow().is_some()
            && self.0.copier.borrow().is_none();
        if begins {
            *self.0.copier.borrow_mut() = Some(Copier::default());
        }
        // What could not be stored was shown; the copier remembers it for as long as the page lives.
        _ = self.turn(drafts).await;
        if begins {
            let way = way_for_copies(&self.0.sync.sending.get_untracked());
            _ = self.turn(CopyEvent::Outbox(way)).await;
        }
    }

    async fn turn(&self, event: CopyEvent) -> Result<(), StoreFailed> {
        let turn = self.0.copier.borrow_mut().as_mut().map(|it| it.turn(event, clock::now(), jitter()));
        let Some(turn) = turn else { return Ok(()) };
        let saved = self.save(&turn.save).await;
        self.begin_step(turn.step);
        saved
    }

    async fn save(&self, known: &[(VisitId, Option<Copied>)]) -> Result<(), StoreFailed> {
        if known.is_empty() {
            return Ok(());
        }
        let saved = self.store().save_copied(known).await;
        self.0.seen.update(|seen| {
            for (visit, copied) in known {
                match copied {
                    Some(copied) => _ = seen.copied.insert(*visit, copied.clone()),
                    None => _ = seen.copied.remove(visit),
                }
                seen.last = seen.last.max(copied.as_ref().and_then(|it| it.at));
            }
            seen.trouble = saved.clone().err().map(Problem::from).or(seen.trouble.take());
        });
        self.0.sync.phone().tell(WORD);
        saved
    }

    fn begin_step(&self, step: CopyStep) {
        match step {
            CopyStep::Continue => {}
            CopyStep::Rest => _ = self.new_wait(),
            CopyStep::Wait { until } => self.wait(until),
            step => {
                let copying = self.clone();
                spawn_local(async move {
                    let event = copying.perform(step).await.unwrap_or_else(CopyEvent::Failed);
                    copying.event(event);
                });
            }
        }
    }

    fn new_wait(&self) -> u32 {
        let this = self.0.wait.get().wrapping_add(1);
        self.0.wait.set(this);
        this
    }

    fn wait(&self, until: Instant) {
        let (this, copying) = (self.new_wait(), self.clone());
        let millis = until.since(clock::now()).as_millis().clamp(0, i64::from(u32::MAX));
        spawn_local(async move {
            clock::sleep_millis(u32::try_from(millis).unwrap_or(u32::MAX)).await;
            if copying.0.wait.get() == this {
                copying.event(CopyEvent::Woke);
            }
        });
    }

    fn show_trouble(&self, event: &CopyEvent) {
        let trouble = match event {
            CopyEvent::Failed(problem) => Some(problem.clone()),
            CopyEvent::Listed(_) | CopyEvent::DraftAnswered { .. } | CopyEvent::PhotoAnswered { .. } => None,
            _ => return,
        };
        if self.0.seen.with_untracked(|seen| seen.trouble != trouble) {
            self.0.seen.update(|seen| seen.trouble = trouble);
        }
    }
}

impl CopiesSeen for Copying {
    fn on_today(&self) -> AnyView {
        today_view::view(self)
    }

    fn on_draft(&self, visit: VisitId) -> AnyView {
        draft_view::on_draft(self, visit)
    }

    fn in_visit(&self, visit: VisitId) -> AnyView {
        draft_view::in_visit(self, visit)
    }

    fn in_settings(&self) -> AnyView {
        settings_view::view(self)
    }
}

fn jitter() -> Jitter {
    // The low bits of an id's entropy are as random as the others.
    Jitter::from_random((clock::entropy().0 & 0xFFFF) as u16)
}
