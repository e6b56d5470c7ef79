//! What one entry changes.

use super::own_work::{CertificateCard, RoundsCard};
use super::paper::DocumentCard;
use super::row::{Colleague, HazardCard, PlanCard, PlanState, Row, RowKey, RowKind, VisitCard};
use super::{document, public_copy, rounds, step, visit};
use crate::access::{Account, Action, Permission, may_do};
use crate::clock::Instant;
use crate::document::Series;
use crate::evidence::PhotoManifest;
use crate::facility::{Facility, Party};
use crate::hazard::Command;
use crate::ids::{AccountId, CertificateId, DocumentId, FacilityId, HazardId, PhotoId, PlanId, VisitId};
use crate::log::{Body, Entry};
use crate::plan::Plan;
use crate::problem::Problem;
use crate::rounds::RoundKind;
use crate::rules::{FireRules, Pack, PackRef};

/// What a fold may look at: the rows as they are before the entry, whoever may see them, and the rules.
///
/// A store that must load rows beforehand asks [`needed`] which ones, puts them into [`Rows`](super::Rows), and
/// hands over a [`MemoryView`](super::MemoryView).
pub trait View {
    /// An institution's card.
    fn facility(&self, id: FacilityId) -> Option<Facility>;
    /// A certified inspector of the roster.
    fn colleague(&self, id: AccountId) -> Option<Colleague>;
    /// A plan's card.
    fn plan(&self, id: PlanId) -> Option<PlanCard>;
    /// A hazard's card.
    fn hazard(&self, id: HazardId) -> Option<HazardCard>;
    /// A visit's card.
    fn visit(&self, id: VisitId) -> Option<VisitCard>;
    /// A line of a register of certificates.
    fn certificate(&self, id: CertificateId) -> Option<CertificateCard>;
    /// The last rounds of a kind at an institution.
    fn rounds(&self, facility: FacilityId, kind: RoundKind) -> Option<RoundsCard>;

    /// A document's card.
    fn document(&self, id: DocumentId) -> Option<DocumentCard>;
    /// The last number of a series, 0 before the first; `None` where somebody else counts: on phones, which know no more
    /// than that there will be a number.
    fn last_number(&self, _: &Series) -> Option<u32> {
        None
    }
    /// A photo of the record of a visit.
    fn record_photo(&self, visit: &VisitCard, photo: PhotoId) -> RecordPhoto;
    /// A rule pack, by what a record says of it.
    fn pack(&self, pack: &PackRef) -> Option<&Pack>;
    /// A rule set of the comprehensive fire judgement, by what a record says of it.
    fn fire_rules(&self, rules: &PackRef) -> Option<&FireRules>;
}

/// What a view knows of a photo in a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordPhoto {
    /// The record names it so.
    Named(Box<PhotoManifest>),
    /// The record names no such photo.
    NotNamed,
    /// The record is not at hand: a phone holds the cards of visits alone, and leaves the question to the server.
    NotHeld,
}

/// What an entry does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Folded {
    /// It takes effect: these rows are new or changed, at least one.
    Takes(Vec<Row>),
    /// It has no effect, and why. It is kept all the same.
    Without(Problem),
}

/// Folds one complete entry of `actor` over `view`. `received` is when the ledger had all of it; on the phone,
/// for its own unsent entries, the device's time.
pub fn fold(entry: &Entry, body: &Body, actor: &Account, view: &impl View, received: Instant) -> Folded {
    let rows = match body {
        Body::VisitSigned(record) => visit::fold(entry.id, record, actor, view, received),
        Body::PlanMade(plan) => make_plan(plan, actor, view),
        Body::PlanWithdrawn { plan, .. } => withdraw_plan(*plan, actor, view),
        Body::HazardStep(taken) => step::fold(entry, taken, actor, view, received),
        Body::DocumentIssued(issue) => document::fold(entry, issue, actor, view, received),
        Body::FacilityRegistered(facility) => register_facility(facility, actor, view),
        Body::RoundDone(round) => rounds::fold_round(entry, round, actor, view, received),
        Body::CertificateNoted(certificate) => rounds::fold_certificate(certificate, actor, view),
        Body::ReportMade(report) => rounds::fold_report(entry, report, actor, view, received),
        Body::PhotoRedacted(copy) => public_copy::fold(entry.id, copy, actor, view),
    };
    match rows {
        Ok(rows) => Folded::Takes(rows),
        Err(problem) => Folded::Without(problem),
    }
}

/// The rows at which [`fold`] looks for this body, those that need not exist included.
pub fn needed(body: &Body) -> Vec<RowKey> {
    fn key(kind: RowKind, id: impl ToString) -> RowKey {
        RowKey { kind, id: id.to_string() }
    }
    match body {
        Body::VisitSigned(record) => {
            let content = record.content();
            let hazards =
                content.findings.iter().map(|finding| &finding.hazard).chain(content.revisits.keys());
            let mut keys = vec![key(RowKind::Visit, content.visit), key(RowKind::Facility, content.facility)];
            keys.extend(content.plan.map(|plan| key(RowKind::Plan, plan)));
            keys.extend(
                content.inspectors.iter().map(|inspector| key(RowKind::Colleague, inspector.account)),
            );
            keys.extend(hazards.map(|hazard| key(RowKind::Hazard, hazard)));
            keys
        }
        Body::PlanMade(plan) => {
            let mut keys = vec![key(RowKind::Plan, plan.id), key(RowKind::Facility, plan.facility)];
            keys.extend(plan.inspectors.iter().map(|account| key(RowKind::Colleague, account)));
            keys
        }
        Body::PlanWithdrawn { plan, .. } => vec![key(RowKind::Plan, plan)],
        Body::HazardStep(taken) => {
            let mut keys = vec![key(RowKind::Hazard, taken.hazard)];
            if let Command::Duplicate { of } = &taken.command {
                keys.push(key(RowKind::Hazard, of));
            }
            keys
        }
        Body::DocumentIssued(issue) => {
            let mut keys = vec![
                key(RowKind::Document, issue.id),
                key(RowKind::Facility, issue.addressee.facility),
                key(RowKind::Series, issue.series()),
            ];
            keys.extend(issue.officers.iter().map(|officer| key(RowKind::Colleague, officer.account)));
            keys.extend(issue.hazards().iter().map(|hazard| key(RowKind::Hazard, hazard)));
            keys.extend(issue.visit.map(|visit| key(RowKind::Visit, visit)));
            keys.extend(issue.before().map(|before| key(RowKind::Document, before.document)));
            keys
        }
        Body::FacilityRegistered(facility) => vec![key(RowKind::Facility, facility.id)],
        Body::RoundDone(round) => {
            let rounds = key(RowKind::Rounds, RoundsCard::key(round.facility, round.kind));
            let mut keys = vec![key(RowKind::Facility, round.facility), rounds];
            let findings = 0..round.found.findings().len();
            keys.extend(findings.map(|number| key(RowKind::Hazard, HazardId::of_finding(round.id, number))));
            keys
        }
        Body::CertificateNoted(certificate) => {
            vec![key(RowKind::Facility, certificate.facility), key(RowKind::Certificate, certificate.id)]
        }
        Body::ReportMade(report) => {
            vec![key(RowKind::Facility, report.facility), key(RowKind::Hazard, report.hazard)]
        }
        Body::PhotoRedacted(copy) => vec![key(RowKind::Visit, copy.visit)],
    }
}

fn make_plan(plan: &Plan, actor: &Account, view: &impl View) -> Result<Vec<Row>, Problem> {
    let facility =
        view.facility(plan.facility).ok_or_else(|| inconsistent("there is no such institution"))?;
    permit(actor, &Action::MakePlan { division: &facility.division })?;
    plan.check().map_err(|refused| inconsistent(&refused.to_string()))?;
    if plan.office != actor.region {
        return Err(inconsistent("the plan is in another office's name"));
    }
    if view.plan(plan.id).is_some() {
        return Err(inconsistent("there is a plan with that id"));
    }
    if plan.inspectors.iter().any(|inspector| view.colleague(*inspector).is_none()) {
        return Err(inconsistent("an inspector is not in the roster"));
    }
    let card = PlanCard { plan: plan.clone(), division: facility.division, state: PlanState::Open };
    Ok(vec![Row::Plan(card)])
}

fn withdraw_plan(id: PlanId, actor: &Account, view: &impl View) -> Result<Vec<Row>, Problem> {
    let mut card = view.plan(id).ok_or_else(|| inconsistent("there is no such plan"))?;
    permit(actor, &Action::MakePlan { division: &card.division })?;
    if card.plan.office != actor.region {
        return Err(Problem::NotAllowed);
    }
    match card.state {
        PlanState::Open => {
            card.state = PlanState::Withdrawn;
            Ok(vec![Row::Plan(card)])
        }
        PlanState::Done { .. } => Err(inconsistent("the plan was carried out already")),
        PlanState::Withdrawn => Err(inconsistent("the plan was withdrawn already")),
    }
}

/// A card that moves to another division needs the right in both. Its plans and hazards keep the division that
/// they had.
fn register_facility(facility: &Facility, actor: &Account, view: &impl View) -> Result<Vec<Row>, Problem> {
    permit(actor, &Action::RegisterFacility { division: &facility.division })?;
    if let Some(before) = view.facility(facility.id) {
        permit(actor, &Action::RegisterFacility { division: &before.division })?;
    }
    if facility.name.trim().is_empty() {
        return Err(inconsistent("the institution has no name"));
    }
    let holders = |party| facility.parties.iter().filter(|holder| holder.party == party).count();
    if Party::ALL.into_iter().any(|party| holders(party) > 1) {
        return Err(inconsistent("one of the six parties has two holders"));
    }
    Ok(vec![Row::Facility(facility.clone())])
}

/// Asks for the right to do something.
pub(super) fn permit(actor: &Account, action: &Action<'_>) -> Result<(), Problem> {
    match may_do(actor, action) {
        Permission::Granted => Ok(()),
        Permission::Denied(_) => Err(Problem::NotAllowed),
    }
}

pub(super) fn inconsistent(detail: &str) -> Problem {
    Problem::RecordInconsistent { detail: detail.to_owned() }
}
