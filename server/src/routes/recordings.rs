//! What reporters said and filmed, for the office that triages their reports.
//!
//! | request | answer |
//! | --- | --- |
//! | `GET /api/snaps/{id}/voice` | 200 `audio/mp4` or `audio/webm`; 206, 416 for a range of bytes; 401.1, 404.1 |
//! | `GET /api/snaps/{id}/video` | 200 `video/mp4` or `video/webm`; the same |
//!
//! Where there is none, where it was forgotten, and where somebody else hears it, the answer is the same. Nobody on the way keeps
//! what is heard, so that it can be forgotten.

use std::ops::Range;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use xunan_core::ids::SnapId;
use xunan_core::problem::Problem;
use xunan_core::snap::RecordingKind;

use super::Refusal;
use super::who::Who;
use crate::parts::Parts;
use crate::snaps::{Heard, SnapError};

pub(super) fn routes() -> Router<Parts> {
    Router::new().route("/api/snaps/{id}/voice", get(voice)).route("/api/snaps/{id}/video", get(video))
}

async fn voice(
    State(parts): State<Parts>,
    who: Who,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    recording(&parts, who, &id, RecordingKind::Voice, &headers).await
}

async fn video(
    State(parts): State<Parts>,
    who: Who,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    recording(&parts, who, &id, RecordingKind::Video, &headers).await
}

async fn recording(
    parts: &Parts,
    who: Who,
    id: &str,
    kind: RecordingKind,
    headers: &HeaderMap,
) -> Result<Response, Refusal> {
    let snap: SnapId = id.parse().map_err(|_| Problem::NotFound)?;
    let heard = parts.snaps.hear(who.account, snap, kind).await.map_err(|error: SnapError| {
        tracing::error!(%error, "a recording was not read");
        Problem::Internal
    })?;
    Ok(answer(&heard.ok_or(Problem::NotFound)?, asked(headers)))
}

/// The range that is asked for, as its sender wrote it.
fn asked(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::RANGE).and_then(|it| it.to_str().ok())
}

/// Which bytes are given.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Given {
    /// All.
    All,
    /// These, which are at least one.
    Part(Range<usize>),
    /// None: there are none where the range lies.
    Beyond,
}

/// What of `length` bytes a `Range` asks for (RFC 9110, 14). One range is answered; of a text that is none, or of several, all is
/// given, as the RFC allows.
fn given(range: Option<&str>, length: usize) -> Given {
    let range = range.and_then(|it| it.strip_prefix("bytes=")).map(str::trim);
    let Some((first, last)) = range.filter(|it| !it.contains(',')).and_then(|it| it.split_once('-')) else {
        return Given::All;
    };
    let number = |text: &str| {
        let is_number = !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
        // More than fits is more than there is.
        is_number.then(|| text.parse().unwrap_or(usize::MAX))
    };
    if first.is_empty() {
        return match number(last) {
            Some(count) if count > 0 && length > 0 => Given::Part(length.saturating_sub(count)..length),
            Some(_) => Given::Beyond,
            None => Given::All,
        };
    }
    let (from, end) = match (number(first), number(last)) {
        (Some(from), None) if last.is_empty() => (from, length),
        (Some(from), Some(last)) if from <= last => (from, last.saturating_add(1).min(length)),
        _ => return Given::All,
    };
    if from < length { Given::Part(from..end) } else { Given::Beyond }
}

fn answer(heard: &Heard, range: Option<&str>) -> Response {
    let length = heard.bytes.len();
    let (status, bytes, place) = match given(range, length) {
        Given::All => (StatusCode::OK, heard.bytes.clone(), None),
        Given::Part(part) => {
            let place = format!("bytes {}-{}/{length}", part.start, part.end - 1);
            (StatusCode::PARTIAL_CONTENT, heard.bytes.slice(part), Some(place))
        }
        Given::Beyond => (StatusCode::RANGE_NOT_SATISFIABLE, Bytes::new(), Some(format!("bytes */{length}"))),
    };
    let headers = [
        (header::CONTENT_TYPE, heard.media_type),
        (header::CONTENT_DISPOSITION, "inline"),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"),
        (header::CACHE_CONTROL, "no-store"),
        (header::ACCEPT_RANGES, "bytes"),
    ];
    let mut response = (status, headers, bytes).into_response();
    if let Some(place) = place.and_then(|place| HeaderValue::try_from(place).ok()) {
        response.headers_mut().insert(header::CONTENT_RANGE, place);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_gives_a_part_and_whatever_is_none_gives_all() {
        let part = Given::Part;
        for (range, expected) in [
            (None, Given::All),
            (Some("bytes=0-"), part(0..10)),
            (Some("bytes=0-0"), part(0..1)),
            (Some("bytes=3-5"), part(3..6)),
            (Some("bytes=9-9"), part(9..10)),
            (Some("bytes=3-99"), part(3..10)),
            (Some("bytes=3-99999999999999999999999"), part(3..10)),
            (Some("bytes=-4"), part(6..10)),
            (Some("bytes=-99"), part(0..10)),
            (Some("bytes=-0"), Given::Beyond),
            (Some("bytes=10-"), Given::Beyond),
            (Some("bytes=10-20"), Given::Beyond),
            (Some("bytes=99999999999999999999999-"), Given::Beyond),
            (Some("bytes=5-3"), Given::All),
            (Some("bytes=0-1,3-4"), Given::All),
            (Some("bytes=+1-2"), Given::All),
            (Some("bytes=-"), Given::All),
            (Some("bytes="), Given::All),
            (Some("pages=1-2"), Given::All),
            (Some("bytes=a-b"), Given::All),
        ] {
            assert_eq!(given(range, 10), expected, "{range:?}");
        }
        assert_eq!(given(Some("bytes=0-"), 0), Given::Beyond);
        assert_eq!(given(Some("bytes=-1"), 0), Given::Beyond);
    }
}
