//! How delivery goes, as a sentence.

use xunan_core::outbox::{Delivery, Item, PhotoState};

use crate::browser::clock;
use crate::browser::page::Network;
use crate::i18n::Texts;
use crate::store::Queued;
use crate::sync::Sending;

/// Where a thing stands in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// A person must look at it.
    Stopped,
    /// It waits, or is on its way.
    Waiting,
    /// Its receipt is here.
    Received,
}

impl Standing {
    /// Its name in `data-state`.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Stopped => "stopped",
            Self::Waiting => "waiting",
            Self::Received => "received",
        }
    }
}

pub(super) fn standing(queued: &Queued) -> Standing {
    match queued.item.delivery() {
        Delivery::Refused { .. } => Standing::Stopped,
        Delivery::Acknowledged { .. } => Standing::Received,
        Delivery::Waiting | Delivery::Sending { .. } | Delivery::RetryAt { .. } | Delivery::NeedsSignIn => {
            Standing::Waiting
        }
    }
}

/// Photos that arrived, and all.
pub(super) fn photos(item: &Item) -> (u32, u32) {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let arrived = item.photos().iter().filter(|photo| photo.state == PhotoState::Arrived).count();
    (count(arrived), count(item.photos().len()))
}

/// The sentence: "照片 7/12 已到，网络断开，今天 14:05 再试".
pub fn says(t: Texts, queued: &Queued, sending: Sending, network: Network) -> String {
    let (o, now) = (t.outbox(), clock::now());
    let (arrived, all) = photos(&queued.item);
    match queued.item.delivery() {
        Delivery::Waiting if network == Network::Gone => o.waiting_offline().to_owned(),
        Delivery::Waiting => o.waiting().to_owned(),
        // What was being sent when the app was closed only waits until something is sent again.
        Delivery::Sending { .. } if sending != Sending::Busy => o.waiting().to_owned(),
        Delivery::Sending { .. } if all > 0 => o.sending_photos(arrived, all),
        Delivery::Sending { .. } => o.sending().to_owned(),
        Delivery::RetryAt { at, problem, .. } => {
            let (what, when) = (t.problem(problem), t.time().when(*at, now));
            if arrived > 0 { o.photos_then(arrived, all, &what, &when) } else { o.retry_at(&what, &when) }
        }
        Delivery::NeedsSignIn => o.needs_sign_in().to_owned(),
        Delivery::Refused { problem } => o.refused(&t.problem(problem)),
        Delivery::Acknowledged { at, without_effect: None, .. } => o.received_at(&t.time().when(*at, now)),
        Delivery::Acknowledged { at, without_effect: Some(problem), .. } => {
            o.received_without_effect(&t.time().when(*at, now), &t.problem(problem))
        }
    }
}
