//! `xunan admin`: accounts and devices, by whoever may read the data folder. Works beside a running server, which
//! looks everything up anew at each request.

use std::io::{self, Write as _};
use std::ops::RangeInclusive;

use xunan_core::access::{Certificate, Role};
use xunan_core::account::AccountChanger;
use xunan_core::clock::Instant;
use xunan_core::evidence::{Originals, RegionRules};
use xunan_core::ids::{AccountId, DeviceId};
use xunan_core::letterhead::{Letterhead, OfficeKind};
use xunan_core::region::DivisionCode;
use xunan_core::sync::gap;

use crate::accounts::administration::{self, Change};
use crate::accounts::{AccountRefused, NewAccount, PasswordError, Passwords, make_up_password};
use crate::admin_connectors;
use crate::clock::{Clock, NoEntropy, id_entropy};
use crate::command_line::{
    AccountOptions, AdminAction, AdminOptions, LetterheadOptions, NewAccountOptions, OfficeLaw,
    OriginalsRule, RoleName,
};
use crate::connectors::NotATemplate;
use crate::data_folder::{self, DataFolderError};
use crate::intake::{Intake, IntakeError, PackError, Packs};
use crate::keys::{KeyError, ServerKeys};
use crate::ledger_store::{AccountState, DeviceState, LedgerStore, StoreError, StoredAccount, Tables};
use crate::photo_store::PhotoFolder;
use crate::rebuild::{RebuildError, rebuild};

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum AdminError {
    /// The data folder.
    #[error(transparent)]
    DataFolder(#[from] DataFolderError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The password.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// No randomness for a password.
    #[error(transparent)]
    NoEntropy(#[from] NoEntropy),
    /// The new account.
    #[error(transparent)]
    Account(#[from] AccountRefused),
    /// No account has this login.
    #[error("there is no account {0}")]
    NoSuchAccount(String),
    /// No device has this id.
    #[error("there is no such device")]
    NoSuchDevice,
    /// No endpoint has this name.
    #[error("there is no endpoint {0}")]
    NoSuchEndpoint(String),
    /// An endpoint has this name already.
    #[error("there is an endpoint {0} already")]
    EndpointExists(String),
    /// The template of a gateway.
    #[error(transparent)]
    Template(#[from] NotATemplate),
    /// The words of confirmation are others.
    #[error("nothing was given up: the words to confirm it are \"{0}\"")]
    NotConfirmed(String),
    /// Entries came, or somebody else gave the gap up, since it was looked at.
    #[error("nothing was given up: the gap is another one by now")]
    GapMoved,
    /// The entries behind the gap.
    #[error(transparent)]
    Intake(#[from] IntakeError),
    /// The rule packs, which the entries behind a gap are folded with.
    #[error(transparent)]
    Packs(#[from] PackError),
    /// The rows.
    #[error(transparent)]
    Rebuild(#[from] RebuildError),
    /// The keys that sign their receipts.
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// The role lacks what it needs.
    #[error(
        "an inspector needs a certificate, people of an institution and firms their institution, a department its name"
    )]
    RoleIncomplete,
    /// Standard input or output, or the runtime.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Does one thing.
///
/// # Errors
/// [`AdminError`]; nothing was changed.
pub fn run(options: AdminOptions) -> Result<(), AdminError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (store, photos) = data_folder::open(&options.data)?;
    let said = runtime.block_on(act(&store, photos, options.action))?;
    Ok(io::stdout().write_all(said.as_bytes())?)
}

async fn act(store: &LedgerStore, photos: PhotoFolder, action: AdminAction) -> Result<String, AdminError> {
    match action {
        AdminAction::CreateAccount(new) => create(store, new).await,
        AdminAction::ResetPassword(account) => reset_password(store, account).await,
        AdminAction::Lock { login } => {
            set_state(store, login.clone(), AccountState::Locked).await?;
            Ok(format!("{login} is locked\n"))
        }
        AdminAction::Unlock { login } => {
            set_state(store, login.clone(), AccountState::Active).await?;
            Ok(format!("{login} is unlocked\n"))
        }
        AdminAction::ListAccounts => {
            let accounts = store.read(|tables| tables.accounts()).await?;
            Ok(accounts.iter().map(account_line).collect())
        }
        AdminAction::ListDevices => list_devices(store).await,
        AdminAction::RevokeDevice { device } => {
            let now = Clock::default().now();
            store
                .write(move |tables| match tables.device(device)? {
                    Some(_) => Ok(tables.revoke_device(device, now)?),
                    None => Err(AdminError::NoSuchDevice),
                })
                .await?;
            Ok(format!("{device} is revoked\n"))
        }
        AdminAction::Originals { region, originals } => decide_originals(store, region, originals).await,
        AdminAction::RebuildRows => rebuild_rows(store).await,
        AdminAction::Letterhead(options) => set_letterhead(store, options).await,
        AdminAction::Connectors { action } => admin_connectors::act(store, action).await,
        AdminAction::GiveUpGap { device, confirm } => give_up_gap(store, photos, device, confirm).await,
    }
}

async fn create(store: &LedgerStore, options: NewAccountOptions) -> Result<String, AdminError> {
    let role = role_of(&options)?;
    let password = Password::of(&options.account)?;
    let now = Clock::default().now();
    let new = NewAccount {
        id: AccountId::from_parts(now, id_entropy()?),
        login: options.account.login.clone(),
        name: options.name,
        organisation: options.organisation,
        region: options.region,
        role,
        password_hash: password.hash()?,
    };
    let account = store.write(move |tables| administration::make(tables, new, &by_operator(now))).await?;
    Ok(format!("made {} {}\n{}", options.account.login, account.id, password.said()))
}

/// What `xunan admin` does stands in the history of accounts too.
fn by_operator(at: Instant) -> Change {
    Change { by: AccountChanger::Operator, at }
}

fn role_of(options: &NewAccountOptions) -> Result<Role, AdminError> {
    let facility = options.facility.first().copied();
    Ok(match options.role {
        RoleName::Inspector => match (&options.certificate, options.valid_until) {
            (Some(number), Some(valid_until)) => {
                Role::Inspector { certificate: Certificate { number: number.clone(), valid_until } }
            }
            _ => return Err(AdminError::RoleIncomplete),
        },
        RoleName::Supervisor => Role::Supervisor,
        RoleName::Administrator => Role::Administrator,
        RoleName::RewardOfficer => Role::RewardOfficer,
        RoleName::Institution => Role::Institution { facility: facility.ok_or(AdminError::RoleIncomplete)? },
        RoleName::Staff => Role::Staff { facility: facility.ok_or(AdminError::RoleIncomplete)? },
        RoleName::Maintenance => Role::Maintenance { facilities: options.facility.clone() },
        RoleName::Department => {
            Role::Department { department: options.department.ok_or(AdminError::RoleIncomplete)? }
        }
    })
}

async fn reset_password(store: &LedgerStore, options: AccountOptions) -> Result<String, AdminError> {
    let password = Password::of(&options)?;
    let (hash, login) = (password.hash()?, options.login);
    let change = by_operator(Clock::default().now());
    store
        .write(move |tables| {
            let id = known(tables, login)?.account.id;
            Ok::<_, AdminError>(administration::reset(tables, id, &hash, &change)?)
        })
        .await?;
    Ok(password.said())
}

async fn set_state(store: &LedgerStore, login: String, state: AccountState) -> Result<(), AdminError> {
    let now = Clock::default().now();
    store
        .write(move |tables| {
            let account = known(tables, login)?.account;
            let change = by_operator(now);
            match state {
                AccountState::Locked => administration::lock(tables, &account, &change)?,
                AccountState::Active => administration::unlock(tables, &account, &change)?,
            }
            Ok(())
        })
        .await
}

async fn decide_originals(
    store: &LedgerStore,
    region: DivisionCode,
    decided: OriginalsRule,
) -> Result<String, AdminError> {
    let (originals, said) = match decided {
        OriginalsRule::Hashed => (Originals::Hashed, "hashed only"),
        OriginalsRule::Kept => (Originals::Kept, "kept"),
    };
    let line = format!("originals of photos are {said} in {region}, from each phone's next contact on\n");
    store
        .write(move |tables| {
            Ok(tables.set_region_rules(&region, RegionRules { originals, letterhead: None })?)
        })
        .await
        .map(|()| line)
}

async fn rebuild_rows(store: &LedgerStore) -> Result<String, AdminError> {
    let packs = Packs::publish(store).await?;
    let begun = std::time::Instant::now();
    let rebuilt = rebuild(store, &packs).await?;
    let (entries, seconds) = (rebuilt.entries, begun.elapsed().as_secs_f32());
    Ok(format!("rows were made again from {entries} entries in {seconds:.3} s\n"))
}

async fn set_letterhead(store: &LedgerStore, options: LetterheadOptions) -> Result<String, AdminError> {
    let letterhead = Letterhead {
        division: options.region,
        kind: match options.law {
            OfficeLaw::CivilAffairs => OfficeKind::CivilAffairs,
            OfficeLaw::EmergencyManagement => OfficeKind::EmergencyManagement,
            OfficeLaw::Generic => OfficeKind::Generic,
        },
        name: options.name,
        mark: options.mark,
        review_body: options.review_body,
        court: options.court,
    };
    let line =
        format!("documents of {} are issued in the name of {}\n", letterhead.division, letterhead.name);
    store.write(move |tables| Ok(tables.set_letterhead(&letterhead)?)).await.map(|()| line)
}

async fn list_devices(store: &LedgerStore) -> Result<String, AdminError> {
    store
        .read(|tables| {
            let mut lines = String::new();
            for (device, logins) in tables.devices()? {
                let state = match device.state {
                    DeviceState::Enrolled => "enrolled",
                    DeviceState::Revoked { .. } => "revoked",
                };
                let waits = Waiting::of(tables, device.id)?
                    .map(|waiting| format!("  (entries {} are missing)", places(&waiting.gap)));
                lines += &format!(
                    "{}  {state}  {}  {}  {}{}\n",
                    device.id,
                    device.enrolled,
                    logins.join(","),
                    device.name,
                    waits.unwrap_or_default()
                );
            }
            Ok(lines)
        })
        .await
}

/// Entries of a device that are here and wait for earlier ones.
struct Waiting {
    /// The places of those that are missing.
    gap: RangeInclusive<u64>,
    /// How many wait.
    count: usize,
}

impl Waiting {
    fn of(tables: &dyn Tables, device: DeviceId) -> Result<Option<Self>, StoreError> {
        let held = tables.held(device)?;
        Ok(gap(tables.chain_head(device)?, &held).map(|gap| Self { gap, count: held.len() }))
    }
}

fn places(gap: &RangeInclusive<u64>) -> String {
    format!("{} to {}", gap.start(), gap.end())
}

async fn give_up_gap(
    store: &LedgerStore,
    photos: PhotoFolder,
    device: DeviceId,
    confirm: Option<String>,
) -> Result<String, AdminError> {
    let waiting = store
        .read(move |tables| match tables.device(device)? {
            Some(_) => Ok(Waiting::of(tables, device)?),
            None => Err(AdminError::NoSuchDevice),
        })
        .await?;
    let Some(Waiting { gap, count }) = waiting else {
        return Ok(format!("{device} has no gap\n"));
    };
    let missing = places(&gap);
    // The words name the places, so that nobody gives up others than they were told of.
    let words = format!("give up {missing}");
    match confirm {
        None => Ok(format!(
            "Entries {missing} of {device} are missing; {count} that follow them are here and wait.\n\
             Given up, these places stay empty for ever: should the entries come after all, they are kept without \
             effect.\nDo it only when the phone has lost them:\n\
             xunan admin give-up-gap {device} --confirm \"{words}\"\n"
        )),
        Some(said) if said == words => {
            let clock = Clock::default();
            let keys = ServerKeys::load(store, &clock).await?;
            let intake = Intake::new(store.clone(), photos, keys, Packs::publish(store).await?);
            let head = intake.give_up_gap(device, gap, clock.now()).await?.ok_or(AdminError::GapMoved)?;
            Ok(format!("entries {missing} of {device} are given up; its chain goes on to {}\n", head.seq))
        }
        Some(_) => Err(AdminError::NotConfirmed(words)),
    }
}

fn known(tables: &dyn Tables, login: String) -> Result<StoredAccount, AdminError> {
    tables.account_by_login(&login)?.ok_or(AdminError::NoSuchAccount(login))
}

fn account_line(stored: &StoredAccount) -> String {
    let role = match &stored.account.role {
        Role::Inspector { .. } => "inspector",
        Role::Supervisor => "supervisor",
        Role::Administrator => "administrator",
        Role::RewardOfficer => "reward officer",
        Role::Institution { .. } => "institution",
        Role::Maintenance { .. } => "maintenance",
        Role::Department { .. } => "department",
        Role::Staff { .. } => "staff",
        Role::Citizens => "citizens",
        Role::Recorder => "recorder",
    };
    let state = match stored.state {
        AccountState::Active => "active",
        AccountState::Locked => "locked",
    };
    let account = &stored.account;
    format!(
        "{}  {state}  {role}  {}  {}  {}\n",
        stored.login, account.region, account.name, account.organisation
    )
}

/// A password, and whether the person knows it already.
enum Password {
    Given(String),
    MadeUp(String),
}

impl Password {
    fn of(options: &AccountOptions) -> Result<Self, AdminError> {
        if options.password_stdin {
            let mut line = String::new();
            io::stdin().read_line(&mut line)?;
            return Ok(Self::Given(line.trim_end_matches(['\r', '\n']).to_owned()));
        }
        Ok(Self::MadeUp(make_up_password()?))
    }

    fn hash(&self) -> Result<String, AdminError> {
        let (Self::Given(password) | Self::MadeUp(password)) = self;
        Ok(Passwords::new()?.hash(password)?)
    }

    fn said(&self) -> String {
        match self {
            Self::Given(_) => "the password is set\n".to_owned(),
            Self::MadeUp(password) => format!("password: {password}\n"),
        }
    }
}
