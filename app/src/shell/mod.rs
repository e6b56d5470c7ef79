//! The frame around every page of the field app: opening, addresses, bars, banners, looks, updates.
//!
//! ```text
//! main ─► App ─► opening ─┬─ no storage ─► says so, before the first touch
//!                         ├─ nobody ─────► sign-in page
//!                         └─ somebody ───► Pages(route) in their language, with Phone, Sync and Lamp as contexts
//! ```
//!
//! Links are plain `<a href>`: one listener takes those that lead to a page of ours, so that no component needs to
//! know of routes. [`go`] is the same for code.
//!
//! For tests: pages are found by their `<h1>`, controls by their names. Only what has no name carries a mark:
//! `.lamp[data-state]` (on, working, off), `.parcel[data-entry]` (an entry's id in the outbox).

mod route;
mod opening;
mod pages;
mod frame;
mod banners;
mod looks;
mod updates;

pub use frame::{Frame, lamp_state};
pub use looks::LooksState;
pub use opening::{App, Stage, State};
pub use route::Route;
pub use updates::Updates;

use leptos::prelude::*;

use crate::browser::history::{self, Step};

/// Goes to a path of ours: from code; links do it by themselves.
pub fn go(path: &str) {
    if let (Some(state), Some(route)) = (use_state(), Route::parse(path)) {
        history::go(path, Step::Forward);
        state.route.set(Some(route));
    }
}

/// Goes to a page in place of the one that is shown: a redirect.
pub fn go_instead(route: Route) {
    if let Some(state) = use_state() {
        history::go(&route.to_string(), Step::InPlace);
        state.route.set(Some(route));
    }
}

thread_local! {
    /// The state of the one app on this page: code that runs after an `await` has no context to find it in.
    static STATE: std::cell::Cell<Option<State>> = const { std::cell::Cell::new(None) };
}

fn use_state() -> Option<State> {
    STATE.get()
}
