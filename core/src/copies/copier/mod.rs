//! Decides what of which draft is copied next, and takes what comes back.
//!
//! ```text
//! Drafts, Outbox, Online, SignedIn, Woke, answers ─► take ─► choose ─► List, Card, Draft, Photo, Forget, Wait, Rest
//! ```

mod step;
mod choose;

pub use step::{CopyEvent, CopyStep, CopyTurn, DraftHere, Replaces, Stage, Way};

use std::collections::{BTreeMap, BTreeSet};

use super::copied::{Copied, Standing};
use crate::clock::{Instant, Span};
use crate::digest::Digest;
use crate::ids::{PhotoId, VisitId};
use crate::outbox::{Jitter, RetrySchedule};
use crate::problem::{Problem, Remedy};
use crate::sealing::shadow::ShadowOf;
use crate::sync::{KeptShadow, ShadowOutcome};

/// Decides what is copied next. See the [module](super).
#[derive(Debug, Default)]
pub struct Copier {
    slots: BTreeMap<VisitId, Slot>,
    under_way: Option<UnderWay>,
    /// With which key the step under way encrypts.
    encrypts: Encrypts,
    listing: Listing,
    outbox: Way,
    sign_in: SignInIs,
    /// Failures in a row, and when to try again.
    failures: u32,
    retry: Option<Instant>,
    /// Text, and pictures, that did not fit are not tried again before that.
    room: Room,
    /// Pictures that cannot be copied, until the network returns next: too large, or no longer here.
    skipped: BTreeSet<PhotoId>,
    changed: BTreeSet<VisitId>,
}

/// When what did not fit is tried again. A text may fit where a picture does not.
#[derive(Clone, Copy, Debug, Default)]
struct Room {
    text: Option<Instant>,
    pictures: Option<Instant>,
}

/// One visit.
#[derive(Debug, Default)]
struct Slot {
    /// The draft; `None` when only its copies are left.
    here: Option<DraftHere>,
    copied: Copied,
    /// Since when the draft is known to be another than its copy.
    noticed: Option<Instant>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum UnderWay {
    List,
    Card(VisitId),
    Draft(VisitId),
    Photo(VisitId, PhotoId),
    Forget(VisitId),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Encrypts {
    /// With the one that holds.
    #[default]
    Now,
    /// Perhaps with the one before: it is sent again, whatever the answer.
    Before,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Listing {
    #[default]
    Wanted,
    Done,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum SignInIs {
    #[default]
    Valid,
    Needed,
}

impl Copier {
    /// A draft is copied so long after it changed first: a touch is seldom alone.
    pub const AFTER: Span = Span::seconds(5);
    /// A draft is copied no more often than this: two hours of walking are some 10 MB, not a hundred.
    pub const EVERY: Span = Span::seconds(30);
    /// What did not fit is tried again after this, or when something was let go.
    pub const ROOM_AGAIN: Span = Span::minutes(30);

    /// Takes what happened, and says what to save and what to do then. An answer that is not about the step under way
    /// changes nothing.
    pub fn turn(&mut self, event: CopyEvent, now: Instant, jitter: Jitter) -> CopyTurn {
        self.take(event, now, jitter);
        let step = if self.under_way.is_none() { self.choose(now) } else { CopyStep::Continue };
        let changed = std::mem::take(&mut self.changed);
        let save =
            changed.into_iter().map(|visit| (visit, self.slots.get(&visit).map(|it| it.copied.clone())));
        CopyTurn { save: save.collect(), step }
    }

    fn take(&mut self, event: CopyEvent, now: Instant, jitter: Jitter) {
        match event {
            CopyEvent::Drafts { here, copied } => self.drafts(here, copied, now),
            CopyEvent::Outbox(way) => self.outbox = way,
            CopyEvent::Online => {
                (self.listing, self.failures, self.retry) = (Listing::Wanted, 0, None);
                self.skipped.clear();
            }
            CopyEvent::SignedIn => {
                (self.sign_in, self.listing, self.retry) = (SignInIs::Valid, Listing::Wanted, None)
            }
            CopyEvent::Rekeyed => {
                let visits: Vec<VisitId> = self.slots.keys().copied().collect();
                for visit in visits {
                    self.send_again(visit);
                }
                self.encrypts = if self.under_way.is_some() { Encrypts::Before } else { Encrypts::Now };
            }
            CopyEvent::Woke => {}
            CopyEvent::Failed(problem) => self.failed(&problem, now, jitter),
            CopyEvent::Leaving { digest } => {
                if let Some(UnderWay::Draft(visit)) = self.under_way {
                    self.change(visit, |copied| copied.attempt(digest));
                }
            }
            CopyEvent::Listed(kept) => self.listed(&kept, now),
            CopyEvent::CardAnswered { touched, outcome } => {
                if let Some(UnderWay::Card(visit)) = self.under_way {
                    self.answered(visit, &outcome, now, |copied, _| copied.card = Some(touched));
                }
            }
            CopyEvent::DraftAnswered { touched, photos, outcome } => {
                if let Some(UnderWay::Draft(visit)) = self.under_way {
                    self.answered(visit, &outcome, now, |copied, digest| {
                        copied.photos.retain(|photo| photos.contains(photo));
                        (copied.tag, copied.draft, copied.named) = (Some(digest), Some(touched), photos);
                        copied.at = Some(now);
                        copied.attempts.clear();
                    });
                    self.notice(visit, now);
                }
            }
            CopyEvent::PhotoAnswered { outcome } => {
                if let Some(UnderWay::Photo(visit, photo)) = self.under_way {
                    self.answered(visit, &outcome, now, |copied, _| _ = copied.photos.insert(photo));
                }
            }
            CopyEvent::Forgotten => {
                if let Some(UnderWay::Forget(visit)) = self.under_way {
                    self.went_well();
                    self.room = Room::default();
                    self.slots.remove(&visit);
                    self.changed.insert(visit);
                }
            }
        }
    }

    /// What is under way for a visit is known better here than in storage, which is a moment behind.
    fn drafts(&mut self, here: Vec<DraftHere>, mut copied: BTreeMap<VisitId, Copied>, now: Instant) {
        let busy = match self.under_way {
            Some(
                UnderWay::Card(visit)
                | UnderWay::Draft(visit)
                | UnderWay::Photo(visit, _)
                | UnderWay::Forget(visit),
            ) => Some(visit),
            Some(UnderWay::List) | None => None,
        };
        let mut known = std::mem::take(&mut self.slots);
        for draft in here {
            let mut slot = known.remove(&draft.visit).unwrap_or_default();
            let stored = copied.remove(&draft.visit);
            if busy != Some(draft.visit) {
                slot.copied = stored.unwrap_or_default();
            }
            slot.here = Some(draft);
            self.slots.insert(draft.visit, slot);
            self.notice(draft.visit, now);
        }
        if let Some((visit, slot)) = busy.and_then(|visit| known.remove_entry(&visit)) {
            copied.remove(&visit);
            self.slots.insert(visit, Slot { here: None, ..slot });
        }
        // The draft was discarded here, or its record arrived: what is left are its copies.
        self.slots.extend(
            copied.into_iter().map(|(visit, copied)| (visit, Slot { here: None, copied, noticed: None })),
        );
    }

    fn notice(&mut self, visit: VisitId, now: Instant) {
        if let Some(slot) = self.slots.get_mut(&visit) {
            let same = slot.here.is_some_and(|here| slot.copied.draft == Some(here.touched));
            slot.noticed = if same { None } else { slot.noticed.or(Some(now)) };
        }
    }

    fn listed(&mut self, kept: &[KeptShadow], now: Instant) {
        if self.under_way != Some(UnderWay::List) {
            return;
        }
        self.went_well();
        self.listing = Listing::Done;
        let visits: Vec<VisitId> = self.slots.keys().copied().collect();
        for visit in visits {
            let there = || kept.iter().filter(|it| it.visit == visit);
            let found = there().find(|it| ShadowOf::of_name(&it.name) == Some(ShadowOf::Draft));
            let photos: BTreeSet<PhotoId> = there()
                .filter_map(|it| match ShadowOf::of_name(&it.name) {
                    Some(ShadowOf::Photo(photo)) => Some(photo),
                    _ => None,
                })
                .collect();
            self.change(visit, |copied| {
                if copied.standing != Standing::SignedElsewhere {
                    copied.compare(found.map(|it| it.digest));
                    copied.photos.retain(|photo| photos.contains(photo));
                }
            });
            self.notice(visit, now);
        }
    }

    /// What became of a copy that was sent.
    fn answered(
        &mut self,
        visit: VisitId,
        outcome: &ShadowOutcome,
        now: Instant,
        stored: impl FnOnce(&mut Copied, Digest),
    ) {
        let (under_way, encrypts) = (self.under_way, self.encrypts);
        let of_picture = matches!(under_way, Some(UnderWay::Photo(..)));
        self.went_well();
        match outcome {
            ShadowOutcome::Stored { digest } => {
                self.room.text = None;
                if of_picture {
                    self.room.pictures = None;
                }
                let fits = self.room.pictures.is_none();
                self.change(visit, |copied| {
                    if fits {
                        copied.standing = Standing::Ours;
                    }
                    stored(copied, *digest);
                });
                if encrypts == Encrypts::Before {
                    self.send_again(visit);
                }
            }
            ShadowOutcome::Overtaken { digest } => {
                let before = self.slots.get(&visit).map(|slot| slot.copied.clone());
                // Only a draft says what it replaces.
                if under_way == Some(UnderWay::Draft(visit)) {
                    self.change(visit, |copied| copied.compare(*digest));
                }
                if self.slots.get(&visit).map(|slot| &slot.copied) == before.as_ref() {
                    // No news in it: whoever answers so is not our server, and asking at once would go on for ever.
                    self.retry = Some(now.plus(Self::ROOM_AGAIN));
                }
            }
            ShadowOutcome::SignedElsewhere => {
                self.change(visit, |copied| copied.standing = Standing::SignedElsewhere);
            }
            ShadowOutcome::NoRoom { .. } => {
                let again = Some(now.plus(Self::ROOM_AGAIN));
                self.room = Room { text: if of_picture { self.room.text } else { again }, pictures: again };
                self.change(visit, |copied| copied.standing = Standing::NoRoom);
            }
        }
    }

    fn went_well(&mut self) {
        (self.under_way, self.failures, self.retry) = (None, 0, None);
        self.encrypts = Encrypts::Now;
    }

    /// All of a visit is sent again, under the key that holds now.
    fn send_again(&mut self, visit: VisitId) {
        self.change(visit, |copied| *copied = std::mem::take(copied).under_another_key());
    }

    fn failed(&mut self, problem: &Problem, now: Instant, jitter: Jitter) {
        let Some(under_way) = self.under_way.take() else { return };
        self.encrypts = Encrypts::Now;
        match (problem.remedy(), under_way) {
            (Remedy::SignIn, _) => self.sign_in = SignInIs::Needed,
            (Remedy::Person, UnderWay::Photo(_, photo)) => _ = self.skipped.insert(photo),
            (Remedy::Retry | Remedy::Person, _) => {
                self.failures = self.failures.saturating_add(1);
                self.retry = Some(now.plus(RetrySchedule::wait(self.failures, problem, jitter)));
            }
        }
    }

    /// Changes what is remembered, and has it saved when it is another then.
    fn change(&mut self, visit: VisitId, change: impl FnOnce(&mut Copied)) {
        let Some(slot) = self.slots.get_mut(&visit) else { return };
        let before = slot.copied.clone();
        change(&mut slot.copied);
        if slot.copied != before {
            self.changed.insert(visit);
        }
    }
}

#[cfg(test)]
mod tests;
