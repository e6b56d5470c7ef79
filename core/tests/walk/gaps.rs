//! One case per gap, and how far a visit is.

use xunan_core::rules::{Answer, Grade, Measure, Profile};
use xunan_core::visit::{
    Due, Edit, Gap, HazardOf, ItemState, MeasureDecision, PhotoOf, Progress, Revisit, RevisitOutcome,
    SecondOpinion, SheetChange, SitePerson, SiteSigning, Stage,
};

use super::support::{Walk, date, hazard_id, item_of, minute, photo, photo_id, responsible, signature};

/// What is missing besides signatures.
fn open(walk: &Walk) -> Vec<Gap> {
    walk.gaps().into_iter().filter(|gap| gap.stage() < Stage::Signatures).collect()
}

fn answer(item: &str, answer: Option<Answer>) -> Edit {
    Edit::Answer { item: item.parse().unwrap(), answer, at: minute(2) }
}

fn sheet(item: &str, change: SheetChange) -> Edit {
    Edit::Sheet { of: item_of(item), change }
}

#[test]
fn each_gap_opens_when_its_thing_is_missing() {
    let free = hazard_id(50);
    let of_free = || HazardOf::Free(free);
    let number = |text: &str| Some(Answer::Number(text.parse().unwrap()));
    let fail = || Some(Answer::Fail);
    let locked = || item_of("exit.locked");
    let describe = |title: &str, grade| Edit::DescribeFree { hazard: free, title: title.to_owned(), grade };
    let blank = || " \u{3000}".to_owned();
    for (edit, gaps) in [
        (answer("stock", None), vec![Gap::Unanswered("stock".parse().unwrap())]),
        (answer("supply", number("3")), vec![Gap::Undecided("supply".parse().unwrap())]),
        (answer("light", number("120")), vec![Gap::Undecided("light".parse().unwrap())]),
        (answer("tested", Some(Answer::Pass)), vec![Gap::Undecided("tested".parse().unwrap())]),
        (
            answer("tested", Some(Answer::Date(date("2026-11-23")))),
            vec![Gap::Undecided("tested".parse().unwrap())],
        ),
        // `required`: photographed even when it passes; `on_fail`; `optional` and `none` owe none.
        (Edit::RemovePhoto(photo_id(1)), vec![Gap::PhotoMissing("exit.locked".parse().unwrap())]),
        (
            answer("exit.count", fail()),
            vec![
                Gap::PhotoMissing("exit.count".parse().unwrap()),
                Gap::ResponsibleMissing(item_of("exit.count")),
            ],
        ),
        (answer("licence", fail()), vec![Gap::ResponsibleMissing(item_of("licence"))]),
        (describe("", Some(Grade::General)), vec![Gap::TitleMissing(free)]),
        (describe("井盖", None), vec![Gap::GradeMissing(free)]),
        (
            describe("井盖", Some(Grade::Major)),
            vec![Gap::MeasuresUndecided(of_free()), Gap::SecondOpinionMissing(of_free())],
        ),
        (describe("井盖", Some(Grade::Advice)), vec![]),
        (Edit::Sheet { of: of_free(), change: SheetChange::Due(None) }, vec![Gap::DueMissing(of_free())]),
        (
            sheet("exit.locked", SheetChange::Measures(MeasureDecision::Undecided)),
            vec![Gap::MeasuresUndecided(locked())],
        ),
        (
            sheet("exit.locked", SheetChange::Measures(MeasureDecision::NotNeeded { reason: blank() })),
            vec![Gap::MeasuresUndecided(locked())],
        ),
        (
            sheet("exit.locked", SheetChange::Measures(MeasureDecision::NotNeeded { reason: "已开".into() })),
            vec![],
        ),
        // A general hazard for which the rules must offer a measure, and one for which they need not.
        (
            answer("supply", fail()),
            vec![Gap::MeasuresUndecided(item_of("supply")), Gap::ResponsibleMissing(item_of("supply"))],
        ),
        (sheet("stock", SheetChange::Measures(MeasureDecision::Undecided)), vec![]),
        (
            sheet("stock", SheetChange::Due(Some(Due::By(date("2026-11-21"))))),
            vec![Gap::DueInThePast(item_of("stock"))],
        ),
        (sheet("stock", SheetChange::Due(Some(Due::By(date("2026-11-22"))))), vec![]),
        (sheet("stock", SheetChange::Responsible(None)), vec![Gap::ResponsibleMissing(item_of("stock"))]),
        (sheet("board", SheetChange::Responsible(None)), vec![]),
        (sheet("exit.locked", SheetChange::SecondOpinion(None)), vec![Gap::SecondOpinionMissing(locked())]),
        (
            sheet(
                "exit.locked",
                SheetChange::SecondOpinion(Some(SecondOpinion::Disagrees { reason: blank() })),
            ),
            vec![Gap::SecondOpinionMissing(locked())],
        ),
        (
            Edit::AddPhoto(photo(9, PhotoOf::Revisit(hazard_id(8)))),
            vec![Gap::RevisitOutcomeMissing(hazard_id(8))],
        ),
        (Edit::Second(None), vec![Gap::SecondOpinionMissing(locked()), Gap::SecondInspectorMissing]),
        (Edit::Site(None), vec![Gap::SitePersonMissing]),
        (Edit::Site(Some(SitePerson { name: blank(), post: String::new() })), vec![Gap::SitePersonMissing]),
        (Edit::Profile(Profile::Full), vec![Gap::Unanswered("paths".parse().unwrap())]),
    ] {
        let mut walk = Walk::found();
        assert_eq!(open(&walk), []);
        walk.edit(edit.clone());
        assert_eq!(open(&walk), gaps, "{edit:?}");
        assert_eq!(walk.draft.content(&walk.pack).is_some(), gaps.is_empty(), "{edit:?}");
    }
}

#[test]
fn each_missing_signature_is_a_gap() {
    let refusal = |reason: &str, witness: &str, signed: bool| {
        let witness_signature = signed.then(|| signature(Walk::found().digest()));
        SiteSigning::Refused { reason: reason.to_owned(), witness: witness.to_owned(), witness_signature }
    };
    for (edit, gaps) in [
        (Edit::Bookmark(None), vec![]),
        (Edit::SignLead(None), vec![Gap::LeadSignatureMissing]),
        (Edit::SignSecond(None), vec![Gap::SecondSignatureMissing]),
        (Edit::SignSite(None), vec![Gap::SiteSignatureMissing]),
        (Edit::SignSite(Some(refusal("", "乙", true))), vec![Gap::RefusalIncomplete]),
        (Edit::SignSite(Some(refusal("不认可", " ", true))), vec![Gap::RefusalIncomplete]),
        (Edit::SignSite(Some(refusal("不认可", "乙", false))), vec![Gap::RefusalIncomplete]),
        (Edit::SignSite(Some(refusal("不认可", "乙", true))), vec![]),
    ] {
        let mut walk = Walk::found().signed();
        walk.edit(edit.clone());
        assert_eq!(walk.gaps(), gaps, "{edit:?}");
    }
}

#[test]
fn a_signature_over_what_another_tab_has_changed_since_is_none() {
    let mut walk = Walk::found().signed();
    let mut other = walk.clone();
    other.edit(Edit::Note { item: "stock".parse().unwrap(), note: "缺两具".to_owned() });
    let part = other.draft.part(&xunan_core::visit::PartKey::Item("stock".parse().unwrap())).unwrap();
    walk.draft.set_part(part);
    let gaps = [Gap::LeadSignatureMissing, Gap::SecondSignatureMissing, Gap::SiteSignatureMissing];
    assert_eq!(walk.gaps(), gaps);
}

#[test]
fn an_empty_draft_is_missing_everything_in_walking_order() {
    let walk = Walk::begun();
    let items = walk.pack.items_for(walk.draft.head().facility.facility_type, Profile::Standard);
    let mut gaps: Vec<Gap> = items.map(|item| Gap::Unanswered(item.id.clone())).collect();
    assert_eq!(gaps.len(), 9);
    gaps.extend([
        Gap::SecondInspectorMissing,
        Gap::SitePersonMissing,
        Gap::LeadSignatureMissing,
        Gap::SecondSignatureMissing,
        Gap::SiteSignatureMissing,
    ]);
    assert_eq!(walk.gaps(), gaps);
    assert_eq!(walk.draft.progress(&walk.pack), Progress { items: 9, ..Progress::default() });
}

#[test]
fn a_photographed_earlier_hazard_needs_an_outcome_and_an_outcome_no_photo() {
    let mut walk = Walk::found();
    walk.edit(Edit::AddPhoto(photo(9, PhotoOf::Revisit(hazard_id(8)))));
    let revisit = Revisit { outcome: RevisitOutcome::StillThere, note: String::new() };
    walk.edit(Edit::Revisit { hazard: hazard_id(8), revisit: Some(revisit.clone()) });
    walk.edit(Edit::Revisit { hazard: hazard_id(9), revisit: Some(revisit) });
    assert_eq!(open(&walk), []);
}

#[test]
fn progress_counts_and_one_touch_moves_it_without_counting_again() {
    let mut walk = Walk::found();
    let mut progress = walk.draft.progress(&walk.pack);
    assert_eq!(progress, Progress { items: 9, answered: 9, failed: 3, major: 1, photos: 3 });
    for (item, answer) in [
        ("exit.locked", Some(Answer::Pass)),
        ("config", Some(Answer::Fail)),
        ("supply", Some(Answer::Number("3".parse().unwrap()))),
        ("stock", None),
        ("stock", Some(Answer::NotApplicable)),
    ] {
        let item = walk.item(item).clone();
        let before = walk.draft.item_state(&item, &walk.pack);
        walk.edit(Edit::Answer { item: item.id.clone(), answer, at: minute(3) });
        progress.replace(&before, &walk.draft.item_state(&item, &walk.pack));
        assert_eq!(progress, walk.draft.progress(&walk.pack), "{}", item.id);
    }
    walk.edit(Edit::DescribeFree {
        hazard: hazard_id(50),
        title: "井盖".to_owned(),
        grade: Some(Grade::Major),
    });
    walk.edit(Edit::RemovePhoto(photo_id(3)));
    let progress = walk.draft.progress(&walk.pack);
    assert_eq!((progress.major, progress.photos), (2, 2));
}

#[test]
fn the_gaps_of_the_items_are_those_of_the_walk() {
    let mut walk = Walk::found();
    walk.answer("config", Answer::Fail);
    walk.answer("exit.count", Answer::Fail);
    walk.edit(sheet("exit.locked", SheetChange::Responsible(None)));
    let items = walk.pack.items_for(walk.draft.head().facility.facility_type, Profile::Standard);
    let one_by_one: Vec<Gap> = items.flat_map(|item| walk.draft.item_gaps(item, &walk.pack)).collect();
    assert_eq!(open(&walk), one_by_one);
    assert_eq!(
        walk.draft.item_state(walk.item("stock"), &walk.pack).finding().unwrap().grade,
        Grade::General
    );
    assert_eq!(
        walk.draft.item_state(walk.item("board"), &Walk::begun().pack).finding().unwrap().grade,
        Grade::Advice
    );
    assert_eq!(Walk::begun().draft.item_state(walk.item("board"), &walk.pack), ItemState::Untouched);
}

#[test]
fn one_hazard_for_one_cause_owes_its_things_once() {
    let mut walk = Walk::found();
    walk.sheet("stock", SheetChange::Responsible(None));
    assert_eq!(open(&walk), [Gap::ResponsibleMissing(item_of("stock"))]);
    walk.answer("config", Answer::Fail);
    walk.sheet("config", responsible());
    walk.sheet("config", super::support::ordered(&[Measure::PostWatch]));
    walk.sheet("config", SheetChange::SecondOpinion(Some(SecondOpinion::Agrees)));
    assert_eq!(open(&walk), []);
}
