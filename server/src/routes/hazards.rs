//! The ledger's hazards, open and closed: what the desk lists. Phones hold the open ones; here are all.
//!
//! | request | answer |
//! | --- | --- |
//! | `GET /api/hazards?scope=&state=&grade=&division=&facility=&unit=&overdue=&listed=&q=&sort=&after=&limit=` | 200 [`HazardsPage`]; 400.2, 401.1 |
//! | `GET /api/hazards/{id}` | 200 [`HazardCard`]; 401.1, 404.1 |
//!
//! Names and values are core's ([`HazardQuery`]). What an account may not see is not there: not in a page, not in a count,
//! and one by its id is as one that never was.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use xunan_core::access::{Account, Sight};
use xunan_core::clock::Date;
use xunan_core::ids::HazardId;
use xunan_core::ledger::{HazardCard, Row};
use xunan_core::problem::Problem;
use xunan_core::sync::{HazardKey, HazardQuery, HazardsPage};

use super::Refusal;
use super::body::Answer;
use super::who::Who;
use crate::ledger_store::{HazardsAsked, StoreResult, Tables};
use crate::parts::Parts;

pub(super) fn routes() -> Router<Parts> {
    Router::new().route("/api/hazards", get(hazards)).route("/api/hazards/{id}", get(hazard))
}

async fn hazards(
    State(parts): State<Parts>,
    who: Who,
    pairs: Result<Query<Vec<(String, String)>>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Refusal> {
    let Query(pairs) = pairs.map_err(|error| Problem::Malformed { detail: error.body_text() })?;
    let pairs = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let query = HazardQuery::from_pairs(pairs)?;
    let today = parts.clock.now().date();
    let page = parts.store.read(move |tables| page(tables, &who.account, &query, today)).await?;
    Ok(Answer(page).into_response())
}

/// One page. It is cut by what is stored, so that a hazard which core hides ends no list early.
fn page(
    tables: &dyn Tables,
    account: &Account,
    query: &HazardQuery,
    today: Date,
) -> StoreResult<HazardsPage> {
    let asked = HazardsAsked::of(account, query, today);
    let mut hazards = tables.hazards(&asked)?;
    let next = (hazards.len() == asked.limit).then(|| hazards.last().map(HazardKey::of)).flatten();
    let counts = tables.hazard_counts(&asked)?;
    hazards.retain(|hazard| sees(account, hazard));
    Ok(HazardsPage { hazards, next: next.map(|key| key.to_string()), counts, today })
}

fn sees(account: &Account, hazard: &HazardCard) -> bool {
    Row::Hazard(Box::new(hazard.clone())).seen_by(account) == Sight::Visible
}

async fn hazard(State(parts): State<Parts>, who: Who, Path(id): Path<String>) -> Result<Response, Refusal> {
    let id: HazardId = id.parse().map_err(|_| Problem::NotFound)?;
    let found = parts.store.look(|tables| tables.hazard(id))?;
    let hazard = found.filter(|hazard| sees(&who.account, hazard)).ok_or(Problem::NotFound)?;
    Ok(Answer(hazard).into_response())
}
