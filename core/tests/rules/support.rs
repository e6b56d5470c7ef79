//! A small pack to bend, and shorthand.

use serde_json::{Value, json};
use xunan_core::clock::Date;
use xunan_core::rules::{FireRules, Pack, PackFault, Quantity};

pub(super) const CHECKLIST: &[u8] = include_bytes!("../../rules/civil-affairs-2026.1.json");
pub(super) const FIRE: &[u8] = include_bytes!("../../rules/gb35181-2017-legacy.json");

pub(super) fn shipped() -> Pack {
    Pack::load(CHECKLIST).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

pub(super) fn shipped_fire() -> FireRules {
    FireRules::load(FIRE).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

pub(super) fn date(text: &str) -> Date {
    text.parse().unwrap()
}

pub(super) fn quantity(text: &str) -> Quantity {
    text.parse().unwrap()
}

/// The smallest pack that loads, with an item of each kind. Its words come from the shipped pack.
pub(super) fn small() -> Value {
    let shipped: Value = serde_json::from_slice(CHECKLIST).unwrap();
    let text = json!({"zh": "甲", "en": "A"});
    let item = |id: &str, answer: Value| {
        json!({
            "id": id, "section": "s", "text": text,
            "applies_to": ["elderly_care", "cemetery"],
            "profiles": ["standard", "full", "major_only", "daily_patrol"],
            "answer": answer, "photo": "on_fail", "grade": "general", "grade_confidence": "sourced",
            "deadline_days": 7, "basis": [{"cite": "LAW", "clause": "1", "confidence": "sourced"}],
        })
    };
    json!({
        "format": "xunan-checklist/1", "id": "small", "edition": "1", "valid_from": "2026-01-01",
        "title": text, "notice": text, "words": shipped["words"], "elements": ["e"],
        "legal_bases": [{"id": "LAW", "title": text, "evidence": "full_text"}],
        "sections": [{"id": "s", "text": text}],
        "items": [
            item("tri", json!("tri")),
            item("number", json!({"number": {"unit": "percent", "pass": "<=50"}})),
            item("open", json!({"number": {"unit": "day", "pass": "configurable"}})),
            item("recent", json!({"date": {"within_days": 31}})),
            item("valid", json!({"date": "not_expired"})),
        ],
    })
}

/// The item of a small pack with this id, to bend.
pub(super) fn item<'a>(pack: &'a mut Value, id: &str) -> &'a mut Value {
    pack["items"].as_array_mut().unwrap().iter_mut().find(|it| it["id"] == id).unwrap()
}

pub(super) fn load(pack: &Value) -> Result<Pack, Vec<PackFault>> {
    Pack::load(pack.to_string().as_bytes())
}
