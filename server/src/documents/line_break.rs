//! Where a line of Chinese may end: anywhere, but not before a closing mark, not after an opening one, and not inside a
//! word or a number in Latin letters (GB/T 15834: 标点符号不出现在行首).

/// Marks that do not begin a line.
const NOT_FIRST: &str = "，。、；：？！）》〕】」』”’…%％℃,.;:?!)]}";
/// Marks that do not end one.
const NOT_LAST: &str = "（《〔【「『“‘([{";

/// Breaks a text into lines that are at most so wide. `indent` is taken from the first.
pub(super) fn lines(text: &str, width: f32, indent: f32, wide: impl Fn(char) -> f32) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let (mut lines, mut start, mut room) = (Vec::new(), 0, width - indent);
    while start < characters.len() {
        let (mut end, mut used) = (start, 0.0);
        while end < characters.len() && characters[end] != '\n' && used + wide(characters[end]) <= room {
            used += wide(characters[end]);
            end += 1;
        }
        let hard = characters.get(end) == Some(&'\n');
        if end < characters.len() && !hard {
            end = allowed(&characters, start, end);
        }
        lines.push(characters[start..end].iter().collect());
        start = if hard { end + 1 } else { end };
        room = width;
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

/// The last place not behind `end` where a line may end; `end` itself when the line has none, and never an empty line.
fn allowed(characters: &[char], start: usize, end: usize) -> usize {
    let latin = |character: char| character.is_ascii_alphanumeric();
    let may_end = |at: usize| {
        let (last, next) = (characters[at - 1], characters[at]);
        let torn = latin(last) && latin(next);
        !NOT_FIRST.contains(next) && !NOT_LAST.contains(last) && !torn
    };
    let least = start + 1;
    (least..=end).rev().find(|at| may_end(*at)).unwrap_or_else(|| end.max(least))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_marks_and_numbers_together() {
        for (text, room, expected) in [
            ("疏散门上锁。", 6.0, vec!["疏散门上锁。"]),
            ("疏散门上锁。", 5.0, vec!["疏散门上", "锁。"]),
            ("见（甲）项", 3.0, vec!["见", "（甲）", "项"]),
            ("共2026年", 3.0, vec!["共", "202", "6年"]),
            ("甲\n乙", 9.0, vec!["甲", "乙"]),
            ("", 9.0, vec![""]),
        ] {
            assert_eq!(lines(text, room, 0.0, |_| 1.0), expected, "{text}");
        }
    }
}
