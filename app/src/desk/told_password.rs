//! A password that the server made up, shown once: until it is noted, or the page is left.

use leptos::prelude::*;

use crate::i18n::texts;
use crate::ui::{Banner, BannerKind, Button, IconName};

/// Whose password, and the password. It lives in this signal and nowhere else.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Told {
    pub name: String,
    pub password: String,
}

/// Shows it; nothing while there is none.
#[component]
pub(super) fn ToldPassword(told: RwSignal<Option<Told>>) -> impl IntoView {
    let t = texts().accounts();
    move || {
        told.get().map(|Told { name, password }| {
            view! {
                <section class="part" id="told-password" aria-live="polite">
                    <div class="part-head"><h2>{t.password_title(&name)}</h2></div>
                    <p><code class="code">{password}</code></p>
                    <Banner kind=BannerKind::Warning icon=IconName::Warning text=t.password_once()>
                        <Button on_press=Callback::new(move |()| told.set(None))>{t.password_noted()}</Button>
                    </Banner>
                </section>
            }
        })
    }
}
