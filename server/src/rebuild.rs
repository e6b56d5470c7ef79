//! Rows are a fold of entries, so they can be made again from them: after a new version gave rows another form, and when
//! somebody doubts them. Accounts and packs are no entries; their rows stay.
//!
//! ```text
//! entries in the order of their positions ──fold──► rows, in one transaction
//! ```
//!
//! Each entry is folded as of when it was received, as its receipt says. One that took effect then takes effect now: if it
//! does not, nothing is changed and the server says which one.

use xunan_core::ids::EntryId;
use xunan_core::ledger::{Folded, ROWS_FORM, Row, SnapChange, fold, fold_article};
use xunan_core::log::{ArticleBody, SignedReceipt, SnapBody, TrainingBody};

use crate::intake::{Packs, RowView, origins};
use crate::ledger_store::{LedgerEffect, LedgerEntry, LedgerStore, StoreError, Tables};

/// Entries that are read at a time: some 10 MB.
const BATCH: usize = 500;

/// Why the rows could not be made again. They are as before.
#[derive(Debug, thiserror::Error)]
pub enum RebuildError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An entry that took effect once does not any more.
    #[error("entry {entry} took effect when it came, and does not now: {problem}")]
    NoEffect {
        /// Which.
        entry: EntryId,
        /// The number of the problem.
        problem: &'static str,
    },
}

/// What was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rebuilt {
    /// Entries that took effect.
    pub entries: u64,
}

/// Makes the rows again when they have another form than this version's. Answers `None` when they have this one.
///
/// # Errors
/// [`RebuildError`].
pub async fn rebuild_when_needed(
    store: &LedgerStore,
    packs: &Packs,
) -> Result<Option<Rebuilt>, RebuildError> {
    let form = store.read(|tables| tables.rows_form()).await?;
    if form == ROWS_FORM {
        return Ok(None);
    }
    rebuild(store, packs).await.map(Some)
}

/// Makes the rows again.
///
/// # Errors
/// [`RebuildError`].
pub async fn rebuild(store: &LedgerStore, packs: &Packs) -> Result<Rebuilt, RebuildError> {
    let packs = packs.clone();
    store.write_alone(move |tables| rebuild_within(tables, &packs)).await
}

fn rebuild_within(tables: &dyn Tables, packs: &Packs) -> Result<Rebuilt, RebuildError> {
    tables.delete_rows_of_entries()?;
    tables.delete_snaps()?;
    tables.delete_articles()?;
    tables.delete_trainings()?;
    let (mut position, mut entries) = (0, 0);
    loop {
        let batch = tables.ledger_entries_after(position, BATCH)?;
        let Some(last) = batch.last() else { break };
        position = last.place.position;
        for entry in batch.iter().filter(|entry| entry.place.effect == LedgerEffect::Taken) {
            again(tables, packs, entry)?;
            entries += 1;
        }
    }
    tables.set_rows_form(ROWS_FORM)?;
    Ok(Rebuilt { entries })
}

/// Folds an entry as it was folded when it came.
fn again(tables: &dyn Tables, packs: &Packs, stored: &LedgerEntry) -> Result<(), RebuildError> {
    let entry = stored.signed.entry();
    let receipt = SignedReceipt::parse(&stored.receipt).map_err(StoreError::damaged)?;
    let no_effect = |number| RebuildError::NoEffect { entry: entry.id, problem: number };
    let actor = tables.account(entry.actor)?.ok_or(no_effect("422.8"))?;
    let (view, received) = (RowView::new(tables, packs), receipt.receipt().received);
    if let Some(body) = SnapBody::of(entry) {
        let folded = body.and_then(|body| view.fold_snap(entry, &body, &actor.account, received));
        view.finish()?;
        let SnapChange { card, hazard } = folded.map_err(|problem| no_effect(problem.number()))?;
        tables.put_snap(&card)?;
        return Ok(hazard.map_or(Ok(()), |hazard| tables.put_row(&Row::Hazard(hazard)))?);
    }
    if let Some(body) = ArticleBody::of(entry) {
        let body = body.map_err(|problem| no_effect(problem.number()))?;
        let before = tables.article(body.0.article)?;
        let origins = origins(tables, entry, stored.place.position)?;
        let article = fold_article(entry, &body, &actor.account, before.as_ref(), received, &origins)
            .map_err(|problem| no_effect(problem.number()))?;
        return Ok(tables.put_article(&article)?);
    }
    if let Some(body) = TrainingBody::of(entry) {
        let folded = body.and_then(|body| view.fold_training(entry, &body, &actor.account, received));
        view.finish()?;
        return Ok(tables.put_training(&folded.map_err(|problem| no_effect(problem.number()))?)?);
    }
    let body = stored.signed.body().map_err(|problem| no_effect(problem.number()))?;
    let folded = fold(entry, body, &actor.account, &view, received);
    view.finish()?;
    match folded {
        Folded::Takes(rows) => Ok(rows.iter().try_for_each(|row| tables.put_row(row))?),
        Folded::Without(problem) => Err(no_effect(problem.number())),
    }
}
