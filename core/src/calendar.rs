//! Work days 工作日. China shifts its holidays and works on some weekends for them; which days, the State Council says in
//! the autumn before. So they are data, and a year without data is computed from the fixed holidays and says so.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::clock::Date;

/// The shifted days of one year 节假日安排.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct YearOfHolidays {
    /// The year.
    pub year: i32,
    /// Where it was announced.
    pub source: String,
    /// Days off.
    pub off: Vec<Date>,
    /// Saturdays and Sundays on which people work 调休上班.
    pub worked: Vec<Date>,
}

/// Which days are work days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    years: BTreeSet<i32>,
    off: BTreeSet<Date>,
    worked: BTreeSet<Date>,
}

/// The file of the shipped years: small, and the same for phone and server.
const SHIPPED: &str = include_str!("../rules/holidays.json");

/// How sure a count of work days is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// Every year that it touches was announced.
    Announced,
    /// It reaches into a year that was not: only weekends and the fixed holidays are known.
    Provisional,
}

/// Why a file of holidays is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarRefused {
    /// Not the JSON that is asked for.
    #[error("not a list of years: {0}")]
    Shape(String),
    /// A day of another year, or a worked day that is no weekend.
    #[error("{0} does not belong there")]
    Day(Date),
}

impl Calendar {
    /// The years that were announced when this version was made.
    ///
    /// # Panics
    /// Never: the file is part of the program, and a test reads it.
    pub fn shipped() -> Self {
        match Self::parse(SHIPPED) {
            Ok(calendar) => calendar,
            Err(error) => unreachable!("the shipped holidays are broken: {error}"),
        }
    }

    /// Reads years from JSON: a list of [`YearOfHolidays`].
    ///
    /// # Errors
    /// [`CalendarRefused`].
    pub fn parse(json: &str) -> Result<Self, CalendarRefused> {
        let years: Vec<YearOfHolidays> =
            serde_json::from_str(json).map_err(|error| CalendarRefused::Shape(error.to_string()))?;
        let mut calendar = Self::default();
        for year in years {
            let foreign = year.off.iter().chain(&year.worked).find(|day| day.year() != year.year);
            let no_weekend = year.worked.iter().find(|day| !day.is_weekend());
            if let Some(day) = foreign.or(no_weekend) {
                return Err(CalendarRefused::Day(*day));
            }
            calendar.years.insert(year.year);
            calendar.off.extend(year.off);
            calendar.worked.extend(year.worked);
        }
        Ok(calendar)
    }

    /// Whether people work on that day.
    pub fn is_work_day(&self, day: Date) -> bool {
        if self.worked.contains(&day) {
            return true;
        }
        let fixed = !self.years.contains(&day.year()) && is_fixed_holiday(day);
        !day.is_weekend() && !self.off.contains(&day) && !fixed
    }

    /// The day on which the `count`th work day after `from` falls; `from` itself does not count (民法典 201).
    pub fn plus_work_days(&self, from: Date, count: u16) -> Date {
        let mut day = from;
        let mut left = count;
        while left > 0 {
            let next = day.plus_days(1);
            if next == day {
                return day;
            }
            day = next;
            if self.is_work_day(day) {
                left -= 1;
            }
        }
        day
    }

    /// How sure a count between two days is.
    pub fn certainty(&self, from: Date, until: Date) -> Certainty {
        let known = (from.year()..=until.year()).all(|year| self.years.contains(&year));
        if known { Certainty::Announced } else { Certainty::Provisional }
    }
}

/// Holidays with a fixed day in the solar calendar (全国年节及纪念日放假办法 2): 1 January, 1 and 2 May, 1 to 3 October.
fn is_fixed_holiday(day: Date) -> bool {
    matches!((day.month(), day.day()), (1, 1) | (5, 1 | 2) | (10, 1..=3))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn work_days_pass_over_weekends_and_holidays_and_count_worked_weekends() {
        let calendar = Calendar::shipped();
        for (from, count, expected, why) in [
            ("2026-11-23", 3, "2026-11-26", "a plain week"),
            ("2026-11-27", 1, "2026-11-30", "over a weekend"),
            ("2026-02-13", 1, "2026-02-14", "a Saturday that is worked for the Spring Festival"),
            ("2026-02-14", 1, "2026-02-24", "over the nine days of the Spring Festival"),
            ("2026-09-30", 3, "2026-10-10", "over the National Day, with the Saturday after it"),
            ("2026-04-03", 1, "2026-04-07", "over Qingming"),
            ("2026-11-23", 0, "2026-11-23", "none"),
        ] {
            assert_eq!(calendar.plus_work_days(day(from), count), day(expected), "{why}");
        }
    }

    #[test]
    fn a_year_that_was_not_announced_is_provisional() {
        let calendar = Calendar::shipped();
        assert_eq!(calendar.certainty(day("2026-01-05"), day("2026-12-31")), Certainty::Announced);
        assert_eq!(calendar.certainty(day("2026-12-30"), day("2031-01-05")), Certainty::Provisional);
        assert!(!calendar.is_work_day(day("2031-10-02")), "a fixed holiday on a Thursday");
        assert!(calendar.is_work_day(day("2031-10-09")));
    }

    #[test]
    fn days_that_do_not_belong_to_the_year_are_refused() {
        let with = |off: &str, worked: &str| {
            let json = format!(r#"[{{"year":2026,"source":"x","off":[{off}],"worked":[{worked}]}}]"#);
            Calendar::parse(&json)
        };
        assert_eq!(with("\"2025-01-01\"", ""), Err(CalendarRefused::Day(day("2025-01-01"))));
        assert_eq!(with("", "\"2026-11-25\""), Err(CalendarRefused::Day(day("2026-11-25"))));
        assert!(matches!(Calendar::parse("{}"), Err(CalendarRefused::Shape(_))));
    }
}
