//! The switch for Web Push: shown where the server and the browser both have it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::notice::{EndedSubscription, PushKey};
use xunan_core::problem::Problem;

use crate::browser::http::{Method, Request};
use crate::browser::push;
use crate::i18n::texts;
use crate::ui::{Button, ButtonKind};

/// How it stands.
#[derive(Clone, PartialEq)]
enum Told {
    /// The server or the browser has no Web Push, or it is not known yet.
    Hidden,
    /// Not told; the server's key.
    Off(String),
    /// Told; the server's key, and the address.
    On(String, String),
    /// The person or the browser does not want it.
    Refused(String),
}

/// The switch.
#[component]
pub(super) fn LockScreen() -> impl IntoView {
    let t = texts().inbox();
    let told = RwSignal::new(Told::Hidden);
    let set = move |now: Told| {
        // Nobody looks any more when the page was left meanwhile.
        let _left = told.try_set(now);
    };
    spawn_local(async move {
        let key = Request::plain(Method::Get, "/api/push-key").json::<PushKey>().await;
        if let (Ok(PushKey { key: Some(key) }), Ok(found)) = (key, push::subscription().await) {
            set(found.map_or(Told::Off(key.clone()), |it| Told::On(key, it.endpoint)));
        }
    });
    let switch_on = move |key: String| {
        spawn_local(async move {
            set(match subscribe(&key).await {
                Some(endpoint) => Told::On(key, endpoint),
                None => Told::Refused(key),
            });
        });
    };
    let switch_off = move |key: String, endpoint: String| {
        spawn_local(async move {
            if unsubscribe(&endpoint).await.is_ok() {
                set(Told::Off(key));
            }
        });
    };
    let on = move |key: String| {
        let press = Callback::new(move |()| switch_on(key.clone()));
        view! { <Button kind=ButtonKind::Plain on_press=press>{t.push_on()}</Button> }
    };
    move || match told.get() {
        Told::Hidden => ().into_any(),
        Told::Off(key) => view! { {on(key)}<p class="muted small">{t.push_note()}</p> }.into_any(),
        Told::Refused(key) => view! { {on(key)}<p role="status">{t.push_refused()}</p> }.into_any(),
        Told::On(key, endpoint) => {
            let press = Callback::new(move |()| switch_off(key.clone(), endpoint.clone()));
            view! { <Button kind=ButtonKind::Plain on_press=press>{t.push_off()}</Button> }.into_any()
        }
    }
}

/// Subscribes here and at the server; answers the address.
async fn subscribe(key: &str) -> Option<String> {
    let subscription = push::subscribe(key).await.ok()?;
    let request = Request::post_json("/api/push-subscriptions", &subscription).ok()?;
    request.send().await.ok()?.good().await.ok()?;
    Some(subscription.endpoint)
}

/// The server forgets first: what it has no address for, it cannot tell.
async fn unsubscribe(endpoint: &str) -> Result<(), Problem> {
    let ended =
        Request::post_json("/api/push-subscriptions", &EndedSubscription { endpoint: endpoint.to_owned() })?;
    let request = Request { method: Method::Delete, ..ended };
    request.send().await?.good().await?;
    // A browser that keeps its side is told nothing any more all the same.
    let _kept = push::unsubscribe().await;
    Ok(())
}
