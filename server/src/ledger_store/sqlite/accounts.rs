//! Accounts and sessions.

use rusqlite::{Row, params};
use xunan_core::access::{Account, Role};
use xunan_core::account::AccountEvent;
use xunan_core::clock::Instant;
use xunan_core::digest::Digest;
use xunan_core::ids::{AccountId, FacilityId};
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

/// Where an account is looked for when there is something to tell.
pub(super) enum AccountPlace<'a> {
    /// Among those who look after a region.
    Region(&'a DivisionCode),
    /// Among the people of an institution, and the firms that look after its equipment.
    Institution(FacilityId),
}

impl<'a> AccountPlace<'a> {
    fn of(account: &'a Account) -> Vec<Self> {
        match &account.role {
            Role::Inspector { .. }
            | Role::Supervisor
            | Role::Administrator
            | Role::RewardOfficer
            | Role::Department { .. } => vec![Self::Region(&account.region)],
            Role::Institution { facility } | Role::Staff { facility } => vec![Self::Institution(*facility)],
            Role::Maintenance { facilities } => facilities.iter().copied().map(Self::Institution).collect(),
            Role::Citizens | Role::Recorder => Vec::new(),
        }
    }

    /// The name under which it is stored.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Region(code) => format!("r:{code}"),
            Self::Institution(id) => format!("f:{id}"),
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
        )?;
        AccountPlace::of(&stored.account).iter().try_for_each(|place| {
            self.change(
                "INSERT INTO account_places (place, account) VALUES (?, ?) ON CONFLICT DO NOTHING",
                params![place.name(), stored.account.id.to_string()],
            )
        })
    }

    fn set_password(&self, id: AccountId, password_hash: &str) -> StoreResult<()> {
        self.change(
            "UPDATE accounts SET password_hash = ? WHERE id = ?",
            params![password_hash, id.to_string()],
        )
    }

    fn accounts_around(&self, institution: FacilityId) -> StoreResult<Vec<StoredAccount>> {
        self.all(
            "SELECT a.account, a.login, a.password_hash, a.state
             FROM account_places p JOIN accounts a ON a.id = p.account WHERE p.place = ? ORDER BY a.id",
            [AccountPlace::Institution(institution).name()],
            account,
        )
    }

    fn set_region(&self, id: AccountId, region: &DivisionCode) -> StoreResult<()> {
        self.change(
            "UPDATE accounts SET region = ?1, account = json_set(account, '$.region', ?1) WHERE id = ?2",
            params![region.as_str(), id.to_string()],
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

#[cfg(test)]
mod tests {
    use xunan_core::access::Certificate;
    use xunan_core::department::Department;
    use xunan_core::ids::Entropy;

    use super::super::query_plans::migrated;
    use super::*;

    fn places(connection: &SqliteConnection) -> Vec<(String, String)> {
        let all = "SELECT place, account FROM account_places ORDER BY place, account";
        connection.all(all, [], |row| Ok((text(row, 0)?, text(row, 1)?))).unwrap()
    }

    #[test]
    fn accounts_from_before_the_index_are_found_where_new_ones_are() {
        let now: Instant = "2026-11-29T04:00:00Z".parse().unwrap();
        let [first, second] = [1, 2].map(|it| FacilityId::from_parts(now, Entropy(it)));
        let roles = [
            Role::Inspector {
                certificate: Certificate { number: "演示1".to_owned(), valid_until: now.date() },
            },
            Role::Supervisor,
            Role::Administrator,
            Role::Department { department: Department::FireRescue },
            Role::Institution { facility: first },
            Role::Staff { facility: second },
            Role::Maintenance { facilities: vec![first, second, first] },
            Role::Citizens,
            Role::Recorder,
        ];
        let (_folder, connection) = migrated();
        for (number, role) in roles.into_iter().enumerate() {
            let stored = StoredAccount {
                account: Account {
                    id: AccountId::from_parts(now, Entropy(number as u128)),
                    name: "演示甲".to_owned(),
                    organisation: String::new(),
                    region: "999901001".parse().unwrap(),
                    role,
                },
                login: format!("demo{number}"),
                password_hash: String::new(),
                state: AccountState::Active,
            };
            connection.insert_account(&stored, now).unwrap();
        }
        let of_new = places(&connection);
        assert_eq!(of_new.len(), 4 + 2 + 2);
        connection
            .0
            .execute_batch(
                "DROP TABLE account_places;
                 CREATE INDEX accounts_by_facility ON accounts (region);
                 CREATE INDEX accounts_of_firms ON accounts (region);",
            )
            .unwrap();
        connection
            .0
            .execute_batch(include_str!("../../../migrations/sqlite/0019_account_places.sql"))
            .unwrap();
        assert_eq!(places(&connection), of_new);
    }
}
