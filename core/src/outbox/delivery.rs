//! How delivery of an item goes.

use serde::{Deserialize, Serialize};

use super::RetrySchedule;
use crate::clock::Instant;
use crate::problem::{Problem, Remedy};

/// How delivery of an item goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// To be sent.
    Waiting,
    /// Under way.
    Sending {
        /// How often it failed in a row before.
        attempts: u32,
    },
    /// Tried, and to be tried again.
    RetryAt {
        /// When, by the device's clock.
        at: Instant,
        /// How often it failed in a row.
        attempts: u32,
        /// What happened the last time.
        problem: Problem,
    },
    /// Waits until somebody signs in.
    NeedsSignIn,
    /// A person must look at it. It stays here; others go on.
    Refused {
        /// Why.
        problem: Problem,
    },
    /// The receipt is here and names every hash.
    Acknowledged {
        /// The receipt, a compact JWS.
        receipt: String,
        /// When it came, by the device's clock.
        at: Instant,
        /// Why the entry has no effect, when it has none.
        without_effect: Option<Problem>,
    },
}

/// When something is to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Now.
    Now,
    /// Then.
    At(Instant),
    /// Not by itself.
    Not,
}

impl Delivery {
    /// When it is to be sent.
    pub fn due(&self, now: Instant) -> Due {
        match self {
            Self::Waiting | Self::Sending { .. } => Due::Now,
            Self::RetryAt { at, .. } => due_at(*at, now),
            Self::NeedsSignIn | Self::Refused { .. } | Self::Acknowledged { .. } => Due::Not,
        }
    }

    /// How often it failed in a row.
    pub const fn attempts(&self) -> u32 {
        match self {
            Self::Sending { attempts } | Self::RetryAt { attempts, .. } => *attempts,
            Self::Waiting | Self::NeedsSignIn | Self::Refused { .. } | Self::Acknowledged { .. } => 0,
        }
    }

    /// What keeps it from being sent, when something does.
    pub const fn problem(&self) -> Option<&Problem> {
        match self {
            Self::RetryAt { problem, .. } | Self::Refused { problem } => Some(problem),
            Self::NeedsSignIn => Some(&Problem::NotSignedIn),
            Self::Waiting | Self::Sending { .. } | Self::Acknowledged { .. } => None,
        }
    }

    /// After a failure: what can be done about it decides.
    pub(super) fn failed(&self, problem: Problem, next_try: Instant) -> Self {
        match problem.remedy() {
            Remedy::Retry => {
                Self::RetryAt { at: next_try, attempts: self.attempts().saturating_add(1), problem }
            }
            Remedy::SignIn => Self::NeedsSignIn,
            Remedy::Person => Self::Refused { problem },
        }
    }
}

/// Whether the time to try again has come. One that is further off than any wait was written before somebody set
/// the clock back; without this, an item could wait for years.
pub(crate) fn due_at(at: Instant, now: Instant) -> Due {
    if at <= now || at.since(now) > RetrySchedule::LONGEST { Due::Now } else { Due::At(at) }
}
