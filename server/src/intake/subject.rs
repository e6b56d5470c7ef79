//! Who may see an entry, its receipt and its photos: whoever may see the thing that it is about, and its author.

use xunan_core::access::{Account, Sight, Subject, may_see};
use xunan_core::digest::Digest;
use xunan_core::ledger::{Row, RowKey, RowKind};
use xunan_core::log::{Body, SignedEntry};

use crate::ledger_store::{EntryState, StoreResult, Tables};

/// Whether `account` may see an entry. What is not in the ledger yet, or cannot be read, is its author's alone.
///
/// # Errors
/// When the store failed.
pub fn sight_of_entry(
    tables: &dyn Tables,
    account: &Account,
    signed: &SignedEntry,
    state: &EntryState,
) -> StoreResult<Sight> {
    if signed.entry().actor == account.id {
        return Ok(Sight::Visible);
    }
    let (EntryState::InLedger(..), Ok(body)) = (state, signed.body()) else {
        return Ok(Sight::Hidden);
    };
    match body {
        Body::VisitSigned(record) => {
            let content = record.content();
            Ok(may_see(account, &Subject::Record { division: &content.division, facility: content.facility }))
        }
        Body::FacilityRegistered(facility) => {
            Ok(may_see(account, &Subject::Facility { division: &facility.division, facility: facility.id }))
        }
        Body::HazardStep(step) => sight_of_row(tables, account, RowKind::Hazard, step.hazard.to_string()),
        Body::PlanMade(plan) => sight_of_row(tables, account, RowKind::Plan, plan.id.to_string()),
        Body::PlanWithdrawn { plan, .. } => sight_of_row(tables, account, RowKind::Plan, plan.to_string()),
    }
}

/// Whether `account` may see a photo of an entry. Who has to do with one hazard of a visit, as a department to which it was
/// transferred, sees the photos of that hazard and nothing else of the record.
///
/// # Errors
/// When the store failed.
pub fn sight_of_photo_of(
    tables: &dyn Tables,
    account: &Account,
    signed: &SignedEntry,
    state: &EntryState,
    photo: &Digest,
) -> StoreResult<Sight> {
    if sight_of_entry(tables, account, signed, state)? == Sight::Visible {
        return Ok(Sight::Visible);
    }
    let (EntryState::InLedger(..), Ok(Body::VisitSigned(record))) = (state, signed.body()) else {
        return Ok(Sight::Hidden);
    };
    for finding in &record.content().findings {
        let row = tables.row(&RowKey { kind: RowKind::Hazard, id: finding.hazard.to_string() })?;
        if let Some(Row::Hazard(hazard)) = &row
            && hazard.photos.iter().any(|(_, stored)| stored == photo)
            && row.as_ref().is_some_and(|row| row.seen_by(account) == Sight::Visible)
        {
            return Ok(Sight::Visible);
        }
    }
    Ok(Sight::Hidden)
}

fn sight_of_row(tables: &dyn Tables, account: &Account, kind: RowKind, id: String) -> StoreResult<Sight> {
    let row = tables.row(&RowKey { kind, id })?;
    Ok(row.map_or(Sight::Hidden, |row| row.seen_by(account)))
}
