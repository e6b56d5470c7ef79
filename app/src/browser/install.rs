//! Putting the app on the home screen: the browser's own offer, kept until the user wants it.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Event;

use super::page::{BrowserKind, browser_kind, listen};
use super::window;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = Event)]
    #[derive(Clone)]
    type BeforeInstallPromptEvent;
    #[wasm_bindgen(method)]
    fn prompt(this: &BeforeInstallPromptEvent) -> js_sys::Promise;
}

/// What can be offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InstallWay {
    /// It runs from the home screen already, or the browser offers nothing.
    Nothing,
    /// The browser asks when told to.
    Prompt,
    /// By the share sheet, by hand (iOS).
    ShareSheet,
    /// WeChat: first in a real browser.
    OtherBrowser,
}

/// How the app runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// From the home screen, in a window of its own.
    Installed,
    /// In a tab.
    InTab,
}

/// How the app runs now.
pub fn standing() -> Standing {
    let standalone = window()
        .match_media("(display-mode: standalone)")
        .is_ok_and(|query| query.is_some_and(|query| query.matches()));
    if standalone { Standing::Installed } else { Standing::InTab }
}

/// The browser's offer to install.
#[derive(Clone, Default)]
pub struct Install(Rc<RefCell<Option<BeforeInstallPromptEvent>>>);

impl Install {
    /// Waits for the browser's offer; `changed` is called when it comes and when the app has been installed.
    pub fn watch(changed: impl Fn() + Clone + 'static) -> Self {
        let install = Self::default();
        let kept = Rc::clone(&install.0);
        let told = changed.clone();
        let offered = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            event.prevent_default();
            *kept.borrow_mut() = Some(event.unchecked_into());
            told();
        });
        let target = window();
        if target
            .add_event_listener_with_callback("beforeinstallprompt", offered.as_ref().unchecked_ref())
            .is_ok()
        {
            offered.forget();
        }
        let kept = Rc::clone(&install.0);
        listen(&target, "appinstalled", move || {
            kept.borrow_mut().take();
            changed();
        });
        install
    }

    /// What can be offered now.
    pub fn way(&self) -> InstallWay {
        match browser_kind() {
            _ if standing() == Standing::Installed => InstallWay::Nothing,
            BrowserKind::WeChat => InstallWay::OtherBrowser,
            BrowserKind::Ios => InstallWay::ShareSheet,
            BrowserKind::Other if self.0.borrow().is_some() => InstallWay::Prompt,
            BrowserKind::Other => InstallWay::Nothing,
        }
    }

    /// Has the browser ask.
    pub async fn ask(&self) {
        let offer = self.0.borrow_mut().take();
        if let Some(offer) = offer {
            let _the_user_decides = JsFuture::from(offer.prompt()).await;
        }
    }
}
