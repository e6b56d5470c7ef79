//! The doors of those who have no key: the server signs what they do, each kind with a device of its own, in the name of an account
//! of its own.
//!
//! Citizens report by such a door (`docs/decisions/0011`), and staff training is put on record by another one
//! (`docs/decisions/0019`). A device lives as long as the process and its private key is never written down: what it signed stays
//! provable by its public half, and there is no key to steal. The next process enrols the next one.

use std::sync::{Arc, Mutex, PoisonError};

use xunan_core::access::{Account, Role};
use xunan_core::clock::Instant;
use xunan_core::evidence::DeviceTime;
use xunan_core::ids::{AccountId, DeviceId, Entropy, EntryId};
use xunan_core::log::{Effect, EntryBody, EntryDraft, SignedReceipt};
use xunan_core::problem::Problem;
use xunan_core::region::DivisionCode;
use xunan_core::sync::{Arrival, Outcome};

use crate::accounts::NO_PASSWORD;
use crate::clock::{NoEntropy, id_entropy};
use crate::intake::{Intake, IntakeError};
use crate::keys::{KeyError, Signer, Verifier};
use crate::ledger_store::{
    AccountState, DeviceState, StoreError, StoreResult, StoredAccount, StoredDevice, Tables,
};

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum DoorError {
    /// The intake or the store.
    #[error(transparent)]
    Intake(#[from] IntakeError),
    /// No randomness.
    #[error(transparent)]
    NoEntropy(#[from] NoEntropy),
    /// Core has a reason against it.
    #[error("{0:?}")]
    Refused(Problem),
}

impl From<StoreError> for DoorError {
    fn from(error: StoreError) -> Self {
        Self::Intake(error.into())
    }
}

impl From<KeyError> for DoorError {
    fn from(error: KeyError) -> Self {
        Self::Intake(error.into())
    }
}

/// For whom a door is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DoorFor {
    /// 市民随手拍
    Citizens,
    /// 员工培训记录
    Trainings,
}

impl DoorFor {
    /// The account in whose name its entries stand: the same on every server.
    pub(crate) fn account(self) -> AccountId {
        let number = match self {
            Self::Citizens => 1,
            Self::Trainings => 2,
        };
        AccountId::from_parts(Instant::from_unix_millis(0), Entropy(number))
    }

    /// What its devices are called.
    const fn device_name(self) -> &'static str {
        match self {
            Self::Citizens => "市民随手拍",
            Self::Trainings => "培训记录",
        }
    }

    fn keeper(self) -> Account {
        let (name, organisation, role) = match self {
            Self::Citizens => ("市民", "随手拍", Role::Citizens),
            Self::Trainings => ("服务器", "培训记录", Role::Recorder),
        };
        Account {
            id: self.account(),
            name: name.to_owned(),
            organisation: organisation.to_owned(),
            region: DivisionCode::country(),
            role,
        }
    }
}

/// The device of this process.
struct Pen {
    device: DeviceId,
    signer: Signer,
}

/// Writes what those do who have no key.
pub(crate) struct Door {
    of: DoorFor,
    pen: Mutex<Option<Arc<Pen>>>,
}

impl Door {
    /// A door whose device is not enrolled yet.
    pub(crate) const fn new(of: DoorFor) -> Self {
        Self { of, pen: Mutex::new(None) }
    }

    /// Sees to it that its account is there: what is uploaded through the door is noted as that account's own.
    pub(crate) fn open(&self, tables: &dyn Tables, now: Instant) -> Result<(), DoorError> {
        self.pen(tables, now).map(|_| ())
    }

    /// Signs an entry and takes it in, as part of a unit of work. It has to take effect.
    pub(crate) fn write(
        &self,
        tables: &dyn Tables,
        intake: &Intake,
        body: &impl EntryBody,
        now: Instant,
    ) -> Result<(), DoorError> {
        let pen = self.pen(tables, now)?;
        let (head, id) = (tables.chain_head(pen.device)?, EntryId::from_parts(now, id_entropy()?));
        let time = DeviceTime::unbounded(now);
        let draft = EntryDraft::new(head, id, pen.device, self.of.account(), time, body)
            .map_err(DoorError::Refused)?;
        let signature = pen.signer.sign(draft.input.as_bytes())?;
        let arrival = Arrival::read(draft.sign(signature).compact()).verify(pen.signer.public(), &Verifier);
        let answer = intake.push_within(tables, pen.device, &[arrival], None, now)?;
        match answer.entries.into_iter().next().map(|pushed| pushed.outcome) {
            Some(Outcome::Receipted { receipt }) => must_be_taken(&receipt),
            Some(Outcome::Refused { problem }) => Err(DoorError::Refused(problem)),
            // Its photos are on disk and noted, and its chain has no gap.
            _ => Err(DoorError::Refused(Problem::Internal)),
        }
    }

    /// The device of this process. It is enrolled with the first entry: again when that came to nothing, or it was revoked.
    fn pen(&self, tables: &dyn Tables, now: Instant) -> Result<Arc<Pen>, DoorError> {
        let mut held = self.pen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pen) = held.as_ref()
            && tables.device(pen.device)?.is_some_and(|device| device.state == DeviceState::Enrolled)
        {
            return Ok(Arc::clone(pen));
        }
        let pen = Arc::new(enrol(self.of, tables, now)?);
        *held = Some(Arc::clone(&pen));
        Ok(pen)
    }
}

fn enrol(of: DoorFor, tables: &dyn Tables, now: Instant) -> Result<Pen, DoorError> {
    make_account(of, tables, now)?;
    let device = DeviceId::from_parts(now, id_entropy()?);
    let (signer, _) = Signer::generate()?;
    tables.insert_device(&StoredDevice {
        id: device,
        name: of.device_name().to_owned(),
        public_key: signer.public().clone(),
        state: DeviceState::Enrolled,
        enrolled: now,
    })?;
    tables.bind_device(device, of.account(), now)?;
    Ok(Pen { device, signer })
}

/// Nobody signs in by it: it is locked, and no password has its hash.
fn make_account(of: DoorFor, tables: &dyn Tables, now: Instant) -> StoreResult<()> {
    if tables.account(of.account())?.is_some() {
        return Ok(());
    }
    let stored = StoredAccount {
        account: of.keeper(),
        login: of.account().to_string(),
        password_hash: NO_PASSWORD.to_owned(),
        state: AccountState::Locked,
    };
    tables.insert_account(&stored, now)
}

fn must_be_taken(receipt: &str) -> Result<(), DoorError> {
    let receipt = SignedReceipt::parse(receipt).map_err(StoreError::damaged)?;
    match &receipt.receipt().effect {
        Effect::Taken => Ok(()),
        Effect::None { problem } => Err(DoorError::Refused(problem.clone())),
    }
}
