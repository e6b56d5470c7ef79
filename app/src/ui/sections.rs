//! The sections of a checklist as a strip that slides under the thumb.

use leptos::html::Nav;
use leptos::prelude::*;

use crate::browser::scroll;
use crate::i18n::texts;

/// One section.
#[derive(Clone, Debug)]
pub struct SectionTab {
    /// Its name.
    pub name: String,
    /// How many of its items have no answer yet; 0 shows it as done.
    pub left: Signal<u32>,
}

/// The strip. The current section slides to the middle by itself.
#[component]
pub fn SectionStrip(
    /// The sections, in the order of the walk.
    sections: Vec<SectionTab>,
    /// The one on screen, by its place in `sections`.
    #[prop(into)]
    current: Signal<usize>,
    /// One was pressed.
    on_pick: Callback<usize>,
) -> impl IntoView {
    let strip = NodeRef::<Nav>::new();
    Effect::new(move || {
        if let (Some(strip), Ok(at)) = (strip.get(), u32::try_from(current.get())) {
            scroll::centre_child(&strip, at);
        }
    });
    view! {
        <nav class="section-strip" node_ref=strip aria-label=texts().words().sections()>
            {sections
                .into_iter()
                .enumerate()
                .map(|(at, section)| section_tab(at, section, current, on_pick))
                .collect_view()}
        </nav>
    }
}

fn section_tab(
    at: usize,
    section: SectionTab,
    current: Signal<usize>,
    on_pick: Callback<usize>,
) -> impl IntoView {
    let t = texts().words();
    let left = section.left;
    let state = move || match left.get() {
        0 => t.section_done().to_owned(),
        left => t.left(left),
    };
    view! {
        <button
            type="button"
            class="section-tab"
            data-done=move || left.get() == 0
            aria-current=move || (current.get() == at).then_some("true")
            on:click=move |_| on_pick.run(at)
        >
            {section.name}
            <span class="section-left">{state}</span>
        </button>
    }
}
