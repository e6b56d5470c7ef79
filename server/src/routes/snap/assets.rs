//! The style and the scripts of the citizen's pages. Each is asked for by the hash of its content (`?v=`), so that a page and
//! what it fetches are always of one version, and a browser keeps them for as long as it likes.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use xunan_core::digest::Digest;

use super::page::OURS;

const STYLE: &str = include_str!("snap.css");

/// Storing drafts and reports on the phone.
pub(super) const KEPT: Script = Script { name: "kept.js", text: include_str!("scripts/kept.js") };
/// Sending what was stored.
pub(super) const OUTBOX: Script = Script { name: "outbox.js", text: include_str!("scripts/outbox.js") };
/// Solving the puzzle of busy hours.
pub(super) const WORK: Script = Script { name: "work.js", text: include_str!("scripts/work.js") };
/// The worker's own part; served behind what it needs (`kept.rs`).
pub(super) const WORKER: &str = include_str!("scripts/worker.js");

const PARTS: Script = Script { name: "parts.js", text: include_str!("scripts/parts.js") };
const REPORTS: Script = Script { name: "reports.js", text: include_str!("scripts/reports.js") };
const PIN: Script = Script { name: "pin.js", text: include_str!("scripts/pin.js") };
const HERE: Script = Script { name: "here.js", text: include_str!("scripts/here.js") };
const VOICE: Script = Script { name: "voice.js", text: include_str!("scripts/voice.js") };
const FORM: Script = Script { name: "form.js", text: include_str!("scripts/form.js") };
const READ: Script = Script { name: "read.js", text: include_str!("scripts/read.js") };

/// All that pages fetch.
const ALL: [Script; 10] = [KEPT, WORK, OUTBOX, PARTS, REPORTS, PIN, HERE, VOICE, FORM, READ];

/// What a page runs, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scripts {
    /// Keeping and sending what is written into the form.
    OfTheForm,
    /// Reading a text aloud.
    OfReading,
}

impl Scripts {
    const fn all(self) -> &'static [Script] {
        match self {
            Self::OfTheForm => &[KEPT, WORK, OUTBOX, PARTS, REPORTS, PIN, HERE, VOICE, FORM],
            Self::OfReading => &[PARTS, READ],
        }
    }

    /// The elements that run them once the page stands.
    pub(super) fn elements(self) -> String {
        self.all().iter().map(|it| format!("<script defer src=\"{}\"></script>\n", it.address())).collect()
    }
}

static STYLE_ADDRESS: LazyLock<String> =
    LazyLock::new(|| format!("/snap/snap.css?v={}", version_of(STYLE.as_bytes())));

/// A script of a page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Script {
    name: &'static str,
    /// What it says.
    pub(super) text: &'static str,
}

impl Script {
    fn address(&self) -> String {
        format!("/snap/scripts/{}?v={}", self.name, version_of(self.text.as_bytes()))
    }
}

/// The first 16 digits of a content's hash.
pub(super) fn version_of(content: &[u8]) -> String {
    Digest::of(content).hex()[..16].to_owned()
}

/// Where the style is.
pub(super) fn style_address() -> &'static str {
    &STYLE_ADDRESS
}

/// Where the style and all scripts of pages are.
pub(super) fn addresses() -> Vec<String> {
    std::iter::once(style_address().to_owned()).chain(ALL.iter().map(Script::address)).collect()
}

pub(super) async fn style() -> Response {
    kept_by_browsers("text/css; charset=utf-8", STYLE)
}

pub(super) async fn script(Path(name): Path<String>) -> Response {
    match ALL.iter().find(|it| it.name == name) {
        Some(script) => kept_by_browsers("text/javascript; charset=utf-8", script.text),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn kept_by_browsers(content_type: &'static str, text: &'static str) -> Response {
    let headers =
        [(header::CONTENT_TYPE, content_type), (header::CACHE_CONTROL, "max-age=31536000, immutable")];
    (headers, [OURS], text).into_response()
}
