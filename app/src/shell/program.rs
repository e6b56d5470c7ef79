//! A program that runs in this shell. There are two, built from one library: the field program and the desk.

use leptos::prelude::*;

use super::opening::{Inside, State};
use crate::browser::page;
use crate::i18n::texts;
use crate::ui::{ToastStack, Toasts};

/// What a program brings along: its addresses and its pages. Opening, signing in, sending and looks are the shell's.
#[derive(Clone, Copy)]
pub struct Program {
    /// The page after signing in and out.
    pub home: &'static str,
    /// The page on which somebody signs in whose session has expired.
    pub sign_in: &'static str,
    /// Its service worker: one of the addresses that the Trusted Types policy of `boot.js` admits.
    pub worker: &'static str,
    /// Whether a path is a page of this program; other links are the browser's.
    pub holds: fn(&str) -> Holds,
    /// The page that needs nobody to be signed in, where there is one.
    pub open: Option<OpenPage>,
    /// Its pages for somebody who is signed in. [`State::path`] says which, and
    /// [`Phone`](crate::session::Phone), [`Sync`](crate::sync::Sync) and [`Lamp`](crate::sync::Lamp) are contexts.
    pub pages: fn() -> AnyView,
}

/// A page for everybody.
#[derive(Clone, Copy)]
pub struct OpenPage {
    /// Its path.
    pub path: &'static str,
    /// The page.
    pub page: fn() -> AnyView,
}

/// Whether a path is a page of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// It is.
    Yes,
    /// It is none, or another program's.
    No,
}

/// The pages of somebody who is signed in, with what every page may use.
#[component]
pub(super) fn Pages(inside: Inside) -> impl IntoView {
    let state = State::expect();
    provide_context(inside.phone);
    provide_context(inside.sync);
    provide_context(inside.lamp);
    let toasts = Toasts::provide();
    // A screen reader starts at the new page's heading; not at the first page, which the browser announces itself.
    Effect::new(move |before: Option<String>| {
        let path = state.path.get();
        if before.is_some_and(|before| before != path) {
            page::focus_heading();
        }
        path
    });
    view! {
        <a class="skip" href="#main">{texts().words().skip_to_content()}</a>
        {(state.program.pages)()}
        <ToastStack toasts />
    }
}
