//! Signing in and out.
//!
//! | request | answer |
//! | --- | --- |
//! | `POST /api/session` | 200 [`SignedIn`] and a cookie; 401.2, 403.2, 429.1 |
//! | `GET /api/session` | 200 [`SignedIn`]; 401.1 |
//! | `DELETE /api/session` | 204; the session is over |

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use xunan_core::problem::Problem;
use xunan_core::sync::{SignIn, SignedIn};

use super::Refusal;
use super::body::{self, Answer};
use super::who::{Who, token};
use crate::accounts::{Admission, RightOrWrong, SESSION_SPAN, SessionToken};
use crate::ledger_store::AccountState;
use crate::parts::{ClientAddress, Parts, Transport};

pub(super) fn routes() -> Router<Parts> {
    Router::new().route("/api/session", post(sign_in).get(who_am_i).delete(sign_out))
}

async fn sign_in(
    State(parts): State<Parts>,
    axum::Extension(ClientAddress(address)): axum::Extension<ClientAddress>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let SignIn { login, password } = body::json(&headers, body, body::SMALL).await?;
    let now = parts.clock.now();
    if let Admission::Later { retry_after_seconds } = parts.attempts.begin(&login, address, now) {
        return Err(Problem::TooMany { retry_after_seconds }.into());
    }
    let wanted = login.clone();
    let found = parts.store.read(move |tables| tables.account_by_login(&wanted)).await?;
    let hash = found.as_ref().map(|account| account.password_hash.clone());
    let right = parts.passwords.compare(password, hash).await?;
    let (Some(account), RightOrWrong::Right) = (found, right) else {
        return Err(Problem::BadLogin.into());
    };
    parts.attempts.succeeded(&login, address);
    if account.state == AccountState::Locked {
        return Err(Problem::AccountLocked.into());
    }
    // A session that came with the request ends: nobody can hand a browser a session to sign in to.
    let old = token(&headers, parts.standing.transport).map(SessionToken::hash_of);
    let fresh = SessionToken::generate()?;
    let (hash, id, expires) =
        (SessionToken::hash_of(fresh.secret()), account.account.id, now.plus(SESSION_SPAN));
    parts
        .store
        .write(move |tables| {
            if let Some(old) = old {
                tables.delete_session(&old)?;
            }
            tables.insert_session(&hash, id, expires)
        })
        .await
        .map_err(Refusal::from)?;
    let mut response = Answer(SignedIn { account: account.account, server_time: now }).into_response();
    set_cookie(&mut response, parts.standing.transport, fresh.secret(), SESSION_SPAN.as_millis() / 1000)?;
    Ok(response)
}

async fn who_am_i(State(parts): State<Parts>, who: Who) -> Result<Response, Refusal> {
    Ok(Answer(SignedIn { account: who.account, server_time: parts.clock.now() }).into_response())
}

async fn sign_out(State(parts): State<Parts>, headers: HeaderMap) -> Result<Response, Refusal> {
    if let Some(session) = token(&headers, parts.standing.transport).map(SessionToken::hash_of) {
        parts.store.write(move |tables| tables.delete_session(&session)).await.map_err(Refusal::from)?;
    }
    let mut response = StatusCode::NO_CONTENT.into_response();
    set_cookie(&mut response, parts.standing.transport, "", 0)?;
    Ok(response)
}

/// Writes the session cookie. 0 seconds take it away.
fn set_cookie(
    response: &mut Response,
    transport: Transport,
    token: &str,
    seconds: i64,
) -> Result<(), Refusal> {
    let secure = match transport {
        Transport::Plain => "",
        Transport::Tls => "; Secure",
    };
    let name = transport.cookie_name();
    let cookie = format!("{name}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}");
    let cookie = HeaderValue::from_str(&cookie).map_err(|_| Problem::Internal)?;
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(())
}
