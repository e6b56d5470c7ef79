//! Administering accounts: `/api/accounts`.

use serde::{Deserialize, Serialize};

use super::More;
use crate::access::{Account, Certificate, Role};
use crate::account::{AccountEvent, AccountFault};
use crate::clock::Date;
use crate::ids::{AccountId, HazardId, PlanId};
use crate::region::DivisionCode;

/// Whether an account may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AccountStanding {
    /// 在用
    Active,
    /// 已停用
    Locked,
}

/// An account as its administrators see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AccountCard {
    /// What rules need of it.
    pub account: Account,
    /// The login name.
    pub login: String,
    /// Whether it may be used.
    pub standing: AccountStanding,
}

/// `GET /api/accounts`: those of the administrator's region and below, by login name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AccountList {
    /// The accounts.
    pub accounts: Vec<AccountCard>,
    /// Whether there are more that fit the search.
    pub more: More,
}

/// Something that waits for the person of an account by name: handing the post over does not hand it over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Unfinished {
    /// An open plan that names the person as inspector: its office withdraws it and makes another.
    Plan {
        /// Which.
        plan: PlanId,
        /// The institution's name.
        facility_name: String,
        /// Its last day.
        until: Date,
    },
    /// An open hazard whose assignment names the person: its supervisor assigns it anew.
    Hazard {
        /// Which.
        hazard: HazardId,
        /// What it is.
        title: String,
        /// The institution's name.
        facility_name: String,
    },
}

/// `GET /api/accounts/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AccountDetail {
    /// The account.
    pub card: AccountCard,
    /// What was done to it, the newest first.
    pub history: Vec<AccountEvent>,
    /// What waits for its person by name.
    pub unfinished: Vec<Unfinished>,
}

/// `POST /api/accounts`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MakeAccount {
    /// The login name.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// The organisation.
    pub organisation: String,
    /// The region; of an institution's or its staff's account the server takes the institution's.
    pub region: DivisionCode,
    /// What it is here to do.
    pub role: Role,
}

/// `POST /api/accounts/{id}/hand-over`: the same post, another person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HandOver {
    /// The new person's login name.
    pub login: String,
    /// The new person's name.
    pub name: String,
    /// The new inspector's own certificate; for other roles `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Certificate>,
}

/// A password that the server made up: shown once, kept nowhere.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct MadePassword(pub String);

impl std::fmt::Debug for MadePassword {
    /// Nothing that prints a message prints a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MadePassword(…)")
    }
}

/// `POST /api/session/password`: the person of the account chooses another password.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChangePassword {
    /// The password as it is.
    pub before: String,
    /// The one that was chosen.
    pub chosen: String,
}

impl std::fmt::Debug for ChangePassword {
    /// Nothing that prints a message prints a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ChangePassword(…)")
    }
}

/// How often an account's password was set anew: a phone that got no answer to a change learns from it what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PasswordAge {
    /// Changes and resets so far.
    pub changes: u32,
}

/// What became of making, handing over, resetting, locking or unlocking an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AccountAnswer {
    /// It is done.
    Done {
        /// The account as it is now; of a handover the new person's.
        card: Box<AccountCard>,
        /// The password of a new account or after a reset, this once.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        password: Option<MadePassword>,
        /// The account that was handed over.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<AccountId>,
        /// What still waits for that one's person by name.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        unfinished: Vec<Unfinished>,
    },
    /// Nothing was done: what was said does not fit.
    Refused {
        /// What.
        fault: AccountFault,
    },
}
