//! An article as its readers see it: core's blocks, of which the server makes its page, and the questions.

use leptos::prelude::*;
use xunan_core::knowledge::{Block, Content, Heading, Inline, Question};

/// Title, text and quiz. What offices write is Chinese, whatever the desk speaks.
#[component]
pub(super) fn ShownContent(content: Content) -> impl IntoView {
    let questions = content.quiz.questions().iter().enumerate().map(question).collect_view();
    view! {
        <div class="article" lang="zh-CN">
            <p><strong>{content.title.as_str().to_owned()}</strong></p>
            {blocks(&content.blocks())}
            {questions}
        </div>
    }
}

fn blocks(blocks: &[Block]) -> Vec<AnyView> {
    blocks.iter().map(block).collect()
}

fn block(block: &Block) -> AnyView {
    match block {
        Block::Heading(Heading::First, inside) => view! { <h4>{line(inside)}</h4> }.into_any(),
        Block::Heading(Heading::Second, inside) => view! { <h5>{line(inside)}</h5> }.into_any(),
        Block::Heading(Heading::Third, inside) => view! { <h6>{line(inside)}</h6> }.into_any(),
        Block::Paragraph(inside) => view! { <p>{line(inside)}</p> }.into_any(),
        Block::List(lines) => view! { <ul>{listed(lines)}</ul> }.into_any(),
        Block::Numbered { from, lines } => {
            view! { <ol start=from.to_string()>{listed(lines)}</ol> }.into_any()
        }
        Block::Quote(inside) => view! { <blockquote>{blocks(inside)}</blockquote> }.into_any(),
        Block::Verbatim(text) => view! { <pre>{text.clone()}</pre> }.into_any(),
        Block::Rule => view! { <hr /> }.into_any(),
    }
}

fn listed(lines: &[Vec<Block>]) -> Vec<AnyView> {
    lines.iter().map(|line| view! { <li>{blocks(line)}</li> }.into_any()).collect()
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
