//! The page's own clock: it only goes forward, nobody can set it, and it ends with the page.

use std::cell::OnceCell;

use xunan_core::evidence::PageTime;
use xunan_core::ids::LifeId;

use super::{clock, window};

thread_local! {
    static LIFE: OnceCell<LifeId> = const { OnceCell::new() };
}

/// What it says.
pub fn now() -> PageTime {
    let life = LIFE.with(|life| *life.get_or_init(|| LifeId::from_parts(clock::now(), clock::entropy())));
    // Milliseconds since the page began, whole, far below 2^53. Every browser of our floor has it; without it the clock
    // stands still, and then it bounds nothing.
    let ms = window().performance().map_or(0.0, |performance| performance.now());
    PageTime { life, ms: ms as u64 }
}
