//! What is around a pin 图钉附近: the institutions by which whoever sets one finds the place again.

use std::ops::RangeInclusive;

use crate::place::GeoPoint;

/// The surroundings of a point that whoever asks need not tell exactly: a square, three hundredths of a degree wide and high, around
/// the point rounded to whole hundredths. Around the point itself, that is a kilometre to the north and south at least, and 800 m to
/// the east and west up to 43 degrees of latitude.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Neighbourhood {
    middle: GeoPoint,
}

/// Ten-millionths of a degree in a step of the middle.
const STEP_E7: i32 = 100_000;
/// How far it reaches from its middle, in ten-millionths of a degree.
const REACH_E7: i32 = STEP_E7 / 2 * 3;

impl Neighbourhood {
    /// Institutions in it that are shown, at most: more are no help on a drawing as wide as a phone.
    pub const MOST: usize = 60;

    /// That of a point, and of all others that round to the same.
    pub fn of(point: GeoPoint) -> Self {
        let rounded = |e7: i32| (e7 + STEP_E7 / 2).div_euclid(STEP_E7) * STEP_E7;
        let middle = GeoPoint::from_e7(rounded(point.latitude_e7()), rounded(point.longitude_e7()));
        // The poles and the date line are whole hundredths.
        Self { middle: middle.unwrap_or(point) }
    }

    /// Those that are nearest to its middle, the nearest first, at most [`Self::MOST`].
    pub fn nearest<T>(self, mut found: Vec<T>, point_of: impl Fn(&T) -> GeoPoint) -> Vec<T> {
        found.sort_by_key(|it| self.middle.distance(point_of(it)));
        found.truncate(Self::MOST);
        found
    }

    /// Its latitudes, in ten-millionths of a degree.
    pub const fn latitudes(self) -> RangeInclusive<i32> {
        self.middle.latitude_e7() - REACH_E7..=self.middle.latitude_e7() + REACH_E7
    }

    /// Its longitudes, in ten-millionths of a degree.
    pub const fn longitudes(self) -> RangeInclusive<i32> {
        self.middle.longitude_e7() - REACH_E7..=self.middle.longitude_e7() + REACH_E7
    }
}
