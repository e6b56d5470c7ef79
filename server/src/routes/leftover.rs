//! Bodies that a route did not read to the end are read to the end all the same, and thrown away.
//!
//! A route that refuses a request early (nobody is signed in, too large, at another offset) leaves bytes unread. If
//! the connection were closed over them, the client's system would report a reset, and the answer with the reason
//! would be lost: a phone would retry for ever instead of asking for a sign-in.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt as _;

/// What is read and thrown away at most, in bytes, and for how long. Beyond it the connection is closed after all.
const MOST: usize = 32 * 1024 * 1024;
const LONGEST: Duration = Duration::from_secs(20);

pub(super) async fn read_leftovers(request: Request, next: Next) -> Response {
    next.run(request.map(|body| Body::new(ReadToTheEnd(body)))).await
}

/// A body that is read to the end when it is dropped.
struct ReadToTheEnd(Body);

impl HttpBody for ReadToTheEnd {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.0).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}

impl Drop for ReadToTheEnd {
    fn drop(&mut self) {
        if self.0.is_end_stream() {
            return;
        }
        let leftover = std::mem::take(&mut self.0);
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            // A client that goes on for ever is given up: nothing depends on the outcome.
            runtime.spawn(tokio::time::timeout(LONGEST, throw_away(leftover)));
        }
    }
}

async fn throw_away(mut body: Body) {
    let mut left = MOST;
    while let Some(Ok(frame)) = body.frame().await {
        match left.checked_sub(frame.data_ref().map_or(0, Bytes::len)) {
            Some(rest) => left = rest,
            None => return,
        }
    }
}
