//! What administrators do to accounts, each with its line in the history. Who may is core's to say; all of it is one
//! transaction.
//!
//! ```text
//! hand over: account A of a post ──► account B, same role and region; A locked, its sessions ended
//!                                    └─► what waits for A's person by name is told, so that somebody sees to it
//! ```

use xunan_core::access::{Account, Action, Permission, Role, Sight, may_do};
use xunan_core::account::{AccountChange, AccountChanger, AccountEvent, AccountFault};
use xunan_core::clock::Instant;
use xunan_core::digest::Digest;
use xunan_core::facility::Facility;
use xunan_core::ids::{AccountId, FacilityId};
use xunan_core::ledger::{Colleague, PlanState, Row, RowKey, RowKind};
use xunan_core::region::DivisionCode;
use xunan_core::sync::{AccountCard, AccountStanding, PasswordAge, Unfinished};

use super::new_account::{AccountRefused, NewAccount, add_account};
use crate::ledger_store::{AccountState, StoreResult, StoredAccount, Tables};

/// Who changes accounts, and when.
#[derive(Clone, Debug)]
pub struct Change {
    /// Who.
    pub by: AccountChanger,
    /// When.
    pub at: Instant,
}

impl Change {
    fn note(&self, tables: &dyn Tables, account: AccountId, what: AccountChange) -> StoreResult<()> {
        tables.insert_account_event(account, &AccountEvent { at: self.at, by: self.by.clone(), what })
    }
}

/// Whether `administrator` may see and change accounts of a region and a role.
pub fn administers(administrator: &Account, region: &DivisionCode, role: &Role) -> Permission {
    may_do(administrator, &Action::AdministerAccounts { region, role })
}

/// The account, for an administrator who may change it; for all others there is none.
///
/// # Errors
/// When the store failed.
pub fn administered(
    tables: &dyn Tables,
    administrator: &Account,
    id: AccountId,
) -> StoreResult<Option<StoredAccount>> {
    let found = tables.account(id)?;
    let own = |it: &StoredAccount| {
        administers(administrator, &it.account.region, &it.account.role) == Permission::Granted
    };
    Ok(found.filter(own))
}

/// An account as its administrators see it.
pub fn card(stored: &StoredAccount) -> AccountCard {
    AccountCard {
        account: stored.account.clone(),
        login: stored.login.clone(),
        standing: match stored.state {
            AccountState::Active => AccountStanding::Active,
            AccountState::Locked => AccountStanding::Locked,
        },
    }
}

/// Makes an account.
///
/// # Errors
/// [`AccountRefused`]; the unit must fail with it.
pub fn make(tables: &dyn Tables, new: NewAccount, change: &Change) -> Result<Account, AccountRefused> {
    let account = add_account(tables, new, change.at)?;
    change.note(tables, account.id, AccountChange::Made)?;
    Ok(account)
}

/// Locks an account and ends its sessions; an inspector leaves the roster. What it wrote stays.
///
/// # Errors
/// When the store failed.
pub fn lock(tables: &dyn Tables, account: &Account, change: &Change) -> StoreResult<()> {
    shut(tables, account)?;
    change.note(tables, account.id, AccountChange::Locked)
}

fn shut(tables: &dyn Tables, account: &Account) -> StoreResult<()> {
    tables.set_account_state(account.id, AccountState::Locked)?;
    tables.delete_sessions_of(account.id)?;
    let key = RowKey { kind: RowKind::Colleague, id: account.id.to_string() };
    if tables.row(&key)?.is_some() {
        tables.put_row(&Row::Gone(key))?;
    }
    Ok(())
}

/// Unlocks an account; an inspector is in the roster again.
///
/// # Errors
/// When the store failed.
pub fn unlock(tables: &dyn Tables, account: &Account, change: &Change) -> StoreResult<()> {
    tables.set_account_state(account.id, AccountState::Active)?;
    if let Some(colleague) = colleague_of(account) {
        tables.put_row(&Row::Colleague(colleague))?;
    }
    change.note(tables, account.id, AccountChange::Unlocked)
}

/// Gives an account another password and ends its sessions.
///
/// # Errors
/// When the store failed.
pub fn reset(tables: &dyn Tables, id: AccountId, password_hash: &str, change: &Change) -> StoreResult<()> {
    tables.set_password(id, password_hash)?;
    tables.delete_sessions_of(id)?;
    change.note(tables, id, AccountChange::PasswordReset)
}

/// A change of the own password, compared and hashed.
#[derive(Debug)]
pub struct OwnPassword {
    /// The hash with which the password before was compared.
    pub before: String,
    /// The hash of the one that was chosen.
    pub chosen: String,
    /// The session in which it was chosen: the one that goes on.
    pub session: Digest,
}

/// Whether a password was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// It was.
    Done,
    /// Somebody else set it, or put the account out, since it was compared.
    Overtaken,
}

/// Gives an account the password that its person chose and ends its other sessions.
///
/// # Errors
/// When the store failed.
pub fn change_own(
    tables: &dyn Tables,
    id: AccountId,
    password: &OwnPassword,
    at: Instant,
) -> StoreResult<Changed> {
    let session = tables.session(&password.session, at)?;
    let stands = session.is_some_and(|session| {
        let account = &session.account;
        account.account.id == id
            && account.state == AccountState::Active
            && account.password_hash == password.before
    });
    if !stands {
        return Ok(Changed::Overtaken);
    }
    tables.set_password(id, &password.chosen)?;
    tables.delete_other_sessions_of(id, &password.session)?;
    let change = Change { by: AccountChanger::Owner, at };
    change.note(tables, id, AccountChange::PasswordChanged)?;
    Ok(Changed::Done)
}

/// How often an account's password was set anew, by whomever.
///
/// # Errors
/// When the store failed.
pub fn password_age(tables: &dyn Tables, id: AccountId) -> StoreResult<PasswordAge> {
    let history = tables.account_history(id)?;
    let set =
        |what: &AccountChange| matches!(what, AccountChange::PasswordReset | AccountChange::PasswordChanged);
    let changes = history.iter().filter(|event| set(&event.what)).count();
    Ok(PasswordAge { changes: u32::try_from(changes).unwrap_or(u32::MAX) })
}

/// Hands a post over: makes the new person's account and locks the old one. Answers what waits for the old person.
///
/// # Errors
/// [`AccountRefused`]; the unit must fail with it.
pub fn hand_over(
    tables: &dyn Tables,
    old: &Account,
    new: NewAccount,
    administrator: &Account,
    change: &Change,
) -> Result<(Account, Vec<Unfinished>), AccountRefused> {
    let unfinished = unfinished(tables, old, administrator)?;
    let account = add_account(tables, new, change.at)?;
    shut(tables, old)?;
    change.note(tables, account.id, AccountChange::TookOver { from: old.id })?;
    change.note(tables, old.id, AccountChange::HandedOver { to: account.id })?;
    Ok((account, unfinished))
}

/// An inspector's card in the roster.
pub fn colleague_of(account: &Account) -> Option<Colleague> {
    let Role::Inspector { certificate } = &account.role else { return None };
    Some(Colleague {
        account: account.id,
        name: account.name.clone(),
        organisation: account.organisation.clone(),
        region: account.region.clone(),
        certificate: certificate.clone(),
    })
}

/// Where the account of an institution's people belongs: where the institution stands. Firms' institutions must all be
/// inside the region.
///
/// # Errors
/// [`AccountRefused::Fault`] when an institution is not there.
pub fn region_of(
    tables: &dyn Tables,
    said: DivisionCode,
    role: &Role,
) -> Result<DivisionCode, AccountRefused> {
    let division = |facility: &FacilityId| -> Result<DivisionCode, AccountRefused> {
        match tables.row(&RowKey { kind: RowKind::Facility, id: facility.to_string() })? {
            Some(Row::Facility(facility)) => Ok(facility.division),
            _ => Err(AccountRefused::Fault(AccountFault::Facility)),
        }
    };
    if let Some(own) = role.institution() {
        return division(&own);
    }
    match role {
        Role::Maintenance { facilities } => {
            for facility in facilities {
                if !said.contains(&division(facility)?) {
                    return Err(AccountRefused::Fault(AccountFault::Facility));
                }
            }
            Ok(said)
        }
        _ => Ok(said),
    }
}

/// Takes the accounts of an institution's people along when it moves: whoever administers accounts where it stands now
/// administers theirs. Firms stay where they are.
///
/// # Errors
/// When the store failed.
pub fn take_along(tables: &dyn Tables, institution: &Facility) -> StoreResult<()> {
    for stored in tables.accounts_around(institution.id)? {
        let Account { id, region, role, .. } = &stored.account;
        if role.institution().is_some() && *region != institution.division {
            tables.set_region(*id, &institution.division)?;
        }
    }
    Ok(())
}

/// What waits for the person of an account by name, among what that account is shown.
///
/// # Errors
/// When the store failed.
pub fn unfinished(
    tables: &dyn Tables,
    account: &Account,
    administrator: &Account,
) -> StoreResult<Vec<Unfinished>> {
    let mut found = Vec::new();
    for row in tables.rows_that_wait_for(account)? {
        if [account, administrator].iter().all(|it| row.seen_by(it) == Sight::Visible) {
            found.extend(waiting(tables, row)?);
        }
    }
    Ok(found)
}

/// What a row has waiting, if it is open.
fn waiting(tables: &dyn Tables, row: Row) -> StoreResult<Option<Unfinished>> {
    Ok(match row {
        Row::Plan(card) if card.state == PlanState::Open => {
            let key = RowKey { kind: RowKind::Facility, id: card.plan.facility.to_string() };
            let facility_name = match tables.row(&key)? {
                Some(Row::Facility(facility)) => facility.name,
                _ => String::new(),
            };
            Some(Unfinished::Plan { plan: card.plan.id, facility_name, until: card.plan.until })
        }
        Row::Hazard(card) if card.state.is_open() => {
            let (title, facility_name) = (card.title, card.facility_name);
            Some(Unfinished::Hazard { hazard: card.id, title, facility_name })
        }
        _ => None,
    })
}
