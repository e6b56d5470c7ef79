//! The door for citizens: they have no key, so the server signs in their name, with a device of its own.
//!
//! The device lives as long as the process and its private key is never written down: what it signed stays provable by its
//! public half, and there is no key to steal. The next process enrols the next one.

use std::sync::{Arc, Mutex, PoisonError};

use xunan_core::access::{Account, Role};
use xunan_core::clock::Instant;
use xunan_core::evidence::DeviceTime;
use xunan_core::ids::{AccountId, DeviceId, Entropy, EntryId};
use xunan_core::log::{Effect, EntryDraft, SignedReceipt, SnapBody};
use xunan_core::problem::Problem;
use xunan_core::region::DivisionCode;
use xunan_core::sync::{Arrival, Outcome};

use super::SnapError;
use crate::clock::id_entropy;
use crate::intake::Intake;
use crate::keys::{Signer, Verifier};
use crate::ledger_store::{
    AccountState, DeviceState, StoreError, StoreResult, StoredAccount, StoredDevice, Tables,
};

/// The account in whose name citizens' entries stand: the same on every server.
pub(super) fn citizens() -> AccountId {
    AccountId::from_parts(Instant::from_unix_millis(0), Entropy(1))
}

/// The device of this process.
struct Pen {
    device: DeviceId,
    signer: Signer,
}

/// Writes what citizens do.
#[derive(Default)]
pub(super) struct Door(Mutex<Option<Arc<Pen>>>);

impl Door {
    /// Sees to it that the citizens' account is there: what they upload is noted as its own.
    pub(super) fn open(&self, tables: &dyn Tables, now: Instant) -> Result<(), SnapError> {
        self.pen(tables, now).map(|_| ())
    }

    /// Signs an entry and takes it in, as part of a unit of work. It has to take effect.
    pub(super) fn write(
        &self,
        tables: &dyn Tables,
        intake: &Intake,
        body: &SnapBody,
        now: Instant,
    ) -> Result<(), SnapError> {
        let pen = self.pen(tables, now)?;
        let (head, id) = (tables.chain_head(pen.device)?, EntryId::from_parts(now, id_entropy()?));
        let time = DeviceTime::unbounded(now);
        let draft =
            EntryDraft::new(head, id, pen.device, citizens(), time, body).map_err(SnapError::Refused)?;
        let signature = pen.signer.sign(draft.input.as_bytes())?;
        let arrival = Arrival::read(draft.sign(signature).compact()).verify(pen.signer.public(), &Verifier);
        let answer = intake.push_within(tables, pen.device, &[arrival], None, now)?;
        match answer.entries.into_iter().next().map(|pushed| pushed.outcome) {
            Some(Outcome::Receipted { receipt }) => must_be_taken(&receipt),
            Some(Outcome::Refused { problem }) => Err(SnapError::Refused(problem)),
            // Its photos are on disk and noted, and its chain has no gap.
            _ => Err(SnapError::Refused(Problem::Internal)),
        }
    }

    /// The device of this process. It is enrolled with the first entry: again when that came to nothing, or it was revoked.
    fn pen(&self, tables: &dyn Tables, now: Instant) -> Result<Arc<Pen>, SnapError> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pen) = held.as_ref()
            && tables.device(pen.device)?.is_some_and(|device| device.state == DeviceState::Enrolled)
        {
            return Ok(Arc::clone(pen));
        }
        let pen = Arc::new(enrol(tables, now)?);
        *held = Some(Arc::clone(&pen));
        Ok(pen)
    }
}

fn enrol(tables: &dyn Tables, now: Instant) -> Result<Pen, SnapError> {
    make_account(tables, now)?;
    let device = DeviceId::from_parts(now, id_entropy()?);
    let (signer, _) = Signer::generate()?;
    tables.insert_device(&StoredDevice {
        id: device,
        name: "市民随手拍".to_owned(),
        public_key: signer.public().clone(),
        state: DeviceState::Enrolled,
        enrolled: now,
    })?;
    tables.bind_device(device, citizens(), now)?;
    Ok(Pen { device, signer })
}

/// Nobody signs in by it: it is locked, and no password has its hash.
fn make_account(tables: &dyn Tables, now: Instant) -> StoreResult<()> {
    if tables.account(citizens())?.is_some() {
        return Ok(());
    }
    let account = Account {
        id: citizens(),
        name: "市民".to_owned(),
        organisation: "随手拍".to_owned(),
        region: DivisionCode::country(),
        role: Role::Citizens,
    };
    let stored = StoredAccount {
        account,
        login: citizens().to_string(),
        password_hash: "none".to_owned(),
        state: AccountState::Locked,
    };
    tables.insert_account(&stored, now)
}

fn must_be_taken(receipt: &str) -> Result<(), SnapError> {
    let receipt = SignedReceipt::parse(receipt).map_err(StoreError::damaged)?;
    match &receipt.receipt().effect {
        Effect::Taken => Ok(()),
        Effect::None { problem } => Err(SnapError::Refused(problem.clone())),
    }
}
