//! What holds for every request: headers that keep browsers safe, and no orders from other sites.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use xunan_core::problem::Problem;

use super::Refusal;
use crate::parts::{AddressSource, ClientAddress, Standing, Transport};

/// Only our own files run, and only through the one Trusted Types policy of `boot.js`. WebAssembly needs its own word.
const CONTENT_SECURITY_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
     img-src 'self' blob:; media-src 'self' blob:; worker-src 'self'; manifest-src 'self'; base-uri 'none'; \
     frame-ancestors 'none'; form-action 'self'; require-trusted-types-for 'script'; trusted-types default",
);

/// Headers of every answer. A route that sets one itself, such as a photo's stricter policy, keeps its own.
const ALWAYS: [(HeaderName, HeaderValue); 7] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(self), geolocation=(self), microphone=(), payment=(), usb=()"),
    ),
];

pub(super) async fn security_headers(
    State(standing): State<Standing>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.entry(name).or_insert(value);
    }
    if standing.transport == Transport::Tls {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000; includeSubDomains"),
        );
    }
    response
}

/// Refuses what another site makes a browser send here. The cookie is `SameSite=Strict`; this is the second lock.
pub(super) async fn own_site_only(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let from = request.headers().get("sec-fetch-site").map(HeaderValue::as_bytes);
    match from {
        Some(b"cross-site" | b"same-site") if !reads => Refusal(Problem::NotAllowed).into_response(),
        _ => next.run(request).await,
    }
}

/// Notes from which address a request came, for the limits on sign-in.
pub(super) async fn note_address(
    State(standing): State<Standing>,
    mut request: Request,
    next: Next,
) -> Response {
    let connection = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let address = match standing.addresses {
        AddressSource::Connection => connection,
        AddressSource::Proxy => forwarded_for(request.headers()).or(connection),
    };
    // A request without an address comes from no network: from a test.
    request.extensions_mut().insert(ClientAddress(address.unwrap_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED))));
    next.run(request).await
}

/// The last address of `X-Forwarded-For`: the one that our own proxy saw. What stands before it, anybody can write.
fn forwarded_for(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").into_iter().next_back()?;
    last.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}

/// A route that exists, asked by a method that it does not have.
pub(super) async fn other_method() -> Response {
    let mut response = Refusal(Problem::NotFound).into_response();
    *response.status_mut() = axum::http::StatusCode::METHOD_NOT_ALLOWED;
    response
}
