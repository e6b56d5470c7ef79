//! Every role, every subject, and the regions around: the whole matrix of who may see and do what.

use xunan_core::access::{Account, Action, Denial, Permission, Role, Sight, Subject, may_do, may_see};
use xunan_core::ledger::{PlanCard, PlanState, Row};
use xunan_core::plan::{NoticeMode, Plan, PlanRefused};
use xunan_core::region::DivisionCode;

use super::support::{account_id, date, facility_id, inspector_account, plan};

/// Where everything stands in these tables: a township of county 999901.
const HERE: &str = "999901001";

fn code(text: &str) -> DivisionCode {
    text.parse().unwrap()
}

fn account(role: Role, region: &str) -> Account {
    Account { role, ..inspector_account(9, region) }
}

fn institution(number: u128) -> Account {
    account(Role::Institution { facility: facility_id(number) }, HERE)
}

/// The accounts of the matrix: each role in the country, the province, the county, the township itself, a village
/// below it, and the neighbouring county.
const REGIONS: [&str; 6] = ["", "99", "999901", HERE, "999901001001", "999902"];

/// One letter for each of [`REGIONS`]: `v` visible, `.` hidden.
fn sights(role: &Role, subject: &Subject<'_>) -> String {
    let letter = |region: &&str| match may_see(&account(role.clone(), region), subject) {
        Sight::Visible => 'v',
        Sight::Hidden => '.',
    };
    REGIONS.iter().map(letter).collect()
}

#[test]
fn who_may_see_what() {
    let inspector = inspector_account(9, HERE).role;
    let here = code(HERE);
    let with = |notice| plan(notice, [1, 2]);
    let (advance, arrival, secret) =
        (with(NoticeMode::Advance), with(NoticeMode::OnArrival), with(NoticeMode::Secret));
    let facility = Subject::Facility { division: &here, facility: facility_id(1) };
    let record = Subject::Record { division: &here, facility: facility_id(1) };
    let colleague = Subject::Colleague { region: &here };
    let of = |plan| Subject::Plan { division: &here, plan };
    for (subject, inspectors, offices) in [
        (facility, "vvvv..", "vvvv.."),
        (record, "vvvv..", "vvvv.."),
        // Colleagues of the regions above and below walk together.
        (colleague, "vvvvv.", "vvvvv."),
        (of(&advance), "vvvv..", "vvvv.."),
        // Before it happens, a visit is the business of those who go and of the offices.
        (of(&arrival), "......", "vvvv.."),
        // The county made it: the township, close to the visited side, does not know.
        (of(&secret), "......", "vvv..."),
    ] {
        assert_eq!(sights(&inspector, &subject), inspectors, "inspector, {subject:?}");
        assert_eq!(sights(&Role::Supervisor, &subject), offices, "supervisor, {subject:?}");
        assert_eq!(sights(&Role::Administrator, &subject), offices, "administrator, {subject:?}");
    }
}

#[test]
fn those_who_carry_a_plan_out_see_it_wherever_they_belong() {
    let here = code(HERE);
    for notice in [NoticeMode::Advance, NoticeMode::OnArrival, NoticeMode::Secret] {
        let plan = plan(notice, [8, 9]);
        let subject = Subject::Plan { division: &here, plan: &plan };
        for region in REGIONS {
            assert_eq!(
                may_see(&inspector_account(9, region), &subject),
                Sight::Visible,
                "{notice:?} {region}"
            );
        }
    }
}

/// 四不两直: not in lists, counts, badges, times, exports; all of them are made from rows.
#[test]
fn the_visited_side_sees_its_own_and_never_a_secret_plan() {
    let here = code(HERE);
    let plans =
        [NoticeMode::Advance, NoticeMode::OnArrival, NoticeMode::Secret].map(|notice| plan(notice, [1, 2]));
    let subjects = [
        Subject::Facility { division: &here, facility: facility_id(1) },
        Subject::Record { division: &here, facility: facility_id(1) },
        Subject::Plan { division: &here, plan: &plans[0] },
        Subject::Plan { division: &here, plan: &plans[1] },
        Subject::Plan { division: &here, plan: &plans[2] },
        Subject::Colleague { region: &here },
    ];
    let sights =
        |account: &Account| subjects.each_ref().map(|subject| may_see(account, subject) == Sight::Visible);
    assert_eq!(sights(&institution(1)), [true, true, true, false, false, false]);
    assert_eq!(sights(&institution(2)), [false; 6]);
    // Even when one of its people is among the inspectors by mistake.
    let mut wolf = institution(1);
    wolf.id = account_id(1);
    assert_eq!(may_see(&wolf, &subjects[4]), Sight::Hidden);
    for state in [PlanState::Open, PlanState::Withdrawn] {
        let card = PlanCard { plan: plans[2].clone(), division: here.clone(), state };
        assert_eq!(Row::Plan(card).seen_by(&institution(1)), Sight::Hidden);
    }
}

#[test]
fn who_may_do_what() {
    use Denial::{CertificateExpired, OutsideRegion, WrongRole};
    let here = code(HERE);
    let inspector = inspector_account(9, HERE).role;
    let own = Role::Institution { facility: facility_id(1) };
    let roles = [inspector, Role::Supervisor, Role::Administrator, own];
    let (yes, no) = (Permission::Granted, Permission::Denied(WrongRole));
    let visit = Action::RecordVisit { division: &here, on: date("2026-11-22") };
    for (action, permissions) in [
        (visit.clone(), [yes, no, no, no]),
        (Action::MakePlan { division: &here }, [no, yes, no, no]),
        (Action::RegisterFacility { division: &here }, [no, yes, yes, no]),
        (Action::MakePublicCopy { division: &here }, [yes, yes, no, no]),
        (Action::AdministerAccounts { region: &here, role: &Role::Supervisor }, [no, no, yes, no]),
    ] {
        for (role, permission) in roles.iter().zip(permissions) {
            for region in REGIONS {
                let inside = matches!(region, "" | "99" | "999901" | HERE);
                let expected = match permission {
                    Permission::Granted if !inside => Permission::Denied(OutsideRegion),
                    permission => permission,
                };
                let account = account(role.clone(), region);
                assert_eq!(may_do(&account, &action), expected, "{action:?} {role:?} {region}");
            }
        }
    }
    let expired = Action::RecordVisit { division: &here, on: date("2029-01-01") };
    let last_day = Action::RecordVisit { division: &here, on: date("2028-12-31") };
    let inspector = inspector_account(9, "999901");
    assert_eq!(may_do(&inspector, &expired), Permission::Denied(CertificateExpired));
    assert_eq!(may_do(&inspector, &last_day), Permission::Granted);
}

#[test]
fn a_plan_needs_two_people_and_days_in_order() {
    let good = plan(NoticeMode::Advance, [1, 2]);
    assert_eq!(good.check(), Ok(()));
    let one_day = Plan { until: good.from, ..good.clone() };
    assert_eq!(one_day.check(), Ok(()));
    let alone = Plan { inspectors: [account_id(1), account_id(1)], ..good.clone() };
    assert_eq!(alone.check(), Err(PlanRefused::SameInspectorTwice));
    let backwards = Plan { until: date("2026-11-19"), ..good };
    assert_eq!(backwards.check(), Err(PlanRefused::EndsBeforeItStarts));
}
