//! Who learns of a plan, and that the visited side learns of no secret one.

use xunan_core::calendar::Calendar;
use xunan_core::ids::{Entropy, PlanId};
use xunan_core::ledger::{PlanCard, PlanState, Row};
use xunan_core::notice::{
    Addressed, DueStanding, Egress, PlanNews, ReminderTerms, What, of_change, of_day_of_plan,
};
use xunan_core::plan::{NoticeMode, Plan};
use xunan_core::rules::Profile;

use super::world::{HERE, account, account_id, code, date, facility_id, noon, reached};

pub(crate) fn plan(notice: NoticeMode, state: PlanState) -> PlanCard {
    let plan = Plan {
        id: PlanId::from_parts(noon("2026-11-20"), Entropy(1)),
        facility: facility_id(1),
        office: code("999901"),
        inspectors: [account_id(1), account_id(2)],
        notice,
        profile: Profile::MajorOnly,
        from: date("2026-11-25"),
        until: date("2026-11-30"),
        purpose: "举报线索".to_owned(),
    };
    PlanCard { plan, division: code(HERE), state }
}

#[test]
fn inspectors_learn_of_every_plan_and_the_institution_of_an_announced_one_alone() {
    let told = |notice: NoticeMode| {
        let (open, withdrawn) =
            (Row::Plan(plan(notice, PlanState::Open)), Row::Plan(plan(notice, PlanState::Withdrawn)));
        let mut told = Vec::new();
        for (before, after) in [(None, &open), (Some(&open), &withdrawn)] {
            for addressed in of_change(before, after, &account("county")).unwrap() {
                let What::Plan { news, .. } = addressed.notice.what else { panic!("{addressed:?}") };
                let json = serde_json::to_string(&addressed.notice).unwrap();
                assert!(!json.contains("举报线索"), "{json}");
                let egress = addressed.notice.egress();
                assert_eq!(egress == Egress::Allowed, news == PlanNews::Announced, "{news:?}");
                told.push(format!("{news:?} -> {}", reached(&addressed, after)));
            }
        }
        told
    };
    let secret = ["Made -> inspector, second", "Withdrawn -> inspector, second"];
    assert_eq!(told(NoticeMode::Secret), secret);
    assert_eq!(told(NoticeMode::OnArrival), secret);
    let announced =
        ["Made -> inspector, second", "Announced -> home", "Withdrawn -> inspector, second, home"];
    assert_eq!(told(NoticeMode::Advance), announced);
}

#[test]
fn a_plan_that_was_carried_out_is_told_by_its_record() {
    let open = Row::Plan(plan(NoticeMode::Secret, PlanState::Open));
    let visit = "01KBAFH600000000000000000G".parse().unwrap();
    let done = Row::Plan(plan(NoticeMode::Secret, PlanState::Done { visit }));
    assert_eq!(of_change(Some(&open), &done, &account("inspector")).unwrap(), []);
}

pub(crate) fn due(card: &PlanCard, today: &str) -> Vec<Addressed> {
    of_day_of_plan(card, date(today), &Calendar::shipped(), &ReminderTerms::default())
}

/// `Overdue -> inspector, second` and so on.
fn reminders(card: &PlanCard, today: &str) -> Vec<String> {
    let row = Row::Plan(card.clone());
    let say = |addressed: &Addressed| {
        let What::PlanDue { standing, .. } = addressed.notice.what else { panic!("{addressed:?}") };
        assert_eq!(addressed.notice.egress(), Egress::Inside);
        format!("{standing:?} -> {}", reached(addressed, &row))
    };
    due(card, today).iter().map(say).collect()
}

/// Its last day is Monday, 30 November 2026; it was made ten days before.
#[test]
fn the_inspectors_are_reminded_then_the_office_that_planned_is_and_then_those_above_it() {
    let soon = "Soon -> inspector, second";
    let overdue = "Overdue -> inspector, second, county, county2";
    let (raised, again) = ("Raised -> city", "RaisedAgain -> province");
    // Of a secret plan nobody beside its inspectors and its office ever hears.
    let (kept, kept_again) = ("Raised -> county, county2", "RaisedAgain -> county, county2");
    for (today, told, told_of_a_secret) in [
        ("2026-11-26", vec![], vec![]),
        ("2026-11-27", vec![soon], vec![soon]),
        ("2026-11-29", vec![soon], vec![soon]),
        ("2026-11-30", vec!["Today -> inspector, second"], vec!["Today -> inspector, second"]),
        ("2026-12-01", vec![overdue], vec![overdue]),
        ("2026-12-02", vec![overdue], vec![overdue]),
        // The third work day after it, and the tenth.
        ("2026-12-03", vec![overdue, raised], vec![overdue, kept]),
        ("2026-12-14", vec![overdue, raised, again], vec![overdue, kept, kept_again]),
    ] {
        for notice in [NoticeMode::Advance, NoticeMode::OnArrival] {
            assert_eq!(reminders(&plan(notice, PlanState::Open), today), told, "{today} {notice:?}");
        }
        let secret = plan(NoticeMode::Secret, PlanState::Open);
        assert_eq!(reminders(&secret, today), told_of_a_secret, "{today} secret");
    }
}

#[test]
fn an_office_below_the_one_that_planned_a_secret_visit_is_not_told_that_it_is_overdue() {
    let of_the_city = |notice: NoticeMode| {
        let card = plan(notice, PlanState::Open);
        PlanCard { plan: Plan { office: code("9999"), ..card.plan }, ..card }
    };
    for notice in [NoticeMode::Secret, NoticeMode::OnArrival, NoticeMode::Advance] {
        let told = reminders(&of_the_city(notice), "2026-12-01");
        assert_eq!(told, ["Overdue -> inspector, second, city"], "{notice:?}");
    }
}

#[test]
fn nobody_is_reminded_of_a_plan_that_is_done_withdrawn_or_just_made() {
    let visit = "01KBAFH600000000000000000G".parse().unwrap();
    for state in [PlanState::Done { visit }, PlanState::Withdrawn] {
        assert_eq!(reminders(&plan(NoticeMode::OnArrival, state), "2026-12-20"), Vec::<String>::new());
    }
    let card = plan(NoticeMode::OnArrival, PlanState::Open);
    let short = Plan { until: date("2026-11-23"), from: date("2026-11-22"), ..card.plan.clone() };
    let short = PlanCard { plan: short, ..card };
    assert_eq!(reminders(&short, "2026-11-21"), Vec::<String>::new());
    assert_eq!(reminders(&short, "2026-11-23"), ["Today -> inspector, second"]);
}

#[test]
fn a_reminder_of_a_plan_has_the_same_id_on_every_day() {
    let card = plan(NoticeMode::OnArrival, PlanState::Open);
    let overdue = |today: &str| {
        let made = due(&card, today);
        let is_overdue =
            |it: &&Addressed| matches!(it.notice.what, What::PlanDue { standing: DueStanding::Overdue, .. });
        made.iter().find(is_overdue).map(|it| it.notice.id).unwrap()
    };
    assert_eq!(overdue("2026-12-01"), overdue("2027-02-01"));
    let ids: std::collections::BTreeSet<_> = due(&card, "2027-02-01").iter().map(|it| it.notice.id).collect();
    assert_eq!(ids.len(), 3, "each standing is a notice of its own");
}
