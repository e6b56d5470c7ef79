//! What the answers to the steps mean.

use super::session::{DeviceSession, Moment, Phase, Pulling, Slot, Text};
use crate::digest::Digest;
use crate::ledger::Cursor;
use crate::log::{Coverage, SignatureVerdict, SignedReceipt};
use crate::outbox::{Command, Delivery, PhotoDelivery, PhotoState};
use crate::problem::{Concerns, Problem, Remedy};
use crate::sync::message::{More, Outcome, Push, PushAnswer};

impl DeviceSession {
    /// Ends the step under way when it is the one that an answer is about.
    fn end<T>(&mut self, this_one: impl FnOnce(Phase) -> Result<T, Phase>) -> Option<T> {
        match this_one(std::mem::replace(&mut self.phase, Phase::Idle)) {
            Ok(about) => Some(about),
            Err(phase) => {
                self.phase = phase;
                None
            }
        }
    }

    pub(super) fn step_failed(&mut self, problem: Problem, moment: Moment) {
        let phase = std::mem::replace(&mut self.phase, Phase::Idle);
        if matches!(phase, Phase::Idle) {
            return;
        }
        if problem.concerns() == Concerns::Sender {
            match &phase {
                // Perhaps the way is too bad for so much at once.
                Phase::Pushing { places } => self.push_limit = (places.len() / 2).max(1),
                // The receipts that wait to be checked are not stored; asking again brings them.
                Phase::Checking { place, .. } => {
                    self.ask_again(*place);
                    while let Some((place, _)) = self.receipts.pop_front() {
                        self.ask_again(place);
                    }
                }
                Phase::Idle | Phase::Uploading { .. } | Phase::Fetching { .. } | Phase::Pulling => {}
            }
            return self.fail_all(&problem, moment);
        }
        match phase {
            Phase::Idle => {}
            Phase::Pushing { places } => self.push_failed(&places, problem, moment),
            Phase::Uploading { place, digest } => self.upload_failed(place, digest, problem, moment),
            Phase::Fetching { place } => {
                self.ask_again(place);
                // "Not found" is no word against the entry: the server has not what it said it had.
                let problem = if problem == Problem::NotFound { Problem::Unavailable } else { problem };
                self.fail(place, problem, moment);
            }
            Phase::Checking { place, .. } => {
                self.ask_again(place);
                self.fail(place, problem, moment);
            }
            Phase::Pulling => {
                let attempts = match self.pull {
                    Pulling::RetryAt { attempts, .. } => attempts,
                    _ => 0,
                };
                self.pull_failed(&problem, moment.next_try(attempts + 1, &problem));
            }
        }
    }

    /// Whatever the server said of an entry's text counts no longer.
    fn ask_again(&mut self, place: u64) {
        if let Some(slot) = self.slots.get_mut(&place) {
            slot.text = Text::Unsaid;
        }
    }

    // Pushing.

    /// The whole push was refused. When it held several entries, one of them may be to blame: halves go on.
    fn push_failed(&mut self, places: &[u64], problem: Problem, moment: Moment) {
        match places {
            [place] => self.fail(*place, problem, moment),
            _ => self.push_limit = (places.len() / 2).max(1),
        }
    }

    pub(super) fn push_answered(&mut self, answer: &PushAnswer, moment: Moment) {
        let places = self.end(|phase| match phase {
            Phase::Pushing { places } => Ok(places),
            other => Err(other),
        });
        let Some(places) = places else { return };
        self.failures = 0;
        self.push_limit = (self.push_limit * 2).min(Push::MAX_ENTRIES);
        for place in places {
            let Some(slot) = self.slots.get(&place) else { continue };
            let hash = slot.item.hash();
            match answer.entries.iter().find(|pushed| pushed.hash == hash) {
                Some(pushed) => self.outcome(place, &pushed.outcome, moment),
                // An answer that does not echo the hash is not about this entry, whatever it says.
                None => self.fail(place, Problem::NotOurServer { status: 200 }, moment),
            }
        }
    }

    fn outcome(&mut self, place: u64, outcome: &Outcome, moment: Moment) {
        let Some(slot) = self.slots.get_mut(&place) else { return };
        slot.text = Text::Arrived;
        if matches!(slot.item.delivery(), Delivery::Acknowledged { .. }) {
            // It was sent again because the server lacked it; its receipt was for good, and stays.
            return;
        }
        match outcome {
            Outcome::Receipted { receipt } => self.receipt_came(place, receipt, moment),
            Outcome::AwaitingPhotos { missing } => self.photos_missing(place, missing, moment),
            Outcome::AwaitingEarlier { have_seq } => self.earlier_missing(place, *have_seq, moment),
            Outcome::Refused { problem } => {
                slot.text = Text::Unsaid;
                self.fail(place, problem.clone(), moment);
            }
        }
    }

    fn photos_missing(&mut self, place: u64, missing: &[Digest], moment: Moment) {
        let Some(slot) = self.slots.get(&place) else { return };
        let news: Vec<(Digest, PhotoState)> = slot
            .item
            .photos()
            .iter()
            .filter_map(|photo| match (&photo.state, missing.contains(&photo.digest)) {
                (PhotoState::Arrived, true) => Some((photo.digest, PhotoState::Waiting)),
                (PhotoState::Arrived, false) | (_, true) => None,
                (_, false) => Some((photo.digest, PhotoState::Arrived)),
            })
            .collect();
        for (digest, state) in news {
            self.apply(place, Command::Photo { digest, state });
        }
        self.after_photo(place, moment);
    }

    /// The server keeps the entry, but lacks some before it. They are sent again, this one after them; when that
    /// was done already, or there are none to send, this one waits its time: those before it may be refused ones.
    fn earlier_missing(&mut self, place: u64, have_seq: u64, moment: Moment) {
        self.ask_again(place);
        let refused = |slot: &Slot| matches!(slot.item.delivery(), Delivery::Refused { .. });
        let earlier: Vec<u64> = self
            .slots
            .range(have_seq.saturating_add(1)..place.max(have_seq.saturating_add(1)))
            .filter(|(_, slot)| !refused(slot))
            .map(|(place, _)| *place)
            .collect();
        if earlier.is_empty() || self.resent_from.is_some_and(|from| from >= have_seq) {
            self.resent_from = None;
            return self.fail(place, Problem::ChainGap { have_seq }, moment);
        }
        self.resent_from = Some(have_seq);
        for place in earlier {
            self.ask_again(place);
        }
    }

    // Photos.

    pub(super) fn upload_progressed(&mut self, digest: Digest, upload: String, sent_bytes: u64) {
        let Phase::Uploading { place, digest: under_way } = self.phase else { return };
        if digest == under_way {
            self.failures = 0;
            self.apply(place, Command::Photo { digest, state: PhotoState::Partly { upload, sent_bytes } });
        }
    }

    pub(super) fn uploaded(&mut self, digest: Digest, moment: Moment) {
        let ended = self.end(|phase| match phase {
            Phase::Uploading { digest: under_way, .. } if under_way == digest => Ok(()),
            other => Err(other),
        });
        if ended.is_none() {
            return;
        }
        self.failures = 0;
        // The server keeps bytes once, whichever entry names them.
        let names_it = |slot: &&Slot| slot.item.photos().iter().any(|photo| photo.digest == digest);
        let places: Vec<u64> = self.slots.values().filter(names_it).map(Slot::place).collect();
        for place in places {
            self.apply(place, Command::Photo { digest, state: PhotoState::Arrived });
            self.after_photo(place, moment);
        }
    }

    fn upload_failed(&mut self, place: u64, digest: Digest, problem: Problem, moment: Moment) {
        let Some(slot) = self.slots.get(&place) else { return };
        let upload = slot.item.photos().iter().find(|photo| photo.digest == digest).and_then(|photo| {
            match &photo.state {
                PhotoState::Partly { upload, .. } => Some(upload.clone()),
                _ => None,
            }
        });
        let (problem, state) = match (problem, upload) {
            (Problem::WrongOffset { offset }, Some(upload)) => {
                (Problem::WrongOffset { offset }, Some(PhotoState::Partly { upload, sent_bytes: offset }))
            }
            // The upload has expired: from the first byte again.
            (Problem::NotFound, Some(_)) => (Problem::WrongOffset { offset: 0 }, Some(PhotoState::Waiting)),
            // What arrived is not what was sent: from the first byte again.
            (Problem::WrongDigest { promised }, _) => {
                (Problem::WrongDigest { promised }, Some(PhotoState::Waiting))
            }
            (problem, _) if problem.remedy() == Remedy::Person => {
                (problem.clone(), Some(PhotoState::Refused { problem }))
            }
            (problem, _) => (problem, None),
        };
        if let Some(state) = state {
            self.apply(place, Command::Photo { digest, state });
        }
        if let Some(slot) = self.slots.get_mut(&place) {
            slot.tried.insert(digest, problem);
        }
        self.after_photo(place, moment);
    }

    /// Goes on with the item's other photos. When only those are left that failed, the item has failed, and all of
    /// them are tried again later; a photo that was refused is a person's business once nothing else is left.
    fn after_photo(&mut self, place: u64, moment: Moment) {
        let Some(slot) = self.slots.get_mut(&place) else { return };
        let sending = matches!(slot.item.delivery(), Delivery::Waiting | Delivery::Sending { .. });
        let under_way = slot.text == Text::Arrived && sending;
        if !under_way || slot.item.photos().iter().any(|photo| slot.may_upload(photo)) {
            return;
        }
        let tried = std::mem::take(&mut slot.tried);
        let photos = || slot.item.photos().iter();
        let to_try_again = photos().find_map(|photo| match photo.state {
            PhotoState::Waiting | PhotoState::Partly { .. } => tried.get(&photo.digest).cloned(),
            _ => None,
        });
        let refused = photos().find_map(|photo| match &photo.state {
            PhotoState::Refused { problem } => Some(problem.clone()),
            _ => None,
        });
        if let Some(problem) = to_try_again.or(refused) {
            self.fail(place, problem, moment);
        }
    }

    // Receipts.

    pub(super) fn receipt_fetched(&mut self, receipt: &str, moment: Moment) {
        let place = self.end(|phase| match phase {
            Phase::Fetching { place } => Ok(place),
            other => Err(other),
        });
        if let Some(place) = place {
            self.failures = 0;
            self.receipt_came(place, receipt, moment);
        }
    }

    /// Believes nothing yet: a receipt that can be read and names everything goes to be checked.
    fn receipt_came(&mut self, place: u64, receipt: &str, moment: Moment) {
        let Some(slot) = self.slots.get(&place) else { return };
        match SignedReceipt::parse(receipt) {
            Ok(receipt) if slot.item.covered_by(&receipt) == Coverage::Whole => {
                self.receipts.push_back((place, receipt));
            }
            Ok(_) | Err(_) => {
                self.ask_again(place);
                self.fail(place, Problem::ReceiptNotTrusted, moment);
            }
        }
    }

    pub(super) fn receipt_checked(&mut self, verdict: SignatureVerdict, moment: Moment) {
        let checked = self.end(|phase| match phase {
            Phase::Checking { place, receipt } => Ok((place, receipt)),
            other => Err(other),
        });
        let Some((place, receipt)) = checked else { return };
        match verdict {
            SignatureVerdict::Fits => {
                self.apply(place, Command::Acknowledge { receipt, at: moment.now });
                // What the entry changed comes back as rows.
                self.pull = Pulling::Wanted;
            }
            SignatureVerdict::DoesNotFit => {
                self.ask_again(place);
                self.fail(place, Problem::ReceiptNotTrusted, moment);
            }
        }
    }

    // News.

    pub(super) fn pulled(&mut self, cursor: Cursor, more: More) {
        let ended = self.end(|phase| match phase {
            Phase::Pulling => Ok(()),
            other => Err(other),
        });
        if ended.is_some() {
            self.failures = 0;
            self.cursor = cursor;
            self.pull = match more {
                More::Yes => Pulling::Wanted,
                More::No => Pulling::Settled,
            };
        }
    }
}

impl Slot {
    /// Whether a photo is to be uploaded now.
    pub(super) fn may_upload(&self, photo: &PhotoDelivery) -> bool {
        matches!(photo.state, PhotoState::Waiting | PhotoState::Partly { .. })
            && !self.tried.contains_key(&photo.digest)
    }
}
