//! One line per request: id, route, status, duration. Never a name, a coordinate, a token, a body, or an id of
//! anything: the route is logged as it is written in the code, not as it was asked.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument as _;

static NEXT_ID: AtomicU64 = AtomicU64::new(1);

pub(super) async fn log_request(request: Request, next: Next) -> Response {
    let id = NEXT_ID.fetch_add(1, Ordering::Relaxed);
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "app file".to_owned(), |it| it.as_str().to_owned());
    let span = tracing::info_span!("request", request.id = id);
    let began = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    response.headers_mut().insert("x-request-id", HeaderValue::from(id));
    let duration_us = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
    let status = response.status().as_u16();
    span.in_scope(|| {
        if status >= 500 {
            tracing::warn!(http.method = %method, http.route = route, http.status = status, duration_us, "answered");
        } else {
            tracing::info!(http.method = %method, http.route = route, http.status = status, duration_us, "answered");
        }
    });
    response
}
