//! Word between the tabs of this browser.

use wasm_bindgen::JsCast as _;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

/// A channel that every tab of the app hears.
#[derive(Clone, Debug)]
pub struct Channel(Option<BroadcastChannel>);

impl Channel {
    /// Joins a channel; where the browser has none, nobody hears anything, and pages look for themselves when they
    /// are shown again.
    pub fn join(name: &str) -> Self {
        Self(BroadcastChannel::new(name).ok())
    }

    /// Tells all other tabs.
    pub fn tell(&self, word: &str) {
        if let Some(channel) = &self.0 {
            let _closed_with_the_page = channel.post_message(&JsValue::from_str(word));
        }
    }

    /// Hears every word of the other tabs, for as long as the page lives.
    pub fn listen(&self, heard: impl Fn(String) + 'static) {
        let Some(channel) = &self.0 else { return };
        let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(word) = event.data().as_string() {
                heard(word);
            }
        });
        let added = channel.add_event_listener_with_callback("message", heard.as_ref().unchecked_ref());
        debug_assert!(added.is_ok(), "a channel takes listeners");
        heard.forget();
    }
}
