//! Points in time and civil dates. Core never reads a clock: every "now" is an argument.
//!
//! What is stored is UTC to the millisecond; what people see is China Standard Time (UTC+8, without daylight
//! saving since 1991), whatever the phone is set to.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike as _, Days, FixedOffset, NaiveDate, Timelike as _, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// China Standard Time 北京时间, in seconds east of UTC.
const CHINA_OFFSET_SECONDS: i32 = 8 * 3600;

/// A point in time, UTC, to the millisecond. Written as `2026-11-22T01:02:03.456Z`.
///
/// Range: the years 0 to 9999, since a text with five-digit years is not RFC 3339.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

/// A text that is not a point in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a time: RFC 3339 is needed, such as 2026-11-22T01:02:03.456Z")]
pub struct NotAnInstant;

/// The first and last millisecond that RFC 3339 can write.
const INSTANT_RANGE: (i64, i64) = (-62_167_219_200_000, 253_402_300_799_999);

impl Instant {
    /// From milliseconds since 1970-01-01T00:00Z, as `Date.now()` gives; clamped to the years 0 to 9999.
    pub fn from_unix_millis(millis: i64) -> Self {
        Self(millis.clamp(INSTANT_RANGE.0, INSTANT_RANGE.1))
    }

    /// Milliseconds since 1970-01-01T00:00Z.
    pub const fn unix_millis(self) -> i64 {
        self.0
    }

    /// This point moved by `span`.
    #[must_use]
    pub fn plus(self, span: Span) -> Self {
        Self::from_unix_millis(self.0.saturating_add(span.0))
    }

    /// From `earlier` to this point; negative when it is the other way round.
    pub fn since(self, earlier: Instant) -> Span {
        Span(self.0 - earlier.0)
    }

    /// The civil date in China at this point.
    pub fn date(self) -> Date {
        Date(self.in_china().date_naive())
    }

    /// The time of day in China at this point.
    pub fn time_of_day(self) -> TimeOfDay {
        let time = self.in_china();
        TimeOfDay { hour: time.hour(), minute: time.minute(), second: time.second() }
    }

    fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or_default()
    }

    fn in_china(self) -> DateTime<FixedOffset> {
        let Some(china) = FixedOffset::east_opt(CHINA_OFFSET_SECONDS) else {
            unreachable!("8 hours is an offset")
        };
        self.utc().with_timezone(&china)
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let t = self.utc();
        write!(
            f,
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
            t.year(),
            t.month(),
            t.day(),
            t.hour(),
            t.minute(),
            t.second(),
            t.timestamp_subsec_millis()
        )
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Instant {
    type Err = NotAnInstant;

    fn from_str(text: &str) -> Result<Self, NotAnInstant> {
        let time = DateTime::parse_from_rfc3339(text).map_err(|_| NotAnInstant)?;
        Ok(Self::from_unix_millis(time.timestamp_millis()))
    }
}

/// A length of time in milliseconds; may be negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span(i64);

impl Span {
    /// Nothing at all.
    pub const ZERO: Self = Self(0);

    /// So many milliseconds.
    pub const fn millis(millis: i64) -> Self {
        Self(millis)
    }

    /// So many seconds.
    pub const fn seconds(seconds: i64) -> Self {
        Self(seconds * 1000)
    }

    /// So many minutes.
    pub const fn minutes(minutes: i64) -> Self {
        Self::seconds(minutes * 60)
    }

    /// So many days of 24 hours.
    pub const fn days(days: i64) -> Self {
        Self::seconds(days * 86_400)
    }

    /// In milliseconds.
    pub const fn as_millis(self) -> i64 {
        self.0
    }
}

/// Hour, minute and second on a wall in China.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimeOfDay {
    /// 0 to 23.
    pub hour: u32,
    /// 0 to 59.
    pub minute: u32,
    /// 0 to 59.
    pub second: u32,
}

impl fmt::Display for TimeOfDay {
    /// Hours, minutes and seconds; `{:#}` leaves the seconds out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)?;
        if f.alternate() { Ok(()) } else { write!(f, ":{:02}", self.second) }
    }
}

/// A civil date, without a time. Written as `2026-11-22`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

/// A text or numbers that are not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a date: year-month-day is needed, such as 2026-11-22")]
pub struct NotADate;

impl Date {
    /// A date of the years 0 to 9999.
    ///
    /// # Errors
    /// [`NotADate`] when the calendar has no such day.
    pub fn new(year: i32, month: u32, day: u32) -> Result<Self, NotADate> {
        if !(0..=9999).contains(&year) {
            return Err(NotADate);
        }
        NaiveDate::from_ymd_opt(year, month, day).map(Self).ok_or(NotADate)
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// 1 to 12.
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// 1 to 31.
    pub fn day(self) -> u32 {
        self.0.day()
    }

    /// Whether it is a Saturday or a Sunday.
    pub fn is_weekend(self) -> bool {
        matches!(self.0.weekday(), chrono::Weekday::Sat | chrono::Weekday::Sun)
    }

    /// The date so many days later; the last date of the year 9999 at most.
    #[must_use]
    pub fn plus_days(self, days: u16) -> Self {
        match self.0.checked_add_days(Days::new(u64::from(days))) {
            Some(date) if date.year() <= 9999 => Self(date),
            _ => self,
        }
    }

    /// The point at which it begins in China.
    pub fn begins(self) -> Instant {
        let midnight = self.0.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis();
        Instant::from_unix_millis(midnight - i64::from(CHINA_OFFSET_SECONDS) * 1000)
    }

    /// Days from `earlier` to this date; negative when it is the other way round.
    pub fn days_since(self, earlier: Date) -> i64 {
        self.0.signed_duration_since(earlier.0).num_days()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Date {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        let shape = text.len() == 10
            && text.bytes().enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !shape {
            return Err(NotADate);
        }
        let number = |range: std::ops::Range<usize>| text[range].parse::<u32>().map_err(|_| NotADate);
        let year = i32::try_from(number(0..4)?).map_err(|_| NotADate)?;
        Self::new(year, number(5..7)?, number(8..10)?)
    }
}

macro_rules! written_as_text {
    ($($name:ident),*) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::spelling::parsed_from_str(deserializer)
            }
        }
    )*};
}
written_as_text!(Instant, Date);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_survives_print_and_parse() {
        for millis in [0, 1, -1, 1_790_000_000_123, INSTANT_RANGE.0, INSTANT_RANGE.1] {
            let instant = Instant::from_unix_millis(millis);
            assert_eq!(instant.to_string().parse(), Ok(instant));
        }
        assert_eq!(Instant::from_unix_millis(i64::MAX).to_string(), "9999-12-31T23:59:59.999Z");
        assert_eq!(
            "2026-11-22T09:02:03.456+08:00".parse::<Instant>().unwrap().to_string(),
            "2026-11-22T01:02:03.456Z"
        );
    }

    #[test]
    fn the_date_in_china_changes_at_sixteen_hours_utc() {
        let before: Instant = "2026-02-28T15:59:59.999Z".parse().unwrap();
        assert_eq!(before.date(), Date::new(2026, 2, 28).unwrap());
        assert_eq!(before.plus(Span::millis(1)).date(), Date::new(2026, 3, 1).unwrap());
        assert_eq!(before.date().plus_days(1).begins(), before.plus(Span::millis(1)));
        assert_eq!(before.time_of_day().to_string(), "23:59:59");
        assert_eq!(format!("{:#}", before.time_of_day()), "23:59");
    }

    #[test]
    fn only_real_dates_in_one_spelling_parse() {
        assert_eq!("2028-02-29".parse::<Date>().unwrap().plus_days(1).to_string(), "2028-03-01");
        for bad in [
            "2026-02-29",
            "2026-2-9",
            "26-02-09",
            "2026-02-09 ",
            "2026/02/09",
            "+026-02-09",
            "２０２６-02-09",
        ] {
            assert_eq!(bad.parse::<Date>(), Err(NotADate), "{bad}");
        }
    }
}
