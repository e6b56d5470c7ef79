//! Where a township stands on the map for everybody 上报广场地图: in the middle of its institutions, and never on one of them.

use serde::Serialize;

use crate::facility::Facility;
use crate::place::GeoPoint;
use crate::region::{DivisionCode, Level};

/// The place of a township's mark: whole hundredths of a degree, about a kilometre.
///
/// It is made of positions of institutions alone. No report has a part in it, so it tells nothing of where a case is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct MapMark(GeoPoint);

/// Ten-millionths of a degree to which a mark is rounded.
const STEP_E7: i64 = 100_000;

impl MapMark {
    /// Institutions that must be known, at least: the middle of two shows each of them to whoever knows the other. This project's
    /// own bound.
    pub const FEWEST: usize = 3;

    /// Of a township with institutions at these points. `None` where these are too few, and for what is no township: the middle
    /// of a county would show cases where they are not.
    pub fn of(division: &DivisionCode, points: &[GeoPoint]) -> Option<Self> {
        if division.level() != Level::Township || points.len() < Self::FEWEST {
            return None;
        }
        let middle = |part: fn(GeoPoint) -> i32| {
            let sum: i64 = points.iter().map(|point| i64::from(part(*point))).sum();
            let mean = sum / i64::try_from(points.len()).ok()?;
            i32::try_from((mean + STEP_E7 / 2).div_euclid(STEP_E7) * STEP_E7).ok()
        };
        let (latitude, longitude) = (middle(GeoPoint::latitude_e7)?, middle(GeoPoint::longitude_e7)?);
        GeoPoint::from_e7(latitude, longitude).ok().map(Self)
    }

    /// Where it stands.
    pub const fn point(self) -> GeoPoint {
        self.0
    }
}

impl Facility {
    /// Its position, as far as it has a part in its township's mark: homes of minors 未成年人 have none, however many there are.
    pub fn point_for_map(&self) -> Option<GeoPoint> {
        self.location.filter(|_| !self.facility_type.is_of_minors())
    }
}
