//! The covered places as a list: what the keyboard and a screen reader work with.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use xunan_core::evidence::Shape;

use super::sketch::Sketch;
use crate::i18n::texts;
use crate::ui::{Icon, IconName};

/// How far one press of an arrow key moves, in thousandths of an edge.
const STEP: i16 = 10;

/// The list.
#[component]
pub(super) fn Covered(
    /// What is covered.
    sketch: RwSignal<Sketch>,
    /// Which one is chosen.
    chosen: RwSignal<Option<usize>>,
) -> impl IntoView {
    let t = texts().redact();
    let length = Memo::new(move |_| sketch.with(|sketch| sketch.drawn().len()));
    view! {
        <Show when=move || length.get() != 0>
            <section class="stack" data-gap="small">
                <h2 class="section-title">{t.list()}</h2>
                <p class="muted small" id="redact-keys">{t.keys_help()}</p>
                <ul class="redact-list">
                    <For each=move || 0..length.get() key=|at| *at let:at>{place(at, sketch, chosen)}</For>
                </ul>
            </section>
        </Show>
    }
}

fn place(at: usize, sketch: RwSignal<Sketch>, chosen: RwSignal<Option<usize>>) -> impl IntoView {
    let t = texts().redact();
    let words = move || sketch.with(|sketch| sketch.drawn().get(at).map(|shape| in_words(at + 1, shape)));
    let remove = move || {
        chosen.set(None);
        sketch.update(|sketch| sketch.remove(at));
    };
    let pressed = move |event: KeyboardEvent| {
        let key = event.key();
        if matches!(key.as_str(), "Delete" | "Backspace") {
            event.prevent_default();
            return remove();
        }
        if let Some((right, down)) = arrow(&key) {
            event.prevent_default();
            let larger = event.shift_key();
            sketch.update(|sketch| {
                sketch.change(at, |shape| match larger {
                    true => shape.stretched(right, down),
                    false => shape.shifted(right, down),
                });
            });
        }
    };
    view! {
        <li class="redact-place">
            <button
                type="button"
                class="redact-pick"
                aria-describedby="redact-keys"
                aria-pressed=move || if chosen.get() == Some(at) { "true" } else { "false" }
                on:focus=move |_| chosen.set(Some(at))
                on:click=move |_| chosen.set(Some(at))
                on:keydown=pressed
            >
                {words}
            </button>
            <button type="button" class="button" data-kind="plain" aria-label=t.remove(at + 1) on:click=move |_| remove()>
                <Icon name=IconName::Bin />
                {t.remove_word()}
            </button>
        </li>
    }
}

/// Which way an arrow key leads, in thousandths.
fn arrow(key: &str) -> Option<(i16, i16)> {
    match key {
        "ArrowLeft" => Some((-STEP, 0)),
        "ArrowRight" => Some((STEP, 0)),
        "ArrowUp" => Some((0, -STEP)),
        "ArrowDown" => Some((0, STEP)),
        _ => None,
    }
}

fn in_words(number: usize, shape: &Shape) -> String {
    let t = texts().redact();
    match shape {
        Shape::Box { from, to } => {
            t.a_box(number, from.0 / 10, from.1 / 10, (to.0 - from.0) / 10, (to.1 - from.1) / 10)
        }
        Shape::Brush { points, .. } => {
            let (left, top) = points.first().copied().unwrap_or_default();
            t.a_stroke(number, left / 10, top / 10)
        }
    }
}
