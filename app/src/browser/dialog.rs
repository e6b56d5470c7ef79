//! The browser's own modal dialogs: they keep the focus inside, make the page behind inert, close with Esc or
//! the phone's back gesture, and give the focus back.

use leptos::html::Dialog;
use leptos::prelude::{Effect, Get, NodeRef, Signal};
use wasm_bindgen::JsCast as _;

/// Opens and closes a `<dialog>` as `open` says. When the browser closes it (Esc, back), it fires `close`.
pub fn follow(dialog: NodeRef<Dialog>, open: Signal<bool>) {
    Effect::new(move || {
        let (Some(dialog), open) = (dialog.get(), open.get()) else { return };
        if open && !dialog.open() {
            // Fails only for a dialog that is not in the page or is open already: neither can be here.
            let shown = dialog.show_modal();
            debug_assert!(shown.is_ok());
        } else if !open && dialog.open() {
            dialog.close();
        }
    });
}

/// Whether a click went beside the dialog's content, on the shaded page. Holds for dialogs without padding.
pub fn is_beside(event: &leptos::ev::MouseEvent) -> bool {
    event.target().is_some_and(|target| target.has_type::<web_sys::HtmlDialogElement>())
}
