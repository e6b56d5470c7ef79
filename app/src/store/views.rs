//! Views of the desk's hazards that somebody has saved under a name: the address that they are, no more.

use serde::{Deserialize, Serialize};

use super::change::{Change, Key};
use super::schema::Table;
use super::{Store, StoreFailed};

/// A view that has a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    /// Its name.
    pub name: String,
    /// What follows the question mark in its address.
    pub question: String,
}

const VIEWS: &str = "hazard_views";

impl Store {
    /// The saved views, in the order in which they were saved.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn saved_views(&self) -> Result<Vec<SavedView>, StoreFailed> {
        Ok(self.fact(VIEWS).await?.unwrap_or_default())
    }

    /// Replaces the saved views.
    ///
    /// # Errors
    /// [`StoreFailed`]; then they are as before.
    pub async fn save_views(&self, views: &[SavedView]) -> Result<(), StoreFailed> {
        self.connection().write(&[Change::put(Table::Facts, Key::one(VIEWS), &views)?]).await
    }
}
