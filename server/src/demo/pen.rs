//! A demo device: a key that signs a few entries and is then forgotten.

use xunan_core::access::Account;
use xunan_core::clock::Instant;
use xunan_core::evidence::DeviceTime;
use xunan_core::ids::{AccountId, DeviceId, EntryId};
use xunan_core::log::{Body, ChainHead, Effect, EntryDraft, SignedReceipt};
use xunan_core::sync::{Arrival, Outcome, PushAnswer};

use super::DemoError;
use crate::clock::id_entropy;
use crate::keys::{Signer, Verifier};
use crate::ledger_store::{DeviceState, StoredDevice, Tables};

/// What one person writes with.
pub(super) struct Pen {
    device: DeviceId,
    signer: Signer,
    head: ChainHead,
}

impl Pen {
    /// Enrols a device for a person.
    pub(super) fn enrol(tables: &dyn Tables, account: &Account, at: Instant) -> Result<Self, DemoError> {
        let device = DeviceId::from_parts(at, id_entropy()?);
        let (signer, _) = Signer::generate()?;
        tables.insert_device(&StoredDevice {
            id: device,
            name: "演示设备".to_owned(),
            public_key: signer.public().clone(),
            state: DeviceState::Enrolled,
            enrolled: at,
        })?;
        tables.bind_device(device, account.id, at)?;
        Ok(Self { device, signer, head: ChainHead::default() })
    }

    pub(super) const fn device(&self) -> DeviceId {
        self.device
    }

    /// Signs the next entry of the chain.
    pub(super) fn write(&mut self, actor: AccountId, at: Instant, body: &Body) -> Result<Arrival, DemoError> {
        let id = EntryId::from_parts(at, id_entropy()?);
        let time = DeviceTime::unbounded(at);
        let draft =
            EntryDraft::new(self.head, id, self.device, actor, time, body).map_err(DemoError::Entry)?;
        let signature = self.signer.sign(draft.input.as_bytes())?;
        let signed = draft.sign(signature);
        self.head = signed.head();
        Ok(Arrival::read(signed.compact()).verify(self.signer.public(), &Verifier))
    }
}

/// Whether everything that was pushed took effect. The demo does nothing that does not.
pub(super) fn taken(answer: &PushAnswer) -> Result<(), DemoError> {
    for pushed in &answer.entries {
        let Outcome::Receipted { receipt } = &pushed.outcome else {
            return Err(DemoError::Refused(format!("{:?}", pushed.outcome)));
        };
        let receipt = SignedReceipt::parse(receipt).map_err(|error| DemoError::Refused(error.to_string()))?;
        if let Effect::None { problem } = &receipt.receipt().effect {
            return Err(DemoError::Refused(format!("{problem:?}")));
        }
    }
    Ok(())
}
