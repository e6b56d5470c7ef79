//! A state at a glance: a dot that is full, half or hollow, and a word.

use leptos::prelude::*;

/// What the lamp says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LampState {
    /// Yes: the dot is full.
    On,
    /// On the way: half.
    Working,
    /// No: hollow.
    Off,
}

impl LampState {
    const fn name(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Working => "working",
            Self::Off => "off",
        }
    }
}

/// Not a literal: Leptos makes what is literal throughout by `innerHTML`, which our Trusted Types refuse.
const DOT: &str = "lamp-dot";

/// A lamp with its word. Changes are read out by screen readers.
#[component]
pub fn Lamp(
    /// What it says.
    #[prop(into)]
    state: Signal<LampState>,
    /// The word beside it.
    #[prop(into)]
    text: TextProp,
) -> impl IntoView {
    view! {
        <span class="lamp" role="status" data-state=move || state.get().name()>
            <span class=DOT aria-hidden="true"></span>
            <span>{move || text.get()}</span>
        </span>
    }
}
