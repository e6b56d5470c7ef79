//! What whoever has the link or the code of a report is told of it, and does with it: rates, opens it again, has the contact
//! and what was recorded forgotten.

use axum::body::Bytes;
use xunan_core::ids::{EntryId, SnapId};
use xunan_core::ledger::SnapCard;
use xunan_core::log::SnapBody;
use xunan_core::snap::{Command, OwnWords, RecordingKind, Stage, Step};

use super::contact::Contact;
use super::photos::Prepared;
use super::sealed::Sealed;
use super::secret::{Secret, ShortCode};
use super::{SnapError, Snaps};
use crate::ledger_store::{StoreResult, Tables};
use crate::photo_store::SecretFile;

/// What a reporter is told of a report.
#[derive(Clone, Debug)]
pub struct Followed {
    /// The report.
    pub card: SnapCard,
    /// The report that stands for it, when there is one: its result is told, and nothing of who reported it first.
    pub first: Option<SnapCard>,
    /// The contact that is kept, when there is one.
    pub contact: Option<Contact>,
    /// Whether it is still kept who claimed a reward that is over.
    pub keeps_claimant: KeepsClaimant,
    /// The recordings that are still kept.
    pub recordings: Vec<RecordingKind>,
}

/// Whether it is still kept who claimed a reward that is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeepsClaimant {
    /// Yes: the reporter can have it destroyed.
    Yes,
    /// No, or it is needed still.
    No,
}

impl Snaps {
    /// The report of a secret.
    ///
    /// # Errors
    /// When the store or the folder of keys failed.
    pub fn follow(&self, secret: &Secret) -> Result<Option<Followed>, SnapError> {
        let hash = self.key.hash_of_secret(secret);
        self.store.look(|tables| match tables.snap_of_secret(&hash)? {
            Some(snap) => self.followed(tables, snap),
            None => Ok(None),
        })
    }

    fn followed(&self, tables: &dyn Tables, snap: SnapId) -> Result<Option<Followed>, SnapError> {
        let Some(card) = tables.snap(snap)? else { return Ok(None) };
        let first = match &card.life.stage {
            Stage::Duplicate { of, .. } => tables.snap(*of)?,
            _ => None,
        };
        let contact = match tables.sealed_contact(snap)? {
            Some(sealed) => {
                let key = self.folder.read_secret(SecretFile::Contact(snap))?;
                key.and_then(|key| Sealed::of(key, sealed).open())
            }
            None => None,
        };
        let is_kept = !card.life.needs_claimant() && !tables.claimed_approvals(snap)?.is_empty();
        let keeps_claimant = if is_kept { KeepsClaimant::Yes } else { KeepsClaimant::No };
        let recordings = self.kept_recordings(&card.report)?;
        Ok(Some(Followed { card, first, contact, keeps_claimant, recordings }))
    }

    /// The report of a short code: for whoever has no link at hand. It is told without what was written.
    ///
    /// # Errors
    /// When the store failed.
    pub fn by_code(&self, code: &ShortCode) -> StoreResult<Option<SnapCard>> {
        let hash = self.key.hash_of_code(code);
        self.store.look(|tables| match tables.snap_of_code(&hash)? {
            Some(snap) => tables.snap(snap),
            None => Ok(None),
        })
    }

    /// Takes a step of the reporter.
    ///
    /// # Errors
    /// [`SnapError::Refused`] when its guard refuses it; `None` for an unknown secret.
    pub async fn step(&self, secret: &Secret, command: Command) -> Result<Option<()>, SnapError> {
        self.step_with(secret, command, Vec::new()).await
    }

    /// Takes what a reporter says and shows of an answer that does not hold: the report is opened again.
    ///
    /// # Errors
    /// As [`Snaps::step`]; [`SnapError::Photo`] for a photo that cannot be used.
    pub async fn not_fixed(
        &self,
        secret: &Secret,
        answer: EntryId,
        words: OwnWords,
        photos: Vec<Bytes>,
    ) -> Result<Option<()>, SnapError> {
        // Nothing is decoded for a step that its guard refuses anyway.
        let stands = self.standing_of(secret)?.is_some_and(|stage| stage.entry() == Some(answer));
        let prepared = self.prepared(if stands { photos } else { Vec::new() }).await?;
        let photos = prepared.iter().map(Prepared::named).collect();
        self.step_with(secret, Command::NotFixed { answer, words, photos }, prepared).await
    }

    /// Where the report of a secret stands.
    ///
    /// # Errors
    /// When the store failed.
    pub fn standing_of(&self, secret: &Secret) -> StoreResult<Option<Stage>> {
        let hash = self.key.hash_of_secret(secret);
        self.store.look(|tables| match tables.snap_of_secret(&hash)? {
            Some(snap) => Ok(tables.snap(snap)?.map(|card| card.life.stage)),
            None => Ok(None),
        })
    }

    async fn step_with(
        &self,
        secret: &Secret,
        command: Command,
        photos: Vec<Prepared>,
    ) -> Result<Option<()>, SnapError> {
        let (this, hash, now) = (self.clone(), self.key.hash_of_secret(secret), self.clock.now());
        self.store
            .write(move |tables| {
                let Some(snap) = tables.snap_of_secret(&hash)? else { return Ok(None) };
                this.door.open(tables, now)?;
                for photo in &photos {
                    photo.note(tables, &this.folder, now)?;
                }
                let body = SnapBody::Stepped(Box::new(Step { snap, command }));
                this.door.write(tables, &this.intake, &body, now).map(Some).map_err(SnapError::from)
            })
            .await
    }

    /// Forgets who reported, what was recorded, and who claimed a reward that is paid, for good. The report stays.
    ///
    /// # Errors
    /// When the store or the folder of keys failed; `None` for an unknown secret.
    pub async fn forget(&self, secret: &Secret) -> Result<Option<()>, SnapError> {
        let (this, hash) = (self.clone(), self.key.hash_of_secret(secret));
        self.store
            .write(move |tables| {
                let Some(snap) = tables.snap_of_secret(&hash)? else { return Ok(None) };
                // First the key: whatever happens then, nobody reads it again.
                this.folder.remove_secret(SecretFile::Contact(snap))?;
                tables.delete_sealed_contact(snap)?;
                this.forget_recordings(snap)?;
                // Who waits for money stays known until it is there.
                if tables.snap(snap)?.is_none_or(|card| !card.life.needs_claimant()) {
                    this.forget_claimants(tables, snap)?;
                }
                Ok(Some(()))
            })
            .await
    }
}
