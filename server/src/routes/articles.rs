//! Articles of safety knowledge 安全知识 at the desk: those of the office with what became of each. Steps are pushed as entries, like
//! all others; what everybody reads is under `/snap/know/articles`.
//!
//! | request | answer |
//! | --- | --- |
//! | `GET /api/articles?before=&limit=` | 200 [`ArticlesPage`], those changed last first; 400.2, 401.1 |
//! | `GET /api/articles/{id}` | 200 [`Article`](xunan_core::knowledge::Article); 401.1, 404.1 |
//! | `GET /api/articles/{id}/versions/{version}` | 200 [`Content`](xunan_core::knowledge::Content), from version 1 on; 401.1, 404.1 |
//!
//! What an account may not see is not there.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use serde::Deserialize;
use xunan_core::access::{Account, Sight, Subject, may_see};
use xunan_core::ids::ArticleId;
use xunan_core::knowledge::Article;
use xunan_core::problem::Problem;
use xunan_core::sync::{ArticleLine, ArticlesPage};

use super::Refusal;
use super::body::Answer;
use super::who::Who;
use crate::ledger_store::{StoreResult, Tables};
use crate::parts::Parts;

/// Articles of one page, unless asked otherwise and at most.
const USUAL_PAGE: usize = 50;
const LONGEST_PAGE: usize = 200;

pub(super) fn routes() -> Router<Parts> {
    Router::new()
        .route("/api/articles", get(articles))
        .route("/api/articles/{id}", get(article))
        .route("/api/articles/{id}/versions/{version}", get(version))
}

#[derive(Debug, Deserialize)]
struct Asked {
    before: Option<u64>,
    limit: Option<usize>,
}

async fn articles(
    State(parts): State<Parts>,
    who: Who,
    asked: Result<Query<Asked>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Refusal> {
    let malformed = |detail: String| Problem::Malformed { detail };
    let Query(asked) = asked.map_err(|error| malformed(error.body_text()))?;
    if asked.before.is_some_and(|before| i64::try_from(before).is_err()) {
        return Err(malformed("before".to_owned()).into());
    }
    let limit = asked.limit.unwrap_or(USUAL_PAGE).clamp(1, LONGEST_PAGE);
    let page = parts.store.read(move |tables| page_of(tables, &who.account, asked.before, limit)).await?;
    Ok(Answer(page).into_response())
}

/// Those of the account's region, and core has the last word on each.
fn page_of(
    tables: &dyn Tables,
    account: &Account,
    before: Option<u64>,
    limit: usize,
) -> StoreResult<ArticlesPage> {
    // Nobody learns how many there are from where a page ends.
    if may_see(account, &Subject::Article { office: &account.region }) == Sight::Hidden {
        return Ok(ArticlesPage { articles: Vec::new(), next: None });
    }
    let mut found = tables.articles_within(&account.region, before, limit)?;
    let next = if found.len() == limit { found.last().map(|it| it.place) } else { None };
    found.retain(|it| it.article.seen_by(account) == Sight::Visible);
    Ok(ArticlesPage { articles: found.into_iter().map(|it| ArticleLine::of(it.article)).collect(), next })
}

fn seen(tables: &dyn Tables, account: &Account, id: ArticleId) -> StoreResult<Option<Article>> {
    Ok(tables.article(id)?.filter(|article| article.seen_by(account) == Sight::Visible))
}

async fn article(State(parts): State<Parts>, who: Who, Path(id): Path<String>) -> Result<Response, Refusal> {
    let id: ArticleId = id.parse().map_err(|_| Problem::NotFound)?;
    let found = parts.store.read(move |tables| seen(tables, &who.account, id)).await?;
    Ok(Answer(found.ok_or(Problem::NotFound)?).into_response())
}

async fn version(
    State(parts): State<Parts>,
    who: Who,
    Path((id, version)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let id: ArticleId = id.parse().map_err(|_| Problem::NotFound)?;
    let version: u32 = version.parse().map_err(|_| Problem::NotFound)?;
    let found = parts.store.read(move |tables| match seen(tables, &who.account, id)? {
        Some(_) => tables.article_version(id, version),
        None => Ok(None),
    });
    Ok(Answer(found.await?.ok_or(Problem::NotFound)?).into_response())
}
