//! A page of honest words with the one thing to do: empty, denied, offline, full, error.

use leptos::prelude::*;
use xunan_core::problem::Problem;

use super::icon::{Icon, IconName};
use crate::i18n::texts;

/// Why there is nothing else to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScreenKind {
    /// Nothing is here yet: the page says what fills it.
    Empty {
        /// What is not there.
        title: &'static str,
        /// What fills it.
        text: &'static str,
    },
    /// There is no such page.
    NotFound,
    /// There is no such thing, or it is not, or no longer, this account's: which of them, nobody is told.
    NotOurs,
    /// This account may not see it.
    Denied,
    /// It needs a network.
    Offline,
    /// The phone's storage is full.
    Full,
    /// Something went wrong.
    Error(Problem),
}

/// The page. Its buttons, the first the thing to do, are `children`.
#[component]
pub fn Screen(
    /// Why there is nothing else to show.
    kind: ScreenKind,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let t = texts();
    let shell = t.shell();
    let is_part = matches!(kind, ScreenKind::Empty { .. });
    let (icon, title, text, problem) = match kind {
        ScreenKind::Empty { title, text } => (None, title, text, None),
        ScreenKind::NotFound => (None, shell.not_found_title(), shell.not_found_text(), None),
        ScreenKind::NotOurs => (None, shell.not_ours_title(), shell.not_ours_text(), None),
        ScreenKind::Denied => (Some(IconName::Lock), shell.denied_title(), shell.denied_text(), None),
        ScreenKind::Offline => (Some(IconName::Offline), shell.offline_title(), shell.offline_text(), None),
        ScreenKind::Full => (Some(IconName::Storage), shell.full_title(), shell.full_text(), None),
        ScreenKind::Error(problem) => {
            (Some(IconName::Warning), shell.error_title(), shell.error_text(), Some(problem))
        }
    };
    // An empty list stands under its page's own heading; the others are the whole page.
    let heading = if is_part {
        view! { <h2 class="screen-title">{title}</h2> }.into_any()
    } else {
        view! { <h1 class="screen-title">{title}</h1> }.into_any()
    };
    let problem = problem.map(|problem| {
        view! {
            <p>{t.trouble(&problem)}</p>
            <p class="screen-code">{t.words().problem_number(problem.number())}</p>
        }
    });
    view! {
        <section class="screen">
            {icon.map(|name| view! { <Icon name /> })}
            {heading}
            <p>{text}</p>
            {problem}
            {children.map(|children| view! { <div class="screen-actions">{children()}</div> })}
        </section>
    }
}

/// Not a literal: Leptos makes what is literal throughout by `innerHTML`, which our Trusted Types refuse.
const LINE: &str = "skeleton-line";

/// The shape of cards that are still being read. Appears at once and holds still.
#[component]
pub fn Skeleton(
    /// How many cards.
    #[prop(default = 3)]
    cards: u8,
) -> impl IntoView {
    let card = |_| {
        view! {
            <div class="card"><div class=LINE></div><div class=LINE></div></div>
        }
    };
    view! {
        <div class="skeleton" role="status" aria-busy="true">
            <span class="unseen">{texts().words().loading()}</span>
            {(0..cards).map(card).collect_view()}
        </div>
    }
}
