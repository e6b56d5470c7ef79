//! The texts of an article: bounded, trimmed, and each with one spelling.

use serde::{Deserialize, Deserializer, Serialize};

/// A text that says nothing, is too long, or has several lines where one is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("empty, too long, or of several lines where one is needed")]
pub struct NotWritten;

/// How many lines a text may have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lines {
    One,
    Many,
}

/// Trimmed, with plain line breaks and without other control characters.
fn written(text: &str, most: usize, lines: Lines) -> Result<String, NotWritten> {
    let kept: String =
        text.replace("\r\n", "\n").chars().filter(|it| *it == '\n' || !it.is_control()).collect();
    let trimmed = kept.trim();
    let fits = !trimmed.is_empty()
        && trimmed.chars().count() <= most
        && (lines == Lines::Many || !trimmed.contains('\n'));
    if fits { Ok(trimmed.to_owned()) } else { Err(NotWritten) }
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident: $lines:ident, $(#[$most_doc:meta])* $most:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            $(#[$most_doc])*
            pub const MAX_CHARS: usize = $most;

            /// Takes a text in.
            ///
            /// # Errors
            /// [`NotWritten`].
            pub fn of(text: &str) -> Result<Self, NotWritten> {
                written(text, Self::MAX_CHARS, Lines::$lines).map(Self)
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl<'de> Deserialize<'de> for $name {
            /// Reads what [`Self::of`] would have written, and nothing else: an entry cannot bring in what a form could not.
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                let words = Self::of(&text).map_err(serde::de::Error::custom)?;
                if words.0 == text { Ok(words) } else { Err(serde::de::Error::custom("spelt otherwise")) }
            }
        }
    )*};
}

words! {
    /// An article's title 标题: one line of 1 to [`ArticleTitle::MAX_CHARS`] characters.
    ArticleTitle: One,
    /// Characters, at most: three lines of a phone.
    60;
    /// What an article says 正文: Markdown of 1 to [`ArticleText::MAX_CHARS`] characters.
    ArticleText: Many,
    /// Characters, at most: some ten pages of A4, and less than a tenth of what an entry may have.
    20_000;
    /// What a picture shows 图片说明: one line of 1 to [`PictureWords::MAX_CHARS`] characters, for whoever does not see it.
    PictureWords: One,
    /// Characters, at most: two breaths of whoever reads it aloud.
    100;
    /// What is asked 题目: one line of 1 to [`QuestionWords::MAX_CHARS`] characters.
    QuestionWords: One,
    /// Characters, at most.
    200;
    /// One answer to choose 选项: one line of 1 to [`ChoiceWords::MAX_CHARS`] characters.
    ChoiceWords: One,
    /// Characters, at most.
    100;
    /// Why the right answer is right 解析: 1 to [`WhyWords::MAX_CHARS`] characters.
    WhyWords: Many,
    /// Characters, at most.
    400;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_trimmed_bounded_and_read_as_it_was_written() {
        assert_eq!(ArticleTitle::of(" 电动车不进楼\u{0} ").unwrap().as_str(), "电动车不进楼");
        assert_eq!(ArticleText::of("一\r\n二").unwrap().as_str(), "一\n二");
        let most = ArticleTitle::MAX_CHARS;
        assert!(ArticleTitle::of(&"字".repeat(most)).is_ok());
        for bad in ["", " \n ", "一\n二", &"字".repeat(most + 1)] {
            assert_eq!(ArticleTitle::of(bad), Err(NotWritten), "{bad}");
        }
        assert!(serde_json::from_str::<ArticleTitle>("\"电动车\"").is_ok());
        for bad in ["\" 电动车\"", "\"\"", "\"电\\u0007动车\"", "7"] {
            assert!(serde_json::from_str::<ArticleTitle>(bad).is_err(), "{bad}");
        }
    }
}
