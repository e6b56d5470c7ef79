//! What a citizen writes in own words: bounded, and without telephone or identity numbers.
//!
//! An entry is for ever, so what must be forgettable is never in it. Names cannot be told from other words; numbers can.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use super::coarse_words::seemly;

/// Digits from which on a row of them is taken for somebody's number: telephones in towns have seven, mobile ones eleven,
/// identity cards eighteen. Amounts, dates and house numbers have fewer.
const NUMBER_DIGITS: usize = 7;

/// What stands in the place of a digit.
pub(super) const COVER: char = '*';

/// A text in somebody's own words 自述, at most [`OwnWords::MAX_CHARS`] characters, trimmed, with the digits of long numbers
/// covered. Written as the text that it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct OwnWords(String);

/// A text of more than [`OwnWords::MAX_CHARS`] characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("more than {} characters", OwnWords::MAX_CHARS)]
pub struct TooLong;

impl OwnWords {
    /// Characters, at most: half a page of A4.
    pub const MAX_CHARS: usize = 1000;

    /// Takes a text in. Control characters but line breaks are left out.
    ///
    /// # Errors
    /// [`TooLong`].
    ///
    /// ```
    /// use xunan_core::snap::OwnWords;
    ///
    /// let words = OwnWords::of(" 三楼 305 门锁了，电话 138-0000-0000 ").unwrap();
    /// assert_eq!(words.as_str(), "三楼 305 门锁了，电话 ***-****-****");
    /// ```
    pub fn of(text: &str) -> Result<Self, TooLong> {
        let kept: String =
            text.replace("\r\n", "\n").chars().filter(|it| *it == '\n' || !it.is_control()).collect();
        let trimmed = kept.trim();
        if trimmed.chars().count() > Self::MAX_CHARS {
            return Err(TooLong);
        }
        Ok(Self(covered(trimmed)))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same for everybody to read: with coarse words covered.
    pub(super) fn seemly(&self) -> Self {
        Self(seemly(&self.0))
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for OwnWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for OwnWords {
    /// Only what [`OwnWords::of`] would have written is read: an entry cannot bring in what a form could not.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let words = Self::of(&text).map_err(serde::de::Error::custom)?;
        if words.0 == text { Ok(words) } else { Err(serde::de::Error::custom("a number is not covered")) }
    }
}

/// Whether a character may stand inside of a number as people write it.
const fn parts_digits(character: char) -> bool {
    matches!(character, '-' | ' ' | '.' | '·' | '－' | '　' | '(' | ')' | '（' | '）')
}

/// The same text, with the digits of long numbers covered.
fn covered(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let is_digit = |at: usize| characters.get(at).is_some_and(|it| it.is_numeric());
    let mut covered = characters.clone();
    let mut at = 0;
    while at < characters.len() {
        if !is_digit(at) {
            at += 1;
            continue;
        }
        let (begin, mut digits) = (at, 0);
        // One character between digits does not end a number.
        while is_digit(at) || (characters.get(at).is_some_and(|it| parts_digits(*it)) && is_digit(at + 1)) {
            digits += usize::from(is_digit(at));
            at += 1;
        }
        if digits >= NUMBER_DIGITS {
            for character in &mut covered[begin..at] {
                if character.is_numeric() {
                    *character = COVER;
                }
            }
        }
    }
    covered.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_numbers_are_covered_and_others_stay() {
        for (text, expected) in [
            ("3 楼 305 室，2026-11", "3 楼 305 室，2026-11"),
            ("电话13800000000", "电话***********"),
            ("138 0000 0000", "*** **** ****"),
            ("（0635）8230000", "（****）*******"),
            ("身份证 37152619900101123X", "身份证 *****************X"),
            ("１３８００００００００", "***********"),
            ("罚 50000 元", "罚 50000 元"),
        ] {
            assert_eq!(OwnWords::of(text).unwrap().as_str(), expected);
        }
    }

    #[test]
    fn what_was_covered_is_read_again_and_a_bare_number_is_not() {
        let words = OwnWords::of("请打 13800000000\r\n谢谢\u{0}").unwrap();
        assert_eq!(words.as_str(), "请打 ***********\n谢谢");
        let json = serde_json::to_string(&words).unwrap();
        assert_eq!(serde_json::from_str::<OwnWords>(&json).unwrap(), words);
        assert!(serde_json::from_str::<OwnWords>("\"13800000000\"").is_err());
        assert_eq!(OwnWords::of(&"字".repeat(OwnWords::MAX_CHARS + 1)), Err(TooLong));
    }
}
