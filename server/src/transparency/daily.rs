//! The root of the day: signed some seconds after midnight in China, or at the first start after it, and kept for ever.

use std::time::Duration;

use xunan_core::clock::Date;
use xunan_core::log::Root;

use super::{LogError, TransparencyLog, whole_tree};
use crate::ledger_store::{StoreResult, StoredRoot, Tables};

/// How often the tree follows the ledger, and a new day is looked for.
const EVERY: Duration = Duration::from_secs(5);

impl TransparencyLog {
    /// Lets the tree follow the ledger, and signs the root of each day, for as long as the server runs.
    pub async fn keep_up(self) {
        let mut ticks = tokio::time::interval(EVERY);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            if let Err(error) = self.keep_up_once().await {
                tracing::warn!(%error, "the transparency log could not follow the ledger");
            }
        }
    }

    async fn keep_up_once(&self) -> Result<(), LogError> {
        self.catch_up().await?;
        self.sign_daily_root().await
    }

    /// Signs the root of today unless there is one: over every receipt that was given before this call.
    ///
    /// # Errors
    /// [`LogError`].
    pub async fn sign_daily_root(&self) -> Result<(), LogError> {
        let today = self.clock.now().date();
        if self.daily_root(today).await?.is_some() {
            return Ok(());
        }
        self.catch_up().await?;
        let log = self.clone();
        let sign = move |tables: &dyn Tables| {
            let at = log.clock.now();
            if tables.daily_root(at.date())?.is_some() {
                return Ok(());
            }
            let (size, root) = whole_tree(tables)?;
            let signed = log.keys.sign(Root { v: Root::VERSION, size, root, at })?;
            tables.insert_daily_root(at.date(), &signed)?;
            tracing::info!(root.date = %at.date(), root.size = size, "signed the root of the day");
            Ok::<_, LogError>(())
        };
        self.store.write(sign).await
    }

    /// The root of a day.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn daily_root(&self, date: Date) -> StoreResult<Option<StoredRoot>> {
        self.store.read(move |tables| tables.daily_root(date)).await
    }
}
