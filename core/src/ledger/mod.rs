//! The ledger: what everybody sees is a fold of what everybody did.
//!
//! [`fold`] takes one complete entry and answers the [`Row`]s that change by it. The server stores them in the
//! same transaction as the entry and its receipt; the phone folds its own unsent entries over the rows that it
//! pulled, with the same function.

mod row;
mod fold;

pub use fold::{Folded, View, fold};
pub use row::{Colleague, Cursor, HazardCard, HazardState, PlanCard, PlanState, Row, RowKey, RowKind, VisitCard};
