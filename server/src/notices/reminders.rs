//! The daily walk through all deadlines: once a day in China, some minutes after midnight or at the first start after it.
//!
//! A day is noted when its walk came to its end. One that was cut off is walked again, and one that was missed is not
//! missed: what a hazard, a plan or a citizen's report asks for depends on how it stands, and each reminder has one id for ever.

use std::time::Duration;

use xunan_core::calendar::Calendar;
use xunan_core::clock::{Date, Instant};
use xunan_core::hazard::Terms;
use xunan_core::ids::{HazardId, PlanId};
use xunan_core::ledger::Row;
use xunan_core::notice::{ReminderTerms, of_day, of_day_of_plan, of_day_of_snap};
use xunan_core::region::DivisionCode;
use xunan_core::snap::TermsTable;
use xunan_core::sync::SnapKey;

use super::{Told, post};
use crate::clock::Clock;
use crate::ledger_store::{LedgerStore, Novelty, SnapList, StoreResult, Tables};

/// How often a new day is looked for.
const EVERY: Duration = Duration::from_secs(60);

/// Hazards, plans or reports of one unit of work: so the writer is kept for some milliseconds, and entries come in between.
const AT_ONCE: usize = 50;

/// Reminds of deadlines.
#[derive(Clone)]
pub struct Reminders {
    store: LedgerStore,
    clock: Clock,
}

impl Reminders {
    /// Reminders of the hazards, the plans and the reports in `store`.
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
        self.walk(move |tables, now, after| remind_of_snaps(tables, now, after, today)).await?;
        self.store.write(move |tables| tables.set_reminded(today)).await?;
        tracing::info!(notices.day = %today, "went through the deadlines of the day");
        Ok(())
    }

    /// Units of work, each behind the last thing that the one before looked at, until nothing is left.
    async fn walk<K, U>(&self, unit: U) -> StoreResult<()>
    where
        K: Send + 'static,
        U: Fn(&dyn Tables, Instant, Option<K>) -> StoreResult<Option<K>> + Clone + Send + 'static,
    {
        let mut after = None;
        loop {
            let (unit, clock) = (unit.clone(), self.clock.clone());
            after = self.store.write(move |tables| unit(tables, clock.now(), after)).await?;
            if after.is_none() {
                return Ok(());
            }
        }
    }
}

/// Reminds of the hazards behind one; answers the last that it looked at, `None` when there was none.
fn remind_of_hazards(
    tables: &dyn Tables,
    now: Instant,
    after: Option<HazardId>,
    today: Date,
) -> StoreResult<Option<HazardId>> {
    let (calendar, terms, reminders) = (Calendar::shipped(), Terms::default(), ReminderTerms::default());
    let cards = tables.open_hazards_after(&text_of(after), AT_ONCE)?;
    let last = cards.last().map(|card| card.id);
    for card in cards {
        let id = card.id;
        let Ok(notices) = of_day(&card, today, &calendar, &terms, &reminders) else {
            // One that a later version wrote, before somebody went back to this one. The others go on.
            tracing::warn!(hazard.id = %id, "a hazard's life cannot be read: nobody is reminded of it");
            continue;
        };
        let row = Row::Hazard(Box::new(card));
        notices.iter().try_for_each(|addressed| post(tables, addressed, Told::Row(&row), now))?;
    }
    Ok(last)
}

/// Reminds of the open plans behind one; answers like [`remind_of_hazards`].
fn remind_of_plans(
    tables: &dyn Tables,
    now: Instant,
    after: Option<PlanId>,
    today: Date,
) -> StoreResult<Option<PlanId>> {
    let (calendar, reminders) = (Calendar::shipped(), ReminderTerms::default());
    let cards = tables.open_plans_after(&text_of(after), AT_ONCE)?;
    let last = cards.last().map(|card| card.plan.id);
    for card in cards {
        let notices = of_day_of_plan(&card, today, &calendar, &reminders);
        let row = Row::Plan(card);
        notices.iter().try_for_each(|addressed| post(tables, addressed, Told::Row(&row), now))?;
    }
    Ok(last)
}

/// Reminds the offices of the reports behind one with which they still have to do something; answers like
/// [`remind_of_hazards`]. A step that is taken meanwhile puts its report at the list's end, and never before `after`.
fn remind_of_snaps(
    tables: &dyn Tables,
    now: Instant,
    after: Option<SnapKey>,
    today: Date,
) -> StoreResult<Option<SnapKey>> {
    let (calendar, table, reminders) = (Calendar::shipped(), TermsTable::shipped(), ReminderTerms::default());
    let cards = tables.snaps_within(&DivisionCode::country(), SnapList::Open, after, AT_ONCE)?;
    for card in &cards {
        let notices = of_day_of_snap(card, today, &calendar, &table, &reminders);
        notices.iter().try_for_each(|addressed| post(tables, addressed, Told::Snap(card), now))?;
    }
    Ok(cards.last().map(SnapKey::of))
}

/// A place in the order of ids; the beginning when there is none.
fn text_of<I: ToString>(id: Option<I>) -> String {
    id.map(|id| id.to_string()).unwrap_or_default()
}
