//! How words are found in Chinese, which has no spaces to cut words at: what is indexed is each character and each pair of
//! neighbouring ones. A search for 安全出口 asks for what has 安全, 全出 and 出口, and then reads that.

use std::collections::BTreeSet;

use xunan_core::region::DivisionCode;

/// Characters and pairs of neighbouring characters, as the index spells them: by their numbers, since its tokenizer knows
/// letters and figures alone.
pub(super) fn characters_and_pairs(words: &str) -> BTreeSet<String> {
    let characters = words.chars().map(|it| format!("{:x}", it as u32));
    characters.chain(pairs(words)).collect()
}

fn pairs(words: &str) -> impl Iterator<Item = String> {
    words.chars().zip(words.chars().skip(1)).map(|(one, next)| format!("{:x}x{:x}", one as u32, next as u32))
}

/// A division in the index: no character is spelt so.
pub(super) fn division_gram(division: &DivisionCode) -> String {
    format!("z{division}")
}

/// What the index is asked for: all of these, and all of `more`. A single character has no pairs.
pub(super) fn question(words: &str, more: impl IntoIterator<Item = String>) -> String {
    let mut grams: BTreeSet<String> = pairs(words).collect();
    if grams.is_empty() {
        grams = characters_and_pairs(words);
    }
    grams.extend(more);
    grams.into_iter().collect::<Vec<_>>().join(" AND ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_the_words_has_all_that_the_index_is_asked_for() {
        let division: DivisionCode = "999901".parse().unwrap();
        let text = "疏散门上锁 b-2\n一楼 & 仓库 «é»\u{1f525}";
        let mut grams = characters_and_pairs(text);
        grams.insert(division_gram(&division));
        let characters: Vec<char> = text.chars().collect();
        for from in 0..characters.len() {
            for until in from + 1..=characters.len() {
                let words: String = characters[from..until].iter().collect();
                let asked = question(&words, [division_gram(&division)]);
                assert!(asked.split(" AND ").all(|gram| grams.contains(gram)), "{words}: {asked}");
                assert!(asked.chars().all(|it| it.is_ascii_alphanumeric() || it == ' '), "{asked}");
            }
        }
        let other = question("门锁", [division_gram(&division)]);
        assert!(other.split(" AND ").any(|gram| !grams.contains(gram)));
    }
}
