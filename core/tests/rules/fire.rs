//! The comprehensive fire judgement.

use xunan_core::facility::FacilityType::*;
use xunan_core::rules::{Confidence, CountedElement, FireJudgement, PlaceKind, Proposal, Remedy, judge_fire};

use super::support::{date, shipped_fire};

fn counted(elements: &[&str]) -> Vec<CountedElement> {
    let found = |(place, element): (usize, &&str)| CountedElement {
        item: format!("item{place}").parse().unwrap(),
        element: element.parse().unwrap(),
        remedy: Remedy::Outstanding,
    };
    elements.iter().enumerate().map(found).collect()
}

fn judged(place: PlaceKind, elements: &[&str]) -> Option<FireJudgement> {
    judge_fire(&shipped_fire(), place, &counted(elements))
}

fn clauses(judgement: &FireJudgement) -> Vec<&str> {
    judgement.elements.iter().filter_map(|it| it.clause.as_deref()).collect()
}

/// Chongqing Changshou, a hospital in 2023: 7.3.2, 7.3.3 and 7.3.6 together were judged major under 5.3.3.
#[test]
fn the_published_case_of_three_evacuation_elements_holds() {
    let elements = ["evac.exit_count_width", "evac.exit_sealed", "evac.lighting_damaged"];
    let judgement = judged(PlaceKind::CrowdedPlace, &elements).unwrap();
    assert_eq!(clauses(&judgement), ["7.3.2", "7.3.3", "7.3.6"]);
    assert_eq!((judgement.clause.as_str(), judgement.at_least), ("5.3.3", 3));
    assert_eq!(judgement.proposal, Proposal::SuspectedTransferToFireRescue);
    assert_eq!(judgement.withdrawn_on, date("2025-11-01"));
    assert_eq!(judgement.confidence, Confidence::Secondary);
    assert_eq!(&judgement.rules, shipped_fire().reference());
    let json = serde_json::to_string(&judgement).unwrap();
    assert_eq!(serde_json::from_str::<FireJudgement>(&json).unwrap(), judgement);
}

#[test]
fn each_kind_of_place_has_its_own_counts() {
    use PlaceKind::*;
    let evacuation = ["evac.exit_count_width", "evac.exit_sealed", "smoke.unusable"];
    let others =
        ["alarm.not_running", "alarm.not_installed", "water.hydrant_unusable", "power.no_auto_switch"];
    let six = [&evacuation[..], &others[..3]].concat();
    for (place, elements, holds) in [
        (CrowdedPlace, &evacuation[..], Some(3)),
        (CrowdedPlace, &evacuation[..2], None),
        (CrowdedPlace, &others[..3], None),
        (CrowdedPlace, &others[..], Some(4)),
        (FlammablePlace, &evacuation[..], None),
        (FlammablePlace, &["site.fire_lane", "water.sprinkler_unusable", "alarm.not_running"][..], None),
        (FlammablePlace, &others[..], Some(4)),
        (OtherPlace, &six[..5], None),
        (OtherPlace, &six[..], Some(6)),
    ] {
        assert_eq!(judged(place, elements).map(|it| it.at_least), holds, "{place:?} {elements:?}");
    }
}

#[test]
fn two_items_of_one_clause_count_once() {
    let elements = ["evac.exit_sealed", "evac.exit_sealed", "evac.lighting_damaged"];
    assert_eq!(judged(PlaceKind::CrowdedPlace, &elements), None);
    let elements = ["evac.exit_sealed", "evac.exit_sealed", "evac.lighting_damaged", "smoke.unusable"];
    let judgement = judged(PlaceKind::CrowdedPlace, &elements).unwrap();
    assert_eq!(judgement.elements.iter().map(|it| it.items.len()).collect::<Vec<_>>(), [2, 1, 1]);
}

#[test]
fn what_was_corrected_on_the_spot_does_not_count() {
    let mut found = counted(&["evac.exit_count_width", "evac.exit_sealed", "evac.lighting_damaged"]);
    found[1].remedy = Remedy::CorrectedOnTheSpot;
    assert_eq!(judge_fire(&shipped_fire(), PlaceKind::CrowdedPlace, &found), None);
    found.extend(counted(&["smoke.unusable"]));
    let judgement = judge_fire(&shipped_fire(), PlaceKind::CrowdedPlace, &found).unwrap();
    assert_eq!(judgement.corrected, [found[1].item.clone()]);
    assert_eq!(clauses(&judgement), ["7.3.2", "7.3.6", "7.5"]);
}

#[test]
fn an_element_that_the_set_does_not_know_is_told_and_not_counted() {
    let elements = ["evac.exit_count_width", "evac.exit_sealed", "made.up"];
    assert_eq!(judged(PlaceKind::CrowdedPlace, &elements), None);
    let elements = ["evac.exit_count_width", "evac.exit_sealed", "made.up", "smoke.unusable"];
    assert_eq!(judged(PlaceKind::CrowdedPlace, &elements).unwrap().unknown, ["made.up".parse().unwrap()]);
}

#[test]
fn a_recalled_element_makes_the_outcome_recalled() {
    let elements = ["evac.exit_count_width", "evac.exit_sealed", "evac.grille_or_shutter"];
    assert_eq!(judged(PlaceKind::CrowdedPlace, &elements).unwrap().confidence, Confidence::Recalled);
}

#[test]
fn nothing_found_is_nothing_suspected() {
    for place in [PlaceKind::CrowdedPlace, PlaceKind::FlammablePlace, PlaceKind::OtherPlace] {
        assert_eq!(judged(place, &[]), None);
    }
}

#[test]
fn every_type_of_facility_has_a_usual_kind_of_place() {
    let rules = shipped_fire();
    let kind = |facility_type| rules.place_kind(facility_type).unwrap().kind;
    assert_eq!(kind(ElderlyCare), PlaceKind::CrowdedPlace);
    assert_eq!(kind(ChildWelfare), PlaceKind::CrowdedPlace);
    assert_eq!(kind(Cemetery), PlaceKind::OtherPlace);
}
