//! What to do next.

use super::session::{DeviceSession, Phase, Pulling, Slot, Text};
use super::step::{Step, Upload};
use crate::clock::Instant;
use crate::outbox::{Command, Delivery, Due, PhotoState, RetrySchedule};

/// Bytes of entries in one push, unless one entry alone has more. On the slowest network that is still worth the
/// name (16 kbit/s) this takes two minutes; a push that breaks loses no more than that.
const PUSH_BYTES: u64 = 256 * 1024;

impl DeviceSession {
    /// Chooses the next step. Only called while nothing is under way.
    pub(super) fn choose(&mut self, now: Instant) -> Step {
        self.check_receipt()
            .or_else(|| self.push(now))
            .or_else(|| self.begin_pull(now))
            .or_else(|| self.upload(now))
            .or_else(|| self.fetch_receipt(now))
            .unwrap_or_else(|| self.rest(now))
    }

    fn check_receipt(&mut self) -> Option<Step> {
        let (place, receipt) = self.receipts.pop_front()?;
        let receipt = Box::new(receipt);
        self.phase = Phase::Checking { place, receipt: receipt.clone() };
        Some(Step::CheckReceipt { receipt })
    }

    fn push(&mut self, now: Instant) -> Option<Step> {
        let unsaid = |slot: &&Slot| slot.text == Text::Unsaid;
        if !self.slots.values().filter(unsaid).any(|slot| slot.is_due(now)) {
            return None;
        }
        let mut places = Vec::new();
        let mut bytes = 0;
        for slot in
            self.slots.values().filter(unsaid).filter(|slot| slot.is_due(now) || slot.is_acknowledged())
        {
            bytes += slot.item.entry_bytes();
            if places.len() == self.push_limit || (bytes > PUSH_BYTES && !places.is_empty()) {
                break;
            }
            places.push(slot.place());
        }
        let mut entries = Vec::with_capacity(places.len());
        for place in &places {
            self.apply(*place, Command::Send);
            let Some(slot) = self.slots.get_mut(place) else { continue };
            if slot.is_acknowledged() {
                // Sent again once for each time that the server says it lacks it, whatever comes of it: it has its
                // receipt, so no failure could make it wait its time.
                slot.text = Text::Arrived;
            }
            entries.push(slot.item.entry());
        }
        self.phase = Phase::Pushing { places };
        Some(Step::Push { entries })
    }

    fn begin_pull(&mut self, now: Instant) -> Option<Step> {
        (self.pull.due(now) == Due::Now).then(|| {
            self.phase = Phase::Pulling;
            Step::Pull { after: self.cursor }
        })
    }

    fn upload(&mut self, now: Instant) -> Option<Step> {
        let (place, upload) =
            self.slots.values().filter(|slot| slot.has_sent_text(now)).find_map(|slot| {
                let photo = slot.item.photos().iter().find(|photo| slot.may_upload(photo))?;
                let resume = match &photo.state {
                    PhotoState::Partly { upload, .. } => Some(upload.clone()),
                    _ => None,
                };
                let upload = Upload {
                    entry: slot.item.entry(),
                    photo: photo.id,
                    digest: photo.digest,
                    size_bytes: photo.size_bytes,
                    resume,
                };
                Some((slot.place(), upload))
            })?;
        self.apply(place, Command::Send);
        self.phase = Phase::Uploading { place, digest: upload.digest };
        Some(Step::Upload(upload))
    }

    fn fetch_receipt(&mut self, now: Instant) -> Option<Step> {
        let slot = self.slots.values().find(|slot| slot.has_sent_text(now))?;
        let (place, entry) = (slot.place(), slot.item.entry());
        self.apply(place, Command::Send);
        self.phase = Phase::Fetching { place };
        Some(Step::FetchReceipt { entry })
    }

    fn rest(&self, now: Instant) -> Step {
        let signed_out = |slot: &Slot| matches!(slot.item.delivery(), Delivery::NeedsSignIn);
        if self.pull == Pulling::NeedsSignIn || self.slots.values().any(signed_out) {
            return Step::SignIn;
        }
        let dues = self.slots.values().map(|slot| slot.item.delivery().due(now)).chain([self.pull.due(now)]);
        let next = dues
            .filter_map(|due| match due {
                Due::At(at) => Some(at),
                Due::Now | Due::Not => None,
            })
            .min();
        match next {
            Some(until) => Step::Wait { until: until.min(now.plus(RetrySchedule::LONGEST)) },
            None => Step::Done,
        }
    }
}

impl Slot {
    fn is_due(&self, now: Instant) -> bool {
        self.item.delivery().due(now) == Due::Now
    }

    fn is_acknowledged(&self) -> bool {
        matches!(self.item.delivery(), Delivery::Acknowledged { .. })
    }

    fn has_sent_text(&self, now: Instant) -> bool {
        self.text == Text::Arrived && self.is_due(now)
    }
}
