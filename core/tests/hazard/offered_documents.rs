//! Which documents a hazard offers, by its grade and what has become of it.

use xunan_core::document::{DocumentKind, kinds_for_hazard};
use xunan_core::hazard::{Answer, Command, HazardState, RecheckOutcome};
use xunan_core::rules::{Grade, Measure};

use super::aside_guards::{answer_lift, ask_lift, carry_out, order};
use super::support::{
    Hazard, by, entry_id, inspector, institution, recheck, supervisor, transfer, treatment_plan,
};

fn offered(hazard: &Hazard) -> Vec<DocumentKind> {
    kinds_for_hazard(hazard.card().grade, &hazard.life())
}

#[test]
fn an_institution_is_coerced_only_of_a_major_hazard_and_while_it_is_ordered_to_stop() {
    let coerced = |grade, measures: &[Measure]| {
        offered(&Hazard::found_with(grade, measures)).contains(&DocumentKind::CoerciveDecision)
    };
    for (grade, measures, expected) in [
        (Grade::Major, &[Measure::StopUse][..], true),
        (Grade::Major, &[Measure::OpenNow, Measure::Evacuate], true),
        (Grade::Major, &[Measure::OpenNow], false),
        (Grade::Major, &[], false),
        (Grade::General, &[Measure::StopUse], false),
    ] {
        assert_eq!(coerced(grade, measures), expected, "{grade:?} {measures:?}");
    }
    let mut hazard = Hazard::standing_at(HazardState::Submitted, Grade::Major);
    let mut after = |entry, actor, command| {
        hazard.must(entry, &actor, command);
        offered(&hazard).contains(&DocumentKind::CoerciveDecision)
    };
    let stop = Measure::StopUse;
    assert!(after(entry_id(20), inspector(), order(stop, "危及人身安全")));
    assert!(after(entry_id(21), institution(), carry_out(stop)), "the institution alone says so");
    assert!(after(entry_id(22), institution(), ask_lift(stop, "已整改")));
    let fixed = recheck(Some(by::submit()), RecheckOutcome::Fixed);
    assert!(after(by::recheck(), inspector(), fixed));
    assert!(
        !after(entry_id(23), supervisor(), answer_lift(22, Answer::Granted, "")),
        "its end was consented to"
    );
}

#[test]
fn a_plan_and_a_transfer_are_offered_where_there_is_one() {
    let mut hazard = Hazard::standing_at(HazardState::Assigned, Grade::Major);
    assert_eq!(offered(&hazard), [DocumentKind::RectificationOrder]);
    hazard.must(by::sign_for(), &institution(), Command::SignFor { assignment: by::assign() });
    hazard.must(entry_id(30), &institution(), Command::Plan { plan: treatment_plan() });
    assert_eq!(offered(&hazard), [DocumentKind::RectificationOrder, DocumentKind::TreatmentPlan]);
    let mut hazard = Hazard::found(Grade::General);
    hazard.must(entry_id(20), &supervisor(), transfer());
    assert_eq!(offered(&hazard), [DocumentKind::RectificationOrder, DocumentKind::Transfer]);
}
