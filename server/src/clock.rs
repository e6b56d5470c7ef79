//! The server's clock and its entropy: the only places where either is read.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use ring::rand::{SecureRandom, SystemRandom};
use xunan_core::clock::{Instant, Span};
use xunan_core::ids::Entropy;

/// Tells the time. Tests set it.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    /// Milliseconds by which the clock was moved.
    moved: Arc<AtomicI64>,
}

impl Clock {
    /// Now.
    pub fn now(&self) -> Instant {
        let millis = match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_millis()).unwrap_or(i64::MAX),
            Err(before) => -i64::try_from(before.duration().as_millis()).unwrap_or(i64::MAX),
        };
        Instant::from_unix_millis(millis).plus(Span::millis(self.moved.load(Ordering::Relaxed)))
    }

    /// Moves the clock, and every clone of it, as if `span` had passed: for tests.
    pub fn advance(&self, span: Span) {
        self.moved.fetch_add(span.as_millis(), Ordering::Relaxed);
    }
}

/// The system gave no randomness: nothing secret can be made, so nothing goes on.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the system gave no randomness")]
pub struct NoEntropy;

/// Fresh random bytes of the system.
///
/// # Errors
/// [`NoEntropy`] when the system has none.
pub fn random<const N: usize>() -> Result<[u8; N], NoEntropy> {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).map_err(|_| NoEntropy)?;
    Ok(bytes)
}

/// Entropy for one id.
///
/// # Errors
/// [`NoEntropy`] when the system has none.
pub fn id_entropy() -> Result<Entropy, NoEntropy> {
    Ok(Entropy(u128::from_be_bytes(random()?)))
}
