//! The page around the program: whether there is a network, whether it is seen, how it looks, what it is called.

use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, EventTarget, HtmlElement, VisibilityState};

use super::{document, window};

/// Whether there is a network, as far as the browser knows. "Connected" promises nothing: only an answer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Network {
    /// There may be.
    Connected,
    /// There is none.
    Gone,
}

/// What the browser says now.
pub fn network() -> Network {
    if window().navigator().on_line() { Network::Connected } else { Network::Gone }
}

/// Hears when the network comes and goes, for as long as the page lives.
pub fn on_network(heard: impl Fn(Network) + Clone + 'static) {
    for name in ["online", "offline"] {
        let heard = heard.clone();
        listen(&window(), name, move || heard(network()));
    }
}

/// Hears when the page is shown again: from the background, or from the back-forward cache.
pub fn on_shown(heard: impl Fn() + Clone + 'static) {
    let seen = heard.clone();
    listen(&document(), "visibilitychange", move || {
        if document().visibility_state() == VisibilityState::Visible {
            seen();
        }
    });
    listen(&window(), "pageshow", heard);
}

/// Hears an event of a target, for as long as the page lives.
pub(super) fn listen(target: &EventTarget, name: &str, heard: impl Fn() + 'static) {
    let heard = Closure::<dyn Fn()>::new(heard);
    if target.add_event_listener_with_callback(name, heard.as_ref().unchecked_ref()).is_ok() {
        heard.forget();
    }
}

/// Sets an attribute of `<html>`, or takes it away: how looks are switched.
pub fn set_root_attribute(name: &str, value: Option<&str>) {
    let Some(root) = document().document_element() else { return };
    let _both_are_ours = match value {
        Some(value) => root.set_attribute(name, value),
        None => root.remove_attribute(name),
    };
}

/// The page's title, in the browser's tab and to screen readers.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// The browser's first language, as a tag.
pub fn language() -> String {
    window().navigator().language().unwrap_or_default()
}

/// Moves the focus to the page's heading, so that a screen reader starts there, and the view to the top.
pub fn focus_heading() {
    window().scroll_to_with_x_and_y(0.0, 0.0);
    focus("h1");
}

/// Moves the focus to the first element that fits a selector.
pub fn focus(selector: &str) {
    let found: Option<Element> = document().query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        if element.tab_index() < 0 && element.get_attribute("tabindex").is_none() {
            let _our_own = element.set_attribute("tabindex", "-1");
        }
        let _may_be_hidden = element.focus();
    }
}

/// A text as it stands in the query of an address.
pub fn query_escaped(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

/// Opens the program again: after an update, or when this page can store nothing more.
pub fn reload() {
    let _leaving = window().location().reload();
}

/// Opens the browser's print dialog with this page.
pub fn print() {
    let _may_be_forbidden_in_a_frame = window().print();
}

/// What kind of browser it is, as far as hints depend on it. Nothing but hints does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BrowserKind {
    /// WeChat's own browser 微信: no service worker that lasts.
    WeChat,
    /// Safari on iPhone or iPad: installs by the share sheet, clears storage after a week without use.
    Ios,
    /// Any other.
    Other,
}

/// What kind of browser this is.
pub fn browser_kind() -> BrowserKind {
    let agent = window().navigator().user_agent().unwrap_or_default();
    if agent.contains("MicroMessenger") {
        BrowserKind::WeChat
    } else if agent.contains("iPhone") || agent.contains("iPad") {
        BrowserKind::Ios
    } else {
        BrowserKind::Other
    }
}

/// A name for this browser that people recognise in a list of devices, such as "Chrome · Android".
pub fn device_name() -> String {
    let agent = window().navigator().user_agent().unwrap_or_default();
    device_name_from(&agent)
}

fn device_name_from(agent: &str) -> String {
    let named = |names: &[(&str, &'static str)], otherwise| {
        names.iter().find(|(mark, _)| agent.contains(mark)).map_or(otherwise, |(_, name)| *name)
    };
    let browser = named(
        &[
            ("MicroMessenger", "微信"),
            ("HuaweiBrowser", "华为浏览器"),
            ("MiuiBrowser", "小米浏览器"),
            ("Edg", "Edge"),
            ("Firefox", "Firefox"),
            ("Chrome", "Chrome"),
            ("Safari", "Safari"),
        ],
        "Browser",
    );
    let system = named(
        &[
            ("OpenHarmony", "HarmonyOS"),
            ("Android", "Android"),
            ("iPhone", "iPhone"),
            ("iPad", "iPad"),
            ("Windows", "Windows"),
            ("Mac OS", "Mac"),
            ("Linux", "Linux"),
        ],
        "?",
    );
    format!("{browser} · {system}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_named_by_its_browser_and_its_system() {
        for (agent, name) in [
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36",
                "Chrome · Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile Safari/604.1",
                "Safari · iPhone",
            ),
            ("Mozilla/5.0 (Linux; Android 12) Chrome/107 MicroMessenger/8.0", "微信 · Android"),
            ("curl", "Browser · ?"),
        ] {
            assert_eq!(device_name_from(agent), name);
        }
    }
}
