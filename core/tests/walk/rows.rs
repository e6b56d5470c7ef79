//! Rows in memory: what pages read.

use xunan_core::access::{Account, Certificate, Role, Sight};
use xunan_core::clock::Date;
use xunan_core::digest::Digest;
use xunan_core::facility::Facility;
use xunan_core::hazard::{HazardState, Life, Mark, StepKind, StoryLine};
use xunan_core::ids::HazardId;
use xunan_core::ledger::{
    Colleague, HazardCard, Origin, PlanCard, PlanState, PublicCopyCard, Row, Rows, Timing, VisitCard,
};
use xunan_core::plan::{NoticeMode, Plan};
use xunan_core::rules::{Grade, PackRef};
use xunan_core::visit::Due;
use xunan_core::{Json, Late};

use super::support::{
    account_id, date, entry_id, facility, facility_id, hazard_id, inspector, inspector_account, minute,
    photo_id, plan, plan_id, visit_id,
};

fn hazard(number: u128, grade: Grade, due: Due, state: HazardState) -> Row {
    let mark = Mark {
        entry: entry_id(1),
        account: account_id(1),
        name: "甲".to_owned(),
        organisation: String::new(),
        at: minute(0),
        received: minute(0),
    };
    let line = StoryLine {
        kind: StepKind::Found,
        mark,
        note: String::new(),
        date: None,
        measure: None,
        photos: Vec::new(),
    };
    let hazard = HazardCard {
        id: hazard_id(number),
        origin: Origin::Visit(visit_id(1)),
        facility: facility_id(1 + number % 2),
        facility_name: facility().name,
        division: facility().division,
        found: minute(0),
        item: None,
        title: format!("隐患{number}"),
        description: String::new(),
        place: String::new(),
        grade,
        due,
        responsible: None,
        photos: Vec::new(),
        state,
        involved: Vec::new(),
        life: Json::of(&Life::found(line)),
        last_seen: None,
    };
    Row::Hazard(Box::new(hazard))
}

fn visit(number: u128, received: i64) -> Row {
    let visit = VisitCard {
        id: visit_id(number),
        entry: entry_id(number),
        plan: None,
        facility: facility_id(1),
        facility_name: facility().name,
        facility_type: facility().facility_type,
        division: facility().division,
        notice: NoticeMode::OnArrival,
        started: minute(0),
        ended: minute(60),
        received: minute(received),
        inspectors: ["甲".to_owned(), "乙".to_owned()],
        items: 9,
        failed: 0,
        major: 0,
        photos: 0,
    };
    Row::Visit(Late::of(&visit))
}

fn public_copy() -> PublicCopyCard {
    PublicCopyCard {
        photo: photo_id(1),
        facility: facility_id(1),
        division: facility().division,
        entry: entry_id(7),
        digest: Digest::of(b"copy"),
    }
}

#[test]
fn the_newest_copy_of_a_photo_stands_and_is_seen_where_the_record_is() {
    let newer = PublicCopyCard { entry: entry_id(8), ..public_copy() };
    let rows: Rows =
        [public_copy(), newer.clone()].map(|copy| Row::PublicCopy(Late::of(&copy))).into_iter().collect();
    assert_eq!(rows.public_copy(photo_id(1)), Some(&newer));
    assert_eq!(rows.public_copy(photo_id(2)), None);
    let institution = |number| {
        let role = Role::Institution { facility: facility_id(number) };
        Account { role, ..inspector_account(9, "999901001") }
    };
    for (account, sight) in [
        (inspector_account(9, "999901"), Sight::Visible),
        (inspector_account(9, "999902"), Sight::Hidden),
        (institution(1), Sight::Visible),
        (institution(2), Sight::Hidden),
    ] {
        assert_eq!(Row::PublicCopy(Late::of(&newer)).seen_by(&account), sight, "{account:?}");
    }
}

fn planned(number: u128, inspectors: [u128; 2], from: &str, until: &str, state: PlanState) -> Row {
    let plan = Plan {
        id: plan_id(number),
        from: date(from),
        until: date(until),
        ..plan(NoticeMode::Advance, inspectors)
    };
    Row::Plan(PlanCard { plan, division: facility().division, state })
}

#[test]
fn a_row_replaces_the_one_before_and_gone_removes_it() {
    let card = |name: &str| Row::Facility(Facility { name: name.to_owned(), ..facility() });
    let every_kind = [
        card("甲"),
        planned(1, [1, 2], "2026-11-20", "2026-11-30", PlanState::Open),
        hazard(2, Grade::General, Due::OnTheSpot, HazardState::Found),
        visit(1, 90),
        colleague(1, "2028-12-31"),
        Row::Pack { pack: pack_ref("1"), valid_from: date("2026-01-01") },
        Row::PublicCopy(Late::of(&public_copy())),
    ];
    let mut rows: Rows = every_kind.clone().into_iter().collect();
    rows.apply(card("乙"));
    assert_eq!(rows.facility(facility_id(1)).unwrap().name, "乙");
    assert_eq!(rows.facilities().len(), 1);
    for row in every_kind {
        rows.apply(Row::Gone(row.key()));
    }
    assert_eq!(rows, Rows::default());
    rows.apply(Row::Gone(card("甲").key()));
}

#[test]
fn open_hazards_come_major_first_and_then_by_due_date() {
    use Grade::{General, Major};
    use HazardState::{Closed, Found};
    let by = |day: &str| Due::By(date(day));
    let rows: Rows = [
        hazard(2, General, by("2026-12-01"), Found),
        hazard(4, General, Due::OnTheSpot, Found),
        hazard(6, Major, by("2026-12-31"), Found),
        hazard(8, Major, by("2026-11-30"), Found),
        hazard(10, Major, by("2026-11-30"), Closed),
        hazard(3, Major, Due::OnTheSpot, Found),
    ]
    .into_iter()
    .collect();
    let ids = |hazards: Vec<&HazardCard>| hazards.iter().map(|it| it.id).collect::<Vec<HazardId>>();
    assert_eq!(ids(rows.open_hazards_of(facility_id(1))), [8, 6, 4, 2].map(hazard_id));
    assert_eq!(ids(rows.open_hazards()), [3, 8, 6, 4, 2].map(hazard_id));
    assert!(rows.hazard(hazard_id(10)).is_some());
}

#[test]
fn my_plans_are_the_open_ones_with_my_name_and_the_most_urgent_comes_first() {
    let rows: Rows = [
        planned(1, [1, 2], "2026-11-20", "2026-11-30", PlanState::Open),
        planned(2, [2, 1], "2026-11-20", "2026-11-25", PlanState::Open),
        planned(3, [2, 3], "2026-11-20", "2026-11-21", PlanState::Open),
        planned(4, [1, 3], "2026-11-20", "2026-11-21", PlanState::Withdrawn),
        planned(5, [1, 3], "2026-11-20", "2026-11-21", PlanState::Done { visit: visit_id(1) }),
    ]
    .into_iter()
    .collect();
    let ids = |plans: Vec<&PlanCard>| plans.iter().map(|it| it.plan.id).collect::<Vec<_>>();
    assert_eq!(ids(rows.plans_for(account_id(1))), [2, 1].map(plan_id));
    assert_eq!(ids(rows.plans()), [3, 2, 1, 4, 5].map(plan_id));
    assert!(rows.plans_for(account_id(9)).is_empty());
}

#[test]
fn a_plan_is_ahead_then_now_then_late() {
    let Row::Plan(plan) = planned(1, [1, 2], "2026-11-20", "2026-11-30", PlanState::Open) else {
        unreachable!()
    };
    for (day, timing) in [
        ("2026-11-19", Timing::Ahead),
        ("2026-11-20", Timing::Now),
        ("2026-11-30", Timing::Now),
        ("2026-12-01", Timing::Late),
    ] {
        assert_eq!(plan.timing(date(day)), timing, "{day}");
    }
}

#[test]
fn received_visits_come_newest_first() {
    let rows: Rows = [visit(1, 90), visit(2, 200), visit(3, 100)].into_iter().collect();
    assert_eq!(rows.visits().iter().map(|it| it.id).collect::<Vec<_>>(), [2, 3, 1].map(visit_id));
    assert_eq!(rows.visit(visit_id(3)).unwrap().received, minute(100));
}

fn colleague(number: u128, valid_until: &str) -> Row {
    let it = inspector(number);
    let certificate = Certificate { number: it.certificate.number, valid_until: date(valid_until) };
    let region = "999901".parse().unwrap();
    let organisation = "样例县民政局".to_owned();
    Row::Colleague(Colleague { account: it.account, name: it.name, organisation, region, certificate })
}

#[test]
fn a_companion_is_another_inspector_with_a_certificate_that_is_valid_on_the_day() {
    let rows: Rows = [colleague(3, "2026-11-22"), colleague(1, "2028-01-01"), colleague(2, "2026-11-21")]
        .into_iter()
        .collect();
    let companions = |day: Date| -> Vec<_> {
        rows.companions_of(account_id(1), day).iter().map(|it| it.account).collect()
    };
    assert_eq!(companions(date("2026-11-21")), [2, 3].map(account_id));
    assert_eq!(companions(date("2026-11-22")), [account_id(3)]);
    assert_eq!(rows.colleague(account_id(2)).unwrap().name, "检查员2");
}

fn pack_ref(edition: &str) -> PackRef {
    PackRef {
        id: "civil-affairs".parse().unwrap(),
        edition: edition.parse().unwrap(),
        hash: Digest::of(edition.as_bytes()),
    }
}

#[test]
fn a_pack_is_in_force_from_its_first_day() {
    let rows: Rows =
        [Row::Pack { pack: pack_ref("2026.1"), valid_from: date("2026-11-01") }].into_iter().collect();
    assert_eq!(rows.packs_on(date("2026-10-31")).count(), 0);
    assert_eq!(rows.packs_on(date("2026-11-01")).collect::<Vec<_>>(), [&pack_ref("2026.1")]);
}

#[test]
fn institutions_come_by_division_and_name() {
    let card = |number, division: &str, name: &str| {
        let division = division.parse().unwrap();
        Row::Facility(Facility { id: facility_id(number), division, name: name.to_owned(), ..facility() })
    };
    let rows: Rows = [
        card(1, "999902001", "a"),
        card(2, "999901002", "b"),
        card(3, "999901001", "c"),
        card(4, "999901001", "b"),
    ]
    .into_iter()
    .collect();
    assert_eq!(rows.facilities().iter().map(|it| it.id).collect::<Vec<_>>(), [4, 3, 2, 1].map(facility_id));
}
