//! Whatever happens, nobody is told of what he may not see, and nobody of what he did himself.

use proptest::prelude::*;
use xunan_core::access::{Account, Role, Sight};
use xunan_core::calendar::Calendar;
use xunan_core::clock::Date;
use xunan_core::department::Department;
use xunan_core::hazard::{StepKind, Terms};
use xunan_core::ledger::{HazardCard, Origin, PlanCard, PlanState, Row};
use xunan_core::notice::{Addressed, ReminderTerms, of_change, of_day, of_day_of_plan, recipients};
use xunan_core::plan::NoticeMode;
use xunan_core::rules::Grade;
use xunan_core::unit::UnitKind;

use super::plans::plan;
use super::world::{FIRM, HOME, assigned, code, date, everybody, facility_id, found, row, told, transferred};

const KINDS: [StepKind; 12] = [
    StepKind::Found,
    StepKind::Assigned,
    StepKind::Declined,
    StepKind::Submitted,
    StepKind::SentBack,
    StepKind::Closed,
    StepKind::ExtensionGranted,
    StepKind::Escalated,
    StepKind::Listed,
    StepKind::Transferred,
    StepKind::NotEstablished,
    StepKind::Reopened,
];

fn accounts() -> Vec<Account> {
    everybody().into_iter().map(|(_, account)| account).collect()
}

fn hazard() -> impl Strategy<Value = HazardCard> {
    let divisions = ["999901001", "999901", "999902003", "11", "999901001002"];
    let parts = (0..divisions.len(), 1_u128..4, 0..5_u8, any::<bool>());
    parts.prop_map(move |(division, facility, unit, major)| {
        let grade = if major { Grade::Major } else { Grade::General };
        let card = found(grade, Origin::Report, "2026-11-02");
        let card =
            HazardCard { division: code(divisions[division]), facility: facility_id(facility), ..card };
        let to = |kind| assigned(&card, kind, "2026-11-20", "2026-11-03");
        match unit {
            0 => card,
            1 => to(HOME),
            2 => to(FIRM),
            3 => to(UnitKind::Department(Department::Housing)),
            _ => transferred(&card, "2026-11-03"),
        }
    })
}

fn check(addressed: &Addressed, row: &Row, accounts: &[Account]) {
    for id in recipients(addressed, |account| row.seen_by(account), accounts) {
        let account = accounts.iter().find(|it| it.id == id).unwrap();
        assert_eq!(row.seen_by(account), Sight::Visible, "{} is told of {addressed:?}", account.name);
        assert_ne!(Some(id), addressed.but);
    }
}

proptest! {
    #[test]
    fn nobody_is_told_of_a_hazard_that_he_may_not_see(
        card in hazard(),
        kind in 0..KINDS.len(),
        by in 0_usize..16,
        day in 0_u16..90,
    ) {
        let accounts = accounts();
        let now = told(&card, 9, KINDS[kind], &accounts[by].name, "2026-11-10");
        for addressed in of_change(Some(&row(&card)), &row(&now), &accounts[by]).unwrap() {
            check(&addressed, &row(&now), &accounts);
        }
        let today: Date = date("2026-11-02").plus_days(day);
        let made = of_day(&now, today, &Calendar::shipped(), &Terms::default(), &ReminderTerms::default());
        let made = made.unwrap();
        for addressed in &made {
            check(addressed, &row(&now), &accounts);
        }
        let mut ids: Vec<_> = made.iter().map(|it| it.notice.id).collect();
        ids.sort_unstable();
        ids.dedup();
        prop_assert_eq!(ids.len(), made.len());
    }

    #[test]
    fn the_visited_side_and_its_neighbours_never_hear_of_a_plan_that_is_not_announced(
        notice in prop_oneof![Just(NoticeMode::OnArrival), Just(NoticeMode::Secret)],
        withdrawn in any::<bool>(),
        facility in 1_u128..4,
        by in 0_usize..16,
        day in 0_u16..60,
        office in prop_oneof![Just("99"), Just("9999"), Just("999901")],
    ) {
        let accounts = accounts();
        let of = |state| {
            let card = plan(notice, state);
            let facility = facility_id(facility);
            let plan = xunan_core::plan::Plan { facility, office: code(office), ..card.plan };
            PlanCard { plan, ..card }
        };
        let card = of(PlanState::Open);
        let today = date("2026-11-20").plus_days(day);
        let reminders = ReminderTerms::default();
        for addressed in of_day_of_plan(&card, today, &Calendar::shipped(), &reminders) {
            let row = Row::Plan(card.clone());
            check(&addressed, &row, &accounts);
            for id in recipients(&addressed, |account| row.seen_by(account), &accounts) {
                let account = accounts.iter().find(|it| it.id == id).unwrap();
                let knows = match account.role {
                    Role::Inspector { .. } => card.plan.inspectors.contains(&id),
                    Role::Supervisor if notice == NoticeMode::Secret => account.region == card.plan.office,
                    Role::Supervisor => account.region.contains(&card.plan.office),
                    _ => false,
                };
                prop_assert!(knows, "{} is reminded of {:?}", account.name, addressed);
            }
        }
        let (open, gone) = (Row::Plan(card), Row::Plan(of(PlanState::Withdrawn)));
        let (before, after) = if withdrawn { (Some(&open), &gone) } else { (None, &open) };
        for addressed in of_change(before, after, &accounts[by]).unwrap() {
            check(&addressed, after, &accounts);
            for id in recipients(&addressed, |account| after.seen_by(account), &accounts) {
                let account = accounts.iter().find(|it| it.id == id).unwrap();
                let inspects = matches!(account.role, Role::Inspector { .. });
                prop_assert!(inspects, "{} is told of {:?}", account.name, addressed);
            }
        }
    }
}
