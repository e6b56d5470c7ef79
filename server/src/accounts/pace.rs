//! How fast one administrator may change accounts: each password costs the server some 20 ms of hashing, and a stolen
//! session must not reset a whole county in a second.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use xunan_core::clock::{Instant, Span};
use xunan_core::ids::AccountId;

use super::Admission;

/// Changes that one administrator may make within [`WINDOW`]: an office that enters its people by hand makes fewer.
const CHANGES: usize = 30;
/// The window.
const WINDOW: Span = Span::minutes(1);
/// Administrators who are remembered, at most.
const REMEMBERED: usize = 1000;

/// The changes of late.
#[derive(Default)]
pub struct Pace(Mutex<HashMap<AccountId, Vec<Instant>>>);

impl Pace {
    /// Notes a change of `by`, if there may be one now.
    pub fn begin(&self, by: AccountId, now: Instant) -> Admission {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let recent = |at: &Instant| now.since(*at).as_millis() < WINDOW.as_millis();
        if all.len() >= REMEMBERED {
            all.retain(|_, changes| changes.iter().any(recent));
        }
        let changes = all.entry(by).or_default();
        changes.retain(recent);
        match changes.first() {
            Some(first) if changes.len() >= CHANGES => {
                let wait = WINDOW.as_millis() - now.since(*first).as_millis();
                let seconds = wait.unsigned_abs().div_ceil(1000).max(1);
                Admission::Later { retry_after_seconds: u32::try_from(seconds).unwrap_or(u32::MAX) }
            }
            _ => {
                changes.push(now);
                Admission::Allowed
            }
        }
    }
}
