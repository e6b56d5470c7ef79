//! What holds for every answer, every number and every damaged file.

use std::sync::LazyLock;

use proptest::prelude::*;
use xunan_core::clock::Date;
use xunan_core::digest::Digest;
use xunan_core::facility::FacilityType;
use xunan_core::rules::{
    Answer, CountedElement, Grade, Pack, PlaceKind, Quantity, Remedy, Ruling, Standing, Verdict, grade,
    judge_fire,
};

use super::support::{CHECKLIST, shipped, shipped_fire};

fn any_quantity() -> impl Strategy<Value = Quantity> {
    (any::<bool>(), 0..1_000_000_000_i64, 0..1000_i64).prop_map(|(negative, whole, decimals)| {
        let sign = if negative { "-" } else { "" };
        Quantity::from_typed(&format!("{sign}{whole}.{decimals:03}")).unwrap()
    })
}

fn any_date() -> impl Strategy<Value = Date> {
    (0..10_000_i32, 1..13_u32, 1..29_u32).prop_map(|(year, month, day)| Date::new(year, month, day).unwrap())
}

fn any_answer() -> impl Strategy<Value = Answer> {
    let ruling = prop_oneof![Just(Ruling::Pass), Just(Ruling::Fail)];
    prop_oneof![
        Just(Answer::Pass),
        Just(Answer::Fail),
        Just(Answer::NotApplicable),
        any_quantity().prop_map(Answer::Number),
        (0..200_i32).prop_map(|number| Answer::Number(Quantity::whole(number))),
        (any_quantity(), ruling).prop_map(|(value, ruling)| Answer::Judged { value, ruling }),
        any_date().prop_map(Answer::Date),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_grade_depends_on_its_arguments_alone_and_survives_the_wire(
        answers in prop::collection::vec(any_answer(), 1..8), on in any_date()
    ) {
        static PACKS: LazyLock<[Pack; 2]> = LazyLock::new(|| [shipped(), shipped()]);
        let [pack, again] = &*PACKS;
        for (item, same) in pack.items().iter().zip(again.items()) {
            for answer in &answers {
                for facility_type in FacilityType::ALL {
                    let verdict = grade(pack, item, answer, facility_type, on);
                    prop_assert_eq!(&verdict, &grade(again, same, answer, facility_type, on));
                    if let Verdict::Fails(finding) = &verdict {
                        let major = finding.grade == Grade::Major;
                        prop_assert_eq!(major, finding.standing == Standing::ProposedNeedsSecondInspector);
                        prop_assert!(!major || !finding.must_offer.is_empty());
                        prop_assert!(!finding.basis.is_empty());
                    }
                }
            }
            let verdict = grade(pack, item, &answers[0], item.applies_to[0], on);
            let json = serde_json::to_string(&verdict).unwrap();
            prop_assert_eq!(serde_json::from_str::<Verdict>(&json).unwrap(), verdict);
        }
    }

    #[test]
    fn a_quantity_survives_print_and_parse(quantity in any_quantity()) {
        let text = quantity.to_string();
        prop_assert_eq!(text.parse(), Ok(quantity));
        prop_assert_eq!(Quantity::from_typed(&text), Ok(quantity));
        let json = serde_json::to_string(&quantity).unwrap();
        prop_assert_eq!(serde_json::from_str::<Quantity>(&json).unwrap(), quantity);
    }

    #[test]
    fn quantities_are_ordered_as_their_numbers(a in any_quantity(), b in any_quantity()) {
        prop_assert_eq!(a.cmp(&b), a.thousandths().cmp(&b.thousandths()));
    }

    #[test]
    fn anything_typed_is_a_quantity_or_a_reason(typed in "[-+－0-9０-９.。,e ]{0,16}|\\PC{0,12}") {
        if let Ok(quantity) = Quantity::from_typed(&typed) {
            prop_assert_eq!(quantity.to_string().parse(), Ok(quantity));
        }
    }

    #[test]
    fn a_damaged_pack_is_refused_or_is_another_pack(at in 0..CHECKLIST.len(), byte in any::<u8>(), cut in any::<bool>()) {
        let mut bytes = CHECKLIST.to_vec();
        if cut {
            bytes.truncate(at);
        } else {
            bytes[at] = byte;
        }
        match Pack::load(&bytes) {
            Ok(pack) => prop_assert_eq!(pack.reference().hash == Digest::of(CHECKLIST), bytes == CHECKLIST),
            Err(faults) => prop_assert!(!faults.is_empty()),
        }
    }

    #[test]
    fn more_elements_never_make_a_suspicion_go_away(picks in prop::collection::vec((0..17_usize, any::<bool>()), 0..20)) {
        let rules = shipped_fire();
        let found: Vec<CountedElement> = picks.iter().map(|(pick, corrected)| CountedElement {
            item: format!("item{pick}").parse().unwrap(),
            element: rules.elements()[*pick].id.clone(),
            remedy: if *corrected { Remedy::CorrectedOnTheSpot } else { Remedy::Outstanding },
        }).collect();
        for place in [PlaceKind::CrowdedPlace, PlaceKind::FlammablePlace, PlaceKind::OtherPlace] {
            let mut suspected = false;
            for so_far in 0..=found.len() {
                let now = judge_fire(&rules, place, &found[..so_far]);
                prop_assert!(now.is_some() || !suspected);
                prop_assert_eq!(&now, &judge_fire(&rules, place, &found[..so_far]));
                suspected = now.is_some();
            }
        }
    }
}
