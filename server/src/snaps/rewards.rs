//! Rewards at the server: claiming one by the secret of its report, and who claimed it.
//!
//! What core decides stands in the ledger; who claims stands here, sealed. A claim that core refuses leaves nothing behind, so that
//! of a thousand at once one is kept.

use std::io::ErrorKind;

use xunan_core::access::{Account, Sight};
use xunan_core::ids::{EntryId, SnapId};
use xunan_core::log::SnapBody;
use xunan_core::problem::Problem;
use xunan_core::reward::{Claimant, RewardCommand};
use xunan_core::snap::{Command, Step};

use super::sealed::Sealed;
use super::secret::Secret;
use super::{SnapError, Snaps};
use crate::ledger_store::{RewardsPaid, StoreResult, Tables};
use crate::photo_store::SecretFile;

impl Snaps {
    /// Claims the reward of a secret's report.
    ///
    /// # Errors
    /// [`SnapError::Refused`] when its guard refuses it, and nothing of the claimant is kept; `None` for an unknown secret.
    pub async fn claim(
        &self,
        secret: &Secret,
        approval: EntryId,
        claimant: Claimant,
    ) -> Result<Option<()>, SnapError> {
        let sealed = Sealed::seal(&claimant)?;
        let (this, hash, now) = (self.clone(), self.key.hash_of_secret(secret), self.clock.now());
        self.store
            .write(move |tables| {
                let Some(snap) = tables.snap_of_secret(&hash)? else { return Ok(None) };
                let command = Command::Reward(RewardCommand::Claim { approval });
                let body = SnapBody::Stepped(Box::new(Step { snap, command }));
                // First the guard: behind it this is the only claim of the approval that ever was. A key that is there
                // is one of a claim that was not kept, when the machine stopped between the key and the end of the unit.
                this.door.write(tables, &this.intake, &body, now)?;
                // Claims of before are over, and nobody reads them again.
                this.forget_claimants(tables, snap)?;
                let file = SecretFile::Claimant(approval);
                this.folder.remove_secret(file)?;
                this.folder.write_secret(file, &sealed.key)?;
                tables.put_sealed_claimant(approval, snap, &sealed.bytes)?;
                Ok(Some(()))
            })
            .await
    }

    /// Destroys who claimed the reward of a report, for good.
    pub(super) fn forget_claimants(&self, tables: &dyn Tables, snap: SnapId) -> Result<(), SnapError> {
        for approval in tables.claimed_approvals(snap)? {
            // First the key: whatever happens then, nobody reads it again.
            self.folder.remove_secret(SecretFile::Claimant(approval))?;
            tables.delete_sealed_claimant(approval)?;
        }
        Ok(())
    }

    /// Who claims the reward of a report: for an officer who has signed for reading it, and as if there were none for others.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for those, and where there is none or its key is lost; when the store or the folder of keys failed.
    pub fn claimant(&self, account: &Account, snap: SnapId) -> Result<Claimant, SnapError> {
        let none = || SnapError::Refused(Problem::NotFound);
        self.store.look(|tables| {
            let card = tables.snap_within(&account.region, snap)?;
            let card = card.filter(|card| card.seen_by(account) == Sight::Visible);
            let reward = card.and_then(|card| card.life.reward).filter(|it| it.may_read_claimant(account));
            let approval = reward.and_then(|reward| reward.stage.claimed()).ok_or_else(none)?;
            self.claimant_of(tables, approval)?.ok_or_else(none)
        })
    }

    pub(super) fn claimant_of(
        &self,
        tables: &dyn Tables,
        approval: EntryId,
    ) -> Result<Option<Claimant>, SnapError> {
        let key = match self.folder.read_secret(SecretFile::Claimant(approval)) {
            Err(error) if error.kind() == ErrorKind::InvalidData => {
                tracing::error!(%approval, "the key of a claim is damaged");
                None
            }
            read => read?,
        };
        let sealed = tables.sealed_claimant(approval)?;
        Ok(key.zip(sealed).and_then(|(key, sealed)| Sealed::of(key, sealed).open()))
    }

    /// How many rewards were paid, and how much in all.
    ///
    /// # Errors
    /// When the store failed.
    pub fn rewards_paid(&self) -> StoreResult<RewardsPaid> {
        self.store.look(|tables| tables.rewards_paid())
    }
}
