//! How Markdown (CommonMark) becomes blocks. HTML in it is text like any other. A picture is shown where it is one of the version's own;
//! of any other its words are, and so is a link that leads to no web page.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag};

use super::block::{Block, Heading, Inline, WebAddress, words_of};
use super::picture::{Figure, PictureNumber, Pictures};
use super::words::{NotWritten, PictureWords};

/// How deep blocks and parts of lines may stand in each other. What is deeper is shown at this depth: a text of nothing but `>`
/// must not be as deep as it is long.
const DEEPEST: usize = 12;

/// What is shown of a text, and which pictures it names.
pub(super) struct Read {
    pub(super) blocks: Vec<Block>,
    /// In the order of the text, with what each is said to show; those among them that there are not.
    pub(super) named: Vec<(PictureNumber, Result<PictureWords, NotWritten>)>,
}

/// Reads the text of a version with these pictures.
pub(super) fn read(text: &str, pictures: &Pictures) -> Read {
    let mut reading = Reading { pictures, named: Vec::new(), open: vec![Open::of(Kind::Whole)], too_deep: 0 };
    for event in Parser::new_ext(text, Options::empty()) {
        reading.take(event);
    }
    while reading.open.len() > 1 {
        reading.close();
    }
    let blocks = reading.open.pop().map(Open::into_blocks).unwrap_or_default();
    Read { blocks, named: reading.named }
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
    Picture(PictureNumber),
    /// Something that is shown by what is inside of it alone.
    Bare,
}

/// A part that is being read, with what it has so far.
struct Open {
    kind: Kind,
    blocks: Vec<Block>,
    inside: Vec<Inline>,
    /// Those that its line has named: they stand below it.
    pictures: Vec<Block>,
    lines: Vec<Vec<Block>>,
}

impl Open {
    const fn of(kind: Kind) -> Self {
        Self { kind, blocks: Vec::new(), inside: Vec::new(), pictures: Vec::new(), lines: Vec::new() }
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
        let (inside, pictures) = (std::mem::take(&mut self.inside), std::mem::take(&mut self.pictures));
        if inside.is_empty() {
            self.blocks.extend(pictures);
        } else {
            self.push_line(Block::Paragraph, inside, pictures);
        }
    }

    /// A block of a line, and below it the pictures that the line names; of a line that has nothing else, these alone.
    fn push_line(
        &mut self,
        block: impl FnOnce(Vec<Inline>) -> Block,
        inside: Vec<Inline>,
        pictures: Vec<Block>,
    ) {
        if pictures.is_empty() || !is_blank(&inside) {
            self.blocks.push(block(inside));
        }
        self.blocks.extend(pictures);
    }

    /// Marked words of a line. Marks around nothing but pictures mark nothing.
    fn line_part(&mut self, mark: fn(Vec<Inline>) -> Inline, inside: Vec<Inline>, pictures: Vec<Block>) {
        if pictures.is_empty() || !is_blank(&inside) {
            self.inside.push(mark(inside));
        }
        self.pictures.extend(pictures);
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

fn is_blank(inside: &[Inline]) -> bool {
    words_of(inside).trim().is_empty()
}

struct Reading<'a> {
    /// The version's own.
    pictures: &'a Pictures,
    named: Vec<(PictureNumber, Result<PictureWords, NotWritten>)>,
    /// From the whole text on; never empty.
    open: Vec<Open>,
    /// Parts that were begun below the deepest.
    too_deep: usize,
}

impl Reading<'_> {
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
        if let Kind::Picture(number) = ended.kind {
            return self.close_picture(number, ended);
        }
        let around = self.top();
        match ended.kind {
            Kind::Whole | Kind::Picture(_) => {}
            Kind::Paragraph => {
                around.end_paragraph();
                around.push_line(Block::Paragraph, ended.inside, ended.pictures);
            }
            Kind::Heading(heading) => {
                around.end_paragraph();
                around.push_line(|inside| Block::Heading(heading, inside), ended.inside, ended.pictures);
            }
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
            Kind::Strong => around.line_part(Inline::Strong, ended.inside, ended.pictures),
            Kind::Emphasis => around.line_part(Inline::Emphasis, ended.inside, ended.pictures),
            Kind::Link(to) => {
                // A picture that leads somewhere stands below, and a link without words could not be pressed.
                let words = if is_blank(&ended.inside) {
                    vec![Inline::Text(to.host().to_owned())]
                } else {
                    ended.inside
                };
                around.inside.push(Inline::Link(to, words));
                around.pictures.extend(ended.pictures);
            }
            Kind::Bare => {
                ended.inside.into_iter().for_each(|part| around.part(part));
                around.pictures.extend(ended.pictures);
            }
        }
    }

    /// A picture that there is not, and one of which nobody says what it shows, is the words that it has.
    fn close_picture(&mut self, number: PictureNumber, ended: Open) {
        let words = PictureWords::of(&words_of(&ended.inside));
        self.named.push((number, words.clone()));
        let picture = self.pictures.numbered(number).cloned();
        let around = self.top();
        around.pictures.extend(ended.pictures);
        match (picture, words) {
            (Some(picture), Ok(words)) => {
                around.pictures.push(Block::Picture(Figure { number, picture, words }));
            }
            _ => ended.inside.into_iter().for_each(|part| around.part(part)),
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
        Tag::Image { dest_url, .. } => PictureNumber::read(&dest_url).map_or(Kind::Bare, Kind::Picture),
        // None of the others is asked for.
        _ => Kind::Bare,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Instant;
    use crate::digest::Digest;
    use crate::ids::{Entropy, PhotoId};
    use crate::knowledge::ArticlePicture;

    fn blocks(text: &str) -> Vec<Block> {
        read(text, &Pictures::default()).blocks
    }

    fn picture(number: u8) -> ArticlePicture {
        ArticlePicture {
            id: PhotoId::from_parts(Instant::from_unix_millis(0), Entropy(number.into())),
            digest: Digest::of(&[number]),
            size_bytes: 1000,
            width_px: 1280,
            height_px: 960,
        }
    }

    /// Two of them.
    fn pictures() -> Pictures {
        Pictures::try_from(vec![picture(1), picture(2)]).unwrap()
    }

    fn shown(number: u8, words: &str) -> Block {
        let words = PictureWords::of(words).unwrap();
        let number_read = PictureNumber::read(&format!("图{number}")).unwrap();
        Block::Picture(Figure { number: number_read, picture: picture(number), words })
    }

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

    #[test]
    fn an_own_picture_stands_below_the_line_that_names_it_and_any_other_is_its_words() {
        let (one, two) = (shown(1, "压力表"), shown(2, "插座"));
        let cases: [(&str, Vec<Block>); 15] = [
            ("![压力表](图1)", vec![one.clone()]),
            ("先看\n![压力表](图1)\n再看", vec![paragraph("先看再看"), one.clone()]),
            ("![压力表](图1) ![插座](图2)", vec![one.clone(), two.clone()]),
            ("![**压力**表](图1 \"题\")", vec![one.clone()]),
            (
                "# 看![压力表](图1)\n后",
                vec![Block::Heading(Heading::First, vec![text("看")]), one.clone(), paragraph("后")],
            ),
            ("**![压力表](图1)**", vec![one.clone()]),
            (
                "- ![压力表](图1)\n- 乙![插座](图2)\n  - 丙",
                vec![Block::List(vec![
                    vec![one.clone()],
                    vec![paragraph("乙"), two.clone(), Block::List(vec![vec![paragraph("丙")]])],
                ])],
            ),
            ("> ![插座](图2)", vec![Block::Quote(vec![two.clone()])]),
            (
                "[![压力表](图1)](https://a.example/x)",
                vec![
                    Block::Paragraph(vec![Inline::Link(
                        WebAddress::of("https://a.example/x").unwrap(),
                        vec![text("a.example")],
                    )]),
                    one.clone(),
                ],
            ),
            ("![压力表](图1)\n\n![压力表](图1)", vec![one.clone(), one.clone()]),
            ("![没有](图3)", vec![paragraph("没有")]),
            ("甲![](图1)", vec![paragraph("甲")]),
            ("![甲](图01) ![乙](图) ![丙](图1x)", vec![paragraph("甲 乙 丙")]),
            ("![甲](https://a.example/图1) ![乙](data:image/png;base64,AAAA)", vec![paragraph("甲 乙")]),
            ("`![甲](图1)`", vec![Block::Paragraph(vec![Inline::Code("![甲](图1)".to_owned())])]),
        ];
        for (written, expected) in cases {
            assert_eq!(read(written, &pictures()).blocks, expected, "{written}");
        }
        assert_eq!(blocks("前![压力表](图1)后"), [paragraph("前压力表后")], "a version without pictures");
    }

    #[test]
    fn what_a_text_names_is_known_also_where_it_is_not_there() {
        let named = |text: &str| {
            let named = read(text, &pictures()).named.into_iter();
            named.map(|(number, words)| (number.to_string(), words.is_ok())).collect::<Vec<_>>()
        };
        let of = |number: &str, said: bool| (number.to_owned(), said);
        assert_eq!(named("![甲](图2) 与 ![乙](图1)"), [of("图2", true), of("图1", true)]);
        assert_eq!(named("![](图1) ![甲](图12)"), [of("图1", false), of("图12", true)]);
        assert_eq!(named(&format!("![{}](图1)", "字".repeat(101))), [of("图1", false)]);
        assert_eq!(named("![甲](图100) ![甲](图0) 图1 `![甲](图1)`"), []);
        let deep = format!("{}![甲](图1)", "> ".repeat(40));
        assert_eq!(named(&deep), [], "what is too deep is not shown");
    }
}
