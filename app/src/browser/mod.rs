//! The browser: the one place besides `store` that touches `web-sys`. Everything else speaks the types of this
//! module, so that what the browser can refuse is seen, and answered, in one place.
//!
//! Each file is one thing that browsers do. Whatever may be missing (a camera, locks, a service worker) is an
//! `Option` or an error with words, never a panic.

pub mod clock;
pub mod page_clock;
pub mod binary;
pub mod crypto;
pub mod sealing;
pub mod http;
pub mod locks;
pub mod channel;
pub mod storage;
pub mod notes;
pub mod page;
pub mod history;
pub mod files;
pub mod camera;
pub mod position;
pub mod push;
pub mod photo_worker;
pub mod service_worker;
pub mod install;
pub mod dialog;
pub mod input;
pub mod picture;
pub mod pointer;
pub mod radio;
pub mod rows;
pub mod scroll;

pub use binary::{Binary, ObjectUrl};
pub use crypto::SigningKey;

use wasm_bindgen::JsValue;

/// The window. Its absence would mean that a page runs without a page.
///
/// # Panics
/// Outside a window.
pub(crate) fn window() -> web_sys::Window {
    match web_sys::window() {
        Some(window) => window,
        None => unreachable!("the pages run in a window"),
    }
}

pub(crate) fn document() -> web_sys::Document {
    match window().document() {
        Some(document) => document,
        None => unreachable!("a window has a document"),
    }
}

/// Something that the browser refused, by its name for it, such as `NotAllowedError`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the browser refused: {name}")]
pub struct Refused {
    /// The name.
    pub name: String,
}

impl From<JsValue> for Refused {
    fn from(error: JsValue) -> Self {
        let name = js_sys::Reflect::get(&error, &"name".into()).ok().and_then(|name| name.as_string());
        Self { name: name.or_else(|| error.as_string()).unwrap_or_else(|| "Error".to_owned()) }
    }
}
