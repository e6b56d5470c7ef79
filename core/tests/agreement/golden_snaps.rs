//! Frozen bytes of citizens' reports: a report and one entry of each step.

use serde_json::json;
use xunan_core::ids::{EntryId, SnapId};
use xunan_core::log::{EntryDraft, SnapBody};
use xunan_core::snap::{Command, Report, Step};

use super::golden::{actor, device, frozen_chain, time};
use crate::support::entropy;

fn snap() -> SnapId {
    SnapId::from_parts(time("2026-11-20T00:00:00Z"), entropy(501))
}

fn photo() -> serde_json::Value {
    json!({
        "id": "01KAFMSM00VECTVECTVECTVECT",
        "stored": format!("sha256:{}", "b2".repeat(32)),
        "stored_bytes": 200_000,
        "likeness": format!("dhash128:{}", "0f".repeat(16)),
        "claimed": "2026-11-21T09:31:07.000+08:00",
    })
}

fn picture() -> serde_json::Value {
    json!({
        "photo": "01KAFMSM00VECTVECTVECTVECT",
        "source": photo()["stored"],
        "id": "01KAFMSM00VECTVECTVECTVECW",
        "digest": format!("sha256:{}", "c3".repeat(32)),
        "size_bytes": 90_000,
        "width_px": 1280,
        "height_px": 960,
        "shapes": [
            { "box": { "from": [100, 100], "to": [300, 300] } },
            { "brush": { "points": [[500, 500], [510, 520]], "width": 20 } },
        ],
    })
}

fn report() -> Report {
    let full = json!({
        "snap": snap(),
        "division": "999901001",
        "category": "way_out",
        "words": "三楼安全出口锁着，电话 ***********",
        "place": {
            "facility": "01KAFMSM00VECTVECTVECTVECT",
            "address": "样例路 1 号三楼",
            "position": {
                "point": { "latitude_e7": 364_561_200, "longitude_e7": 1_159_854_100 },
                "accuracy": 25,
            },
        },
        "seen": "2026-11-21",
        "photos": [photo()],
    });
    serde_json::from_value(full).unwrap()
}

/// A report that was spoken and filmed.
fn recorded() -> Report {
    let recording = |byte: &str, container| {
        json!({
            "sealed": format!("sha256:{}", byte.repeat(32)),
            "sealed_bytes": 480_028,
            "length_ms": 45_500,
            "container": container,
        })
    };
    let mut report = serde_json::to_value(report()).unwrap();
    for without in ["words", "photos", "seen"] {
        report.as_object_mut().unwrap().remove(without);
    }
    report["voice"] = recording("d4", "webm");
    report["video"] = recording("e5", "mp4");
    serde_json::from_value(report).unwrap()
}

/// Each step as it is written; a file each. Add to the end.
fn commands() -> Vec<(&'static str, serde_json::Value)> {
    let entry = || EntryId::from_parts(time("2026-11-20T00:00:00Z"), entropy(500));
    let hazard = json!({
        "id": "01KAFMSM00VECTVECTVECTVECT", "facility": "01KAFMSM00VECTVECTVECTVECT", "title": "安全出口锁闭", "place": "三楼", "grade": "general",
        "due": "2026-12-01",
    });
    let notice = json!({
        "title": "养老机构安全出口上锁", "category": "way_out", "place": "云溪镇", "words": "现场核实，出口确实上锁",
        "result": "已更换为推闩式门锁",
    });
    vec![
        ("accept", json!({})),
        ("not_accept", json!({ "reason": "no_object_or_facts", "words": "请补充地点" })),
        ("transfer", json!({ "to": "fire_rescue", "words": "属消防职责" })),
        ("duplicate", json!({ "of": "01KAFMSM00VECTVECTVECTVECT" })),
        ("turn_into_hazard", json!({ "hazard": hazard })),
        ("deal_with", json!({ "after": entry(), "words": "已更换门锁" })),
        ("answer", json!({ "after": entry(), "words": "感谢您的监督" })),
        ("rate", json!({ "answer": entry(), "satisfaction": "satisfied" })),
        ("not_fixed", json!({ "answer": entry(), "words": "又锁上了" })),
        ("publish", json!({ "after": entry(), "notice": notice })),
        ("withdraw", json!({ "publication": entry(), "words": "已另行公布" })),
        ("not_fixed", json!({ "answer": entry(), "photos": [photo()] })),
        ("reward", json!({ "reward": "propose", "after": entry(), "amount": 300, "words": "属实" })),
        ("reward", json!({ "reward": "approve", "proposal": entry(), "claim_by": "2026-12-31" })),
        ("reward", json!({ "reward": "not_approve", "proposal": entry(), "words": "另案已奖" })),
        ("reward", json!({ "reward": "claim", "approval": entry() })),
        ("reward", json!({ "reward": "open_claim", "of": entry(), "words": "核对身份" })),
        ("reward", json!({ "reward": "order_payout", "claim": entry(), "batch": "20261129-1" })),
        ("reward", json!({ "reward": "paid_out", "order": entry(), "receipt": "PZ-0001" })),
        (
            "reward",
            json!({ "reward": "payout_failed", "order": entry(), "words": "账号有误", "claim_by": "2026-12-31" }),
        ),
        ("show_photo", json!({ "publication": entry(), "photo": picture() })),
    ]
}

fn bodies() -> Vec<(String, SnapBody)> {
    let step = |(number, (name, mut json)): (usize, (&str, serde_json::Value))| {
        json["do"] = name.into();
        let command: Command = serde_json::from_value(json).unwrap();
        let body = SnapBody::Stepped(Box::new(Step { snap: snap(), command }));
        (format!("snap_step_{:02}_{name}.jws", number + 1), body)
    };
    let reported = ("snap_reported.jws".to_owned(), SnapBody::Reported(Box::new(report())));
    std::iter::once(reported).chain(commands().into_iter().enumerate().map(step)).collect()
}

#[test]
fn reports_of_version_1_are_read_verified_and_written_as_they_were() {
    frozen(600, bodies());
}

#[test]
fn a_report_with_recordings_is_read_verified_and_written_as_it_was() {
    assert_eq!(recorded().check(), Ok(()));
    let body = SnapBody::Reported(Box::new(recorded()));
    frozen(700, vec![("snap_reported_recorded.jws".to_owned(), body)]);
}

fn frozen(numbers: u64, bodies: Vec<(String, SnapBody)>) {
    let draft = |head, id, time, body: &_| EntryDraft::new(head, id, device(), actor(), time, body).unwrap();
    frozen_chain(numbers, bodies, draft, |signed, body, name| {
        assert_eq!(SnapBody::of(signed.entry()), Some(Ok(body.clone())), "{name}");
        assert_eq!(signed.entry().photos, body.attachments(), "{name}");
    });
}
