//! Changing the own password.
//!
//! | request | answer |
//! | --- | --- |
//! | `GET /api/session/password` | 200 [`PasswordAge`]; 401.1 |
//! | `POST /api/session/password` [`ChangePassword`] | 200 [`PasswordAge`]; 400.x, 401.1, 403.5, 422.11, 429.1 |
//!
//! The password before is asked for at the pace of sign-ins, and counts as one: whoever found an open session cannot
//! guess faster here than there. The account's other sessions end; this one goes on.

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use xunan_core::account::{check_chosen_password, check_password_of};
use xunan_core::problem::{PasswordRefusal, Problem};
use xunan_core::sync::{ChangePassword, PasswordAge};

use super::Refusal;
use super::body::{self, Answer};
use super::who::{Who, token};
use crate::accounts::administration::{Changed, OwnPassword, change_own, password_age};
use crate::accounts::{Admission, RightOrWrong, SessionToken};
use crate::ledger_store::StoredAccount;
use crate::parts::{ClientAddress, Parts};

pub(super) fn routes() -> Router<Parts> {
    Router::new().route("/api/session/password", get(age).post(change))
}

async fn age(State(parts): State<Parts>, who: Who) -> Result<Response, Refusal> {
    let age: PasswordAge = parts.store.read(move |tables| password_age(tables, who.account.id)).await?;
    Ok(Answer(age).into_response())
}

async fn change(
    State(parts): State<Parts>,
    axum::Extension(ClientAddress(address)): axum::Extension<ClientAddress>,
    who: Who,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let session = token(&headers, parts.standing.transport).ok_or(Problem::NotSignedIn)?;
    let session = SessionToken::hash_of(session);
    let ChangePassword { before, chosen } = body::json(&headers, body, body::SMALL).await?;
    let (id, now) = (who.account.id, parts.clock.now());
    let account = parts.store.read(move |tables| tables.account(id)).await?;
    let StoredAccount { login, password_hash, .. } = account.ok_or(Problem::NotSignedIn)?;
    check_chosen_password(&chosen, &before).map_err(refused)?;
    check_password_of(&login, &chosen).map_err(refused)?;
    if let Admission::Later { retry_after_seconds } = parts.attempts.begin(&login, address, now) {
        return Err(Problem::TooMany { retry_after_seconds }.into());
    }
    if parts.passwords.compare(before, Some(password_hash.clone())).await? == RightOrWrong::Wrong {
        return Err(Problem::WrongPassword.into());
    }
    parts.attempts.succeeded(&login, address);
    let chosen = hashed(&parts, chosen).await?;
    let password = OwnPassword { before: password_hash, chosen, session };
    let age = parts
        .store
        .write(move |tables| match change_own(tables, id, &password, now)? {
            Changed::Done => Ok(password_age(tables, id)?),
            Changed::Overtaken => Err(Refusal::from(Problem::WrongPassword)),
        })
        .await?;
    Ok(Answer(age).into_response())
}

/// The hash of a password, which takes some 20 ms.
async fn hashed(parts: &Parts, password: String) -> Result<String, Refusal> {
    let passwords = parts.passwords.clone();
    Ok(tokio::task::spawn_blocking(move || passwords.hash(&password)).await??)
}

fn refused(why: PasswordRefusal) -> Refusal {
    Problem::PasswordRefused { why }.into()
}
