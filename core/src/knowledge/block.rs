//! What of Markdown is shown: a tree that has no place for HTML, for pictures from elsewhere, and for links that are no web pages.

use std::fmt;

use super::picture::Figure;

/// A part of a text that stands by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// 小标题
    Heading(Heading, Vec<Inline>),
    /// 段落
    Paragraph(Vec<Inline>),
    /// 列表, whose lines bear no numbers.
    List(Vec<Vec<Block>>),
    /// 编号列表
    Numbered {
        /// The first number.
        from: u64,
        /// The lines.
        lines: Vec<Vec<Block>>,
    },
    /// 引用
    Quote(Vec<Block>),
    /// 插图: one of the version's own pictures. It stands below the paragraph or heading in which the text names it.
    Picture(Figure),
    /// A text whose spaces and lines are shown as they are.
    Verbatim(String),
    /// 分隔线
    Rule,
}

/// How deep a heading stands below the article's title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Heading {
    /// `#`
    First,
    /// `##`
    Second,
    /// `###` and all below.
    Third,
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Characters as they are, HTML among them.
    Text(String),
    /// 加粗
    Strong(Vec<Inline>),
    /// 强调
    Emphasis(Vec<Inline>),
    /// A text as somebody has to type it.
    Code(String),
    /// 链接
    Link(WebAddress, Vec<Inline>),
    /// A new line.
    Break,
}

/// A text that is no address of a web page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "an address begins with http:// or https:// and a host, has no spaces and no user, and at most 500 bytes"
)]
pub struct NotAWebAddress;

/// The address of a web page 网址: `http` or `https`, with a host that people can read beside the link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebAddress {
    text: String,
    host: std::ops::Range<usize>,
}

impl WebAddress {
    /// The longest one, in bytes.
    pub const MAX_BYTES: usize = 500;

    /// Takes an address in.
    ///
    /// # Errors
    /// [`NotAWebAddress`].
    ///
    /// ```
    /// use xunan_core::knowledge::WebAddress;
    ///
    /// assert_eq!(WebAddress::of("https://www.mem.gov.cn/kp/").unwrap().host(), "www.mem.gov.cn");
    /// assert!(WebAddress::of("javascript:alert(1)").is_err());
    /// assert!(WebAddress::of("https://www.mem.gov.cn@elsewhere.example/").is_err());
    /// ```
    pub fn of(text: &str) -> Result<Self, NotAWebAddress> {
        let scheme = |name: &str| text.get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name));
        let begin = ["https://", "http://"].into_iter().find(|it| scheme(it)).ok_or(NotAWebAddress)?.len();
        let length = text[begin..].find(['/', '?', '#']).unwrap_or(text.len() - begin);
        let host = &text[begin..begin + length];
        // A browser reads a backslash as a slash, and shows other hosts than these by other letters.
        let is_host = !host.is_empty()
            && host.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'.' | b'-' | b':'));
        let is_plain = text.chars().all(|it| !it.is_control() && !it.is_whitespace() && it != '\\');
        if text.len() > Self::MAX_BYTES || !is_host || !is_plain {
            return Err(NotAWebAddress);
        }
        Ok(Self { text: text.to_owned(), host: begin..begin + length })
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The host, with its port where one is named.
    pub fn host(&self) -> &str {
        &self.text[self.host.clone()]
    }
}

impl fmt::Display for WebAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The first characters of a text without its marks, at most `most`: what a list shows of it.
pub fn beginning(blocks: &[Block], most: usize) -> String {
    let mut told = String::new();
    tell_blocks(blocks, &mut told);
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    if told.chars().count() <= most {
        return told;
    }
    told.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

fn tell_blocks(blocks: &[Block], told: &mut String) {
    for block in blocks {
        match block {
            Block::Heading(_, inside) | Block::Paragraph(inside) => tell(inside, told),
            Block::List(lines) | Block::Numbered { lines, .. } => {
                lines.iter().for_each(|line| tell_blocks(line, told));
            }
            Block::Quote(inside) => tell_blocks(inside, told),
            Block::Picture(figure) => told.push_str(figure.words.as_str()),
            Block::Verbatim(text) => told.push_str(text),
            Block::Rule => {}
        }
        told.push(' ');
    }
}

/// What parts of a line say without their marks, on one line.
pub(super) fn words_of(inside: &[Inline]) -> String {
    let mut told = String::new();
    tell(inside, &mut told);
    told
}

fn tell(inside: &[Inline], told: &mut String) {
    for part in inside {
        match part {
            Inline::Text(text) | Inline::Code(text) => told.push_str(text),
            Inline::Strong(inside) | Inline::Emphasis(inside) | Inline::Link(_, inside) => tell(inside, told),
            Inline::Break => told.push(' '),
        }
    }
}
