//! From a draft to a record, and every reason for which there is none.

use xunan_core::evidence::Signature;
use xunan_core::rules::{Answer, Grade, Pack, Remedy};
use xunan_core::visit::{
    Draft, Edit, FindingSource, Gap, SecondOpinion, SheetChange, SignRefused, SiteSignature, SiteSigning,
    VisitRecord,
};

use super::support::{
    PACK, Walk, date, fire, hazard_id, head, inspector, item_of, minute, photo_id, signature, start,
};

#[test]
fn a_record_says_what_the_draft_said() {
    let walk = Walk::found().signed();
    let record = walk.record();
    let content = record.content();
    assert_eq!(*content, walk.draft.content(&walk.pack).unwrap());
    assert_eq!((content.started, record.ended()), (start(), minute(70)));
    assert_eq!(content.items.len(), 9);
    assert_eq!(content.inspectors, [inspector(1), inspector(2)]);
    assert_eq!(
        content.photos.iter().map(|it| it.id).collect::<Vec<_>>(),
        [photo_id(1), photo_id(2), photo_id(3)]
    );
    assert_eq!(content.visit_photos, [photo_id(3)]);
    assert!(record.inspectors_signatures().iter().all(|it| it.content == content.digest()));
    assert!(matches!(record.site(), SiteSignature::Signed(_)));
    assert_eq!(record.fire().unwrap().judgement, None);
    assert_eq!(record.check(&walk.pack, Some(&fire())), Ok(()));
}

#[test]
fn a_finding_carries_its_trace_and_what_was_decided() {
    let mut walk = Walk::found();
    let reason = "门可从内打开".to_owned();
    walk.sheet(
        "exit.locked",
        SheetChange::SecondOpinion(Some(SecondOpinion::Disagrees { reason: reason.clone() })),
    );
    walk.sheet("exit.locked", SheetChange::Remedy(Remedy::CorrectedOnTheSpot));
    let record = walk.signed().record();
    let [locked, stock, board, free] = record.content().findings.as_slice() else { panic!("four findings") };
    let FindingSource::Item { finding, .. } = &locked.source else { panic!("of an item") };
    assert_eq!((finding.grade, locked.grade), (Grade::Major, Grade::General));
    assert_eq!(finding.trace.on, date("2026-11-22"));
    assert_eq!(locked.second_opinion, Some(SecondOpinion::Disagrees { reason }));
    assert_eq!(locked.remedy, Remedy::CorrectedOnTheSpot);
    assert!(stock.second_opinion.is_none() && stock.due.is_some());
    assert_eq!(board.grade, Grade::Advice);
    assert_eq!(free.source, FindingSource::Free { title: "井盖缺失".to_owned(), proposed: Grade::General });
    assert_eq!(free.hazard, hazard_id(50));
}

#[test]
fn an_opinion_on_a_grade_that_is_no_longer_major_stays_out_of_the_record() {
    let mut walk = Walk::found();
    let (hazard, title) = (hazard_id(50), || "井盖缺失".to_owned());
    walk.edit(Edit::DescribeFree { hazard, title: title(), grade: Some(Grade::Major) });
    let of = xunan_core::visit::HazardOf::Free(hazard);
    walk.edit(Edit::Sheet { of, change: SheetChange::SecondOpinion(Some(SecondOpinion::Agrees)) });
    walk.edit(Edit::DescribeFree { hazard, title: title(), grade: Some(Grade::General) });
    let record = walk.signed().record();
    assert_eq!(record.content().findings[3].second_opinion, None);
    assert_eq!(record.check(&super::support::pack(), Some(&fire())), Ok(()));
}

#[test]
fn a_refusal_before_a_witness_closes_the_visit_too() {
    let mut walk = Walk::found().signed();
    let witness_signature = Some(signature(walk.digest()));
    let (reason, witness) = ("不认可第一项".to_owned(), "街道办乙".to_owned());
    walk.edit(Edit::SignSite(Some(SiteSigning::Refused { reason, witness, witness_signature })));
    let record = walk.record();
    assert!(matches!(record.site(), SiteSignature::Refused { witness, .. } if witness.name == "街道办乙"));
    assert_eq!(record.check(&walk.pack, Some(&fire())), Ok(()));
}

fn refused(walk: &Walk, pack: &Pack) -> SignRefused {
    let before = walk.draft.clone();
    let refused = walk.draft.sign(pack, Some(&fire()), minute(70)).unwrap_err();
    assert_eq!(walk.draft, before);
    refused
}

#[test]
fn signing_names_every_gap_at_once() {
    let walk = Walk::found();
    let gaps = vec![Gap::LeadSignatureMissing, Gap::SecondSignatureMissing, Gap::SiteSignatureMissing];
    assert_eq!(refused(&walk, &walk.pack), SignRefused::Gaps(gaps));
    let mut walk = Walk::found().signed();
    walk.edit(Edit::Answer { item: "stock".parse().unwrap(), answer: None, at: minute(66) });
    walk.sheet("exit.locked", SheetChange::Responsible(None));
    let gaps = vec![
        Gap::ResponsibleMissing(item_of("exit.locked")),
        Gap::Unanswered("stock".parse().unwrap()),
        Gap::LeadSignatureMissing,
        Gap::SecondSignatureMissing,
        Gap::SiteSignatureMissing,
    ];
    assert_eq!(refused(&walk, &walk.pack), SignRefused::Gaps(gaps));
}

/// 国办发〔2024〕54号: certified inspectors only. The last day of a certificate counts.
#[test]
fn signing_refuses_when_a_certificate_is_not_valid_on_the_day_of_the_visit() {
    for (lead_until, second_until, expired) in [
        ("2026-11-22", "2026-11-22", None),
        ("2026-11-21", "2026-11-22", Some("检查员1")),
        ("2026-11-22", "2026-11-21", Some("检查员2")),
    ] {
        let mut walk = Walk::passed();
        let mut head = head(&walk.pack);
        head.lead.certificate.valid_until = date(lead_until);
        walk.draft.set_part(xunan_core::visit::Part::Head { head });
        let mut second = inspector(2);
        second.certificate.valid_until = date(second_until);
        walk.edit(Edit::Second(Some(second)));
        let walk = walk.signed();
        let signed = walk.draft.sign(&walk.pack, None, minute(70));
        match expired {
            None => assert!(signed.is_ok()),
            Some(name) => assert_eq!(signed, Err(SignRefused::CertificateExpired(name.to_owned()))),
        }
    }
}

#[test]
fn signing_refuses_under_another_pack_and_content_shows_nothing() {
    let other = String::from_utf8(PACK.to_vec()).unwrap().replace("\"edition\": \"1\"", "\"edition\": \"2\"");
    let other = Pack::load(other.as_bytes()).unwrap();
    let walk = Walk::found().signed();
    assert_eq!(refused(&walk, &other), SignRefused::OtherPack);
    assert_eq!(walk.draft.content(&other), None);
}

#[test]
fn a_device_without_a_fire_rule_set_signs_without_the_judgement() {
    let walk = Walk::found().signed();
    let record = walk.draft.sign(&walk.pack, None, minute(70)).unwrap();
    assert_eq!(record.fire(), None);
    assert_eq!(record.check(&walk.pack, None), Ok(()));
}

#[test]
fn answers_outside_the_profile_are_kept_and_not_in_the_record() {
    let mut walk = Walk::found();
    walk.answer("paths", Answer::Fail);
    let record: VisitRecord = walk.clone().signed().record();
    assert!(!record.content().items.contains_key("paths"));
    assert_eq!(record.content().findings.len(), 4);
    assert!(walk.draft.filled(&"paths".parse().unwrap()).is_some());
}

#[test]
fn a_draft_that_was_stored_and_read_again_signs_to_the_same_record() {
    let walk = Walk::found().signed();
    let parts = walk.draft.parts();
    let json: Vec<String> = parts.iter().map(|part| serde_json::to_string(part).unwrap()).collect();
    let read = json.iter().rev().map(|text| serde_json::from_str(text).unwrap());
    let draft = Draft::from_parts(read).unwrap();
    assert_eq!(draft, walk.draft);
    assert_eq!(draft.sign(&walk.pack, Some(&fire()), minute(70)).unwrap(), walk.record());
}

#[test]
fn a_signature_is_a_line_of_some_length() {
    use xunan_core::evidence::Stroke;
    for (strokes, drawn) in [
        (vec![], false),
        (vec![Stroke(vec![])], false),
        (vec![Stroke(vec![(10, 10)]), Stroke(vec![(900, 900)])], false),
        (vec![Stroke(vec![(0, 0), (60, 39)])], false),
        (vec![Stroke(vec![(0, 0), (60, 40)])], true),
        (vec![Stroke(vec![(0, 0), (0, 50)]), Stroke(vec![(5, 5), (55, 5)])], true),
        (vec![Stroke(vec![(i16::MIN, i16::MIN), (i16::MAX, i16::MAX)]); 100], true),
    ] {
        assert_eq!(Signature::is_drawn(&strokes), drawn, "{strokes:?}");
    }
}
