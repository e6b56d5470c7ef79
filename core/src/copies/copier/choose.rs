//! What is next: the list of what is there, copies to be let go, the text of all drafts, then their pictures.

use super::{Copier, CopyStep, Listing, Replaces, SignInIs, Slot, Stage, UnderWay, Way};
use crate::clock::Instant;
use crate::copies::Standing;
use crate::ids::VisitId;
use crate::outbox::{Due, due_at};

impl Copier {
    pub(super) fn choose(&mut self, now: Instant) -> CopyStep {
        if self.outbox == Way::Taken || self.sign_in == SignInIs::Needed {
            return CopyStep::Rest;
        }
        if let Some(Due::At(until)) = self.retry.map(|at| due_at(at, now)) {
            return CopyStep::Wait { until };
        }
        if self.listing == Listing::Wanted {
            return self.begin(UnderWay::List, CopyStep::List);
        }
        self.drop_what_others_keep();
        let due = |at: Option<Instant>| at.map_or(Due::Now, |at| due_at(at, now));
        let (text, pictures) = (due(self.room.text), due(self.room.pictures));
        let mut wake = None;
        let mut chosen = None;
        for (visit, slot) in &self.slots {
            match slot.text(*visit, now, text) {
                Next::Now(under_way, step) => {
                    chosen = Some((under_way, step));
                    break;
                }
                Next::At(at) => wake = Some(wake.map_or(at, |wake: Instant| wake.min(at))),
                Next::Nothing => {}
            }
        }
        let chosen = chosen.or_else(|| self.picture(pictures));
        match (chosen, wake) {
            (Some((under_way, step)), _) => self.begin(under_way, step),
            (None, Some(until)) => CopyStep::Wait { until },
            (None, None) => CopyStep::Rest,
        }
    }

    fn begin(&mut self, under_way: UnderWay, step: CopyStep) -> CopyStep {
        self.under_way = Some(under_way);
        step
    }

    fn picture(&self, room: Due) -> Option<(UnderWay, CopyStep)> {
        if room != Due::Now {
            return None;
        }
        self.slots.iter().filter(|(_, slot)| slot.is_copied()).find_map(|(visit, slot)| {
            let mut missing = slot.copied.named.difference(&slot.copied.photos);
            let photo = *missing.find(|photo| !self.skipped.contains(photo))?;
            Some((UnderWay::Photo(*visit, photo), CopyStep::Photo { visit: *visit, photo }))
        })
    }

    /// Of a draft that is gone from this phone while another phone goes on with it, or while it is on record, the copies
    /// are not ours to let go.
    fn drop_what_others_keep(&mut self) {
        let theirs = |slot: &Slot| {
            let standing = slot.copied.standing;
            slot.here.is_none() && !matches!(standing, Standing::Ours | Standing::NoRoom)
        };
        let gone: Vec<VisitId> =
            self.slots.iter().filter(|(_, slot)| theirs(slot)).map(|(visit, _)| *visit).collect();
        for visit in gone {
            self.slots.remove(&visit);
            self.changed.insert(visit);
        }
    }
}

/// What a visit needs next.
enum Next {
    Now(UnderWay, CopyStep),
    At(Instant),
    Nothing,
}

impl Slot {
    /// Whether copies of it are made.
    fn is_copied(&self) -> bool {
        self.here.is_some_and(|here| here.stage == Stage::Open)
            && matches!(self.copied.standing, Standing::Ours | Standing::NoRoom)
    }

    fn text(&self, visit: VisitId, now: Instant, room: Due) -> Next {
        let copied = &self.copied;
        let Some(here) = self.here else {
            return Next::Now(UnderWay::Forget(visit), CopyStep::Forget { visit });
        };
        if !self.is_copied() || (copied.draft == Some(here.touched) && copied.card == copied.draft) {
            return Next::Nothing;
        }
        if let Due::At(at) = room {
            return Next::At(at);
        }
        if copied.draft == Some(here.touched) {
            // The line that another phone sees says what the draft's copy has: it follows the draft.
            return Next::Now(UnderWay::Card(visit), CopyStep::Card { visit });
        }
        let noticed = self.noticed.map_or(now, |noticed| noticed.plus(Copier::AFTER));
        let due = copied.at.map_or(noticed, |at| noticed.max(at.plus(Copier::EVERY)));
        if let Due::At(at) = due_at(due, now) {
            return Next::At(at);
        }
        let replaces = copied.tag.map_or(Replaces::Nothing, Replaces::Exactly);
        let version = copied.version.saturating_add(1);
        Next::Now(UnderWay::Draft(visit), CopyStep::Draft { visit, version, replaces })
    }
}
