//! The lines of which the forms of steps are made.

use leptos::prelude::*;

use crate::ui::{ChoiceLine, Choices, Choose, LineKind, SelectField, TextArea, TextField};

/// Words of several lines.
pub(super) fn text(label: &'static str, signal: RwSignal<String>) -> AnyView {
    view! { <TextArea label value=signal on_input=Callback::new(move |text| signal.set(text)) /> }.into_any()
}

/// Words of one line.
pub(super) fn line(label: &'static str, signal: RwSignal<String>) -> AnyView {
    view! { <TextField label value=signal on_input=Callback::new(move |text| signal.set(text)) /> }.into_any()
}

/// A day.
pub(super) fn day(label: &'static str, signal: RwSignal<String>) -> AnyView {
    let set = Callback::new(move |text| signal.set(text));
    view! { <TextField label kind=LineKind::Date value=signal on_input=set /> }.into_any()
}

/// One of a few lines, by its place; none is chosen before somebody chose.
pub(super) fn lines(label: &'static str, lines: Vec<ChoiceLine>, chosen: RwSignal<Option<usize>>) -> AnyView {
    let shown = Signal::derive(move || chosen.get().into_iter().collect());
    let choose = Callback::new(move |at| chosen.set(Some(at)));
    view! { <Choices label choose=Choose::One lines chosen=shown on_choose=choose /> }.into_any()
}

/// Lines of nothing but words.
pub(super) fn plain(words: Vec<&'static str>) -> Vec<ChoiceLine> {
    words.into_iter().map(ChoiceLine::plain).collect()
}

/// One of a long list, by its value.
pub(super) fn list(label: &'static str, options: Vec<(String, String)>, choice: RwSignal<String>) -> AnyView {
    let choose = Callback::new(move |value| choice.set(value));
    view! { <SelectField label options value=choice on_choose=choose /> }.into_any()
}

/// The options of a list, each by its place in `all`.
pub(super) fn numbered<T: Copy>(all: &[T], words: impl Fn(T) -> &'static str) -> Vec<(String, String)> {
    all.iter().enumerate().map(|(at, own)| (at.to_string(), words(*own).to_owned())).collect()
}

/// What stands in `all` at the place that was chosen of such options.
pub(super) fn listed<T: Copy>(all: &[T], choice: RwSignal<String>) -> Option<T> {
    choice.get_untracked().parse::<usize>().ok().and_then(|at| all.get(at).copied())
}
