//! Administering accounts: an administrator sees and changes those of the own region and below.
//!
//! | request | answer |
//! | --- | --- |
//! | `GET /api/accounts?search=<text>&limit=<n>` | 200 [`AccountList`]; 401.1, 403.1 |
//! | `POST /api/accounts` [`MakeAccount`] | 200 [`AccountAnswer`]; 400.x, 401.1, 403.1, 429.1 |
//! | `GET /api/accounts/{id}` | 200 [`AccountDetail`]; 401.1, 403.1, 404.1 |
//! | `POST /api/accounts/{id}/lock`, `/unlock`, `/password` | 200 [`AccountAnswer`]; 401.1, 403.1, 404.1, 429.1 |
//! | `POST /api/accounts/{id}/hand-over` [`HandOver`] | 200 [`AccountAnswer`]; 400.x, 401.1, 403.1, 404.1, 429.1 |
//!
//! An account outside the region does not exist for the administrator: 404.1. A password is in the one answer that makes
//! it, and nowhere else.

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use xunan_core::access::{Account, Permission, Role};
use xunan_core::account::AccountChanger;
use xunan_core::ids::AccountId;
use xunan_core::problem::Problem;
use xunan_core::sync::{
    AccountAnswer, AccountCard, AccountDetail, AccountList, HandOver, MadePassword, MakeAccount, More,
    Unfinished,
};

use super::Refusal;
use super::body::{self, Answer};
use super::who::Who;
use crate::accounts::administration::{self, Change, administered, administers, card};
use crate::accounts::{AccountRefused, Admission, NewAccount, make_up_password};
use crate::clock::id_entropy;
use crate::ledger_store::{StoredAccount, Tables};
use crate::parts::Parts;

/// Accounts of one answer, at most.
const LONGEST_LIST: usize = 500;

pub(super) fn routes() -> Router<Parts> {
    Router::new()
        .route("/api/accounts", get(list).post(make))
        .route("/api/accounts/{id}", get(detail))
        .route("/api/accounts/{id}/lock", post(lock))
        .route("/api/accounts/{id}/unlock", post(unlock))
        .route("/api/accounts/{id}/password", post(reset))
        .route("/api/accounts/{id}/hand-over", post(hand_over))
}

/// What a change came to: done, or nothing and why.
enum Ended {
    Refused(AccountRefused),
    Problem(Refusal),
}

impl<T: Into<Refusal>> From<T> for Ended {
    fn from(refusal: T) -> Self {
        Self::Problem(refusal.into())
    }
}

/// Only administrators come in; what of, is asked for each account.
fn administrator(who: Who) -> Result<Account, Refusal> {
    match who.account.role {
        Role::Administrator => Ok(who.account),
        _ => Err(Problem::NotAllowed.into()),
    }
}

/// An administrator who is about to change something, and not too fast.
fn changing(parts: &Parts, who: Who) -> Result<(Account, Change), Refusal> {
    let administrator = administrator(who)?;
    let at = parts.clock.now();
    if let Admission::Later { retry_after_seconds } = parts.pace.begin(administrator.id, at) {
        return Err(Problem::TooMany { retry_after_seconds }.into());
    }
    let by = AccountChanger::Administrator { account: administrator.id, name: administrator.name.clone() };
    Ok((administrator, Change { by, at }))
}

/// The account that a path names; none for whoever may not administer it.
fn asked(tables: &dyn Tables, administrator: &Account, id: &str) -> Result<StoredAccount, Refusal> {
    let id: AccountId = id.parse().map_err(|_| Problem::NotFound)?;
    Ok(administered(tables, administrator, id)?.ok_or(Problem::NotFound)?)
}

/// What is searched for.
#[derive(Deserialize)]
struct Asked {
    /// A part of the name, the login or the organisation; empty for all.
    #[serde(default)]
    search: String,
    /// Accounts, at most.
    limit: Option<usize>,
}

async fn list(
    State(parts): State<Parts>,
    who: Who,
    asked: Result<Query<Asked>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Refusal> {
    let administrator = administrator(who)?;
    let Query(Asked { search, limit }) =
        asked.map_err(|error| Problem::Malformed { detail: error.body_text() })?;
    let limit = limit.unwrap_or(LONGEST_LIST).clamp(1, LONGEST_LIST);
    let list = parts
        .store
        .read(move |tables| {
            let wanted =
                |it: &Account| administers(&administrator, &it.region, &it.role) == Permission::Granted;
            let accounts =
                tables.accounts_within(&administrator.region, search.trim(), &wanted, limit + 1)?;
            let more = if accounts.len() > limit { More::Yes } else { More::No };
            let accounts = accounts.iter().take(limit).map(card).collect();
            Ok::<_, Refusal>(AccountList { accounts, more })
        })
        .await?;
    Ok(Answer(list).into_response())
}

async fn detail(State(parts): State<Parts>, who: Who, Path(id): Path<String>) -> Result<Response, Refusal> {
    let administrator = administrator(who)?;
    let detail = parts
        .store
        .read(move |tables| {
            let stored = asked(tables, &administrator, &id)?;
            let history = tables.account_history(stored.account.id)?;
            let unfinished = administration::unfinished(tables, &stored.account, &administrator)?;
            Ok::<_, Refusal>(AccountDetail { card: card(&stored), history, unfinished })
        })
        .await?;
    Ok(Answer(detail).into_response())
}

/// A password and its hash, which takes some 20 ms.
async fn fresh_password(parts: &Parts) -> Result<(MadePassword, String), Refusal> {
    let passwords = parts.passwords.clone();
    tokio::task::spawn_blocking(move || {
        let password = make_up_password()?;
        let hash = passwords.hash(&password)?;
        Ok((MadePassword(password), hash))
    })
    .await?
}

fn answer(card: AccountCard, password: Option<MadePassword>) -> AccountAnswer {
    AccountAnswer::Done { card: Box::new(card), password, from: None, unfinished: Vec::new() }
}

fn ended(outcome: Result<AccountAnswer, Ended>) -> Result<Response, Refusal> {
    match outcome {
        Ok(answer) => Ok(Answer(answer).into_response()),
        Err(Ended::Problem(refusal)) => Err(refusal),
        Err(Ended::Refused(AccountRefused::Store(error))) => Err(error.into()),
        Err(Ended::Refused(AccountRefused::Fault(fault))) => {
            Ok(Answer(AccountAnswer::Refused { fault }).into_response())
        }
    }
}

fn card_of(tables: &dyn Tables, id: AccountId) -> Result<AccountCard, Refusal> {
    Ok(card(&tables.account(id)?.ok_or(Problem::NotFound)?))
}

async fn make(
    State(parts): State<Parts>,
    who: Who,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let (administrator, change) = changing(&parts, who)?;
    let MakeAccount { login, name, organisation, region, role } =
        body::json(&headers, body, body::SMALL).await?;
    let (password, password_hash) = fresh_password(&parts).await?;
    let id = AccountId::from_parts(change.at, id_entropy()?);
    let outcome = parts
        .store
        .write(move |tables| {
            let region = administration::region_of(tables, region, &role).map_err(Ended::Refused)?;
            if administers(&administrator, &region, &role) != Permission::Granted {
                return Err(Ended::from(Problem::NotAllowed));
            }
            let new = NewAccount { id, login, name, organisation, region, role, password_hash };
            administration::make(tables, new, &change).map_err(Ended::Refused)?;
            Ok(answer(card_of(tables, id)?, Some(password)))
        })
        .await;
    ended(outcome)
}

async fn lock(State(parts): State<Parts>, who: Who, Path(id): Path<String>) -> Result<Response, Refusal> {
    let (administrator, change) = changing(&parts, who)?;
    let outcome = parts
        .store
        .write(move |tables| {
            let account = asked(tables, &administrator, &id)?.account;
            // Nobody locks themselves out: somebody else does, or the post is handed over.
            if account.id == administrator.id {
                return Err(Ended::from(Problem::NotAllowed));
            }
            administration::lock(tables, &account, &change)?;
            Ok(answer(card_of(tables, account.id)?, None))
        })
        .await;
    ended(outcome)
}

async fn unlock(State(parts): State<Parts>, who: Who, Path(id): Path<String>) -> Result<Response, Refusal> {
    let (administrator, change) = changing(&parts, who)?;
    let outcome = parts
        .store
        .write(move |tables| {
            let account = asked(tables, &administrator, &id)?.account;
            administration::unlock(tables, &account, &change)?;
            Ok::<_, Ended>(answer(card_of(tables, account.id)?, None))
        })
        .await;
    ended(outcome)
}

async fn reset(State(parts): State<Parts>, who: Who, Path(id): Path<String>) -> Result<Response, Refusal> {
    let (administrator, change) = changing(&parts, who)?;
    let (password, hash) = fresh_password(&parts).await?;
    let outcome = parts
        .store
        .write(move |tables| {
            let account = asked(tables, &administrator, &id)?.account;
            administration::reset(tables, account.id, &hash, &change)?;
            Ok::<_, Ended>(answer(card_of(tables, account.id)?, Some(password)))
        })
        .await;
    ended(outcome)
}

async fn hand_over(
    State(parts): State<Parts>,
    who: Who,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let (administrator, change) = changing(&parts, who)?;
    let HandOver { login, name, certificate } = body::json(&headers, body, body::SMALL).await?;
    let (password, password_hash) = fresh_password(&parts).await?;
    let new_id = AccountId::from_parts(change.at, id_entropy()?);
    let outcome = parts
        .store
        .write(move |tables| {
            let old = asked(tables, &administrator, &id)?.account;
            let role = match (&old.role, certificate) {
                (Role::Inspector { .. }, Some(certificate)) => Role::Inspector { certificate },
                // A certificate is a person's own and is not handed over.
                (Role::Inspector { .. }, None) => {
                    let detail = "certificate: an inspector's own is needed".to_owned();
                    return Err(Ended::from(Problem::Malformed { detail }));
                }
                (role, _) => role.clone(),
            };
            let (organisation, region) = (old.organisation.clone(), old.region.clone());
            let new = NewAccount { id: new_id, login, name, organisation, region, role, password_hash };
            let (account, unfinished): (Account, Vec<Unfinished>) =
                administration::hand_over(tables, &old, new, &administrator, &change)
                    .map_err(Ended::Refused)?;
            let card = Box::new(card_of(tables, account.id)?);
            Ok(AccountAnswer::Done { card, password: Some(password), from: Some(old.id), unfinished })
        })
        .await;
    ended(outcome)
}
