//! Notices of plans. The visited side learns of an announced visit, and of no other (四不两直).

use super::message::{About, Addressed, Notice, PlanNews, Sender, What, Whom};
use crate::access::Account;
use crate::ledger::{PlanCard, PlanState};
use crate::plan::NoticeMode;

/// The notices of a plan that is new or changed.
pub(super) fn of_plan(before: Option<&PlanCard>, after: &PlanCard, actor: &Account) -> Vec<Addressed> {
    let plan = &after.plan;
    let inspectors: Vec<Whom> = plan.inspectors.iter().copied().map(Whom::Account).collect();
    let visited = match plan.notice {
        NoticeMode::Advance => vec![Whom::Institution(plan.facility)],
        NoticeMode::OnArrival | NoticeMode::Secret => Vec::new(),
    };
    let told = match (before.map(|card| card.state), after.state) {
        (None, PlanState::Open) => vec![(PlanNews::Made, inspectors), (PlanNews::Announced, visited)],
        (Some(PlanState::Open), PlanState::Withdrawn) => {
            vec![(PlanNews::Withdrawn, [inspectors, visited].concat())]
        }
        _ => Vec::new(),
    };
    let addressed = |(news, to): (PlanNews, Vec<Whom>)| {
        let what = What::Plan { news, from: plan.from, until: plan.until };
        // A plan is made once and withdrawn once: its id is cause enough.
        let notice = Notice::new(what, About::plan(plan), &after.division, "");
        Addressed { notice, to, but: Some(actor.id), sender: Sender::Office(plan.office.clone()) }
    };
    told.into_iter().filter(|(_, to)| !to.is_empty()).map(addressed).collect()
}
