//! Every kind of broken pack is refused with the item and the field named.

use serde_json::{Value, json};
use xunan_core::facility::FacilityType;
use xunan_core::rules::{FaultAt, FaultKind, FireRules, Pack, PackFault};

use super::support::{CHECKLIST, FIRE, item, load, small};

/// Bends the small pack and gives the only fault that comes of it.
fn fault(bend: impl FnOnce(&mut Value)) -> PackFault {
    let mut pack = small();
    bend(&mut pack);
    let mut faults = load(&pack).expect_err("a broken pack loaded");
    assert_eq!(faults.len(), 1, "{faults:#?}");
    faults.remove(0)
}

fn at(id: &str) -> FaultAt {
    FaultAt::Item(id.to_owned())
}

fn check(bend: impl FnOnce(&mut Value), at: FaultAt, field: &'static str, kind: FaultKind) {
    assert_eq!(fault(bend), PackFault { at, field, kind });
}

#[test]
fn the_small_pack_itself_loads() {
    assert_eq!(load(&small()).unwrap().items().len(), 5);
}

#[test]
fn a_value_that_a_field_cannot_hold_is_refused() {
    for (field, value) in [
        ("applies_to", json!(["elderly_care", "castle"])),
        ("profiles", json!(["weekly"])),
        ("answer", json!("maybe")),
        ("answer", json!({"number": {"unit": "furlong", "pass": "<=2"}})),
        ("answer", json!({"number": {"unit": "hour", "pass": "=<2"}})),
        ("answer", json!({"number": {"unit": "hour", "pass": "8..0"}})),
        ("answer", json!({"number": {"unit": "hour", "pass": 2}})),
        ("answer", json!({"date": {"within_days": -1}})),
        ("photo", json!("always")),
        ("grade", json!("terrible")),
        ("grade_confidence", json!("certain")),
        ("deadline_days", json!(-1)),
        ("deadline_days", json!(1.5)),
        ("deadline_days", json!(70000)),
        ("must_offer", json!(["pray"])),
        ("counts_as", json!({"element": "e", "when": {"value": "50"}})),
        ("covers", json!(["two words"])),
        ("text", json!({"zh": "甲"})),
        ("text", json!({"zh": "甲", "en": "A", "fr": "A"})),
        ("basis", json!([{"cite": "LAW"}])),
    ] {
        let fault = fault(|pack| item(pack, "tri")[field] = value.clone());
        assert_eq!((&fault.at, fault.field), (&at("tri"), field), "{value}");
        assert!(matches!(fault.kind, FaultKind::Unreadable(_)), "{fault}");
    }
}

#[test]
fn a_field_that_is_not_known_is_named_with_its_item() {
    let fault = fault(|pack| item(pack, "tri")["severity"] = json!("high"));
    assert_eq!(fault.at, at("tri"));
    assert!(fault.to_string().contains("severity"), "{fault}");
}

#[test]
fn a_missing_field_is_named() {
    for field in [
        "section",
        "text",
        "applies_to",
        "profiles",
        "answer",
        "photo",
        "grade",
        "grade_confidence",
        "deadline_days",
        "basis",
    ] {
        check(
            |pack| _ = item(pack, "tri").as_object_mut().unwrap().remove(field),
            at("tri"),
            field,
            FaultKind::Missing,
        );
    }
    check(
        |pack| _ = item(pack, "tri").as_object_mut().unwrap().remove("id"),
        at("#1"),
        "id",
        FaultKind::Missing,
    );
    for field in ["id", "edition", "valid_from", "title", "notice", "words", "legal_bases", "sections"] {
        let fault = fault(|pack| _ = pack.as_object_mut().unwrap().remove(field));
        assert_eq!((fault.at, fault.field, fault.kind), (FaultAt::Pack, field, FaultKind::Missing));
    }
}

#[test]
fn a_missing_reference_is_named() {
    for (field, value, name) in [
        ("section", json!("nowhere"), "nowhere"),
        ("basis", json!([{"cite": "OTHER", "confidence": "sourced"}]), "OTHER"),
        ("refer_to", json!(["astrology"]), "astrology"),
        ("covers", json!(["ghost"]), "ghost"),
        ("counts_as", json!({"element": "x", "when": "fails"}), "x"),
    ] {
        check(|pack| item(pack, "tri")[field] = value, at("tri"), field, FaultKind::Unknown(name.to_owned()));
    }
}

#[test]
fn names_that_appear_twice_are_named() {
    let twice = |name: &str| FaultKind::Duplicate(name.to_owned());
    check(|pack| item(pack, "number")["id"] = json!("tri"), FaultAt::Pack, "items", twice("tri"));
    check(|pack| pack["elements"] = json!(["e", "e"]), FaultAt::Pack, "elements", twice("e"));
    for (field, name) in [("sections", "s"), ("legal_bases", "LAW")] {
        let bend = |pack: &mut Value| {
            let first = pack[field][0].clone();
            pack[field].as_array_mut().unwrap().push(first);
        };
        check(bend, FaultAt::Pack, field, twice(name));
    }
    check(
        |pack| item(pack, "tri")["applies_to"] = json!(["cemetery", "cemetery"]),
        at("tri"),
        "applies_to",
        twice("Cemetery"),
    );
}

#[test]
fn a_text_that_is_blank_in_a_language_is_named() {
    for language in ["zh", "en"] {
        for field in ["text", "why", "note"] {
            let mut text = json!({"zh": "甲", "en": "A"});
            text[language] = json!("\u{3000} ");
            check(
                |pack| item(pack, "tri")[field] = text,
                at("tri"),
                field,
                FaultKind::BlankText { language },
            );
        }
        let blank = FaultKind::BlankText { language };
        check(|pack| pack["title"][language] = json!(""), FaultAt::Pack, "title", blank.clone());
        check(
            |pack| pack["sections"][0]["text"][language] = json!(""),
            FaultAt::Section("s".into()),
            "text",
            blank.clone(),
        );
        let law = FaultAt::LegalBasis("LAW".into());
        check(|pack| pack["legal_bases"][0]["title"][language] = json!(""), law, "title", blank.clone());
        check(
            |pack| pack["words"]["measures"]["cordon"][language] = json!(""),
            FaultAt::Words,
            "measures",
            blank,
        );
    }
}

#[test]
fn words_that_lack_a_code_are_refused() {
    for (field, code) in
        [("facility_types", "cemetery"), ("profiles", "full"), ("measures", "cordon"), ("units", "gram")]
    {
        let bend = |pack: &mut Value| _ = pack["words"][field].as_object_mut().unwrap().remove(code);
        check(bend, FaultAt::Words, field, FaultKind::Missing);
    }
}

#[test]
fn what_must_not_be_empty_is_named() {
    for field in ["applies_to", "profiles", "basis"] {
        check(|pack| item(pack, "tri")[field] = json!([]), at("tri"), field, FaultKind::Empty);
    }
    let no_patrol = |pack: &mut Value| {
        for item in pack["items"].as_array_mut().unwrap() {
            item["profiles"] = json!(["standard", "full", "major_only"]);
        }
    };
    check(no_patrol, FaultAt::Pack, "profile daily_patrol", FaultKind::Empty);
}

#[test]
fn numbers_beyond_their_range_are_refused() {
    let days = |value| FaultKind::OutOfRange { value, low: 0, high: 365 };
    check(|pack| item(pack, "tri")["deadline_days"] = json!(366), at("tri"), "deadline_days", days(366));
    let within = |value| FaultKind::OutOfRange { value, low: 1, high: 3660 };
    for value in [0, 3661] {
        let answer = json!({"date": {"within_days": value}});
        check(|pack| item(pack, "tri")["answer"] = answer, at("tri"), "answer", within(value));
    }
}

#[test]
fn a_major_grade_needs_a_measure_to_offer() {
    let missing = FaultKind::MajorWithoutMeasure;
    check(|pack| item(pack, "tri")["grade"] = json!("major"), at("tri"), "must_offer", missing.clone());
    let only_some = json!({"cemetery": "major"});
    check(|pack| item(pack, "tri")["grade_by_type"] = only_some, at("tri"), "must_offer", missing);
}

#[test]
fn what_an_item_is_not_for_cannot_have_rules_of_its_own() {
    let foreign = || FaultKind::ForeignType(FacilityType::FuneralHome);
    let grades = json!({"funeral_home": "advice"});
    check(|pack| item(pack, "tri")["grade_by_type"] = grades, at("tri"), "grade_by_type", foreign());
    let answer = json!({"number": {"unit": "day", "pass": "<=1", "pass_by_type": {"funeral_home": "<=2"}}});
    check(|pack| item(pack, "number")["answer"] = answer, at("number"), "answer", foreign());
}

#[test]
fn elements_stand_on_hazards_and_count_by_value_only_where_there_is_one() {
    let on_advice = |pack: &mut Value| {
        item(pack, "tri")["grade"] = json!("advice");
        item(pack, "tri")["counts_as"] = json!({"element": "e", "when": "fails"});
    };
    check(on_advice, at("tri"), "counts_as", FaultKind::ElementOnAdvice);
    let by_value = json!({"element": "e", "when": {"value": ">50"}});
    check(
        |pack| item(pack, "tri")["counts_as"] = by_value,
        at("tri"),
        "counts_as",
        FaultKind::CountWithoutNumber,
    );
}

#[test]
fn a_circle_of_references_is_drawn() {
    let circle = |pack: &mut Value| {
        item(pack, "tri")["covers"] = json!(["number"]);
        item(pack, "number")["covers"] = json!(["valid", "open"]);
        item(pack, "open")["covers"] = json!(["tri"]);
    };
    let fault = fault(circle);
    assert_eq!(fault.field, "covers");
    let FaultKind::Cycle(path) = &fault.kind else { panic!("{fault}") };
    assert_eq!(path, "number → open → tri → number");
    check(
        |pack| item(pack, "tri")["covers"] = json!(["tri"]),
        at("tri"),
        "covers",
        FaultKind::Cycle("tri → tri".to_owned()),
    );
    let itself = json!({"id": "small", "edition": "1"});
    check(
        |pack| pack["supersedes"] = itself,
        FaultAt::Pack,
        "supersedes",
        FaultKind::Cycle("small 1".to_owned()),
    );
}

#[test]
fn a_very_long_chain_of_references_is_no_circle_and_no_overflow() {
    let mut pack = small();
    let model = item(&mut pack, "tri").clone();
    let items = pack["items"].as_array_mut().unwrap();
    let chain = 2_000;
    for link in 0..chain {
        let mut item = model.clone();
        item["id"] = json!(format!("link{link}"));
        if link + 1 < chain {
            item["covers"] = json!([format!("link{}", link + 1)]);
        }
        items.push(item);
    }
    assert_eq!(load(&pack).unwrap().items().len(), 5 + chain);
}

#[test]
fn all_faults_are_reported_at_once() {
    let mut pack = small();
    item(&mut pack, "tri")["grade"] = json!("terrible");
    item(&mut pack, "number")["section"] = json!("nowhere");
    item(&mut pack, "valid")["photo"] = json!("always");
    let faults = load(&pack).unwrap_err();
    let places: Vec<_> = faults.iter().map(|it| (it.at.clone(), it.field)).collect();
    assert_eq!(places, [(at("tri"), "grade"), (at("valid"), "photo"), (at("number"), "section")]);
    assert_eq!(faults[2].to_string(), "item number, section: nowhere is not in this pack");
}

#[test]
fn what_is_no_pack_at_all_is_refused() {
    for bytes in [&b""[..], b"{", b"[]", b"null", b"<!DOCTYPE html>"] {
        let faults = Pack::load(bytes).unwrap_err();
        assert_eq!((&faults[0].at, faults[0].field), (&FaultAt::Pack, "file"), "{faults:?}");
    }
    let of = |bytes: &[u8]| Pack::load(bytes).unwrap_err().remove(0).kind;
    assert_eq!(of(&[0xff, 0xfe]), FaultKind::NotUtf8);
    assert_eq!(of(&vec![b' '; 3 << 20]), FaultKind::TooLarge { bytes: 3 << 20 });
    assert_eq!(
        fault(|pack| pack["format"] = json!("xunan-checklist/9")).kind,
        FaultKind::OtherFormat("xunan-checklist/9".to_owned())
    );
    let deep = [b"[".repeat(500_000), b"]".repeat(500_000)].concat();
    assert!(matches!(of(&deep), FaultKind::Unreadable(_)));
    let deep_item =
        format!("{{\"format\":\"x\",\"items\":[{}{}]}}", "[".repeat(500_000), "]".repeat(500_000));
    assert!(Pack::load(deep_item.as_bytes()).is_err());
    assert_eq!(of(FIRE), FaultKind::OtherFormat("xunan-fire-elements/1".to_owned()));
    assert!(FireRules::load(CHECKLIST).is_err());
}

#[test]
fn a_broken_fire_rule_set_is_refused() {
    let whole: Value = serde_json::from_slice(FIRE).unwrap();
    let fault = |bend: &dyn Fn(&mut Value)| {
        let mut set = whole.clone();
        bend(&mut set);
        FireRules::load(set.to_string().as_bytes()).unwrap_err().remove(0)
    };
    assert_eq!(
        fault(&|set| set["rules"][0]["at_least"] = json!(12)).kind,
        FaultKind::Unreachable { at_least: 12 }
    );
    assert_eq!(
        fault(&|set| set["rules"][1]["at_least"] = json!(0)).kind,
        FaultKind::Unreachable { at_least: 0 }
    );
    assert_eq!(fault(&|set| set["place_kinds"] = json!([])).kind, FaultKind::Missing);
    let twice = fault(&|set| set["elements"][1]["id"] = set["elements"][0]["id"].clone());
    assert_eq!(twice.kind, FaultKind::Duplicate("site.fire_lane".to_owned()));
    assert_eq!(fault(&|set| set["label"]["zh"] = json!(" ")).field, "label");
    assert_eq!(fault(&|set| _ = set.as_object_mut().unwrap().remove("withdrawn_on")).field, "withdrawn_on");
}
