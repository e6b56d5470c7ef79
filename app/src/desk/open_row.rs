//! A row of a table that opens as a whole: by its link, by a click anywhere on it, by Enter.

use leptos::prelude::*;

use crate::browser::rows;
use crate::shell;

/// The row; its first cell carries the link for those who want another tab.
#[component]
pub(super) fn OpenRow(
    /// Where it leads.
    href: String,
    /// Its cells.
    children: Children,
) -> impl IntoView {
    let by_click = href.clone();
    let clicked = move |event: leptos::ev::MouseEvent| {
        if rows::is_beside_controls(&event) {
            shell::go(&by_click);
        }
    };
    let pressed = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" && !rows::is_on_control(&event) {
            shell::go(&href);
        }
    };
    view! { <tr tabindex="0" on:click=clicked on:keydown=pressed>{children()}</tr> }
}
