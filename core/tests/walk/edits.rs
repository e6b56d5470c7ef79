//! What an edit changes, what it voids, and what is refused.

use xunan_core::rules::{Answer, Grade, Measure, Profile, Remedy, Ruling};
use xunan_core::visit::{
    Draft, Due, Edit, EditRefused, HazardOf, ItemState, Keeping, MeasureDecision, PartKey, PhotoOf, Revisit,
    RevisitOutcome, SecondOpinion, SheetChange, SitePerson, SiteSigning,
};

use super::support::{
    Walk, date, hazard_id, inspector, item_of, minute, ordered, photo, photo_id, shows, signature,
};

fn item_part(item: &str) -> PartKey {
    PartKey::Item(item.parse().unwrap())
}

fn note(item: &str, note: &str) -> Edit {
    Edit::Note { item: item.parse().unwrap(), note: note.to_owned() }
}

#[test]
fn an_edit_returns_the_part_that_it_changed() {
    let mut walk = Walk::begun();
    let hazard = hazard_id(7);
    let revisit = Some(Revisit { outcome: RevisitOutcome::StillThere, note: String::new() });
    for (edit, part) in [
        (
            Edit::Answer { item: "stock".parse().unwrap(), answer: Some(Answer::Fail), at: minute(1) },
            item_part("stock"),
        ),
        (note("stock", "缺两具"), item_part("stock")),
        (
            Edit::Sheet { of: item_of("stock"), change: SheetChange::Place("二层".to_owned()) },
            item_part("stock"),
        ),
        (Edit::AddFree { hazard }, PartKey::Free(hazard)),
        (
            Edit::DescribeFree { hazard, title: "井盖".to_owned(), grade: Some(Grade::Major) },
            PartKey::Free(hazard),
        ),
        (
            Edit::Sheet { of: HazardOf::Free(hazard), change: ordered(&[Measure::Cordon]) },
            PartKey::Free(hazard),
        ),
        (Edit::RemoveFree(hazard), PartKey::Free(hazard)),
        (Edit::RestoreFree(hazard), PartKey::Free(hazard)),
        (Edit::AddPhoto(photo(9, PhotoOf::Free(hazard))), PartKey::Photo(photo_id(9))),
        (Edit::RemovePhoto(photo_id(9)), PartKey::Photo(photo_id(9))),
        (Edit::RestorePhoto(photo_id(9)), PartKey::Photo(photo_id(9))),
        (Edit::Revisit { hazard: hazard_id(8), revisit }, PartKey::Revisit(hazard_id(8))),
        (Edit::Revisit { hazard: hazard_id(8), revisit: None }, PartKey::Revisit(hazard_id(8))),
        (Edit::Profile(Profile::Full), PartKey::Head),
        (Edit::Bookmark(Some("stock".parse().unwrap())), PartKey::Bookmark),
        (Edit::Second(Some(inspector(2))), PartKey::Signing),
        (Edit::Site(None), PartKey::Signing),
    ] {
        let before = walk.draft.clone();
        assert_eq!(walk.edit(edit.clone()), std::slice::from_ref(&part), "{edit:?}");
        let mut restored = before;
        restored.set_part(walk.draft.part(&part).unwrap());
        assert_eq!(restored, walk.draft, "{edit:?} changed more than it said");
        // Said twice, it changes nothing more.
        let after = walk.draft.clone();
        walk.edit(edit);
        assert_eq!(walk.draft, after);
    }
}

#[test]
fn answers_of_the_wrong_kind_and_to_unknown_items_are_refused() {
    let number = || Answer::Number("3".parse().unwrap());
    let kind = |item: &str| EditRefused::WrongKindOfAnswer(item.parse().unwrap());
    let unknown = |item: &str| EditRefused::UnknownItem(item.parse().unwrap());
    for (item, answer, refused) in [
        ("stock", number(), kind("stock")),
        ("stock", Answer::Date(date("2026-01-01")), kind("stock")),
        ("light", Answer::Date(date("2026-01-01")), kind("light")),
        ("tested", number(), kind("tested")),
        ("nothing", Answer::Pass, unknown("nothing")),
        ("graves", Answer::NotApplicable, unknown("graves")),
    ] {
        let mut walk = Walk::begun();
        let edit = Edit::Answer { item: item.parse().unwrap(), answer: Some(answer), at: minute(1) };
        assert_eq!(walk.try_edit(edit), Err(refused), "{item}");
        assert_eq!(walk.draft, Walk::begun().draft, "a refused edit changed something");
    }
    // What does not settle the item yet is saved all the same: it is being typed.
    let mut walk = Walk::begun();
    walk.answer("light", Answer::Number("120".parse().unwrap()));
    walk.answer("tested", Answer::Pass);
}

#[test]
fn other_edits_are_refused_without_their_object() {
    let long = "长".repeat(Draft::MAX_TEXT_CHARS + 1);
    let fits = "长".repeat(Draft::MAX_TEXT_CHARS);
    let mut lead = inspector(2);
    lead.account = inspector(1).account;
    let mut other = photo(1, PhotoOf::Visit);
    other.manifest.stored_bytes += 1;
    let opinion = || SheetChange::SecondOpinion(Some(SecondOpinion::Agrees));
    let unknown = || EditRefused::UnknownItem("nothing".parse().unwrap());
    let free = hazard_id(7);
    for (edit, refused) in [
        (note("nothing", ""), unknown()),
        (note("stock", &long), EditRefused::TooLong),
        (Edit::Sheet { of: item_of("nothing"), change: SheetChange::Due(None) }, unknown()),
        (
            Edit::Sheet { of: item_of("stock"), change: SheetChange::Place(long.clone()) },
            EditRefused::TooLong,
        ),
        (
            Edit::Sheet { of: HazardOf::Free(free), change: SheetChange::Due(None) },
            EditRefused::UnknownHazard,
        ),
        (
            Edit::Sheet {
                of: item_of("stock"),
                change: SheetChange::Measures(MeasureDecision::NotNeeded { reason: long.clone() }),
            },
            EditRefused::TooLong,
        ),
        (Edit::Sheet { of: item_of("stock"), change: opinion() }, EditRefused::NotProposedMajor),
        (Edit::Sheet { of: item_of("exit.locked"), change: opinion() }, EditRefused::NotProposedMajor),
        (Edit::DescribeFree { hazard: free, title: String::new(), grade: None }, EditRefused::UnknownHazard),
        (Edit::RemoveFree(free), EditRefused::UnknownHazard),
        (Edit::RestoreFree(free), EditRefused::UnknownHazard),
        (Edit::AddPhoto(photo(9, shows("nothing"))), unknown()),
        (Edit::AddPhoto(photo(9, shows("graves"))), EditRefused::UnknownItem("graves".parse().unwrap())),
        (Edit::AddPhoto(photo(9, PhotoOf::Free(free))), EditRefused::UnknownHazard),
        (Edit::AddPhoto(other), EditRefused::PhotoIdTaken),
        (Edit::RemovePhoto(photo_id(9)), EditRefused::UnknownPhoto),
        (Edit::RestorePhoto(photo_id(9)), EditRefused::UnknownPhoto),
        (Edit::Second(Some(lead)), EditRefused::SecondIsLead),
        (Edit::Site(Some(SitePerson { name: long.clone(), post: String::new() })), EditRefused::TooLong),
        (
            Edit::Decide { item: "stock".parse().unwrap(), ruling: Some(Ruling::Fail) },
            EditRefused::WrongKindOfAnswer("stock".parse().unwrap()),
        ),
        (
            Edit::SignSite(Some(SiteSigning::Refused {
                reason: long,
                witness: String::new(),
                witness_signature: None,
            })),
            EditRefused::TooLong,
        ),
    ] {
        let mut walk = Walk::passed();
        assert_eq!(walk.try_edit(edit.clone()), Err(refused), "{edit:?}");
        assert_eq!(walk.draft, Walk::passed().draft, "a refused edit changed something");
    }
    Walk::passed().edit(note("stock", &fits));
}

#[test]
fn a_signature_is_refused_when_it_is_early_or_a_tap_or_over_something_else() {
    let mut walk = Walk::begun();
    let early = Edit::SignLead(Some(signature(Walk::passed().digest())));
    assert_eq!(walk.try_edit(early), Err(EditRefused::NotReadyToSign));

    let mut walk = Walk::passed();
    let mut tap = signature(walk.digest());
    tap.strokes[0].0.truncate(1);
    assert_eq!(walk.try_edit(Edit::SignSecond(Some(tap))), Err(EditRefused::NotDrawn));
    let stale = signature(Walk::found().digest());
    for edit in [
        Edit::SignLead(Some(stale.clone())),
        Edit::SignSite(Some(SiteSigning::Signed(stale.clone()))),
        Edit::SignSite(Some(SiteSigning::Refused {
            reason: "不认可".to_owned(),
            witness: "街道办乙".to_owned(),
            witness_signature: Some(stale),
        })),
    ] {
        assert_eq!(walk.try_edit(edit), Err(EditRefused::SignedOtherContent));
    }
}

#[test]
fn a_sheet_outlives_an_answer_that_flips_and_flips_back() {
    let mut walk = Walk::found();
    let before = walk.draft.hazard(&item_of("exit.locked"), &walk.pack).unwrap();
    walk.answer("exit.locked", Answer::Pass);
    assert_eq!(walk.draft.hazard(&item_of("exit.locked"), &walk.pack), None);
    walk.answer("exit.locked", Answer::Fail);
    assert_eq!(walk.draft.hazard(&item_of("exit.locked"), &walk.pack).unwrap(), before);
}

#[test]
fn a_ruling_belongs_to_one_value() {
    let mut walk = Walk::begun();
    let state = |walk: &Walk| walk.draft.item_state(walk.item("supply"), &walk.pack);
    let rule = |ruling| Edit::Decide { item: "supply".parse().unwrap(), ruling };
    walk.answer("supply", Answer::Number("3".parse().unwrap()));
    assert!(matches!(state(&walk), ItemState::NeedsDecision(_)));
    walk.edit(rule(Some(Ruling::Fail)));
    assert!(matches!(state(&walk), ItemState::Failed(_)));
    walk.edit(rule(None));
    assert!(matches!(state(&walk), ItemState::NeedsDecision(_)));
    walk.edit(rule(Some(Ruling::Pass)));
    assert_eq!(state(&walk), ItemState::Passed);
    walk.answer("supply", Answer::Number("2".parse().unwrap()));
    assert!(matches!(state(&walk), ItemState::NeedsDecision(_)));
}

#[test]
fn measures_have_one_spelling() {
    let mut walk = Walk::found();
    walk.sheet("stock", ordered(&[Measure::PostWatch, Measure::StopUse, Measure::PostWatch]));
    let hazard = walk.draft.hazard(&item_of("stock"), &walk.pack).unwrap();
    assert_eq!(hazard.sheet.measures.ordered(), [Measure::StopUse, Measure::PostWatch]);
    walk.sheet("stock", ordered(&[]));
    let hazard = walk.draft.hazard(&item_of("stock"), &walk.pack).unwrap();
    assert_eq!(hazard.sheet.measures, MeasureDecision::Undecided);
}

#[test]
fn a_change_of_what_was_signed_voids_every_signature_and_nothing_else_does() {
    let hazard = hazard_id(50);
    for edit in [
        Edit::Answer { item: "stock".parse().unwrap(), answer: Some(Answer::Pass), at: minute(65) },
        Edit::Answer { item: "stock".parse().unwrap(), answer: None, at: minute(65) },
        note("stock", "缺两具"),
        Edit::Sheet { of: item_of("stock"), change: SheetChange::Due(Some(Due::OnTheSpot)) },
        Edit::Sheet { of: item_of("stock"), change: SheetChange::Remedy(Remedy::CorrectedOnTheSpot) },
        Edit::DescribeFree { hazard, title: "井盖松动".to_owned(), grade: Some(Grade::General) },
        Edit::RemoveFree(hazard),
        Edit::AddFree { hazard: hazard_id(51) },
        Edit::AddPhoto(photo(9, PhotoOf::Visit)),
        Edit::RemovePhoto(photo_id(3)),
        Edit::Revisit {
            hazard: hazard_id(8),
            revisit: Some(Revisit { outcome: RevisitOutcome::LooksFixed, note: String::new() }),
        },
        Edit::Profile(Profile::Full),
        Edit::Second(Some(inspector(3))),
        Edit::Second(None),
        Edit::Site(Some(SitePerson { name: "副院长丙".to_owned(), post: String::new() })),
    ] {
        let mut walk = Walk::found().signed();
        let parts = walk.edit(edit.clone());
        assert!(parts.contains(&PartKey::Signing), "{edit:?}");
        let signing = walk.draft.signing();
        assert_eq!((&signing.lead_signature, &signing.second_signature), (&None, &None), "{edit:?}");
        assert_eq!(signing.site_signing, None, "{edit:?}");
    }
    for edit in [
        Edit::Bookmark(Some("stock".parse().unwrap())),
        Edit::Answer { item: "stock".parse().unwrap(), answer: Some(Answer::Fail), at: minute(65) },
        note("stock", ""),
        Edit::RestorePhoto(photo_id(3)),
        Edit::AddFree { hazard },
        Edit::Second(Some(inspector(2))),
    ] {
        let mut walk = Walk::found().signed();
        let signed = walk.draft.signing().clone();
        walk.edit(edit.clone());
        assert_eq!(*walk.draft.signing(), signed, "{edit:?}");
    }
}

#[test]
fn the_words_of_a_refusal_outlive_a_change_and_its_witness_signs_again() {
    let mut walk = Walk::found();
    let witness_signature = Some(signature(walk.digest()));
    let (reason, witness) = ("不认可".to_owned(), "街道办乙".to_owned());
    let refusal =
        SiteSigning::Refused { reason: reason.clone(), witness: witness.clone(), witness_signature };
    walk.edit(Edit::SignSite(Some(refusal)));
    walk.edit(note("stock", "缺两具"));
    let kept = SiteSigning::Refused { reason, witness, witness_signature: None };
    assert_eq!(walk.draft.signing().site_signing, Some(kept));
}

#[test]
fn another_second_inspector_has_not_given_an_opinion_yet() {
    let mut walk = Walk::found();
    let opinion =
        |walk: &Walk| walk.draft.hazard(&item_of("exit.locked"), &walk.pack).unwrap().sheet.second_opinion;
    let mut renewed = inspector(2);
    renewed.certificate.number = "ZF-2B".to_owned();
    walk.edit(Edit::Second(Some(renewed)));
    assert_eq!(opinion(&walk), Some(SecondOpinion::Agrees));
    let parts = walk.edit(Edit::Second(Some(inspector(3))));
    assert_eq!(parts, [PartKey::Signing, item_part("exit.locked")]);
    assert_eq!(opinion(&walk), None);
}

#[test]
fn what_was_taken_back_can_be_brought_back() {
    let mut walk = Walk::found();
    let before = walk.draft.content(&walk.pack).unwrap();
    walk.edit(Edit::RemovePhoto(photo_id(3)));
    walk.edit(Edit::RemoveFree(hazard_id(50)));
    let less = walk.draft.content(&walk.pack).unwrap();
    assert_eq!((less.photos.len(), less.findings.len()), (1, 3));
    assert_eq!(walk.draft.photo(photo_id(3)).unwrap().keeping, Keeping::Removed);
    walk.edit(Edit::RestorePhoto(photo_id(3)));
    walk.edit(Edit::RestoreFree(hazard_id(50)));
    assert_eq!(walk.draft.content(&walk.pack).unwrap(), before);
}
