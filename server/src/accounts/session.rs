//! Sessions: a random token in an HttpOnly cookie, its hash in the store, thirty days from the last use.

use xunan_core::clock::{Instant, Span};
use xunan_core::digest::Digest;

use crate::clock::{NoEntropy, random};

/// How long a session lasts after it was last used.
pub const SESSION_SPAN: Span = Span::days(30);

/// A session is extended when it is used, but not more often than this, so that most requests write nothing.
const EXTENDED_EVERY: Span = Span::days(1);

/// What the cookie holds: 256 random bits in hexadecimal. Never stored, never logged.
pub struct SessionToken(String);

impl SessionToken {
    /// A fresh one.
    ///
    /// # Errors
    /// [`NoEntropy`] when the system has no randomness.
    pub fn generate() -> Result<Self, NoEntropy> {
        Ok(Self(Digest::from_bytes(random()?).hex()))
    }

    /// The text for the cookie.
    pub fn secret(&self) -> &str {
        &self.0
    }

    /// What the store knows a cookie by.
    pub fn hash_of(cookie: &str) -> Digest {
        Digest::of(cookie.as_bytes())
    }
}

/// Whether a session that is used now and ends at `expires` should be written a later end.
pub fn needs_extending(expires: Instant, now: Instant) -> bool {
    expires.since(now).as_millis() < SESSION_SPAN.as_millis() - EXTENDED_EVERY.as_millis()
}
