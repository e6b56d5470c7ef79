//! The number of a report as people say it.

use std::fmt;
use std::str::FromStr;

use crate::ids::SnapId;

/// The number of a case 编号: the day on which it came and six characters that tell it from others, as in `20261129-8RM0XK`.
/// Reporters and offices name a report by it; it opens nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CaseNumber(String);

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
        let (day, id) = (snap.made().date(), snap.to_string());
        let end = id.get(id.len().saturating_sub(END)..).unwrap_or_default();
        Self(format!("{:04}{:02}{:02}-{end}", day.year(), day.month(), day.day()))
    }
}

impl fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
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
        if end.len() != END || !day.chars().all(|it| it.is_ascii_digit()) {
            return Err(NotACaseNumber);
        }
        Ok(Self(format!("{day}-{}", end.to_ascii_uppercase())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Instant;
    use crate::ids::Entropy;

    #[test]
    fn what_is_typed_after_a_number_was_read_out_names_the_report() {
        let at: Instant = "2026-11-28T16:30:00.000Z".parse().unwrap();
        let number = CaseNumber::of(SnapId::from_parts(at, Entropy(0x3_FFFF_FFFF)));
        assert!(number.to_string().starts_with("20261129-"), "the day in China: {number}");
        let spoken = number.to_string().to_lowercase().replace('-', " ");
        assert_eq!(spoken.parse(), Ok(number));
        for text in ["", "20261129-8RM0X", "2026112X-8RM0XK", "20261129-8RM0XKK", "二〇二六"] {
            assert_eq!(text.parse::<CaseNumber>(), Err(NotACaseNumber), "{text}");
        }
    }
}
