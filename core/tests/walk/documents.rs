//! Documents: what each kind says, what keeps each from being issued, and how they are numbered.

use std::collections::BTreeMap;

use proptest::prelude::*;
use xunan_core::access::{Account, Role};
use xunan_core::clock::{Date, Instant, Span};
use xunan_core::department::Department;
use xunan_core::document::{
    Block, DocumentKind, Drafting, Grounds, HazardPlan, Issue, Matter, Officer, RecheckLine, Run, Series,
    TransferOut, blocks,
};
use xunan_core::evidence::DeviceTime;
use xunan_core::facility::{Facility, FacilityType, Party, PartyHolder};
use xunan_core::hazard::TreatmentPlan;
use xunan_core::ids::{
    AccountId, CertificateId, DocumentId, Entropy, EntryId, FacilityId, HazardId, PhotoId, PlanId, VisitId,
};
use xunan_core::ledger::{
    CertificateCard, Colleague, DocumentCard, Folded, HazardCard, MemoryView, PlanCard, RecordPhoto,
    RoundsCard, Row, RowKey, RowKind, Rows, View, VisitCard, fold, needed,
};
use xunan_core::letterhead::{Letterhead, OfficeKind};
use xunan_core::log::{Body, ChainHead, EntryDraft};
use xunan_core::problem::{DocumentRefusal, Problem};
use xunan_core::rounds::RoundKind;
use xunan_core::rules::{FireRules, Pack, PackRef};
use xunan_core::visit::{Due, RevisitOutcome, SheetChange};

use super::support::{
    Walk, account_id, date, device_id, entry_id, facility, facility_id, hazard_id, inspector,
    inspector_account, minute, start, visit_id,
};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/v1");

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

/// The rows as the server has them: numbers are given here.
#[derive(Clone)]
struct Ledger(Rows);

impl Ledger {
    fn new() -> Self {
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
    fn with_order(self) -> Self {
        let mut ledger = self;
        let rows = takes(ledger.fold(&earlier(), &lead(), start().plus(Span::minutes(60))));
        rows.into_iter().for_each(|row| ledger.0.apply(row));
        ledger
    }

    fn view(&self) -> MemoryView<'_> {
        MemoryView { rows: &self.0, packs: &[], fire_rules: &[] }
    }

    fn fold(&self, issue: &Issue, actor: &Account, at: Instant) -> Folded {
        fold_over(&Counting(self.view()), issue, actor, at)
    }
}

fn fold_over(view: &impl View, issue: &Issue, actor: &Account, at: Instant) -> Folded {
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

fn lead() -> Account {
    inspector_account(1, "999901")
}

fn takes(folded: Folded) -> Vec<Row> {
    match folded {
        Folded::Takes(rows) => rows,
        Folded::Without(problem) => panic!("{problem:?}"),
    }
}

fn refused(why: DocumentRefusal) -> Folded {
    Folded::Without(Problem::DocumentRefused { why })
}

fn words(blocks: &[Block]) -> String {
    serde_json::to_string(blocks).unwrap()
}

#[test]
fn the_blocks_of_every_kind_are_as_they_were() {
    let golden: BTreeMap<&str, Vec<Block>> = DocumentKind::ALL
        .map(|kind| (kind.code(), blocks(&issue(kind, OfficeKind::CivilAffairs), Some(3))))
        .into();
    let path = format!("{FOLDER}/document_blocks.json");
    let anew = serde_json::to_string_pretty(&golden).unwrap();
    if std::env::var_os("UPDATE_GOLDEN").is_some() && !std::path::Path::new(&path).exists() {
        std::fs::write(&path, &anew).unwrap();
    }
    assert_eq!(anew, std::fs::read_to_string(&path).unwrap());
}

#[test]
fn documents_of_version_1_are_read_and_written_as_they_were() {
    for kind in DocumentKind::ALL {
        let path = format!("{FOLDER}/document_{}.json", kind.code());
        let issue = issue(kind, OfficeKind::CivilAffairs);
        if std::env::var_os("UPDATE_GOLDEN").is_some() && !std::path::Path::new(&path).exists() {
            std::fs::write(&path, serde_json::to_string(&issue).unwrap()).unwrap();
        }
        let frozen = std::fs::read_to_string(&path).unwrap();
        let read: Issue = serde_json::from_str(&frozen).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), frozen, "{kind:?}");
        assert_eq!(read, issue, "{kind:?}: the same facts make another document now");
        assert_eq!(read.check(), Ok(()), "{kind:?}");
    }
}

#[test]
fn an_order_numbers_its_problems_and_says_until_when_by_whose_law_and_where_to_appeal() {
    let order = issue(DocumentKind::RectificationOrder, OfficeKind::CivilAffairs);
    let Matter::RectificationOrder(lines) = &order.matter else { panic!("{order:?}") };
    assert_eq!(lines.len(), 3, "advice is not ordered");
    let said = words(&blocks(&order, None));
    for part in [
        "一、",
        "二、二层东侧：",
        "（缺两具）",
        "三、井盖缺失",
        "第三项于2026年11月25日前整改完毕。",
        "老年人权益保障法》第四十五条第一款第四项",
        "责令停业整顿",
        "样例县人民政府",
        "样例县人民法院",
        "检查员1（证号：ZF-1）",
        "检查员2（证号：ZF-2）",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(blocks(&order, None).contains(&Block::Number { text: None }), "nobody has given a number");
    assert!(words(&blocks(&order, Some(7))).contains("样民责改〔2026〕7号"));

    for (office, law) in [
        (OfficeKind::EmergencyManagement, "安全生产法》第六十五条第一款"),
        (OfficeKind::Generic, "有关法律、法规、规章的规定"),
    ] {
        let said = words(&blocks(&issue(DocumentKind::RectificationOrder, office), None));
        assert!(said.contains(law) && !said.contains("老年人权益保障法"), "{office:?}: {said}");
    }
    let mut cemetery = order;
    cemetery.addressee.facility_type = FacilityType::Cemetery;
    assert!(
        !words(&blocks(&cemetery, None)).contains("老年人权益保障法"),
        "that law is of old people's homes"
    );
}

#[test]
fn what_was_put_right_on_the_spot_is_not_ordered_again() {
    let mut walk = Walk::found();
    walk.sheet("exit.locked", SheetChange::Remedy(xunan_core::rules::Remedy::CorrectedOnTheSpot));
    let (pack, record) = (walk.pack.clone(), walk.signed().record());
    let (office, facility) = (letterhead(OfficeKind::CivilAffairs), home());
    let drafting =
        Drafting { id: document_id(1), office: &office, facility: &facility, on: date("2026-11-22") };
    assert_eq!(drafting.order(&record, &pack).hazards().len(), 2);
}

#[test]
fn an_order_cites_no_practice_of_another_county() {
    let record = Walk::found().signed().record();
    let (office, facility) = (letterhead(OfficeKind::CivilAffairs), home());
    let drafting =
        Drafting { id: document_id(1), office: &office, facility: &facility, on: date("2026-11-22") };
    let bases = |pack: &Pack| match drafting.order(&record, pack).matter {
        Matter::RectificationOrder(lines) => lines.into_iter().map(|line| line.basis).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(bases(&super::support::pack()), ["《消防法》第28条", "《消防法》第28条", ""]);
    let text = std::str::from_utf8(super::support::PACK).unwrap();
    let mut json: serde_json::Value = serde_json::from_str(text).unwrap();
    json["legal_bases"].as_array_mut().unwrap().iter_mut().for_each(|it| it["evidence"] = "seed".into());
    let hearsay = Pack::load(json.to_string().as_bytes()).unwrap();
    assert_eq!(bases(&hearsay), ["", "", ""]);
}

#[test]
fn the_overlay_of_a_form_has_every_value_and_no_printed_word() {
    let order = blocks(&issue(DocumentKind::RectificationOrder, OfficeKind::CivilAffairs), Some(1));
    let values: String = order
        .iter()
        .filter_map(|block| if let Block::Paragraph { runs } = block { Some(runs) } else { None })
        .flatten()
        .filter(|run| matches!(run, Run::Value(_)))
        .map(Run::text)
        .collect();
    assert!(values.contains("样例养老院") && values.contains("井盖缺失"), "{values}");
    assert!(!values.contains("现责令你单位"), "{values}");
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

#[test]
fn a_phone_gives_no_number_and_the_ledger_does() {
    let ledger = Ledger::new();
    let order = issue(DocumentKind::RectificationOrder, OfficeKind::CivilAffairs);
    let on_phone = takes(fold_over(&ledger.view(), &order, &lead(), minute(70)));
    let [Row::Document(card)] = on_phone.as_slice() else { panic!("{on_phone:?}") };
    assert_eq!(card.get().unwrap().number, None);
    let on_server = takes(ledger.fold(&order, &lead(), minute(70)));
    let [Row::Document(card), Row::Series(count)] = on_server.as_slice() else { panic!("{on_server:?}") };
    assert_eq!((card.get().unwrap().number, count.get().unwrap().last), (Some(1), 1));
    let key = |kind, id: String| RowKey { kind, id };
    let keys = needed(&Body::DocumentIssued(Box::new(order.clone())));
    for wanted in [
        key(RowKind::Document, order.id.to_string()),
        key(RowKind::Facility, facility_id(1).to_string()),
        key(RowKind::Series, "999901/rectification_order/2026".to_owned()),
        key(RowKind::Hazard, hazard_id(50).to_string()),
        key(RowKind::Visit, visit_id(1).to_string()),
    ] {
        assert!(keys.contains(&wanted), "{wanted:?}");
    }
}

/// An issue of one of several offices, kinds and years.
fn any_issue() -> impl Strategy<Value = (usize, DocumentKind, i32)> {
    let kinds = prop_oneof![
        Just(DocumentKind::RectificationOrder),
        Just(DocumentKind::Checklist),
        Just(DocumentKind::Transfer),
    ];
    (0..3_usize, kinds, 2026..2028_i32)
}

proptest! {
    /// Whatever comes in whatever order, some of it refused, some of it twice: each series is 1, 2, 3, ….
    #[test]
    fn every_series_is_without_gaps_and_without_doubles(
        issues in proptest::collection::vec((any_issue(), any::<bool>(), any::<bool>()), 1..40),
    ) {
        let offices = ["999901", "9999", "999901001"];
        let templates: BTreeMap<DocumentKind, Issue> =
            [DocumentKind::RectificationOrder, DocumentKind::Checklist, DocumentKind::Transfer]
                .map(|kind| (kind, issue(kind, OfficeKind::CivilAffairs)))
                .into();
        let mut ledger = Ledger::new();
        let mut given: BTreeMap<Series, Vec<u32>> = BTreeMap::new();
        for (at, ((office, kind, year), spoil, twice)) in issues.into_iter().enumerate() {
            let on = Date::new(year, 11, 22).unwrap();
            let mut issue = templates[&kind].clone();
            issue.id = document_id(1000 + u128::try_from(at).unwrap());
            issue.on = on;
            issue.office.division = offices[office].parse().unwrap();
            if let Matter::RectificationOrder(lines) = &mut issue.matter {
                lines.iter_mut().for_each(|line| line.due = Some(Due::OnTheSpot));
            }
            if spoil {
                issue.addressee.name.clear();
            }
            let actor = Account { role: Role::Supervisor, region: issue.office.division.clone(), ..lead() };
            let time: Instant = format!("{on}T02:00:00Z").parse().unwrap();
            for _ in 0..=usize::from(twice) {
                if let Folded::Takes(rows) = ledger.fold(&issue, &actor, time) {
                    for row in rows {
                        if let Row::Document(card) = &row {
                            given.entry(issue.series()).or_default().extend(card.get().unwrap().number);
                        }
                        ledger.0.apply(row);
                    }
                }
            }
        }
        for (series, numbers) in given {
            let expected: Vec<u32> = (1..=u32::try_from(numbers.len()).unwrap()).collect();
            prop_assert_eq!(numbers, expected, "{}", series);
        }
    }
}

#[test]
fn an_entry_that_issues_a_document_is_read_back() {
    let body = Body::DocumentIssued(Box::new(issue(DocumentKind::RecheckNotice, OfficeKind::CivilAffairs)));
    let time = DeviceTime::unbounded(minute(70));
    let entry = EntryDraft::new(
        ChainHead::default(),
        EntryId::from_parts(start(), Entropy(1)),
        device_id(1),
        lead().id,
        time,
        &body,
    )
    .unwrap()
    .entry;
    assert_eq!(entry.kind, "document.issued");
    assert_eq!(Body::of(&entry), Ok(body));
}
