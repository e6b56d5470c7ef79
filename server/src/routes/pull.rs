//! Giving out the rows that an account may see.
//!
//! `GET /api/pull?after=<cursor>&limit=<rows>` → 200 [`Pulled`]; 400.2, 401.1. Rows come in the order in which they
//! changed; the cursor of the answer is where to go on, and never skips a row that the account may see.

use axum::Router;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use serde::Deserialize;
use xunan_core::access::{Account, Sight};
use xunan_core::ledger::{Cursor, Row};
use xunan_core::problem::Problem;
use xunan_core::sync::{More, Pulled};

use super::Refusal;
use super::body::Answer;
use super::who::Who;
use crate::ledger_store::{Audience, RowStanding, StoreResult, StoredRow, Tables};
use crate::parts::Parts;

/// Rows of one page unless asked otherwise, and at most.
const USUAL_PAGE: usize = 200;
const LONGEST_PAGE: usize = 500;

pub(super) fn routes() -> Router<Parts> {
    Router::new().route("/api/pull", get(pull))
}

/// What is asked for.
#[derive(Deserialize)]
struct Asked {
    /// The cursor of the last answer; absent for everything.
    #[serde(default)]
    after: Cursor,
    /// Rows of one page.
    limit: Option<usize>,
}

async fn pull(
    State(parts): State<Parts>,
    who: Who,
    asked: Result<Query<Asked>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Refusal> {
    let Query(Asked { after, limit }) =
        asked.map_err(|error| Problem::Malformed { detail: error.body_text() })?;
    let limit = limit.unwrap_or(USUAL_PAGE).clamp(1, LONGEST_PAGE);
    let server_time = parts.clock.now();
    let page = parts.store.read(move |tables| page(tables, &who.account, after, limit)).await?;
    Ok(Answer(Pulled { rows: page.rows, cursor: page.cursor, more: page.more, server_time }).into_response())
}

struct Page {
    rows: Vec<Row>,
    cursor: Cursor,
    more: More,
}

/// One page. It is cut by what is stored, not by what is shown, so the cursor passes hidden rows and skips none.
fn page(tables: &dyn Tables, account: &Account, after: Cursor, limit: usize) -> StoreResult<Page> {
    let stored = tables.rows_after(&Audience::of_account(account), after, limit)?;
    let more = if stored.len() < limit { More::No } else { More::Yes };
    let cursor = stored.last().map_or(after, |last| last.change);
    let mut rows = Vec::with_capacity(stored.len());
    for row in stored {
        rows.extend(shown(tables, account, row)?);
    }
    Ok(Page { rows, cursor, more })
}

/// What an account is shown of a stored row.
fn shown(tables: &dyn Tables, account: &Account, stored: StoredRow) -> StoreResult<Option<Row>> {
    let StoredRow { row, standing, .. } = stored;
    if row.seen_by(account) == Sight::Hidden {
        return Ok(None);
    }
    match standing {
        RowStanding::Current => Ok(Some(row)),
        RowStanding::Former => {
            let key = row.key();
            let now = tables.row(&key)?;
            let own = Audience::of_account(account);
            // Not what may be seen, but what is sent: a closed hazard may be seen still, and leaves the phone.
            let still_sent = now.is_some_and(|row| {
                row.seen_by(account) == Sight::Visible
                    && Audience::of_row(&row).iter().any(|audience| own.contains(audience))
            });
            Ok((!still_sent).then_some(Row::Gone(key)))
        }
    }
}
