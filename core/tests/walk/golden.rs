//! Frozen bytes: records of version 1 that phones have sent. Files are added here, never edited.
//!
//! `UPDATE_GOLDEN=1 cargo test` writes a file that is missing; it never overwrites one.

use xunan_core::digest::Digest;
use xunan_core::rules::Answer;
use xunan_core::visit::{
    Edit, HazardOf, PhotoOf, Revisit, RevisitOutcome, SecondOpinion, SheetChange, SiteSigning, VisitRecord,
};

use super::support::{PACK, Walk, fire, hazard_id, pack, photo, signature};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/v1");

/// Signed by all, with everything that a record can hold.
fn signed() -> VisitRecord {
    let mut walk = Walk::found();
    let revisit = Revisit { outcome: RevisitOutcome::LooksFixed, note: "已换锁".to_owned() };
    walk.edit(Edit::Revisit { hazard: hazard_id(8), revisit: Some(revisit) });
    walk.edit(Edit::AddPhoto(photo(4, PhotoOf::Revisit(hazard_id(8)))));
    walk.sheet("stock", SheetChange::Place("二层东侧".to_owned()));
    walk.sheet("stock", SheetChange::Description("缺两具".to_owned()));
    walk.edit(Edit::Note { item: "board".parse().unwrap(), note: "已口头提示".to_owned() });
    walk.signed().record()
}

/// Enough elements for a suspicion, a second inspector who disagrees, a site person who refuses.
fn refused() -> VisitRecord {
    let mut walk = Walk::found();
    walk.answer("light", Answer::Number("60".parse().unwrap()));
    walk.answer("exit.count", Answer::Fail);
    walk.edit(Edit::AddPhoto(photo(5, super::support::shows("exit.count"))));
    for item in ["light", "exit.count"] {
        walk.sheet(item, super::support::responsible());
    }
    let opinion = SecondOpinion::Disagrees { reason: "可从内打开".to_owned() };
    walk.sheet("exit.locked", SheetChange::SecondOpinion(Some(opinion)));
    walk.edit(Edit::Sheet {
        of: HazardOf::Free(hazard_id(50)),
        change: SheetChange::Place("院内".to_owned()),
    });
    let signature = signature(walk.digest());
    walk.edit(Edit::SignLead(Some(signature.clone())));
    walk.edit(Edit::SignSecond(Some(signature.clone())));
    walk.edit(Edit::SignSite(Some(SiteSigning::Refused {
        reason: "不认可第一项".to_owned(),
        witness: "样例街道办乙".to_owned(),
        witness_signature: Some(signature),
    })));
    walk.record()
}

#[test]
fn records_of_version_1_are_read_checked_and_written_as_they_were() {
    for (name, record) in [("visit_signed.json", signed()), ("visit_refused.json", refused())] {
        let path = format!("{FOLDER}/{name}");
        if std::env::var_os("UPDATE_GOLDEN").is_some() && !std::path::Path::new(&path).exists() {
            std::fs::write(&path, serde_json::to_string(&record).unwrap()).unwrap();
        }
        let frozen = std::fs::read_to_string(&path).unwrap();
        let read: VisitRecord = serde_json::from_str(&frozen).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), frozen, "{name}");
        assert_eq!(read.check(&pack(), Some(&fire())), Ok(()), "{name}");
        assert_eq!(read, record, "{name}: the same walk makes another record now");
    }
}

#[test]
fn the_pack_of_the_golden_records_is_as_it_was() {
    let hash = signed().content().pack.hash;
    assert_eq!(hash, Digest::of(PACK));
    assert_eq!(hash.to_string(), "sha256:c9430a04566566c4c074f4a9dff3375a085d6501035d9233256ebed624798fd6");
    assert!(refused().fire().unwrap().judgement.is_some());
}
