//! How far: a bar, and the count in digits.

use leptos::prelude::*;

use crate::i18n::texts;

/// How much of something is done.
#[component]
pub fn Progress(
    /// So many are done.
    #[prop(into)]
    done: Signal<u32>,
    /// Of so many.
    #[prop(into)]
    of: Signal<u32>,
) -> impl IntoView {
    let t = texts().words();
    view! {
        <div class="progress">
            <progress class="progress-bar" max=move || of.get().max(1) prop:value=move || f64::from(done.get()) aria-label=move || t.progress(done.get(), of.get())></progress>
            <span aria-hidden="true">{move || t.count_of(done.get(), of.get())}</span>
        </div>
    }
}
