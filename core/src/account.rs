//! Accounts as they are administered 账号管理: what a new one must say, and the history of each.
//!
//! Every person has an account of their own, and it never becomes another person's: entries are signed in its name. When
//! the person of a post changes 人员变动, the post is handed over: a new account with the same role and region, and the old
//! one is locked. What the old one wrote stays its own.

mod password;

pub use password::{
    MAX_PASSWORD_BYTES, MIN_PASSWORD_CHARS, check_chosen_password, check_password, check_password_of,
};

use serde::{Deserialize, Serialize};

use crate::access::{Account, Role};
use crate::clock::Instant;
use crate::ids::AccountId;

/// Characters of a name, at most: the longest name of an organisation in the national register has 50.
const MAX_NAME_CHARS: usize = 100;
/// Institutions that one firm looks after, at most: more than a county has.
const MAX_FACILITIES: usize = 500;
/// Characters of a login name, at most.
const MAX_LOGIN_CHARS: usize = 64;

/// Why an account cannot be as it is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AccountFault {
    /// A login name has 1 to 64 characters without spaces.
    #[error("a login name has 1 to 64 characters without spaces")]
    Login,
    /// Somebody has the login name.
    #[error("the login name is taken")]
    LoginTaken,
    /// A person has a name, of 100 characters at most.
    #[error("a person has a name of 1 to 100 characters")]
    Name,
    /// There is an organisation, of 100 characters at most.
    #[error("an organisation has a name of 1 to 100 characters")]
    Organisation,
    /// A certificate has a number.
    #[error("a certificate has a number")]
    Certificate,
    /// A firm looks after 1 to 500 institutions.
    #[error("a firm looks after 1 to 500 institutions")]
    Facilities,
    /// The institution is not there, or in another region.
    #[error("the institution is not there, or in another region")]
    Facility,
}

/// Whether a text can be a login name.
///
/// # Errors
/// [`AccountFault::Login`].
pub fn check_login(login: &str) -> Result<(), AccountFault> {
    let fits = !login.is_empty() && login.chars().count() <= MAX_LOGIN_CHARS;
    if fits && !login.chars().any(|it| it.is_whitespace() || it.is_control()) {
        Ok(())
    } else {
        Err(AccountFault::Login)
    }
}

impl Account {
    /// Whether it says what an account of its role must say.
    ///
    /// # Errors
    /// The first [`AccountFault`].
    pub fn check(&self) -> Result<(), AccountFault> {
        let says = |text: &str| {
            let length = text.trim().chars().count();
            (1..=MAX_NAME_CHARS).contains(&length) && !text.chars().any(char::is_control)
        };
        if !says(&self.name) {
            return Err(AccountFault::Name);
        }
        if !says(&self.organisation) {
            return Err(AccountFault::Organisation);
        }
        match &self.role {
            Role::Inspector { certificate } if !says(&certificate.number) => Err(AccountFault::Certificate),
            Role::Maintenance { facilities } if !(1..=MAX_FACILITIES).contains(&facilities.len()) => {
                Err(AccountFault::Facilities)
            }
            _ => Ok(()),
        }
    }
}

/// What was done to an account. No password, no login name of others: the history is for everybody who may administer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AccountChange {
    /// 新建
    Made,
    /// 停用
    Locked,
    /// 启用
    Unlocked,
    /// 重置密码
    PasswordReset,
    /// 修改密码: the person chose another one.
    PasswordChanged,
    /// 移交给: the post went to another person.
    HandedOver {
        /// Whose account it is now.
        to: AccountId,
    },
    /// 接手自: this person took the post over.
    TookOver {
        /// Whose account it was.
        from: AccountId,
    },
}

/// Who did something to an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AccountChanger {
    /// An administrator, as the name was then.
    Administrator {
        /// The account.
        account: AccountId,
        /// The name.
        name: String,
    },
    /// Whoever may read the data folder: `xunan admin`.
    Operator,
    /// 本人: the person of the account.
    Owner,
}

/// One line of an account's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AccountEvent {
    /// When, by the server's clock.
    pub at: Instant,
    /// By whom.
    pub by: AccountChanger,
    /// What.
    pub what: AccountChange,
}
