//! The app's files, from inside the binary.
//!
//! A file with a hash in its name never changes and is kept by browsers for a year; pages, the service worker and
//! the manifest are asked for anew each time and answered by `304` when they are the same. An address without a file
//! is a page of the app: below `/desk/` of the desk, everywhere else of the field program.

use std::collections::HashMap;
use std::sync::LazyLock;

use axum::Router;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use xunan_core::digest::Digest;
use xunan_core::problem::Problem;

use super::Refusal;
use crate::parts::Parts;

/// A file as the build script found it.
struct EmbeddedFile {
    path: &'static str,
    plain: &'static [u8],
    brotli: Option<&'static [u8]>,
}

static EMBEDDED: &[EmbeddedFile] = include!(concat!(env!("OUT_DIR"), "/app_files.rs"));

static BY_PATH: LazyLock<HashMap<&str, AppFile>> = LazyLock::new(|| {
    EMBEDDED
        .iter()
        .map(|file| {
            (file.path, AppFile { file, etag: format!("\"{}\"", &Digest::of(file.plain).hex()[..32]) })
        })
        .collect()
});

/// A file that can be served.
struct AppFile {
    file: &'static EmbeddedFile,
    etag: String,
}

const FIELD_PAGE: &str = "/index.html";
const DESK_PAGE: &str = "/desk/index.html";

const NOT_BUILT: &str = "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>巡安</title>\
    <p>这个程序里没有应用的文件：请先运行 cargo xtask build-app，再编译服务端。\
    <p lang=\"en\">This binary was built without the app's files: run cargo xtask build-app, then build the server again.</html>";

pub(super) fn routes() -> Router<Parts> {
    Router::new().fallback(serve)
}

async fn serve(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path();
    if path.starts_with("/api/") || path.starts_with("/.well-known/") {
        return Refusal(Problem::NotFound).into_response();
    }
    if !matches!(method, Method::GET | Method::HEAD) {
        return super::gate::other_method().await;
    }
    if path == "/desk" {
        return Redirect::permanent("/desk/").into_response();
    }
    let page = if path.starts_with("/desk/") { DESK_PAGE } else { FIELD_PAGE };
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    match (BY_PATH.get(path), BY_PATH.get(page)) {
        (Some(file), _) => answer(file, &headers),
        // What looks like a file and is none is an old file of an old page: a page in its place would be run as a script.
        (None, _) if is_file => Refusal(Problem::NotFound).into_response(),
        (None, Some(page)) => answer(page, &headers),
        (None, None) => {
            (StatusCode::SERVICE_UNAVAILABLE, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], NOT_BUILT)
                .into_response()
        }
    }
}

/// Whether the browser says that it has what bears this tag.
pub(super) fn has_the_same(asked: &HeaderMap, etag: &str) -> bool {
    asked.get_all(header::IF_NONE_MATCH).iter().any(|value| {
        value
            .to_str()
            .is_ok_and(|tags| tags.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag))
    })
}

fn answer(app_file: &AppFile, asked: &HeaderMap) -> Response {
    let AppFile { file, etag } = app_file;
    let same = has_the_same(asked, etag);
    let mut headers = HeaderMap::new();
    if let Ok(etag) = HeaderValue::from_str(etag) {
        headers.insert(header::ETAG, etag);
    }
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache_rule(file.path)));
    if same {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(file.path)));
    match file.brotli.filter(|_| takes_brotli(asked)) {
        Some(bytes) => {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
            (headers, bytes).into_response()
        }
        None => (headers, file.plain).into_response(),
    }
}

/// Names like `field-0123456789abcdef.wasm` are made of their content.
fn cache_rule(path: &str) -> &'static str {
    let stem = path.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or_default();
    let hash = stem.rsplit_once('-').map_or("", |(_, hash)| hash);
    let hashed = hash.len() >= 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    if hashed { "public, max-age=31536000, immutable" } else { "no-cache" }
}

fn takes_brotli(asked: &HeaderMap) -> bool {
    asked.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()).any(|value| {
        value.split(',').any(|coding| {
            let mut parts = coding.split(';').map(str::trim);
            parts.next() == Some("br")
                && !parts.any(|weight| matches!(weight, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
        })
    })
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg") => "image/jpeg",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_made_of_their_content_are_kept_for_ever() {
        for (path, kept) in [
            ("/field-0123456789abcdef.wasm", true),
            ("/desk/styles-89abcdef.css", true),
            ("/photo/simd-89abcdef.wasm", true),
            ("/index.html", false),
            ("/sw.js", false),
            ("/manifest.webmanifest", false),
            ("/icons/icon-512.png", false),
            ("/icons/icon-maskable-512.png", false),
        ] {
            assert_eq!(cache_rule(path).contains("immutable"), kept, "{path}");
        }
    }

    #[test]
    fn brotli_is_sent_to_those_who_take_it() {
        for (accepts, takes) in
            [("gzip, deflate, br, zstd", true), ("br;q=0.5", true), ("br;q=0", false), ("gzip", false)]
        {
            let asked = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(accepts))]);
            assert_eq!(takes_brotli(&asked), takes, "{accepts}");
        }
    }
}
