//! A document as it stands on paper: core's blocks, one element each. Its words are Chinese in every language of the pages.

use leptos::prelude::*;
use xunan_core::document::{Block, Run};

use crate::i18n::texts;

/// What is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paper {
    /// Everything.
    Blank,
    /// The values alone, on a pre-printed form 套打: what is printed there already keeps its place, unseen.
    Preprinted,
}

/// The paper.
#[component]
pub(super) fn Sheet(blocks: Vec<Block>, #[prop(into)] paper: Signal<Paper>) -> impl IntoView {
    let overlay = move || (paper.get() == Paper::Preprinted).then_some("");
    view! {
        <article class="paper" lang="zh-CN" data-overlay=overlay>{blocks.into_iter().map(block).collect_view()}</article>
    }
}

fn block(block: Block) -> AnyView {
    match block {
        Block::Title { office, text } => view! {
            <p class="paper-office" data-printed>{office}</p>
            <h2 class="paper-title" data-printed>{text}</h2>
        }
        .into_any(),
        Block::Number { text: Some(text) } => view! { <p class="paper-number">{text}</p> }.into_any(),
        Block::Number { text: None } => view! {
            <p class="paper-number"><span class="paper-box" data-size=NUMBER></span></p>
            <p class="paper-number no-print">{texts().documents().number_later()}</p>
        }
        .into_any(),
        Block::Field { label, value } => view! {
            <p class="paper-field"><span data-printed>{label}"："</span><span>{value}</span></p>
        }
        .into_any(),
        Block::Paragraph { runs } => view! { <p class="paper-text">{runs.into_iter().map(run).collect_view()}</p> }.into_any(),
        Block::Table { head, rows } => table(head, rows).into_any(),
        Block::SignLine { label, value } => view! {
            <p class="paper-field" data-kind="sign"><span data-printed>{label}"："</span><span>{value}</span></p>
        }
        .into_any(),
        Block::SealPlace { office } => view! { <p class="paper-seal" data-printed>{office}"（印章）"</p> }.into_any(),
        Block::Boxes { label, year, month, day } => view! {
            <p class="paper-number">
                <span data-printed>{label}"："</span>
                <span class="paper-box">{year}</span>{printed("年")}
                <span class="paper-box">{month}</span>{printed("月")}
                <span class="paper-box">{day}</span>{printed("日")}
            </p>
        }
        .into_any(),
    }
}

/// The room of a number that is written by hand.
const NUMBER: &str = "number";

fn printed(text: &'static str) -> impl IntoView {
    view! { <span data-printed>{text}</span> }
}

fn run(run: Run) -> AnyView {
    match run {
        Run::Printed(text) => view! { <span data-printed>{text}</span> }.into_any(),
        Run::Value(text) => view! { <span>{text}</span> }.into_any(),
    }
}

fn table(head: Vec<(String, u16)>, rows: Vec<Vec<String>>) -> impl IntoView {
    let columns =
        head.iter().map(|(_, width)| view! { <col style=format!("inline-size:{width}%") /> }).collect_view();
    let names = head.into_iter().map(|(name, _)| view! { <th scope="col">{name}</th> }).collect_view();
    let row = |cells: Vec<String>| {
        view! { <tr>{cells.into_iter().map(|cell| view! { <td>{cell}</td> }).collect_view()}</tr> }
    };
    view! {
        <table class="paper-table">
            <colgroup>{columns}</colgroup>
            <thead data-printed><tr>{names}</tr></thead>
            <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}
