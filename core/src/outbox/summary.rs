//! The outbox in one line.

use super::{Delivery, Item};
use crate::clock::{Instant, Span};

/// The outbox in one line: for the shell, the reminders, and the support.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Items without a receipt.
    pub waiting: u32,
    /// Of those, the ones that a person must look at.
    pub refused: u32,
    /// Of those, the ones that wait until somebody signs in.
    pub need_sign_in: u32,
    /// When the oldest of those was written, by the device's clock.
    pub oldest: Option<Instant>,
    /// When the next of those is tried by itself; `None` when none waits for a time.
    pub next_try: Option<Instant>,
    /// Bytes of photos and entries that have yet to arrive, at most.
    pub bytes_left: u64,
}

impl Summary {
    /// Sums up.
    pub fn of<'a>(items: impl IntoIterator<Item = &'a Item>) -> Self {
        let mut summary = Self::default();
        for item in items {
            match item.delivery() {
                Delivery::Acknowledged { .. } => continue,
                Delivery::Refused { .. } => summary.refused += 1,
                Delivery::NeedsSignIn => summary.need_sign_in += 1,
                Delivery::RetryAt { at, .. } => {
                    summary.next_try = Some(summary.next_try.map_or(*at, |next| next.min(*at)));
                }
                Delivery::Waiting | Delivery::Sending { .. } => {}
            }
            summary.waiting += 1;
            summary.oldest = Some(summary.oldest.map_or(item.written(), |oldest| oldest.min(item.written())));
            summary.bytes_left +=
                item.entry_bytes() + item.photos().iter().map(|photo| photo.bytes_left()).sum::<u64>();
        }
        summary
    }

    /// What has waited for longer is urged: most visits are sent the same day, and Safari clears the storage of a site that
    /// was not used for a week.
    pub const URGED_AFTER: Span = Span::days(3);

    /// How long the oldest has been waiting, when that is so long that somebody should see to it.
    pub fn urged(&self, now: Instant) -> Option<Span> {
        self.oldest_age(now).filter(|age| *age > Self::URGED_AFTER)
    }

    /// How long the oldest has been waiting; nothing when the clock was set back meanwhile.
    pub fn oldest_age(&self, now: Instant) -> Option<Span> {
        self.oldest.map(|oldest| now.since(oldest).max(Span::ZERO))
    }
}
