//! The keyboard of the desk: j and k move through the rows of a table, Enter opens, x selects, a assigns, ? tells.

use leptos::prelude::*;

use crate::browser::rows::{self, Pressed};
use crate::i18n::texts;
use crate::ui::Sheet;

/// Assigns: what is chosen, or else the row that has the focus, which is chosen first.
fn assign() {
    if rows::press("a") == Pressed::No {
        rows::select();
        request_animation_frame(|| _ = rows::press("a"));
    }
}

/// Listens to the keyboard, and shows what it knows.
#[component]
pub(super) fn Keys() -> impl IntoView {
    let t = texts().desk();
    let open = RwSignal::new(false);
    let handle = window_event_listener(leptos::ev::keydown, move |event| {
        if rows::is_typing(&event) || event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        match event.key().as_str() {
            "j" => rows::focus_next(),
            "k" => rows::focus_previous(),
            "?" => open.set(true),
            "x" => rows::select(),
            "a" => assign(),
            "/" => {
                event.prevent_default();
                rows::focus_search();
            }
            _ => {}
        }
    });
    on_cleanup(move || handle.remove());
    let line = |key: &'static str, words: &'static str| view! { <dt><kbd class="key">{key}</kbd></dt><dd>{words}</dd> };
    view! {
        <Sheet title=t.keys_title() open on_close=Callback::new(move |()| open.set(false))>
            <dl class="facts keys">
                {line("j k", t.keys_move())}
                {line("Enter", t.keys_open())}
                {line("/", t.keys_search())}
                {line("x", texts().desk_loop().keys_select())}
                {line("a", texts().desk_loop().keys_assign())}
                {line("?", t.keys_help())}
                {line("Esc", t.keys_close())}
            </dl>
        </Sheet>
    }
}
