//! What a report must say, what becomes of it in the rows of others, and what nobody learns.

use xunan_core::access::{Account, Action, Permission, Role, Sight, Subject, may_do, may_see};
use xunan_core::department::Department;
use xunan_core::ledger::{Origin, Row};
use xunan_core::log::SnapBody;
use xunan_core::problem::{Problem, StepRefusal as Refusal};
use xunan_core::rules::Grade;
use xunan_core::snap::{
    Command, NewHazard, NotAcceptedReason, OwnWords, Recording, RecordingKind, RecordingLength,
    RecordingProblem, Report, ReportFault, SnapPhoto, SnapPlace, SnapState, Stage, StepKind,
    office_of_unnamed,
};

use super::support::{
    Became, Ledger, citizens, date, everybody, facility_id, minute, new_hazard, photo, recording, report,
    snap_id, supervisor, words,
};

#[test]
fn a_report_says_what_and_where_and_not_too_much() {
    let silent = Report { words: OwnWords::default(), photos: Vec::new(), ..report(1) };
    let nowhere = Report { place: SnapPlace::default(), ..report(1) };
    let many = Report { photos: (0..10).map(|number| photo(number, 0)).collect(), ..report(1) };
    for (report, expected) in [
        (report(1), Ok(())),
        (silent, Err(ReportFault::NothingSaid)),
        (nowhere.clone(), Err(ReportFault::PlaceMissing)),
        (many, Err(ReportFault::TooManyPhotos)),
        (Report { place: SnapPlace { address: words("样例路"), ..SnapPlace::default() }, ..nowhere }, Ok(())),
        (Report { photos: Vec::new(), ..report(1) }, Ok(())),
        (Report { words: OwnWords::default(), ..report(1) }, Ok(())),
    ] {
        assert_eq!(report.check(), expected, "{report:?}");
        assert_eq!(Ledger::empty().report(report).is_ok(), expected.is_ok());
    }
}

#[test]
fn what_was_recorded_says_enough_within_its_bounds_and_where_it_is_taken() {
    let (voice, video) = (recording(RecordingKind::Voice), recording(RecordingKind::Video));
    let silent = || Report { words: OwnWords::default(), photos: Vec::new(), ..report(1) };
    let spoken = |voice| Report { voice: Some(voice), ..silent() };
    let filmed = |video| Report { video: Some(video), ..silent() };
    let longer = |it: &Recording| {
        let length_ms = RecordingLength::of_millis(it.length_ms.as_millis() + 2001);
        Recording { length_ms, ..it.clone() }
    };
    let larger = |it: &Recording| Recording { sealed_bytes: it.sealed_bytes + 1, ..it.clone() };
    let (too_long, too_large) = (RecordingProblem::TooLong, RecordingProblem::TooManyBytes);
    for (report, expected) in [
        (silent(), Err(ReportFault::NothingSaid)),
        (spoken(voice.clone()), Ok(())),
        (filmed(video.clone()), Ok(())),
        (Report { voice: Some(voice.clone()), video: Some(video.clone()), ..report(1) }, Ok(())),
        (spoken(longer(&voice)), Err(too_long.into())),
        (spoken(larger(&voice)), Err(too_large.into())),
        (filmed(longer(&video)), Err(too_long.into())),
        (filmed(larger(&video)), Err(too_large.into())),
        (spoken(video.clone()), Err(too_large.into())),
    ] {
        assert_eq!(report.check(), expected, "{report:?}");
        assert_eq!(Ledger::empty().report(report).is_ok(), expected.is_ok());
    }

    // Where no region has said so, a voice is taken and a video is not.
    let elsewhere = |it: Report| {
        let place = SnapPlace { address: words("样例路"), ..SnapPlace::default() };
        Report { division: "37".parse().unwrap(), place, ..it }
    };
    assert!(Ledger::empty().report(elsewhere(spoken(voice))).is_ok());
    let refused = Ledger::empty().report(elsewhere(filmed(video)));
    assert!(matches!(refused, Err(Problem::RecordInconsistent { .. })), "{refused:?}");
}

#[test]
fn who_triages_a_report_hears_it_and_nobody_else() {
    let mut ledger = Ledger::standing_at(SnapState::Hazard);
    for (name, account) in everybody() {
        let hears = matches!(name, "county supervisor" | "city supervisor" | "township supervisor");
        let expected = if hears { Sight::Visible } else { Sight::Hidden };
        assert_eq!(ledger.card().heard_by(&account), expected, "{name}");
    }
    let spoken = Report { voice: Some(recording(RecordingKind::Voice)), ..report(5) };
    ledger.report(spoken.clone()).unwrap();
    let named = SnapBody::Reported(Box::new(spoken)).attachments();
    assert_eq!(named.len(), 1, "a recording is none of the entry's photos");
}

#[test]
fn only_the_citizens_own_account_reports_and_an_id_once() {
    for (name, actor) in everybody() {
        let folded = Ledger::empty().fold(&actor, &SnapBody::Reported(Box::new(report(1))), None);
        assert_eq!(folded.is_ok(), name == "citizens", "{name}");
    }
    let inconsistent = |folded| matches!(folded, Err(Problem::RecordInconsistent { .. }));
    assert!(inconsistent(Ledger::received().report(report(1))));
    let elsewhere = Report { division: "999902".parse().unwrap(), ..report(3) };
    assert!(inconsistent(Ledger::received().report(elsewhere)), "the institution is another office's");
    let unknown = SnapPlace { facility: Some(facility_id(9)), ..SnapPlace::default() };
    assert!(inconsistent(Ledger::received().report(Report { place: unknown, ..report(3) })));
}

#[test]
fn the_office_its_reward_officer_and_those_above_see_a_report_and_nobody_else() {
    let ledger = Ledger::received();
    for (name, account) in everybody() {
        let sees = matches!(
            name,
            "county supervisor" | "city supervisor" | "township supervisor" | "reward officer"
        );
        let expected = if sees { Sight::Visible } else { Sight::Hidden };
        assert_eq!(ledger.card().seen_by(&account), expected, "{name}");
    }
}

#[test]
fn the_citizens_account_sees_nothing_and_is_nobodys_to_administer() {
    let (facility, division) = (facility_id(1), "999901001".parse().unwrap());
    for subject in [
        Subject::Facility { division: &division, facility },
        Subject::Record { division: &division, facility },
        Subject::Hazard { division: &division, facility, involved: &[] },
        Subject::Snap { division: &division },
        Subject::Colleague { region: &division },
    ] {
        assert_eq!(may_see(&citizens(), &subject), Sight::Hidden, "{subject:?}");
    }
    let role = Role::Citizens;
    for (name, account) in everybody() {
        let administer = Action::AdministerAccounts { region: &division, role: &role };
        assert!(matches!(may_do(&account, &administer), Permission::Denied(_)), "{name}");
    }
}

#[test]
fn the_hazard_bears_the_offices_words_and_nothing_of_the_reporters() {
    let ledger = Ledger::standing_at(SnapState::Hazard);
    let hazard = ledger.hazard().unwrap();
    assert_eq!((hazard.origin, hazard.title.as_str()), (Origin::Snap, "安全出口锁闭"));
    let json = serde_json::to_string(&Row::Hazard(Box::new(hazard.clone()))).unwrap();
    assert_eq!(serde_json::from_str::<Row>(&json).unwrap(), Row::Hazard(Box::new(hazard.clone())));
    let snap = snap_id(1).to_string();
    let report = &ledger.card().report;
    for of_the_reporter in [snap.as_str(), report.words.as_str(), &report.photos[0].stored.hex()] {
        assert!(!json.contains(of_the_reporter), "{of_the_reporter} in {json}");
    }
}

#[test]
fn a_step_that_says_too_little_or_too_much_is_refused() {
    let empty = || " ".to_owned();
    let long = || "字".repeat(2001);
    let hazard = |change: fn(&mut NewHazard)| {
        let mut hazard = new_hazard();
        change(&mut hazard);
        Command::TurnIntoHazard { hazard }
    };
    let to = Department::FireRescue;
    let not_accept = |reason, words| Command::NotAccept { reason, words };
    for (state, command, expected) in [
        (SnapState::Received, not_accept(NotAcceptedReason::Other, empty()), Refusal::ReasonMissing),
        (SnapState::Received, not_accept(NotAcceptedReason::NoHazard, long()), Refusal::TooLong),
        (SnapState::Received, Command::Transfer { to, words: empty() }, Refusal::ReasonMissing),
        (SnapState::Received, Command::Transfer { to, words: long() }, Refusal::TooLong),
        (SnapState::Received, Command::Duplicate { of: snap_id(1) }, Refusal::NotADuplicate),
        (SnapState::Received, Command::Duplicate { of: snap_id(9) }, Refusal::NotADuplicate),
        (SnapState::Accepted, hazard(|it| it.title = " ".to_owned()), Refusal::ReasonMissing),
        (SnapState::Accepted, hazard(|it| it.place = "字".repeat(2001)), Refusal::TooLong),
        (SnapState::Accepted, hazard(|it| it.grade = Grade::Advice), Refusal::NotNow),
        (SnapState::Accepted, hazard(|it| it.due = date("2026-11-21")), Refusal::DueInThePast),
    ] {
        let mut ledger = Ledger::standing_at(state);
        assert_eq!(ledger.take(&supervisor(), command.clone()), Became::Refused(expected), "{command:?}");
    }
    let mut elsewhere = Ledger::standing_at(SnapState::Accepted);
    let command = hazard(|it| it.facility = facility_id(9));
    assert_eq!(elsewhere.take(&supervisor(), command), Became::Unseen, "there is no such institution");
}

#[test]
fn what_was_set_aside_stands_for_no_other_report() {
    let mut ledger = Ledger::received();
    let aside = SnapBody::Stepped(Box::new(xunan_core::snap::Step {
        snap: snap_id(2),
        command: Command::Duplicate { of: snap_id(1) },
    }));
    ledger.fold(&supervisor(), &aside, None).unwrap();
    let command = ledger.command("duplicate");
    assert_eq!(ledger.take(&supervisor(), command), Became::Refused(Refusal::NotADuplicate));
}

#[test]
fn the_reporter_rates_an_answer_once_and_opens_it_again_five_times() {
    let mut ledger = Ledger::standing_at(SnapState::Answered);
    let rate = ledger.command("rate");
    assert_eq!(ledger.take(&citizens(), rate.clone()), Became::Done(SnapState::Answered));
    assert_eq!(ledger.take(&citizens(), rate), Became::Refused(Refusal::NotNow));
    for _ in 0..5 {
        let command = ledger.command("not fixed");
        assert_eq!(ledger.take(&citizens(), command), Became::Done(SnapState::Accepted));
        let Stage::Accepted { mark } = &ledger.card().life.stage else { panic!("not accepted") };
        assert!(!mark.is_named(), "nobody learns who opened it");
        for step in ["deal with", "answer"] {
            let command = ledger.command(step);
            assert!(matches!(ledger.take(&supervisor(), command), Became::Done(_)));
        }
    }
    let command = ledger.command("not fixed");
    assert_eq!(ledger.take(&citizens(), command), Became::Refused(Refusal::NotNow));
}

#[test]
fn what_is_not_fixed_is_said_in_words_or_shown_and_the_office_sees_it_beside_the_step() {
    let shown = |count: u128| (1..=count).map(|number| photo(number, 0)).collect::<Vec<_>>();
    let (said, silent) = (words("门还锁着"), words("  "));
    for (words, photos, expected) in [
        (said.clone(), shown(0), Became::Done(SnapState::Accepted)),
        (said.clone(), shown(9), Became::Done(SnapState::Accepted)),
        (silent.clone(), shown(1), Became::Done(SnapState::Accepted)),
        (silent, shown(0), Became::Refused(Refusal::ReasonMissing)),
        (said, shown(10), Became::Refused(Refusal::TooLong)),
    ] {
        let mut ledger = Ledger::standing_at(SnapState::Answered);
        let command = Command::NotFixed { answer: ledger.last_entry(), words, photos: photos.clone() };
        assert_eq!(ledger.take(&citizens(), command.clone()), expected, "{command:?}");
        if matches!(expected, Became::Done(_)) {
            assert_eq!(ledger.card().life.story.last().unwrap().photos, photos);
            let step = xunan_core::snap::Step { snap: snap_id(1), command };
            let named = SnapBody::Stepped(Box::new(step)).attachments();
            let digests = |it: &[SnapPhoto]| it.iter().map(|photo| photo.stored).collect::<Vec<_>>();
            assert_eq!(named.iter().map(|it| it.digest).collect::<Vec<_>>(), digests(&photos));
        }
    }
}

#[test]
fn an_entry_brings_in_no_number_that_a_form_would_have_covered() {
    let entry = SnapBody::Reported(Box::new(report(1)));
    let mut ledger = Ledger::empty();
    ledger.fold(&citizens(), &entry, Some(minute(1))).unwrap();
    let json = serde_json::to_value(report(1)).unwrap();
    let mut bare = json.clone();
    bare["words"] = "请打 13800000000".into();
    assert!(serde_json::from_value::<Report>(json).is_ok());
    assert!(serde_json::from_value::<Report>(bare).is_err());
    assert_eq!(ledger.card().life.story[0].kind, StepKind::Received);
    assert!(!ledger.card().life.story[0].mark.is_named());
}

#[test]
fn a_report_that_names_no_institution_goes_to_what_all_supervisors_have_in_common() {
    let everybody: Vec<Account> = everybody().into_iter().map(|(_, account)| account).collect();
    let others = everybody.iter().filter(|account| !matches!(account.role, Role::Supervisor));
    for (accounts, office) in [
        (vec![&supervisor()], "999901"),
        (others.clone().chain([&supervisor()]).collect(), "999901"),
        (everybody.iter().collect(), "9999"),
        (others.collect(), ""),
        (Vec::new(), ""),
    ] {
        assert_eq!(office_of_unnamed(accounts.iter().copied()).as_str(), office, "{accounts:?}");
    }
}
