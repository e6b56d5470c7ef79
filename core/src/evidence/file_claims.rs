//! What a picture file says about itself. Anybody can write these with a free program, so they are **claims**: shown
//! beside what was measured, compared with it, never proof of anything.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::clock::{Instant, Span};
use crate::place::GeoPoint;

/// What a picture file claims 文件自述: read from its EXIF before anything was changed. Maker, model and serial numbers
/// are not among them: they are the inspector's own telephone's business.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileClaims {
    /// When the file says it was taken (`DateTimeOriginal` with its offset and its fraction).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken: Option<ClaimedTime>,
    /// Where the file says it was taken (GPS). WGS-84, says the standard, but nobody checks; altitude is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<GeoPoint>,
    /// How the file says that its rows and columns lie.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub orientation: Option<Orientation>,
}

impl FileClaims {
    /// Whether the file says nothing of itself, as most that went through a messenger do.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A time as a file writes it: what a clock on the wall showed and, in newer files, that wall's offset from UTC.
/// Written as `2026-11-22T09:31:07.250+08:00`, or without the last six characters.
///
/// Range: the years 0 to 9999, to the millisecond; offsets below 24 hours.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClaimedTime {
    /// The civil time, as if it were UTC.
    civil: Instant,
    /// Minutes east of UTC.
    offset_minutes: Option<i16>,
}

/// A text that is not a [`ClaimedTime`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a claimed time: such as 2026-11-22T09:31:07.250+08:00 is needed, the offset being optional")]
pub struct NotAClaimedTime;

impl ClaimedTime {
    /// The point in time that is claimed: known only with an offset.
    pub fn instant(self) -> Option<Instant> {
        self.offset_minutes.map(|minutes| self.civil.plus(Span::minutes(-i64::from(minutes))))
    }
}

impl fmt::Display for ClaimedTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.civil.to_string().trim_end_matches('Z'))?;
        let Some(minutes) = self.offset_minutes else { return Ok(()) };
        let (sign, minutes) = (if minutes < 0 { '-' } else { '+' }, minutes.unsigned_abs());
        write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

impl fmt::Debug for ClaimedTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for ClaimedTime {
    type Err = NotAClaimedTime;

    fn from_str(text: &str) -> Result<Self, NotAClaimedTime> {
        /// Characters of a time without its offset.
        const CIVIL: usize = 23;
        let (civil, offset) = text.split_at_checked(CIVIL).ok_or(NotAClaimedTime)?;
        let civil: Instant = format!("{civil}Z").parse().map_err(|_| NotAClaimedTime)?;
        let offset_minutes = if offset.is_empty() { None } else { Some(minutes_east(offset)?) };
        let time = Self { civil, offset_minutes };
        // RFC 3339 knows several spellings, a signed claim one.
        if time.to_string() == text { Ok(time) } else { Err(NotAClaimedTime) }
    }
}

/// Reads an offset as RFC 3339 and EXIF write it, such as `+08:00`.
fn minutes_east(text: &str) -> Result<i16, NotAClaimedTime> {
    let (hours, minutes) = text.split_once(':').ok_or(NotAClaimedTime)?;
    let (sign, hours) = match hours.split_at_checked(1) {
        Some(("+", hours)) => (1, hours),
        Some(("-", hours)) => (-1, hours),
        _ => return Err(NotAClaimedTime),
    };
    let number = |digits: &str| match digits.as_bytes() {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => Ok(i16::from((tens - b'0') * 10 + (ones - b'0'))),
        _ => Err(NotAClaimedTime),
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    if hours < 24 && minutes < 60 { Ok(sign * (hours * 60 + minutes)) } else { Err(NotAClaimedTime) }
}

impl Serialize for ClaimedTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ClaimedTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::spelling::parsed_from_str(deserializer)
    }
}

/// How the rows and columns of a picture lie, in EXIF's words: where the first row is seen, then where the first
/// column. Written as EXIF's number, 1 to 8.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "u8", try_from = "u8")]
pub enum Orientation {
    /// 1: as it is seen.
    TopLeft = 1,
    /// 2: mirrored left to right.
    TopRight,
    /// 3: upside down.
    BottomRight,
    /// 4: mirrored top to bottom.
    BottomLeft,
    /// 5: mirrored left to right, then to be turned right by 270 degrees.
    LeftTop,
    /// 6: to be turned right by 90 degrees. What most phones write when they are held upright.
    RightTop,
    /// 7: mirrored left to right, then to be turned right by 90 degrees.
    RightBottom,
    /// 8: to be turned right by 270 degrees.
    LeftBottom,
}

/// A number that is no [`Orientation`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an orientation: 1 to 8 is needed")]
pub struct NotAnOrientation;

impl Orientation {
    /// All eight, in the order of their numbers.
    pub const ALL: [Self; 8] = [
        Self::TopLeft,
        Self::TopRight,
        Self::BottomRight,
        Self::BottomLeft,
        Self::LeftTop,
        Self::RightTop,
        Self::RightBottom,
        Self::LeftBottom,
    ];
}

impl From<Orientation> for u8 {
    fn from(orientation: Orientation) -> u8 {
        orientation as u8
    }
}

impl TryFrom<u8> for Orientation {
    type Error = NotAnOrientation;

    fn try_from(number: u8) -> Result<Self, NotAnOrientation> {
        Self::ALL.into_iter().find(|orientation| u8::from(*orientation) == number).ok_or(NotAnOrientation)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claimed_time_has_one_spelling() {
        for (text, instant) in [
            ("2026-11-22T09:31:07.250+08:00", Some("2026-11-22T01:31:07.250Z")),
            ("2026-11-22T09:31:07.000-03:30", Some("2026-11-22T13:01:07.000Z")),
            ("2026-11-22T09:31:07.000-00:30", Some("2026-11-22T10:01:07.000Z")),
            ("2026-11-22T09:31:07.000", None),
        ] {
            let time: ClaimedTime = text.parse().unwrap();
            assert_eq!(time.to_string(), text);
            assert_eq!(time.instant().map(|instant| instant.to_string()).as_deref(), instant, "{text}");
        }
        for bad in [
            "",
            "2026-11-22T09:31:07.250Z",
            "2026-11-22T09:31:07",
            "2026-11-22T09:31:07.250+8:00",
            "2026-11-22T09:31:07.250+08:60",
            "2026-11-22T09:31:07.250+24:00",
            "2026-11-22T09:31:07.250-00:00",
            "2026-11-22 09:31:07.250",
            "2026-02-29T09:31:07.250",
            "2026-11-22T09:31:07.25五",
        ] {
            assert_eq!(bad.parse::<ClaimedTime>(), Err(NotAClaimedTime), "{bad}");
        }
    }

    #[test]
    fn claims_travel_as_plain_numbers_and_only_when_made() {
        let claims = FileClaims {
            taken: Some("2026-11-22T09:31:07.250+08:00".parse().unwrap()),
            position: Some(GeoPoint::from_e7(364_567_890, 1_159_876_543).unwrap()),
            orientation: Some(Orientation::RightTop),
        };
        let text = serde_json::to_string(&claims).unwrap();
        assert_eq!(
            text,
            r#"{"taken":"2026-11-22T09:31:07.250+08:00","position":{"latitude_e7":364567890,"longitude_e7":1159876543},"orientation":6}"#
        );
        assert_eq!(serde_json::from_str::<FileClaims>(&text).unwrap(), claims);
        assert_eq!(serde_json::to_string(&FileClaims::default()).unwrap(), "{}");
        assert!(serde_json::from_str::<FileClaims>("{}").unwrap().is_empty());
        for bad in [
            r#"{"orientation":0}"#,
            r#"{"orientation":9}"#,
            r#"{"position":{"latitude_e7":900000001,"longitude_e7":0}}"#,
            r#"{"position":{"latitude_e7":0,"longitude_e7":-1800000001}}"#,
            r#"{"position":{"latitude_e7":-2147483648,"longitude_e7":0}}"#,
        ] {
            assert!(serde_json::from_str::<FileClaims>(bad).is_err(), "{bad}");
        }
    }
}
