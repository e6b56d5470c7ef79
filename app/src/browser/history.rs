//! Addresses: where the page is, going elsewhere, and links that do not reload the program.

use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, HtmlAnchorElement, MouseEvent};

use super::page::listen;
use super::{document, window};

/// The path that the page is at.
pub fn path() -> String {
    window().location().pathname().unwrap_or_else(|_| "/".to_owned())
}

/// Names and values behind the question mark of the address that the page is at, decoded.
pub fn question() -> Vec<(String, String)> {
    pairs(&window().location().search().unwrap_or_default())
}

/// Names and values of what stands behind a question mark, decoded. What cannot be decoded is passed over.
pub fn pairs(question: &str) -> Vec<(String, String)> {
    let decoded = |text: &str| {
        let text = js_sys::decode_uri_component(&text.replace('+', " ")).ok()?;
        text.as_string()
    };
    let parts = question.trim_start_matches('?').split('&');
    parts
        .filter_map(|part| {
            let (name, value) = part.split_once('=')?;
            Some((decoded(name)?, decoded(value)?))
        })
        .collect()
}

/// Names and values as they stand behind a question mark.
pub fn question_of(pairs: &[(&str, String)]) -> String {
    let encoded = |text: &str| String::from(js_sys::encode_uri_component(text));
    let parts: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
    parts.join("&")
}

/// Whether going somewhere leaves a step behind to come back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It does.
    Forward,
    /// It takes the place of where the page was.
    InPlace,
}

/// Notes a new path in the browser's history.
pub fn go(path: &str, step: Step) {
    let Ok(history) = window().history() else { return };
    let _same_origin_always = match step {
        Step::Forward => history.push_state_with_url(&JsValue::NULL, "", Some(path)),
        Step::InPlace => history.replace_state_with_url(&JsValue::NULL, "", Some(path)),
    };
}

/// Whether there is a step to go back to. A page that was opened from outside has none of ours.
pub fn has_steps() -> bool {
    window().history().and_then(|history| history.length()).is_ok_and(|length| length > 1)
}

/// One step back.
pub fn back() {
    if let Ok(history) = window().history() {
        let _nowhere_to_go = history.back();
    }
}

/// Hears when the user goes back or forward, for as long as the page lives.
pub fn on_moved(heard: impl Fn(String) + 'static) {
    listen(&window(), "popstate", move || heard(path()));
}

/// Hears clicks on links to paths of this origin. `take` answers whether the program goes there itself; then the
/// browser does not. Clicks that ask for another tab, and downloads, are the browser's.
pub fn on_link(take: impl Fn(&str) -> LinkTaken + 'static) {
    let clicked = Closure::<dyn Fn(MouseEvent)>::new(move |event: MouseEvent| {
        let plain = event.button() == 0 && !event.ctrl_key() && !event.meta_key() && !event.shift_key();
        if !plain || event.default_prevented() {
            return;
        }
        let Some(path) = linked_path(&event) else { return };
        if take(&path) == LinkTaken::Yes {
            event.prevent_default();
        }
    });
    if document().add_event_listener_with_callback("click", clicked.as_ref().unchecked_ref()).is_ok() {
        clicked.forget();
    }
}

/// Whether the program went to a link itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkTaken {
    /// It did.
    Yes,
    /// It is no page of this program.
    No,
}

fn linked_path(event: &MouseEvent) -> Option<String> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let link: HtmlAnchorElement = target.closest("a[href]").ok()??.dyn_into().ok()?;
    let elsewhere = link.has_attribute("download") || link.target() == "_blank";
    let ours = window().location().origin().is_ok_and(|origin| origin == link.origin());
    // "Skip to content" and the like stay with the browser.
    let within = link.hash().len() > 1 && link.pathname() == path();
    (ours && !elsewhere && !within).then(|| link.pathname())
}
