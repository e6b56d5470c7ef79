//! The camera's frame: dark, the picture, one big shutter under the thumb. Whoever uses it connects the stream.

use leptos::html::{Dialog, Video};
use leptos::prelude::*;

use super::icon::{Icon, IconName};
use crate::browser::dialog;
use crate::i18n::texts;

/// The overlay.
#[component]
pub fn CameraFrame(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// What is being photographed, in words: the item.
    #[prop(into)]
    subject: TextProp,
    /// Where the stream plays: set its `srcObject`.
    video: NodeRef<Video>,
    /// What is to be said now: opening, "已存第 3 张", a refusal. Read out.
    #[prop(into)]
    says: TextProp,
    /// Whether the shutter can be pressed: the stream is there, and the last photo is on its way.
    #[prop(into)]
    ready: Signal<bool>,
    /// The shutter was pressed.
    on_shutter: Callback<()>,
    /// A picture of before, laid half-transparent over the view: its address.
    #[prop(optional, into)]
    ghost: Signal<Option<String>>,
    /// The other lens, please; none when there is only one.
    #[prop(optional, into)]
    on_turn: Option<Callback<()>>,
    /// A file instead.
    on_pick: Callback<()>,
    /// Done: set `open` to false and stop the stream.
    on_close: Callback<()>,
) -> impl IntoView {
    let t = texts().photo();
    let element = NodeRef::<Dialog>::new();
    dialog::follow(element, open);
    let closed_by_browser = move |_| {
        if open.get_untracked() {
            on_close.run(());
        }
    };
    // Some see better without: it can be put away.
    let overlaid = RwSignal::new(true);
    let lay = move || {
        let words = if overlaid.get() { t.ghost_off() } else { t.ghost_on() };
        let toggle = Callback::new(move |()| overlaid.update(|overlaid| *overlaid = !*overlaid));
        ghost.get().map(|_| action(IconName::Image, words, toggle))
    };
    let turn = on_turn.map(|on_turn| action(IconName::Turn, t.turn_camera(), on_turn).into_any());
    view! {
        <dialog class="camera" node_ref=element aria-modal="true" aria-label=texts().words().add_photo() on:close=closed_by_browser>
            <header class="camera-head">
                {action(IconName::Cross, t.done(), on_close)}
                <p class="camera-title">{move || subject.get()}</p>
                {turn.unwrap_or_else(|| view! { <span>{lay}</span> }.into_any())}
            </header>
            {move || {
                let source = ghost.get().filter(|_| overlaid.get());
                source.map(|source| view! { <img class="camera-ghost" src=source alt="" aria-hidden="true" /> })
            }}
            <video class="camera-view" node_ref=video autoplay playsinline prop:muted=true></video>
            <footer class="camera-foot">
                {action(IconName::Image, t.pick(), on_pick)}
                <button type="button" class="shutter" aria-label=t.shutter() disabled=move || !ready.get() on:click=move |_| on_shutter.run(())></button>
                <p class="camera-title" role="status">{move || says.get()}</p>
            </footer>
        </dialog>
    }
}

fn action(icon: IconName, word: &'static str, on_press: Callback<()>) -> impl IntoView {
    view! {
        <button type="button" class="camera-action" on:click=move |_| on_press.run(())>
            <Icon name=icon />
            {word}
        </button>
    }
}
