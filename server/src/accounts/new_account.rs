//! Making an account, and the roster card that goes with an inspector's.

use xunan_core::access::{Account, Role};
use xunan_core::clock::Instant;
use xunan_core::ids::AccountId;
use xunan_core::ledger::{Colleague, Row};
use xunan_core::region::DivisionCode;

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
    /// Somebody has it.
    #[error("the login name is taken")]
    LoginTaken,
    /// Not a login name.
    #[error("a login name has 1 to 64 characters without spaces")]
    BadLogin,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Adds an account. An inspector appears in the roster, from which second inspectors are chosen.
///
/// # Errors
/// [`AccountRefused`]; nothing was added.
pub fn add_account(tables: &dyn Tables, new: NewAccount, now: Instant) -> Result<Account, AccountRefused> {
    let fits = !new.login.is_empty() && new.login.chars().count() <= 64;
    if !fits || new.login.chars().any(|it| it.is_whitespace() || it.is_control()) {
        return Err(AccountRefused::BadLogin);
    }
    if tables.account_by_login(&new.login)?.is_some() {
        return Err(AccountRefused::LoginTaken);
    }
    let account = Account {
        id: new.id,
        name: new.name,
        organisation: new.organisation,
        region: new.region,
        role: new.role,
    };
    let stored = StoredAccount {
        account: account.clone(),
        login: new.login,
        password_hash: new.password_hash,
        state: AccountState::Active,
    };
    tables.insert_account(&stored, now)?;
    if let Role::Inspector { certificate } = &account.role {
        tables.put_row(&Row::Colleague(Colleague {
            account: account.id,
            name: account.name.clone(),
            organisation: account.organisation.clone(),
            region: account.region.clone(),
            certificate: certificate.clone(),
        }))?;
    }
    Ok(account)
}
