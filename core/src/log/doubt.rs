//! Clocks that cannot have been right. A phone's owner can set its clock to anything; an entry is ordered by its
//! place in the device's chain and in the ledger, so a wrong clock never keeps it out. It is flagged.

use serde::{Deserialize, Serialize};

use crate::clock::{Instant, Span};
use crate::evidence::DeviceTime;

/// Why the device's clock cannot have been right when it wrote an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "doubt", rename_all = "snake_case", try_from = "Told")]
pub enum ClockDoubt {
    /// The entry says a time after the one at which the server had it.
    Ahead {
        /// By how much, in milliseconds.
        by: Span,
    },
    /// The entry says a time before the device's last contact with the server, or before it was enrolled.
    Behind {
        /// By how much, in milliseconds.
        by: Span,
    },
}

/// As it is told. Flat: a reader for a tag inside would buffer, and every phone downloads it.
#[derive(Deserialize)]
struct Told {
    doubt: String,
    by: Span,
}

impl TryFrom<Told> for ClockDoubt {
    type Error = &'static str;

    fn try_from(Told { doubt, by }: Told) -> Result<Self, Self::Error> {
        match doubt.as_str() {
            "ahead" => Ok(Self::Ahead { by }),
            "behind" => Ok(Self::Behind { by }),
            _ => Err("an unknown doubt"),
        }
    }
}

impl ClockDoubt {
    /// Clocks of phones that are set by the network are right to seconds; ten minutes is somebody's hand.
    pub const TOLERANCE: Span = Span::minutes(10);

    /// Compares what the device says with what bounds it: it was enrolled and had its last contact before, and the
    /// server received the entry after.
    pub fn of(time: &DeviceTime, enrolled: Instant, received: Instant) -> Option<Self> {
        let earliest = time.not_before.map_or(enrolled, |not_before| not_before.max(enrolled)).min(received);
        let (behind, ahead) = (earliest.since(time.at), time.at.since(received));
        if ahead > Self::TOLERANCE {
            Some(Self::Ahead { by: ahead })
        } else if behind > Self::TOLERANCE {
            Some(Self::Behind { by: behind })
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_clock_outside_its_bounds_is_doubted() {
        let minute = |minutes: i64| Instant::from_unix_millis(1_790_000_000_000).plus(Span::minutes(minutes));
        let check = |at: i64, not_before: Option<i64>, expected: Option<ClockDoubt>| {
            let not_before = not_before.map(minute);
            let time = DeviceTime { not_before, ..DeviceTime::unbounded(minute(at)) };
            assert_eq!(ClockDoubt::of(&time, minute(0), minute(1000)), expected, "{at} {not_before:?}");
        };
        check(500, Some(400), None);
        check(0, None, None);
        check(1009, Some(400), None);
        check(1011, Some(400), Some(ClockDoubt::Ahead { by: Span::minutes(11) }));
        check(389, Some(400), Some(ClockDoubt::Behind { by: Span::minutes(11) }));
        check(-3 * 525_600, None, Some(ClockDoubt::Behind { by: Span::minutes(3 * 525_600) }));
        // A last contact in the future is a claim of the device alone, and bounds nothing.
        check(999, Some(5000), None);
    }
}
