//! Pages whose code is fetched when they are first opened, so that a cold visit does not wait for it.
//!
//! Each part is a function that hands out a builder (see [`super::pages`]); the build cuts the program there, after
//! linking. The service worker has fetched and verified every part long before anybody stands in a basement, so this
//! waits for the network only on a phone that opened the app for the first time a moment ago.

use std::future::Future;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::SplitLoaderError;

use crate::browser::page;
use crate::i18n::texts;
use crate::ui::{Button, Screen, ScreenKind, Skeleton};

/// How far a part of the program is.
enum Part<B> {
    Coming,
    Here(B),
    /// Neither the service worker nor the network has it.
    Missing,
}

/// A page of a part: a skeleton until the part is here, then what `build` makes with the part's builder.
pub(super) fn later<B: Copy + Send + Sync + 'static>(
    part: impl Future<Output = Result<B, SplitLoaderError>> + 'static,
    build: impl Fn(B) -> AnyView + Send + 'static,
) -> AnyView {
    let state = RwSignal::new(Part::Coming);
    spawn_local(async move {
        let arrived = part.await.map_or(Part::Missing, Part::Here);
        // Nobody looks any more when the page was left meanwhile.
        let _left = state.try_set(arrived);
    });
    (move || {
        state.with(|part| match part {
            Part::Coming => view! { <main class="page"><Skeleton /></main> }.into_any(),
            Part::Here(builder) => build(*builder),
            Part::Missing => missing(),
        })
    })
    .into_any()
}

fn missing() -> AnyView {
    let t = texts().shell();
    view! {
        <main class="page">
            <h1 class="unseen">{texts().words().app_name()}</h1>
            <Screen kind=ScreenKind::Offline><Button on_press=Callback::new(|()| page::reload())>{t.reload()}</Button></Screen>
        </main>
    }
    .into_any()
}
