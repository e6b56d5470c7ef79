//! A filter that is on or off, with its count.

use leptos::prelude::*;

/// A filter.
#[component]
pub fn Chip(
    /// Whether it is on.
    #[prop(into)]
    on: Signal<bool>,
    /// How many things it lets through.
    #[prop(optional, into)]
    count: Option<Signal<u32>>,
    /// It was pressed.
    on_toggle: Callback<()>,
    children: Children,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="chip"
            aria-pressed=move || if on.get() { "true" } else { "false" }
            on:click=move |_| on_toggle.run(())
        >
            {children()}
            {count.map(|count| view! { <span class="chip-count">{move || count.get()}</span> })}
        </button>
    }
}
