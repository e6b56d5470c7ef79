//! How somebody reads articles: in which language and how large. Both stand in the address, so that nothing is kept of anybody, and
//! every link of these pages bears them on.

use axum::http::HeaderMap;

use super::page::{Lang, escaped};
use super::plaza_page::in_question;

/// How large a text is 字号.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextSize {
    /// As on all pages: 18 px.
    Usual,
    /// 大字: a third larger.
    Large,
}

impl TextSize {
    /// As it stands in addresses; empty for the usual one.
    const fn name(self) -> &'static str {
        match self {
            Self::Usual => "",
            Self::Large => "large",
        }
    }
}

/// How somebody reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reader {
    pub(super) lang: Lang,
    pub(super) size: TextSize,
}

impl Reader {
    /// As the address says.
    pub(super) fn of(lang: Option<&str>, text: &str, headers: &HeaderMap) -> Self {
        let size = if text == TextSize::Large.name() { TextSize::Large } else { TextSize::Usual };
        Self { lang: Lang::of(lang, headers), size }
    }

    /// An address as it stands in HTML, for the same reader.
    pub(super) fn address(self, path: &str, more: &[(&str, &str)]) -> String {
        let own = [("lang", self.lang.name()), ("text", self.size.name())];
        let pairs: Vec<(&str, &str)> = own.into_iter().chain(more.iter().copied()).collect();
        format!("{path}?{}", in_question(&pairs))
    }

    /// A line that leads somewhere.
    pub(super) fn link(self, path: &str, more: &[(&str, &str)], words: &str) -> String {
        format!(
            "<p><a class=\"line-link\" href=\"{}\">{}</a></p>\n",
            self.address(path, more),
            escaped(words)
        )
    }

    /// What a form has to send along, so that its answer is for the same reader.
    pub(super) fn hidden(self) -> String {
        let field = |name: &str, value: &str| {
            if value.is_empty() {
                String::new()
            } else {
                format!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">\n")
            }
        };
        field("lang", self.lang.name()) + &field("text", self.size.name())
    }

    /// The same page in the other size, and in the other language.
    pub(super) fn otherwise(self, path: &str, more: &[(&str, &str)]) -> String {
        let (size, words) = match self.size {
            TextSize::Usual => (TextSize::Large, self.lang.pick("大字", "Large text")),
            TextSize::Large => (TextSize::Usual, self.lang.pick("普通字号", "Usual text")),
        };
        let (lang, name) = match self.lang {
            Lang::Zh => (Lang::En, "English"),
            Lang::En => (Lang::Zh, "中文"),
        };
        let sized = Self { size, ..self }.link(path, more, words);
        sized + &Self { lang, ..self }.link(path, more, name)
    }

    /// Content of a page, as large as it is wanted.
    pub(super) fn sized(self, content: &str) -> String {
        match self.size {
            TextSize::Usual => content.to_owned(),
            TextSize::Large => format!("<div class=\"large\">\n{content}</div>\n"),
        }
    }
}
