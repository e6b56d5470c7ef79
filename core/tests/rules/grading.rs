//! One table of cases per rule of grading.

use serde_json::{Value, json};
use xunan_core::facility::FacilityType::{self, *};
use xunan_core::rules::{
    Answer, Cause, DecidedBy, Escalation, Finding, Grade, PhotoDuty, Ruling, Standing, Undecided, Verdict,
    grade,
};

use super::support::{date, item, load, quantity, shipped, small};

const TODAY: &str = "2026-11-22";

/// Grades an answer to an item of the small pack, after bending it.
fn graded(id: &str, bend: impl FnOnce(&mut Value), answer: Answer, facility_type: FacilityType) -> Verdict {
    let mut pack = small();
    bend(item(&mut pack, id));
    let pack = load(&pack).unwrap_or_else(|faults| panic!("{faults:#?}"));
    grade(&pack, pack.item(id).unwrap(), &answer, facility_type, date(TODAY))
}

fn plain(id: &str, answer: Answer) -> Verdict {
    graded(id, |_| {}, answer, ElderlyCare)
}

fn number(text: &str) -> Answer {
    Answer::Number(quantity(text))
}

fn finding(verdict: Verdict) -> Finding {
    match verdict {
        Verdict::Fails(finding) => *finding,
        other => panic!("not a failure: {other:?}"),
    }
}

#[test]
fn the_inspectors_word_settles_a_three_way_item() {
    assert_eq!(plain("tri", Answer::Pass), Verdict::Passes);
    assert_eq!(plain("tri", Answer::NotApplicable), Verdict::NotApplicable);
    let finding = finding(plain("tri", Answer::Fail));
    assert_eq!((finding.grade, finding.standing), (Grade::General, Standing::Stands));
    assert_eq!((finding.trace.cause, finding.trace.decided_by), (Cause::Answered, DecidedBy::General));
}

#[test]
fn a_number_is_held_against_its_threshold() {
    assert_eq!(plain("number", number("50")), Verdict::Passes);
    let finding = finding(plain("number", number("50.001")));
    assert_eq!(
        finding.trace.cause,
        Cause::Number { value: quantity("50.001"), threshold: "<=50".parse().unwrap() }
    );
}

#[test]
fn a_threshold_of_its_own_decides_for_a_type() {
    let bend = |item: &mut Value| {
        item["answer"] =
            json!({"number": {"unit": "month", "pass": "<=12", "pass_by_type": {"elderly_care": "<=6"}}});
    };
    assert_eq!(graded("number", bend, number("12"), Cemetery), Verdict::Passes);
    assert!(matches!(graded("number", bend, number("12"), ElderlyCare), Verdict::Fails(_)));
    assert_eq!(graded("number", bend, number("6"), ElderlyCare), Verdict::Passes);
}

#[test]
fn an_answer_that_does_not_settle_an_item_says_why() {
    use Undecided::*;
    let day = || Answer::Date(date(TODAY));
    for (id, answer, why) in [
        ("tri", number("1"), OtherKindOfAnswer),
        ("tri", day(), OtherKindOfAnswer),
        ("number", day(), OtherKindOfAnswer),
        ("recent", number("1"), OtherKindOfAnswer),
        ("valid", Answer::Judged { value: quantity("1"), ruling: Ruling::Pass }, OtherKindOfAnswer),
        ("number", Answer::Pass, ValueMissing),
        ("recent", Answer::Pass, ValueMissing),
        ("valid", Answer::Pass, ValueMissing),
        ("open", number("90"), ThresholdNotSet),
        ("number", number("100.001"), ValueImpossible),
        ("number", number("-1"), ValueImpossible),
        ("open", Answer::Judged { value: quantity("-1"), ruling: Ruling::Pass }, ValueImpossible),
        ("recent", Answer::Date(date("2026-11-23")), DateToCome),
    ] {
        assert_eq!(plain(id, answer.clone()), Verdict::NeedsDecision(why), "{id} {answer:?}");
    }
    for answer in [Answer::Pass, Answer::Fail, Answer::NotApplicable] {
        let verdict = graded("tri", |_| {}, answer, FuneralHome);
        assert_eq!(verdict, Verdict::NeedsDecision(OtherFacilityType));
    }
}

#[test]
fn the_inspector_rules_where_no_threshold_is_set() {
    let ruled = |ruling| Answer::Judged { value: quantity("90"), ruling };
    assert_eq!(plain("open", Answer::Pass), Verdict::Passes);
    assert_eq!(plain("open", ruled(Ruling::Pass)), Verdict::Passes);
    assert_eq!(
        finding(plain("open", ruled(Ruling::Fail))).trace.cause,
        Cause::Ruled { value: quantity("90") }
    );
    assert_eq!(finding(plain("open", Answer::Fail)).trace.cause, Cause::Answered);
}

#[test]
fn a_threshold_outweighs_the_inspectors_ruling() {
    let ruled = |value, ruling| Answer::Judged { value: quantity(value), ruling };
    assert_eq!(plain("number", ruled("50", Ruling::Fail)), Verdict::Passes);
    assert!(matches!(plain("number", ruled("51", Ruling::Pass)), Verdict::Fails(_)));
}

#[test]
fn what_has_no_number_or_date_at_all_can_still_fail() {
    for id in ["number", "open", "recent", "valid"] {
        assert_eq!(finding(plain(id, Answer::Fail)).trace.cause, Cause::Answered, "{id}");
        assert_eq!(plain(id, Answer::NotApplicable), Verdict::NotApplicable, "{id}");
    }
}

#[test]
fn dates_are_held_against_the_day_of_the_inspection() {
    for (id, day, passes) in [
        ("recent", "2026-11-22", true),
        ("recent", "2026-10-22", true),  // 31 days ago
        ("recent", "2026-10-21", false), // 32 days ago
        ("recent", "0000-01-01", false),
        ("valid", "2026-11-21", false),
        ("valid", "2026-11-22", true),
        ("valid", "9999-12-31", true),
    ] {
        let verdict = plain(id, Answer::Date(date(day)));
        assert_eq!(verdict == Verdict::Passes, passes, "{id} {day}: {verdict:?}");
    }
    // The last day of February, in a leap year and in another.
    let bend = |item: &mut Value| item["answer"] = json!({"date": {"within_days": 366}});
    let on = |day: &str, of: &str| {
        let mut pack = small();
        bend(item(&mut pack, "recent"));
        let pack = load(&pack).unwrap();
        grade(&pack, pack.item("recent").unwrap(), &Answer::Date(date(of)), ElderlyCare, date(day))
    };
    assert_eq!(on("2028-02-29", "2027-02-28"), Verdict::Passes);
    assert_eq!(on("2029-03-01", "2028-02-29"), Verdict::Passes);
    assert!(matches!(on("2029-03-02", "2028-02-29"), Verdict::Fails(_)));
}

#[test]
fn a_major_failure_is_proposed_and_offers_measures() {
    let bend = |item: &mut Value| {
        item["grade"] = json!("major");
        item["must_offer"] = json!(["stop_use"]);
        item["may_offer"] = json!(["cordon"]);
        item["escalation"] = json!("after_consultation");
        item["deadline_days"] = json!(0);
    };
    let finding = finding(graded("tri", bend, Answer::Fail, ElderlyCare));
    assert_eq!(finding.grade, Grade::Major);
    assert_eq!(finding.standing, Standing::ProposedNeedsSecondInspector);
    assert_eq!(finding.escalation, Escalation::None, "nothing is above major");
    assert_eq!(finding.trace.decided_by, DecidedBy::Direct);
    assert_eq!(serde_json::to_value(&finding).unwrap()["must_offer"], json!(["stop_use"]));
    assert_eq!(serde_json::to_value(&finding).unwrap()["may_offer"], json!(["cordon"]));
    assert_eq!(finding.deadline.days(), 0);
}

#[test]
fn a_grade_of_its_own_decides_for_a_type() {
    let bend = |item: &mut Value| {
        item["grade_by_type"] = json!({"elderly_care": "major"});
        item["must_offer"] = json!(["suspend_service"]);
        item["escalation"] = json!("after_consultation");
    };
    let elderly = finding(graded("tri", bend, Answer::Fail, ElderlyCare));
    assert_eq!((elderly.grade, elderly.trace.decided_by), (Grade::Major, DecidedBy::TypeOverride));
    assert_eq!(elderly.standing, Standing::ProposedNeedsSecondInspector);
    let cemetery = finding(graded("tri", bend, Answer::Fail, Cemetery));
    assert_eq!((cemetery.grade, cemetery.trace.decided_by), (Grade::General, DecidedBy::General));
    assert_eq!((cemetery.standing, cemetery.escalation), (Standing::Stands, Escalation::AfterConsultation));
}

#[test]
fn advice_is_not_a_hazard() {
    let finding = finding(graded("tri", |item| item["grade"] = json!("advice"), Answer::Fail, ElderlyCare));
    assert_eq!((finding.grade, finding.trace.decided_by), (Grade::Advice, DecidedBy::Advice));
    assert!(Grade::Advice < Grade::General && Grade::General < Grade::Major);
}

#[test]
fn a_failure_counts_as_its_element() {
    let always = |item: &mut Value| item["counts_as"] = json!({"element": "e", "when": "fails"});
    let counted = finding(graded("tri", always, Answer::Fail, ElderlyCare));
    assert_eq!(counted.counts_element.unwrap().as_str(), "e");
    assert_eq!((counted.grade, counted.trace.decided_by), (Grade::General, DecidedBy::Element));
}

#[test]
fn a_failure_counts_by_value_only_from_the_value_on() {
    let from_fifty = |item: &mut Value| {
        item["answer"] = json!({"number": {"unit": "percent", "pass": "==0"}});
        item["counts_as"] = json!({"element": "e", "when": {"value": ">50"}});
    };
    for (answer, counts) in [
        (number("0.001"), false),
        (number("50"), false),
        (number("50.001"), true),
        (Answer::Fail, false), // nobody measured it
    ] {
        let finding = finding(graded("number", from_fifty, answer.clone(), ElderlyCare));
        assert_eq!(finding.counts_element.is_some(), counts, "{answer:?}");
        assert_eq!(finding.trace.decided_by == DecidedBy::Element, counts, "{answer:?}");
    }
}

#[test]
fn a_major_item_may_count_as_an_element_as_well() {
    let pack = shipped();
    let item = pack.item("bldg.decor.combustible").unwrap();
    let finding = finding(grade(&pack, item, &Answer::Fail, ElderlyCare, date(TODAY)));
    assert_eq!((finding.grade, finding.trace.decided_by), (Grade::Major, DecidedBy::Direct));
    assert_eq!(finding.counts_element.unwrap().as_str(), "other.combustible_decoration");
}

#[test]
fn photos_are_owed_by_duty_and_verdict() {
    let fails = plain("tri", Answer::Fail);
    let undecided = plain("tri", number("1"));
    for (duty, on_pass, on_fail) in [
        (PhotoDuty::Required, true, true),
        (PhotoDuty::OnFail, false, true),
        (PhotoDuty::Optional, false, false),
        (PhotoDuty::None, false, false),
    ] {
        assert_eq!(Verdict::Passes.owes_photo(duty), on_pass, "{duty:?}");
        assert_eq!(fails.owes_photo(duty), on_fail, "{duty:?}");
        assert!(!Verdict::NotApplicable.owes_photo(duty) && !undecided.owes_photo(duty), "{duty:?}");
    }
}

#[test]
fn the_trace_names_the_pack_by_its_hash() {
    let pack = shipped();
    let item = pack.item("fire.exit.locked").unwrap();
    let finding = finding(grade(&pack, item, &Answer::Fail, MentalWelfare, date(TODAY)));
    assert_eq!(&finding.trace.pack, pack.reference());
    assert_eq!(
        serde_json::to_value(&finding.trace).unwrap(),
        json!({
            "pack": {"id": "civil-affairs", "edition": "2026.1", "hash": pack.reference().hash.to_string()},
            "item": "fire.exit.locked", "facility_type": "mental_welfare", "on": TODAY,
            "cause": "answered", "decided_by": "element",
        })
    );
}
