//! Checklists longer than any real one: the shipped items, again and again under new names.

use serde_json::{Value, json};

/// The bytes of a pack in which an elderly-care home is asked exactly `items` items.
///
/// # Panics
/// When the shipped pack is not what it was.
pub fn pack_of(items: usize) -> Vec<u8> {
    let shipped = concat!(env!("CARGO_MANIFEST_DIR"), "/../core/rules/civil-affairs-2026.1.json");
    let bytes = std::fs::read(shipped).expect("the shipped pack");
    let mut pack: Value = serde_json::from_slice(&bytes).expect("the shipped pack is JSON");
    let asked = |item: &Value| {
        let has = |member: &str, word: &str| {
            item[member].as_array().is_some_and(|list| list.contains(&json!(word)))
        };
        has("applies_to", "elderly_care")
            && has("profiles", "standard")
            && item["answer"].get("number").is_none()
            && item["answer"].get("date").is_none()
    };
    let originals: Vec<Value> =
        pack["items"].as_array().expect("items").iter().filter(|it| asked(it)).cloned().collect();
    // By section, as the walk goes through them.
    let mut copies: Vec<Value> = (0..items)
        .map(|at| {
            let mut item = originals[at % originals.len()].clone();
            item["id"] = json!(format!("long.n{at}"));
            if let Some(members) = item.as_object_mut() {
                members.remove("covers");
            }
            item
        })
        .collect();
    copies.sort_by_key(|item| item["section"].to_string());
    pack["items"] = Value::Array(copies);
    // Another id, before the shipped one in every list: the phone takes the first checklist in force.
    pack["id"] = json!("bench-long");
    pack["edition"] = json!(format!("2026.{}", 900 + items / 100));
    serde_json::to_vec(&pack).expect("a pack is JSON")
}
