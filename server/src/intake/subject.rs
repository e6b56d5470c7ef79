//! Who may see an entry, its receipt and its photos: whoever may see the thing that it is about, and its author.

use xunan_core::access::{Account, Sight, Subject, may_see};
use xunan_core::ids::PlanId;
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
        Body::PhotoRedacted(copy) => {
            let row = tables.row(&RowKey { kind: RowKind::Visit, id: copy.visit.to_string() })?;
            Ok(row.map_or(Sight::Hidden, |visit| visit.seen_by(account)))
        }
        Body::FacilityRegistered(facility) => {
            Ok(may_see(account, &Subject::Facility { division: &facility.division, facility: facility.id }))
        }
        Body::PlanMade(plan) => sight_of_plan(tables, account, plan.id),
        Body::PlanWithdrawn { plan, .. } => sight_of_plan(tables, account, *plan),
    }
}

fn sight_of_plan(tables: &dyn Tables, account: &Account, plan: PlanId) -> StoreResult<Sight> {
    let row = tables.row(&RowKey { kind: RowKind::Plan, id: plan.to_string() })?;
    Ok(match row {
        Some(row @ Row::Plan(_)) => row.seen_by(account),
        _ => Sight::Hidden,
    })
}
