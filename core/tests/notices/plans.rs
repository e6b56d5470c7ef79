//! Who learns of a plan, and that the visited side learns of no secret one.

use xunan_core::ids::{Entropy, PlanId};
use xunan_core::ledger::{PlanCard, PlanState, Row};
use xunan_core::notice::{Egress, PlanNews, What, of_change};
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
