//! How fast one account may do what costs more than a look.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use xunan_core::clock::{Instant, Span};
use xunan_core::ids::AccountId;

use super::Admission;

/// Changes that one administrator may make within a minute: an office that enters its people by hand makes fewer. Each password
/// costs the server some 20 ms of hashing, and a stolen session must not reset a whole county in a second.
const CHANGES: usize = 30;
/// Accounts who are remembered, at most.
const REMEMBERED: usize = 1000;

/// What was done of late, by account.
pub struct Pace {
    most: usize,
    window: Span,
    done: Mutex<HashMap<AccountId, Vec<Instant>>>,
}

impl Default for Pace {
    /// That of administrators who change accounts.
    fn default() -> Self {
        Self::new(CHANGES, Span::minutes(1))
    }
}

impl Pace {
    /// At most so many within `window`.
    pub fn new(most: usize, window: Span) -> Self {
        Self { most, window, done: Mutex::default() }
    }

    /// Notes that `by` does it, if there may be one now.
    pub fn begin(&self, by: AccountId, now: Instant) -> Admission {
        let mut all = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        let recent = |at: &Instant| now.since(*at).as_millis() < self.window.as_millis();
        if all.len() >= REMEMBERED {
            all.retain(|_, done| done.iter().any(recent));
        }
        let done = all.entry(by).or_default();
        done.retain(recent);
        match done.first() {
            Some(first) if done.len() >= self.most => {
                let wait = self.window.as_millis() - now.since(*first).as_millis();
                let seconds = wait.unsigned_abs().div_ceil(1000).max(1);
                Admission::Later { retry_after_seconds: u32::try_from(seconds).unwrap_or(u32::MAX) }
            }
            _ => {
                done.push(now);
                Admission::Allowed
            }
        }
    }
}
