//! What has just happened, with the way back: "照片已删除 · 撤销".

use std::time::Duration;

use leptos::prelude::*;

use crate::i18n::texts;

/// How long a toast stays: long enough to read a line slowly and reach the button with a glove on.
const STAYS: Duration = Duration::from_secs(8);
/// At most so many stand at once; an older one gives way.
const MOST: usize = 2;

#[derive(Clone)]
struct Toast {
    number: u32,
    text: String,
    undo: Option<Callback<()>>,
}

/// The toasts of the page, from the context: see [`Toasts::provide`].
#[derive(Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    given: StoredValue<u32>,
}

impl Toasts {
    /// Puts toasts into the context. The shell does it once and shows a [`ToastStack`].
    pub fn provide() -> Self {
        let toasts = Self { shown: RwSignal::new(Vec::new()), given: StoredValue::new(0) };
        provide_context(toasts);
        toasts
    }

    /// The page's toasts; `None` outside a shell.
    pub fn find() -> Option<Self> {
        use_context()
    }

    /// Says what happened.
    pub fn say(self, text: impl Into<String>) {
        self.push(text.into(), None);
    }

    /// Says what happened, with the way back.
    pub fn say_with_undo(self, text: impl Into<String>, undo: Callback<()>) {
        self.push(text.into(), Some(undo));
    }

    fn push(self, text: String, undo: Option<Callback<()>>) {
        let number = self.given.get_value().wrapping_add(1);
        self.given.set_value(number);
        self.shown.update(|shown| {
            shown.push(Toast { number, text, undo });
            let surplus = shown.len().saturating_sub(MOST);
            shown.drain(..surplus);
        });
        set_timeout(move || self.remove(number), STAYS);
    }

    fn remove(self, number: u32) {
        // The page may be gone by the time a toast's time is up; then there is nothing to remove.
        let _page_gone = self.shown.try_update(|shown| shown.retain(|toast| toast.number != number));
    }
}

/// Where toasts appear: above the lower bar. Read out by screen readers as they come.
#[component]
pub fn ToastStack(
    /// The page's toasts.
    toasts: Toasts,
) -> impl IntoView {
    let t = texts().words();
    view! {
        <div class="toasts" role="status" aria-label=t.notifications()>
            {move || toasts.shown.get().into_iter().map(|toast| view! {
                <div class="toast">
                    <p class="toast-text">{toast.text}</p>
                    {toast.undo.map(|undo| {
                        let take_back = move |_| {
                            toasts.remove(toast.number);
                            undo.run(());
                        };
                        view! { <button type="button" class="toast-undo" on:click=take_back>{t.undo()}</button> }
                    })}
                </div>
            }).collect_view()}
        </div>
    }
}
