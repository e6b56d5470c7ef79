//! Making an account, and the roster card that goes with an inspector's.

use xunan_core::access::{Account, Role};
use xunan_core::account::{AccountFault, check_login};
use xunan_core::clock::Instant;
use xunan_core::ids::AccountId;
use xunan_core::ledger::Row;
use xunan_core::region::DivisionCode;

use super::administration::colleague_of;
use crate::ledger_store::{AccountState, StoreError, StoredAccount, Tables};

/// What an account is made of.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Its id.
    pub id: AccountId,
    /// The login name.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// The organisation.
    pub organisation: String,
    /// The region.
    pub region: DivisionCode,
    /// What it is here to do.
    pub role: Role,
    /// The password, hashed.
    pub password_hash: String,
}

/// Why an account cannot be made.
#[derive(Clone, Debug, thiserror::Error)]
pub enum AccountRefused {
    /// What was said of it does not fit.
    #[error(transparent)]
    Fault(#[from] AccountFault),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Adds an account. An inspector appears in the roster, from which second inspectors are chosen.
///
/// # Errors
/// [`AccountRefused`]; nothing was added.
pub fn add_account(tables: &dyn Tables, new: NewAccount, now: Instant) -> Result<Account, AccountRefused> {
    check_login(&new.login).map_err(AccountRefused::Fault)?;
    if tables.account_by_login(&new.login)?.is_some() {
        return Err(AccountRefused::Fault(AccountFault::LoginTaken));
    }
    let account = Account {
        id: new.id,
        name: new.name,
        organisation: new.organisation,
        region: new.region,
        role: new.role,
    };
    account.check().map_err(AccountRefused::Fault)?;
    let stored = StoredAccount {
        account: account.clone(),
        login: new.login,
        password_hash: new.password_hash,
        state: AccountState::Active,
    };
    tables.insert_account(&stored, now)?;
    if let Some(colleague) = colleague_of(&account) {
        tables.put_row(&Row::Colleague(colleague))?;
    }
    Ok(account)
}
