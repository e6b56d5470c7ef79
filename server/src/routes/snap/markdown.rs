//! What core reads of an article's Markdown, as HTML. Core's blocks have no place for HTML, so every text is escaped here, and
//! nothing else is written than what stands here.

use xunan_core::ids::ArticleId;
use xunan_core::knowledge::{Block, Figure, Heading, Inline};

use super::article_pictures::address;
use super::page::escaped;

/// Blocks of an article as HTML, below the title of a page.
pub(super) fn html_of(article: ArticleId, blocks: &[Block]) -> String {
    blocks.iter().map(|it| block(article, it)).collect()
}

fn block(article: ArticleId, block: &Block) -> String {
    match block {
        Block::Heading(heading, inside) => {
            let name = match heading {
                Heading::First => "h2",
                Heading::Second => "h3",
                Heading::Third => "h4",
            };
            format!("<{name}>{}</{name}>\n", line(inside))
        }
        Block::Paragraph(inside) => format!("<p>{}</p>\n", line(inside)),
        Block::List(lines) => format!("<ul>\n{}</ul>\n", listed(article, lines)),
        Block::Numbered { from, lines } => {
            format!("<ol start=\"{from}\">\n{}</ol>\n", listed(article, lines))
        }
        Block::Quote(inside) => format!("<blockquote>\n{}</blockquote>\n", html_of(article, inside)),
        Block::Picture(shown) => figure(article, shown),
        Block::Verbatim(text) => format!("<pre>{}</pre>\n", escaped(text)),
        Block::Rule => "<hr>\n".to_owned(),
    }
}

fn listed(article: ArticleId, lines: &[Vec<Block>]) -> String {
    lines.iter().map(|line| format!("<li>{}</li>\n", html_of(article, line))).collect()
}

/// With its size, so that nothing moves when it comes. The words below are the picture's own: whoever hears the page hears them once.
fn figure(article: ArticleId, figure: &Figure) -> String {
    let Figure { picture, words, .. } = figure;
    let words = escaped(words.as_str());
    format!(
        "<figure><img class=\"picture\" src=\"{}\" alt=\"{words}\" width=\"{}\" height=\"{}\" loading=\"lazy\">\
         <figcaption class=\"note\" aria-hidden=\"true\">{words}</figcaption></figure>\n",
        address(article, &picture.digest),
        picture.width_px,
        picture.height_px,
    )
}

fn line(inside: &[Inline]) -> String {
    inside.iter().map(part).collect()
}

/// A link says where it leads: what it is called is the writer's choice.
fn part(part: &Inline) -> String {
    match part {
        Inline::Text(text) => escaped(text),
        Inline::Strong(inside) => format!("<strong>{}</strong>", line(inside)),
        Inline::Emphasis(inside) => format!("<em>{}</em>", line(inside)),
        Inline::Code(text) => format!("<code>{}</code>", escaped(text)),
        Inline::Link(to, inside) => format!(
            "<a href=\"{}\" rel=\"noopener noreferrer nofollow\">{}</a><span class=\"note\">（{}）</span>",
            escaped(to.as_str()),
            line(inside),
            escaped(to.host())
        ),
        Inline::Break => "<br>\n".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use xunan_core::clock::Instant;
    use xunan_core::digest::Digest;
    use xunan_core::ids::{Entropy, PhotoId};
    use xunan_core::knowledge::{ArticlePicture, ArticleText, ArticleTitle, Content, Pictures, Quiz};

    fn article() -> ArticleId {
        ArticleId::from_parts(Instant::from_unix_millis(0), Entropy(7))
    }

    fn html(text: &str) -> String {
        let (title, text) = (ArticleTitle::of("题").unwrap(), ArticleText::of(text).unwrap());
        let picture = ArticlePicture {
            id: PhotoId::from_parts(Instant::from_unix_millis(0), Entropy(1)),
            digest: Digest::of(b"picture"),
            size_bytes: 7,
            width_px: 640,
            height_px: 480,
        };
        let (quiz, pictures) = (Quiz::default(), Pictures::try_from(vec![picture]).unwrap());
        let content = Content { title, text, section: None, types: [].into(), quiz, pictures };
        html_of(article(), &content.blocks())
    }

    #[test]
    fn an_own_picture_has_its_words_and_its_size() {
        let address = address(article(), &Digest::of(b"picture"));
        assert!(
            address.starts_with("/snap/know/articles/0000") && address.contains("/pictures/"),
            "{address}"
        );
        assert_eq!(
            html("看\n![\"绿\"<b>区](图1)"),
            format!(
                "<p>看</p>\n<figure><img class=\"picture\" src=\"{address}\" alt=\"&quot;绿&quot;&lt;b&gt;区\" width=\"640\" \
                 height=\"480\" loading=\"lazy\"><figcaption class=\"note\" aria-hidden=\"true\">&quot;绿&quot;&lt;b&gt;区\
                 </figcaption></figure>\n"
            )
        );
        assert_eq!(html("![没有](图2)"), "<p>没有</p>\n");
    }

    #[test]
    fn what_is_written_is_shown_and_no_markup_of_a_writer_is() {
        assert_eq!(
            html("# 一\n\n**断电**后*走*"),
            "<h2>一</h2>\n<p><strong>断电</strong>后<em>走</em></p>\n"
        );
        assert_eq!(
            html("3. 甲\n4. `乙`"),
            "<ol start=\"3\">\n<li><p>甲</p>\n</li>\n<li><p><code>乙</code></p>\n</li>\n</ol>\n"
        );
        assert_eq!(
            html("[查](https://a.example/?x=1&y=\"2)"),
            "<p><a href=\"https://a.example/?x=1&amp;y=&quot;2\" rel=\"noopener noreferrer nofollow\">查</a>\
             <span class=\"note\">（a.example）</span></p>\n"
        );
        let bad = "<img src=x onerror=alert(1)>\n\n<script>alert(1)</script>\n\n文 ![图](https://a.example/x.png) \
                   [坏](javascript:a) `<i>` <u>\n\n```html\n</pre><b>\n```\n\n> <b>\n\n- <b>\n\n# <b>";
        let html = html(bad);
        for markup in ["<img", "<script", "<i>", "<u>", "<b>", "</pre><b", "javascript:", "x.png"] {
            assert!(!html.contains(markup), "{markup} in {html}");
        }
        assert!(html.contains("<p>文 图 坏 <code>&lt;i&gt;</code> &lt;u&gt;</p>"), "{html}");
        assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{html}");
    }
}
