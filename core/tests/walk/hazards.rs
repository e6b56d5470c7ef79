//! The hazards of a draft: what the rules propose, what was decided, and what is registered together.

use xunan_core::clock::Date;
use xunan_core::ids::HazardId;
use xunan_core::rules::{Answer, FireRules, Grade, Measure, Remedy};
use xunan_core::visit::{DraftHazard, Due, Edit, HazardOf, SecondOpinion, SheetChange};

use super::support::{Walk, date, fire, hazard_id, item_of, photo, photo_id, shows, visit_id};

fn hazards(walk: &Walk) -> Vec<DraftHazard> {
    walk.draft.hazards(&walk.pack)
}

#[test]
fn failed_items_come_in_walking_order_and_free_hazards_after_them() {
    let walk = Walk::found();
    let of: Vec<HazardOf> = hazards(&walk).into_iter().map(|it| it.of).collect();
    let free = HazardOf::Free(hazard_id(50));
    assert_eq!(of, [item_of("exit.locked"), item_of("stock"), item_of("board"), free]);
}

#[test]
fn a_hazard_of_an_item_says_what_the_rules_say() {
    let walk = Walk::found();
    let hazard = &hazards(&walk)[0];
    assert_eq!(hazard.id, HazardId::of_item(visit_id(1), "exit.locked"));
    assert_eq!((hazard.proposed, hazard.grade), (Some(Grade::Major), Some(Grade::Major)));
    assert_eq!(hazard.due, Some(Due::OnTheSpot));
    assert_eq!(hazard.must_offer, [Measure::OpenNow]);
    assert_eq!(hazard.may_offer, [Measure::PostWatch]);
    assert_eq!(hazard.photos, [photo_id(1)]);
    assert_eq!(hazard.gaps(walk.draft.date()), []);
    assert_eq!(walk.draft.hazard(&hazard.of, &walk.pack).as_ref(), Some(hazard));
}

#[test]
fn the_due_date_is_the_rules_until_somebody_decides() {
    let mut walk = Walk::found();
    let due = |walk: &Walk| hazards(walk)[1].due.unwrap();
    assert_eq!(due(&walk), Due::By(date("2026-11-29")));
    walk.sheet("stock", SheetChange::Due(Some(Due::OnTheSpot)));
    assert_eq!(due(&walk), Due::OnTheSpot);
    walk.sheet("stock", SheetChange::Due(None));
    assert_eq!(due(&walk), Due::By(date("2026-11-29")));
}

#[test]
fn a_free_hazard_may_be_met_with_any_measure_and_its_date_is_the_inspectors() {
    let mut walk = Walk::begun();
    let hazard = hazard_id(7);
    walk.edit(Edit::AddFree { hazard });
    let free = walk.draft.hazard(&HazardOf::Free(hazard), &walk.pack).unwrap();
    assert_eq!((free.proposed, free.due, free.finding), (None, None, None));
    assert_eq!(free.may_offer, Measure::ALL);
    walk.edit(Edit::RemoveFree(hazard));
    assert_eq!(walk.draft.hazard(&HazardOf::Free(hazard), &walk.pack), None);
    assert_eq!(hazards(&walk), []);
}

#[test]
fn a_major_hazard_with_which_the_second_disagrees_is_general() {
    let disagrees = || SecondOpinion::Disagrees { reason: "门可从内打开".to_owned() };
    for (proposed, opinion, grade) in [
        (Grade::Major, None, Grade::Major),
        (Grade::Major, Some(SecondOpinion::Agrees), Grade::Major),
        (Grade::Major, Some(disagrees()), Grade::General),
        (Grade::General, Some(disagrees()), Grade::General),
        (Grade::Advice, Some(disagrees()), Grade::Advice),
    ] {
        assert_eq!(SecondOpinion::settle(proposed, opinion.as_ref()), grade, "{proposed:?} {opinion:?}");
    }
    let mut walk = Walk::found();
    walk.sheet("exit.locked", SheetChange::SecondOpinion(Some(disagrees())));
    let hazard = &hazards(&walk)[0];
    assert_eq!((hazard.proposed, hazard.grade), (Some(Grade::Major), Some(Grade::General)));
}

#[test]
fn a_broader_failed_item_takes_the_narrower_ones_under_it() {
    let mut walk = Walk::found();
    walk.answer("exit.count", Answer::Fail);
    walk.edit(Edit::AddPhoto(photo(4, shows("stock"))));
    walk.edit(Edit::AddPhoto(photo(5, shows("config"))));
    let separate: Vec<HazardOf> = hazards(&walk).into_iter().map(|it| it.of).collect();
    assert_eq!(separate[..3], [item_of("exit.count"), item_of("exit.locked"), item_of("stock")]);

    walk.answer("config", Answer::Fail);
    let hazard = hazards(&walk).into_iter().find(|it| it.of == item_of("config")).unwrap();
    assert_eq!(hazard.also, ["exit.count".parse().unwrap(), "stock".parse().unwrap()]);
    assert_eq!(hazard.photos, [photo_id(5), photo_id(4)]);
    // exit.locked, config, board, and the free one.
    assert_eq!(hazards(&walk).len(), 4);
    assert_eq!(walk.draft.hazard(&item_of("stock"), &walk.pack), Some(hazard));
}

fn elements(walk: &Walk, fire: &FireRules) -> Option<Vec<String>> {
    let judgement = walk.draft.count_fire(&walk.pack, fire).judgement?;
    Some(judgement.elements.iter().map(|it| it.element.to_string()).collect())
}

/// Crowded place, GB 35181-2017 5.3.3: three evacuation elements are enough.
#[test]
fn enough_elements_make_a_suspicion_unless_one_was_corrected_on_the_spot() {
    let fire = fire();
    let mut walk = Walk::found();
    walk.answer("exit.count", Answer::Fail);
    assert_eq!(elements(&walk, &fire), None);
    walk.answer("light", Answer::Number("51".parse().unwrap()));
    let all = ["evac.exit_count_width", "evac.exit_sealed", "evac.lighting_damaged"];
    assert_eq!(elements(&walk, &fire).unwrap(), all);
    // Registered under a broader item it is the same element.
    walk.answer("config", Answer::Fail);
    assert_eq!(elements(&walk, &fire).unwrap(), all);
    walk.sheet("config", SheetChange::Remedy(Remedy::CorrectedOnTheSpot));
    assert_eq!(elements(&walk, &fire), None);
    walk.sheet("config", SheetChange::Remedy(Remedy::Outstanding));
    walk.answer("light", Answer::Number("50".parse().unwrap()));
    assert_eq!(elements(&walk, &fire), None);
}

#[test]
fn deadlines_count_calendar_days_over_the_end_of_a_month() {
    let on: Date = date("2026-02-27");
    assert_eq!(Due::proposed(3.into(), on), Due::By(date("2026-03-02")));
    assert_eq!(Due::proposed(0.into(), on), Due::OnTheSpot);
}
