//! Who may see an entry, its receipt and its photos: whoever may see the thing that it is about, and its author.

use xunan_core::access::{Account, Role, Sight, Subject, may_see};
use xunan_core::digest::Digest;
use xunan_core::ids::{EntryId, FacilityId, HazardId, PhotoId, TrainingId};
use xunan_core::ledger::{RoundsCard, Row, RowKey, RowKind};
use xunan_core::log::{ArticleBody, Body, SignedEntry, SnapBody, TrainingBody};
use xunan_core::region::DivisionCode;
use xunan_core::rounds::Finding;

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
    if let (EntryState::InLedger(..), Some(Ok(body))) = (state, SnapBody::of(signed.entry())) {
        let snap = match body {
            SnapBody::Reported(report) => report.snap,
            SnapBody::Stepped(step) => step.snap,
        };
        return Ok(tables.snap(snap)?.map_or(Sight::Hidden, |card| card.seen_by(account)));
    }
    if let (EntryState::InLedger(..), Some(Ok(body))) = (state, ArticleBody::of(signed.entry())) {
        return Ok(tables.article(body.0.article)?.map_or(Sight::Hidden, |it| it.seen_by(account)));
    }
    if let (EntryState::InLedger(..), Some(Ok(body))) = (state, TrainingBody::of(signed.entry())) {
        return sight_of_training(tables, account, body.0.training, signed.entry().id);
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
        Body::HazardStep(step) => sight_of_row(tables, account, RowKind::Hazard, step.hazard.to_string()),
        Body::DocumentIssued(issue) => sight_of_row(tables, account, RowKind::Document, issue.id.to_string()),
        Body::PlanMade(plan) => sight_of_row(tables, account, RowKind::Plan, plan.id.to_string()),
        Body::PlanWithdrawn { plan, .. } => sight_of_row(tables, account, RowKind::Plan, plan.to_string()),
        Body::RoundDone(round) => {
            sight_of_row(tables, account, RowKind::Rounds, RoundsCard::key(round.facility, round.kind))
        }
        Body::CertificateNoted(certificate) => {
            sight_of_row(tables, account, RowKind::Certificate, certificate.id.to_string())
        }
        // Who reported stands in it: neither the institution nor its firm, nor those who only follow the hazard.
        Body::ReportMade(report) => match account.role {
            Role::Supervisor => sight_of_row(tables, account, RowKind::Hazard, report.hazard.to_string()),
            _ => Ok(Sight::Hidden),
        },
    }
}

/// Whether `account` may see a photo for the sake of an entry that names it. The photos of a finding, a revisit or a report are
/// those of its hazard: whoever may see that sees them, also where the entry itself is not theirs to read, as a department to
/// which one hazard of a visit was transferred.
///
/// # Errors
/// When the store failed.
pub fn sight_of_photo_in(
    tables: &dyn Tables,
    account: &Account,
    signed: &SignedEntry,
    state: &EntryState,
    photo: &Digest,
) -> StoreResult<Sight> {
    let by_entry = sight_of_entry(tables, account, signed, state)?;
    let (Sight::Hidden, EntryState::InLedger(..), Ok(body)) = (by_entry, state, signed.body()) else {
        return Ok(by_entry);
    };
    let hazards: Vec<HazardId> = match body {
        Body::ReportMade(report) => vec![report.hazard],
        Body::RoundDone(round) => {
            let shows = |finding: &Finding| finding.photos.iter().any(|it| it.stored == *photo);
            let numbered = round.found.findings().iter().enumerate();
            let shown = numbered.filter(|(_, finding)| shows(finding));
            shown.map(|(number, _)| HazardId::of_finding(round.id, number)).collect()
        }
        Body::VisitSigned(record) => {
            let content = record.content();
            let shown = |id: &PhotoId| content.photos.iter().any(|it| it.id == *id && it.stored == *photo);
            let findings = content.findings.iter().map(|finding| (finding.hazard, &finding.photos));
            let revisits = content.revisits.iter().map(|(hazard, revisit)| (*hazard, &revisit.photos));
            let showing = findings.chain(revisits).filter(|(_, photos)| photos.iter().any(shown));
            showing.map(|(hazard, _)| hazard).collect()
        }
        _ => Vec::new(),
    };
    for hazard in hazards {
        if sight_of_row(tables, account, RowKind::Hazard, hazard.to_string())? == Sight::Visible {
            return Ok(Sight::Visible);
        }
    }
    Ok(Sight::Hidden)
}

/// Whether `account` may see the entry by which an attempt is on record; one that is not, nobody else may.
fn sight_of_training(
    tables: &dyn Tables,
    account: &Account,
    id: TrainingId,
    entry: EntryId,
) -> StoreResult<Sight> {
    let Some(training) = tables.training(id)?.filter(|it| it.mark.entry == entry) else {
        return Ok(Sight::Hidden);
    };
    let division = match training.facility {
        Some(facility) => division_of(tables, facility)?,
        None => None,
    };
    Ok(training.seen_by(account, division.as_ref()))
}

/// Where an institution stands, when the ledger has it.
fn division_of(tables: &dyn Tables, facility: FacilityId) -> StoreResult<Option<DivisionCode>> {
    Ok(match tables.row(&RowKey { kind: RowKind::Facility, id: facility.to_string() })? {
        Some(Row::Facility(card)) => Some(card.division),
        _ => None,
    })
}

fn sight_of_row(tables: &dyn Tables, account: &Account, kind: RowKind, id: String) -> StoreResult<Sight> {
    let row = tables.row(&RowKey { kind, id })?;
    Ok(row.map_or(Sight::Hidden, |row| row.seen_by(account)))
}
