//! A question that must be answered before something that cannot be taken back.

use leptos::html::Dialog;
use leptos::prelude::*;

use super::button::{Button, ButtonKind};
use crate::browser::dialog;

/// What was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Do it.
    Go,
    /// Leave everything as it is. Also Esc and the back gesture.
    Stay,
}

/// Asks. Both buttons say what they do ("删除草稿", "留着"), never "确定".
#[component]
pub fn Confirm(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// The question.
    #[prop(into)]
    title: TextProp,
    /// What will happen, and what is kept.
    #[prop(into)]
    text: TextProp,
    /// The verb of doing it.
    #[prop(into)]
    go: String,
    /// The words of leaving it.
    #[prop(into)]
    stay: String,
    /// [`ButtonKind::Danger`] when it takes something away.
    #[prop(default = ButtonKind::Primary)]
    kind: ButtonKind,
    /// The answer: set `open` to false.
    on_decision: Callback<Decision>,
) -> impl IntoView {
    let element = NodeRef::<Dialog>::new();
    dialog::follow(element, open);
    let closed_by_browser = move |_| {
        if open.get_untracked() {
            on_decision.run(Decision::Stay);
        }
    };
    let name = title.clone();
    view! {
        <dialog class="dialog" role="alertdialog" node_ref=element aria-modal="true" aria-label=move || name.get() on:close=closed_by_browser>
            <h2 class="dialog-title">{move || title.get()}</h2>
            <p>{move || text.get()}</p>
            <div class="dialog-actions">
                <Button on_press=Callback::new(move |()| on_decision.run(Decision::Stay))>{stay}</Button>
                <Button kind on_press=Callback::new(move |()| on_decision.run(Decision::Go))>{go}</Button>
            </div>
        </dialog>
    }
}
