//! Citizens' reports at the desk: the office's queue with its clocks, and one report with what may be the same. Steps are pushed
//! as entries, like all others.
//!
//! | request | answer |
//! | --- | --- |
//! | `GET /api/snaps?list=open&after=&limit=` | 200 [`SnapsPage`]; `list` is `open`, `closed`, `rewards` (to be approved or
//! paid) or `rewarded` (the others); 400.2, 401.1 |
//! | `GET /api/snaps?number=` | 200 [`SnapsPage`] of those with that number, open and closed; 400.2, 401.1 |
//! | `GET /api/snaps/{id}` | 200 [`SnapDetail`]; 401.1, 404.1 |
//!
//! What an account may not see is not there. Who reported is in none of it.

use std::cmp::Reverse;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use serde::Deserialize;
use xunan_core::access::{Account, Sight, Subject, may_see};
use xunan_core::calendar::Calendar;
use xunan_core::clock::Span;
use xunan_core::ids::SnapId;
use xunan_core::ledger::SnapCard;
use xunan_core::problem::Problem;
use xunan_core::snap::{ALIKE_WITHIN, Candidate, CaseNumber, TermsTable, likely_same};
use xunan_core::sync::{AlikeSnap, DueSnap, SnapDetail, SnapKey, SnapsPage};

use super::Refusal;
use super::body::Answer;
use super::who::Who;
use crate::ledger_store::{AlikeAsked, SnapList, StoreResult, Tables};
use crate::parts::Parts;

/// Reports of one page, unless asked otherwise and at most.
const USUAL_PAGE: usize = 50;
const LONGEST_PAGE: usize = 200;

/// Open reports that are compared for each trace of a report, its institution's and those of the ground around it, and for each of
/// its photos: where so many tell of one category within two months, a person knows without being told.
const COMPARED: usize = 100;

/// Photos of the time in question that are compared: some 10 ms. In two months a city has a tenth of them.
const PHOTOS_COMPARED: usize = 100_000;

/// Alike reports that are told, at most.
const MOST_ALIKE: usize = 20;

pub(super) fn routes() -> Router<Parts> {
    Router::new().route("/api/snaps", get(snaps)).route("/api/snaps/{id}", get(snap))
}

#[derive(Debug, Deserialize)]
struct Asked {
    number: Option<String>,
    list: Option<String>,
    after: Option<String>,
    limit: Option<usize>,
}

async fn snaps(
    State(parts): State<Parts>,
    who: Who,
    asked: Result<Query<Asked>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Refusal> {
    let malformed = |detail: String| Problem::Malformed { detail };
    let Query(asked) = asked.map_err(|error| malformed(error.body_text()))?;
    if let Some(number) = asked.number {
        let number: CaseNumber = number.parse().map_err(|_| malformed("number".to_owned()))?;
        let cards = parts.store.read(move |tables| numbered(tables, &who.account, &number)).await?;
        return Ok(Answer(SnapsPage { snaps: with_due(cards), next: None }).into_response());
    }
    let list = match asked.list.as_deref() {
        None | Some("open") => SnapList::Open,
        Some("closed") => SnapList::Closed,
        Some("rewards") => SnapList::RewardsOpen,
        Some("rewarded") => SnapList::RewardsClosed,
        Some(_) => return Err(malformed("list".to_owned()).into()),
    };
    let after: Option<SnapKey> =
        asked.after.map(|key| key.parse()).transpose().map_err(|_| malformed("after".to_owned()))?;
    let limit = asked.limit.unwrap_or(USUAL_PAGE).clamp(1, LONGEST_PAGE);
    let (cards, next) =
        parts.store.read(move |tables| seen(tables, &who.account, list, after, limit)).await?;
    Ok(Answer(SnapsPage { snaps: with_due(cards), next: next.map(|key| key.to_string()) }).into_response())
}

/// The reports that an account may see, and where the page ends when there may be more: those of its region, and core has the
/// last word on each. A page is cut by what is stored, so that a report which core hides ends no list early.
fn seen(
    tables: &dyn Tables,
    account: &Account,
    list: SnapList,
    after: Option<SnapKey>,
    limit: usize,
) -> StoreResult<(Vec<SnapCard>, Option<SnapKey>)> {
    // Nobody learns how many there are from where a page ends.
    if sees_none(account) {
        return Ok((Vec::new(), None));
    }
    let mut cards = tables.snaps_within(&account.region, list, after, limit)?;
    let key = match list {
        SnapList::Open | SnapList::Closed => SnapKey::of,
        SnapList::RewardsOpen | SnapList::RewardsClosed => SnapKey::of_reward,
    };
    let next = if cards.len() == limit { cards.last().map(key) } else { None };
    cards.retain(|card| card.seen_by(account) == Sight::Visible);
    Ok((cards, next))
}

/// Whether an account sees no report of its region: it is answered before anything is read, and so as quickly whatever there is.
fn sees_none(account: &Account) -> bool {
    may_see(account, &Subject::Snap { division: &account.region }) == Sight::Hidden
}

/// Those of a number that an account may see.
fn numbered(tables: &dyn Tables, account: &Account, number: &CaseNumber) -> StoreResult<Vec<SnapCard>> {
    if sees_none(account) {
        return Ok(Vec::new());
    }
    let mut cards = tables.snaps_numbered(&account.region, number)?;
    cards.retain(|card| card.seen_by(account) == Sight::Visible);
    Ok(cards)
}

fn with_due(cards: Vec<SnapCard>) -> Vec<DueSnap> {
    let (terms, calendar) = (TermsTable::shipped(), Calendar::shipped());
    let due = |snap: SnapCard| {
        let due = snap.life.deadline(snap.division(), &terms, &calendar);
        DueSnap { snap, due }
    };
    cards.into_iter().map(due).collect()
}

async fn snap(State(parts): State<Parts>, who: Who, Path(id): Path<String>) -> Result<Response, Refusal> {
    let id: SnapId = id.parse().map_err(|_| Problem::NotFound)?;
    let snaps = parts.snaps.clone();
    let found = parts.store.read(move |tables| -> Result<_, Refusal> {
        let Some(found) = detail(tables, &who.account, id)? else { return Ok(None) };
        let audible = snaps.audible(&who.account, &found.due.snap)?;
        Ok(Some(SnapDetail { audible, ..found }))
    });
    Ok(Answer(found.await?.ok_or(Problem::NotFound)?).into_response())
}

fn detail(tables: &dyn Tables, account: &Account, id: SnapId) -> StoreResult<Option<SnapDetail>> {
    if sees_none(account) {
        return Ok(None);
    }
    let found = tables.snap_within(&account.region, id)?;
    let Some(card) = found.filter(|card| card.seen_by(account) == Sight::Visible) else { return Ok(None) };
    let asked = AlikeAsked {
        report: &card.report,
        from: card.received.plus(Span::millis(-ALIKE_WITHIN.as_millis())),
        until: card.received.plus(ALIKE_WITHIN),
        most: COMPARED,
        photos: PHOTOS_COMPARED,
    };
    let mut others = tables.snaps_alike(&asked)?;
    others.retain(|other| other.seen_by(account) == Sight::Visible);
    let mut alike: Vec<AlikeSnap> = others
        .into_iter()
        .map(|other| AlikeSnap { why: likely_same(&candidate(&card), &candidate(&other)), snap: other })
        .filter(|other| !other.why.is_empty())
        .collect();
    alike.sort_by_key(|other| (Reverse(other.why.len()), other.snap.received));
    alike.truncate(MOST_ALIKE);
    let due = with_due(vec![card]).pop();
    Ok(due.map(|due| SnapDetail { due, alike, audible: Vec::new() }))
}

fn candidate(card: &SnapCard) -> Candidate<'_> {
    Candidate { report: &card.report, state: card.life.stage.state(), received: card.received }
}
