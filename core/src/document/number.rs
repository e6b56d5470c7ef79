//! Numbers: those of documents, and those of lines.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::kind::DocumentKind;
use crate::region::DivisionCode;

/// A series of numbers: one for each office, kind and year.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Series {
    /// The office's region.
    pub office: DivisionCode,
    /// The kind.
    pub kind: DocumentKind,
    /// The year of the documents.
    pub year: i32,
}

impl fmt::Display for Series {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.office, self.kind.code(), self.year)
    }
}

/// A number in Chinese numerals, as lines are counted: 一、二、…; above 9999 in digits.
///
/// ```
/// use xunan_core::document::chinese_number;
///
/// assert_eq!([1, 10, 12, 20, 34, 105, 110, 2026].map(chinese_number), [
///     "一", "十", "十二", "二十", "三十四", "一百零五", "一百一十", "二千零二十六",
/// ]);
/// ```
pub fn chinese_number(number: usize) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    if number == 0 || number > 9999 {
        return number.to_string();
    }
    let mut words = String::new();
    let mut skipped = false;
    for (unit, word) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = number / unit % 10;
        if digit == 0 {
            skipped = !words.is_empty();
            continue;
        }
        if skipped {
            words += DIGITS[0];
            skipped = false;
        }
        // 十二, not 一十二; but 一百一十二.
        if !(unit == 10 && digit == 1 && words.is_empty()) {
            words += DIGITS[digit];
        }
        words += word;
    }
    words
}
