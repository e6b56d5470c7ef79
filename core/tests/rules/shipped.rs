//! What ships loads, and has the figures that the domain notes give (section 3 of the domain rules).

use std::collections::BTreeSet;

use xunan_core::facility::FacilityType::{self, *};
use xunan_core::rules::{Confidence, Evidence, Grade, PhotoDuty, Profile};

use super::support::{shipped, shipped_fire};

#[test]
fn the_pack_has_all_items_sections_types_and_profiles() {
    let pack = shipped();
    assert_eq!((pack.items().len(), pack.sections().len(), pack.legal_bases().len()), (156, 19, 60));
    let count = |profile| pack.items().iter().filter(|item| item.profiles.contains(&profile)).count();
    assert_eq!(Profile::ALL.map(count), [133, 156, 63, 29]);
}

#[test]
fn each_type_has_as_many_items_as_the_domain_notes_say() {
    let pack = shipped();
    for (facility_type, standard, major_only) in [
        (ElderlyCare, 104, 50),
        (ChildWelfare, 91, 46),
        (MinorProtection, 92, 47),
        (ReliefStation, 94, 50),
        (MentalWelfare, 92, 49),
        (FuneralHome, 80, 42),
        (MarriageRegistry, 60, 36),
        (Cemetery, 37, 16),
    ] {
        let count = |profile| pack.items_for(facility_type, profile).count();
        assert_eq!(count(Profile::Standard), standard, "{facility_type:?}");
        assert_eq!(count(Profile::MajorOnly), major_only, "{facility_type:?}");
        assert!(count(Profile::DailyPatrol) > 0, "{facility_type:?}");
    }
}

#[test]
fn grades_measures_and_photos_are_as_many_as_the_domain_notes_say() {
    let pack = shipped();
    let count = |wanted: &dyn Fn(&xunan_core::rules::Item) -> bool| {
        pack.items().iter().filter(|it| wanted(it)).count()
    };
    let major = |item: &xunan_core::rules::Item| {
        FacilityType::ALL.iter().any(|it| item.grade_for(*it) == Grade::Major)
    };
    assert_eq!(count(&major), 24);
    assert_eq!(count(&|it| it.counts_as.is_some() && !major(it)), 17);
    assert_eq!(count(&|it| it.grade == Grade::General && it.counts_as.is_none() && !major(it)), 110);
    assert_eq!(count(&|it| it.grade == Grade::Advice), 5);
    // 66 in the notes, and cert.se.manager, which is major and had no measure to offer.
    assert_eq!(count(&|it| !it.must_offer.is_empty()), 66 + 1);
    assert_eq!(count(&|it| it.photo == PhotoDuty::Required), 28);
    let known = |confidence| count(&|it| it.grade_confidence == confidence);
    assert_eq!(
        [Confidence::Sourced, Confidence::Secondary, Confidence::Recalled, Confidence::Design].map(known),
        [52, 25, 57, 22]
    );
}

#[test]
fn every_item_says_why_in_both_languages_and_without_exclamation_marks() {
    let pack = shipped();
    for item in pack.items() {
        assert!(item.why.is_some(), "{}", item.id);
        for text in [Some(&item.text), item.why.as_ref(), item.note.as_ref()].into_iter().flatten() {
            assert!(
                !text.zh.contains(['!', '！']) && !text.en.contains('!'),
                "{}: no exclamation marks",
                item.id
            );
            let chinese = |text: &str| text.contains(|it| ('\u{4e00}'..='\u{9fff}').contains(&it));
            assert!(chinese(&text.zh) && !chinese(&text.en), "{}: each text in its language", item.id);
        }
    }
}

#[test]
fn a_clause_is_never_surer_than_the_text_it_is_in() {
    let pack = shipped();
    for item in pack.items() {
        for citation in &item.basis {
            let basis = pack.legal_basis(citation.cite.as_str()).unwrap();
            let unread = matches!(basis.evidence, Evidence::Recall | Evidence::MetadataOnly);
            assert!(!(unread && citation.confidence > Confidence::Recalled), "{} {}", item.id, citation.cite);
        }
    }
}

#[test]
fn items_come_by_section_and_are_found_by_name() {
    let pack = shipped();
    let sections: Vec<_> = pack.sections().iter().map(|it| &it.id).collect();
    let place = |item: &xunan_core::rules::Item| sections.iter().position(|it| **it == item.section).unwrap();
    assert!(pack.items().is_sorted_by_key(place));
    for item in pack.items() {
        assert_eq!(pack.item(item.id.as_str()), Some(item));
    }
    assert_eq!(pack.item("fire.exit"), None);
}

#[test]
fn a_pack_is_known_by_the_hash_of_its_bytes() {
    let pack = shipped();
    assert_eq!(pack.reference().hash, xunan_core::digest::Digest::of(super::support::CHECKLIST));
    let mut bytes = super::support::CHECKLIST.to_vec();
    bytes.push(b'\n');
    let other = xunan_core::rules::Pack::load(&bytes).unwrap();
    assert_ne!(other.reference().hash, pack.reference().hash);
}

#[test]
fn the_legacy_fire_set_knows_every_element_that_the_pack_counts() {
    let (pack, fire) = (shipped(), shipped_fire());
    assert_eq!(fire.missing_for(&pack).collect::<Vec<_>>(), Vec::<&xunan_core::rules::ElementId>::new());
    let ids: BTreeSet<_> = fire.elements().iter().map(|it| &it.id).collect();
    assert_eq!(ids, pack.elements().iter().collect());
    assert_eq!(fire.direct().len(), 10);
    assert_eq!(fire.withdrawn_on(), super::support::date("2025-11-01"));
    assert!(fire.label().zh.contains("疑似") && fire.label().zh.contains("废止"));
}
