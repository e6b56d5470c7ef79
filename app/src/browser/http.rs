//! Requests to our server, with a time limit and a sharp eye for whoever else answers.
//!
//! A captive portal answers every address with its own page and status 200. So a good answer is JSON by its media
//! type, or it is [`Problem::NotOurServer`]; an error is our `application/problem+json`, or what its status says.

use gloo_timers::callback::Timeout;
use js_sys::Uint8Array;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestCredentials, RequestInit, RequestRedirect};
use xunan_core::problem::Problem;

use super::clock::LONGEST_MILLIS;
use super::{Binary, Refused, window};

/// Patience for an answer without a large body, in milliseconds.
const BASE_TIMEOUT_MS: u32 = 20_000;

/// The slowest network that is still waited for, in bytes per second: 16 kbit/s, an EDGE cell at its edge.
const SLOWEST_BYTES_PER_SECOND: u64 = 2_000;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// GET
    Get,
    /// HEAD
    Head,
    /// POST
    Post,
    /// PUT
    Put,
    /// PATCH
    Patch,
    /// DELETE
    Delete,
}

impl Method {
    const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// What goes along.
#[derive(Clone, Debug)]
pub enum Body {
    /// Nothing.
    Empty,
    /// A JSON text.
    Json(String),
    /// Bytes, with their media type as header given by the caller.
    Binary(Binary),
}

/// A request to our own server.
#[derive(Clone, Debug)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The path, beginning with `/`.
    pub path: String,
    /// Further headers.
    pub headers: Vec<(&'static str, String)>,
    /// What goes along.
    pub body: Body,
}

/// An answer of any status; its body is not read yet.
#[derive(Debug)]
pub struct Response {
    /// The status.
    pub status: u16,
    inner: web_sys::Response,
    _patience: Patience,
}

/// Aborts a request when the time is up; stops the clock when dropped.
#[derive(Debug)]
struct Patience {
    controller: AbortController,
    _timer: Timeout,
}

impl Patience {
    fn new(millis: u32) -> Result<Self, Refused> {
        let controller = AbortController::new()?;
        let aborting = controller.clone();
        Ok(Self { controller, _timer: Timeout::new(millis, move || aborting.abort()) })
    }
}

impl Request {
    /// A request without a body.
    pub fn plain(method: Method, path: impl Into<String>) -> Self {
        Self { method, path: path.into(), headers: Vec::new(), body: Body::Empty }
    }

    /// A `POST` of JSON.
    ///
    /// # Errors
    /// [`Problem::Malformed`] for what JSON cannot write; our messages all can be.
    pub fn post_json(path: impl Into<String>, message: &impl Serialize) -> Result<Self, Problem> {
        let json = serde_json::to_string(message)
            .map_err(|error| Problem::Malformed { detail: error.to_string() })?;
        let headers = vec![("Content-Type", "application/json".to_owned())];
        Ok(Self { method: Method::Post, path: path.into(), headers, body: Body::Json(json) })
    }

    /// Sends it, and answers whatever came back.
    ///
    /// The patience grows with the size of the body, so that a slow network is given its time and a dead one is not.
    ///
    /// # Errors
    /// [`Problem::Unreachable`] when nothing answered in time.
    pub async fn send(&self) -> Result<Response, Problem> {
        let unreachable = |_: Refused| Problem::Unreachable;
        let size = match &self.body {
            Body::Empty => 0,
            Body::Json(json) => json.len() as u64,
            Body::Binary(binary) => binary.size_bytes(),
        };
        let patience = Patience::new(timeout_millis(size)).map_err(unreachable)?;
        let options = RequestInit::new();
        options.set_method(self.method.name());
        options.set_credentials(RequestCredentials::SameOrigin);
        options.set_redirect(RequestRedirect::Follow);
        options.set_cache(web_sys::RequestCache::NoStore);
        options.set_signal(Some(&patience.controller.signal()));
        let headers = Headers::new().map_err(|error| unreachable(error.into()))?;
        for (name, value) in &self.headers {
            headers.set(name, value).map_err(|error| unreachable(error.into()))?;
        }
        options.set_headers(&headers);
        match &self.body {
            Body::Empty => {}
            Body::Json(json) => options.set_body(&JsValue::from_str(json)),
            Body::Binary(binary) => options.set_body(binary.blob()),
        }
        let answered = JsFuture::from(window().fetch_with_str_and_init(&self.path, &options)).await;
        let inner: web_sys::Response = answered.map_err(|_| Problem::Unreachable)?.unchecked_into();
        Ok(Response { status: inner.status(), inner, _patience: patience })
    }

    /// Sends it and reads a good answer's JSON.
    ///
    /// # Errors
    /// The server's [`Problem`]; [`Problem::NotOurServer`] for anything that is not from our server;
    /// [`Problem::Unreachable`].
    pub async fn json<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        let response = self.send().await?.good().await?;
        if !response.is("application/json") {
            return Err(Problem::NotOurServer { status: response.status });
        }
        let text = response.text().await?;
        serde_json::from_str(&text).map_err(|_| Problem::NotOurServer { status: response.status })
    }
}

impl Response {
    /// This answer when its status is a good one.
    ///
    /// # Errors
    /// The problem that it tells.
    pub async fn good(self) -> Result<Self, Problem> {
        if (200..300).contains(&self.status) {
            return Ok(self);
        }
        if !self.is("application/problem+json") {
            let retry_after = self.header("Retry-After").and_then(|seconds| seconds.parse().ok());
            return Err(match (Problem::from_status(self.status), retry_after) {
                (Problem::TooMany { .. }, Some(retry_after_seconds)) => {
                    Problem::TooMany { retry_after_seconds }
                }
                (problem, _) => problem,
            });
        }
        let text = self.text().await?;
        Err(serde_json::from_str(&text).unwrap_or_else(|_| Problem::from_status(self.status)))
    }

    /// A header's value.
    pub fn header(&self, name: &str) -> Option<String> {
        self.inner.headers().get(name).ok().flatten()
    }

    /// Whether its media type is this one, parameters aside.
    pub fn is(&self, media_type: &str) -> bool {
        let given = self.header("Content-Type").unwrap_or_default();
        given.split(';').next().is_some_and(|given| given.trim().eq_ignore_ascii_case(media_type))
    }

    /// The body as text.
    ///
    /// # Errors
    /// [`Problem::Unreachable`] when it broke off.
    pub async fn text(&self) -> Result<String, Problem> {
        let promise = self.inner.text().map_err(|_| Problem::Unreachable)?;
        let text = JsFuture::from(promise).await.map_err(|_| Problem::Unreachable)?;
        Ok(text.as_string().unwrap_or_default())
    }

    /// The body as bytes.
    ///
    /// # Errors
    /// [`Problem::Unreachable`] when it broke off.
    pub async fn bytes(&self) -> Result<Vec<u8>, Problem> {
        let promise = self.inner.array_buffer().map_err(|_| Problem::Unreachable)?;
        let buffer = JsFuture::from(promise).await.map_err(|_| Problem::Unreachable)?;
        Ok(Uint8Array::new(&buffer).to_vec())
    }

    /// The body as bytes that the browser holds.
    ///
    /// # Errors
    /// [`Problem::Unreachable`] when it broke off.
    pub async fn binary(&self) -> Result<Binary, Problem> {
        let promise = self.inner.blob().map_err(|_| Problem::Unreachable)?;
        let blob = JsFuture::from(promise).await.map_err(|_| Problem::Unreachable)?;
        Binary::from_js(blob).ok_or(Problem::Unreachable)
    }
}

/// How long an answer is waited for when so many bytes go out.
fn timeout_millis(size_bytes: u64) -> u32 {
    let sending = size_bytes.saturating_mul(1000) / SLOWEST_BYTES_PER_SECOND;
    u32::try_from(sending).unwrap_or(LONGEST_MILLIS).saturating_add(BASE_TIMEOUT_MS).min(LONGEST_MILLIS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patience_grows_with_what_is_sent_and_never_overflows() {
        assert_eq!(timeout_millis(0), 20_000);
        assert_eq!(timeout_millis(400_000), 220_000);
        assert_eq!(timeout_millis(u64::MAX), LONGEST_MILLIS);
    }
}
