//! The inbox: what somebody was told, and that it was read.
//!
//! | request | answer |
//! | --- | --- |
//! | `GET /api/notices?after=<place>&limit=<notices>` | 200 [`InboxPage`], newest first; 400.2, 401.1 |
//! | `POST /api/notices/read` | 204; 400.1, 400.2, 401.1 |
//! | `GET /api/notices/{id}/receipts` | 200, a list of [`ReadReceipt`]; 401.1, 404.1 |
//! | `GET /api/push-key` | 200 [`PushKey`]; 401.1 |
//! | `POST /api/push-subscriptions` | 204; 400.2, 401.1, 404.1 when Web Push is off |
//! | `DELETE /api/push-subscriptions` | 204; 400.2, 401.1 |
//!
//! What one may not see any more is left out, and not counted. Receipts are shown to the sender's office, and those above
//! it; to all others the notice does not exist.

use std::collections::HashMap;

use axum::Router;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use xunan_core::access::{Account, Sight};
use xunan_core::digest::Digest;
use xunan_core::notice::{
    EndedSubscription, InboxPage, NoticeId, PushKey, PushSubscription, ReadNotices, ReadReceipt,
};
use xunan_core::problem::Problem;

use super::Refusal;
use super::body::{self, Answer};
use super::who::Who;
use crate::connectors::{Reach, Setting, is_usable, public_key};
use crate::ledger_store::{EndpointState, Matter, StoreResult, Tables};
use crate::parts::Parts;

/// Notices of one page unless asked otherwise, and at most.
const USUAL_PAGE: usize = 50;
const LONGEST_PAGE: usize = 200;

/// Unread notices that are counted: beyond it a number says no more than "many".
const COUNTED: usize = 100;

/// Notices that are read in one request, at most.
const MOST_READ: usize = 500;

pub(super) fn routes() -> Router<Parts> {
    Router::new()
        .route("/api/notices", get(inbox))
        .route("/api/notices/read", post(read))
        .route("/api/notices/{id}/receipts", get(receipts))
        .route("/api/push-key", get(push_key))
        .route("/api/push-subscriptions", post(subscribe).delete(unsubscribe))
}

/// What is asked for.
#[derive(Deserialize)]
struct Asked {
    /// The place at which the last page ended; absent for the newest.
    after: Option<u64>,
    /// Notices of one page.
    limit: Option<usize>,
}

async fn inbox(
    State(parts): State<Parts>,
    who: Who,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Refusal> {
    let Query(Asked { after, limit }) =
        asked.map_err(|error| Problem::Malformed { detail: error.body_text() })?;
    // Places fit SQLite's integers.
    let after = after.map(|place| place.min(i64::MAX.unsigned_abs()));
    let limit = limit.unwrap_or(USUAL_PAGE).clamp(1, LONGEST_PAGE);
    let page = parts.store.read(move |tables| page(tables, &who.account, after, limit)).await?;
    Ok(Answer(page).into_response())
}

/// One page. It is cut by what is stored, not by what is shown.
fn page(
    tables: &dyn Tables,
    account: &Account,
    after: Option<u64>,
    limit: usize,
) -> Result<InboxPage, Refusal> {
    let mut sights = Sights { tables, account, known: HashMap::new() };
    let stored = tables.inbox(account.id, after, limit)?;
    let next = if stored.len() == limit { stored.last().map(|(item, _)| item.place) } else { None };
    let mut notices = Vec::with_capacity(stored.len());
    for (item, about) in stored {
        if sights.of(about)? == Sight::Visible {
            notices.push(item);
        }
    }
    let mut unread = 0;
    for about in tables.unread(account.id, COUNTED)? {
        unread += u32::from(sights.of(about)? == Sight::Visible);
    }
    Ok(InboxPage { notices, next, unread })
}

/// What an account may see now, asked once for each thing.
struct Sights<'a> {
    tables: &'a dyn Tables,
    account: &'a Account,
    known: HashMap<Matter, Sight>,
}

impl Sights<'_> {
    fn of(&mut self, about: Matter) -> StoreResult<Sight> {
        if let Some(sight) = self.known.get(&about) {
            return Ok(*sight);
        }
        let seen = match &about {
            Matter::Row(key) => self.tables.row(key)?.map(|row| row.seen_by(self.account)),
            Matter::Snap(snap) => self.tables.snap(*snap)?.map(|card| card.seen_by(self.account)),
        };
        let sight = seen.unwrap_or(Sight::Hidden);
        self.known.insert(about, sight);
        Ok(sight)
    }
}

async fn read(
    State(parts): State<Parts>,
    who: Who,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, Refusal> {
    let ReadNotices { notices } = body::json(&headers, body, 4 * body::SMALL).await?;
    if notices.len() > MOST_READ {
        return Err(Problem::Malformed { detail: format!("more than {MOST_READ} notices") }.into());
    }
    let now = parts.clock.now();
    let account = who.account.id;
    parts
        .store
        .write(move |tables| notices.into_iter().try_for_each(|id| tables.set_read(account, id, now)))
        .await
        .map_err(Refusal::from)?;
    Ok(StatusCode::NO_CONTENT)
}

async fn receipts(State(parts): State<Parts>, who: Who, Path(id): Path<String>) -> Result<Response, Refusal> {
    let id = NoticeId(id.parse::<Digest>().map_err(|_| Problem::NotFound)?);
    let found: Vec<ReadReceipt> = parts
        .store
        .read(move |tables| {
            let stored = tables.notice(id)?.ok_or(Problem::NotFound)?;
            let about = Sights { tables, account: &who.account, known: HashMap::new() }.of(stored.about)?;
            match (stored.sender.receipts_seen_by(&who.account), about) {
                (Sight::Visible, Sight::Visible) => Ok(tables.receipts_of(id)?),
                _ => Err(Refusal(Problem::NotFound)),
            }
        })
        .await?;
    Ok(Answer(found).into_response())
}

/// The key of the endpoint for Web Push, and which addresses it may reach, when there is one and it is on.
fn web_push(tables: &dyn Tables) -> StoreResult<Option<(String, Reach)>> {
    let endpoints = tables.endpoints()?;
    let found =
        endpoints.iter().filter(|it| it.state == EndpointState::On).find_map(|it| match &it.setting {
            Setting::WebPush { key, reach, .. } => Some((public_key(key)?, *reach)),
            _ => None,
        });
    Ok(found)
}

async fn push_key(State(parts): State<Parts>, _who: Who) -> Result<Response, Refusal> {
    let key = parts.store.read(web_push).await?.map(|(key, _)| key);
    Ok(Answer(PushKey { key }).into_response())
}

async fn subscribe(
    State(parts): State<Parts>,
    who: Who,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, Refusal> {
    let subscription: PushSubscription = body::json(&headers, body, body::SMALL).await?;
    let now = parts.clock.now();
    parts
        .store
        .write(move |tables| {
            let (_, reach) = web_push(tables)?.ok_or(Problem::NotFound)?;
            if !is_usable(&subscription, reach) {
                return Err(Problem::Malformed { detail: "no subscription to push to".to_owned() }.into());
            }
            Ok::<_, Refusal>(tables.put_push_subscription(who.account.id, &subscription, now)?)
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn unsubscribe(
    State(parts): State<Parts>,
    who: Who,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, Refusal> {
    let EndedSubscription { endpoint } = body::json(&headers, body, body::SMALL).await?;
    parts
        .store
        .write(move |tables| tables.delete_push_subscription(&endpoint, Some(who.account.id)))
        .await
        .map_err(Refusal::from)?;
    Ok(StatusCode::NO_CONTENT)
}
