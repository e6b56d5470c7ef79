//! What core's fold looks at: the current rows, read inside the transaction.

use std::cell::RefCell;

use xunan_core::access::Account;
use xunan_core::clock::Instant;
use xunan_core::document::Series;
use xunan_core::facility::Facility;
use xunan_core::ids::{AccountId, CertificateId, DocumentId, FacilityId, HazardId, PhotoId, PlanId, VisitId};
use xunan_core::knowledge::Training;
use xunan_core::ledger::{
    CertificateCard, Colleague, DocumentCard, HazardCard, PlanCard, RecordPhoto, RoundsCard, Row, RowKey,
    RowKind, SnapChange, SnapView, TrainingView, View, VisitCard, fold_snap, fold_training,
};
use xunan_core::log::{Body, Entry, SnapBody, TrainingBody};
use xunan_core::problem::Problem;
use xunan_core::rounds::RoundKind;
use xunan_core::rules::{FireRules, Pack, PackRef};

use super::Packs;
use crate::accounts::administration::colleague_of;
use crate::ledger_store::{StoreError, StoreResult, Tables};

/// The rows before an entry. A fold cannot fail, so a failure of the store is kept until [`RowView::finish`].
pub(crate) struct RowView<'a> {
    tables: &'a dyn Tables,
    packs: &'a Packs,
    failure: RefCell<Option<StoreError>>,
}

impl<'a> RowView<'a> {
    pub(crate) const fn new(tables: &'a dyn Tables, packs: &'a Packs) -> Self {
        Self { tables, packs, failure: RefCell::new(None) }
    }

    /// Says whether every look succeeded: if not, the fold saw less than there is and must not be kept.
    pub(crate) fn finish(self) -> StoreResult<()> {
        self.failure.into_inner().map_or(Ok(()), Err)
    }

    /// Folds an entry about a citizen's report.
    pub(crate) fn fold_snap(
        &self,
        entry: &Entry,
        body: &SnapBody,
        actor: &Account,
        received: Instant,
    ) -> Result<SnapChange, Problem> {
        let snap = |id| self.looked(self.tables.snap(id));
        fold_snap(entry, body, actor, &SnapView { rows: self, snap: &snap }, received)
    }

    /// Folds an entry that puts staff training on record.
    pub(crate) fn fold_training(
        &self,
        entry: &Entry,
        body: &TrainingBody,
        actor: &Account,
        received: Instant,
    ) -> Result<Training, Problem> {
        let view = TrainingView {
            account: &|id| self.looked(self.tables.account(id)).map(|stored| stored.account),
            article: &|id| self.looked(self.tables.article(id)),
            training: &|id| self.looked(self.tables.training(id)),
        };
        fold_training(entry, body, actor, &view, received)
    }

    fn row(&self, kind: RowKind, id: String) -> Option<Row> {
        self.looked(self.tables.row(&RowKey { kind, id }))
    }

    fn looked<T>(&self, found: StoreResult<Option<T>>) -> Option<T> {
        found.unwrap_or_else(|error| {
            self.failure.borrow_mut().get_or_insert(error);
            None
        })
    }

    fn former_colleague(&self, id: AccountId) -> Option<Colleague> {
        let account = self.tables.account(id).unwrap_or_else(|error| {
            self.failure.borrow_mut().get_or_insert(error);
            None
        });
        account.and_then(|stored| colleague_of(&stored.account))
    }
}

impl View for RowView<'_> {
    fn facility(&self, id: FacilityId) -> Option<Facility> {
        match self.row(RowKind::Facility, id.to_string())? {
            Row::Facility(facility) => Some(facility),
            _ => None,
        }
    }

    fn colleague(&self, id: AccountId) -> Option<Colleague> {
        match self.row(RowKind::Colleague, id.to_string()) {
            Some(Row::Colleague(colleague)) => Some(colleague),
            Some(_) => None,
            // Who has left the roster was in it when an entry was signed that comes only now, and when rows are made again.
            None => self.former_colleague(id),
        }
    }

    fn plan(&self, id: PlanId) -> Option<PlanCard> {
        match self.row(RowKind::Plan, id.to_string())? {
            Row::Plan(plan) => Some(plan),
            _ => None,
        }
    }

    fn hazard(&self, id: HazardId) -> Option<HazardCard> {
        match self.row(RowKind::Hazard, id.to_string())? {
            Row::Hazard(hazard) => Some(*hazard),
            _ => None,
        }
    }

    fn visit(&self, id: VisitId) -> Option<VisitCard> {
        match self.row(RowKind::Visit, id.to_string())? {
            Row::Visit(visit) => visit.get().cloned(),
            _ => None,
        }
    }

    fn certificate(&self, id: CertificateId) -> Option<CertificateCard> {
        match self.row(RowKind::Certificate, id.to_string())? {
            Row::Certificate(card) => card.get().cloned(),
            _ => None,
        }
    }

    fn document(&self, id: DocumentId) -> Option<DocumentCard> {
        match self.row(RowKind::Document, id.to_string())? {
            Row::Document(document) => document.get().cloned(),
            _ => None,
        }
    }

    fn rounds(&self, facility: FacilityId, kind: RoundKind) -> Option<RoundsCard> {
        match self.row(RowKind::Rounds, RoundsCard::key(facility, kind))? {
            Row::Rounds(card) => card.get().cloned(),
            _ => None,
        }
    }

    /// This is where numbers are given: units of work run one after another.
    fn last_number(&self, series: &Series) -> Option<u32> {
        match self.row(RowKind::Series, series.to_string()) {
            None => Some(0),
            // A count that cannot be read gives no number: nothing is numbered twice.
            Some(Row::Series(count)) => count.get().map(|count| count.last),
            Some(_) => None,
        }
    }

    fn record_photo(&self, visit: &VisitCard, photo: PhotoId) -> RecordPhoto {
        let entry = self.looked(self.tables.entry(visit.entry));
        let Some(Ok(Body::VisitSigned(record))) = entry.as_ref().map(|(signed, _)| signed.body()) else {
            return RecordPhoto::NotNamed;
        };
        let named = record.content().photos.iter().find(|manifest| manifest.id == photo);
        named.map_or(RecordPhoto::NotNamed, |manifest| RecordPhoto::Named(Box::new(manifest.clone())))
    }

    fn pack(&self, pack: &PackRef) -> Option<&Pack> {
        self.packs.checklist(pack)
    }

    fn fire_rules(&self, rules: &PackRef) -> Option<&FireRules> {
        self.packs.fire_rules(rules)
    }
}
