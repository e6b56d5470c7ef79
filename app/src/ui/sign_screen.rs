//! One signature on the whole screen: who signs above the pad, and nothing else to touch by mistake.
//!
//! On an upright phone the sheet is turned sideways by the style sheet, so that a name has the phone's length,
//! whether or not its rotation is locked.

use leptos::html::Dialog;
use leptos::prelude::*;
use xunan_core::evidence::Stroke;

use super::button::{Button, ButtonKind};
use super::icon::IconName;
use super::signature::SignaturePad;
use crate::browser::dialog;
use crate::i18n::texts;

/// The screen. The text being signed was readable before it opened.
#[component]
pub fn SignScreen(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// Who signs.
    #[prop(into)]
    name: String,
    /// As what, and by which certificate.
    #[prop(into)]
    post: String,
    /// What has been drawn.
    #[prop(into)]
    strokes: Signal<Vec<Stroke>>,
    /// A stroke ended, or all were taken back: all of them.
    on_strokes: Callback<Vec<Stroke>>,
    /// Why it is not taken as a signature.
    #[prop(optional, into)]
    wrong: Signal<Option<String>>,
    /// The signer is done.
    on_done: Callback<()>,
    /// Not now: set `open` to false.
    on_close: Callback<()>,
) -> impl IntoView {
    let t = texts();
    let element = NodeRef::<Dialog>::new();
    dialog::follow(element, open);
    let closed_by_browser = move |_| {
        if open.get_untracked() {
            on_close.run(());
        }
    };
    view! {
        <dialog class="sign-screen" node_ref=element aria-modal="true" aria-label=t.review().sign() on:close=closed_by_browser>
            <section class="sign-sheet signature" aria-label=t.review().sign()>
                <header class="line" data-spread="">
                    <div class="stack" data-gap="small">
                        <h2>{name}</h2>
                        <p class="muted small">{post}</p>
                    </div>
                    <Button kind=ButtonKind::Plain icon=IconName::Cross on_press=on_close>{t.words().close()}</Button>
                </header>
                <SignaturePad strokes on_strokes />
                {move || wrong.get().map(|words| view! { <p class="field-wrong" role="alert">{words}</p> })}
                <div class="dialog-actions">
                    <Button icon=IconName::Undo on_press=Callback::new(move |()| on_strokes.run(Vec::new()))>
                        {t.words().clear_signature()}
                    </Button>
                    <Button kind=ButtonKind::Primary icon=IconName::Check on_press=on_done>{t.review().use_signature()}</Button>
                </div>
            </section>
        </dialog>
    }
}
