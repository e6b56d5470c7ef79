//! The tree of administrative divisions 行政区划: province, prefecture, county, township, village.
//!
//! A division is written by the digits of GB/T 2260 (2+2+2), GB/T 10114 (+3) and the statistical village code
//! (+3). The prefix is the parent, so "is it in my region" is a comparison of prefixes. Real codes change and
//! pseudo-zones exist (`domain` sources): any digits of a valid length are accepted.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A division's code: 2, 4, 6, 9 or 12 digits, most significant first. The whole country is the empty code.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DivisionCode(String);

/// A text that is not a division code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a division code: 0, 2, 4, 6, 9 or 12 digits are needed")]
pub struct NotADivision;

/// How deep in the tree a division stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// 全国
    Country,
    /// 省
    Province,
    /// 市
    Prefecture,
    /// 县（区）
    County,
    /// 乡镇（街道）
    Township,
    /// 村（社区）
    Village,
}

/// How many digits the levels have, from the country down.
const LENGTHS: [usize; 6] = [0, 2, 4, 6, 9, 12];

impl DivisionCode {
    /// The whole country.
    pub const fn country() -> Self {
        Self(String::new())
    }

    /// True when `other` is this division or lies inside it.
    pub fn contains(&self, other: &DivisionCode) -> bool {
        other.0.starts_with(&self.0)
    }

    /// This division and all in which it lies, the country first.
    pub fn ancestors(&self) -> impl Iterator<Item = DivisionCode> + '_ {
        LENGTHS.iter().filter_map(|length| self.0.get(..*length)).map(|digits| Self(digits.to_owned()))
    }

    /// The smallest division in which both lie.
    pub fn in_common(&self, other: &DivisionCode) -> DivisionCode {
        self.ancestors().filter(|above| above.contains(other)).last().unwrap_or_else(Self::country)
    }

    /// This division, or the one of that level in which it lies.
    pub fn within(&self, level: Level) -> DivisionCode {
        self.ancestors().filter(|above| above.level() <= level).last().unwrap_or_else(Self::country)
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How deep it stands.
    pub fn level(&self) -> Level {
        match self.0.len() {
            0 => Level::Country,
            2 => Level::Province,
            4 => Level::Prefecture,
            6 => Level::County,
            9 => Level::Township,
            _ => Level::Village,
        }
    }
}

impl FromStr for DivisionCode {
    type Err = NotADivision;

    fn from_str(text: &str) -> Result<Self, NotADivision> {
        let right_length = LENGTHS.contains(&text.len());
        if right_length && text.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotADivision)
        }
    }
}

impl fmt::Display for DivisionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for DivisionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DivisionCode({})", self.0)
    }
}

impl Serialize for DivisionCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for DivisionCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::spelling::parsed_from_str(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_division_contains_itself_and_what_lies_inside() {
        let code = |text: &str| text.parse::<DivisionCode>().unwrap();
        for (outer, inner, inside) in [
            ("", "371526", true),
            ("37", "371526", true),
            ("371526", "371526", true),
            ("371526", "371526001", true),
            ("371526", "371525", false),
            ("371526001", "371526", false),
            ("3715", "3716", false),
        ] {
            assert_eq!(code(outer).contains(&code(inner)), inside, "{outer} {inner}");
        }
    }

    #[test]
    fn its_ancestors_are_those_that_contain_it_and_itself() {
        let code = |text: &str| text.parse::<DivisionCode>().unwrap();
        let above: Vec<String> = code("371526001").ancestors().map(|it| it.to_string()).collect();
        assert_eq!(above, ["", "37", "3715", "371526", "371526001"]);
        assert!(code("371526001").ancestors().all(|it| it.contains(&code("371526001"))));
    }

    #[test]
    fn a_division_is_told_no_finer_than_a_level() {
        for (code, township) in
            [("371526001004", "371526001"), ("371526001", "371526001"), ("371526", "371526"), ("", "")]
        {
            let code: DivisionCode = code.parse().unwrap();
            assert_eq!(code.within(Level::Township).as_str(), township);
        }
    }

    #[test]
    fn two_divisions_have_the_smallest_one_around_them_in_common() {
        let code = |text: &str| text.parse::<DivisionCode>().unwrap();
        for (one, other, common) in [
            ("371526001", "371526002", "371526"),
            ("371526", "371526002", "371526"),
            ("371526", "371526", "371526"),
            ("371526", "371601", "37"),
            ("371526", "110101", ""),
            ("", "371526", ""),
        ] {
            assert_eq!(code(one).in_common(&code(other)), code(common), "{one} {other}");
            assert_eq!(code(other).in_common(&code(one)), code(common), "{other} {one}");
        }
    }

    #[test]
    fn only_digits_of_a_known_length_are_a_division() {
        for bad in ["1", "123", "37152", "3715260", "37152A", "３７", "3715260010011"] {
            assert_eq!(bad.parse::<DivisionCode>(), Err(NotADivision), "{bad}");
        }
        assert_eq!("371526001".parse::<DivisionCode>().unwrap().level(), Level::Township);
    }
}
