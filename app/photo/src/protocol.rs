//! What page and worker say to each other.
//!
//! The worker is `public/photo_worker.js`, served as a module worker: `new Worker("/photo/worker.js", { type: "module" })`.
//! It loads its WebAssembly when it starts and keeps that one instance. `cargo xtask build-app` builds it twice, with
//! SIMD and without; the worker picks the one that the processor can run.
//!
//! ```text
//! page ─► worker   { id, bytes: ArrayBuffer, lines: [String] }         the bytes are transferred
//! worker ─► page   { id, ok: { … }, spent }                            the photo is prepared; its buffers are transferred
//! page ─► worker   { id, bytes: ArrayBuffer, shapes: String }           a stored photo, to be covered for the public
//! worker ─► page   { id, redacted: { … }, spent }                      the copy is made; its buffer is transferred
//!               or { id, refused: { code, detail }, spent }            this photo cannot be used
//!               or { id, failed: { detail }, spent: true }             the worker itself gave up
//! ```
//!
//! - `id` is the page's own, and comes back as it was. Photos are prepared one at a time, in the order of their
//!   messages; there is exactly one answer to each.
//! - `ok` is `PreparedMessage`: `original_sha256`, `original_bytes`, `jpeg`, `sha256`,
//!   `width`, `height`, `thumbnail`, `thumbnail_sha256`, `findings`. Digests are 64 lower-case hexadecimal digits;
//!   `findings` is the JSON of [`Findings`].
//! - `redacted` is `RedactedMessage`: `source_sha256`, `jpeg`, `sha256`, `width`, `height`. `shapes` is the JSON of a list of
//!   [`Shape`](xunan_core::evidence::Shape)s.
//! - `lines` are drawn over the lower edge of the picture, and not over the thumbnail; none, when there are none. A line
//!   that is too long is wrapped, and letters shrink until the lines take no more than a third of the picture. The
//!   worker draws on an `OffscreenCanvas`, which every browser of our floor has (Chromium 100, Safari 16.4, Firefox
//!   115). In an older one, and on a picture too small for legible letters, the photo stays as it is and its steps say
//!   `unmarked`: a photo without lines is better than none.
//! - `refused.code` is a [`RefusalCode`](crate::RefusalCode). `refused.detail` is English, for a report, and is never
//!   shown alone.
//! - `failed` means that the WebAssembly could not be loaded, ran out of memory or hit a bug. It says nothing about the
//!   photo: the page starts a new worker and tries once more, and treats a second failure of the same photo as `broken`.
//! - `spent: true` asks the page to terminate this worker once its answers are in, and to start a new one for the next
//!   photo: WebAssembly memory never shrinks ([`RECYCLE_ABOVE_BYTES`](crate::limits::RECYCLE_ABOVE_BYTES)).
//! - A worker that has not answered for a minute is terminated by the page and counts as `failed`.
//!
//! On wasm32 the types below give these objects names and types, for both sides: they are the plain JavaScript objects
//! themselves, seen through typed getters and setters, and nothing is copied.

/// Where the worker lies on the server. It is one of the addresses that the page's Trusted Types policy admits.
pub const WORKER_URL: &str = "/photo/worker.js";

/// After this long without an answer a worker counts as failed, in milliseconds. A 100-megapixel photo takes a slow
/// phone some ten seconds.
pub const ANSWER_WITHIN_MS: u32 = 60_000;

use serde::{Deserialize, Serialize};
use xunan_core::evidence::{FileClaims, Likeness, PhotoStep};

/// What the worker found out about a photo, to be signed as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findings {
    /// What the file says of itself.
    pub claims: FileClaims,
    /// What was done from the original's bytes to the stored ones.
    pub steps: Vec<PhotoStep>,
    /// What the picture looks like from afar.
    pub likeness: Likeness,
}

pub use objects::{Answer, FailedMessage, PreparedMessage, RedactedMessage, RefusedMessage, Request};

mod objects {
    use js_sys::{Array, ArrayBuffer, Object, Uint8Array};
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        /// From page to worker.
        #[wasm_bindgen(extends = Object, typescript_type = "object")]
        #[derive(Clone, Debug)]
        pub type Request;

        /// The page's number for this photo.
        #[wasm_bindgen(method, getter)]
        pub fn id(this: &Request) -> f64;
        /// See [`Request::id`].
        #[wasm_bindgen(method, setter)]
        pub fn set_id(this: &Request, id: f64);
        /// The untouched bytes. Put into the transfer list as well.
        #[wasm_bindgen(method, setter)]
        pub fn set_bytes(this: &Request, bytes: &ArrayBuffer);
        /// The lines to be drawn over the picture: strings, from the top down.
        #[wasm_bindgen(method, setter)]
        pub fn set_lines(this: &Request, lines: &Array);

        /// The JSON of the shapes to cover, for a copy for the public.
        #[wasm_bindgen(method, setter)]
        pub fn set_shapes(this: &Request, json: &str);

        /// From worker to page: exactly one of `ok`, `redacted`, `refused` and `failed` is there.
        #[wasm_bindgen(extends = Object, typescript_type = "object")]
        #[derive(Clone, Debug)]
        pub type Answer;

        /// The number that the request had.
        #[wasm_bindgen(method, getter)]
        pub fn id(this: &Answer) -> f64;
        /// The prepared photo.
        #[wasm_bindgen(method, getter)]
        pub fn ok(this: &Answer) -> Option<PreparedMessage>;
        /// See [`Answer::ok`].
        #[wasm_bindgen(method, setter)]
        pub fn set_ok(this: &Answer, ok: &PreparedMessage);
        /// The copy for the public.
        #[wasm_bindgen(method, getter)]
        pub fn redacted(this: &Answer) -> Option<RedactedMessage>;
        /// See [`Answer::redacted`].
        #[wasm_bindgen(method, setter)]
        pub fn set_redacted(this: &Answer, redacted: &RedactedMessage);
        /// Why this photo cannot be used.
        #[wasm_bindgen(method, getter)]
        pub fn refused(this: &Answer) -> Option<RefusedMessage>;
        /// See [`Answer::refused`].
        #[wasm_bindgen(method, setter)]
        pub fn set_refused(this: &Answer, refused: &RefusedMessage);
        /// Why the worker gave up.
        #[wasm_bindgen(method, getter)]
        pub fn failed(this: &Answer) -> Option<FailedMessage>;
        /// Whether the worker wants to be replaced.
        #[wasm_bindgen(method, getter)]
        pub fn spent(this: &Answer) -> bool;
        /// See [`Answer::spent`].
        #[wasm_bindgen(method, setter)]
        pub fn set_spent(this: &Answer, spent: bool);

        /// A prepared photo.
        #[wasm_bindgen(extends = Object, typescript_type = "object")]
        #[derive(Clone, Debug)]
        pub type PreparedMessage;

        /// SHA-256 of the untouched bytes.
        #[wasm_bindgen(method, getter)]
        pub fn original_sha256(this: &PreparedMessage) -> String;
        /// How many bytes those were.
        #[wasm_bindgen(method, getter)]
        pub fn original_bytes(this: &PreparedMessage) -> f64;
        /// The picture that is stored.
        #[wasm_bindgen(method, getter)]
        pub fn jpeg(this: &PreparedMessage) -> Uint8Array;
        /// See [`PreparedMessage::jpeg`].
        #[wasm_bindgen(method, setter)]
        pub fn set_jpeg(this: &PreparedMessage, jpeg: &Uint8Array);
        /// SHA-256 of `jpeg`.
        #[wasm_bindgen(method, getter)]
        pub fn sha256(this: &PreparedMessage) -> String;
        /// See [`PreparedMessage::sha256`].
        #[wasm_bindgen(method, setter)]
        pub fn set_sha256(this: &PreparedMessage, hex: &str);
        /// Width of the picture as it is seen, in pixels.
        #[wasm_bindgen(method, getter)]
        pub fn width(this: &PreparedMessage) -> u32;
        /// See [`PreparedMessage::width`].
        #[wasm_bindgen(method, setter)]
        pub fn set_width(this: &PreparedMessage, pixels: u32);
        /// Height of the picture as it is seen, in pixels.
        #[wasm_bindgen(method, getter)]
        pub fn height(this: &PreparedMessage) -> u32;
        /// See [`PreparedMessage::height`].
        #[wasm_bindgen(method, setter)]
        pub fn set_height(this: &PreparedMessage, pixels: u32);
        /// The small picture for lists.
        #[wasm_bindgen(method, getter)]
        pub fn thumbnail(this: &PreparedMessage) -> Uint8Array;
        /// See [`PreparedMessage::thumbnail`].
        #[wasm_bindgen(method, setter)]
        pub fn set_thumbnail(this: &PreparedMessage, jpeg: &Uint8Array);
        /// SHA-256 of `thumbnail`.
        #[wasm_bindgen(method, getter)]
        pub fn thumbnail_sha256(this: &PreparedMessage) -> String;
        /// See [`PreparedMessage::thumbnail_sha256`].
        #[wasm_bindgen(method, setter)]
        pub fn set_thumbnail_sha256(this: &PreparedMessage, hex: &str);
        /// The JSON of [`Findings`](super::Findings).
        #[wasm_bindgen(method, getter)]
        pub fn findings(this: &PreparedMessage) -> String;
        /// See [`PreparedMessage::findings`].
        #[wasm_bindgen(method, setter)]
        pub fn set_findings(this: &PreparedMessage, json: &str);

        /// A copy for the public.
        #[wasm_bindgen(extends = Object, typescript_type = "object")]
        #[derive(Clone, Debug)]
        pub type RedactedMessage;

        /// SHA-256 of the bytes of which it was made.
        #[wasm_bindgen(method, getter)]
        pub fn source_sha256(this: &RedactedMessage) -> String;
        /// See [`RedactedMessage::source_sha256`].
        #[wasm_bindgen(method, setter)]
        pub fn set_source_sha256(this: &RedactedMessage, hex: &str);
        /// The picture.
        #[wasm_bindgen(method, getter)]
        pub fn jpeg(this: &RedactedMessage) -> Uint8Array;
        /// See [`RedactedMessage::jpeg`].
        #[wasm_bindgen(method, setter)]
        pub fn set_jpeg(this: &RedactedMessage, jpeg: &Uint8Array);
        /// SHA-256 of `jpeg`.
        #[wasm_bindgen(method, getter)]
        pub fn sha256(this: &RedactedMessage) -> String;
        /// See [`RedactedMessage::sha256`].
        #[wasm_bindgen(method, setter)]
        pub fn set_sha256(this: &RedactedMessage, hex: &str);
        /// Its width, in pixels.
        #[wasm_bindgen(method, getter)]
        pub fn width(this: &RedactedMessage) -> u32;
        /// See [`RedactedMessage::width`].
        #[wasm_bindgen(method, setter)]
        pub fn set_width(this: &RedactedMessage, pixels: u32);
        /// Its height, in pixels.
        #[wasm_bindgen(method, getter)]
        pub fn height(this: &RedactedMessage) -> u32;
        /// See [`RedactedMessage::height`].
        #[wasm_bindgen(method, setter)]
        pub fn set_height(this: &RedactedMessage, pixels: u32);

        /// A refusal.
        #[wasm_bindgen(extends = Object, typescript_type = "object")]
        #[derive(Clone, Debug)]
        pub type RefusedMessage;

        /// A [`RefusalCode`](crate::RefusalCode) as text.
        #[wasm_bindgen(method, getter)]
        pub fn code(this: &RefusedMessage) -> String;
        /// See [`RefusedMessage::code`].
        #[wasm_bindgen(method, setter)]
        pub fn set_code(this: &RefusedMessage, code: &str);
        /// More about it, in English.
        #[wasm_bindgen(method, getter)]
        pub fn detail(this: &RefusedMessage) -> String;
        /// See [`RefusedMessage::detail`].
        #[wasm_bindgen(method, setter)]
        pub fn set_detail(this: &RefusedMessage, detail: &str);

        /// The worker's own failure.
        #[wasm_bindgen(extends = Object, typescript_type = "object")]
        #[derive(Clone, Debug)]
        pub type FailedMessage;

        /// The engine's words for it.
        #[wasm_bindgen(method, getter)]
        pub fn detail(this: &FailedMessage) -> String;
    }
}
