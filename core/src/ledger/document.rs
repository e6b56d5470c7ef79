//! What an issued document changes: its card, and the series in which it is counted.

use super::fold::{View, inconsistent, permit};
use super::paper::{DocumentCard, SeriesCount};
use super::row::Row;
use crate::access::{Account, Action};
use crate::clock::Instant;
use crate::document::{DocumentKind, Issue};
use crate::json::{Json, Late};
use crate::log::Entry;
use crate::problem::{DocumentRefusal, Problem};
use crate::rules::Grade;

/// Folds a document.
///
/// A visit or a hazard that this view does not hold is passed over: a document says all that it has to say itself, and
/// may arrive before the last photo of the visit that it is about.
pub(super) fn fold(
    entry: &Entry,
    issue: &Issue,
    actor: &Account,
    view: &impl View,
    received: Instant,
) -> Result<Vec<Row>, Problem> {
    let facility = view
        .facility(issue.addressee.facility)
        .ok_or_else(|| inconsistent("there is no such institution"))?;
    let on = entry.time.at.date();
    permit(actor, &Action::IssueDocument { division: &facility.division, on })?;
    if issue.office.division != actor.region {
        return Err(inconsistent("the document is in another office's name"));
    }
    if issue.addressee.facility_type != facility.facility_type {
        return Err(inconsistent("the institution's kind is another"));
    }
    if view.document(issue.id).is_some() {
        return refuse(DocumentRefusal::IssuedAlready);
    }
    if issue.on != on {
        return refuse(DocumentRefusal::OtherDay);
    }
    issue.check()?;
    check_officers(issue, view)?;
    check_subject(issue, view)?;
    check_predecessor(issue, view)?;
    let series = issue.series();
    // Counted here and nowhere else: one transaction, one number. Before the end of the counting there is a problem of
    // another kind: four billion documents of one office in a year.
    let number = view.last_number(&series).map(|last| last.saturating_add(1));
    let mut people: Vec<_> = issue.officers.iter().map(|officer| officer.account).collect();
    if !people.contains(&actor.id) {
        people.push(actor.id);
    }
    let card = DocumentCard {
        id: issue.id,
        entry: entry.id,
        kind: issue.kind(),
        facility: facility.id,
        facility_name: issue.addressee.name.clone(),
        division: facility.division,
        office: issue.office.division.clone(),
        on: issue.on,
        received,
        people,
        visit: issue.visit,
        hazards: issue.hazards(),
        before: issue.before().map(|before| before.document),
        number,
        issue: Json::of(issue),
    };
    let mut rows = vec![Row::Document(Late::of(&card))];
    rows.extend(number.map(|last| Row::Series(Late::of(&SeriesCount::new(series, last)))));
    Ok(rows)
}

fn refuse<T>(why: DocumentRefusal) -> Result<T, Problem> {
    Err(Problem::DocumentRefused { why })
}

/// What the document says of certificates is not taken for granted: officers stand in the roster with that very number,
/// valid on the day.
fn check_officers(issue: &Issue, view: &impl View) -> Result<(), Problem> {
    let certified = issue.officers.iter().all(|officer| {
        view.colleague(officer.account).is_some_and(|colleague| {
            let certificate = &colleague.certificate;
            certificate.number == officer.certificate && certificate.valid_until >= issue.on
        })
    });
    if certified { Ok(()) } else { refuse(DocumentRefusal::OfficerUnknown) }
}

/// The visit and the hazards are the institution's, and a plan is of a major hazard.
fn check_subject(issue: &Issue, view: &impl View) -> Result<(), Problem> {
    let own = issue.addressee.facility;
    let visit = issue.visit.and_then(|visit| view.visit(visit));
    let hazards: Vec<_> = issue.hazards().into_iter().filter_map(|hazard| view.hazard(hazard)).collect();
    if visit.is_some_and(|visit| visit.facility != own) || hazards.iter().any(|it| it.facility != own) {
        return refuse(DocumentRefusal::OtherInstitution);
    }
    if issue.kind() == DocumentKind::TreatmentPlan && hazards.iter().any(|it| it.grade != Grade::Major) {
        return refuse(DocumentRefusal::OnlyMajor);
    }
    Ok(())
}

/// A re-check notice follows a document that is on record, of this institution, and named as it is.
fn check_predecessor(issue: &Issue, view: &impl View) -> Result<(), Problem> {
    let Some(before) = issue.before() else { return Ok(()) };
    let Some(card) = view.document(before.document) else {
        return refuse(DocumentRefusal::PredecessorMissing);
    };
    let named = match (card.number, card.issue.read()) {
        (Some(number), Ok(earlier)) => {
            before.number.is_empty() || before.number == earlier.number_text(number)
        }
        _ => true,
    };
    let fits = card.facility == issue.addressee.facility && card.kind == before.kind && card.on == before.on;
    if fits && named { Ok(()) } else { refuse(DocumentRefusal::PredecessorOther) }
}
