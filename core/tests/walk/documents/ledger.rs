//! The ledger that documents are issued to.

use xunan_core::access::Account;
use xunan_core::clock::{Instant, Span};
use xunan_core::document::{Issue, Series};
use xunan_core::evidence::DeviceTime;
use xunan_core::facility::Facility;
use xunan_core::ids::{AccountId, CertificateId, DocumentId, FacilityId, HazardId, PhotoId, PlanId, VisitId};
use xunan_core::ledger::{
    CertificateCard, Colleague, DocumentCard, Folded, HazardCard, MemoryView, PlanCard, RecordPhoto,
    RoundsCard, Row, Rows, View, VisitCard, fold,
};
use xunan_core::log::{Body, ChainHead, EntryDraft};
use xunan_core::rounds::RoundKind;
use xunan_core::rules::{FireRules, Pack, PackRef};

use super::{earlier, home, lead};
use crate::support::{device_id, entry_id, inspector, start};

/// The rows as the server has them: numbers are given here.
#[derive(Clone)]
pub(super) struct Ledger(pub(super) Rows);

impl Ledger {
    pub(super) fn new() -> Self {
        let colleagues = (1..4).map(|number| {
            let it = inspector(number);
            Row::Colleague(Colleague {
                account: it.account,
                name: it.name,
                organisation: "样例县民政局".to_owned(),
                region: "999901".parse().unwrap(),
                certificate: it.certificate,
            })
        });
        Self(std::iter::once(Row::Facility(home())).chain(colleagues).collect())
    }

    /// With the order that a re-check follows, which is the first of its series.
    pub(super) fn with_order(self) -> Self {
        let mut ledger = self;
        let rows = takes(ledger.fold(&earlier(), &lead(), start().plus(Span::minutes(60))));
        rows.into_iter().for_each(|row| ledger.0.apply(row));
        ledger
    }

    pub(super) fn view(&self) -> MemoryView<'_> {
        MemoryView { rows: &self.0, packs: &[], fire_rules: &[] }
    }

    pub(super) fn fold(&self, issue: &Issue, actor: &Account, at: Instant) -> Folded {
        fold_over(&Counting(self.view()), issue, actor, at)
    }
}

pub(super) fn fold_over(view: &impl View, issue: &Issue, actor: &Account, at: Instant) -> Folded {
    let body = Body::DocumentIssued(Box::new(issue.clone()));
    let time = DeviceTime::unbounded(at);
    let entry = EntryDraft::new(ChainHead::default(), entry_id(1), device_id(1), actor.id, time, &body);
    fold(&entry.unwrap().entry, &body, actor, view, at)
}

/// A view in which series are counted.
struct Counting<'a>(MemoryView<'a>);

impl View for Counting<'_> {
    fn facility(&self, id: FacilityId) -> Option<Facility> {
        self.0.facility(id)
    }
    fn colleague(&self, id: AccountId) -> Option<Colleague> {
        self.0.colleague(id)
    }
    fn plan(&self, id: PlanId) -> Option<PlanCard> {
        self.0.plan(id)
    }
    fn hazard(&self, id: HazardId) -> Option<HazardCard> {
        self.0.hazard(id)
    }
    fn visit(&self, id: VisitId) -> Option<VisitCard> {
        self.0.visit(id)
    }
    fn document(&self, id: DocumentId) -> Option<DocumentCard> {
        self.0.document(id)
    }
    fn certificate(&self, id: CertificateId) -> Option<CertificateCard> {
        self.0.certificate(id)
    }
    fn rounds(&self, facility: FacilityId, kind: RoundKind) -> Option<RoundsCard> {
        self.0.rounds(facility, kind)
    }
    fn record_photo(&self, visit: &VisitCard, photo: PhotoId) -> RecordPhoto {
        self.0.record_photo(visit, photo)
    }
    fn last_number(&self, series: &Series) -> Option<u32> {
        Some(self.0.rows.last_number(series))
    }
    fn pack(&self, pack: &PackRef) -> Option<&Pack> {
        self.0.pack(pack)
    }
    fn fire_rules(&self, rules: &PackRef) -> Option<&FireRules> {
        self.0.fire_rules(rules)
    }
}

pub(super) fn takes(folded: Folded) -> Vec<Row> {
    match folded {
        Folded::Takes(rows) => rows,
        Folded::Without(problem) => panic!("{problem:?}"),
    }
}
