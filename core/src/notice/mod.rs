//! Notices 通知: who has to learn of what, and when nobody reacts, who above has to.
//!
//! ```text
//! entry that takes effect ─► of_change(before, after, actor) ─┐
//! the passing of a day ────► of_day, …_of_plan, …_of_snap ────┴─► Addressed ─► recipients(seen_by, accounts) ─► inboxes
//! ```
//!
//! A [`Notice`] says what happened to what, in parts that a page, an e-mail or another program puts into words. It holds
//! no free text but a hazard's title. Its id comes from what it says, about what, and for what cause: the same notice
//! made twice is one.
//!
//! Invariant: [`recipients`] asks [`Row::seen_by`](crate::ledger::Row::seen_by), or that of a report's card, of every account. So nobody is told of
//! what he may not see, and a secret plan 四不两直 reaches the visited side by no notice either.
//!
//! To add one: a line in `step.rs`, `plan.rs` or `day.rs`, and its row in a table of `core/tests/notices/`.

mod message;
mod wire;
mod step;
mod plan;
mod day;
mod reach;

pub use day::{ReminderTerms, of_day, of_day_of_plan, of_day_of_snap};
pub use message::{About, Addressed, DueStanding, Notice, NoticeId, PlanNews, Sender, What, Whom};
pub use reach::{Egress, recipients};
pub use wire::{
    EndedSubscription, InboxItem, InboxPage, PushKey, PushSubscription, ReadNotices, ReadReceipt, Reading,
};

use crate::access::Account;
use crate::ledger::Row;
use crate::problem::Problem;

/// The notices that follow from one row that an entry of `actor` changed.
///
/// # Errors
/// [`Problem::Damaged`] when a hazard's life cannot be read.
pub fn of_change(before: Option<&Row>, after: &Row, actor: &Account) -> Result<Vec<Addressed>, Problem> {
    match (before, after) {
        (Some(Row::Hazard(before)), Row::Hazard(after)) => step::of_hazard(Some(before), after, actor),
        (_, Row::Hazard(after)) => step::of_hazard(None, after, actor),
        (Some(Row::Plan(before)), Row::Plan(after)) => Ok(plan::of_plan(Some(before), after, actor)),
        (_, Row::Plan(after)) => Ok(plan::of_plan(None, after, actor)),
        _ => Ok(Vec::new()),
    }
}
