//! Which documents there is something to write of.

use super::kind::DocumentKind;
use crate::hazard::{Life, Stage};
use crate::rules::Grade;

/// The documents of a hazard, the usual first. Who may issue one is asked besides
/// ([`Action::IssueDocument`](crate::access::Action::IssueDocument)).
pub fn kinds_for_hazard(grade: Grade, life: &Life) -> Vec<DocumentKind> {
    let mut kinds = vec![DocumentKind::RectificationOrder];
    kinds.extend(life.plan.as_ref().map(|_| DocumentKind::TreatmentPlan));
    if matches!(life.stage, Stage::Transferred { .. }) {
        kinds.push(DocumentKind::Transfer);
    }
    if can_be_coerced(grade, life) {
        kinds.push(DocumentKind::CoerciveDecision);
    }
    kinds
}

/// Whether the institution can be coerced: the hazard is major, and use or people were ordered away and still are (安全生产法
/// 70(1)). Whether the institution refuses, the office says in the decision.
fn can_be_coerced(grade: Grade, life: &Life) -> bool {
    let mut orders = life.measures.iter();
    grade == Grade::Major && orders.any(|it| it.measure.needs_consent() && !it.state.is_settled())
}
