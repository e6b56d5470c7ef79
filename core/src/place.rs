//! Points on the ground, in whole numbers, so that a phone and a server compute the same.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

/// A length in metres 米.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Metres(pub u32);

impl fmt::Display for Metres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// Which datum a point is given in 坐标系. Maps in China shift theirs by up to some hundred metres, and a browser does
/// not say whether it hands out the shifted ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Datum {
    /// What HTML5 geolocation promises; CGCS2000 is the same to a tenth of a millimetre.
    #[default]
    Wgs84,
    /// Shifted by the rule of Chinese map services 火星坐标.
    Gcj02,
}

/// A point on the ground: latitude and longitude in ten-millionths of a degree (about a centimetre).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GeoPoint {
    /// −900 000 000 (south pole) to 900 000 000.
    latitude_e7: i32,
    /// −1 800 000 000 to 1 800 000 000, east positive.
    longitude_e7: i32,
}

/// Numbers that are no point on the ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a point: latitude is -90 to 90 degrees, longitude -180 to 180")]
pub struct NotAPoint;

/// Ten-millionths in a degree.
const E7: i64 = 10_000_000;

/// Metres in a degree of latitude, times 1000 (mean earth radius of 6 371 008.8 m, IUGG).
const MILLIMETRES_PER_DEGREE: i64 = 111_195_080;

impl GeoPoint {
    /// From ten-millionths of a degree.
    ///
    /// # Errors
    /// [`NotAPoint`] outside the ranges of latitude and longitude.
    pub fn from_e7(latitude_e7: i32, longitude_e7: i32) -> Result<Self, NotAPoint> {
        let fits = i64::from(latitude_e7).abs() <= 90 * E7 && i64::from(longitude_e7).abs() <= 180 * E7;
        if fits { Ok(Self { latitude_e7, longitude_e7 }) } else { Err(NotAPoint) }
    }

    /// From degrees, as a browser gives them.
    ///
    /// # Errors
    /// [`NotAPoint`] outside the ranges, and for what is no number.
    pub fn from_degrees(latitude: f64, longitude: f64) -> Result<Self, NotAPoint> {
        if !(latitude.abs() <= 90.0 && longitude.abs() <= 180.0) {
            return Err(NotAPoint);
        }
        let e7 = |degrees: f64| (degrees * 1e7).round() as i32;
        Self::from_e7(e7(latitude), e7(longitude))
    }

    /// Ten-millionths of a degree, north positive.
    pub const fn latitude_e7(self) -> i32 {
        self.latitude_e7
    }

    /// Ten-millionths of a degree, east positive.
    pub const fn longitude_e7(self) -> i32 {
        self.longitude_e7
    }

    /// How far it is to `other`, to within half a percent up to some hundred kilometres: the ground is taken as flat,
    /// and the cosine of the latitude by Bhaskara's rational formula. Far longer distances are only "far".
    pub fn distance(self, other: Self) -> Metres {
        let north = (i64::from(self.latitude_e7) - i64::from(other.latitude_e7)).abs();
        let east = (i64::from(self.longitude_e7) - i64::from(other.longitude_e7)).abs();
        // The shorter way round.
        let east = east.min(360 * E7 - east);
        let latitude = (i64::from(self.latitude_e7) + i64::from(other.latitude_e7)).abs() / 2;
        // cos(x°) ≈ 4(8100 − x²) / (32400 + x²), here in millionths, from hundredths of a degree.
        let squared = (latitude / 100_000).pow(2);
        let cosine_e6 = 4 * (81_000_000 - squared) * 1_000_000 / (324_000_000 + squared);
        let millimetres = |e7: i64| i128::from(e7) * i128::from(MILLIMETRES_PER_DEGREE) / i128::from(E7);
        let (north, east) = (millimetres(north), millimetres(east) * i128::from(cosine_e6) / 1_000_000);
        let metres = (north * north + east * east).isqrt() / 1000;
        Metres(u32::try_from(metres).unwrap_or(u32::MAX))
    }
}

impl fmt::Display for GeoPoint {
    /// Degrees with five decimals (about a metre), north or south first: `36.45612°N 115.98541°E`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = |f: &mut fmt::Formatter<'_>, e7: i32, letters: [char; 2]| {
            let (letter, e5) = (letters[usize::from(e7 < 0)], (e7.unsigned_abs() + 50) / 100);
            write!(f, "{}.{:05}°{letter}", e5 / 100_000, e5 % 100_000)
        };
        part(f, self.latitude_e7, ['N', 'S'])?;
        f.write_str(" ")?;
        part(f, self.longitude_e7, ['E', 'W'])
    }
}

/// Coordinates stay out of logs: what is printed for developers is only that there is a point.
impl fmt::Debug for GeoPoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("GeoPoint(..)")
    }
}

impl<'de> Deserialize<'de> for GeoPoint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Told {
            latitude_e7: i32,
            longitude_e7: i32,
        }
        let told = Told::deserialize(deserializer)?;
        Self::from_e7(told.latitude_e7, told.longitude_e7).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(latitude: f64, longitude: f64) -> GeoPoint {
        GeoPoint::from_degrees(latitude, longitude).unwrap()
    }

    #[test]
    fn points_outside_the_earth_are_refused_and_others_survive_json() {
        for (latitude, longitude) in [(90.1, 0.0), (0.0, 180.1), (f64::NAN, 0.0), (0.0, f64::INFINITY)] {
            assert_eq!(GeoPoint::from_degrees(latitude, longitude), Err(NotAPoint));
        }
        let liaocheng = point(36.456_12, 115.985_41);
        let json = serde_json::to_string(&liaocheng).unwrap();
        assert_eq!(json, r#"{"latitude_e7":364561200,"longitude_e7":1159854100}"#);
        assert_eq!(serde_json::from_str::<GeoPoint>(&json).unwrap(), liaocheng);
        assert!(serde_json::from_str::<GeoPoint>(r#"{"latitude_e7":2000000000,"longitude_e7":0}"#).is_err());
        assert_eq!(liaocheng.to_string(), "36.45612°N 115.98541°E");
        assert_eq!(point(-0.5, -0.000_001).to_string(), "0.50000°S 0.00000°W");
    }

    #[test]
    fn distances_agree_with_the_great_circle_within_half_a_percent() {
        // Great-circle lengths (mean radius), by a program that is not ours.
        for (from, to, metres) in [
            (point(36.0, 116.0), point(36.0, 116.0), 0),
            (point(36.0, 116.0), point(36.001, 116.0), 111),
            (point(36.0, 116.0), point(36.0, 116.01), 900),
            (point(39.904_2, 116.407_4), point(39.084_2, 117.200_9), 113_796),
            (point(0.0, 179.999), point(0.0, -179.999), 222),
        ] {
            let found = from.distance(to).0;
            assert!(found.abs_diff(metres) <= metres / 200 + 1, "{from} {to}: {found}, not {metres}");
        }
    }
}
