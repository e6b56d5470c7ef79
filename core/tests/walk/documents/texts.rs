//! What documents say, and that it is read back as it was written.

use std::collections::BTreeMap;

use xunan_core::document::{Block, DocumentKind, Drafting, Issue, Matter, Run, blocks};
use xunan_core::evidence::DeviceTime;
use xunan_core::facility::FacilityType;
use xunan_core::ids::{Entropy, EntryId};
use xunan_core::letterhead::OfficeKind;
use xunan_core::log::{Body, ChainHead, EntryDraft};
use xunan_core::rules::Pack;
use xunan_core::visit::SheetChange;

use super::{document_id, home, issue, lead, letterhead};
use crate::support::{Walk, date, device_id, minute, start};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/v1");

fn words(blocks: &[Block]) -> String {
    serde_json::to_string(blocks).unwrap()
}

#[test]
fn the_blocks_of_every_kind_are_as_they_were() {
    let golden: BTreeMap<&str, Vec<Block>> = DocumentKind::ALL
        .map(|kind| (kind.code(), blocks(&issue(kind, OfficeKind::CivilAffairs), Some(3))))
        .into();
    let path = format!("{FOLDER}/document_blocks.json");
    let anew = serde_json::to_string_pretty(&golden).unwrap();
    if std::env::var_os("UPDATE_GOLDEN").is_some() && !std::path::Path::new(&path).exists() {
        std::fs::write(&path, &anew).unwrap();
    }
    assert_eq!(anew, std::fs::read_to_string(&path).unwrap());
}

#[test]
fn documents_of_version_1_are_read_and_written_as_they_were() {
    for kind in DocumentKind::ALL {
        let path = format!("{FOLDER}/document_{}.json", kind.code());
        let issue = issue(kind, OfficeKind::CivilAffairs);
        if std::env::var_os("UPDATE_GOLDEN").is_some() && !std::path::Path::new(&path).exists() {
            std::fs::write(&path, serde_json::to_string(&issue).unwrap()).unwrap();
        }
        let frozen = std::fs::read_to_string(&path).unwrap();
        let read: Issue = serde_json::from_str(&frozen).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), frozen, "{kind:?}");
        assert_eq!(read, issue, "{kind:?}: the same facts make another document now");
        assert_eq!(read.check(), Ok(()), "{kind:?}");
    }
}

#[test]
fn an_order_numbers_its_problems_and_says_until_when_by_whose_law_and_where_to_appeal() {
    let order = issue(DocumentKind::RectificationOrder, OfficeKind::CivilAffairs);
    let Matter::RectificationOrder(lines) = &order.matter else { panic!("{order:?}") };
    assert_eq!(lines.len(), 3, "advice is not ordered");
    let said = words(&blocks(&order, None));
    for part in [
        "一、",
        "二、二层东侧：",
        "（缺两具）",
        "三、井盖缺失",
        "第三项于2026年11月25日前整改完毕。",
        "老年人权益保障法》第四十五条第一款第四项",
        "责令停业整顿",
        "样例县人民政府",
        "样例县人民法院",
        "检查员1（证号：ZF-1）",
        "检查员2（证号：ZF-2）",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(blocks(&order, None).contains(&Block::Number { text: None }), "nobody has given a number");
    assert!(words(&blocks(&order, Some(7))).contains("样民责改〔2026〕7号"));

    for (office, law) in [
        (OfficeKind::EmergencyManagement, "安全生产法》第六十五条第一款"),
        (OfficeKind::Generic, "有关法律、法规、规章的规定"),
    ] {
        let said = words(&blocks(&issue(DocumentKind::RectificationOrder, office), None));
        assert!(said.contains(law) && !said.contains("老年人权益保障法"), "{office:?}: {said}");
    }
    let mut cemetery = order;
    cemetery.addressee.facility_type = FacilityType::Cemetery;
    assert!(
        !words(&blocks(&cemetery, None)).contains("老年人权益保障法"),
        "that law is of old people's homes"
    );
}

#[test]
fn what_was_put_right_on_the_spot_is_not_ordered_again() {
    let mut walk = Walk::found();
    walk.sheet("exit.locked", SheetChange::Remedy(xunan_core::rules::Remedy::CorrectedOnTheSpot));
    let (pack, record) = (walk.pack.clone(), walk.signed().record());
    let (office, facility) = (letterhead(OfficeKind::CivilAffairs), home());
    let drafting =
        Drafting { id: document_id(1), office: &office, facility: &facility, on: date("2026-11-22") };
    assert_eq!(drafting.order(&record, &pack).hazards().len(), 2);
}

#[test]
fn an_order_cites_no_practice_of_another_county() {
    let record = Walk::found().signed().record();
    let (office, facility) = (letterhead(OfficeKind::CivilAffairs), home());
    let drafting =
        Drafting { id: document_id(1), office: &office, facility: &facility, on: date("2026-11-22") };
    let bases = |pack: &Pack| match drafting.order(&record, pack).matter {
        Matter::RectificationOrder(lines) => lines.into_iter().map(|line| line.basis).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(bases(&crate::support::pack()), ["《消防法》第28条", "《消防法》第28条", ""]);
    let text = std::str::from_utf8(crate::support::PACK).unwrap();
    let mut json: serde_json::Value = serde_json::from_str(text).unwrap();
    json["legal_bases"].as_array_mut().unwrap().iter_mut().for_each(|it| it["evidence"] = "seed".into());
    let hearsay = Pack::load(json.to_string().as_bytes()).unwrap();
    assert_eq!(bases(&hearsay), ["", "", ""]);
}

#[test]
fn the_overlay_of_a_form_has_every_value_and_no_printed_word() {
    let order = blocks(&issue(DocumentKind::RectificationOrder, OfficeKind::CivilAffairs), Some(1));
    let values: String = order
        .iter()
        .filter_map(|block| if let Block::Paragraph { runs } = block { Some(runs) } else { None })
        .flatten()
        .filter(|run| matches!(run, Run::Value(_)))
        .map(Run::text)
        .collect();
    assert!(values.contains("样例养老院") && values.contains("井盖缺失"), "{values}");
    assert!(!values.contains("现责令你单位"), "{values}");
}

#[test]
fn an_entry_that_issues_a_document_is_read_back() {
    let body = Body::DocumentIssued(Box::new(issue(DocumentKind::RecheckNotice, OfficeKind::CivilAffairs)));
    let time = DeviceTime::unbounded(minute(70));
    let entry = EntryDraft::new(
        ChainHead::default(),
        EntryId::from_parts(start(), Entropy(1)),
        device_id(1),
        lead().id,
        time,
        &body,
    )
    .unwrap()
    .entry;
    assert_eq!(entry.kind, "document.issued");
    assert_eq!(Body::of(&entry), Ok(body));
}
