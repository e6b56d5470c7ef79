//! Every item, every failing answer, every type of facility it is for: what the shipped pack makes of it.
//!
//! The golden file is added and never edited: a changed grade for the same pack would turn every stored record
//! against its own trace. When a new edition of the pack ships, add a file for it beside this one.

use std::fmt::Write as _;

use serde_json::{Value, json};
use xunan_core::facility::FacilityType;
use xunan_core::rules::{Answer, AnswerKind, Item, Pack, Verdict, grade};

use super::support::{date, quantity, shipped};

const ON: &str = "2026-11-22";
const GOLDEN: &str = include_str!("../golden/v1/grades.json");

/// What the golden file tries on each kind of item: a bare failure, and values around every threshold.
fn answers(item: &Item) -> Vec<Answer> {
    let mut answers = vec![Answer::Fail];
    match item.answer {
        AnswerKind::Tri => {}
        AnswerKind::Number(_) => {
            let values = [
                "0", "1", "2", "3", "6", "7", "8", "9", "12", "13", "15", "16", "29", "30", "50", "51", "79",
                "80", "92", "93", "124", "125",
            ];
            answers.extend(values.map(|value| Answer::Number(quantity(value))));
        }
        AnswerKind::Date(_) => {
            let days = [
                "2025-11-20",
                "2025-11-21",
                "2026-08-21",
                "2026-08-22",
                "2026-10-21",
                "2026-10-22",
                "2026-11-21",
                "2026-11-22",
                "2026-11-23",
            ];
            answers.extend(days.map(|day| Answer::Date(date(day))));
        }
    }
    answers
}

/// A verdict without what the head of the file says for all: pack, day and type. What a failure brings with it
/// stands in the row of the bare failure; rows of values say only how they were decided.
fn short(answer: &Answer, verdict: &Verdict) -> Value {
    let mut verdict = serde_json::to_value(verdict).unwrap();
    if let Some(finding) = verdict.get_mut("fails").and_then(Value::as_object_mut)
        && *answer != Answer::Fail
    {
        finding.retain(|key, _| matches!(key.as_str(), "grade" | "counts_element" | "trace"));
    }
    if let Some(trace) = verdict.pointer_mut("/fails/trace").and_then(Value::as_object_mut) {
        trace.retain(|key, _| key == "cause" || key == "decided_by");
    }
    verdict
}

fn table(pack: &Pack) -> String {
    let mut text = format!("{{\n\"pack\": {},\n\"on\": \"{ON}\",\n\"rows\": [", json!(pack.reference()));
    let mut comma = "";
    for item in pack.items() {
        for answer in answers(item) {
            // Types with the same verdict share a row.
            let mut rows: Vec<(Vec<FacilityType>, Value)> = Vec::new();
            for &facility_type in &item.applies_to {
                let verdict = short(&answer, &grade(pack, item, &answer, facility_type, date(ON)));
                match rows.iter_mut().find(|(_, other)| *other == verdict) {
                    Some((types, _)) => types.push(facility_type),
                    None => rows.push((vec![facility_type], verdict)),
                }
            }
            for (types, verdict) in rows {
                let row = json!({"item": item.id, "answer": answer, "types": types, "verdict": verdict});
                write!(text, "{comma}\n{row}").unwrap();
                comma = ",";
            }
        }
    }
    text.push_str("\n]\n}\n");
    text
}

#[test]
fn every_grade_of_the_shipped_pack_is_the_golden_one() {
    let text = table(&shipped());
    let (now, golden): (Value, Value) =
        (serde_json::from_str(&text).unwrap(), serde_json::from_str(GOLDEN).unwrap());
    if now != golden {
        let path = concat!(env!("CARGO_TARGET_TMPDIR"), "/grades.json");
        std::fs::write(path, &text).unwrap();
        let changed = text.lines().zip(GOLDEN.lines()).find(|(now, golden)| now != golden);
        panic!("grades differ from the golden file, first at {changed:#?}; all of them are in {path}");
    }
}

#[test]
fn the_golden_rows_read_back_as_verdicts() {
    let golden: Value = serde_json::from_str(GOLDEN).unwrap();
    let rows = golden["rows"].as_array().unwrap();
    let failed = rows.iter().filter(|row| row["answer"] == "fail");
    assert!(failed.clone().all(|row| row["verdict"]["fails"]["grade"].is_string()));
    let applicable: usize = failed.map(|row| row["types"].as_array().unwrap().len()).sum();
    let pack = shipped();
    assert_eq!(applicable, pack.items().iter().map(|item| item.applies_to.len()).sum::<usize>());
}
