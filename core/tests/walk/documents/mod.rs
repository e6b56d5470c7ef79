//! Documents: what each kind says, what keeps each from being issued, and how they are numbered.

mod ledger;
mod texts;
mod refusals;
mod grounds;
mod numbers;

use xunan_core::access::Account;
use xunan_core::department::Department;
use xunan_core::document::{
    DocumentKind, Drafting, Grounds, HazardPlan, Issue, Officer, RecheckLine, TransferOut,
};
use xunan_core::facility::{Facility, Party, PartyHolder};
use xunan_core::hazard::TreatmentPlan;
use xunan_core::ids::{DocumentId, Entropy, HazardId};
use xunan_core::letterhead::{Letterhead, OfficeKind};
use xunan_core::visit::{RevisitOutcome, SheetChange};

use crate::support::{Walk, date, facility, inspector, inspector_account, minute, start, visit_id};

fn document_id(number: u128) -> DocumentId {
    DocumentId::from_parts(start(), Entropy(number))
}

fn letterhead(kind: OfficeKind) -> Letterhead {
    Letterhead {
        division: "999901".parse().unwrap(),
        kind,
        name: "样例县民政局".to_owned(),
        mark: "样民".to_owned(),
        review_body: "样例县人民政府".to_owned(),
        court: "样例县人民法院".to_owned(),
    }
}

fn home() -> Facility {
    let head = PartyHolder { party: Party::Head, name: "院长甲".to_owned(), post: "院长".to_owned() };
    Facility { parties: vec![head], telephone: Some("0635-0000000".to_owned()), ..facility() }
}

fn officers() -> Vec<Officer> {
    [1, 2].map(|number| Officer::of(&inspector(number))).into()
}

fn plan_of_treatment() -> TreatmentPlan {
    TreatmentPlan {
        goals: "疏散门保持畅通".to_owned(),
        methods: "拆除链锁，加装推闩锁".to_owned(),
        funds: "自筹0.3万元".to_owned(),
        people: "院长甲负责".to_owned(),
        requirements: "十五日内完成".to_owned(),
        until: date("2026-12-07"),
        emergency: "整改期间专人看守".to_owned(),
    }
}

/// A complete document of a kind, about the visit of [`Walk::found`].
fn issue(kind: DocumentKind, office: OfficeKind) -> Issue {
    let mut walk = Walk::found();
    walk.sheet("stock", SheetChange::Place("二层东侧".to_owned()));
    walk.sheet("stock", SheetChange::Description("缺两具".to_owned()));
    let (pack, record) = (walk.pack.clone(), walk.signed().record());
    let (office, facility) = (letterhead(office), home());
    let drafting =
        Drafting { id: document_id(1), office: &office, facility: &facility, on: date("2026-11-22") };
    match kind {
        DocumentKind::InspectionRecord => drafting.inspection_record(&record, &pack),
        DocumentKind::Checklist => drafting.checklist(&record, &pack),
        DocumentKind::RectificationOrder => drafting.order(&record, &pack),
        DocumentKind::MeasuresDecision => drafting.measures_decision(&record, &pack),
        DocumentKind::CoerciveDecision => {
            let grounds = Grounds {
                hazards: Vec::new(),
                facts: vec!["拒不执行停止使用的决定".to_owned()],
                basis: "《中华人民共和国安全生产法》第七十条".to_owned(),
                measures: vec!["停止供电".to_owned()],
                from: minute(1440),
            };
            drafting.coercive_decision(Some(visit_id(1)), officers(), grounds)
        }
        DocumentKind::RecheckNotice => {
            let before = earlier();
            let lines = before.ordered_lines().into_iter().zip([
                (RevisitOutcome::LooksFixed, ""),
                (RevisitOutcome::StillThere, "仍缺一具"),
                (RevisitOutcome::LooksFixed, ""),
            ]);
            let lines = lines.map(|((hazard, what), (result, note))| RecheckLine {
                hazard,
                what,
                result,
                note: note.to_owned(),
            });
            drafting.recheck(Some(before.as_before(Some(1))), lines.collect(), officers())
        }
        DocumentKind::TreatmentPlan => drafting.treatment_plan(HazardPlan {
            hazard: HazardId::of_item(visit_id(1), "exit.locked"),
            what: "疏散门上锁".to_owned(),
            plan: plan_of_treatment(),
        }),
        DocumentKind::Transfer => {
            let transfer = TransferOut {
                hazard: HazardId::of_item(visit_id(1), "exit.locked"),
                to: Department::FireRescue,
                to_name: "样例县消防救援大队".to_owned(),
                what: "疏散门上锁".to_owned(),
                reason: "属于消防救援机构职责".to_owned(),
                attachments: vec!["现场检查记录复印件".to_owned()],
            };
            drafting.transfer(transfer, officers())
        }
    }
}

/// The order that a re-check follows.
fn earlier() -> Issue {
    Issue { id: document_id(90), ..issue(DocumentKind::RectificationOrder, OfficeKind::CivilAffairs) }
}

fn lead() -> Account {
    inspector_account(1, "999901")
}
