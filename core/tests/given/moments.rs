//! When the tests of walks and hazards take place, and ids of that day.

use xunan_core::clock::{Date, Instant, Span};

/// Nine in the morning in China.
pub(crate) fn start() -> Instant {
    "2026-11-22T01:00:00.000Z".parse().unwrap()
}

pub(crate) fn minute(minute: i64) -> Instant {
    start().plus(Span::minutes(minute))
}

pub(crate) fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// A function for each kind of id that makes one of a number, at a moment.
macro_rules! ids {
    (at $moment:expr; $($name:ident: $id:ty;)*) => {$(
        pub(super) fn $name(number: u128) -> $id {
            <$id>::from_parts($moment, xunan_core::ids::Entropy(number))
        }
    )*};
}
pub(crate) use ids;
