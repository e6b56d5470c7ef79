//! Coarse words 粗话 in what everybody reads: covered where it is shown. In the ledger they stay as they were written.
//!
//! No office publishes such a list, so this one is ours, and short: only what hardly means anything else stands in it. 操 alone is
//! in 操作, and 他妈的 may be followed by somebody's mother's wheelchair. Whoever publishes sees beforehand what will be covered.

use super::own_words::COVER;

/// Chinese ones, wherever they stand.
const CHINESE: [&str; 17] = [
    "傻逼",
    "傻叉",
    "肏",
    "屄",
    "鸡巴",
    "草泥马",
    "操你妈",
    "操他妈",
    "操你大爷",
    "狗日的",
    "狗娘养",
    "狗杂种",
    "王八蛋",
    "王八羔子",
    "臭婊子",
    "婊子养",
    "滚你妈的",
];

/// English ones, as words of their own: Scunthorpe is a town.
const ENGLISH: [&str; 9] =
    ["fuck", "fucker", "fucking", "motherfucker", "shit", "bullshit", "bitch", "asshole", "cunt"];

/// Whether a character may stand inside of a word that wants to be overlooked.
const fn parts_a_word(character: char) -> bool {
    matches!(character, ' ' | '　' | '.' | '·' | '-' | '_' | COVER)
}

/// The same text with the letters of coarse words covered, of as many characters.
pub(super) fn seemly(text: &str) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let letters: Vec<usize> = (0..characters.len()).filter(|at| !parts_a_word(characters[*at])).collect();
    for begin in 0..letters.len() {
        let most = longest(&characters, &letters[begin..]);
        for at in &letters[begin..begin + most] {
            characters[*at] = COVER;
        }
    }
    characters.into_iter().collect()
}

/// How many letters the longest coarse word has that begins with the first of these; 0 when none does.
fn longest(characters: &[char], letters: &[usize]) -> usize {
    let begins = |word: &str| {
        let mut here = letters.iter().map(|at| characters[*at].to_ascii_lowercase());
        word.chars().all(|it| here.next() == Some(it))
    };
    let is_letter =
        |at: Option<usize>| at.and_then(|at| characters.get(at)).is_some_and(char::is_ascii_alphanumeric);
    let stands_alone = |word: &str| {
        let (first, last) = (letters[0], letters[word.len() - 1]);
        !is_letter(first.checked_sub(1)) && !is_letter(Some(last + 1))
    };
    let chinese = CHINESE.into_iter().filter(|word| begins(word));
    let english = ENGLISH.into_iter().filter(|word| begins(word) && stands_alone(word));
    chinese.chain(english).map(|word| word.chars().count()).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coarse_words_are_covered_however_they_are_parted_and_others_stay() {
        for (text, expected) in [
            ("保安骂人“傻逼”，已教育", "保安骂人“**”，已教育"),
            ("傻 逼、狗-日·的", "* *、*-*·*"),
            ("王八蛋王八羔子", "*******"),
            ("What the FUCK, bull shit", "What the ****, **** ****"),
            ("f.u.c.k", "*.*.*.*"),
            ("Scunthorpe, Shitake, fuckx", "Scunthorpe, Shitake, fuckx"),
            (
                "正在操作，做早操；他妈的轮椅坏了；他妈逼他吃药",
                "正在操作，做早操；他妈的轮椅坏了；他妈逼他吃药",
            ),
            ("灭火器 3 具 - 已换", "灭火器 3 具 - 已换"),
            ("", ""),
        ] {
            assert_eq!(seemly(text), expected);
            assert_eq!(seemly(expected), expected, "what is covered stays as it is");
        }
    }
}
