//! A record that did not come from the app, or was changed after it did.

use serde_json::{Value, json};
use xunan_core::problem::Problem;
use xunan_core::rules::{Answer, Measure, Pack};
use xunan_core::visit::{Draft, Edit, Revisit, RevisitOutcome, SecondOpinion, SheetChange, VisitRecord};

use super::support::{Walk, fire, forged, hazard_id, pack, photo_id, tampered};

type Change = Box<dyn FnOnce(&mut Value)>;

fn check(record: &VisitRecord) -> Result<(), Problem> {
    record.check(&pack(), Some(&fire()))
}

fn set(path: &'static str, value: Value) -> impl FnOnce(&mut Value) {
    move |json| *json.pointer_mut(path).unwrap_or_else(|| panic!("{path}")) = value
}

fn remove(path: &'static str, key: &'static str) -> impl FnOnce(&mut Value) {
    move |json| _ = json.pointer_mut(path).unwrap().as_object_mut().unwrap().remove(key).unwrap()
}

/// A record with something of everything.
fn record() -> VisitRecord {
    let mut walk = Walk::found();
    let revisit = Revisit { outcome: RevisitOutcome::StillThere, note: String::new() };
    walk.edit(Edit::Revisit { hazard: hazard_id(8), revisit: Some(revisit) });
    walk.sheet("stock", SheetChange::Place("二层".to_owned()));
    walk.signed().record()
}

fn mismatch(item: &str) -> Problem {
    Problem::GradeMismatch { item: item.to_owned() }
}

fn incomplete(gaps: u32) -> Problem {
    Problem::RecordIncomplete { gaps }
}

fn inconsistent(detail: &str) -> Problem {
    Problem::RecordInconsistent { detail: detail.to_owned() }
}

/// Whoever holds a device's key can sign any JSON: each of these is signed over what it says.
#[test]
fn a_forged_record_is_found_out() {
    let long = "长".repeat(Draft::MAX_TEXT_CHARS + 1);
    let hazard = json!(hazard_id(99));
    let cases: Vec<(Change, Problem)> = vec![
        (
            Box::new(|it| it["content"]["inspectors"][1] = it["content"]["inspectors"][0].clone()),
            inconsistent("the two inspectors are the same person"),
        ),
        (
            Box::new(set("/content/inspectors/1/certificate/valid_until", json!("2026-11-21"))),
            inconsistent("an inspector's certificate is not valid on the day of the visit"),
        ),
        (
            Box::new(|it| it["content"]["items"]["nothing"] = json!({"answer": "pass"})),
            Problem::UnknownItem { item: "nothing".to_owned() },
        ),
        (
            Box::new(|it| it["content"]["items"]["paths"] = json!({"answer": "pass"})),
            Problem::UnknownItem { item: "paths".to_owned() },
        ),
        // Grades: a lighter one, a failure without its finding, a finding without its failure, another trace.
        (
            Box::new(set("/content/findings/0/source/finding/grade", json!("general"))),
            mismatch("exit.locked"),
        ),
        (Box::new(set("/content/findings/0/grade", json!("general"))), mismatch("exit.locked")),
        (Box::new(set("/content/findings/1/source/finding/deadline", json!(30))), mismatch("stock")),
        (
            Box::new(set("/content/findings/1/source/finding/trace/on", json!("2026-11-21"))),
            mismatch("stock"),
        ),
        (
            Box::new(|it| _ = it["content"]["findings"].as_array_mut().unwrap().remove(0)),
            mismatch("exit.locked"),
        ),
        (Box::new(set("/content/items/config/answer", json!("fail"))), mismatch("config")),
        (Box::new(set("/content/items/board/answer", json!("pass"))), mismatch("board")),
        (
            Box::new(set("/content/facility_type", json!("cemetery"))),
            Problem::UnknownItem { item: "board".to_owned() },
        ),
        (
            Box::new(set("/content/findings/3/grade", json!("advice"))),
            inconsistent("a hazard's grade is not the one that was proposed"),
        ),
        (
            Box::new(|it| it["content"]["findings"][1]["second_opinion"] = json!({"opinion": "agrees"})),
            inconsistent("a second opinion on a hazard that nobody proposed as major"),
        ),
        (
            Box::new(set("/content/findings/1/hazard", hazard.clone())),
            inconsistent("a hazard's id does not come from the visit and the item"),
        ),
        (
            Box::new(|it| {
                it["content"]["findings"][3]["hazard"] = it["content"]["findings"][0]["hazard"].clone()
            }),
            inconsistent("two hazards have the same id"),
        ),
        // Gaps.
        (Box::new(remove("/content/items", "tested")), incomplete(1)),
        (Box::new(set("/content/items/tested/answer", json!("pass"))), incomplete(1)),
        (Box::new(set("/content/items/exit.locked/photos", json!([]))), incomplete(1)),
        (Box::new(set("/content/findings/0/measures", json!({"decision": "undecided"}))), incomplete(1)),
        (
            Box::new(set("/content/findings/0/measures", json!({"decision": "ordered", "measures": []}))),
            incomplete(1),
        ),
        (
            Box::new(set("/content/findings/0/measures", json!({"decision": "not_needed", "reason": " "}))),
            incomplete(1),
        ),
        (Box::new(remove("/content/findings/0", "second_opinion")), incomplete(1)),
        (Box::new(remove("/content/findings/1", "responsible")), incomplete(1)),
        (Box::new(remove("/content/findings/1", "due")), incomplete(1)),
        (Box::new(set("/content/findings/1/due/date", json!("2026-11-21"))), incomplete(1)),
        (Box::new(set("/content/findings/3/source/title", json!(""))), incomplete(1)),
        (Box::new(set("/content/site_person/name", json!(""))), incomplete(1)),
        // Photos.
        (
            Box::new(set("/content/visit_photos", json!([photo_id(3), photo_id(3)]))),
            inconsistent("a photo is named twice"),
        ),
        (
            Box::new(set("/content/visit_photos", json!([photo_id(3), photo_id(2)]))),
            inconsistent("a photo is named twice"),
        ),
        (
            Box::new(set("/content/visit_photos", json!([]))),
            inconsistent("the photos that are named are not those that are listed"),
        ),
        (
            Box::new(|it| _ = it["content"]["photos"].as_array_mut().unwrap().pop()),
            inconsistent("the photos that are named are not those that are listed"),
        ),
        (
            Box::new(|it| {
                let photo = it["content"]["photos"][0].clone();
                it["content"]["photos"].as_array_mut().unwrap().push(photo);
            }),
            inconsistent("the photos that are named are not those that are listed"),
        ),
        (
            Box::new(set("/content/findings/0/photos", json!([]))),
            inconsistent("a hazard's photos are not its item's"),
        ),
        // Texts, the fire judgement, the packs.
        (
            Box::new(set("/content/findings/1/place", json!(long))),
            inconsistent("a text is longer than allowed"),
        ),
        (
            Box::new(|it| {
                let element = json!({"element": "evac.exit_sealed", "confidence": "sourced", "items": []});
                it["fire"]["judgement"] = json!({
                    "proposal": "suspected_transfer_to_fire_rescue", "rules": it["fire"]["rules"],
                    "withdrawn_on": "2025-11-01", "place": "crowded_place", "clause": "5.3.3", "at_least": 1,
                    "elements": [element], "corrected": [], "unknown": [], "confidence": "sourced",
                });
            }),
            inconsistent("the comprehensive fire judgement comes out otherwise"),
        ),
        (
            Box::new(|it| it["fire"]["rules"]["hash"] = it["content"]["photos"][0]["stored"].clone()),
            Problem::UnknownPack { hash: record().content().photos[0].stored },
        ),
        (
            Box::new(|it| it["content"]["pack"]["hash"] = it["content"]["photos"][0]["stored"].clone()),
            Problem::UnknownPack { hash: record().content().photos[0].stored },
        ),
        // Signatures.
        (Box::new(set("/lead_signature/strokes", json!([]))), inconsistent("a signature is not drawn")),
        (Box::new(set("/site/strokes", json!([[[1, 1]]]))), inconsistent("a signature is not drawn")),
    ];
    let record = record();
    assert_eq!(check(&record), Ok(()));
    for (number, (change, problem)) in cases.into_iter().enumerate() {
        assert_eq!(check(&forged(&record, change)), Err(problem), "case {number}");
    }
}

#[test]
fn a_refusal_without_a_reason_or_a_witness_is_incomplete() {
    let record = record();
    let refusal = |reason: &str, name: &str| {
        let signature = serde_json::to_value(record.inspectors_signatures()[0]).unwrap();
        let witness = json!({"name": name, "signature": signature});
        let site = json!({"site": "refused", "reason": reason, "witness": witness});
        check(&forged(&record, |json| json["site"] = site))
    };
    assert_eq!(refusal("不认可", "街道办乙"), Ok(()));
    assert_eq!(refusal("", "街道办乙"), Err(incomplete(1)));
    assert_eq!(refusal("不认可", " "), Err(incomplete(1)));
}

/// Every leaf of the content, changed one at a time and not signed again.
#[test]
fn any_change_of_the_content_after_signing_is_found_out() {
    fn leaves(value: &Value, path: &str, all: &mut Vec<String>) {
        match value {
            Value::Object(members) => {
                members.iter().for_each(|(key, it)| leaves(it, &format!("{path}/{key}"), all))
            }
            Value::Array(members) if !members.is_empty() => {
                members.iter().enumerate().for_each(|(at, it)| leaves(it, &format!("{path}/{at}"), all));
            }
            _ => all.push(path.to_owned()),
        }
    }
    let record = record();
    let json = serde_json::to_value(&record).unwrap();
    let mut paths = Vec::new();
    leaves(&json["content"], "/content", &mut paths);
    assert!(paths.len() > 100, "{}", paths.len());
    let mut readable = 0;
    for path in paths {
        // Whatever another value of the leaf's kind the types admit; what they refuse cannot even be read.
        let other = |value: &Value| match value {
            Value::String(text) => {
                vec![json!("x"), json!(text.replacen(char::is_alphanumeric, "8", 1)), json!("minor")]
            }
            Value::Number(number) => vec![json!(number.as_u64().unwrap() + 1)],
            _ => vec![json!(null), json!([hazard_id(3)])],
        };
        for value in other(json.pointer(&path).unwrap()) {
            let mut json = json.clone();
            let leaf = json.pointer_mut(&path).unwrap();
            if *leaf == value {
                continue;
            }
            *leaf = value;
            let Ok(changed) = serde_json::from_value::<VisitRecord>(json) else { continue };
            if changed != record {
                readable += 1;
                assert!(check(&changed).is_err(), "{path}");
            }
        }
    }
    assert!(readable > 40, "{readable}");
}

#[test]
fn a_signature_over_another_content_is_found_out() {
    let record = record();
    let other = json!(Walk::passed().digest());
    for path in ["/lead_signature/content", "/second_signature/content", "/site/content"] {
        let changed = tampered(&record, set(path, other.clone()));
        assert_eq!(check(&changed), Err(inconsistent("a signature is over another content")), "{path}");
    }
}

#[test]
fn a_record_is_checked_under_the_pack_and_the_fire_rules_that_it_names() {
    let record = record();
    let text = String::from_utf8(super::support::PACK.to_vec()).unwrap();
    let other = Pack::load(text.replace("\"edition\": \"1\"", "\"edition\": \"2\"").as_bytes()).unwrap();
    let hash = record.content().pack.hash;
    assert_eq!(record.check(&other, Some(&fire())), Err(Problem::UnknownPack { hash }));
    let hash = record.fire().unwrap().rules.hash;
    assert_eq!(record.check(&pack(), None), Err(Problem::UnknownPack { hash }));
}

#[test]
fn narrower_items_under_a_broader_one_are_checked_too() {
    let mut walk = Walk::found();
    walk.answer("config", Answer::Fail);
    for change in [super::support::responsible(), super::support::ordered(&[Measure::PostWatch])] {
        walk.sheet("config", change);
    }
    let agrees = SheetChange::SecondOpinion(Some(SecondOpinion::Agrees));
    walk.sheet("config", agrees);
    let record = walk.signed().record();
    assert_eq!(check(&record), Ok(()));
    let without = forged(&record, remove("/content/findings/1/source", "also"));
    assert_eq!(check(&without), Err(mismatch("config")));
}
