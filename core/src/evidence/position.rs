//! Where a photo was taken, as far as the phone can tell, and what speaks against it.
//!
//! A position is a claim: any phone can be made to say any place. So nothing here ever blocks; what is implausible is
//! flagged, and a verifier sees the flag beside the picture.

use serde::{Deserialize, Serialize};

use crate::clock::{Instant, Span};
use crate::place::{Datum, GeoPoint, Metres};

/// What is known of the place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Position {
    /// A fix.
    Fixed(PositionFix),
    /// None, for a reason.
    Unknown(NoPosition),
}

impl Position {
    /// The fix, when there is one.
    pub const fn fix(&self) -> Option<&PositionFix> {
        match self {
            Self::Fixed(fix) => Some(fix),
            Self::Unknown(_) => None,
        }
    }
}

/// Why there is no position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoPosition {
    /// The user or the phone said no.
    Denied,
    /// The phone has no way to know.
    Unavailable,
    /// None came while the photo was taken.
    Waiting,
    /// A file was picked: where the phone is now says nothing about it.
    PickedFile,
}

/// Who says where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PositionSource {
    /// The phone's location service, by HTML5 geolocation. It does not say whether satellites or networks.
    Device,
    /// A pin that somebody set by hand.
    Pin,
}

/// A position with what is needed to judge it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PositionFix {
    /// Where.
    pub point: GeoPoint,
    /// In which datum.
    #[serde(default)]
    pub datum: Datum,
    /// Radius within which the phone is with 95 % confidence (W3C Geolocation), rounded up.
    pub accuracy: Metres,
    /// Who says so.
    pub source: PositionSource,
    /// How old the fix was when the photo was taken.
    pub age: Span,
    /// What speaks against it; empty when nothing does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<PositionDoubt>,
}

/// What speaks against a position. Never proof: a verifier looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PositionDoubt {
    /// An accuracy that no receiver reaches: apps that feign a place say zero 疑似模拟定位.
    TooExact,
    /// Not one digit moved between fixes that were minutes apart; receivers tremble, feigned places do not.
    Frozen,
    /// From the fix before, at this many kilometres per hour.
    TooFast(u32),
    /// Older than a walk through a house takes.
    Old,
    /// So far from the facility's registered place, beyond its accuracy.
    FarFromFacility(Metres),
}

/// A fix as the phone gave it, with when: what the next one is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// Where.
    pub point: GeoPoint,
    /// Radius, as [`PositionFix::accuracy`].
    pub accuracy: Metres,
    /// When, by a clock that does not jump between the two.
    pub at: Instant,
}

/// The best a receiver in a phone does is about one metre; below stands only a number that somebody typed.
const BEST_ACCURACY: Metres = Metres(1);

/// The same ten-millionth of a degree twice, this long apart, is not what receivers give.
const FROZEN_AFTER: Span = Span::minutes(2);

/// Faster than any train between two photos of one walk.
const TOO_FAST_KMH: i64 = 400;

/// A fix older than this was from before the walk.
const OLD_AFTER: Span = Span::minutes(10);

/// Grounds are large, and the shift of GCJ-02 is up to some 700 m: nearer is not doubted.
const NEAR_FACILITY: Metres = Metres(1500);

impl PositionFix {
    /// A fix of the phone, `now` at `sighting.at` plus its age, judged against the one before and against where the
    /// facility is registered.
    pub fn judged(
        sighting: Sighting,
        age: Span,
        before: Option<&Sighting>,
        facility: Option<GeoPoint>,
    ) -> Self {
        let Sighting { point, accuracy, .. } = sighting;
        let mut doubts = Vec::new();
        if accuracy < BEST_ACCURACY {
            doubts.push(PositionDoubt::TooExact);
        }
        if age > OLD_AFTER {
            doubts.push(PositionDoubt::Old);
        }
        if let Some(before) = before {
            doubts.extend(sighting.moved_from(before));
        }
        if let Some(registered) = facility {
            let away = Metres(point.distance(registered).0.saturating_sub(accuracy.0));
            if away > NEAR_FACILITY {
                doubts.push(PositionDoubt::FarFromFacility(away));
            }
        }
        Self { point, datum: Datum::Wgs84, accuracy, source: PositionSource::Device, age, doubts }
    }
}

impl Sighting {
    /// What the way from `before` to here says.
    fn moved_from(&self, before: &Self) -> Option<PositionDoubt> {
        let took = self.at.since(before.at);
        if took <= Span::ZERO {
            return None;
        }
        if self.point == before.point {
            return (took >= FROZEN_AFTER).then_some(PositionDoubt::Frozen);
        }
        // Both may be off by their accuracy: only the way that is left after that was surely travelled.
        let surely = i64::from(self.point.distance(before.point).0)
            - i64::from(self.accuracy.0)
            - i64::from(before.accuracy.0);
        let kmh = surely.max(0).saturating_mul(3600) / took.as_millis();
        (kmh > TOO_FAST_KMH).then(|| PositionDoubt::TooFast(u32::try_from(kmh).unwrap_or(u32::MAX)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sighting(latitude_e7: i32, accuracy: u32, seconds: i64) -> Sighting {
        Sighting {
            point: GeoPoint::from_e7(latitude_e7, 1_160_000_000).unwrap(),
            accuracy: Metres(accuracy),
            at: Instant::from_unix_millis(0).plus(Span::seconds(seconds)),
        }
    }

    #[test]
    fn what_is_implausible_is_flagged_and_nothing_else() {
        let home = sighting(360_000_000, 10, 0);
        let facility = home.point;
        let far = GeoPoint::from_e7(360_200_000, 1_160_000_000).unwrap();
        let now = Span::ZERO;
        for (name, here, age, before, registered, expected) in [
            ("an ordinary fix", sighting(360_000_100, 12, 60), now, Some(home), Some(facility), vec![]),
            ("nothing to compare with", home, now, None, None, vec![]),
            ("zero accuracy", sighting(360_000_000, 0, 0), now, None, None, vec![PositionDoubt::TooExact]),
            ("the same digits at once", sighting(360_000_000, 10, 30), now, Some(home), None, vec![]),
            (
                "the same digits minutes later",
                sighting(360_000_000, 10, 121),
                now,
                Some(home),
                None,
                vec![PositionDoubt::Frozen],
            ),
            (
                "fifty kilometres in a minute",
                sighting(364_500_000, 10, 60),
                now,
                Some(home),
                None,
                vec![PositionDoubt::TooFast(3_001)],
            ),
            ("a jump within its accuracy", sighting(360_900_000, 11_000, 60), now, Some(home), None, vec![]),
            ("an old fix", home, Span::minutes(11), None, None, vec![PositionDoubt::Old]),
            ("another town", home, now, None, Some(far), vec![PositionDoubt::FarFromFacility(Metres(2_213))]),
            ("a coarse fix near it", sighting(360_000_000, 900, 0), now, None, Some(far), vec![]),
        ] {
            let fix = PositionFix::judged(here, age, before.as_ref(), registered);
            assert_eq!(fix.doubts, expected, "{name}");
        }
    }
}
