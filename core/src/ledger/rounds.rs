//! What rounds, certificates and reports change.

use super::fold::{View, inconsistent, permit};
use super::own_work::{CertificateCard, RoundLine, RoundsCard, part_of};
use super::row::{HazardCard, Origin, Row};
use crate::access::{Account, Action, OwnPart};
use crate::clock::Instant;
use crate::facility::Facility;
use crate::hazard::{Life, Mark, PhotoRef, Stage, StepKind, StoryLine, Submission};
use crate::ids::{FacilityId, HazardId};
use crate::json::{Json, Late};
use crate::log::Entry;
use crate::problem::Problem;
use crate::rounds::{Certificate, Finding, InternalReport, Mending, Round};
use crate::rules::Grade;
use crate::visit::{Due, RevisitOutcome};

/// The institution, when it is the actor's to do that work there.
fn allowed(
    part: OwnPart,
    facility: FacilityId,
    actor: &Account,
    view: &impl View,
) -> Result<Facility, Problem> {
    let facility = view.facility(facility).ok_or_else(|| inconsistent("there is no such institution"))?;
    permit(actor, &Action::DoOwnWork { part, division: &facility.division, facility: facility.id })?;
    Ok(facility)
}

/// A round: its line in the row of its kind, and a hazard for each finding.
pub(super) fn fold_round(
    entry: &Entry,
    round: &Round,
    actor: &Account,
    view: &impl View,
    received: Instant,
) -> Result<Vec<Row>, Problem> {
    let facility = allowed(part_of(round.kind), round.facility, actor, view)?;
    round.check().map_err(|refused| inconsistent(&refused.to_string()))?;
    let before = view.rounds(round.facility, round.kind);
    let mut lines = match &before {
        Some(card) => card.lines.read().map_err(|_| Problem::Damaged)?,
        None => Vec::new(),
    };
    if lines.iter().any(|line: &RoundLine| line.round == round.id) {
        return Err(inconsistent("there is a round with that id"));
    }
    let findings = round.found.findings();
    // A clock that runs ahead would put the next round off for as long.
    let at = round.at.min(received);
    lines.push(RoundLine {
        round: round.id,
        entry: entry.id,
        at,
        received,
        by: round.by.trim().to_owned(),
        findings: u32::try_from(findings.len()).unwrap_or(u32::MAX),
    });
    // The order of doing, not of arriving: a phone may bring a week at once.
    lines.sort_by_key(|line| std::cmp::Reverse((line.at, line.round)));
    lines.truncate(RoundsCard::MAX_LINES);
    let mut rows = vec![Row::Rounds(Late::of(&RoundsCard {
        facility: facility.id,
        division: facility.division.clone(),
        kind: round.kind,
        lines: Json::of(&lines),
    }))];
    let mark = Mark::of(actor, entry.id, at, received);
    for (number, finding) in findings.iter().enumerate() {
        let id = HazardId::of_finding(round.id, number);
        must_be_new(id, view)?;
        rows.push(Row::Hazard(Box::new(hazard_of(id, finding, &mark, &facility))));
    }
    Ok(rows)
}

pub(super) fn must_be_new(id: HazardId, view: &impl View) -> Result<(), Problem> {
    match view.hazard(id) {
        Some(_) => Err(inconsistent("there is a hazard with that id")),
        None => Ok(()),
    }
}

/// What was put right on the spot and is shown by a photo is submitted; a major one needs its treatment plan first.
pub(super) fn hazard_of(id: HazardId, finding: &Finding, mark: &Mark, facility: &Facility) -> HazardCard {
    let photos: Vec<PhotoRef> = finding.photos.iter().map(|photo| (photo.id, photo.stored)).collect();
    let due = match finding.mending {
        Mending::OnTheSpot => Due::OnTheSpot,
        Mending::By(date) => Due::By(date),
    };
    let line = |kind, note: &str, photos: &[PhotoRef]| StoryLine {
        kind,
        mark: mark.clone(),
        note: note.trim().to_owned(),
        date: match due {
            Due::By(date) => Some(date),
            Due::OnTheSpot => None,
        },
        measure: None,
        photos: photos.to_vec(),
    };
    let mut life = Life::found(line(StepKind::Found, &finding.description, &photos));
    let mended = finding.mending == Mending::OnTheSpot;
    if mended && finding.grade == Grade::General && !photos.is_empty() {
        life.story.push(line(StepKind::Submitted, "", &photos));
        life.stage =
            Stage::Submitted { submission: Submission { mark: mark.clone(), photos: photos.clone() } };
    }
    HazardCard {
        id,
        origin: Origin::OwnRound(mark.entry),
        facility: facility.id,
        facility_name: facility.name.clone(),
        division: facility.division.clone(),
        found: mark.at,
        item: None,
        title: finding.title.trim().to_owned(),
        description: finding.description.trim().to_owned(),
        place: finding.place.trim().to_owned(),
        grade: finding.grade,
        due,
        responsible: None,
        photos,
        state: life.stage.state(),
        involved: life.involved(),
        life: Json::of(&life),
        last_seen: mended.then_some((mark.at, RevisitOutcome::LooksFixed)),
    }
}

/// A line of the register. One that exists keeps its institution.
pub(super) fn fold_certificate(
    certificate: &Certificate,
    actor: &Account,
    view: &impl View,
) -> Result<Vec<Row>, Problem> {
    let facility = allowed(OwnPart::Register, certificate.facility, actor, view)?;
    if !certificate.is_complete() {
        return Err(inconsistent("a certificate without a holder, or with too long a text"));
    }
    if view.certificate(certificate.id).is_some_and(|before| before.facility != certificate.facility) {
        return Err(inconsistent("that certificate is another institution's"));
    }
    Ok(vec![Row::Certificate(Late::of(&CertificateCard {
        id: certificate.id,
        facility: facility.id,
        division: facility.division,
        certificate: Json::of(certificate),
    }))])
}

/// A report from inside: a hazard whose story does not say who found it.
pub(super) fn fold_report(
    entry: &Entry,
    report: &InternalReport,
    actor: &Account,
    view: &impl View,
    received: Instant,
) -> Result<Vec<Row>, Problem> {
    let facility = allowed(OwnPart::Report, report.facility, actor, view)?;
    report.check()?;
    must_be_new(report.hazard, view)?;
    let at = entry.time.at;
    let due = at.date().plus_days(InternalReport::DUE_DAYS);
    let finding = Finding {
        title: report.title.clone(),
        place: report.place.clone(),
        description: report.description.clone(),
        grade: Grade::General,
        mending: Mending::By(due),
        photos: report.photos.clone(),
    };
    let mark = Mark::nameless(entry.id, at, received);
    let card = hazard_of(report.hazard, &finding, &mark, &facility);
    Ok(vec![Row::Hazard(Box::new(HazardCard { origin: Origin::Report, ..card }))])
}
