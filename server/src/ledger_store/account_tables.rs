//! What a backend must be able to do with accounts, their history and their sessions: a part of
//! [`Tables`](super::Tables).

use xunan_core::access::Account;
use xunan_core::account::AccountEvent;
use xunan_core::clock::Instant;
use xunan_core::digest::Digest;
use xunan_core::ids::{AccountId, FacilityId};
use xunan_core::region::DivisionCode;

use super::StoreResult;

/// Whether an account may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountState {
    /// It may.
    Active,
    /// It may not: it was locked by an administrator.
    Locked,
}

/// An account with what only the server knows of it.
#[derive(Clone, Debug)]
pub struct StoredAccount {
    /// What rules need.
    pub account: Account,
    /// The login name.
    pub login: String,
    /// Argon2id, as a PHC string.
    pub password_hash: String,
    /// Whether it may be used.
    pub state: AccountState,
}

/// A session that has not ended.
#[derive(Clone, Debug)]
pub struct StoredSession {
    /// Whose.
    pub account: StoredAccount,
    /// When it ends.
    pub expires: Instant,
}

/// Accounts and their sessions.
pub trait AccountTables {
    /// By login name.
    fn account_by_login(&self, login: &str) -> StoreResult<Option<StoredAccount>>;
    /// By id.
    fn account(&self, id: AccountId) -> StoreResult<Option<StoredAccount>>;
    /// All of them, by login name.
    fn accounts(&self) -> StoreResult<Vec<StoredAccount>>;
    /// Those of a region and below whose login, name or organisation contains `search`, and that `wanted` wants: by region
    /// and login name, the highest region first, at most `limit`.
    fn accounts_within(
        &self,
        region: &DivisionCode,
        search: &str,
        wanted: &dyn Fn(&Account) -> bool,
        limit: usize,
    ) -> StoreResult<Vec<StoredAccount>>;
    /// Notes what was done to an account. Nothing takes it away again.
    fn insert_account_event(&self, account: AccountId, event: &AccountEvent) -> StoreResult<()>;
    /// What was done to an account, the newest first.
    fn account_history(&self, account: AccountId) -> StoreResult<Vec<AccountEvent>>;
    /// Adds one. Its id and login must be new.
    fn insert_account(&self, account: &StoredAccount, created: Instant) -> StoreResult<()>;
    /// Replaces a password.
    fn set_password(&self, id: AccountId, password_hash: &str) -> StoreResult<()>;
    /// Those of an institution's people, and of the firms that look after it, by id.
    fn accounts_around(&self, institution: FacilityId) -> StoreResult<Vec<StoredAccount>>;
    /// Moves an account to another region.
    fn set_region(&self, id: AccountId, region: &DivisionCode) -> StoreResult<()>;
    /// Locks or unlocks.
    fn set_account_state(&self, id: AccountId, state: AccountState) -> StoreResult<()>;
    /// The session of a cookie, by the cookie's hash; `None` when there is none or it ended before `now`.
    fn session(&self, token_hash: &Digest, now: Instant) -> StoreResult<Option<StoredSession>>;
    /// Begins a session.
    fn insert_session(&self, token_hash: &Digest, account: AccountId, expires: Instant) -> StoreResult<()>;
    /// Lets a session last longer.
    fn extend_session(&self, token_hash: &Digest, expires: Instant) -> StoreResult<()>;
    /// Ends a session.
    fn delete_session(&self, token_hash: &Digest) -> StoreResult<()>;
    /// Ends all sessions of an account.
    fn delete_sessions_of(&self, account: AccountId) -> StoreResult<()>;
    /// Ends all sessions of an account but one.
    fn delete_other_sessions_of(&self, account: AccountId, kept: &Digest) -> StoreResult<()>;
    /// Forgets sessions that ended before `now`.
    fn delete_ended_sessions(&self, now: Instant) -> StoreResult<()>;
}
