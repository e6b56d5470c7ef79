//! The state of a device session, and how it moves.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::step::{Event, Step, Turn, Which};
use crate::clock::Instant;
use crate::digest::Digest;
use crate::ledger::Cursor;
use crate::log::SignedReceipt;
use crate::outbox::{Command, CommandRefused, Delivery, Due, Item, Jitter, RetrySchedule, Summary, due_at};
use crate::problem::{Concerns, Problem, Remedy};
use crate::sync::message::Push;

/// Decides what a device sends next, and takes what comes back. See the [module](super::super).
#[derive(Debug)]
pub struct DeviceSession {
    pub(super) slots: BTreeMap<u64, Slot>,
    pub(super) phase: Phase,
    pub(super) pull: Pulling,
    pub(super) cursor: Cursor,
    /// Receipts that came and have yet to be checked, with the place of their entries.
    pub(super) receipts: VecDeque<(u64, SignedReceipt)>,
    /// Entries in one push, at most: halved when a push fails as a whole, so that one bad entry is found.
    pub(super) push_limit: usize,
    /// Failures in a row that concerned all that is sent.
    pub(super) failures: u32,
    /// The end of the server's chain from which entries were sent again because of a gap.
    pub(super) resent_from: Option<u64>,
    changed: BTreeSet<u64>,
}

/// An item, with what this session has learnt about it.
#[derive(Debug)]
pub(super) struct Slot {
    pub(super) item: Item,
    pub(super) text: Text,
    /// Photos that failed since the item was last due, and how: the others go first.
    pub(super) tried: BTreeMap<Digest, Problem>,
}

/// What the session knows of an entry's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Text {
    /// Nothing: push it.
    Unsaid,
    /// The server said that it has it.
    Arrived,
}

/// What is under way.
#[derive(Debug)]
pub(super) enum Phase {
    Idle,
    Pushing { places: Vec<u64> },
    Uploading { place: u64, digest: Digest },
    Fetching { place: u64 },
    Checking { place: u64, receipt: Box<SignedReceipt> },
    Pulling,
}

/// How far the news is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pulling {
    /// To be pulled.
    Wanted,
    /// To be tried again then.
    RetryAt { at: Instant, attempts: u32 },
    /// Somebody must sign in first.
    NeedsSignIn,
    /// All here, or a person must look at why not: nothing until it is wanted again.
    Settled,
}

/// The device's time, and the share by which waits are moved.
#[derive(Clone, Copy)]
pub(super) struct Moment {
    pub(super) now: Instant,
    pub(super) jitter: Jitter,
}

impl Moment {
    pub(super) fn next_try(self, attempts: u32, problem: &Problem) -> Instant {
        self.now.plus(RetrySchedule::wait(attempts, problem, self.jitter))
    }
}

impl DeviceSession {
    /// A session over the stored items, in any order. Begin with [`Event::Online`].
    pub fn new(items: impl IntoIterator<Item = Item>, cursor: Cursor) -> Self {
        Self {
            slots: items.into_iter().map(|item| (item.seq(), Slot::new(item))).collect(),
            phase: Phase::Idle,
            pull: Pulling::Wanted,
            cursor,
            receipts: VecDeque::new(),
            push_limit: Push::MAX_ENTRIES,
            failures: 0,
            resent_from: None,
            changed: BTreeSet::new(),
        }
    }

    /// The items, in the order of the chain.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.slots.values().map(|slot| &slot.item)
    }

    /// The items in one line.
    pub fn summary(&self) -> Summary {
        Summary::of(self.items())
    }

    /// Takes what happened, and says what to save and what to do then. An event that is not about the step under
    /// way, such as an answer that comes late, changes nothing.
    pub fn turn(&mut self, event: Event, now: Instant, jitter: Jitter) -> Turn {
        let moment = Moment { now, jitter };
        self.take(event, moment);
        let step = if matches!(self.phase, Phase::Idle) { self.choose(now) } else { Step::Continue };
        let changed = std::mem::take(&mut self.changed);
        let save =
            changed.iter().filter_map(|place| self.slots.get(place)).map(|slot| slot.item.clone()).collect();
        Turn { save, step }
    }

    fn take(&mut self, event: Event, moment: Moment) {
        match event {
            Event::Online => {
                self.release(|delivery| {
                    matches!(delivery, Delivery::RetryAt { problem, .. } if waits_for_connection(problem))
                });
                self.pull = Pulling::Wanted;
                self.failures = 0;
            }
            Event::SignedIn => {
                self.release(|delivery| match delivery {
                    Delivery::NeedsSignIn => true,
                    Delivery::Refused { problem } => problem.concerns() == Concerns::Sender,
                    _ => false,
                });
                self.pull = Pulling::Wanted;
            }
            Event::TryNow(which) => {
                let places: Vec<u64> =
                    self.slots.values().filter(|slot| slot.is(which)).map(Slot::place).collect();
                for place in places {
                    self.apply(place, Command::Release);
                }
                self.resent_from = None;
                self.pull = Pulling::Wanted;
            }
            Event::Refresh => self.pull = Pulling::Wanted,
            Event::Woke => {}
            Event::Added(item) => {
                self.slots.entry(item.seq()).or_insert_with(|| Slot::new(*item));
            }
            Event::Failed(problem) => self.step_failed(problem, moment),
            Event::PushAnswered(answer) => self.push_answered(&answer, moment),
            Event::UploadProgress { digest, upload, sent_bytes } => {
                self.upload_progressed(digest, upload, sent_bytes)
            }
            Event::Uploaded { digest } => self.uploaded(digest, moment),
            Event::ReceiptFetched(receipt) => self.receipt_fetched(&receipt, moment),
            Event::ReceiptChecked(verdict) => self.receipt_checked(verdict, moment),
            Event::Pulled { cursor, more } => self.pulled(cursor, more),
        }
    }

    fn release(&mut self, which: impl Fn(&Delivery) -> bool) {
        let places: Vec<u64> =
            self.slots.values().filter(|slot| which(slot.item.delivery())).map(Slot::place).collect();
        for place in places {
            self.apply(place, Command::Release);
        }
    }

    /// Carries out a command on an item, and remembers that it is to be saved if it changed.
    pub(super) fn apply(&mut self, place: u64, command: Command) {
        let Some(Slot { item, text, mut tried }) = self.slots.remove(&place) else { return };
        let before = item.clone();
        if matches!(command, Command::Release) {
            tried.clear();
        }
        // One that does not fit gives the item back as it was: nothing to save.
        let item = item.apply(command).unwrap_or_else(CommandRefused::into_item);
        if item != before {
            self.changed.insert(place);
        }
        self.slots.insert(place, Slot { item, text, tried });
    }

    /// Marks an item as failed; it is tried again, waits for a sign-in, or for a person.
    pub(super) fn fail(&mut self, place: u64, problem: Problem, moment: Moment) {
        let Some(slot) = self.slots.get(&place) else { return };
        let next_try = moment.next_try(slot.item.delivery().attempts() + 1, &problem);
        self.apply(place, Command::Fail { problem, next_try });
    }

    /// Marks everything as failed that was to be sent by itself: the problem concerns all of it.
    pub(super) fn fail_all(&mut self, problem: &Problem, moment: Moment) {
        self.failures = self.failures.saturating_add(1);
        let next_try = moment.next_try(self.failures, problem);
        let sends_itself = |slot: &&Slot| {
            matches!(
                slot.item.delivery(),
                Delivery::Waiting | Delivery::Sending { .. } | Delivery::RetryAt { .. }
            )
        };
        let places: Vec<u64> = self.slots.values().filter(sends_itself).map(Slot::place).collect();
        for place in places {
            self.apply(place, Command::Fail { problem: problem.clone(), next_try });
        }
        self.pull_failed(problem, next_try);
    }

    pub(super) fn pull_failed(&mut self, problem: &Problem, next_try: Instant) {
        let attempts = match self.pull {
            Pulling::RetryAt { attempts, .. } => attempts,
            Pulling::Wanted | Pulling::NeedsSignIn => 0,
            // Nothing was wanted: nothing failed.
            Pulling::Settled => return,
        };
        self.pull = match problem.remedy() {
            Remedy::Retry => Pulling::RetryAt { at: next_try, attempts: attempts.saturating_add(1) },
            Remedy::SignIn => Pulling::NeedsSignIn,
            Remedy::Person => Pulling::Settled,
        };
    }
}

/// Whether a connection may be all that was missing. Not so when the server asked for patience.
fn waits_for_connection(problem: &Problem) -> bool {
    problem.concerns() == Concerns::Sender && !matches!(problem, Problem::TooMany { .. })
}

impl Slot {
    fn new(item: Item) -> Self {
        let text = match item.delivery() {
            Delivery::Acknowledged { .. } => Text::Arrived,
            _ => Text::Unsaid,
        };
        Self { item, text, tried: BTreeMap::new() }
    }

    pub(super) const fn place(&self) -> u64 {
        self.item.seq()
    }

    fn is(&self, which: Which) -> bool {
        match which {
            Which::All => true,
            Which::One(entry) => self.item.entry() == entry,
        }
    }
}

impl Pulling {
    pub(super) fn due(self, now: Instant) -> Due {
        match self {
            Self::Wanted => Due::Now,
            Self::RetryAt { at, .. } => due_at(at, now),
            Self::NeedsSignIn | Self::Settled => Due::Not,
        }
    }
}
