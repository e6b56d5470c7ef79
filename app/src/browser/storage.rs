//! What the browser says of its storage. `estimate()` is not to be believed as a limit (it lies by design), so only
//! what is used is read from it.

use js_sys::Reflect;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::StorageManager;

use super::window;

/// Whether the browser has promised to keep our data when space runs short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// It has.
    Promised,
    /// It has not: it may clear all of it at once.
    BestEffort,
    /// It does not say.
    Unknown,
}

/// What it says now.
pub async fn keeping() -> Keeping {
    match manager().map(|manager| manager.persisted()) {
        Some(Ok(promise)) => keeping_from(JsFuture::from(promise).await),
        _ => Keeping::Unknown,
    }
}

/// Asks it to promise. Chromium and Safari decide silently; Firefox asks the user, and answers when the user has.
pub async fn ask_to_keep() -> Keeping {
    match manager().map(|manager| manager.persist()) {
        Some(Ok(promise)) => keeping_from(JsFuture::from(promise).await),
        _ => Keeping::Unknown,
    }
}

/// Bytes in use; `None` where the browser does not say.
pub async fn used_bytes() -> Option<u64> {
    let estimate = JsFuture::from(manager()?.estimate().ok()?).await.ok()?;
    let usage = Reflect::get(&estimate, &"usage".into()).ok()?.as_f64()?;
    Some(usage as u64)
}

fn keeping_from(answer: Result<JsValue, JsValue>) -> Keeping {
    match answer.ok().and_then(|answer| answer.as_bool()) {
        Some(true) => Keeping::Promised,
        Some(false) => Keeping::BestEffort,
        None => Keeping::Unknown,
    }
}

fn manager() -> Option<StorageManager> {
    let navigator = window().navigator();
    let there = Reflect::get(&navigator, &"storage".into()).is_ok_and(|storage| storage.is_object());
    there.then(|| navigator.storage())
}
