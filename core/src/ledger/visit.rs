//! What a signed visit changes: its own card, a card for each hazard, earlier hazards seen again, its plan.

use super::fold::{View, inconsistent, permit};
use super::row::{HazardCard, Origin, PlanState, Row, VisitCard};
use crate::access::{Account, Action};
use crate::clock::Instant;
use crate::evidence::PhotoManifest;
use crate::facility::Facility;
use crate::hazard::{Doing, Life, Mark, MeasureOrder, MeasureState, PhotoRef, Reviewer, StepKind, StoryLine};
use crate::ids::{EntryId, PhotoId};
use crate::json::{Json, Late};
use crate::problem::Problem;
use crate::rules::{Grade, Measure, Pack, Remedy};
use crate::visit::{Content, Due, FindingRecord, FindingSource, RevisitOutcome, VisitRecord};

pub(super) fn fold(
    entry: EntryId,
    record: &VisitRecord,
    actor: &Account,
    view: &impl View,
    received: Instant,
) -> Result<Vec<Row>, Problem> {
    let content = record.content();
    let facility =
        view.facility(content.facility).ok_or_else(|| inconsistent("there is no such institution"))?;
    check_place_and_people(content, &facility, actor, view)?;
    let pack = view.pack(&content.pack).ok_or(Problem::UnknownPack { hash: content.pack.hash })?;
    let fire = record.fire().and_then(|count| view.fire_rules(&count.rules));
    record.check(pack, fire)?;
    if view.visit(content.visit).is_some() {
        return Err(inconsistent("the visit is on record already"));
    }

    let done = Done { entry, actor, at: record.ended(), received };
    let mut rows = vec![Row::Visit(Late::of(&visit_card(entry, record, received)))];
    // Advice 提示 is good practice, no hazard by law: it stands in the record and has no life of its own.
    for finding in content.findings.iter().filter(|finding| finding.grade != Grade::Advice) {
        if view.hazard(finding.hazard).is_some() {
            return Err(inconsistent("there is a hazard with that id"));
        }
        let card = hazard_card(record, finding, pack, &done)?;
        rows.push(Row::Hazard(Box::new(card)));
    }
    rows.extend(seen_again(content, view, &done)?);
    rows.extend(plan_done(content, view)?);
    Ok(rows)
}

/// The lead writes the entry, in the lead's own region; the second inspector is a certified one of the roster
/// (安全生产法 67; 国办发〔2024〕54号). What the record says of certificates is not taken for granted.
fn check_place_and_people(
    content: &Content,
    facility: &Facility,
    actor: &Account,
    view: &impl View,
) -> Result<(), Problem> {
    let on = content.started.date();
    permit(actor, &Action::RecordVisit { division: &facility.division, on })?;
    let [lead, second] = &content.inspectors;
    if lead.account != actor.id {
        return Err(inconsistent("the lead is not who wrote the entry"));
    }
    if facility.division != content.division || facility.facility_type != content.facility_type {
        return Err(inconsistent("the institution's division or kind is another"));
    }
    match view.colleague(second.account) {
        Some(colleague) if colleague.certificate.valid_until >= on => Ok(()),
        Some(_) => Err(inconsistent("the second inspector's certificate is not valid on that day")),
        None => Err(inconsistent("the second inspector is not in the roster")),
    }
}

fn visit_card(entry: EntryId, record: &VisitRecord, received: Instant) -> VisitCard {
    let content = record.content();
    let failed = content.findings.iter().map(|finding| match &finding.source {
        FindingSource::Item { also, .. } => 1 + also.len(),
        FindingSource::Free { .. } => 0,
    });
    let major = content.findings.iter().filter(|finding| finding.grade == Grade::Major).count();
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    VisitCard {
        id: content.visit,
        entry,
        plan: content.plan,
        facility: content.facility,
        facility_name: content.facility_name.clone(),
        facility_type: content.facility_type,
        division: content.division.clone(),
        notice: content.notice,
        started: content.started,
        ended: record.ended(),
        received,
        inspectors: content.inspectors.each_ref().map(|inspector| inspector.name.clone()),
        items: count(content.items.len()),
        failed: count(failed.sum()),
        major: count(major),
        photos: count(content.photos.len()),
    }
}

/// The visit as a step in the lives of its hazards.
struct Done<'a> {
    entry: EntryId,
    actor: &'a Account,
    at: Instant,
    received: Instant,
}

impl Done<'_> {
    fn mark(&self) -> Mark {
        Mark::of(self.actor, self.entry, self.at, self.received)
    }
}

/// How the life of a hazard begins that a visit found: with the measures that were ordered on the spot.
fn life_of(finding: &FindingRecord, photos: &[PhotoRef], done: &Done<'_>) -> Life {
    let mut life = Life::found(StoryLine {
        kind: StepKind::Found,
        mark: done.mark(),
        note: finding.description.clone(),
        date: match finding.due {
            Some(Due::By(date)) => Some(date),
            Some(Due::OnTheSpot) | None => None,
        },
        measure: None,
        photos: photos.to_vec(),
    });
    let ordered = |measure: &Measure| MeasureOrder {
        measure: *measure,
        ordered: done.mark(),
        state: MeasureState::Ordered,
    };
    life.measures = finding.measures.ordered().iter().map(ordered).collect();
    life
}

fn hazard_card(
    record: &VisitRecord,
    finding: &FindingRecord,
    pack: &Pack,
    done: &Done<'_>,
) -> Result<HazardCard, Problem> {
    let content = record.content();
    let (item, title) = match &finding.source {
        FindingSource::Item { item, .. } => {
            let known =
                pack.item(item.as_str()).ok_or_else(|| Problem::UnknownItem { item: item.to_string() })?;
            (Some(item.clone()), known.text.zh.clone())
        }
        FindingSource::Free { title, .. } => (None, title.clone()),
    };
    let stored = |photo: &PhotoId| -> Option<PhotoRef> {
        content.photos.iter().find(|manifest| manifest.id == *photo).map(|manifest| (*photo, manifest.stored))
    };
    let photos: Vec<PhotoRef> = finding.photos.iter().filter_map(stored).collect();
    let life = life_of(finding, &photos, done);
    Ok(HazardCard {
        id: finding.hazard,
        origin: Origin::Visit(content.visit),
        facility: content.facility,
        facility_name: content.facility_name.clone(),
        division: content.division.clone(),
        found: content.started,
        item,
        title,
        description: finding.description.clone(),
        place: finding.place.clone(),
        grade: finding.grade,
        due: finding.due.ok_or(Problem::RecordIncomplete { gaps: 1 })?,
        responsible: finding.responsible.clone(),
        photos,
        state: life.stage.state(),
        involved: life.involved(),
        life: Json::of(&life),
        // What was corrected on the spot stays open too: closing is a step of its own, with its guards.
        last_seen: match finding.remedy {
            Remedy::CorrectedOnTheSpot => Some((record.ended(), RevisitOutcome::LooksFixed)),
            Remedy::Outstanding => None,
        },
    })
}

/// Earlier hazards that were looked at again 回头看. One that this view does not hold is passed over: the visit
/// is no less true for it. A visit that arrives late does not hide what a later one saw.
fn seen_again(content: &Content, view: &impl View, done: &Done<'_>) -> Result<Vec<Row>, Problem> {
    let [_, second] = &content.inspectors;
    let second = Reviewer { account: second.account, name: second.name.clone() };
    let mut rows = Vec::new();
    for (id, record) in &content.revisits {
        let Some(mut hazard) = view.hazard(*id) else { continue };
        if hazard.facility != content.facility {
            return Err(inconsistent("a hazard that was looked at again is another institution's"));
        }
        let doing = Doing {
            actor: done.actor,
            entry: done.entry,
            at: content.started,
            received: done.received,
            hazard: *id,
            facility: content.facility,
            division: &content.division,
            other: None,
        };
        let shown = |photo: &PhotoId| content.photos.iter().find(|manifest| manifest.id == *photo).cloned();
        let photos: Vec<PhotoManifest> = record.photos.iter().filter_map(shown).collect();
        let (outcome, note) = (record.revisit.outcome, &record.revisit.note);
        let standing = hazard.standing()?.seen_on_visit(outcome, note, &photos, &second, &doing);
        if hazard.last_seen.is_none_or(|(at, _)| at <= content.started) {
            hazard.last_seen = Some((content.started, outcome));
        }
        rows.push(Row::Hazard(Box::new(hazard.with(&standing))));
    }
    Ok(rows)
}

/// The plan is carried out. One that was withdrawn or carried out meanwhile stays as it is, and the visit takes
/// effect all the same: it did happen.
fn plan_done(content: &Content, view: &impl View) -> Result<Option<Row>, Problem> {
    let Some(id) = content.plan else { return Ok(None) };
    let mut card = view.plan(id).ok_or_else(|| inconsistent("there is no such plan"))?;
    if card.plan.facility != content.facility {
        return Err(inconsistent("the plan is for another institution"));
    }
    if card.state != PlanState::Open {
        return Ok(None);
    }
    card.state = PlanState::Done { visit: content.visit };
    Ok(Some(Row::Plan(card)))
}
