//! How Markdown (CommonMark) becomes blocks. HTML in it is text like any other, of a picture its words are shown, and so is a link
//! that leads to no web page.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag};

use super::block::{Block, Heading, Inline, WebAddress};

/// How deep blocks and parts of lines may stand in each other. What is deeper is shown at this depth: a text of nothing but `>`
/// must not be as deep as it is long.
const DEEPEST: usize = 12;

/// What is shown of a text.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut reading = Reading { open: vec![Open::of(Kind::Whole)], too_deep: 0 };
    for event in Parser::new_ext(text, Options::empty()) {
        reading.take(event);
    }
    while reading.open.len() > 1 {
        reading.close();
    }
    reading.open.pop().map(Open::into_blocks).unwrap_or_default()
}

/// What a part is that is being read.
enum Kind {
    Whole,
    Paragraph,
    Heading(Heading),
    Quote,
    /// With its first number, where it has numbers.
    List(Option<u64>),
    Line,
    Verbatim,
    Strong,
    Emphasis,
    Link(WebAddress),
    /// Something that is shown by what is inside of it alone.
    Bare,
}

/// A part that is being read, with what it has so far.
struct Open {
    kind: Kind,
    blocks: Vec<Block>,
    inside: Vec<Inline>,
    lines: Vec<Vec<Block>>,
}

impl Open {
    const fn of(kind: Kind) -> Self {
        Self { kind, blocks: Vec::new(), inside: Vec::new(), lines: Vec::new() }
    }

    fn text(&mut self, text: &str) {
        match self.inside.last_mut() {
            Some(Inline::Text(before)) => before.push_str(text),
            _ => self.inside.push(Inline::Text(text.to_owned())),
        }
    }

    fn part(&mut self, part: Inline) {
        match part {
            Inline::Text(text) => self.text(&text),
            part => self.inside.push(part),
        }
    }

    /// What stands bare between blocks is a paragraph.
    fn end_paragraph(&mut self) {
        if !self.inside.is_empty() {
            self.blocks.push(Block::Paragraph(std::mem::take(&mut self.inside)));
        }
    }

    fn block(&mut self, block: Block) {
        self.end_paragraph();
        self.blocks.push(block);
    }

    fn into_blocks(mut self) -> Vec<Block> {
        self.end_paragraph();
        self.blocks
    }
}

struct Reading {
    /// From the whole text on; never empty.
    open: Vec<Open>,
    /// Parts that were begun below the deepest.
    too_deep: usize,
}

impl Reading {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) if self.too_deep > 0 || self.open.len() >= DEEPEST => {
                self.too_deep += 1;
                drop(tag);
            }
            Event::Start(tag) => self.open.push(Open::of(kind(tag))),
            Event::End(_) if self.too_deep > 0 => {
                self.too_deep -= 1;
                self.top().inside.push(Inline::Break);
            }
            Event::End(_) => self.close(),
            Event::Text(text)
            | Event::Html(text)
            | Event::InlineHtml(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::FootnoteReference(text) => self.top().text(&text),
            Event::Code(text) => self.top().inside.push(Inline::Code(text.into_string())),
            Event::SoftBreak => self.soft_break(),
            Event::HardBreak => self.top().inside.push(Inline::Break),
            Event::Rule => self.top().block(Block::Rule),
            Event::TaskListMarker(_) => {}
        }
    }

    fn top(&mut self) -> &mut Open {
        let Some(top) = self.open.last_mut() else { unreachable!("the whole is open until the end") };
        top
    }

    /// A line that is broken for its writer's sake: words are parted by a space, Chinese characters by nothing.
    fn soft_break(&mut self) {
        let top = self.top();
        let parts_words = match top.inside.last() {
            Some(Inline::Text(before)) => before.ends_with(|it: char| it.is_ascii()),
            _ => true,
        };
        if parts_words {
            top.text(" ");
        }
    }

    /// Puts the part that was begun last into the one around it.
    fn close(&mut self) {
        let Some(mut ended) = self.open.pop() else { return };
        let around = self.top();
        match ended.kind {
            Kind::Whole => {}
            Kind::Paragraph => around.block(Block::Paragraph(ended.inside)),
            Kind::Heading(heading) => around.block(Block::Heading(heading, ended.inside)),
            Kind::Quote => around.block(Block::Quote(ended.into_blocks())),
            Kind::Line => around.lines.push(ended.into_blocks()),
            Kind::List(from) => {
                let mut lines = std::mem::take(&mut ended.lines);
                let rest = ended.into_blocks();
                lines.extend((!rest.is_empty()).then_some(rest));
                around.block(match from {
                    Some(from) => Block::Numbered { from, lines },
                    None => Block::List(lines),
                });
            }
            Kind::Verbatim => {
                let text = |part: Inline| if let Inline::Text(text) = part { text } else { String::new() };
                around.block(Block::Verbatim(ended.inside.into_iter().map(text).collect()));
            }
            Kind::Strong => around.inside.push(Inline::Strong(ended.inside)),
            Kind::Emphasis => around.inside.push(Inline::Emphasis(ended.inside)),
            Kind::Link(to) => around.inside.push(Inline::Link(to, ended.inside)),
            Kind::Bare => ended.inside.into_iter().for_each(|part| around.part(part)),
        }
    }
}

fn kind(tag: Tag<'_>) -> Kind {
    match tag {
        Tag::Paragraph | Tag::HtmlBlock => Kind::Paragraph,
        Tag::Heading { level: HeadingLevel::H1, .. } => Kind::Heading(Heading::First),
        Tag::Heading { level: HeadingLevel::H2, .. } => Kind::Heading(Heading::Second),
        Tag::Heading { .. } => Kind::Heading(Heading::Third),
        Tag::BlockQuote(_) => Kind::Quote,
        Tag::CodeBlock(CodeBlockKind::Indented | CodeBlockKind::Fenced(_)) => Kind::Verbatim,
        Tag::List(from) => Kind::List(from),
        Tag::Item => Kind::Line,
        Tag::Strong => Kind::Strong,
        Tag::Emphasis => Kind::Emphasis,
        Tag::Link { dest_url, .. } => WebAddress::of(&dest_url).map_or(Kind::Bare, Kind::Link),
        // Of the others none is asked for but pictures.
        _ => Kind::Bare,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Inline {
        Inline::Text(text.to_owned())
    }

    fn paragraph(words: &str) -> Block {
        Block::Paragraph(vec![text(words)])
    }

    #[test]
    fn each_kind_of_block_and_part_is_read() {
        let read = blocks(
            "# 一\n\n## 二\n\n#### 四\n\n先**断电**，*再*喊人，按 `119`\n换行  \n硬换行\n\n- 甲\n- 乙\n\n  丙\n\n3. 三\n4. 四\n\n> 引\n\n```\na  b\n<c>\n```\n\n---\n",
        );
        let expected = vec![
            Block::Heading(Heading::First, vec![text("一")]),
            Block::Heading(Heading::Second, vec![text("二")]),
            Block::Heading(Heading::Third, vec![text("四")]),
            Block::Paragraph(vec![
                text("先"),
                Inline::Strong(vec![text("断电")]),
                text("，"),
                Inline::Emphasis(vec![text("再")]),
                text("喊人，按 "),
                Inline::Code("119".to_owned()),
                text(" 换行"),
                Inline::Break,
                text("硬换行"),
            ]),
            Block::List(vec![vec![paragraph("甲")], vec![paragraph("乙"), paragraph("丙")]]),
            Block::Numbered { from: 3, lines: vec![vec![paragraph("三")], vec![paragraph("四")]] },
            Block::Quote(vec![paragraph("引")]),
            Block::Verbatim("a  b\n<c>\n".to_owned()),
            Block::Rule,
        ];
        assert_eq!(read, expected);
    }

    #[test]
    fn html_is_text_a_picture_its_words_and_only_web_pages_are_links() {
        let read = blocks("<b>粗</b> [甲](javascript:alert(1)) ![图](https://a.example/x.png)");
        assert_eq!(read, [paragraph("<b>粗</b> 甲 图")]);
        let read = blocks("<script>alert(1)</script>\n\n完");
        assert_eq!(read, [paragraph("<script>alert(1)</script>\n"), paragraph("完")]);
        let Some(Block::Paragraph(inside)) = blocks("[甲](https://a.example/x?y=1)").pop() else { panic!() };
        let to = WebAddress::of("https://a.example/x?y=1").unwrap();
        assert_eq!(inside, [Inline::Link(to, vec![text("甲")])]);
        for other in
            ["data:text/html,x", "//a.example", "/snap", "mailto:a@b.example", "https://", "http://a\\b"]
        {
            assert_eq!(blocks(&format!("[甲](<{other}>)")), [paragraph("甲")], "{other}");
        }
    }

    #[test]
    fn a_line_broken_between_chinese_characters_gets_no_space() {
        assert_eq!(blocks("不要\n上锁"), [paragraph("不要上锁")]);
        assert_eq!(blocks("do not\nlock"), [paragraph("do not lock")]);
    }

    fn depth(blocks: &[Block]) -> usize {
        let below = |block: &Block| match block {
            Block::Quote(inside) => depth(inside),
            Block::List(lines) | Block::Numbered { lines, .. } => {
                lines.iter().map(|line| depth(line)).max().unwrap_or(0)
            }
            _ => 0,
        };
        1 + blocks.iter().map(below).max().unwrap_or(0)
    }

    #[test]
    fn nothing_is_deeper_than_the_deepest_and_nothing_is_lost_by_that() {
        for mark in [">", "- ", "1. ", "> - "] {
            let read = blocks(&format!("{}底\n\n后", mark.repeat(5000)));
            assert!(depth(&read) <= DEEPEST, "{mark}");
            let told = super::super::beginning(&read, 100_000);
            assert!(told.contains('底') && told.contains('后'), "{mark}: {told}");
        }
    }
}
