//! Who asks: the account of the session cookie.

use axum::extract::FromRequestParts;
use axum::http::{HeaderMap, header, request};
use xunan_core::access::Account;
use xunan_core::problem::Problem;

use super::Refusal;
use crate::accounts::{SESSION_SPAN, SessionToken, needs_extending};
use crate::ledger_store::{AccountState, StoredSession};
use crate::parts::{Parts, Transport};

/// The signed-in account of a request. A route that takes it is closed to everybody else.
pub(super) struct Who {
    pub(super) account: Account,
}

impl FromRequestParts<Parts> for Who {
    type Rejection = Refusal;

    async fn from_request_parts(request: &mut request::Parts, parts: &Parts) -> Result<Self, Refusal> {
        let token = token(&request.headers, parts.standing.transport).ok_or(Problem::NotSignedIn)?;
        let (session, now) = (SessionToken::hash_of(token), parts.clock.now());
        let found = parts.store.look(|tables| tables.session(&session, now))?;
        let StoredSession { account, expires } = found.ok_or(Problem::NotSignedIn)?;
        if account.state == AccountState::Locked {
            return Err(Problem::AccountLocked.into());
        }
        if needs_extending(expires, now) {
            let later = now.plus(SESSION_SPAN);
            parts
                .store
                .write(move |tables| tables.extend_session(&session, later))
                .await
                .map_err(Refusal::from)?;
        }
        Ok(Self { account: account.account })
    }
}

/// The session token among the cookies.
pub(super) fn token(headers: &HeaderMap, transport: Transport) -> Option<&str> {
    cookie(headers, transport.cookie_name())
}

/// What a cookie of that name says.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, wanted: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .into_iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(name, _)| *name == wanted)
        .map(|(_, value)| value)
}
