//! The key of a password that is being chosen, from before it is sent until its answer is known.

use super::change::{Change, Key};
use super::copies::GIVEN;
use super::schema::Table;
use super::{Store, StoreFailed};
use crate::browser::sealing::SealingKey;

/// The key of a password that is being chosen. A change whose answer is lost is known by it after any crash.
#[derive(Clone, Debug)]
pub struct NextKey {
    /// The key.
    pub key: SealingKey,
    /// How often the account's password had been set when it was chosen.
    pub changes: u32,
}

const NEXT: &str = "copies_next";

impl Store {
    /// Stores the key of a password that is about to be sent.
    ///
    /// # Errors
    /// [`StoreFailed`]; then the password must not be sent.
    pub async fn save_next_key(&self, next: &NextKey) -> Result<(), StoreFailed> {
        let key = Change::Put { table: Table::Keys, key: Key::one(NEXT), value: next.key.clone().into() };
        let changes = Change::put(Table::Facts, Key::one(NEXT), &next.changes)?;
        self.connection().write(&[key, changes]).await
    }

    /// The key of a password whose change has no answer yet.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn next_key(&self) -> Result<Option<NextKey>, StoreFailed> {
        let key = self.connection().get(Table::Keys, &Key::one(NEXT)).await?.and_then(SealingKey::from_js);
        let changes: Option<u32> = self.fact(NEXT).await?;
        Ok(key.zip(changes).map(|(key, changes)| NextKey { key, changes }))
    }

    /// The password was changed: its key is the one that the copies take over, as after a sign-in.
    ///
    /// # Errors
    /// [`StoreFailed`]; then it is known the next time.
    pub async fn take_next_key(&self, next: NextKey) -> Result<(), StoreFailed> {
        let given = Change::Put { table: Table::Keys, key: Key::one(GIVEN), value: next.key.into() };
        let [key, changes] = gone();
        self.connection().write(&[given, key, changes]).await
    }

    /// The password was not changed.
    ///
    /// # Errors
    /// [`StoreFailed`]; then it is known the next time.
    pub async fn forget_next_key(&self) -> Result<(), StoreFailed> {
        self.connection().write(&gone()).await
    }
}

/// Nothing is left of it.
pub(super) fn gone() -> [Change; 2] {
    [Table::Keys, Table::Facts].map(|table| Change::Delete { table, key: Key::one(NEXT) })
}
