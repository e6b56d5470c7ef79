//! How a text names its pictures, changed as text: whoever writes sees what was done.

use xunan_core::knowledge::{PictureNumber, Pictures};

/// Puts a picture below the line in which somebody writes, or at the end; `at` is counted as browsers count, in UTF-16.
pub(super) fn inserted(text: &str, at: Option<usize>, words: &str, number: PictureNumber) -> String {
    let written = at.map_or(text.len(), |at| byte_of(text, at));
    let end = text[written..].find('\n').map_or(text.len(), |line| written + line);
    let (before, after) = (text[..end].trim_end(), text[end..].trim_start_matches(['\n', '\r']));
    let picture = format!("![{}]({number})", plain(words));
    let parts = [before, &picture, after];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// Without a picture that is taken away: nothing names it, and those behind it move up by one.
pub(super) fn without(text: &str, number: PictureNumber) -> String {
    let mut left = text.to_owned();
    while let Some((from, to)) = place_of(&left, number) {
        left.replace_range(from..to, "");
    }
    let behind = (number.place() + 1..Pictures::MOST).filter_map(PictureNumber::at);
    for (place, later) in (number.place()..).zip(behind) {
        if let Some(earlier) = PictureNumber::at(place) {
            left = left.replace(&format!("]({later})"), &format!("]({earlier})"));
        }
    }
    left
}

/// Whether the text names a picture.
pub(super) fn names(text: &str, number: PictureNumber) -> bool {
    text.contains(&format!("]({number})"))
}

/// From where to where `![words](图N)` stands.
fn place_of(text: &str, number: PictureNumber) -> Option<(usize, usize)> {
    let end = format!("]({number})");
    let at = text.find(&end)?;
    let from = text[..at].rfind("![").unwrap_or(at);
    Some((from, at + end.len()))
}

/// Words without what Markdown would read as the end of them.
fn plain(words: &str) -> String {
    let shown = words.trim().chars().map(|it| match it {
        '[' => '［',
        ']' => '］',
        '\\' => '＼',
        other => other,
    });
    shown.collect()
}

/// The byte at which so many units of UTF-16 end; the end of the text when it has fewer.
fn byte_of(text: &str, units: usize) -> usize {
    let mut passed = 0;
    for (at, character) in text.char_indices() {
        if passed >= units {
            return at;
        }
        passed += character.len_utf16();
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> PictureNumber {
        PictureNumber::read(text).unwrap()
    }

    #[test]
    fn a_picture_goes_below_the_line_in_which_somebody_writes() {
        for (text, at, expected) in [
            ("", None, "![表](图1)"),
            ("甲", None, "甲\n\n![表](图1)"),
            ("甲\n\n", None, "甲\n\n![表](图1)"),
            ("甲乙\n丙", Some(1), "甲乙\n\n![表](图1)\n\n丙"),
            ("甲乙\n\n丙", Some(2), "甲乙\n\n![表](图1)\n\n丙"),
            ("甲", Some(99), "甲\n\n![表](图1)"),
            ("🔥甲\n乙", Some(2), "🔥甲\n\n![表](图1)\n\n乙"),
            ("\n甲", Some(0), "![表](图1)\n\n甲"),
        ] {
            assert_eq!(inserted(text, at, " 表 ", number("图1")), expected, "{text:?} at {at:?}");
        }
        assert_eq!(inserted("", None, "[绿]\\区", number("图2")), "![［绿］＼区](图2)");
    }

    #[test]
    fn what_is_taken_away_is_named_nowhere_and_the_later_ones_move_up() {
        let text = "甲 ![一](图1)\n\n![二](图2)\n\n![三](图3) 与 ![又二](图2)，![十](图10)";
        assert_eq!(without(text, number("图2")), "甲 ![一](图1)\n\n\n\n![三](图2) 与 ，![十](图9)");
        assert_eq!(without("![一](图1)", number("图1")), "");
        assert_eq!(without("没有", number("图1")), "没有");
        assert!(names(text, number("图10")) && !names(text, number("图4")));
        assert!(!names("![一](图10)", number("图1")));
    }
}
