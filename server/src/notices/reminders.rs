//! The daily walk through all deadlines: once a day in China, some minutes after midnight or at the first start after it.
//!
//! A day is noted when its walk came to its end. One that was cut off is walked again, and one that was missed is not
//! missed: what a hazard, or a plan, asks for depends on how it stands, and each reminder has one id for ever.

use std::time::Duration;

use xunan_core::calendar::Calendar;
use xunan_core::clock::{Date, Instant};
use xunan_core::hazard::Terms;
use xunan_core::ledger::Row;
use xunan_core::notice::{ReminderTerms, of_day, of_day_of_plan};

use super::post;
use crate::clock::Clock;
use crate::ledger_store::{LedgerStore, Novelty, StoreResult, Tables};

/// How often a new day is looked for.
const EVERY: Duration = Duration::from_secs(60);

/// Hazards, or plans, of one unit of work: so the writer is kept for some milliseconds, and entries come in between.
const AT_ONCE: usize = 50;

/// Reminds of deadlines.
#[derive(Clone)]
pub struct Reminders {
    store: LedgerStore,
    clock: Clock,
}

impl Reminders {
    /// Reminders of the hazards and the plans in `store`.
    pub const fn new(store: LedgerStore, clock: Clock) -> Self {
        Self { store, clock }
    }

    /// Goes through the deadlines of each day, for as long as the server runs.
    pub async fn keep_up(self) {
        let mut ticks = tokio::time::interval(EVERY);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            if let Err(error) = self.remind().await {
                tracing::warn!(%error, "deadlines could not be gone through");
            }
        }
    }

    /// Goes through the deadlines of today, unless that was done.
    ///
    /// # Errors
    /// When the store failed; what was told before stays told.
    pub async fn remind(&self) -> StoreResult<()> {
        let today = self.clock.now().date();
        if self.store.read(move |tables| tables.is_reminded(today)).await? == Novelty::Known {
            return Ok(());
        }
        self.walk(move |tables, now, after| remind_of_hazards(tables, now, after, today)).await?;
        self.walk(move |tables, now, after| remind_of_plans(tables, now, after, today)).await?;
        self.store.write(move |tables| tables.set_reminded(today)).await?;
        tracing::info!(notices.day = %today, "went through the deadlines of the day");
        Ok(())
    }

    /// Units of work, each behind the last thing that the one before looked at, until nothing is left.
    async fn walk<U>(&self, unit: U) -> StoreResult<()>
    where
        U: Fn(&dyn Tables, Instant, &str) -> StoreResult<Option<String>> + Clone + Send + 'static,
    {
        let mut after = Some(String::new());
        while let Some(from) = after {
            let (unit, clock) = (unit.clone(), self.clock.clone());
            after = self.store.write(move |tables| unit(tables, clock.now(), &from)).await?;
        }
        Ok(())
    }
}

/// Reminds of the hazards behind one; answers the last that it looked at, `None` when there was none.
fn remind_of_hazards(
    tables: &dyn Tables,
    now: Instant,
    after: &str,
    today: Date,
) -> StoreResult<Option<String>> {
    let (calendar, terms, reminders) = (Calendar::shipped(), Terms::default(), ReminderTerms::default());
    let cards = tables.open_hazards_after(after, AT_ONCE)?;
    let last = cards.last().map(|card| card.id.to_string());
    for card in cards {
        let id = card.id;
        let Ok(notices) = of_day(&card, today, &calendar, &terms, &reminders) else {
            // One that a later version wrote, before somebody went back to this one. The others go on.
            tracing::warn!(hazard.id = %id, "a hazard's life cannot be read: nobody is reminded of it");
            continue;
        };
        let row = Row::Hazard(Box::new(card));
        notices.iter().try_for_each(|addressed| post(tables, addressed, &row, now))?;
    }
    Ok(last)
}

/// Reminds of the open plans behind one; answers like [`remind_of_hazards`].
fn remind_of_plans(
    tables: &dyn Tables,
    now: Instant,
    after: &str,
    today: Date,
) -> StoreResult<Option<String>> {
    let (calendar, reminders) = (Calendar::shipped(), ReminderTerms::default());
    let cards = tables.open_plans_after(after, AT_ONCE)?;
    let last = cards.last().map(|card| card.plan.id.to_string());
    for card in cards {
        let notices = of_day_of_plan(&card, today, &calendar, &reminders);
        let row = Row::Plan(card);
        notices.iter().try_for_each(|addressed| post(tables, addressed, &row, now))?;
    }
    Ok(last)
}
