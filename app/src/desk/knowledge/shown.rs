//! An article as its readers see it: core's blocks, of which the server makes its page, and the questions.

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::knowledge::{ArticlePicture, Block, Content, Figure, Heading, Inline, Question};

use super::picture_fields::{PictureUrls, address};
use crate::browser::ObjectUrl;
use crate::session::Phone;

/// Title, text and quiz. What offices write is Chinese, whatever the desk speaks.
#[component]
pub(super) fn ShownContent(
    content: Content,
    /// Where its pictures are; without it they are looked for.
    #[prop(optional)]
    urls: Option<PictureUrls>,
) -> impl IntoView {
    let questions = content.quiz.questions().iter().enumerate().map(question).collect_view();
    view! {
        <div class="article" lang="zh-CN">
            <p><strong>{content.title.as_str().to_owned()}</strong></p>
            {blocks(&content.blocks(), urls)}
            {questions}
        </div>
    }
}

fn blocks(blocks: &[Block], urls: Option<PictureUrls>) -> Vec<AnyView> {
    blocks.iter().map(|it| block(it, urls)).collect()
}

fn figure(figure: &Figure, urls: Option<PictureUrls>) -> AnyView {
    let Figure { picture, words, .. } = figure;
    let words = words.as_str().to_owned();
    let src = match urls {
        Some(urls) => Signal::stored(Some(urls.of(picture))),
        None => found(picture.clone()),
    };
    view! {
        <figure>
            <img src=move || src.get() alt=words.clone() width=picture.width_px height=picture.height_px />
            <figcaption class="muted" aria-hidden="true">{words}</figcaption>
        </figure>
    }
    .into_any()
}

/// Where a picture is: on this computer until the server has said that it has it, and there from then on.
fn found(picture: ArticlePicture) -> Signal<Option<String>> {
    let (phone, src) = (Phone::expect(), RwSignal::new(None));
    let here = StoredValue::new_local(None::<ObjectUrl>);
    spawn_local(async move {
        // Where this computer's storage cannot be read, the server is asked.
        let kept = phone.store().photo(picture.id).await.ok().flatten();
        let url = kept.and_then(|kept| kept.object_url().ok());
        src.try_set(Some(url.as_ref().map_or_else(|| address(&picture), |url| url.as_str().to_owned())));
        here.try_set_value(url);
    });
    src.into()
}

fn block(block: &Block, urls: Option<PictureUrls>) -> AnyView {
    match block {
        Block::Heading(Heading::First, inside) => view! { <h4>{line(inside)}</h4> }.into_any(),
        Block::Heading(Heading::Second, inside) => view! { <h5>{line(inside)}</h5> }.into_any(),
        Block::Heading(Heading::Third, inside) => view! { <h6>{line(inside)}</h6> }.into_any(),
        Block::Paragraph(inside) => view! { <p>{line(inside)}</p> }.into_any(),
        Block::List(lines) => view! { <ul>{listed(lines, urls)}</ul> }.into_any(),
        Block::Numbered { from, lines } => {
            view! { <ol start=from.to_string()>{listed(lines, urls)}</ol> }.into_any()
        }
        Block::Quote(inside) => view! { <blockquote>{blocks(inside, urls)}</blockquote> }.into_any(),
        Block::Picture(shown) => figure(shown, urls),
        Block::Verbatim(text) => view! { <pre>{text.clone()}</pre> }.into_any(),
        Block::Rule => view! { <hr /> }.into_any(),
    }
}

fn listed(lines: &[Vec<Block>], urls: Option<PictureUrls>) -> Vec<AnyView> {
    lines.iter().map(|line| view! { <li>{blocks(line, urls)}</li> }.into_any()).collect()
}

fn line(inside: &[Inline]) -> Vec<AnyView> {
    inside.iter().map(part).collect()
}

fn part(part: &Inline) -> AnyView {
    match part {
        Inline::Text(text) => text.clone().into_any(),
        Inline::Strong(inside) => view! { <strong>{line(inside)}</strong> }.into_any(),
        Inline::Emphasis(inside) => view! { <em>{line(inside)}</em> }.into_any(),
        Inline::Code(text) => view! { <code>{text.clone()}</code> }.into_any(),
        Inline::Link(to, inside) => {
            let host = format!("（{}）", to.host());
            view! {
                <a href=to.as_str().to_owned() rel="noopener noreferrer nofollow" target="_blank">{line(inside)}</a>
                <span class="muted">{host}</span>
            }
            .into_any()
        }
        Inline::Break => view! { <br /> }.into_any(),
    }
}

/// A question with its answers, the right one marked, and why it is.
fn question((number, question): (usize, &Question)) -> impl IntoView + use<> {
    let choice = |(place, words): (usize, &str)| {
        let mark = if place == question.right() { "✓ " } else { "" };
        view! { <li>{format!("{mark}{words}")}</li> }
    };
    let choices = question.choices().iter().map(|it| it.as_str()).enumerate().map(choice).collect_view();
    view! {
        <p><strong>{format!("{}. {}", number + 1, question.text().as_str())}</strong></p>
        <ul>{choices}</ul>
        <p class="own-words">{question.why().as_str().to_owned()}</p>
    }
}
