//! A plain HTTP client for the parts of the tests that speak to the server without a browser.

use std::net::IpAddr;

use http::{Method, Request, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde::Serialize;
use serde::de::DeserializeOwned;

type Bytes = hyper::body::Bytes;

/// A client that keeps its connections and its sign-in.
#[derive(Clone, Debug)]
pub struct Http {
    client: Client<HttpConnector, Full<Bytes>>,
    origin: String,
    cookie: Option<String>,
}

/// What the server answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: http::HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Answer {
    /// Reads the body as JSON.
    ///
    /// # Panics
    /// When it is not what the caller asked for, with the body in the message.
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| {
            panic!("{error} in {} {}", self.status, String::from_utf8_lossy(&self.body))
        })
    }

    /// A header as text; empty when it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

impl Http {
    /// A client of a server on this machine.
    pub fn to_port(port: u16) -> Self {
        Self::by(HttpConnector::new(), port)
    }

    /// The same, from one of this machine's own addresses.
    pub fn from_address(port: u16, address: IpAddr) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_local_address(Some(address));
        Self::by(connector, port)
    }

    fn by(connector: HttpConnector, port: u16) -> Self {
        let client = Client::builder(TokioExecutor::new()).build(connector);
        Self { client, origin: format!("http://127.0.0.1:{port}"), cookie: None }
    }

    /// The same with a cookie that a browser got.
    pub fn with_cookie(mut self, name: &str, value: &str) -> Self {
        self.cookie = Some(format!("{name}={value}"));
        self
    }

    /// The cookie of its sign-in.
    pub fn cookie(&self) -> Option<&str> {
        self.cookie.as_deref()
    }

    /// Sends one request; `Err` when the connection fails before an answer is complete.
    ///
    /// # Errors
    /// The transport's error, as text.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Bytes>,
    ) -> Result<Answer, String> {
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.origin));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        let request = request.body(Full::new(body.into())).map_err(|error| error.to_string())?;
        let answer = self.client.request(request).await.map_err(|error| error.to_string())?;
        let (parts, body) = answer.into_parts();
        let body = body.collect().await.map_err(|error| error.to_string())?.to_bytes();
        Ok(Answer { status: parts.status, headers: parts.headers, body })
    }

    /// `GET`.
    ///
    /// # Panics
    /// When there is no answer.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], Bytes::new())
            .await
            .unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// `POST` with a JSON body.
    ///
    /// # Errors
    /// The transport's error, as text.
    pub async fn post(&self, path: &str, body: &impl Serialize) -> Result<Answer, String> {
        let body = serde_json::to_vec(body).map_err(|error| error.to_string())?;
        self.send(Method::POST, path, &[("content-type", "application/json")], body).await
    }

    /// Signs in and keeps the cookie.
    ///
    /// # Panics
    /// When the server does not let this login in.
    pub async fn signed_in(mut self, login: &str, password: &str) -> Self {
        let body = serde_json::json!({ "login": login, "password": password });
        let answer =
            self.post("/api/session", &body).await.unwrap_or_else(|error| panic!("sign in: {error}"));
        assert_eq!(answer.status, StatusCode::OK, "{login}: {}", String::from_utf8_lossy(&answer.body));
        let cookie = answer.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
        self.cookie = Some(cookie);
        self
    }
}
