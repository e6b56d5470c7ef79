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
/// The worker's own part; served behind what it needs (`kept.rs`).
pub(super) const WORKER: &str = include_str!("scripts/worker.js");

/// What the form's page runs, in this order.
const OF_THE_FORM: [Script; 5] = [
    KEPT,
    OUTBOX,
    Script { name: "parts.js", text: include_str!("scripts/parts.js") },
    Script { name: "reports.js", text: include_str!("scripts/reports.js") },
    Script { name: "form.js", text: include_str!("scripts/form.js") },
];

static STYLE_ADDRESS: LazyLock<String> =
    LazyLock::new(|| format!("/snap/snap.css?v={}", version_of(STYLE.as_bytes())));
static FORM_ADDRESSES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let address = |it: &Script| format!("/snap/scripts/{}?v={}", it.name, version_of(it.text.as_bytes()));
    OF_THE_FORM.iter().map(address).collect()
});

/// A script of a page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Script {
    name: &'static str,
    /// What it says.
    pub(super) text: &'static str,
}

/// The first 16 digits of a content's hash.
pub(super) fn version_of(content: &[u8]) -> String {
    Digest::of(content).hex()[..16].to_owned()
}

/// Where the style is.
pub(super) fn style_address() -> &'static str {
    &STYLE_ADDRESS
}

/// Where the form's style and scripts are, in the order in which they run.
pub(super) fn form_addresses() -> impl Iterator<Item = &'static str> {
    std::iter::once(style_address()).chain(FORM_ADDRESSES.iter().map(String::as_str))
}

/// The elements that run the form's scripts once the page stands.
pub(super) fn form_scripts() -> String {
    let element = |address: &String| format!("<script defer src=\"{address}\"></script>\n");
    FORM_ADDRESSES.iter().map(element).collect()
}

pub(super) async fn style() -> Response {
    kept_by_browsers("text/css; charset=utf-8", STYLE)
}

pub(super) async fn script(Path(name): Path<String>) -> Response {
    match OF_THE_FORM.iter().find(|it| it.name == name) {
        Some(script) => kept_by_browsers("text/javascript; charset=utf-8", script.text),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn kept_by_browsers(content_type: &'static str, text: &'static str) -> Response {
    let headers =
        [(header::CONTENT_TYPE, content_type), (header::CACHE_CONTROL, "max-age=31536000, immutable")];
    (headers, [OURS], text).into_response()
}
