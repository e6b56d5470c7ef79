//! A sheet that comes from below and leaves the page in view behind it.

use leptos::html::Dialog;
use leptos::prelude::*;

use super::icon::{Icon, IconName};
use crate::browser::dialog;
use crate::i18n::texts;

/// A bottom sheet; on a wide window it stands at the side. Esc, the back gesture, a touch beside it and its
/// close button all report `on_close`; what was entered is stored as it was typed, so closing loses nothing.
#[component]
pub fn Sheet(
    /// Its heading, and its name for screen readers.
    #[prop(into)]
    title: TextProp,
    /// Whether it is open. Its content exists only while it is.
    #[prop(into)]
    open: Signal<bool>,
    /// It asks to be closed: set `open` to false.
    on_close: Callback<()>,
    /// What stays at its lower edge: usually the one button that ends it.
    #[prop(optional, into)]
    foot: ViewFn,
    children: ChildrenFn,
) -> impl IntoView {
    let element = NodeRef::<Dialog>::new();
    dialog::follow(element, open);
    let children = StoredValue::new(children);
    let foot = StoredValue::new(foot);
    let (name, heading) = (title.clone(), StoredValue::new(title));
    let closed_by_browser = move |_| {
        if open.get_untracked() {
            on_close.run(());
        }
    };
    // A finger or mouse that went down inside and up outside selected text: that closes nothing.
    let went_down_beside = StoredValue::new(false);
    let goes_down =
        move |event: leptos::ev::PointerEvent| went_down_beside.set_value(dialog::is_beside(&event));
    let pressed_beside = move |event: leptos::ev::MouseEvent| {
        if went_down_beside.get_value() && dialog::is_beside(&event) {
            on_close.run(());
        }
    };
    view! {
        <dialog class="sheet" node_ref=element aria-modal="true" aria-label=move || name.get() on:close=closed_by_browser
            on:pointerdown=goes_down on:click=pressed_beside>
            <Show when=move || open.get()>
                <header class="sheet-head">
                    <h2 class="sheet-title">{move || heading.with_value(TextProp::get)}</h2>
                    <button type="button" class="button" data-kind="plain" on:click=move |_| on_close.run(())>
                        <Icon name=IconName::Cross />
                        {texts().words().close()}
                    </button>
                </header>
                <div class="sheet-body" tabindex="0">{children.with_value(|children| children())}</div>
                {foot.with_value(|foot| foot.run())}
            </Show>
        </dialog>
    }
}

/// The lower edge of a [`Sheet`]: `foot=|| view! { <SheetFoot><Button …/></SheetFoot> }`.
#[component]
pub fn SheetFoot(children: Children) -> impl IntoView {
    view! { <footer class="sheet-foot">{children()}</footer> }
}
