//! Accounts and sessions.

use rusqlite::{Row, params};
use xunan_core::access::Account;
use xunan_core::account::AccountEvent;
use xunan_core::clock::Instant;
use xunan_core::digest::Digest;
use xunan_core::ids::AccountId;
use xunan_core::region::DivisionCode;

use super::SqliteConnection;
use super::values::{from_json, instant, text, to_json};
use crate::ledger_store::{
    AccountState, AccountTables, StoreError, StoreResult, StoredAccount, StoredSession,
};

impl AccountState {
    const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Locked => "locked",
        }
    }

    fn of_name(name: &str) -> StoreResult<Self> {
        match name {
            "active" => Ok(Self::Active),
            "locked" => Ok(Self::Locked),
            other => Err(StoreError::damaged(format!("account state {other}"))),
        }
    }
}

/// Reads `account, login, password_hash, state`.
fn account(row: &Row<'_>) -> StoreResult<StoredAccount> {
    Ok(StoredAccount {
        account: from_json(row, 0)?,
        login: text(row, 1)?,
        password_hash: text(row, 2)?,
        state: AccountState::of_name(&text(row, 3)?)?,
    })
}

impl AccountTables for SqliteConnection {
    fn account_by_login(&self, login: &str) -> StoreResult<Option<StoredAccount>> {
        self.first(
            "SELECT account, login, password_hash, state FROM accounts WHERE login = ?",
            [login],
            account,
        )
    }

    fn account(&self, id: AccountId) -> StoreResult<Option<StoredAccount>> {
        let id = id.to_string();
        self.first("SELECT account, login, password_hash, state FROM accounts WHERE id = ?", [id], account)
    }

    fn accounts(&self) -> StoreResult<Vec<StoredAccount>> {
        self.all("SELECT account, login, password_hash, state FROM accounts ORDER BY login", [], account)
    }

    fn accounts_within(
        &self,
        region: &DivisionCode,
        search: &str,
        wanted: &dyn Fn(&Account) -> bool,
        limit: usize,
    ) -> StoreResult<Vec<StoredAccount>> {
        // Codes are figures: what is below a region lies between its code and the code with a sign behind all figures.
        let mut statement = self.0.prepare_cached(
            "SELECT account, login, password_hash, state FROM accounts
             WHERE region BETWEEN ?1 AND ?1 || '~'
               AND (?2 = '' OR instr(login, ?2) > 0 OR instr(account ->> 'name', ?2) > 0
                    OR instr(account ->> 'organisation', ?2) > 0)
             ORDER BY region, login",
        )?;
        let mut rows = statement.query(params![region.as_str(), search])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let stored = account(row)?;
            if wanted(&stored.account) {
                found.push(stored);
            }
            if found.len() == limit {
                break;
            }
        }
        Ok(found)
    }

    fn insert_account_event(&self, account: AccountId, event: &AccountEvent) -> StoreResult<()> {
        self.change(
            "INSERT INTO account_history (account, event) VALUES (?, ?)",
            params![account.to_string(), to_json(event)?],
        )
    }

    fn account_history(&self, account: AccountId) -> StoreResult<Vec<AccountEvent>> {
        self.all(
            "SELECT event FROM account_history WHERE account = ? ORDER BY number DESC",
            [account.to_string()],
            |row| from_json(row, 0),
        )
    }

    fn insert_account(&self, stored: &StoredAccount, created: Instant) -> StoreResult<()> {
        self.change(
            "INSERT INTO accounts (id, login, account, region, password_hash, state, created)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
            params![
                stored.account.id.to_string(),
                stored.login,
                to_json(&stored.account)?,
                stored.account.region.as_str(),
                stored.password_hash,
                stored.state.name(),
                created.unix_millis(),
            ],
        )
    }

    fn set_password(&self, id: AccountId, password_hash: &str) -> StoreResult<()> {
        self.change(
            "UPDATE accounts SET password_hash = ? WHERE id = ?",
            params![password_hash, id.to_string()],
        )
    }

    fn set_account_state(&self, id: AccountId, state: AccountState) -> StoreResult<()> {
        self.change("UPDATE accounts SET state = ? WHERE id = ?", params![state.name(), id.to_string()])
    }

    fn session(&self, token_hash: &Digest, now: Instant) -> StoreResult<Option<StoredSession>> {
        self.first(
            "SELECT a.account, a.login, a.password_hash, a.state, s.expires
             FROM sessions s JOIN accounts a ON a.id = s.account
             WHERE s.token_hash = ? AND s.expires > ?",
            params![token_hash.bytes(), now.unix_millis()],
            |row| Ok(StoredSession { account: account(row)?, expires: instant(row, 4)? }),
        )
    }

    fn insert_session(&self, token_hash: &Digest, account: AccountId, expires: Instant) -> StoreResult<()> {
        self.change(
            "INSERT INTO sessions (token_hash, account, expires) VALUES (?, ?, ?)",
            params![token_hash.bytes(), account.to_string(), expires.unix_millis()],
        )
    }

    fn extend_session(&self, token_hash: &Digest, expires: Instant) -> StoreResult<()> {
        self.change(
            "UPDATE sessions SET expires = max(expires, ?) WHERE token_hash = ?",
            params![expires.unix_millis(), token_hash.bytes()],
        )
    }

    fn delete_session(&self, token_hash: &Digest) -> StoreResult<()> {
        self.change("DELETE FROM sessions WHERE token_hash = ?", [token_hash.bytes()])
    }

    fn delete_sessions_of(&self, account: AccountId) -> StoreResult<()> {
        self.change("DELETE FROM sessions WHERE account = ?", [account.to_string()])
    }

    fn delete_other_sessions_of(&self, account: AccountId, kept: &Digest) -> StoreResult<()> {
        self.change(
            "DELETE FROM sessions WHERE account = ? AND token_hash <> ?",
            params![account.to_string(), kept.bytes()],
        )
    }

    fn delete_ended_sessions(&self, now: Instant) -> StoreResult<()> {
        self.change("DELETE FROM sessions WHERE expires <= ?", [now.unix_millis()])
    }
}
