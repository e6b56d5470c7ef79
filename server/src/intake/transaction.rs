//! Core's [`ServerStore`] on our tables: what a session decides, done inside one transaction.

use xunan_core::access::Account;
use xunan_core::clock::Instant;
use xunan_core::digest::Digest;
use xunan_core::evidence::Came;
use xunan_core::ids::{AccountId, DeviceId, EntryId};
use xunan_core::ledger::{Folded, PhotoUse, Row, SnapChange, fold, fold_article};
use xunan_core::log::{
    ArticleBody, Body, ChainHead, Effect, Entry, Receipt, SignedEntry, SignedReceipt, SnapBody, TrainingBody,
};
use xunan_core::problem::Problem;
use xunan_core::sync::{ActorStanding, KnownDevice, Place, ServerStore, Stage, Standing, Stored};

use super::picture_origin::origins;
use super::view::RowView;
use super::{IntakeError, Packs};
use crate::accounts::administration;
use crate::keys::ServerKeys;
use crate::ledger_store::{
    DeviceState, EntryState, LedgerEffect, LedgerPlace, StoreError, StoreResult, Tables,
};
use crate::notices;

/// One transaction of an intake.
pub(super) struct Transaction<'a> {
    tables: &'a dyn Tables,
    keys: &'a ServerKeys,
    packs: &'a Packs,
    /// The place of the entry whose receipt was signed last; core stores each entry right after its receipt.
    place: Option<(EntryId, LedgerPlace)>,
    /// The device asked for last: core asks again at each step, and nothing here changes one.
    device: Option<(DeviceId, Option<KnownDevice>)>,
}

impl<'a> Transaction<'a> {
    pub(super) const fn new(tables: &'a dyn Tables, keys: &'a ServerKeys, packs: &'a Packs) -> Self {
        Self { tables, keys, packs, place: None, device: None }
    }

    /// Puts a changed row with what follows from it for accounts, and tells those who have to learn of it.
    fn put_and_tell(&self, row: &Row, actor: &Account, received: Instant) -> StoreResult<()> {
        let told = notices::is_told(row);
        let before = if told { self.tables.row(&row.key())? } else { None };
        self.tables.put_row(row)?;
        if let Row::Facility(card) = row {
            administration::take_along(self.tables, card)?;
        }
        if told {
            notices::tell(self.tables, before.as_ref(), row, actor, received)?;
        }
        Ok(())
    }

    /// Folds an entry about a citizen's report.
    fn take_snap_effect(
        &self,
        entry: &Entry,
        body: &SnapBody,
        actor: &Account,
        received: Instant,
    ) -> StoreResult<Effect> {
        let view = RowView::new(self.tables, self.packs);
        let folded = view.fold_snap(entry, body, actor, received);
        view.finish()?;
        match folded {
            Err(problem) => Ok(Effect::None { problem }),
            Ok(SnapChange { card, hazard }) => {
                self.tables.put_snap(&card)?;
                let hazard = hazard.map(Row::Hazard);
                hazard.iter().try_for_each(|row| self.put_and_tell(row, actor, received))?;
                Ok(Effect::Taken)
            }
        }
    }

    /// Folds an entry about an article of safety knowledge.
    fn take_article_effect(
        &self,
        entry: &Entry,
        body: &ArticleBody,
        actor: &Account,
        (position, received): (u64, Instant),
    ) -> StoreResult<Effect> {
        let before = self.tables.article(body.0.article)?;
        let origins = origins(self.tables, entry, position)?;
        match fold_article(entry, body, actor, before.as_ref(), received, &origins) {
            Err(problem) => Ok(Effect::None { problem }),
            Ok(article) => {
                self.tables.put_article(&article)?;
                Ok(Effect::Taken)
            }
        }
    }

    /// Folds an entry that puts staff training on record.
    fn take_training_effect(
        &self,
        entry: &Entry,
        body: &TrainingBody,
        actor: &Account,
        received: Instant,
    ) -> StoreResult<Effect> {
        let view = RowView::new(self.tables, self.packs);
        let folded = view.fold_training(entry, body, actor, received);
        view.finish()?;
        match folded {
            Err(problem) => Ok(Effect::None { problem }),
            Ok(training) => {
                self.tables.put_training(&training)?;
                Ok(Effect::Taken)
            }
        }
    }

    /// Folds any other entry: what it changes are rows.
    fn take_row_effect(
        &self,
        entry: &Entry,
        body: &Body,
        actor: &Account,
        received: Instant,
    ) -> StoreResult<Effect> {
        let view = RowView::new(self.tables, self.packs);
        let folded = fold(entry, body, actor, &view, received);
        view.finish()?;
        match folded {
            Folded::Without(problem) => Ok(Effect::None { problem }),
            Folded::Takes(rows) => {
                rows.iter().try_for_each(|row| self.put_and_tell(row, actor, received))?;
                for used in photo_uses(entry.id, body, &rows) {
                    self.tables.insert_photo_use(&used)?;
                }
                Ok(Effect::Taken)
            }
        }
    }

    /// The stored form of a stage.
    fn state(&mut self, entry: EntryId, stage: &Stage) -> EntryState {
        match stage {
            Stage::Held => EntryState::Held,
            Stage::AwaitingPhotos { place } => EntryState::AwaitingPhotos(*place),
            Stage::InLedger { receipt } => match self.place.take() {
                Some((receipted, place)) if receipted == entry => {
                    EntryState::InLedger(place, receipt.clone())
                }
                _ => unreachable!("an entry enters the ledger right after its receipt was signed"),
            },
        }
    }
}

/// What an entry says, by what it changes.
enum Kind<'a> {
    Snap(SnapBody),
    Article(ArticleBody),
    Training(TrainingBody),
    Rows(&'a Body),
}

impl<'a> Kind<'a> {
    /// What this entry says, or why it cannot be read.
    fn of(signed: &'a SignedEntry) -> Result<Self, Problem> {
        let entry = signed.entry();
        if let Some(body) = SnapBody::of(entry) {
            return body.map(Self::Snap);
        }
        if let Some(body) = ArticleBody::of(entry) {
            return body.map(Self::Article);
        }
        if let Some(body) = TrainingBody::of(entry) {
            return body.map(Self::Training);
        }
        signed.body().map(Self::Rows)
    }
}

/// What core calls a stored state.
fn stage(state: EntryState) -> Stage {
    match state {
        EntryState::Held => Stage::Held,
        EntryState::AwaitingPhotos(place) => Stage::AwaitingPhotos { place },
        EntryState::InLedger(_, receipt) => Stage::InLedger { receipt },
    }
}

/// Where the photos of an entry that took effect are used. `rows` are those that it changed.
fn photo_uses(entry: EntryId, body: &Body, rows: &[Row]) -> Vec<PhotoUse> {
    match body {
        Body::VisitSigned(record) => PhotoUse::of_record(entry, record),
        Body::HazardStep(step) => {
            let facility = rows.iter().find_map(|row| match row {
                Row::Hazard(card) if card.id == step.hazard => Some(card.facility),
                _ => None,
            });
            facility.map(|facility| PhotoUse::of_step(entry, step, facility)).unwrap_or_default()
        }
        Body::RoundDone(round) => PhotoUse::of_round(entry, round),
        Body::ReportMade(report) => PhotoUse::of_report(entry, report),
        _ => Vec::new(),
    }
}

impl ServerStore for Transaction<'_> {
    type Error = IntakeError;

    fn device(&mut self, device: DeviceId) -> Result<Option<KnownDevice>, IntakeError> {
        if let Some((asked, known)) = &self.device
            && *asked == device
        {
            return Ok(known.clone());
        }
        let known = self.tables.device(device)?.map(|device| KnownDevice {
            key: device.public_key,
            enrolled: device.enrolled,
            standing: match device.state {
                DeviceState::Enrolled => Standing::Good,
                DeviceState::Revoked { .. } => Standing::Revoked,
            },
        });
        self.device = Some((device, known.clone()));
        Ok(known)
    }

    fn actor(&mut self, device: DeviceId, actor: AccountId) -> Result<ActorStanding, IntakeError> {
        let serves = self.tables.device_serves(device, actor)?;
        Ok(if serves { ActorStanding::Enrolled } else { ActorStanding::Stranger })
    }

    fn stored(&mut self, entry: EntryId) -> Result<Option<Stored>, IntakeError> {
        Ok(self.tables.entry_state(entry)?.map(|(hash, state)| Stored { hash, stage: stage(state) }))
    }

    fn insert(&mut self, entry: &SignedEntry, stage: &Stage, came: Came) -> Result<(), IntakeError> {
        let state = self.state(entry.entry().id, stage);
        Ok(self.tables.insert_entry(entry, &state, came)?)
    }

    fn came(&mut self, entry: EntryId) -> Result<Came, IntakeError> {
        // Asked only for entries that this transaction has just read.
        self.tables.entry_came(entry)?.ok_or_else(|| StoreError::damaged("an entry vanished").into())
    }

    fn set_stage(&mut self, entry: EntryId, stage: &Stage) -> Result<(), IntakeError> {
        let state = self.state(entry, stage);
        Ok(self.tables.set_entry_state(entry, &state)?)
    }

    fn stage_of(&mut self, device: DeviceId, hash: &Digest) -> Result<Option<Stage>, IntakeError> {
        Ok(self.tables.state_of_hash(device, hash)?.map(stage))
    }

    fn held(&mut self, device: DeviceId) -> Result<Vec<SignedEntry>, IntakeError> {
        Ok(self.tables.held(device)?)
    }

    fn awaiting(&mut self, photo: &Digest) -> Result<Vec<(SignedEntry, Place)>, IntakeError> {
        Ok(self.tables.awaiting(photo)?)
    }

    fn head(&mut self, device: DeviceId) -> Result<ChainHead, IntakeError> {
        Ok(self.tables.chain_head(device)?)
    }

    fn set_head(&mut self, device: DeviceId, head: ChainHead) -> Result<(), IntakeError> {
        Ok(self.tables.set_chain_head(device, head)?)
    }

    fn missing(&mut self, photos: &[Digest]) -> Result<Vec<Digest>, IntakeError> {
        let mut missing = Vec::new();
        for photo in photos {
            if self.tables.photo(photo)?.is_none() {
                missing.push(*photo);
            }
        }
        Ok(missing)
    }

    fn next_position(&mut self) -> Result<u64, IntakeError> {
        Ok(self.tables.last_position()? + 1)
    }

    fn take_effect(
        &mut self,
        signed: &SignedEntry,
        position: u64,
        received: Instant,
    ) -> Result<Effect, IntakeError> {
        let entry = signed.entry();
        let body = match Kind::of(signed) {
            Ok(body) => body,
            Err(problem) => return Ok(Effect::None { problem }),
        };
        let Some(actor) = self.tables.account(entry.actor)? else {
            return Ok(Effect::None { problem: Problem::ActorNotEnrolled });
        };
        let actor = &actor.account;
        Ok(match body {
            Kind::Snap(body) => self.take_snap_effect(entry, &body, actor, received),
            Kind::Article(body) => self.take_article_effect(entry, &body, actor, (position, received)),
            Kind::Training(body) => self.take_training_effect(entry, &body, actor, received),
            Kind::Rows(body) => self.take_row_effect(entry, body, actor, received),
        }?)
    }

    fn sign(&mut self, receipt: Receipt) -> Result<SignedReceipt, IntakeError> {
        let effect = match receipt.effect {
            Effect::Taken => LedgerEffect::Taken,
            Effect::None { .. } => LedgerEffect::Quarantined,
        };
        self.place = Some((receipt.entry, LedgerPlace { position: receipt.position, effect }));
        Ok(self.keys.sign(receipt)?)
    }
}
