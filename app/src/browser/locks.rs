//! Web Locks: what only one tab does at a time. A lock goes with its tab, so nothing stays locked after a crash.
//!
//! Where a browser has no locks (Safari before 15.4), every request is granted: there the comparison inside the
//! storage's transactions still keeps two tabs apart.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::window;

#[wasm_bindgen]
extern "C" {
    type NavigatorWithLocks;
    #[wasm_bindgen(method, getter)]
    fn locks(this: &NavigatorWithLocks) -> Option<LockManager>;
    type LockManager;
    #[wasm_bindgen(method)]
    fn request(this: &LockManager, name: &str, options: &Object, granted: &Function) -> Promise;
    #[wasm_bindgen(method)]
    fn query(this: &LockManager) -> Promise;
}

/// How to ask for a lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    /// Waits for its turn.
    Wait,
    /// Takes it when nobody has it.
    IfAvailable,
    /// Takes it from whoever has it; that tab hears that it has lost it.
    Steal,
}

/// A lock that is held until this is dropped.
#[derive(Debug)]
pub struct Held {
    release: Option<Function>,
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(release) = self.release.take() {
            let _nobody_waits_for_an_answer = release.call0(&JsValue::NULL);
        }
    }
}

/// Asks for a lock; `None` when it was not available. `lost` is called when another tab steals it later.
pub async fn ask(name: &str, asking: Asking, lost: impl FnOnce() + 'static) -> Option<Held> {
    let navigator: NavigatorWithLocks = JsValue::from(window().navigator()).unchecked_into();
    let Some(manager) = navigator.locks() else { return Some(Held { release: None }) };
    let options = Object::new();
    let member = match asking {
        Asking::Wait => None,
        Asking::IfAvailable => Some("ifAvailable"),
        Asking::Steal => Some("steal"),
    };
    if let Some(member) = member {
        let _a_plain_object_takes_any_member = Reflect::set(&options, &member.into(), &JsValue::TRUE);
    }
    let (told, told_resolver) = promise();
    let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        if lock.is_null() {
            let _ = told_resolver.call1(&JsValue::NULL, &JsValue::NULL);
            return JsValue::UNDEFINED;
        }
        let (held, release) = promise();
        let _ = told_resolver.call1(&JsValue::NULL, &release);
        held.into()
    });
    let over = manager.request(name, &options, granted.unchecked_ref());
    let lost = Rc::new(RefCell::new(Some(lost)));
    spawn_local(async move {
        // Rejected with an AbortError when it was stolen.
        if JsFuture::from(over).await.is_err()
            && let Some(lost) = lost.borrow_mut().take()
        {
            lost();
        }
    });
    let release = JsFuture::from(told).await.ok()?;
    release.dyn_into::<Function>().ok().map(|release| Held { release: Some(release) })
}

/// Whether any tab holds a lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// At least one does.
    Somewhere,
    /// None does, or the browser does not say.
    Nowhere,
}

/// Whether any tab, this one included, holds a lock whose name begins with `prefix`.
pub async fn held_anywhere(prefix: &str) -> Taken {
    let navigator: NavigatorWithLocks = JsValue::from(window().navigator()).unchecked_into();
    let Some(manager) = navigator.locks() else { return Taken::Nowhere };
    let Ok(snapshot) = JsFuture::from(manager.query()).await else { return Taken::Nowhere };
    let held = Reflect::get(&snapshot, &"held".into()).unwrap_or_default();
    let named = |lock: JsValue| Reflect::get(&lock, &"name".into()).ok().and_then(|name| name.as_string());
    let found = js_sys::Array::from(&held).iter().filter_map(named).any(|name| name.starts_with(prefix));
    if found { Taken::Somewhere } else { Taken::Nowhere }
}

fn promise() -> (Promise, Function) {
    let mut resolver = None;
    let promise = Promise::new(&mut |resolve, _| resolver = Some(resolve));
    match resolver {
        Some(resolver) => (promise, resolver),
        None => unreachable!("a promise runs its executor at once"),
    }
}
