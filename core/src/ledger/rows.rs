//! Rows in memory, and what pages read from them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::fold::{RecordPhoto, View};
use super::own_work::{CertificateCard, RoundsCard};
use super::paper::{DocumentCard, PublicCopyCard};
use super::row::{Colleague, HazardCard, PlanCard, PlanState, Row, RowKey, RowKind, VisitCard};
use crate::clock::Date;
use crate::document::Series;
use crate::facility::Facility;
use crate::ids::{AccountId, CertificateId, DocumentId, FacilityId, HazardId, PhotoId, PlanId, VisitId};
use crate::rounds::RoundKind;
use crate::rules::{FireRules, Pack, PackRef};
use crate::visit::Due;

/// Rows in memory: what a phone has pulled, with its own unsent entries folded over them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows(BTreeMap<RowKey, Row>);

/// Where a plan stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Timing {
    /// Its last day has passed.
    Late,
    /// It may be carried out now.
    Now,
    /// Its first day is to come.
    Ahead,
}

impl PlanCard {
    /// Where it stands on that day, when it is still open.
    pub fn timing(&self, today: Date) -> Timing {
        if self.plan.until < today {
            Timing::Late
        } else if self.plan.from <= today {
            Timing::Now
        } else {
            Timing::Ahead
        }
    }
}

impl Rows {
    /// Takes a row in: it replaces the one with the same key, and [`Row::Gone`] removes that.
    pub fn apply(&mut self, row: Row) {
        match row {
            Row::Gone(key) => _ = self.0.remove(&key),
            row => _ = self.0.insert(row.key(), row),
        }
    }

    fn get(&self, kind: RowKind, id: &dyn ToString) -> Option<&Row> {
        self.0.get(&RowKey { kind, id: id.to_string() })
    }

    /// The rows of a kind, in the order of their ids.
    fn all(&self, kind: RowKind) -> impl Iterator<Item = &Row> {
        let from = RowKey { kind, id: String::new() };
        self.0.range(from..).take_while(move |(key, _)| key.kind == kind).map(|(_, row)| row)
    }

    /// One institution.
    pub fn facility(&self, id: FacilityId) -> Option<&Facility> {
        self.get(RowKind::Facility, &id).and_then(Row::as_facility)
    }

    /// One plan.
    pub fn plan(&self, id: PlanId) -> Option<&PlanCard> {
        self.get(RowKind::Plan, &id).and_then(Row::as_plan)
    }

    /// One hazard.
    pub fn hazard(&self, id: HazardId) -> Option<&HazardCard> {
        self.get(RowKind::Hazard, &id).and_then(Row::as_hazard)
    }

    /// One received visit.
    pub fn visit(&self, id: VisitId) -> Option<&VisitCard> {
        self.get(RowKind::Visit, &id).and_then(Row::as_visit)
    }

    /// The newest copy of a photo for the public.
    pub fn public_copy(&self, photo: PhotoId) -> Option<&PublicCopyCard> {
        match self.get(RowKind::PublicCopy, &photo)? {
            Row::PublicCopy(copy) => copy.get(),
            _ => None,
        }
    }

    /// One inspector of the roster.
    pub fn colleague(&self, id: AccountId) -> Option<&Colleague> {
        self.get(RowKind::Colleague, &id).and_then(Row::as_colleague)
    }

    /// The last rounds of a kind at an institution.
    pub fn rounds(&self, facility: FacilityId, kind: RoundKind) -> Option<&RoundsCard> {
        self.get(RowKind::Rounds, &RoundsCard::key(facility, kind)).and_then(Row::as_rounds)
    }

    /// A line of a register of certificates.
    pub fn certificate(&self, id: CertificateId) -> Option<&CertificateCard> {
        self.get(RowKind::Certificate, &id).and_then(Row::as_certificate)
    }

    /// An institution's register of certificates, in the order of their ids.
    pub fn certificates_of(&self, facility: FacilityId) -> Vec<&CertificateCard> {
        let all = self.all(RowKind::Certificate).filter_map(Row::as_certificate);
        all.filter(|card| card.facility == facility).collect()
    }

    /// All institutions, by division and name.
    pub fn facilities(&self) -> Vec<&Facility> {
        let mut facilities: Vec<_> = self.all(RowKind::Facility).filter_map(Row::as_facility).collect();
        facilities.sort_by(|a, b| (&a.division, &a.name, a.id).cmp(&(&b.division, &b.name, b.id)));
        facilities
    }

    /// The inspectors with whom `account` can go on that day: everybody else with a valid certificate, by name.
    pub fn companions_of(&self, account: AccountId, on: Date) -> Vec<&Colleague> {
        let certified = |it: &&Colleague| it.account != account && it.certificate.valid_until >= on;
        let mut colleagues: Vec<_> =
            self.all(RowKind::Colleague).filter_map(Row::as_colleague).filter(certified).collect();
        colleagues.sort_by(|a, b| (&a.name, a.account).cmp(&(&b.name, b.account)));
        colleagues
    }

    /// The open plans that `account` is to carry out, the most urgent first.
    pub fn plans_for(&self, account: AccountId) -> Vec<&PlanCard> {
        self.sorted_plans(|card| card.state == PlanState::Open && card.plan.inspectors.contains(&account))
    }

    /// All plans, open ones first, the most urgent first.
    pub fn plans(&self) -> Vec<&PlanCard> {
        self.sorted_plans(|_| true)
    }

    fn sorted_plans(&self, wanted: impl Fn(&PlanCard) -> bool) -> Vec<&PlanCard> {
        let mut plans: Vec<_> =
            self.all(RowKind::Plan).filter_map(Row::as_plan).filter(|card| wanted(card)).collect();
        plans.sort_unstable_by_key(|card| {
            (card.state != PlanState::Open, card.plan.until, card.plan.from, card.plan.id)
        });
        plans
    }

    /// An institution's open hazards: major ones first, then those due first.
    pub fn open_hazards_of(&self, facility: FacilityId) -> Vec<&HazardCard> {
        self.sorted_hazards(|hazard| hazard.facility == facility)
    }

    /// All open hazards: major ones first, then those due first.
    pub fn open_hazards(&self) -> Vec<&HazardCard> {
        self.sorted_hazards(|_| true)
    }

    fn sorted_hazards(&self, wanted: impl Fn(&HazardCard) -> bool) -> Vec<&HazardCard> {
        let open = |hazard: &&HazardCard| hazard.state.is_open() && wanted(hazard);
        let mut hazards: Vec<_> = self.all(RowKind::Hazard).filter_map(Row::as_hazard).filter(open).collect();
        hazards.sort_unstable_by_key(|hazard| {
            // What was due on the spot was due on the day on which it was found.
            let due = match hazard.due {
                Due::OnTheSpot => hazard.found.date(),
                Due::By(date) => date,
            };
            (Reverse(hazard.grade), due, hazard.id)
        });
        hazards
    }

    /// Received visits, the newest first.
    pub fn visits(&self) -> Vec<&VisitCard> {
        let mut visits: Vec<_> = self.all(RowKind::Visit).filter_map(Row::as_visit).collect();
        visits.sort_unstable_by_key(|visit| Reverse((visit.received, visit.id)));
        visits
    }

    /// One document.
    pub fn document(&self, id: DocumentId) -> Option<&DocumentCard> {
        self.get(RowKind::Document, &id).and_then(Row::as_document)
    }

    /// Documents, the newest first.
    pub fn documents(&self) -> Vec<&DocumentCard> {
        let mut documents: Vec<_> = self.all(RowKind::Document).filter_map(Row::as_document).collect();
        documents.sort_unstable_by_key(|document| Reverse(document.id));
        documents
    }

    /// The last number of a series; 0 before the first.
    pub fn last_number(&self, series: &Series) -> u32 {
        match self.get(RowKind::Series, series) {
            Some(Row::Series(count)) => count.get().map_or(0, |count| count.last),
            _ => 0,
        }
    }

    /// The packs in force on a day.
    pub fn packs_on(&self, day: Date) -> impl Iterator<Item = &PackRef> {
        self.all(RowKind::Pack).filter_map(move |row| match row {
            Row::Pack { pack, valid_from } if *valid_from <= day => Some(pack),
            _ => None,
        })
    }
}

impl Row {
    fn as_facility(&self) -> Option<&Facility> {
        if let Self::Facility(facility) = self { Some(facility) } else { None }
    }

    fn as_colleague(&self) -> Option<&Colleague> {
        if let Self::Colleague(colleague) = self { Some(colleague) } else { None }
    }

    fn as_plan(&self) -> Option<&PlanCard> {
        if let Self::Plan(plan) = self { Some(plan) } else { None }
    }

    fn as_hazard(&self) -> Option<&HazardCard> {
        if let Self::Hazard(hazard) = self { Some(hazard) } else { None }
    }

    fn as_rounds(&self) -> Option<&RoundsCard> {
        if let Self::Rounds(card) = self { card.get() } else { None }
    }

    fn as_certificate(&self) -> Option<&CertificateCard> {
        if let Self::Certificate(card) = self { card.get() } else { None }
    }

    fn as_document(&self) -> Option<&DocumentCard> {
        if let Self::Document(document) = self { document.get() } else { None }
    }

    fn as_visit(&self) -> Option<&VisitCard> {
        if let Self::Visit(visit) = self { visit.get() } else { None }
    }
}

impl FromIterator<Row> for Rows {
    fn from_iter<I: IntoIterator<Item = Row>>(rows: I) -> Self {
        let mut all = Self::default();
        rows.into_iter().for_each(|row| all.apply(row));
        all
    }
}

/// Rows in memory with the rules beside them: a [`View`] for [`fold`](super::fold).
#[derive(Clone, Copy, Debug)]
pub struct MemoryView<'a> {
    /// The rows.
    pub rows: &'a Rows,
    /// The rule packs at hand.
    pub packs: &'a [&'a Pack],
    /// The rule sets of the comprehensive fire judgement at hand.
    pub fire_rules: &'a [&'a FireRules],
}

impl View for MemoryView<'_> {
    fn facility(&self, id: FacilityId) -> Option<Facility> {
        self.rows.facility(id).cloned()
    }

    fn colleague(&self, id: AccountId) -> Option<Colleague> {
        self.rows.colleague(id).cloned()
    }

    fn plan(&self, id: PlanId) -> Option<PlanCard> {
        self.rows.plan(id).cloned()
    }

    fn hazard(&self, id: HazardId) -> Option<HazardCard> {
        self.rows.hazard(id).cloned()
    }

    fn visit(&self, id: VisitId) -> Option<VisitCard> {
        self.rows.visit(id).cloned()
    }

    fn certificate(&self, id: CertificateId) -> Option<CertificateCard> {
        self.rows.certificate(id).cloned()
    }

    fn rounds(&self, facility: FacilityId, kind: RoundKind) -> Option<RoundsCard> {
        self.rows.rounds(facility, kind).cloned()
    }

    fn document(&self, id: DocumentId) -> Option<DocumentCard> {
        self.rows.document(id).cloned()
    }

    fn record_photo(&self, _visit: &VisitCard, _photo: PhotoId) -> RecordPhoto {
        RecordPhoto::NotHeld
    }

    fn pack(&self, pack: &PackRef) -> Option<&Pack> {
        self.packs.iter().copied().find(|it| it.reference() == pack)
    }

    fn fire_rules(&self, rules: &PackRef) -> Option<&FireRules> {
        self.fire_rules.iter().copied().find(|it| it.reference() == rules)
    }
}
