//! What a device knows of the time, and what it cannot know.
//!
//! Its wall clock can be set to anything. Two things cannot be set by its owner: the server's signed time at the last
//! contact, and the clock of the running page, which only goes forward, stands still while the phone sleeps, and ends
//! with the page. From these [`crate::log::TimeBounds`] works out an interval that contains the truth.

use serde::{Deserialize, Serialize};

use crate::clock::{Instant, Span};
use crate::ids::LifeId;

/// A reading of a page's own clock 页面时钟: whole milliseconds since that page began to live.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PageTime {
    /// Which page life: readings of two lives have nothing to do with each other.
    pub life: LifeId,
    /// Milliseconds since it began, below 2^53.
    pub ms: u64,
}

impl PageTime {
    /// How long after `earlier` this was read, at least: the clock may have stood still, and may go too fast by one
    /// in a thousand (quartz and its correction by the network stay below half of that). `None` between two lives,
    /// and when `earlier` is the later one.
    pub fn at_least_since(self, earlier: Self) -> Option<Span> {
        if self.life != earlier.life {
            return None;
        }
        let elapsed = self.ms.checked_sub(earlier.ms)?;
        Some(Span::millis(i64::try_from(elapsed - elapsed.div_ceil(1000)).ok()?))
    }
}

/// The server's signed word on the time, and when the page asked for it and got it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The time token, a compact JWS ([`crate::log::SignedServerTime`]).
    pub token: String,
    /// When it had come.
    pub got: PageTime,
}

/// The wall clock moved by itself, against the page's clock or back behind what it had said before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockJump {
    /// What the wall clock said right after.
    pub seen: Instant,
    /// By how much it moved: positive when it was put forward.
    pub by: Span,
}

impl ClockJump {
    /// Clocks that the network sets move by seconds; more is somebody's hand, or a phone that had no clock.
    pub const NOTICED_FROM: Span = Span::seconds(5);

    /// Compares two readings of wall and page. Within a life the two should move alike; a page's clock that stood
    /// still while the phone slept looks like a wall clock that was put forward, so that `asleep` (the longest that it
    /// may have slept: the time in which nobody read it) is granted.
    pub fn between(before: (Instant, PageTime), after: (Instant, PageTime), asleep: Span) -> Option<Self> {
        let wall = after.0.since(before.0);
        let moved = if before.1.life == after.1.life {
            let page = i64::try_from(after.1.ms.saturating_sub(before.1.ms)).unwrap_or(i64::MAX);
            Span::millis(wall.as_millis().saturating_sub(page))
        } else {
            // Of another life nothing is known but that it was before.
            Span::millis(wall.as_millis().min(0))
        };
        let noticed = moved <= Span::millis(-Self::NOTICED_FROM.as_millis())
            || moved >= Span::millis(Self::NOTICED_FROM.as_millis().saturating_add(asleep.as_millis()));
        noticed.then_some(Self { seen: after.0, by: moved })
    }
}

/// When an entry's text reached the server, by the server's clock, and what the page's clock said when it was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Came {
    /// The server's time: everything in the entry happened before.
    pub at: Instant,
    /// The page's clock, read before the text was sent; `None` from a device that did not say.
    pub page: Option<PageTime>,
}

/// When something happened, with what bounds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceTime {
    /// What the device's wall clock says.
    pub at: Instant,
    /// The server's time at the last contact: the truth is not earlier. `None` before the first contact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<Instant>,
    /// Server time minus device time at the last contact, in milliseconds: how wrong the wall clock was then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server_ahead: Option<Span>,
    /// The page's clock at that moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<PageTime>,
    /// The last signed time of the server that the device has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<Anchor>,
    /// The jumps of the wall clock that were noticed since that contact and in the day before it, at most
    /// [`DeviceTime::MAX_JUMPS`], the last ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub jumps: Vec<ClockJump>,
}

impl DeviceTime {
    /// Jumps that one entry tells, at most: who sets a clock ten times has been noticed.
    pub const MAX_JUMPS: usize = 10;

    /// What the wall clock says, and nothing else.
    pub const fn unbounded(at: Instant) -> Self {
        Self { at, not_before: None, server_ahead: None, page: None, anchor: None, jumps: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Entropy;

    fn page(life: u128, ms: u64) -> PageTime {
        PageTime { life: LifeId::from_parts(Instant::from_unix_millis(0), Entropy(life)), ms }
    }

    #[test]
    fn a_page_clock_gives_a_lower_bound_of_what_passed() {
        assert_eq!(page(1, 10_000).at_least_since(page(1, 0)), Some(Span::millis(9_990)));
        assert_eq!(page(1, 500).at_least_since(page(1, 500)), Some(Span::ZERO));
        assert_eq!(page(1, 1).at_least_since(page(1, 0)), Some(Span::ZERO));
        assert_eq!(page(1, 0).at_least_since(page(1, 1)), None);
        assert_eq!(page(2, 9).at_least_since(page(1, 0)), None);
    }

    #[test]
    fn a_jump_is_noticed_in_a_life_and_going_back_across_lives() {
        let at = |seconds: i64| Instant::from_unix_millis(1_790_000_000_000).plus(Span::seconds(seconds));
        let jump = |wall: i64, after: PageTime, asleep: i64| {
            ClockJump::between((at(0), page(1, 0)), (at(wall), after), Span::seconds(asleep))
                .map(|jump| jump.by.as_millis() / 1000)
        };
        for (name, wall, after, asleep, expected) in [
            ("both moved alike", 60, page(1, 60_000), 0, None),
            ("the network set it right", 62, page(1, 60_000), 0, None),
            ("put forward by a day", 86_460, page(1, 60_000), 60, Some(86_400)),
            ("put back by three hours", -10_740, page(1, 60_000), 0, Some(-10_800)),
            ("the phone slept meanwhile", 3_600, page(1, 60_000), 3_600, None),
            ("another life, later", 86_400, page(2, 5), 0, None),
            ("another life, earlier", -7_200, page(2, 5), 0, Some(-7_200)),
        ] {
            assert_eq!(jump(wall, after, asleep), expected, "{name}");
        }
    }
}
