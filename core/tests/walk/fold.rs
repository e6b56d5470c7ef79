//! What each entry changes, and why some change nothing.

use xunan_core::Late;
use xunan_core::access::{Account, Role};
use xunan_core::clock::Instant;
use xunan_core::digest::Digest;
use xunan_core::evidence::{DeviceTime, PublicCopy, Shape};
use xunan_core::facility::{Facility, Party, PartyHolder};
use xunan_core::hazard::HazardState;
use xunan_core::ids::{AccountId, CertificateId, DocumentId, FacilityId, HazardId, PhotoId, PlanId, VisitId};
use xunan_core::ledger::{
    CertificateCard, Colleague, DocumentCard, Folded, HazardCard, MemoryView, Origin, PlanCard, PlanState,
    PublicCopyCard, RecordPhoto, RoundsCard, Row, RowKey, RowKind, Rows, View, VisitCard, fold, needed,
};
use xunan_core::log::{Body, ChainHead, EntryDraft};
use xunan_core::plan::{NoticeMode, Plan};
use xunan_core::problem::Problem;
use xunan_core::rounds::RoundKind;
use xunan_core::rules::{FireRules, Grade, Measure, Pack, PackRef, Remedy};
use xunan_core::visit::{Due, Edit, Head, Part, PhotoOf, Revisit, RevisitOutcome, SheetChange, VisitRecord};

use super::support::{
    Walk, account_id, date, device_id, entry_id, facility, facility_id, fire, hazard_id, head, inspector,
    inspector_account, minute, pack, photo, photo_id, plan, plan_id, start, tampered, visit_id,
};

/// The ledger as it is before an entry.
struct Ledger {
    rows: Rows,
    pack: Pack,
    fire: FireRules,
}

impl Ledger {
    /// One institution, one open plan, three inspectors.
    fn new() -> Self {
        let colleague = |number| {
            let it = inspector(number);
            let region = "999901".parse().unwrap();
            let organisation = "样例县民政局".to_owned();
            let colleague = Colleague {
                account: it.account,
                name: it.name,
                organisation,
                region,
                certificate: it.certificate,
            };
            Row::Colleague(colleague)
        };
        let card = PlanCard {
            plan: plan(NoticeMode::Secret, [1, 2]),
            division: facility().division,
            state: PlanState::Open,
        };
        let rows = [Row::Facility(facility()), Row::Plan(card)];
        let rows = rows.into_iter().chain((1..4).map(colleague)).collect();
        Self { rows, pack: pack(), fire: fire() }
    }

    fn with(mut self, row: Row) -> Self {
        self.rows.apply(row);
        self
    }

    fn fold(&self, body: &Body, actor: &Account) -> Folded {
        // A store that loads only the rows that it was told to need comes to the same result.
        let keys = needed(body);
        let loaded: Rows = self.all().into_iter().filter(|row| keys.contains(&row.key())).collect();
        let folded = self.fold_over(&loaded, body, actor);
        assert_eq!(folded, self.fold_over(&self.rows, body, actor));
        folded
    }

    fn fold_over(&self, rows: &Rows, body: &Body, actor: &Account) -> Folded {
        let time = DeviceTime::unbounded(minute(70));
        let entry = EntryDraft::new(ChainHead::default(), entry_id(1), device_id(1), actor.id, time, body);
        let view = MemoryView { rows, packs: &[&self.pack], fire_rules: &[&self.fire] };
        fold(&entry.unwrap().entry, body, actor, &view, received())
    }

    fn all(&self) -> Vec<Row> {
        let rows = &self.rows;
        let mut all: Vec<Row> = rows.facilities().into_iter().map(|it| Row::Facility(it.clone())).collect();
        all.extend(rows.plans().into_iter().map(|it| Row::Plan(it.clone())));
        all.extend(rows.visits().into_iter().map(|it| Row::Visit(Late::of(it))));
        all.extend(rows.open_hazards().into_iter().map(|it| Row::Hazard(Box::new(it.clone()))));
        let colleagues = rows.companions_of(account_id(99), date("2026-01-01")).into_iter();
        all.extend(colleagues.map(|it| Row::Colleague(it.clone())));
        all
    }
}

fn received() -> Instant {
    minute(90)
}

fn lead() -> Account {
    inspector_account(1, "999901")
}

fn office(role: Role, region: &str) -> Account {
    Account { role, id: account_id(20), ..inspector_account(20, region) }
}

fn supervisor() -> Account {
    office(Role::Supervisor, "999901")
}

fn signed(walk: Walk) -> Body {
    Body::VisitSigned(Box::new(walk.signed().record()))
}

/// The visit of [`Walk::found`] with another head.
fn visit_with(change: impl FnOnce(&mut Head)) -> Body {
    let mut walk = Walk::found();
    let mut head = head(&walk.pack);
    change(&mut head);
    walk.draft.set_part(Part::Head { head });
    signed(walk)
}

fn takes(folded: Folded) -> Vec<Row> {
    match folded {
        Folded::Takes(rows) => rows,
        Folded::Without(problem) => panic!("{problem:?}"),
    }
}

fn inconsistent(detail: &str) -> Folded {
    Folded::Without(Problem::RecordInconsistent { detail: detail.to_owned() })
}

#[test]
fn a_visit_makes_its_card_and_a_card_for_each_hazard_but_not_for_advice() {
    let mut walk = Walk::found();
    walk.sheet("exit.locked", SheetChange::Remedy(Remedy::CorrectedOnTheSpot));
    let rows = takes(Ledger::new().fold(&signed(walk), &lead()));
    let [Row::Visit(visit), Row::Hazard(locked), Row::Hazard(stock), Row::Hazard(free)] = rows.as_slice()
    else {
        panic!("a visit and three hazards: {rows:#?}")
    };
    let visit = visit.get().unwrap();
    assert_eq!((visit.id, visit.entry, visit.received), (visit_id(1), entry_id(1), received()));
    assert_eq!((visit.items, visit.failed, visit.major, visit.photos), (9, 3, 1, 3));
    assert_eq!(visit.inspectors, ["检查员1", "检查员2"]);
    assert_eq!(
        (locked.grade, locked.due, locked.title.as_str()),
        (Grade::Major, Due::OnTheSpot, "疏散门未上锁")
    );
    let life = locked.life.read().unwrap();
    assert_eq!(life.measures.iter().map(|it| it.measure).collect::<Vec<_>>(), [Measure::OpenNow]);
    assert_eq!(locked.photos, [(photo_id(1), photo(1, PhotoOf::Visit).manifest.stored)]);
    // Corrected on the spot is not closed: closing has guards of its own.
    assert_eq!(locked.state, HazardState::Found);
    assert_eq!(locked.last_seen, Some((minute(70), RevisitOutcome::LooksFixed)));
    assert_eq!((stock.item.as_ref().unwrap().as_str(), stock.last_seen), ("stock", None));
    assert_eq!((free.id, free.item.as_ref(), free.title.as_str()), (hazard_id(50), None, "井盖缺失"));
}

#[test]
fn a_visit_carries_its_plan_out_once_and_takes_effect_in_any_case() {
    let body = visit_with(|head| head.plan = Some(plan_id(1)));
    let state_after = |ledger: &Ledger| {
        let rows = takes(ledger.fold(&body, &lead()));
        assert!(matches!(rows[0], Row::Visit(_)));
        rows.into_iter().find_map(|row| if let Row::Plan(plan) = row { Some(plan.state) } else { None })
    };
    assert_eq!(state_after(&Ledger::new()), Some(PlanState::Done { visit: visit_id(1) }));
    for state in [PlanState::Withdrawn, PlanState::Done { visit: visit_id(9) }] {
        let mut card = Ledger::new().rows.plan(plan_id(1)).unwrap().clone();
        card.state = state;
        assert_eq!(state_after(&Ledger::new().with(Row::Plan(card))), None, "{state:?}");
    }
}

#[test]
fn a_visit_without_the_right_or_with_a_wrong_name_in_it_has_no_effect() {
    let good = || visit_with(|_| {});
    let not_allowed = || Folded::Without(Problem::NotAllowed);
    let mut expired = lead();
    expired.role = Role::Inspector { certificate: inspector(1).certificate };
    if let Role::Inspector { certificate } = &mut expired.role {
        certificate.valid_until = date("2026-11-21");
    }
    for (actor, folded) in [
        (supervisor(), not_allowed()),
        (office(Role::Institution { facility: facility_id(1) }, "999901001"), not_allowed()),
        (inspector_account(1, "999902"), not_allowed()),
        (expired, not_allowed()),
        (inspector_account(3, "999901"), inconsistent("the lead is not who wrote the entry")),
    ] {
        assert_eq!(Ledger::new().fold(&good(), &actor), folded, "{actor:?}");
    }
    let other_plan = |head: &mut Head| head.plan = Some(plan_id(9));
    for (body, folded) in [
        (visit_with(|head| head.facility.id = facility_id(9)), inconsistent("there is no such institution")),
        (
            visit_with(|head| head.facility.division = "999901002".parse().unwrap()),
            inconsistent("the institution's division or kind is another"),
        ),
        (visit_with(other_plan), inconsistent("there is no such plan")),
    ] {
        assert_eq!(Ledger::new().fold(&body, &lead()), folded);
    }
}

#[test]
fn the_second_inspector_is_a_certified_one_of_the_roster() {
    let roster = |second: u128| {
        let mut walk = Walk::passed();
        walk.edit(Edit::Second(Some(inspector(second))));
        signed(walk)
    };
    assert!(matches!(Ledger::new().fold(&roster(3), &lead()), Folded::Takes(_)));
    let stranger = inconsistent("the second inspector is not in the roster");
    assert_eq!(Ledger::new().fold(&roster(4), &lead()), stranger);
    // The record says that the certificate is valid; the roster knows better.
    let mut colleague = Ledger::new().rows.colleague(account_id(2)).unwrap().clone();
    colleague.certificate.valid_until = date("2026-11-21");
    let ledger = Ledger::new().with(Row::Colleague(colleague));
    let lapsed = inconsistent("the second inspector's certificate is not valid on that day");
    assert_eq!(ledger.fold(&roster(2), &lead()), lapsed);
}

#[test]
fn a_record_is_checked_again_and_its_packs_must_be_known() {
    let Body::VisitSigned(record) = signed(Walk::found()) else { unreachable!() };
    let tamper = |path: &'static str, value: serde_json::Value| {
        let changed: VisitRecord = tampered(&record, |json| *json.pointer_mut(path).unwrap() = value);
        Ledger::new().fold(&Body::VisitSigned(Box::new(changed)), &lead())
    };
    let mismatch = Folded::Without(Problem::GradeMismatch { item: "exit.locked".to_owned() });
    assert_eq!(tamper("/content/findings/0/grade", "general".into()), mismatch);
    assert_eq!(
        tamper("/content/site_person/name", "乙".into()),
        inconsistent("a signature is over another content")
    );
    let other = serde_json::to_value(record.content().photos[0].stored).unwrap();
    let unknown = Folded::Without(Problem::UnknownPack { hash: record.content().photos[0].stored });
    assert_eq!(tamper("/content/pack/hash", other.clone()), unknown);
    assert_eq!(tamper("/fire/rules/hash", other), unknown);
}

#[test]
fn a_visit_or_a_hazard_is_on_record_once() {
    let body = signed(Walk::found());
    let rows = takes(Ledger::new().fold(&body, &lead()));
    let visit = rows.into_iter().next().unwrap();
    let twice = inconsistent("the visit is on record already");
    assert_eq!(Ledger::new().with(visit).fold(&body, &lead()), twice);
    // Somebody gives a new hazard the id of one of the same place.
    let taken = earlier(hazard_id(50), None);
    assert_eq!(
        Ledger::new().with(taken).fold(&body, &lead()),
        inconsistent("there is a hazard with that id")
    );
}

/// A hazard of an earlier visit of the institution.
fn earlier(id: xunan_core::ids::HazardId, last_seen: Option<(Instant, RevisitOutcome)>) -> Row {
    let rows = takes(Ledger::new().fold(&signed(Walk::found()), &lead()));
    let Some(Row::Hazard(hazard)) = rows.into_iter().nth(2) else { panic!("a hazard") };
    let origin = Origin::Visit(visit_id(7));
    Row::Hazard(Box::new(HazardCard { id, origin, last_seen, ..*hazard }))
}

fn revisit(outcome: RevisitOutcome) -> Body {
    let mut walk = Walk::passed();
    for hazard in [hazard_id(8), hazard_id(9)] {
        walk.edit(Edit::Revisit { hazard, revisit: Some(Revisit { outcome, note: String::new() }) });
    }
    signed(walk)
}

#[test]
fn a_revisit_updates_what_was_last_seen_unless_a_later_visit_saw_it_already() {
    use RevisitOutcome::{LooksFixed, StillThere};
    let seen = |before: Option<(Instant, RevisitOutcome)>| {
        let ledger = Ledger::new().with(earlier(hazard_id(8), before));
        // hazard 9 is not there: it is passed over.
        let rows = takes(ledger.fold(&revisit(LooksFixed), &lead()));
        rows.into_iter().find_map(|row| if let Row::Hazard(hazard) = row { hazard.last_seen } else { None })
    };
    assert_eq!(seen(None), Some((start(), LooksFixed)));
    assert_eq!(seen(Some((minute(-60), StillThere))), Some((start(), LooksFixed)));
    assert_eq!(seen(Some((minute(60), StillThere))), Some((minute(60), StillThere)));

    let Row::Hazard(mut hazard) = earlier(hazard_id(8), None) else { unreachable!() };
    hazard.facility = facility_id(2);
    let elsewhere = inconsistent("a hazard that was looked at again is another institution's");
    assert_eq!(Ledger::new().with(Row::Hazard(hazard)).fold(&revisit(StillThere), &lead()), elsewhere);
}

#[test]
fn a_plan_is_made_by_the_office_in_whose_name_it_stands() {
    let new = || Plan { id: plan_id(2), ..plan(NoticeMode::Secret, [1, 2]) };
    let rows = takes(Ledger::new().fold(&Body::PlanMade(new()), &supervisor()));
    let card = PlanCard { plan: new(), division: facility().division, state: PlanState::Open };
    assert_eq!(rows, [Row::Plan(card)]);

    let not_allowed = || Folded::Without(Problem::NotAllowed);
    for (plan, actor, folded) in [
        (new(), lead(), not_allowed()),
        (new(), office(Role::Administrator, "999901"), not_allowed()),
        (new(), office(Role::Supervisor, "999902"), not_allowed()),
        (new(), office(Role::Supervisor, "99"), inconsistent("the plan is in another office's name")),
        (plan(NoticeMode::Secret, [1, 2]), supervisor(), inconsistent("there is a plan with that id")),
        (
            Plan { facility: facility_id(9), ..new() },
            supervisor(),
            inconsistent("there is no such institution"),
        ),
        (
            Plan { inspectors: [account_id(1); 2], ..new() },
            supervisor(),
            inconsistent("the two inspectors are the same person"),
        ),
        (
            Plan { until: date("2026-01-01"), ..new() },
            supervisor(),
            inconsistent("the last day is before the first"),
        ),
        (
            Plan { inspectors: [account_id(1), account_id(4)], ..new() },
            supervisor(),
            inconsistent("an inspector is not in the roster"),
        ),
    ] {
        assert_eq!(Ledger::new().fold(&Body::PlanMade(plan.clone()), &actor), folded, "{plan:?} {actor:?}");
    }
}

#[test]
fn an_open_plan_is_withdrawn_by_its_office() {
    let withdraw = |plan| Body::PlanWithdrawn { plan, reason: String::new() };
    let with = |state| {
        let mut card = Ledger::new().rows.plan(plan_id(1)).unwrap().clone();
        card.state = state;
        Ledger::new().with(Row::Plan(card))
    };
    let rows = takes(Ledger::new().fold(&withdraw(plan_id(1)), &supervisor()));
    assert!(matches!(rows.as_slice(), [Row::Plan(plan)] if plan.state == PlanState::Withdrawn));
    let done = PlanState::Done { visit: visit_id(1) };
    for (ledger, plan, actor, folded) in [
        (Ledger::new(), plan_id(9), supervisor(), inconsistent("there is no such plan")),
        (Ledger::new(), plan_id(1), lead(), Folded::Without(Problem::NotAllowed)),
        (Ledger::new(), plan_id(1), office(Role::Supervisor, "99"), Folded::Without(Problem::NotAllowed)),
        (with(done), plan_id(1), supervisor(), inconsistent("the plan was carried out already")),
        (
            with(PlanState::Withdrawn),
            plan_id(1),
            supervisor(),
            inconsistent("the plan was withdrawn already"),
        ),
    ] {
        assert_eq!(ledger.fold(&withdraw(plan), &actor), folded);
    }
}

/// A ledger that holds the visit, and what is known of its record.
struct WithRecord<'a> {
    rows: MemoryView<'a>,
    photo: RecordPhoto,
}

impl View for WithRecord<'_> {
    fn facility(&self, id: FacilityId) -> Option<Facility> {
        self.rows.facility(id)
    }

    fn colleague(&self, id: AccountId) -> Option<Colleague> {
        self.rows.colleague(id)
    }

    fn plan(&self, id: PlanId) -> Option<PlanCard> {
        self.rows.plan(id)
    }

    fn hazard(&self, id: HazardId) -> Option<HazardCard> {
        self.rows.hazard(id)
    }

    fn visit(&self, id: VisitId) -> Option<VisitCard> {
        self.rows.visit(id)
    }

    fn document(&self, id: DocumentId) -> Option<DocumentCard> {
        self.rows.document(id)
    }

    fn certificate(&self, id: CertificateId) -> Option<CertificateCard> {
        self.rows.certificate(id)
    }

    fn rounds(&self, facility: FacilityId, kind: RoundKind) -> Option<RoundsCard> {
        self.rows.rounds(facility, kind)
    }

    fn record_photo(&self, _: &VisitCard, _: PhotoId) -> RecordPhoto {
        self.photo.clone()
    }

    fn pack(&self, pack: &PackRef) -> Option<&Pack> {
        self.rows.pack(pack)
    }

    fn fire_rules(&self, rules: &PackRef) -> Option<&FireRules> {
        self.rows.fire_rules(rules)
    }
}

fn public_copy() -> PublicCopy {
    PublicCopy {
        visit: visit_id(1),
        photo: photo_id(1),
        source: photo(1, PhotoOf::Visit).manifest.stored,
        id: photo_id(20),
        digest: Digest::of(b"copy"),
        size_bytes: 4,
        width_px: 1280,
        height_px: 960,
        shapes: vec![Shape::Box { from: (100, 100), to: (200, 200) }],
        reason: String::new(),
    }
}

#[test]
fn a_copy_for_the_public_is_made_by_those_who_see_the_record_by_office_and_of_its_photos_alone() {
    let visit = takes(Ledger::new().fold(&signed(Walk::found()), &lead())).remove(0);
    let ledger = Ledger::new().with(visit);
    let named = || RecordPhoto::Named(Box::new(photo(1, PhotoOf::Visit).manifest));
    let folded = |copy: PublicCopy, photo: RecordPhoto, actor: &Account| {
        let rows = MemoryView { rows: &ledger.rows, packs: &[], fire_rules: &[] };
        let body = Body::PhotoRedacted(Box::new(copy));
        let time = DeviceTime::unbounded(minute(95));
        let entry = EntryDraft::new(ChainHead::default(), entry_id(2), device_id(1), actor.id, time, &body);
        fold(&entry.unwrap().entry, &body, actor, &WithRecord { rows, photo }, received())
    };
    let card = PublicCopyCard {
        photo: photo_id(1),
        facility: facility_id(1),
        division: facility().division,
        entry: entry_id(2),
        digest: Digest::of(b"copy"),
    };
    for actor in [supervisor(), lead(), office(Role::Supervisor, "99")] {
        for known in [named(), RecordPhoto::NotHeld] {
            let expected = Folded::Takes(vec![Row::PublicCopy(Late::of(&card))]);
            assert_eq!(folded(public_copy(), known, &actor), expected, "{actor:?}");
        }
    }
    for actor in [
        office(Role::Administrator, "999901"),
        office(Role::Institution { facility: facility_id(1) }, "999901001"),
        office(Role::Supervisor, "999902"),
    ] {
        let refused = Folded::Without(Problem::NotAllowed);
        assert_eq!(folded(public_copy(), named(), &actor), refused, "{actor:?}");
    }
    let other_bytes = PublicCopy { source: Digest::of(b"other"), ..public_copy() };
    let beyond = PublicCopy { width_px: 4000, ..public_copy() };
    for (copy, known, why) in [
        (public_copy(), RecordPhoto::NotNamed, "the record names no such photo"),
        (other_bytes, named(), "the copy is one of another photo"),
        (beyond, RecordPhoto::NotHeld, "a copy of such a size is not public"),
        (PublicCopy { visit: visit_id(9), ..public_copy() }, named(), "there is no such visit"),
    ] {
        assert_eq!(folded(copy, known, &supervisor()), inconsistent(why));
    }
    let body = Body::PhotoRedacted(Box::new(public_copy()));
    // A store that loads only what it was told to need comes to the same result, as a phone does.
    assert_eq!(takes(Ledger::fold(&ledger, &body, &supervisor())).len(), 1);
}

#[test]
fn an_institution_is_registered_and_changed_by_the_offices_above_it() {
    let administrator = || office(Role::Administrator, "999901");
    let moved = || Facility { division: "999902001".parse().unwrap(), ..facility() };
    let holder = || PartyHolder { party: Party::Head, name: "院长甲".to_owned(), post: String::new() };
    let not_allowed = || Folded::Without(Problem::NotAllowed);
    let takes = |facility: Facility| Folded::Takes(vec![Row::Facility(facility)]);
    let renamed = || Facility { name: "样例颐养院".to_owned(), ..facility() };
    for (facility, actor, folded) in [
        (
            Facility { id: facility_id(2), ..facility() },
            administrator(),
            takes(Facility { id: facility_id(2), ..facility() }),
        ),
        (renamed(), supervisor(), takes(renamed())),
        (renamed(), lead(), not_allowed()),
        (renamed(), office(Role::Institution { facility: facility_id(1) }, "999901001"), not_allowed()),
        (renamed(), office(Role::Administrator, "999902"), not_allowed()),
        // Moving a card needs the right where it was and where it goes.
        (moved(), administrator(), not_allowed()),
        (moved(), office(Role::Administrator, "999902"), not_allowed()),
        (moved(), office(Role::Administrator, "99"), takes(moved())),
        (
            Facility { name: " ".to_owned(), ..facility() },
            administrator(),
            inconsistent("the institution has no name"),
        ),
        (
            Facility { parties: vec![holder(), holder()], ..facility() },
            administrator(),
            inconsistent("one of the six parties has two holders"),
        ),
    ] {
        assert_eq!(
            Ledger::new().fold(&Body::FacilityRegistered(facility.clone()), &actor),
            folded,
            "{facility:?}"
        );
    }
}

#[test]
fn a_fold_names_the_rows_that_it_looks_at() {
    let mut walk = Walk::found();
    let seen = Revisit { outcome: RevisitOutcome::StillThere, note: String::new() };
    walk.edit(Edit::Revisit { hazard: hazard_id(8), revisit: Some(seen) });
    let kinds: Vec<RowKind> = needed(&signed(walk)).into_iter().map(|RowKey { kind, .. }| kind).collect();
    let hazards = kinds.iter().filter(|kind| **kind == RowKind::Hazard).count();
    // Four findings and one earlier hazard; the visit, the institution and two people.
    assert_eq!((kinds.len(), hazards), (9, 5));
}
