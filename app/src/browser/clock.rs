//! Time and randomness: what core takes as arguments.

use gloo_timers::future::TimeoutFuture;
use xunan_core::clock::Instant;
use xunan_core::ids::Entropy;

use super::window;

/// What the phone's clock says.
pub fn now() -> Instant {
    // Whole milliseconds, far below 2^53.
    Instant::from_unix_millis(js_sys::Date::now() as i64)
}

/// 80 fresh bits for an id.
///
/// # Panics
/// Where the browser has no randomness: an id that repeats would overwrite somebody's work.
pub fn entropy() -> Entropy {
    Entropy(u128::from_be_bytes(random_bytes()) >> 48)
}

/// 16 fresh random bytes.
///
/// # Panics
/// As [`entropy`].
pub fn random_bytes() -> [u8; 16] {
    let mut bytes = [0_u8; 16];
    let drawn = window().crypto().and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes));
    assert!(drawn.is_ok(), "this browser has no randomness");
    bytes
}

/// The longest that a browser's timer waits, 24.8 days: one that is set for longer ends at once.
pub const LONGEST_MILLIS: u32 = i32::MAX.unsigned_abs();

/// Waits so many milliseconds, at least, or [`LONGEST_MILLIS`]. A page in the background may wait longer.
pub async fn sleep_millis(millis: u32) {
    TimeoutFuture::new(millis.min(LONGEST_MILLIS)).await;
}
