//! The transparency log, for everybody: nobody signs in, and nothing here names a person, a facility or an entry.
//!
//! | request | answer |
//! | --- | --- |
//! | `GET /api/log/root` | 200, the newest signed root as `application/jose` |
//! | `GET /api/log/roots?after=<date>&limit=<roots>` | 200 [`DailyRoots`]; 400.2 |
//! | `GET /api/log/roots/{date}` | 200, the root of a day as `application/jose`, for ever the same; 404.1 |
//! | `GET /api/log/roots/{date}/time-stamp` | 200, its `application/timestamp-reply` (RFC 3161); 404.1 |
//! | `GET /api/log/inclusion?position=<n>&size=<n>` | 200 `InclusionProof`, for ever the same; 400.2, 404.1 |
//! | `GET /api/log/consistency?from=<n>&to=<n>` | 200 `ConsistencyProof`, for ever the same; 400.2, 404.1 |
//!
//! A proof is refused with 404.1 while the tree has not grown to that size, and with 400.2 when no tree has it.

use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::{Deserialize, Serialize};
use xunan_core::clock::Date;
use xunan_core::problem::Problem;
use xunan_core::sync::{DailyRoot, DailyRoots, More};

use super::Refusal;
use super::body::Answer;
use crate::ledger_store::StoredRoot;
use crate::parts::Parts;
use crate::transparency::NoProof;

/// Roots of one page unless asked otherwise, and at most: a year of them.
const USUAL_PAGE: usize = 100;
const LONGEST_PAGE: usize = 366;

/// What is for ever the same.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// The newest root: a cache may answer a burst of questions.
const FOR_A_WHILE: &str = "public, max-age=10";

pub(super) fn routes() -> Router<Parts> {
    Router::new()
        .route("/api/log/root", get(newest_root))
        .route("/api/log/roots", get(daily_roots))
        .route("/api/log/roots/{date}", get(daily_root))
        .route("/api/log/roots/{date}/time-stamp", get(time_stamp))
        .route("/api/log/inclusion", get(inclusion))
        .route("/api/log/consistency", get(consistency))
}

fn kept(content_type: &'static str, cache: &'static str, body: impl IntoResponse) -> Response {
    ([(header::CONTENT_TYPE, content_type), (header::CACHE_CONTROL, cache)], body).into_response()
}

async fn newest_root(State(parts): State<Parts>) -> Result<Response, Refusal> {
    let root = parts.transparency.newest_root().await?;
    Ok(kept("application/jose", FOR_A_WHILE, root.compact().to_owned()))
}

/// Which daily roots are asked for.
#[derive(Deserialize)]
struct Page {
    /// The last date of the page before; absent for the first one.
    after: Option<Date>,
    /// Roots of one page.
    limit: Option<usize>,
}

async fn daily_roots(
    State(parts): State<Parts>,
    page: Result<Query<Page>, QueryRejection>,
) -> Result<Response, Refusal> {
    let Page { after, limit } = asked(page)?;
    let limit = limit.unwrap_or(USUAL_PAGE).clamp(1, LONGEST_PAGE);
    let stored = parts.store.read(move |tables| tables.daily_roots_after(after, limit)).await?;
    let more = if stored.len() < limit { More::No } else { More::Yes };
    let told = |StoredRoot { date, root, time_stamp }| DailyRoot {
        date,
        root: root.compact().to_owned(),
        time_stamp,
    };
    Ok(Answer(DailyRoots { roots: stored.into_iter().map(told).collect(), more }).into_response())
}

async fn daily_root(State(parts): State<Parts>, Path(date): Path<String>) -> Result<Response, Refusal> {
    let date = date.parse().map_err(|_| Problem::NotFound)?;
    let stored = parts.transparency.daily_root(date).await?.ok_or(Problem::NotFound)?;
    Ok(kept("application/jose", FOR_EVER, stored.root.compact().to_owned()))
}

async fn time_stamp(State(parts): State<Parts>, Path(date): Path<String>) -> Result<Response, Refusal> {
    let date = date.parse().map_err(|_| Problem::NotFound)?;
    let stamp = parts.store.read(move |tables| tables.time_stamp(date)).await?.ok_or(Problem::NotFound)?;
    Ok(kept("application/timestamp-reply", FOR_EVER, stamp))
}

#[derive(Deserialize)]
struct AskInclusion {
    position: u64,
    size: u64,
}

async fn inclusion(
    State(parts): State<Parts>,
    query: Result<Query<AskInclusion>, QueryRejection>,
) -> Result<Response, Refusal> {
    let AskInclusion { position, size } = asked(query)?;
    let proof = parts.transparency.inclusion(position, size).await?;
    proved(proof, "0 < position ≤ size is needed")
}

#[derive(Deserialize)]
struct AskConsistency {
    from: u64,
    to: u64,
}

async fn consistency(
    State(parts): State<Parts>,
    query: Result<Query<AskConsistency>, QueryRejection>,
) -> Result<Response, Refusal> {
    let AskConsistency { from, to } = asked(query)?;
    let proof = parts.transparency.consistency(from, to).await?;
    proved(proof, "0 < from ≤ to is needed")
}

fn asked<T>(query: Result<Query<T>, QueryRejection>) -> Result<T, Refusal> {
    let Query(asked) = query.map_err(|error| Problem::Malformed { detail: error.body_text() })?;
    Ok(asked)
}

fn proved(proof: Result<impl Serialize, NoProof>, needed: &str) -> Result<Response, Refusal> {
    let proof = proof.map_err(|none| match none {
        NoProof::Never => Problem::Malformed { detail: needed.to_owned() },
        NoProof::NotYet => Problem::NotFound,
    })?;
    let mut response = Answer(proof).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static(FOR_EVER));
    Ok(response)
}
