//! Frozen bytes of articles of safety knowledge: one entry of each step.

use serde_json::json;
use xunan_core::ids::{ArticleId, EntryId};
use xunan_core::knowledge::{Command, Step};
use xunan_core::log::{ArticleBody, EntryDraft};

use super::golden::{actor, device, frozen_chain, time};
use crate::support::entropy;

/// Each step as it is written; a file each, named by what it does and what is special about it. Add to the end.
fn commands() -> Vec<(&'static str, serde_json::Value)> {
    let entry = || EntryId::from_parts(time("2026-11-20T00:00:00Z"), entropy(700));
    let question = json!({
        "text": "电动车电池冒烟，先做什么", "choices": ["切断电源", "用水浇"], "right": 0, "why": "断电是第一步",
    });
    let full = json!({
        "title": "电动车不进楼", "text": "# 为什么\n\n电池起火很快，**不进楼**。", "section": "fire",
        "types": ["elderly_care", "child_welfare"], "quiz": [question],
    });
    let picture = |hex: &str, last: char| {
        json!({
            "id": format!("01KAFMSM00VECTVECTVECTVEC{last}"), "digest": format!("sha256:{}", hex.repeat(32)),
            "size_bytes": 90_000, "width_px": 1280, "height_px": 960,
        })
    };
    let pictured = json!({
        "title": "灭火器会看", "text": "指针在绿区。\n\n![灭火器的压力表](图2)\n\n![灭火器](图1)",
        "pictures": [picture("c3", 'W'), picture("d4", 'X')],
    });
    let least = json!({ "title": "电动车不进楼", "text": "不进楼。" });
    vec![
        ("publish", json!({ "content": full })),
        ("revise", json!({ "after": entry(), "content": least })),
        ("withdraw", json!({ "version": entry(), "reason": "内容过时" })),
        ("revise_with_pictures", json!({ "after": entry(), "content": pictured })),
    ]
}

#[test]
fn articles_of_version_1_are_read_verified_and_written_as_they_were() {
    let step = |(number, (name, mut json)): (usize, (&str, serde_json::Value))| {
        json["do"] = name.split('_').next().into();
        let command: Command = serde_json::from_value(json).unwrap();
        let article = ArticleId::from_parts(time("2026-11-20T00:00:00Z"), entropy(701));
        let body = ArticleBody(Box::new(Step { article, command }));
        (format!("article_step_{:02}_{name}.jws", number + 1), body)
    };
    let bodies = commands().into_iter().enumerate().map(step).collect();
    let draft = |head, id, time, body: &_| EntryDraft::new(head, id, device(), actor(), time, body).unwrap();
    frozen_chain(800, bodies, draft, |signed, body, name| {
        assert_eq!(ArticleBody::of(signed.entry()), Some(Ok(body.clone())), "{name}");
    });
}
