//! The demo county 云溪县: nothing in it exists, and everything in it says so.
//!
//! One transaction loads all of it or nothing, on the first start only: people, institutions of all eight types,
//! plans of all three notice modes, and an earlier round of visits with hazards in most states of their loop. Institutions,
//! plans, visits and steps are real entries: signed by the keys of demo devices, checked and folded like any other.

mod people;
mod pen;
mod places;
mod plans;
mod round;
mod steps;
mod walk;

use std::collections::BTreeMap;

use xunan_core::access::Account;
use xunan_core::clock::{Instant, Span};
use xunan_core::ids::{Entropy, FacilityId};
use xunan_core::log::Body;
use xunan_core::problem::Problem;
use xunan_core::rules::{FireRules, Pack, PackFault, shipped};

use crate::accounts::{AccountRefused, PasswordError, add_account};
use crate::clock::{NoEntropy, id_entropy};
use crate::intake::IntakeError;
use crate::keys::KeyError;
use crate::ledger_store::{StoreError, Tables};
use crate::parts::Parts;
use crate::photo_store::FinishError;
use pen::Pen;

pub use people::PASSWORD;

/// When the demo's people enrolled their devices: before everything that they did.
const ENROLLED_DAYS_AGO: i64 = 60;

/// Why the demo county cannot be loaded. Nothing of it was.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An entry could not be taken in.
    #[error(transparent)]
    Intake(#[from] IntakeError),
    /// An account could not be made.
    #[error(transparent)]
    Account(#[from] AccountRefused),
    /// The password could not be hashed.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// A demo device has no key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The system gave no randomness.
    #[error(transparent)]
    NoEntropy(#[from] NoEntropy),
    /// A photo could not be stored.
    #[error(transparent)]
    Photo(#[from] FinishError),
    /// The disk failed.
    #[error(transparent)]
    Disk(#[from] std::io::Error),
    /// The shipped rules are broken.
    #[error("the shipped rules are broken: {0:?}")]
    Rules(Vec<PackFault>),
    /// Core refused something that the demo does: a mistake here.
    #[error("the demo contradicts the rules: {0}")]
    Refused(String),
    /// An entry is too long.
    #[error("an entry was refused: {0:?}")]
    Entry(Problem),
}

/// Loads the county, unless it is there already.
///
/// # Errors
/// [`DemoError`]; nothing was loaded.
pub async fn load(parts: &Parts) -> Result<(), DemoError> {
    let parts = parts.clone();
    let hashing = parts.clone();
    let password_hash = tokio::task::spawn_blocking(move || hashing.passwords.hash(PASSWORD))
        .await
        .map_err(|error| DemoError::Refused(error.to_string()))??;
    let store = parts.store.clone();
    store.write(move |tables| County::load(tables, &parts, &password_hash)).await
}

/// What to tell whoever starts the demo.
pub fn logins() -> String {
    people::logins()
}

/// What the parts of the demo share while it is loaded.
struct County<'a> {
    tables: &'a dyn Tables,
    parts: &'a Parts,
    pack: Pack,
    fire: FireRules,
    now: Instant,
    people: BTreeMap<&'static str, (Account, Pen)>,
    facilities: Vec<xunan_core::facility::Facility>,
}

impl<'a> County<'a> {
    fn load(tables: &'a dyn Tables, parts: &'a Parts, password_hash: &str) -> Result<(), DemoError> {
        if tables.account_by_login(people::FIRST)?.is_some() {
            return Ok(());
        }
        let now = parts.clock.now();
        let mut county = Self {
            tables,
            parts,
            pack: shipped::checklist().map_err(DemoError::Rules)?,
            fire: shipped::fire_rules().map_err(DemoError::Rules)?,
            now,
            people: BTreeMap::new(),
            facilities: places::facilities(),
        };
        county.add_people(password_hash)?;
        tables.set_letterhead(&people::letterhead())?;
        county.register_facilities()?;
        county.hold_earlier_round()?;
        county.take_steps()?;
        county.make_plans()
    }

    /// A time so many days and hours ago.
    fn ago(&self, days: i64, hours: i64) -> Instant {
        self.now.plus(Span::minutes(-60 * (24 * days + hours)))
    }

    fn add_people(&mut self, password_hash: &str) -> Result<(), DemoError> {
        let enrolled = self.ago(ENROLLED_DAYS_AGO, 0);
        for person in people::PEOPLE {
            let id = xunan_core::ids::AccountId::from_parts(enrolled, id_entropy()?);
            let new = person.account(id, &self.facilities, self.now, password_hash)?;
            let account = add_account(self.tables, new, enrolled)?;
            let pen = Pen::enrol(self.tables, &account, enrolled)?;
            self.people.insert(person.login, (account, pen));
        }
        Ok(())
    }

    fn register_facilities(&mut self) -> Result<(), DemoError> {
        let at = self.ago(ENROLLED_DAYS_AGO - 1, 0);
        for facility in self.facilities.clone() {
            self.write("supervisor1", at, &Body::FacilityRegistered(facility))?;
        }
        Ok(())
    }

    fn account(&self, login: &str) -> Result<&Account, DemoError> {
        let person = self.people.get(login);
        person.map(|(account, _)| account).ok_or_else(|| DemoError::Refused(format!("no {login}")))
    }

    /// Lets a person write an entry, and takes it in as if it had been pushed then.
    fn write(&mut self, login: &str, at: Instant, body: &Body) -> Result<(), DemoError> {
        let (account, pen) =
            self.people.get_mut(login).ok_or_else(|| DemoError::Refused(format!("no {login}")))?;
        let arrival = pen.write(account.id, at, body)?;
        let answer = self.parts.intake.push_within(self.tables, pen.device(), &[arrival], None, at)?;
        pen::taken(&answer)
    }
}

/// Entropy for ids that are the same at each load: institutions are named by accounts before they are registered.
const fn numbered(number: usize) -> Entropy {
    Entropy(number as u128)
}

/// The id of the institution with this number in [`places::facilities`].
fn facility_id(number: usize) -> FacilityId {
    // 2026-01-01T00:00Z
    FacilityId::from_parts(Instant::from_unix_millis(1_767_225_600_000), numbered(number + 1))
}
