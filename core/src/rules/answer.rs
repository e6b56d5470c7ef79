//! What an item asks, and what an inspector answers.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::quantity::Quantity;
use super::source::Table;
use crate::clock::Date;
use crate::facility::FacilityType;

/// What an inspector answers to an item.
///
/// Written as `"pass"`, `{"number":"12.5"}`, `{"date":"2026-11-22"}`. Any answer can be given to any item;
/// [`grade`](super::grade) says when one does not settle it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// 合格. Settles three-way items, and numbers whose threshold the jurisdiction has not set.
    Pass,
    /// 不合格. Settles every item: a record that does not exist has neither number nor date.
    Fail,
    /// 不适用.
    NotApplicable,
    /// A measured value, compared with the item's threshold.
    Number(Quantity),
    /// A measured value with the inspector's own ruling, for a threshold that is not set. Where the pack has a
    /// threshold, the threshold decides and the ruling is ignored.
    Judged {
        /// What was measured.
        value: Quantity,
        /// What the inspector says about it.
        ruling: Ruling,
    },
    /// A date: of the last check, or until when something is valid.
    Date(Date),
}

/// An inspector's own word on a value that no threshold settles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ruling {
    /// 合格
    Pass,
    /// 不合格
    Fail,
}

/// What kind of answer an item asks for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerKind {
    /// 合格、不合格、不适用.
    Tri,
    /// A number with a threshold.
    Number(NumberRule),
    /// A date with a rule of validity.
    Date(DateRule),
}

/// What a number means and when it passes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberRule {
    /// What is counted or measured.
    pub unit: Unit,
    /// When it passes.
    pub pass: Threshold,
    /// Where some types of facility have another threshold.
    #[serde(default)]
    pub pass_by_type: Table<FacilityType, Threshold>,
}

impl NumberRule {
    /// The threshold for a type of facility.
    pub fn threshold(&self, facility_type: FacilityType) -> Threshold {
        self.pass_by_type.get(&facility_type).copied().unwrap_or(self.pass)
    }
}

/// What a number counts or measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// 小时
    Hour,
    /// 天
    Day,
    /// 个月
    Month,
    /// 次
    Times,
    /// 人
    People,
    /// 百分比
    Percent,
    /// 克
    Gram,
    /// 摄氏度
    Celsius,
    /// 1 比 n
    OneTo,
}

impl Unit {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Hour,
        Self::Day,
        Self::Month,
        Self::Times,
        Self::People,
        Self::Percent,
        Self::Gram,
        Self::Celsius,
        Self::OneTo,
    ];

    /// Whether a value makes sense in this unit: shares from 0 to 100, whole people and times, nothing but
    /// temperatures below zero. The temperature of a refrigerator cannot leave -100 to 200 ℃ unnoticed.
    pub fn admits(self, value: Quantity) -> bool {
        let within = |low, high| (Quantity::whole(low)..=Quantity::whole(high)).contains(&value);
        match self {
            Self::Percent => within(0, 100),
            Self::Celsius => within(-100, 200),
            Self::Times | Self::People => value >= Quantity::ZERO && value.is_whole(),
            Self::Hour | Self::Day | Self::Month | Self::Gram | Self::OneTo => value >= Quantity::ZERO,
        }
    }
}

/// When a number passes.
///
/// Written as its bound (`<=2`, `0..8`) or `configurable`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Threshold {
    /// The pack has a bound.
    Set(Bound),
    /// No source gives one: the jurisdiction sets it in an edition of its own. Until then the inspector rules.
    Configurable,
}

/// A bound on a number, both ends included unless the sign says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    /// `<=n`
    AtMost(Quantity),
    /// `>=n`
    AtLeast(Quantity),
    /// `<n`
    Below(Quantity),
    /// `>n`
    Above(Quantity),
    /// `==n`
    Exactly(Quantity),
    /// `low..high`
    Between(Quantity, Quantity),
}

/// A text that is not a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a bound: <=n, >=n, <n, >n, ==n or low..high is needed, low not above high")]
pub struct NotABound;

impl Bound {
    /// Whether a value lies within.
    pub fn admits(self, value: Quantity) -> bool {
        match self {
            Self::AtMost(limit) => value <= limit,
            Self::AtLeast(limit) => value >= limit,
            Self::Below(limit) => value < limit,
            Self::Above(limit) => value > limit,
            Self::Exactly(wanted) => value == wanted,
            Self::Between(low, high) => (low..=high).contains(&value),
        }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtMost(limit) => write!(f, "<={limit}"),
            Self::AtLeast(limit) => write!(f, ">={limit}"),
            Self::Below(limit) => write!(f, "<{limit}"),
            Self::Above(limit) => write!(f, ">{limit}"),
            Self::Exactly(wanted) => write!(f, "=={wanted}"),
            Self::Between(low, high) => write!(f, "{low}..{high}"),
        }
    }
}

impl FromStr for Bound {
    type Err = NotABound;

    fn from_str(text: &str) -> Result<Self, NotABound> {
        let number = |text: &str| text.parse::<Quantity>().map_err(|_| NotABound);
        if let Some((low, high)) = text.split_once("..") {
            let (low, high) = (number(low)?, number(high)?);
            return if low <= high { Ok(Self::Between(low, high)) } else { Err(NotABound) };
        }
        // Two-character signs first: `<=2` also begins with `<`.
        if let Some(limit) = text.strip_prefix("<=") {
            number(limit).map(Self::AtMost)
        } else if let Some(limit) = text.strip_prefix(">=") {
            number(limit).map(Self::AtLeast)
        } else if let Some(wanted) = text.strip_prefix("==") {
            number(wanted).map(Self::Exactly)
        } else if let Some(limit) = text.strip_prefix('<') {
            number(limit).map(Self::Below)
        } else if let Some(limit) = text.strip_prefix('>') {
            number(limit).map(Self::Above)
        } else {
            Err(NotABound)
        }
    }
}

const CONFIGURABLE: &str = "configurable";

impl fmt::Display for Threshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Set(bound) => bound.fmt(f),
            Self::Configurable => f.write_str(CONFIGURABLE),
        }
    }
}

impl FromStr for Threshold {
    type Err = NotABound;

    fn from_str(text: &str) -> Result<Self, NotABound> {
        if text == CONFIGURABLE { Ok(Self::Configurable) } else { text.parse().map(Self::Set) }
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
written_as_text!(Bound, Threshold);

/// When a date passes, on the day of the inspection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateRule {
    /// It happened at most so many days ago; today counts as 0. A date to come does not settle the item.
    WithinDays(u16),
    /// It is today or later.
    NotExpired,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_survives_print_and_parse_and_knows_its_ends() {
        for (text, inside, outside) in [
            ("<=2", "2", "2.001"),
            (">=125", "125", "124.999"),
            ("<2", "1.999", "2"),
            (">50", "50.001", "50"),
            ("==0", "0", "0.001"),
            ("0..8", "8", "8.001"),
            ("-18..-15", "-15", "-14.999"),
        ] {
            let bound: Bound = text.parse().unwrap();
            assert_eq!(bound.to_string(), text);
            assert!(bound.admits(inside.parse().unwrap()), "{text} {inside}");
            assert!(!bound.admits(outside.parse().unwrap()), "{text} {outside}");
        }
        for bad in ["", "2", "<= 2", "=2", "<=", "8..0", "0..", "<=2.50", "configurable", "><2", "<=a"] {
            assert_eq!(bad.parse::<Bound>(), Err(NotABound), "{bad}");
        }
        assert_eq!("configurable".parse(), Ok(Threshold::Configurable));
    }

    #[test]
    fn a_value_that_its_unit_cannot_have_is_not_admitted() {
        for (unit, admitted, refused) in [
            (Unit::Percent, "100", "100.001"),
            (Unit::People, "3", "2.5"),
            (Unit::Times, "0", "-1"),
            (Unit::Celsius, "-18", "-101"),
            (Unit::Gram, "99.5", "-0.001"),
        ] {
            assert!(unit.admits(admitted.parse().unwrap()), "{unit:?} {admitted}");
            assert!(!unit.admits(refused.parse().unwrap()), "{unit:?} {refused}");
        }
    }

    #[test]
    fn answers_have_their_written_form() {
        for (answer, json) in [
            (Answer::Pass, r#""pass""#),
            (Answer::NotApplicable, r#""not_applicable""#),
            (Answer::Number("12.5".parse().unwrap()), r#"{"number":"12.5"}"#),
            (Answer::Date(Date::new(2026, 11, 22).unwrap()), r#"{"date":"2026-11-22"}"#),
            (
                Answer::Judged { value: Quantity::whole(12), ruling: Ruling::Fail },
                r#"{"judged":{"value":"12","ruling":"fail"}}"#,
            ),
        ] {
            assert_eq!(serde_json::to_string(&answer).unwrap(), json);
            assert_eq!(serde_json::from_str::<Answer>(json).unwrap(), answer);
        }
    }
}
