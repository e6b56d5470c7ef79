//! Measured values as whole thousandths. Floats would print differently than they were typed, and a threshold
//! comparison must come out the same on every device.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A measured value, exact to three decimals: `2`, `12.5`, `-3`.
///
/// Range: ±999 999 999.999. [`Quantity::from_typed`] reads what people type (full-width digits, a Chinese full
/// stop for the point); [`FromStr`] and serde read only the one spelling that [`fmt::Display`] prints, so that
/// a signed record holds a value in one way. Ordered by value.
///
/// ```
/// use xunan_core::rules::Quantity;
/// let typed = Quantity::from_typed(" １２。50 ").unwrap();
/// assert_eq!(typed.to_string(), "12.5");
/// assert_eq!("12.5".parse(), Ok(typed));
/// assert!("12.50".parse::<Quantity>().is_err());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity(i64);

/// Why a text is not a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAQuantity {
    /// Nothing was typed.
    #[error("nothing was typed")]
    Empty,
    /// Something other than digits, one sign and one decimal point.
    #[error("not a number: digits with at most one decimal point are needed")]
    NotANumber,
    /// A fourth decimal that is not zero.
    #[error("more than three decimals")]
    TooFine,
    /// Beyond ±999 999 999.999.
    #[error("beyond 999999999.999")]
    TooLarge,
    /// The value is fine but is not spelled as it is printed: `1.50`, `+1`, `１`.
    #[error(
        "not spelled as a record spells numbers: no leading or trailing zeros, no plus sign, ASCII digits"
    )]
    OtherSpelling,
}

/// Whole digits before the point: nine, so that a sum of a billion values still fits an `i64` of thousandths.
const MAX_WHOLE_DIGITS: usize = 9;
const DECIMALS: usize = 3;

impl Quantity {
    /// Zero.
    pub const ZERO: Self = Self(0);

    /// A whole number.
    pub const fn whole(number: i32) -> Self {
        // ±2^31 exceeds the printed range of ±10^9 - 1; the clamp keeps the invariant.
        let limit = 999_999_999;
        let number = if number > limit {
            limit
        } else if number < -limit {
            -limit
        } else {
            number
        };
        Self(number as i64 * 1000)
    }

    /// In thousandths.
    pub const fn thousandths(self) -> i64 {
        self.0
    }

    /// Whether there is nothing after the point.
    pub const fn is_whole(self) -> bool {
        self.0 % 1000 == 0
    }

    /// Reads what a person typed on any keyboard: surrounding blanks, full-width digits, `。` or `．` for the
    /// point, full-width or typographic signs.
    ///
    /// # Errors
    /// [`NotAQuantity`], never `OtherSpelling`. Thousands separators are refused: `1,5` means two things.
    pub fn from_typed(text: &str) -> Result<Self, NotAQuantity> {
        let mut text = text.trim();
        if text.is_empty() {
            return Err(NotAQuantity::Empty);
        }
        let negative = text.starts_with(['-', '－', '−']);
        text = text.strip_prefix(['-', '－', '−', '+', '＋']).unwrap_or(text);

        let (mut whole, mut decimals) = (0_i64, 0_i64);
        let (mut whole_digits, mut decimal_digits) = (0, 0);
        let (mut seen_digit, mut seen_point) = (false, false);
        for character in text.chars() {
            let digit = match character {
                '0'..='9' => i64::from(u32::from(character) - u32::from('0')),
                '０'..='９' => i64::from(u32::from(character) - u32::from('０')),
                '.' | '．' | '。' if !seen_point => {
                    seen_point = true;
                    continue;
                }
                _ => return Err(NotAQuantity::NotANumber),
            };
            seen_digit = true;
            if !seen_point {
                whole_digits += usize::from(whole_digits > 0 || digit > 0);
                if whole_digits > MAX_WHOLE_DIGITS {
                    return Err(NotAQuantity::TooLarge);
                }
                whole = whole * 10 + digit;
            } else if decimal_digits < DECIMALS {
                decimal_digits += 1;
                decimals = decimals * 10 + digit;
            } else if digit > 0 {
                return Err(NotAQuantity::TooFine);
            }
        }
        if !seen_digit {
            return Err(NotAQuantity::NotANumber);
        }
        for _ in decimal_digits..DECIMALS {
            decimals *= 10;
        }
        let thousandths = whole * 1000 + decimals;
        Ok(Self(if negative { -thousandths } else { thousandths }))
    }
}

impl fmt::Display for Quantity {
    /// Without needless zeros: `12.5`, `-0.25`, `3`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, mut decimals) = (self.0.abs() / 1000, self.0.abs() % 1000);
        write!(f, "{sign}{whole}")?;
        if decimals == 0 {
            return Ok(());
        }
        let mut width = DECIMALS;
        while decimals % 10 == 0 {
            decimals /= 10;
            width -= 1;
        }
        write!(f, ".{decimals:0width$}")
    }
}

impl fmt::Debug for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Quantity {
    type Err = NotAQuantity;

    fn from_str(text: &str) -> Result<Self, NotAQuantity> {
        let quantity = Self::from_typed(text)?;
        if quantity.to_string() == text { Ok(quantity) } else { Err(NotAQuantity::OtherSpelling) }
    }
}

impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::spelling::parsed_from_str(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_is_read() {
        for (typed, printed) in [
            ("12.5", "12.5"),
            ("１２", "12"),
            ("-3", "-3"),
            ("－３．２５", "-3.25"),
            ("−1", "-1"),
            ("+7", "7"),
            ("\u{3000}36。6\u{3000}", "36.6"),
            (".5", "0.5"),
            ("5.", "5"),
            ("007", "7"),
            ("-0", "0"),
            ("1.0050000", "1.005"),
            ("0.001", "0.001"),
            ("000000000000012", "12"),
            ("999999999.999", "999999999.999"),
        ] {
            assert_eq!(
                Quantity::from_typed(typed).map(|it| it.to_string()),
                Ok(printed.to_owned()),
                "{typed}"
            );
        }
    }

    #[test]
    fn what_is_not_a_number_is_refused_with_the_reason() {
        use NotAQuantity::*;
        for (typed, reason) in [
            ("", Empty),
            ("  ", Empty),
            ("-", NotANumber),
            (".", NotANumber),
            ("1,000", NotANumber),
            ("1.2.3", NotANumber),
            ("--1", NotANumber),
            ("1e3", NotANumber),
            ("十二", NotANumber),
            ("٣", NotANumber),
            ("1.0001", TooFine),
            ("1000000000", TooLarge),
            ("99999999999999999999999999", TooLarge),
        ] {
            assert_eq!(Quantity::from_typed(typed), Err(reason), "{typed}");
        }
    }

    #[test]
    fn a_record_holds_one_spelling_only() {
        for other in ["1.50", "+1", "01", "１", " 1", "1.", ".5", "-0"] {
            assert_eq!(other.parse::<Quantity>(), Err(NotAQuantity::OtherSpelling), "{other}");
        }
        assert_eq!(serde_json::to_string(&Quantity::whole(-3)).unwrap(), "\"-3\"");
        assert!(serde_json::from_str::<Quantity>("3").is_err());
        assert_eq!(Quantity::whole(i32::MIN).to_string(), "-999999999");
    }
}
