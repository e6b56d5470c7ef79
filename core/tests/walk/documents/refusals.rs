//! What keeps a document from being issued, and who may issue one.

use xunan_core::access::{Account, Role};
use xunan_core::clock::Span;
use xunan_core::document::{DocumentKind, Grounds, Issue, Matter};
use xunan_core::ledger::{Folded, Row};
use xunan_core::letterhead::OfficeKind;
use xunan_core::problem::{DocumentRefusal, Problem};
use xunan_core::visit::Due;

use super::ledger::{Ledger, takes};
use super::{document_id, issue, lead};
use crate::support::{account_id, date, facility_id, minute};

fn refused(why: DocumentRefusal) -> Folded {
    Folded::Without(Problem::DocumentRefused { why })
}

/// A part of a document is taken away or spoilt.
type Spoil = fn(&mut Issue);

/// Kinds, what is wrong with them, and what the ledger says.
fn spoilt() -> Vec<(&'static [DocumentKind], &'static str, Spoil, DocumentRefusal)> {
    use DocumentKind as Kind;
    use DocumentRefusal as Why;
    const ALL: &[DocumentKind] = &DocumentKind::ALL;
    const BY_TWO: &[DocumentKind] = &[
        Kind::InspectionRecord,
        Kind::Checklist,
        Kind::RectificationOrder,
        Kind::MeasuresDecision,
        Kind::CoerciveDecision,
        Kind::RecheckNotice,
    ];
    const BURDEN: &[DocumentKind] =
        &[Kind::RectificationOrder, Kind::MeasuresDecision, Kind::CoerciveDecision];
    const GROUNDS: &[DocumentKind] = &[Kind::MeasuresDecision, Kind::CoerciveDecision];
    fn grounds(issue: &mut Issue) -> &mut Grounds {
        match &mut issue.matter {
            Matter::MeasuresDecision(grounds) | Matter::CoerciveDecision(grounds) => grounds,
            other => panic!("{other:?}"),
        }
    }
    vec![
        (ALL, "no office", |it| it.office.name = " ".to_owned(), Why::OfficeMissing),
        (ALL, "no mark", |it| it.office.mark.clear(), Why::OfficeMissing),
        (ALL, "no institution", |it| it.addressee.name.clear(), Why::AddresseeMissing),
        (ALL, "yesterday's", |it| it.on = date("2026-11-21"), Why::OtherDay),
        (ALL, "a name of a book", |it| it.addressee.name = "长".repeat(2001), Why::TooLong),
        (BY_TWO, "one officer", |it| it.officers.truncate(1), Why::OfficersMissing),
        (BY_TWO, "no certificate", |it| it.officers[1].certificate.clear(), Why::CertificateMissing),
        (BY_TWO, "the same twice", |it| it.officers[1] = it.officers[0].clone(), Why::SameOfficerTwice),
        (BY_TWO, "a stranger", |it| it.officers[1].account = account_id(77), Why::OfficerUnknown),
        (
            BY_TWO,
            "another's certificate",
            |it| it.officers[1].certificate = "ZF-9".to_owned(),
            Why::OfficerUnknown,
        ),
        (BURDEN, "no review body", |it| it.office.review_body.clear(), Why::RemediesMissing),
        (BURDEN, "no court", |it| it.office.court.clear(), Why::RemediesMissing),
        (GROUNDS, "no facts", |it| grounds(it).facts.clear(), Why::GroundsMissing),
        (GROUNDS, "no basis", |it| grounds(it).basis.clear(), Why::GroundsMissing),
        (GROUNDS, "no measure", |it| grounds(it).measures.clear(), Why::GroundsMissing),
        (
            &[Kind::InspectionRecord],
            "the end before the beginning",
            |it| {
                let Matter::InspectionRecord(inspection) = &mut it.matter else { panic!() };
                inspection.until = inspection.from.plus(Span::minutes(-1));
            },
            Why::TimesMissing,
        ),
        (
            &[Kind::InspectionRecord],
            "no findings",
            |it| {
                let Matter::InspectionRecord(inspection) = &mut it.matter else { panic!() };
                inspection.lines.clear();
            },
            Why::NothingSaid,
        ),
        (&[Kind::Checklist], "no items", |it| it.matter = Matter::Checklist(Vec::new()), Why::NothingSaid),
        (
            &[Kind::RectificationOrder],
            "no problems",
            |it| {
                it.matter = Matter::RectificationOrder(Vec::new());
            },
            Why::NothingSaid,
        ),
        (
            &[Kind::RectificationOrder],
            "no day",
            |it| {
                let Matter::RectificationOrder(lines) = &mut it.matter else { panic!() };
                lines[1].due = None;
            },
            Why::DueMissing,
        ),
        (
            &[Kind::RectificationOrder],
            "a day that is over",
            |it| {
                let Matter::RectificationOrder(lines) = &mut it.matter else { panic!() };
                lines[1].due = Some(Due::By(date("2026-11-21")));
            },
            Why::DueInThePast,
        ),
        (
            &[Kind::RecheckNotice],
            "no predecessor",
            |it| {
                let Matter::RecheckNotice(recheck) = &mut it.matter else { panic!() };
                recheck.before = None;
            },
            Why::PredecessorMissing,
        ),
        (
            &[Kind::RecheckNotice],
            "a predecessor that nobody issued",
            |it| {
                let Matter::RecheckNotice(recheck) = &mut it.matter else { panic!() };
                recheck.before.as_mut().unwrap().document = document_id(91);
            },
            Why::PredecessorMissing,
        ),
        (
            &[Kind::RecheckNotice],
            "a predecessor of a kind that orders nothing",
            |it| {
                let Matter::RecheckNotice(recheck) = &mut it.matter else { panic!() };
                recheck.before.as_mut().unwrap().kind = Kind::Checklist;
            },
            Why::PredecessorOther,
        ),
        (
            &[Kind::RecheckNotice],
            "a predecessor by another name",
            |it| {
                let Matter::RecheckNotice(recheck) = &mut it.matter else { panic!() };
                recheck.before.as_mut().unwrap().kind = Kind::MeasuresDecision;
            },
            Why::PredecessorOther,
        ),
        (
            &[Kind::RecheckNotice],
            "a predecessor under another number",
            |it| {
                let Matter::RecheckNotice(recheck) = &mut it.matter else { panic!() };
                recheck.before.as_mut().unwrap().number = "样民责改〔2026〕2号".to_owned();
            },
            Why::PredecessorOther,
        ),
        (
            &[Kind::RecheckNotice],
            "no lines",
            |it| {
                let Matter::RecheckNotice(recheck) = &mut it.matter else { panic!() };
                recheck.lines.clear();
            },
            Why::NothingSaid,
        ),
        (
            &[Kind::TreatmentPlan],
            "five parts",
            |it| {
                let Matter::TreatmentPlan(plan) = &mut it.matter else { panic!() };
                plan.plan.emergency.clear();
            },
            Why::PlanIncomplete,
        ),
        (
            &[Kind::Transfer],
            "to nobody",
            |it| {
                let Matter::Transfer(transfer) = &mut it.matter else { panic!() };
                transfer.to_name.clear();
            },
            Why::TransferIncomplete,
        ),
        (
            &[Kind::Transfer],
            "for no reason",
            |it| {
                let Matter::Transfer(transfer) = &mut it.matter else { panic!() };
                transfer.reason.clear();
            },
            Why::TransferIncomplete,
        ),
    ]
}

#[test]
fn a_document_that_lacks_a_part_is_refused_and_spends_no_number() {
    let ledger = Ledger::new().with_order();
    for kind in DocumentKind::ALL {
        let whole = issue(kind, OfficeKind::CivilAffairs);
        assert!(matches!(ledger.fold(&whole, &lead(), minute(70)), Folded::Takes(_)), "{kind:?}");
    }
    for (kinds, what, spoil, why) in spoilt() {
        for kind in kinds {
            let mut spoilt = issue(*kind, OfficeKind::CivilAffairs);
            spoil(&mut spoilt);
            assert_eq!(ledger.fold(&spoilt, &lead(), minute(70)), refused(why), "{kind:?}: {what}");
        }
    }
}

#[test]
fn a_document_is_issued_by_the_office_of_the_region_and_seen_by_the_institution() {
    let ledger = Ledger::new();
    let order = issue(DocumentKind::RectificationOrder, OfficeKind::CivilAffairs);
    let with_role = |role| Account { role, id: account_id(30), ..lead() };
    let supervisor = with_role(Role::Supervisor);
    assert!(matches!(ledger.fold(&order, &supervisor, minute(70)), Folded::Takes(_)));
    for role in [Role::Administrator, Role::Institution { facility: facility_id(1) }] {
        let folded = ledger.fold(&order, &with_role(role), minute(70));
        assert_eq!(folded, Folded::Without(Problem::NotAllowed));
    }
    let other = Account { region: "999902".parse().unwrap(), ..supervisor.clone() };
    assert_eq!(ledger.fold(&order, &other, minute(70)), Folded::Without(Problem::NotAllowed));
    let above = Account { region: "9999".parse().unwrap(), ..supervisor };
    let folded = ledger.fold(&order, &above, minute(70));
    assert!(matches!(folded, Folded::Without(Problem::RecordInconsistent { .. })), "another office's name");

    let rows = takes(ledger.fold(&order, &lead(), minute(70)));
    let [Row::Document(card), Row::Series(_)] = rows.as_slice() else { panic!("{rows:?}") };
    assert_eq!(card.get().unwrap().hazards.len(), 3);
    use xunan_core::access::Sight;
    let own = with_role(Role::Institution { facility: facility_id(1) });
    let another = with_role(Role::Institution { facility: facility_id(2) });
    assert_eq!(rows[0].seen_by(&own), Sight::Visible);
    assert_eq!(rows[0].seen_by(&another), Sight::Hidden);
    assert_eq!(rows[1].seen_by(&lead()), Sight::Hidden, "the count is the ledger's own");
}
