//! Copies of drafts on the server: their keys, what is known of them, and a draft of another phone that goes on here.
//!
//! Nothing of this uses the reserve that is kept for text: a copy is worth less than what it is a copy of.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use xunan_core::clock::Instant;
use xunan_core::copies::Copied;
use xunan_core::ids::VisitId;
use xunan_core::visit::Part;

use super::change::{Change, Key};
use super::connection::{Expected, Written};
use super::drafts::draft_changes;
use super::photos::puts_of;
use super::schema::Table;
use super::{Changed, DraftCard, NewPhoto, Store, StoreFailed, next_key, parsed};
use crate::browser::Binary;
use crate::browser::sealing::SealingKey;

/// What is stored under a visit.
#[derive(Serialize, Deserialize)]
pub(super) struct Remembered {
    visit: VisitId,
    copied: Copied,
}

/// The keys of the copies. None of them can be exported.
#[derive(Clone, Debug)]
pub struct CopiesKeys {
    /// That of the password with which somebody signed in last: what encrypts.
    pub current: SealingKey,
    /// A few bytes that it has encrypted: so that the same password is known again.
    pub probe: Binary,
    /// That of a password before, which opens older copies.
    pub old: Option<SealingKey>,
}

/// A draft of another phone, opened and checked.
#[derive(Debug)]
pub struct Restored {
    /// Its parts.
    pub parts: Vec<Part>,
    /// Its line in lists.
    pub card: DraftCard,
    /// Its photos.
    pub photos: Vec<NewPhoto>,
    /// What is known of its copies.
    pub copied: Copied,
}

/// What a draft of another phone is put over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// Nothing: none of that visit is here.
    Nothing,
    /// This phone's own draft of the visit, which goes: a person said so.
    Mine,
}

/// The key that sign-in made, until the part that copies has compared it with the one before.
pub(super) const GIVEN: &str = "copies_given";
const CURRENT: &str = "copies";
const PROBE: &str = "copies_probe";
const OLD: &str = "copies_old";
const LAST: &str = "copied";

impl Store {
    /// Stores the key of the password with which somebody has just signed in.
    ///
    /// # Errors
    /// [`StoreFailed`]; some browsers cannot store keys in private mode.
    pub async fn save_given_key(&self, key: SealingKey) -> Result<(), StoreFailed> {
        self.connection()
            .write(&[Change::Put { table: Table::Keys, key: Key::one(GIVEN), value: key.into() }])
            .await
    }

    /// The key of the password with which somebody signed in last, when it was not compared yet.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn given_key(&self) -> Result<Option<SealingKey>, StoreFailed> {
        Ok(self.connection().get(Table::Keys, &Key::one(GIVEN)).await?.and_then(SealingKey::from_js))
    }

    /// The keys of the copies; `None` when nobody has signed in here since there are copies.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn copies_keys(&self) -> Result<Option<CopiesKeys>, StoreFailed> {
        let key = async |name| self.connection().get(Table::Keys, &Key::one(name)).await;
        let current = key(CURRENT).await?.and_then(SealingKey::from_js);
        let probe = key(PROBE).await?.and_then(Binary::from_js);
        let old = key(OLD).await?.and_then(SealingKey::from_js);
        Ok(current.zip(probe).map(|(current, probe)| CopiesKeys { current, probe, old }))
    }

    /// Stores the keys, with what is known of the copies under them. The key that sign-in made is among them now.
    ///
    /// # Errors
    /// [`StoreFailed`]; some browsers cannot store keys in private mode.
    pub async fn save_copies_keys(
        &self,
        keys: &CopiesKeys,
        copied: &BTreeMap<VisitId, Copied>,
    ) -> Result<(), StoreFailed> {
        let put = |name, value| Change::Put { table: Table::Keys, key: Key::one(name), value };
        let mut changes =
            vec![put(CURRENT, keys.current.clone().into()), put(PROBE, keys.probe.clone().into())];
        changes.push(Change::Delete { table: Table::Keys, key: Key::one(GIVEN) });
        // Whoever signed in since has said which password holds.
        changes.extend(next_key::gone());
        changes.extend(keys.old.clone().map(|old| put(OLD, old.into())));
        for (visit, copied) in copied {
            changes.push(change(*visit, Some(copied))?);
        }
        self.connection().write(&changes).await?;
        self.announce(Changed::Drafts);
        Ok(())
    }

    /// Stores the key of a password before, which opens older copies.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn save_old_key(&self, key: SealingKey) -> Result<(), StoreFailed> {
        let old = Change::Put { table: Table::Keys, key: Key::one(OLD), value: key.into() };
        self.connection().write(&[old]).await?;
        self.announce(Changed::Drafts);
        Ok(())
    }

    /// What is known of the copies, by visit.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn copied(&self) -> Result<BTreeMap<VisitId, Copied>, StoreFailed> {
        let values = self.connection().all(Table::Copies, None).await?;
        let read = |value| parsed::<Remembered>("copy", value).map(|it| (it.visit, it.copied));
        values.iter().map(read).collect()
    }

    /// When a draft was copied last, whichever; `None` before the first time.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn last_copied(&self) -> Result<Option<Instant>, StoreFailed> {
        self.fact(LAST).await
    }

    /// Stores what is known of copies; `None` lets it go.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn save_copied(&self, known: &[(VisitId, Option<Copied>)]) -> Result<(), StoreFailed> {
        let mut changes = Vec::with_capacity(known.len() + 1);
        for (visit, copied) in known {
            changes.push(change(*visit, copied.as_ref())?);
        }
        if let Some(last) = known.iter().filter_map(|(_, copied)| copied.as_ref()?.at).max() {
            changes.push(Change::put(Table::Facts, Key::one(LAST), &last)?);
        }
        self.connection().write(&changes).await
    }

    /// Stores what a person has decided about a draft's copies; the tab that sends hears of it.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn decide_copied(&self, visit: VisitId, copied: Copied) -> Result<(), StoreFailed> {
        self.save_copied(&[(visit, Some(copied))]).await?;
        self.announce(Changed::Drafts);
        Ok(())
    }

    /// Goes on with a draft of another phone: its parts, its photos and what is known of its copies, in one transaction.
    /// Where none of the visit is to be here, it takes place only while there is none.
    ///
    /// # Errors
    /// [`StoreFailed`], `AlreadyHere` among them; then everything is as before.
    pub async fn take_over(&self, restored: &Restored, over: Over) -> Result<(), StoreFailed> {
        let visit = restored.card.visit;
        let (mut changes, expected) = match over {
            Over::Mine => (self.removal_of_all(visit).await?, None),
            Over::Nothing => {
                let none = Expected { table: Table::Drafts, key: Key::one(visit), text: None };
                (Vec::new(), Some(none))
            }
        };
        changes.extend(draft_changes(visit, &restored.parts, Some(&restored.card))?);
        changes.extend(restored.photos.iter().flat_map(puts_of));
        changes.push(change(visit, Some(&restored.copied))?);
        match self.connection().write_if(expected.as_ref(), &changes).await? {
            Written::Overtaken => Err(StoreFailed::other("AlreadyHere")),
            Written::Done => {
                // The other phone's draft may have been touched before what was here: that is no loss.
                self.forget_draft(visit);
                self.announce(Changed::Drafts);
                Ok(())
            }
        }
    }
}

fn change(visit: VisitId, copied: Option<&Copied>) -> Result<Change, StoreFailed> {
    let key = Key::one(visit);
    match copied {
        Some(copied) => Change::put(Table::Copies, key, &Remembered { visit, copied: copied.clone() }),
        None => Ok(Change::Delete { table: Table::Copies, key }),
    }
}
