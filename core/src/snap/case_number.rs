//! The number of a report as people say it.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::clock::Date;
use crate::ids::{Entropy, SnapId};

/// The number of a case 编号: the day on which it came and six characters that tell it from others, as in `20261129-8RM0XK`.
/// Reporters and offices name a report by it; it opens nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CaseNumber {
    day: Date,
    end: String,
}

/// A text that is no [`CaseNumber`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the number of a case: eight digits and six characters are needed")]
pub struct NotACaseNumber;

/// Digits of the day, and characters of the id after them.
const DAY: usize = 8;
const END: usize = 6;

impl CaseNumber {
    /// The number of a report.
    pub fn of(snap: SnapId) -> Self {
        let id = snap.to_string();
        let end = id.get(id.len().saturating_sub(END)..).unwrap_or_default();
        Self { day: snap.made().date(), end: end.to_owned() }
    }

    /// Among which ids those of this number are: the ids of its day. They end with [`CaseNumber::end`].
    pub fn ids(&self) -> Range<SnapId> {
        let first = |day: Date| SnapId::from_parts(day.begins(), Entropy(0));
        first(self.day)..first(self.day.plus_days(1))
    }

    /// The characters with which the ids of this number end.
    pub fn end(&self) -> &str {
        &self.end
    }
}

impl fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { day, end } = self;
        write!(f, "{:04}{:02}{:02}-{end}", day.year(), day.month(), day.day())
    }
}

impl Serialize for CaseNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CaseNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::spelling::parsed_from_str(deserializer)
    }
}

impl FromStr for CaseNumber {
    type Err = NotACaseNumber;

    /// Reads it as people type it: in small letters, with spaces, with whatever dash.
    ///
    /// ```
    /// use xunan_core::snap::CaseNumber;
    ///
    /// let typed: CaseNumber = " 20261129－8rm0xk ".parse().unwrap();
    /// assert_eq!(typed.to_string(), "20261129-8RM0XK");
    /// assert!("20261129".parse::<CaseNumber>().is_err());
    /// ```
    fn from_str(text: &str) -> Result<Self, NotACaseNumber> {
        let kept: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
        let (day, end) = kept.split_at_checked(DAY).ok_or(NotACaseNumber)?;
        let number = |digits: Range<usize>| day[digits].parse::<u32>().map_err(|_| NotACaseNumber);
        let year = i32::try_from(number(0..4)?).map_err(|_| NotACaseNumber)?;
        let day = Date::new(year, number(4..6)?, number(6..8)?).map_err(|_| NotACaseNumber)?;
        if end.len() != END {
            return Err(NotACaseNumber);
        }
        Ok(Self { day, end: end.to_ascii_uppercase() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{Instant, Span};

    #[test]
    fn what_is_typed_after_a_number_was_read_out_names_the_report() {
        let at: Instant = "2026-11-28T16:30:00.000Z".parse().unwrap();
        let number = CaseNumber::of(SnapId::from_parts(at, Entropy(0x3_FFFF_FFFF)));
        assert!(number.to_string().starts_with("20261129-"), "the day in China: {number}");
        let id = SnapId::from_parts(at, Entropy(0x3_FFFF_FFFF));
        assert!(number.ids().contains(&id) && id.to_string().ends_with(number.end()));
        for beside in [Instant::from_unix_millis(at.unix_millis() - 86_400_000), at.plus(Span::days(1))] {
            assert!(!number.ids().contains(&SnapId::from_parts(beside, Entropy(0))), "{beside}");
        }
        let spoken = number.to_string().to_lowercase().replace('-', " ");
        assert_eq!(spoken.parse(), Ok(number));
        for text in
            ["", "20261129-8RM0X", "2026112X-8RM0XK", "20261129-8RM0XKK", "20261341-8RM0XK", "二〇二六"]
        {
            assert_eq!(text.parse::<CaseNumber>(), Err(NotACaseNumber), "{text}");
        }
    }
}
