//! Saving as one touches: parts wait in order, one strict write is under way, and "saved" is said only after it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use futures_channel::oneshot;
use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::clock::Instant;
use xunan_core::ids::VisitId;
use xunan_core::problem::Problem;
use xunan_core::visit::{Part, PartKey};

use crate::browser::clock;
use crate::store::{DraftCard, Store};

/// Whether what the page shows is on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It is, since then; `None` right after opening.
    Yes {
        /// When the last write ended.
        at: Option<Instant>,
    },
    /// A write is under way.
    Saving,
    /// The last write failed. It is in memory and is tried again with the next touch, or on request.
    No {
        /// Why.
        problem: Problem,
    },
}

/// Writes the parts of one draft.
#[derive(Clone)]
pub(super) struct Saver(Rc<Inner>);

struct Inner {
    store: Store,
    visit: VisitId,
    waiting: RefCell<BTreeMap<PartKey, Part>>,
    card: RefCell<Option<DraftCard>>,
    writer: Cell<Writer>,
    saved: RwSignal<Saved>,
    /// Those who wait for the writer to be idle.
    idle: RefCell<Vec<oneshot::Sender<Saved>>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Writer {
    Idle,
    Writing,
}

impl Saver {
    pub(super) fn new(store: Store, visit: VisitId, saved: RwSignal<Saved>) -> Self {
        let (waiting, card, writer) = (RefCell::default(), RefCell::default(), Cell::new(Writer::Idle));
        Self(Rc::new(Inner { store, visit, waiting, card, writer, saved, idle: RefCell::default() }))
    }

    /// Has parts written; a newer value of a part that still waits replaces the older.
    pub(super) fn save(&self, parts: impl Iterator<Item = Part>, card: DraftCard) {
        self.0.waiting.borrow_mut().extend(parts.map(|part| (part.key(), part)));
        self.0.card.replace(Some(card));
        self.again();
    }

    /// Starts writing when something waits and nothing is being written.
    pub(super) fn again(&self) {
        if self.0.writer.get() == Writer::Writing || self.0.waiting.borrow().is_empty() {
            return;
        }
        self.0.writer.set(Writer::Writing);
        self.show(Saved::Saving);
        let saver = self.clone();
        spawn_local(async move {
            let outcome = saver.write_all().await;
            saver.0.writer.set(Writer::Idle);
            saver.show(outcome.clone());
            for waiter in saver.0.idle.take() {
                // Whoever waited may be gone with its page.
                let _ = waiter.send(outcome.clone());
            }
        });
    }

    /// Waits until nothing is being written, trying once more when the last write failed.
    pub(super) async fn flushed(&self) -> Saved {
        self.again();
        if self.0.writer.get() == Writer::Idle {
            return self.0.saved.try_get_untracked().unwrap_or(Saved::Yes { at: None });
        }
        let (told, outcome) = oneshot::channel();
        self.0.idle.borrow_mut().push(told);
        outcome.await.unwrap_or(Saved::Saving)
    }

    async fn write_all(&self) -> Saved {
        loop {
            let batch = std::mem::take(&mut *self.0.waiting.borrow_mut());
            if batch.is_empty() {
                return Saved::Yes { at: Some(clock::now()) };
            }
            let parts: Vec<Part> = batch.values().cloned().collect();
            let card = self.0.card.take();
            if let Err(failed) = self.0.store.save_parts(self.0.visit, &parts, card.as_ref()).await {
                if self.0.card.borrow().is_none() {
                    self.0.card.replace(card);
                }
                // What was not written waits again, under whatever was changed meanwhile.
                let mut waiting = self.0.waiting.borrow_mut();
                for (key, part) in batch {
                    waiting.entry(key).or_insert(part);
                }
                return Saved::No { problem: failed.into() };
            }
        }
    }

    /// The page may be gone while the last write ends: then there is nobody to tell.
    fn show(&self, saved: Saved) {
        self.0.saved.try_set(saved);
    }
}
