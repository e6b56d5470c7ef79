//! Changing the own password, without losing a copy of a draft: they are encrypted under its key
//! (`docs/shadow-copies.md`).
//!
//! ```text
//! how often was it set? ─► key of the new one, stored beside the present one ─► POST ─► answered: it is the key from now on
//!                                                                                └─ no answer ─► asked again: set since?
//! ```
//!
//! The phone may die after each step. With the key stored and no answer, [`settle`] asks how often the password was set:
//! within one session nobody else can have set it, since that would have ended the session.

use xunan_core::account::check_chosen_password;
use xunan_core::problem::Problem;
use xunan_core::sealing::KDF_ROUNDS;
use xunan_core::sealing::shadow::salt;
use xunan_core::sync::{ChangePassword, PasswordAge};

use crate::browser::http::{Method, Request};
use crate::browser::sealing::SealingKey;
use crate::store::{NextKey, Store};

const PATH: &str = "/api/session/password";

/// Why a password was not changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotChanged {
    /// It was not, and why.
    Problem(Problem),
    /// Nobody knows yet: it was sent, and no answer came.
    Unanswered,
}

impl<T: Into<Problem>> From<T> for NotChanged {
    fn from(problem: T) -> Self {
        Self::Problem(problem.into())
    }
}

/// What is known of a change that had no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// It took place: a key waits to be taken over.
    Changed,
    /// There was none, or it did not take place so far.
    Unchanged,
}

/// Changes the password of whoever is signed in.
///
/// # Errors
/// [`NotChanged`]; no copy of a draft is lost with it.
pub async fn change_password(store: &Store, before: &str, chosen: &str) -> Result<(), NotChanged> {
    check_chosen_password(chosen, before).map_err(|why| Problem::PasswordRefused { why })?;
    let age = self::age().await?;
    settle_by(store, age).await?;
    prepare(store, chosen, age).await?;
    let message = ChangePassword { before: before.to_owned(), chosen: chosen.to_owned() };
    let answer: Result<PasswordAge, Problem> = Request::post_json(PATH, &message)?.json().await;
    let age = match answer {
        Ok(age) => age,
        Err(problem) if says_no(&problem) => {
            // One that stays is asked about once more, and found out.
            let _found_out_later = store.forget_next_key().await;
            return Err(problem.into());
        }
        Err(_) => match self::age().await {
            Ok(after) if after != age => after,
            Ok(_) | Err(_) => return Err(NotChanged::Unanswered),
        },
    };
    // What cannot be stored now is found out later: the server has changed it.
    let _found_out_later = settle_by(store, age).await;
    Ok(())
}

/// Finds out what became of a change that had no answer.
///
/// # Errors
/// The [`Problem`] that kept it from being found out.
pub async fn settle(store: &Store) -> Result<Settled, Problem> {
    if store.next_key().await?.is_none() {
        return Ok(Settled::Unchanged);
    }
    settle_by(store, age().await?).await
}

async fn settle_by(store: &Store, age: PasswordAge) -> Result<Settled, Problem> {
    match store.next_key().await? {
        Some(next) if age.changes == next.changes.saturating_add(1) => {
            store.take_next_key(next).await?;
            Ok(Settled::Changed)
        }
        _ => Ok(Settled::Unchanged),
    }
}

async fn age() -> Result<PasswordAge, Problem> {
    Request::plain(Method::Get, PATH).json().await
}

/// Stores the key of the chosen password. Where there has never been a key there are no copies either, and nothing that
/// could be lost.
async fn prepare(store: &Store, chosen: &str, age: PasswordAge) -> Result<(), Problem> {
    let stored = store_key(store, chosen, age).await;
    let keyless = store.copies_keys().await?.is_none() && store.given_key().await?.is_none();
    if keyless { Ok(()) } else { stored }
}

async fn store_key(store: &Store, chosen: &str, age: PasswordAge) -> Result<(), Problem> {
    let salt = salt(store.account());
    let key = SealingKey::derive(chosen, salt.as_bytes(), KDF_ROUNDS)
        .await
        .map_err(|refused| Problem::StorageFailed { cause: refused.name })?;
    Ok(store.save_next_key(&NextKey { key, changes: age.changes }).await?)
}

/// Whether the server said that it did not change anything. All else may come from what stands between, after the change.
const fn says_no(problem: &Problem) -> bool {
    matches!(
        problem,
        Problem::WrongPassword
            | Problem::PasswordRefused { .. }
            | Problem::TooMany { .. }
            | Problem::NotSignedIn
            | Problem::AccountLocked
            | Problem::NotAllowed
            | Problem::NotJson
            | Problem::Malformed { .. }
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_word_of_our_server_says_that_nothing_was_changed() {
        for (problem, no) in [
            (Problem::WrongPassword, true),
            (Problem::TooMany { retry_after_seconds: 10 }, true),
            (Problem::NotSignedIn, true),
            (Problem::Unreachable, false),
            (Problem::NotOurServer { status: 200 }, false),
            (Problem::Internal, false),
            (Problem::Unavailable, false),
            (Problem::Unknown, false),
        ] {
            assert_eq!(says_no(&problem), no, "{problem:?}");
        }
    }
}
