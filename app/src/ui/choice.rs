//! One of several, or several of several, as big lines; and short choices side by side.

use leptos::html::Div;
use leptos::prelude::*;

use super::field::fresh_id;
use crate::browser::radio;

/// How many may be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choose {
    /// One: choosing another gives up the first.
    One,
    /// Each by itself.
    Several,
}

/// One line to choose.
#[derive(Clone, Debug)]
pub struct ChoiceLine {
    /// Its words.
    pub text: String,
    /// A line under them; may be empty.
    pub note: String,
}

impl ChoiceLine {
    /// A line without a note.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), note: String::new() }
    }
}

/// Big lines to choose from.
#[component]
pub fn Choices(
    /// The question above them.
    #[prop(into)]
    label: String,
    /// How many may be chosen.
    choose: Choose,
    /// The lines.
    lines: Vec<ChoiceLine>,
    /// Which are chosen, by their place in `lines`.
    #[prop(into)]
    chosen: Signal<Vec<usize>>,
    /// One was pressed.
    on_choose: Callback<usize>,
) -> impl IntoView {
    let group = fresh_id();
    let line = |(at, line): (usize, ChoiceLine)| {
        let is_chosen = move || chosen.with(|chosen| chosen.contains(&at));
        let input_type = if choose == Choose::One { "radio" } else { "checkbox" };
        view! {
            <label class="choice" data-chosen=is_chosen>
                <input type=input_type name=group.clone() prop:checked=is_chosen on:change=move |_| on_choose.run(at) />
                <span class="choice-text">
                    {line.text}
                    {(!line.note.is_empty()).then(|| view! { <span class="choice-note">{line.note}</span> })}
                </span>
            </label>
        }
    };
    view! {
        <fieldset class="choices">
            <legend>{label}</legend>
            {lines.into_iter().enumerate().map(line).collect_view()}
        </fieldset>
    }
}

/// Two or three short choices side by side: 浅色 深色 随系统.
#[component]
pub fn Segments(
    /// What is chosen here, for screen readers.
    #[prop(into)]
    label: String,
    /// The choices, in words.
    words: Vec<&'static str>,
    /// Which is chosen, by its place in `words`.
    #[prop(into)]
    chosen: Signal<usize>,
    /// One was pressed.
    on_choose: Callback<usize>,
) -> impl IntoView {
    let row = NodeRef::<Div>::new();
    Effect::new(move || {
        if let (Some(row), at) = (row.get(), chosen.get()) {
            radio::show_chosen(&row, Some(at));
        }
    });
    let press = move |event| {
        if let Some(at) = radio::pressed(&event) {
            on_choose.run(at);
        }
    };
    view! {
        <div class="segments" role="radiogroup" aria-label=label node_ref=row on:click=press on:keydown=move |event| radio::walk_along(&event)>
            {words
                .into_iter()
                .map(|word| view! { <button type="button" class="segment" role="radio" aria-checked="false">{word}</button> })
                .collect_view()}
        </div>
    }
}
