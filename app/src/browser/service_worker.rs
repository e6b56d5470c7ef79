//! The service worker, seen from the page: is every file of the app here, is a new version waiting.
//!
//! It keeps the shell and nothing else. A new version installs beside the running one and waits; only
//! [`switch_to_waiting`] lets it take over, and only after a person said so.

use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    MessageChannel, MessageEvent, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration,
    ServiceWorkerState,
};

use super::clock::sleep_millis;
use super::page::listen;
use super::{Refused, window};

/// Reading every file back and hashing it takes a slow phone some seconds.
const CHECK_WITHIN_MS: u32 = 30_000;

/// How many of the app's files are on the phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShellCheck {
    /// Files of this version.
    pub total: u32,
    /// Of those, present with the right hash.
    pub verified: u32,
}

impl ShellCheck {
    /// Whether the app opens without a network.
    pub const fn is_whole(self) -> bool {
        self.total > 0 && self.verified == self.total
    }
}

/// The service worker of this app.
#[derive(Clone, Debug)]
pub struct Shell {
    registration: ServiceWorkerRegistration,
}

impl Shell {
    /// Registers the one at `url`: an address that the Trusted Types policy of `boot.js` admits.
    ///
    /// # Errors
    /// [`Refused`] where the browser has none: private mode, an old or embedded browser. The app works, but does not
    /// open without a network.
    pub async fn register(url: &str) -> Result<Self, Refused> {
        let registered = container()?.register(url);
        let registration = JsFuture::from(registered).await?.unchecked_into();
        Ok(Self { registration })
    }

    /// Has every file of the running version read back and hashed; what is missing is fetched first when there is a
    /// network. `None` while it is still installing, or when it does not answer.
    pub async fn check(&self) -> Option<ShellCheck> {
        let active = self.registration.active()?;
        let answer = ask(&active, "check").await?;
        let check = check_from(&answer)?;
        if check.is_whole() {
            return Some(check);
        }
        // Without a network the repair fails, and the first answer stands.
        let repaired = ask(&active, "repair").await;
        repaired.as_ref().and_then(check_from).or(Some(check))
    }

    /// Whether the first version is still being downloaded.
    pub fn is_installing(&self) -> bool {
        self.registration.active().is_none() && self.registration.installing().is_some()
    }

    /// Whether a new version has been downloaded in full and waits.
    pub fn has_waiting(&self) -> bool {
        // The first version waits for a moment, too, and in WebKit it may have the page by then: an update is another one.
        let (waiting, active) = (self.registration.waiting(), self.registration.active());
        waiting.zip(active).is_some_and(|(waiting, active)| !Object::is(&waiting, &active))
            && container().is_ok_and(|container| container.controller().is_some())
    }

    /// Hears when a new version waits, or the first one is ready, for as long as the page lives.
    pub fn on_progress(&self, heard: impl Fn() + Clone + 'static) {
        let registration = self.registration.clone();
        let found = heard.clone();
        listen(&self.registration, "updatefound", move || {
            let Some(installing) = registration.installing() else { return };
            let target = installing.clone();
            let found = found.clone();
            listen(&target, "statechange", move || {
                if matches!(installing.state(), ServiceWorkerState::Installed | ServiceWorkerState::Activated)
                {
                    found();
                }
            });
        });
        if let Some(installing) = self.registration.installing() {
            let target = installing.clone();
            listen(&target, "statechange", move || {
                if matches!(installing.state(), ServiceWorkerState::Installed | ServiceWorkerState::Activated)
                {
                    heard();
                }
            });
        }
    }

    /// Looks for a new version. The browser does so by itself once a day and on each opening.
    pub fn look_for_update(&self) {
        let Ok(looking) = self.registration.update() else { return };
        // Without a network there is nothing to find; what is found is told by `on_progress`.
        wasm_bindgen_futures::spawn_local(async move { _ = JsFuture::from(looking).await });
    }

    /// Lets the waiting version take over, and answers when it has: then the page is to be opened again.
    pub async fn switch_to_waiting(&self) {
        let Some(waiting) = self.registration.waiting() else { return };
        let Ok(container) = container() else { return };
        let taken_over = Promise::new(&mut |resolve, _| {
            listen(&container, "controllerchange", move || {
                let _settled_once = resolve.call0(&JsValue::NULL);
            });
        });
        if waiting.post_message(&message("skip-waiting")).is_ok() {
            let _over =
                JsFuture::from(Promise::race(&Array::of2(&taken_over, &timeout(CHECK_WITHIN_MS)))).await;
        }
    }
}

pub(super) fn container() -> Result<ServiceWorkerContainer, Refused> {
    let navigator = window().navigator();
    let container = Reflect::get(&navigator, &"serviceWorker".into())?;
    container.dyn_into().map_err(|_| Refused { name: "NotSupportedError".to_owned() })
}

fn message(kind: &str) -> Object {
    let message = Object::new();
    let _a_plain_object_takes_any_member = Reflect::set(&message, &"type".into(), &kind.into());
    message
}

fn timeout(millis: u32) -> Promise {
    wasm_bindgen_futures::future_to_promise(async move {
        sleep_millis(millis).await;
        Ok(JsValue::NULL)
    })
}

/// Asks the worker by a channel of its own; `None` when it does not answer.
async fn ask(worker: &ServiceWorker, kind: &str) -> Option<JsValue> {
    let channel = MessageChannel::new().ok()?;
    let port = channel.port1();
    let answered = Promise::new(&mut |resolve, _| {
        let heard = Closure::once_into_js(move |event: MessageEvent| {
            let _settled_once = resolve.call1(&JsValue::NULL, &event.data());
        });
        port.set_onmessage(Some(heard.unchecked_ref()));
    });
    worker.post_message_with_transferable(&message(kind), &Array::of1(&channel.port2())).ok()?;
    let answer =
        JsFuture::from(Promise::race(&Array::of2(&answered, &timeout(CHECK_WITHIN_MS)))).await.ok()?;
    answer.is_object().then_some(answer)
}

fn check_from(answer: &JsValue) -> Option<ShellCheck> {
    // Counts of files: small whole numbers.
    let count = |name: &str| Reflect::get(answer, &name.into()).ok()?.as_f64().map(|number| number as u32);
    Some(ShellCheck { total: count("total")?, verified: count("verified")? })
}
