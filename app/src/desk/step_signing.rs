//! The frame of a form that signs a step: its lines, why it was refused, and the button.

use std::future::Future;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::i18n::texts;
use crate::ui::{Banner, BannerKind, Button, ButtonKind, IconName, Toasts};

/// Signing a step, from the press on the button on.
#[derive(Clone, Copy)]
pub(super) struct Signing {
    /// The step in a verb.
    verb: &'static str,
    busy: RwSignal<bool>,
    refused: RwSignal<Option<String>>,
    toasts: Option<Toasts>,
    on_done: Callback<()>,
}

impl Signing {
    /// Of a form; `on_done` is called once the step is signed.
    pub(super) fn of(verb: &'static str, on_done: Callback<()>) -> Self {
        Self {
            verb,
            busy: RwSignal::new(false),
            refused: RwSignal::new(None),
            toasts: Toasts::find(),
            on_done,
        }
    }

    /// It cannot be signed as it is filled in, and why.
    pub(super) fn refuse(self, why: &str) {
        self.refused.set(Some(why.to_owned()));
    }

    /// Waits for `taken`, and says what became of it.
    pub(super) fn await_taken(self, taken: impl Future<Output = Result<(), String>> + 'static) {
        let signed = texts().desk_loop().step_signed(self.verb);
        self.busy.set(true);
        spawn_local(async move {
            let taken = taken.await;
            self.busy.try_set(false);
            match taken {
                Ok(()) => {
                    if let Some(toasts) = self.toasts {
                        toasts.say(signed);
                    }
                    self.on_done.try_run(());
                }
                Err(why) => _ = self.refused.try_set(Some(why)),
            }
        });
    }
}

/// The form. A refusal is about what was filled in: it goes as soon as that is changed.
#[component]
pub(super) fn SigningForm(
    signing: Signing,
    /// What is filled in.
    inputs: Vec<AnyView>,
    /// Something is still on its way without which it cannot be signed.
    #[prop(into, default = Signal::stored(false))]
    waits: Signal<bool>,
    /// The button was pressed.
    on_sign: Callback<()>,
) -> impl IntoView {
    let Signing { verb, busy, refused, .. } = signing;
    let is_busy = Signal::derive(move || busy.get() || waits.get());
    view! {
        <form class="stack" on:submit=|event| event.prevent_default() on:input=move |_| refused.set(None)>
            {inputs}
            {move || refused.get().map(|text| view! { <Banner kind=BannerKind::Stop icon=IconName::Warning text /> })}
            <Button kind=ButtonKind::Primary icon=IconName::Check busy=is_busy on_press=on_sign>{verb}</Button>
        </form>
    }
}
