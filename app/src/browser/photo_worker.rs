//! The photo worker, seen from the page: bytes in, a prepared photo out. It starts with the first photo, and is
//! replaced when its memory has grown or it has not answered for a minute.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};
use xunan_core::digest::Digest;
use xunan_core::evidence::{FileClaims, Likeness, PhotoStep, Shape};
use xunan_core::problem::Problem;
use xunan_photo::protocol::{
    ANSWER_WITHIN_MS, Answer, Findings, PreparedMessage, RedactedMessage, Request, WORKER_URL,
};

use super::Binary;
use super::clock::sleep_millis;

/// A photo as it is stored and sent.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// Hash of the bytes as they came, before anything touched them.
    pub original: Digest,
    /// Their number.
    pub original_bytes: u64,
    /// The JPEG that is stored: long edge 1600 px at most, upright, without metadata.
    pub jpeg: Binary,
    /// Its hash.
    pub stored: Digest,
    /// Its width, in pixels.
    pub width_px: u32,
    /// Its height, in pixels.
    pub height_px: u32,
    /// Its small picture, without lines over it.
    pub thumbnail: Binary,
    /// The small picture's hash.
    pub thumbnail_digest: Digest,
    /// What the file says of itself.
    pub claims: FileClaims,
    /// What was done from the original's bytes to the stored ones. Says whether the lines could be drawn.
    pub steps: Vec<PhotoStep>,
    /// What the picture looks like from afar, without lines over it.
    pub likeness: Likeness,
}

/// A copy of a stored photo for the public.
#[derive(Clone, Debug)]
pub struct Redacted {
    /// Hash of the bytes of which it was made.
    pub source: Digest,
    /// The picture: JPEG without metadata.
    pub jpeg: Binary,
    /// Its hash.
    pub digest: Digest,
    /// Its width, in pixels.
    pub width_px: u32,
    /// Its height, in pixels.
    pub height_px: u32,
}

/// The worker of this page; clones are the same one.
#[derive(Clone, Default)]
pub struct PhotoWorker(Rc<RefCell<State>>);

#[derive(Default)]
struct State {
    worker: Option<Running>,
    waiting: BTreeMap<u64, Function>,
    next_id: u64,
}

struct Running {
    worker: Worker,
    _heard: Closure<dyn Fn(MessageEvent)>,
    _failed: Closure<dyn Fn()>,
}

/// What a worker made of one photo.
enum Outcome<T> {
    Made(T),
    Refused(String),
    /// The worker itself gave up; the photo may be fine.
    Failed,
}

impl PhotoWorker {
    /// Prepares a photo, with `lines` drawn over its lower edge, from the top down; none when there are none. A worker
    /// that gives up is replaced and asked once more.
    ///
    /// # Errors
    /// [`Problem::PhotoUnusable`] with the worker's code, such as `not_an_image`.
    pub async fn prepare(&self, original: &Binary, lines: &[String]) -> Result<Prepared, Problem> {
        let lines: Array = lines.iter().map(JsValue::from).collect();
        self.make(original, |request| request.set_lines(&lines), |answer| prepared_from(&answer.ok()?)).await
    }

    /// Covers `shapes` in a stored photo, for the public. A worker that gives up is replaced and asked once more.
    ///
    /// # Errors
    /// [`Problem::PhotoUnusable`] with the worker's code.
    pub async fn redact(&self, stored: &Binary, shapes: &[Shape]) -> Result<Redacted, Problem> {
        let json = serde_json::to_string(shapes)
            .map_err(|error| Problem::PhotoUnusable { cause: error.to_string() })?;
        self.make(stored, |request| request.set_shapes(&json), |answer| redacted_from(&answer.redacted()?))
            .await
    }

    async fn make<T>(
        &self,
        bytes: &Binary,
        fill: impl Fn(&Request),
        read: impl Fn(&Answer) -> Option<T>,
    ) -> Result<T, Problem> {
        for _ in 0..2 {
            match self.ask(bytes, &fill, &read).await {
                Outcome::Made(made) => return Ok(made),
                Outcome::Refused(cause) => return Err(Problem::PhotoUnusable { cause }),
                Outcome::Failed => self.dismiss(),
            }
        }
        Err(Problem::PhotoUnusable { cause: "broken".to_owned() })
    }

    async fn ask<T>(
        &self,
        original: &Binary,
        fill: &impl Fn(&Request),
        read: &impl Fn(&Answer) -> Option<T>,
    ) -> Outcome<T> {
        let Ok(bytes) = original.buffer().await else { return Outcome::Refused("unreadable".to_owned()) };
        let Some(worker) = self.worker() else { return Outcome::Failed };
        let id = {
            let mut state = self.0.borrow_mut();
            state.next_id += 1;
            state.next_id
        };
        let state = Rc::clone(&self.0);
        let answered = Promise::new(&mut |resolve, _| {
            state.borrow_mut().waiting.insert(id, resolve);
        });
        let request: Request = Object::new().unchecked_into();
        request.set_id(id as f64);
        request.set_bytes(&bytes);
        fill(&request);
        if worker.post_message_with_transfer(&request, &Array::of1(&bytes)).is_err() {
            self.0.borrow_mut().waiting.remove(&id);
            return Outcome::Failed;
        }
        self.lose_patience(id);
        match JsFuture::from(answered).await {
            Ok(answer) if answer.is_object() => self.outcome(&answer.unchecked_into(), read),
            _ => Outcome::Failed,
        }
    }

    fn outcome<T>(&self, answer: &Answer, read: &impl Fn(&Answer) -> Option<T>) -> Outcome<T> {
        if answer.spent() && self.0.borrow().waiting.is_empty() {
            self.dismiss();
        }
        match (answer.refused(), read(answer)) {
            (Some(refused), _) => Outcome::Refused(refused.code()),
            (None, Some(made)) => Outcome::Made(made),
            (None, None) => Outcome::Failed,
        }
    }

    /// The running worker, started when there is none.
    fn worker(&self) -> Option<Worker> {
        if let Some(running) = &self.0.borrow().worker {
            return Some(running.worker.clone());
        }
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(WORKER_URL, &options).ok()?;
        let state = Rc::clone(&self.0);
        let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let answer: Answer = event.data().unchecked_into();
            let resolve = state.borrow_mut().waiting.remove(&(answer.id() as u64));
            if let Some(resolve) = resolve {
                let _settled_once = resolve.call1(&JsValue::NULL, &answer);
            }
        });
        worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        let state = Rc::clone(&self.0);
        let failed = Closure::<dyn Fn()>::new(move || give_up_all(&state));
        worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
        self.0.borrow_mut().worker = Some(Running { worker: worker.clone(), _heard: heard, _failed: failed });
        Some(worker)
    }

    /// After a minute without an answer the worker counts as failed.
    fn lose_patience(&self, id: u64) {
        let state = Rc::clone(&self.0);
        spawn_local(async move {
            sleep_millis(ANSWER_WITHIN_MS).await;
            let resolve = state.borrow_mut().waiting.remove(&id);
            if let Some(resolve) = resolve {
                let _settled_once = resolve.call1(&JsValue::NULL, &JsValue::NULL);
            }
        });
    }

    /// Ends the worker; whoever still waits for it is told, and asks the next one.
    fn dismiss(&self) {
        let running = self.0.borrow_mut().worker.take();
        if let Some(running) = running {
            running.worker.terminate();
        }
        give_up_all(&self.0);
    }
}

fn give_up_all(state: &RefCell<State>) {
    let waiting = std::mem::take(&mut state.borrow_mut().waiting);
    for resolve in waiting.into_values() {
        let _settled_once = resolve.call1(&JsValue::NULL, &JsValue::NULL);
    }
}

fn binary(bytes: js_sys::Uint8Array) -> Option<Binary> {
    Binary::joined([super::binary::BinaryPart::Buffer(bytes)], "image/jpeg").ok()
}

fn redacted_from(message: &RedactedMessage) -> Option<Redacted> {
    Some(Redacted {
        source: Digest::from_hex(&message.source_sha256()).ok()?,
        jpeg: binary(message.jpeg())?,
        digest: Digest::from_hex(&message.sha256()).ok()?,
        width_px: message.width(),
        height_px: message.height(),
    })
}

fn prepared_from(message: &PreparedMessage) -> Option<Prepared> {
    let Findings { claims, steps, likeness } = serde_json::from_str(&message.findings()).ok()?;
    Some(Prepared {
        original: Digest::from_hex(&message.original_sha256()).ok()?,
        // A file's size: a whole number below 2^53.
        original_bytes: message.original_bytes() as u64,
        jpeg: binary(message.jpeg())?,
        stored: Digest::from_hex(&message.sha256()).ok()?,
        width_px: message.width(),
        height_px: message.height(),
        thumbnail: binary(message.thumbnail())?,
        thumbnail_digest: Digest::from_hex(&message.thumbnail_sha256()).ok()?,
        claims,
        steps,
        likeness,
    })
}
