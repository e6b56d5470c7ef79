//! Web Push, seen from the page: whether this browser is told while the app is closed.
//!
//! Spoken to by name: the bindings for three calls would be ten features of `web-sys`.

use js_sys::{Function, JSON, Object, Promise, Reflect};
use serde::Deserialize;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use xunan_core::notice::PushSubscription;

use super::Refused;
use super::service_worker::container;

/// What `PushSubscription.toJSON()` gives.
#[derive(Deserialize)]
struct Written {
    endpoint: String,
    keys: Keys,
}

#[derive(Deserialize)]
struct Keys {
    p256dh: String,
    auth: String,
}

fn not_supported() -> Refused {
    Refused { name: "NotSupportedError".to_owned() }
}

/// Calls a method that answers a promise.
async fn call(of: &JsValue, method: &str, argument: &JsValue) -> Result<JsValue, Refused> {
    let method: Function = Reflect::get(of, &method.into())?.dyn_into().map_err(|_| not_supported())?;
    let promise: Promise = method.call1(of, argument)?.dyn_into().map_err(|_| not_supported())?;
    Ok(JsFuture::from(promise).await?)
}

/// The push manager of this app's service worker.
async fn manager() -> Result<JsValue, Refused> {
    let registration = JsFuture::from(container()?.ready()?).await?;
    let manager = Reflect::get(&registration, &"pushManager".into())?;
    if manager.is_object() { Ok(manager) } else { Err(not_supported()) }
}

fn read(subscription: &JsValue) -> Result<PushSubscription, Refused> {
    let json = JSON::stringify(subscription)?.as_string().unwrap_or_default();
    let Written { endpoint, keys: Keys { p256dh, auth } } =
        serde_json::from_str(&json).map_err(|_| not_supported())?;
    Ok(PushSubscription { endpoint, p256dh, auth })
}

/// How this browser is told now; `None` when it is not.
///
/// # Errors
/// [`Refused`] where the browser has no Web Push.
pub async fn subscription() -> Result<Option<PushSubscription>, Refused> {
    let found = call(&manager().await?, "getSubscription", &JsValue::UNDEFINED).await?;
    if found.is_object() { read(&found).map(Some) } else { Ok(None) }
}

/// Asks the person, and subscribes with the server's key. Belongs behind a touch.
///
/// # Errors
/// [`Refused`] when the person, or the browser, does not want it.
pub async fn subscribe(key: &str) -> Result<PushSubscription, Refused> {
    let options = Object::new();
    Reflect::set(&options, &"userVisibleOnly".into(), &true.into())?;
    Reflect::set(&options, &"applicationServerKey".into(), &key.into())?;
    read(&call(&manager().await?, "subscribe", &options).await?)
}

/// Gives the subscription up, if there is one.
///
/// # Errors
/// [`Refused`] when the browser does not.
pub async fn unsubscribe() -> Result<(), Refused> {
    let found = call(&manager().await?, "getSubscription", &JsValue::UNDEFINED).await?;
    if found.is_object() {
        call(&found, "unsubscribe", &JsValue::UNDEFINED).await?;
    }
    Ok(())
}
