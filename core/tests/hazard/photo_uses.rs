//! The photos of steps are used once, like those of visits: what was put right is not shown by the picture of what was
//! wrong, nor by another hazard's.

use xunan_core::digest::Digest;
use xunan_core::evidence::{Capture, DeviceTime, FileClaims, NoPosition, PhotoManifest, Position};
use xunan_core::hazard::{Command, RecheckOutcome, Step, TransferOutcome};
use xunan_core::ids::{Entropy, EntryId, HazardId, RoundId};
use xunan_core::ledger::{PhotoSubject, PhotoUse, Reuse};
use xunan_core::rounds::{Finding, Found, InternalReport, Mending, Round, RoundKind};
use xunan_core::rules::{Grade, Measure};

use super::support::{
    by, entry_id, facility_id, hazard_id, minute, photo, recheck, return_transfer, start, submit, visit_id,
};

/// A photo whose capture is told, of a picture that looks like `likeness`, one hexadecimal digit.
fn captured(number: u128, file: &str, likeness: char) -> PhotoManifest {
    let capture = Capture {
        time: DeviceTime::unbounded(minute(5)),
        position: Position::Unknown(NoPosition::Denied),
        claims: FileClaims::default(),
        steps: Vec::new(),
        likeness: format!("dhash128:{}", likeness.to_string().repeat(32)).parse().unwrap(),
        thumbnail: Digest::of(b"thumbnail"),
        original: None,
    };
    PhotoManifest { original: Digest::of(file.as_bytes()), capture: Some(Box::new(capture)), ..photo(number) }
}

fn uses(entry: EntryId, hazard: HazardId, mut command: Command, taken: &[PhotoManifest]) -> Vec<PhotoUse> {
    match &mut command {
        Command::Submit { photos, .. }
        | Command::Recheck { photos, .. }
        | Command::CarryOut { photos, .. }
        | Command::ReturnTransfer { photos, .. }
        | Command::Reopen { photos, .. } => *photos = taken.to_vec(),
        other => panic!("{other:?}"),
    }
    PhotoUse::of_step(entry, &Step { hazard, command }, facility_id(1))
}

#[test]
fn the_photos_of_every_step_that_has_some_are_used_for_its_hazard() {
    let measure = Measure::StopUse;
    let note = String::new();
    for command in [
        submit(&[]),
        recheck(None, RecheckOutcome::Fixed),
        Command::CarryOut { measure, note: note.clone(), photos: Vec::new() },
        return_transfer(TransferOutcome::Handled),
        Command::Reopen { reason: note, photos: Vec::new() },
    ] {
        let said = format!("{command:?}");
        let used = uses(by::submit(), hazard_id(1), command, &[captured(1, "a", '0'), photo(2)]);
        assert_eq!(used.len(), 1, "only what can be recognised, {said}");
        assert_eq!(used[0].subject, PhotoSubject::Hazard(hazard_id(1)), "{said}");
        assert_eq!((used[0].visit, used[0].entry, used[0].facility), (None, by::submit(), facility_id(1)));
    }
    let silent = Step { hazard: hazard_id(1), command: Command::Remark { text: "见前".to_owned() } };
    assert!(PhotoUse::of_step(by::submit(), &silent, facility_id(1)).is_empty());
}

#[test]
fn the_photos_of_a_round_and_of_a_report_are_used_for_their_hazards() {
    let finding = |photo| Finding {
        title: "应急灯不亮".to_owned(),
        place: String::new(),
        description: String::new(),
        grade: Grade::General,
        mending: Mending::OnTheSpot,
        photos: vec![photo],
    };
    let id = RoundId::from_parts(start(), Entropy(1));
    let round = Round {
        id,
        facility: facility_id(1),
        kind: RoundKind::DailyPatrol,
        at: start(),
        by: "王演示".to_owned(),
        note: String::new(),
        found: Found::Findings(vec![finding(captured(2, "b", '0')), finding(captured(3, "c", '0'))]),
        photos: vec![captured(1, "a", '0'), photo(4)],
    };
    let hazard = |number| PhotoSubject::Hazard(HazardId::of_finding(id, number));
    let used = PhotoUse::of_round(entry_id(1), &round);
    let subjects: Vec<_> = used.iter().map(|it| it.subject.clone()).collect();
    assert_eq!(subjects, [PhotoSubject::Visit, hazard(0), hazard(1)]);
    let report = InternalReport {
        hazard: hazard_id(1),
        facility: facility_id(1),
        title: "应急灯不亮".to_owned(),
        place: String::new(),
        description: String::new(),
        photos: vec![captured(5, "b", 'f')],
    };
    let reported = PhotoUse::of_report(entry_id(2), &report).remove(0);
    assert_eq!(reported.subject, PhotoSubject::Hazard(hazard_id(1)));
    assert_eq!(reported.reuse_of(&used[1]), Some(Reuse::SameFile));
}

#[test]
fn an_after_photo_that_is_the_before_photo_or_another_hazards_is_found() {
    let used_as = |entry, hazard: u128, number, file: &str, likeness| {
        let photos = [captured(number, file, likeness)];
        uses(entry_id(entry), hazard_id(hazard), submit(&[]), &photos).remove(0)
    };
    let before = PhotoUse { visit: Some(visit_id(1)), ..used_as(1, 1, 50, "before", '0') };
    for (name, other, expected) in [
        ("the same file under another name", used_as(5, 1, 51, "before", 'f'), Some(Reuse::SameFile)),
        ("the very photo, named by another entry", used_as(5, 1, 50, "before", '0'), Some(Reuse::SameFile)),
        ("a picture of the same spot", used_as(5, 1, 51, "after", '0'), Some(Reuse::Alike(0))),
        ("another hazard's file", used_as(6, 2, 52, "before", '0'), Some(Reuse::SameFile)),
        ("another picture", used_as(5, 1, 51, "after", 'f'), None),
        ("itself", before.clone(), None),
        ("taken with it", used_as(1, 1, 53, "beside", '0'), None),
        ("taken with it, for another hazard", used_as(1, 2, 53, "before", '0'), Some(Reuse::SameFile)),
    ] {
        assert_eq!(before.reuse_of(&other), expected, "{name}");
        assert_eq!(other.reuse_of(&before), expected, "{name}, the other way round");
    }
}

#[test]
fn a_use_without_a_visit_says_none_and_one_of_before_is_read() {
    let used = uses(by::submit(), hazard_id(1), submit(&[]), &[captured(1, "a", '0')]).remove(0);
    let json = serde_json::to_value(&used).unwrap();
    assert!(json.get("visit").is_none(), "{json}");
    assert_eq!(serde_json::from_value::<PhotoUse>(json.clone()).unwrap(), used);
    let mut older = json;
    older["visit"] = serde_json::to_value(visit_id(1)).unwrap();
    assert_eq!(serde_json::from_value::<PhotoUse>(older).unwrap().visit, Some(visit_id(1)));
}
