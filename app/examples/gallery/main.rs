//! Every component in every mode, on pages as they are in life: for looking at, for screenshots and for axe.
//!
//! Part of neither program. Built by `cargo build --package xunan-app --example gallery --target
//! wasm32-unknown-unknown`; `gallery.html` beside this file loads it. The address chooses what is shown:
//! `?page=walk&mode=elder&theme=dark&lang=en`.

#![forbid(unsafe_code)]
#![expect(unreachable_pub, reason = "the component macro makes its functions public")]

mod desk;
mod forms;
mod hazard;
mod pages;
mod walk;

use leptos::prelude::*;
use xunan_app::i18n::Lang;

/// What the address says of a key; empty when nothing.
fn asked(key: &str) -> String {
    let query = web_sys::window().and_then(|window| window.location().search().ok()).unwrap_or_default();
    let pairs = query.trim_start_matches('?').split('&');
    pairs
        .filter_map(|pair| pair.split_once('='))
        .find(|(name, _)| *name == key)
        .map(|(_, value)| value.to_owned())
        .unwrap_or_default()
}

fn mark_page(lang: Lang) {
    let Some(root) =
        web_sys::window().and_then(|window| window.document()).and_then(|page| page.document_element())
    else {
        return;
    };
    for (name, value) in
        [("lang", lang.tag().to_owned()), ("data-mode", asked("mode")), ("data-theme", asked("theme"))]
    {
        if !value.is_empty() {
            // None of these names can be refused.
            let _named = root.set_attribute(name, &value);
        }
    }
}

fn main() {
    let lang = Lang::from_tag(&asked("lang"));
    mark_page(lang);
    mount_to_body(move || {
        provide_context(lang);
        match asked("page").as_str() {
            "walk" => view! { <walk::WalkPage /> }.into_any(),
            "hazard" => view! { <hazard::HazardPage /> }.into_any(),
            "sign" => view! { <hazard::SignPage /> }.into_any(),
            "camera" => view! { <hazard::CameraPage /> }.into_any(),
            "outbox" => view! { <pages::OutboxPage /> }.into_any(),
            "review" => view! { <pages::ReviewPage /> }.into_any(),
            "me" => view! { <pages::MePage /> }.into_any(),
            "facility" => view! { <pages::FacilityPage /> }.into_any(),
            "sign-in" => view! { <forms::SignInPage /> }.into_any(),
            "forms" => view! { <forms::FormsPage /> }.into_any(),
            "confirm" => view! { <forms::ConfirmPage /> }.into_any(),
            "screens" => view! { <forms::ScreensPage /> }.into_any(),
            "desk" => view! { <desk::DeskPage /> }.into_any(),
            "record" => view! { <desk::RecordPage /> }.into_any(),
            _ => view! { <pages::TodayPage /> }.into_any(),
        }
    });
}
