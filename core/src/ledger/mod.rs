//! The ledger: what everybody sees is a fold of what everybody did.
//!
//! ```text
//! entry ─► fold(entry, actor, view of the rows before) ─┬─► Takes(rows): new or changed
//!                                                       └─► Without(problem): kept, and shown to its author
//! ```
//!
//! [`fold`] takes one complete entry and answers the [`Row`]s that change by it. The server stores them in the
//! same transaction as the entry and its receipt; the phone folds its own unsent entries over the rows that it
//! pulled, with the same function. Pages read [`Rows`].
//!
//! Invariant: the fold depends on nothing but its arguments, and believes nothing that it can work out again.
//!
//! To add a kind of entry, add it to [`Body`](crate::log::Body), give it a function here, and name the rows at
//! which that looks in [`needed`].

mod own_work;
mod row;
mod paper;
mod fold;
mod visit;
mod step;
mod rounds;
mod document;
mod public_copy;
mod snap;
mod article;
mod training;
mod rows;
mod photo_use;

pub use article::fold_article;
pub use fold::{Folded, RecordPhoto, View, fold, needed};
pub use own_work::{CertificateCard, RoundLine, RoundsCard};
pub use paper::{DocumentCard, PublicCopyCard, SeriesCount};
pub use photo_use::{PhotoSubject, PhotoUse, Reuse};
pub use row::{
    Colleague, Cursor, HazardCard, Origin, PlanCard, PlanState, ROWS_FORM, Row, RowKey, RowKind, VisitCard,
};
pub use rows::{MemoryView, Rows, Timing};
pub use snap::{SnapCard, SnapChange, SnapView, fold_snap};
pub use training::{TrainingView, fold_training};
