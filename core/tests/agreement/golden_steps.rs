//! Frozen bytes of the loop of a hazard: one entry of each command, and what a life made of them looks like.

use serde_json::json;
use xunan_core::hazard::{Command, Step};
use xunan_core::ids::{EntryId, HazardId};
use xunan_core::log::{Body, EntryDraft};

use super::golden::{actor, device, frozen_chain, time};
use crate::support::entropy;

/// Each command as a phone writes it; a file each, `step_{number}_{command}`. Add to the end.
fn commands() -> Vec<(&'static str, serde_json::Value)> {
    let entry = || EntryId::from_parts(time("2026-11-20T00:00:00Z"), entropy(300));
    let photos = || {
        json!([{
            "id": "01KAFMSM00VECTVECTVECTVECT",
            "original": format!("sha256:{}", "a1".repeat(32)),
            "original_bytes": 2_000_000,
            "stored": format!("sha256:{}", "b2".repeat(32)),
            "stored_bytes": 200_000,
            "width_px": 1600,
            "height_px": 1200,
            "taken": "2026-11-22T01:05:00.000Z",
            "way": "in_page",
        }])
    };
    let assignment = json!({
        "primary": { "kind": { "party": "head" }, "name": "样例县幸福养老院" },
        "supporting": [{ "kind": { "department": "fire_rescue" }, "name": "样例县消防救援大队" }],
        "person": "院长甲",
        "measure": "更换为推闩式门锁",
        "due": "2026-12-01",
    });
    let plan = json!({
        "goals": "恢复安全出口", "methods": "更换门锁", "funds": "自筹 2000 元", "people": "院长甲",
        "requirements": "施工期间专人值守", "until": "2026-12-01", "emergency": "增设值班、备用钥匙",
    });
    let second = json!({ "account": "01KAFMSM00VECTVECTVECTVECT", "name": "检查员乙" });
    vec![
        ("assign", json!({ "assignment": assignment })),
        ("sign_for", json!({ "assignment": entry() })),
        ("decline", json!({ "assignment": entry(), "reason": "产权单位负责" })),
        ("plan", json!({ "plan": plan })),
        ("submit", json!({ "note": "已更换", "photos": photos() })),
        ("send_back", json!({ "submission": entry(), "reason": "照片看不清门锁" })),
        (
            "recheck",
            json!({
                "submission": entry(), "way": "on_site", "outcome": "fixed", "note": "", "photos": photos(),
                "second": second,
            }),
        ),
        ("close", json!({ "recheck": entry(), "note": "" })),
        ("ask_extension", json!({ "until": "2026-12-20", "reason": "配件未到" })),
        ("answer_extension", json!({ "ask": entry(), "answer": "granted", "reason": "" })),
        ("escalate", json!({ "reason": "判定标准第三条第一项" })),
        ("list", json!({ "level": "county", "reason": "督办〔2026〕1号" })),
        ("delist", json!({ "listing": entry(), "reason": "复查合格" })),
        ("order_measure", json!({ "measure": "stop_use", "reason": "危及人身安全" })),
        ("carry_out", json!({ "measure": "stop_use", "note": "已停用", "photos": photos() })),
        ("ask_lift", json!({ "measure": "stop_use", "reason": "已整改" })),
        (
            "answer_lift",
            json!({ "measure": "stop_use", "ask": entry(), "answer": "denied", "reason": "未复查" }),
        ),
        ("lift", json!({ "measure": "stop_use" })),
        ("transfer", json!({ "to": "fire_rescue", "reason": "属消防职责" })),
        ("receive_transfer", json!({ "transfer": entry(), "number": "消〔2026〕7号" })),
        (
            "return_transfer",
            json!({ "transfer": entry(), "outcome": "handled", "reply": "已处罚并整改", "photos": photos() }),
        ),
        ("not_established", json!({ "reason": "该处不是安全出口" })),
        ("duplicate", json!({ "of": "01KAFMSM00VECTVECTVECTVECT" })),
        ("reopen", json!({ "reason": "回头看又锁闭", "photos": photos() })),
        ("remark", json!({ "text": "已电话告知院长" })),
        // A re-check of what was found put right without a submission, by one person.
        ("recheck", json!({ "way": "by_photos", "outcome": "not_fixed", "note": "仍锁闭", "photos": [] })),
    ]
}

fn bodies() -> Vec<(String, Body)> {
    let hazard = HazardId::from_parts(time("2026-11-20T00:00:00Z"), entropy(301));
    let body = |(number, (name, mut json)): (usize, (&str, serde_json::Value))| {
        json["do"] = name.into();
        let command: Command = serde_json::from_value(json).unwrap();
        (format!("step_{:02}_{name}.jws", number + 1), Body::HazardStep(Box::new(Step { hazard, command })))
    };
    commands().into_iter().enumerate().map(body).collect()
}

#[test]
fn steps_of_version_1_are_read_verified_and_written_as_they_were() {
    let draft = |head, id, time, body: &_| EntryDraft::new(head, id, device(), actor(), time, body).unwrap();
    frozen_chain(400, bodies(), draft, |signed, body, name| {
        assert_eq!(Body::of(signed.entry()).unwrap(), *body, "{name}");
        assert_eq!(signed.entry().photos, body.attachments(), "{name}");
    });
}

#[test]
fn a_step_has_a_golden_file_for_every_command() {
    // Read from the source, so that a command that is added without a file is noticed.
    let source = include_str!("../../src/hazard/command.rs");
    let (_, commands_of_source) = source.split_once("pub enum Command {").unwrap();
    let (commands_of_source, _) = commands_of_source.split_once("\n}\n").unwrap();
    let variants = commands_of_source
        .lines()
        .filter(|line| line.starts_with("    ") && line.trim_start().starts_with(char::is_uppercase))
        .filter(|line| !line.starts_with("     "))
        .map(|line| line.trim().trim_end_matches([' ', '{', ',']));
    let snake = |name: &str| {
        name.chars().fold(String::new(), |code, letter| match letter {
            'A'..='Z' if code.is_empty() => letter.to_lowercase().to_string(),
            'A'..='Z' => format!("{code}_{}", letter.to_ascii_lowercase()),
            _ => format!("{code}{letter}"),
        })
    };
    let named: Vec<&str> = commands().iter().map(|(name, _)| *name).collect();
    let mut count = 0;
    for variant in variants {
        assert!(named.contains(&snake(variant).as_str()), "{variant} has no golden file");
        count += 1;
    }
    assert_eq!(count, named.len() - 1, "one has two files");
}
