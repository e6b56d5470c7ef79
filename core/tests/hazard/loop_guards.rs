//! The guards of the loop itself, one line for each way in which each may refuse.

use xunan_core::access::Account;
use xunan_core::department::Department;
use xunan_core::evidence::CameraWay;
use xunan_core::facility::Party;
use xunan_core::hazard::{
    Answer, Assignment, Command, HazardState, RecheckOutcome, RecheckWay, Reviewer, Stage, StepKind,
    TreatmentPlan,
};
use xunan_core::problem::StepRefusal as Refusal;
use xunan_core::rules::{Grade, Measure};
use xunan_core::unit::UnitKind;
use xunan_core::visit::Due;

use super::support::{
    Became, Hazard, account_id, assign, assignment, by, close, date, entry_id, inspector, institution,
    maintenance, other_supervisor, photo, recheck, submit, supervisor, treatment_plan, unit,
};

/// Tries each command on a copy of the hazard.
pub(super) fn check<const N: usize>(
    hazard: &Hazard,
    actor: &Account,
    cases: [(&str, Command, Result<HazardState, Refusal>); N],
) {
    for (name, command, expected) in cases {
        let expected = expected.map_or_else(Became::Refused, Became::Done);
        assert_eq!(hazard.clone().try_step(entry_id(100), actor, command), expected, "{name}");
    }
}

/// A text of so many characters, each of three bytes.
pub(super) fn chars(count: usize) -> String {
    "安".repeat(count)
}

#[test]
fn assigning_needs_a_unit_a_person_a_measure_and_a_date_on_every_line() {
    let with = |change: &dyn Fn(&mut Assignment)| {
        let mut assignment = assignment();
        change(&mut assignment);
        Command::Assign { assignment }
    };
    let fire = UnitKind::Department(Department::FireRescue);
    let all_units = |it: &mut Assignment| {
        let departments = Department::ALL.map(UnitKind::Department);
        it.supporting = Party::ALL.map(UnitKind::Party).into_iter().chain(departments).map(unit).collect();
        it.supporting.retain(|unit| unit.kind != it.primary.kind);
    };
    let done = Ok(HazardState::Assigned);
    check(
        &Hazard::found(Grade::General),
        &supervisor(),
        [
            ("all of it", assign(), done),
            (
                "no name of the unit",
                with(&|it| it.primary.name = " \n".to_owned()),
                Err(Refusal::UnitMissing),
            ),
            ("no name beside it", with(&|it| it.supporting[0].name.clear()), Err(Refusal::UnitMissing)),
            ("a unit twice", with(&|it| it.supporting.push(it.primary.clone())), Err(Refusal::UnitTwice)),
            (
                "a supporting unit twice",
                with(&|it| it.supporting = vec![unit(fire), unit(fire)]),
                Err(Refusal::UnitTwice),
            ),
            ("no person", with(&|it| it.person = " ".to_owned()), Err(Refusal::PersonMissing)),
            ("no measure", with(&|it| it.measure.clear()), Err(Refusal::MeasureMissing)),
            ("yesterday", with(&|it| it.due = date("2026-11-21")), Err(Refusal::DueInThePast)),
            ("today", with(&|it| it.due = date("2026-11-22")), done),
            (
                "nine units",
                with(&|it| {
                    all_units(it);
                    it.supporting.truncate(8);
                }),
                done,
            ),
            (
                "ten units",
                with(&|it| {
                    all_units(it);
                    it.supporting.truncate(9);
                }),
                Err(Refusal::TooLong),
            ),
            ("a long person", with(&|it| it.person = chars(2001)), Err(Refusal::TooLong)),
            ("a long measure", with(&|it| it.measure = chars(2001)), Err(Refusal::TooLong)),
            ("a long unit", with(&|it| it.primary.name = chars(2001)), Err(Refusal::TooLong)),
            ("as long as may be", with(&|it| it.measure = chars(2000)), done),
        ],
    );
}

#[test]
fn assigning_sets_the_due_date_and_again_makes_the_first_assignment_a_thing_of_the_past() {
    let mut hazard = Hazard::found(Grade::General);
    hazard.must(by::assign(), &supervisor(), assign());
    assert_eq!(hazard.card().due, Due::By(date("2026-12-01")));
    let late = Assignment { due: date("2026-12-15"), ..assignment() };
    hazard.must(entry_id(20), &supervisor(), Command::Assign { assignment: late });
    assert_eq!(hazard.card().due, Due::By(date("2026-12-15")));
    check(
        &hazard,
        &institution(),
        [
            ("the first", Command::SignFor { assignment: by::assign() }, Err(Refusal::MovedOn)),
            ("the second", Command::SignFor { assignment: entry_id(20) }, Ok(HazardState::Rectifying)),
            (
                "no reason",
                Command::Decline { assignment: entry_id(20), reason: " ".to_owned() },
                Err(Refusal::ReasonMissing),
            ),
        ],
    );
}

#[test]
fn a_major_hazard_is_submitted_only_with_a_plan_of_six_parts_and_any_only_with_photos() {
    let parts: [fn(&mut TreatmentPlan) -> &mut String; 6] = [
        |plan| &mut plan.goals,
        |plan| &mut plan.methods,
        |plan| &mut plan.funds,
        |plan| &mut plan.people,
        |plan| &mut plan.requirements,
        |plan| &mut plan.emergency,
    ];
    let mut hazard = Hazard::standing_at(HazardState::Rectifying, Grade::Major);
    for part in parts {
        for (text, refusal) in [
            (String::new(), Refusal::TreatmentPlanIncomplete),
            ("\u{3000}".to_owned(), Refusal::TreatmentPlanIncomplete),
            (chars(2001), Refusal::TooLong),
        ] {
            let mut plan = treatment_plan();
            *part(&mut plan) = text;
            check(&hazard, &institution(), [("a part", Command::Plan { plan }, Err(refusal))]);
        }
    }
    let past = TreatmentPlan { until: date("2026-11-21"), ..treatment_plan() };
    let to_submit = Ok(HazardState::Submitted);
    check(
        &hazard,
        &institution(),
        [
            ("a plan that is over", Command::Plan { plan: past }, Err(Refusal::DueInThePast)),
            ("without a plan", submit(&[51]), Err(Refusal::TreatmentPlanMissing)),
        ],
    );
    hazard.must(by::plan(), &maintenance(), Command::Plan { plan: treatment_plan() });
    let many: Vec<u128> = (100..121).collect();
    check(
        &hazard,
        &institution(),
        [
            ("with it", submit(&[51]), to_submit),
            ("without photos", submit(&[]), Err(Refusal::AfterPhotosMissing)),
            ("twenty photos", submit(&many[1..]), to_submit),
            ("one more", submit(&many), Err(Refusal::TooLong)),
            (
                "a long note",
                Command::Submit { note: chars(2001), photos: vec![photo(51)] },
                Err(Refusal::TooLong),
            ),
        ],
    );
}

/// A re-check of what was submitted, with one thing changed.
fn look(
    change: impl FnOnce(&mut RecheckWay, &mut String, &mut Vec<xunan_core::evidence::PhotoManifest>),
) -> Command {
    let mut command = recheck(Some(by::submit()), RecheckOutcome::Fixed);
    if let Command::Recheck { way, note, photos, .. } = &mut command {
        change(way, note, photos);
    }
    command
}

fn with_second(number: u128, name: String) -> Command {
    let mut command = recheck(Some(by::submit()), RecheckOutcome::Fixed);
    if let Command::Recheck { second, .. } = &mut command {
        *second = Some(Reviewer { account: account_id(number), name });
    }
    command
}

#[test]
fn a_re_check_rests_on_photos_and_a_major_hazards_on_one_that_the_page_took_on_site() {
    let from_the_gallery = || {
        let mut chosen = photo(61);
        chosen.way = CameraWay::Picked;
        vec![chosen]
    };
    let cases = |general: Result<HazardState, Refusal>| {
        [
            ("on site, with a photo", look(|_, _, _| {}), Ok(HazardState::Rechecked)),
            ("on site, with a chosen photo", look(|_, _, photos| *photos = from_the_gallery()), general),
            (
                "by the photos that were submitted",
                look(|way, _, photos| {
                    *way = RecheckWay::ByPhotos;
                    photos.clear();
                }),
                general,
            ),
        ]
    };
    let general = Hazard::standing_at(HazardState::Submitted, Grade::General);
    check(&general, &inspector(), cases(Ok(HazardState::Rechecked)));
    let major = Hazard::standing_at(HazardState::Submitted, Grade::Major);
    check(&major, &inspector(), cases(Err(Refusal::NotOnSite)));
    let blind = || look(|_, _, photos| photos.clear());
    check(&general, &inspector(), [("on site, without photos", blind(), Err(Refusal::AfterPhotosMissing))]);
    check(&major, &inspector(), [("on site, without photos", blind(), Err(Refusal::NotOnSite))]);
    let mut nothing_submitted = recheck(None, RecheckOutcome::Fixed);
    if let Command::Recheck { way, .. } = &mut nothing_submitted {
        *way = RecheckWay::ByPhotos;
    }
    let found = Hazard::found(Grade::General);
    let refused = Err(Refusal::AfterPhotosMissing);
    check(&found, &inspector(), [("by photos that nobody submitted", nothing_submitted, refused)]);
}

#[test]
fn what_is_not_put_right_needs_a_reason_and_goes_back_to_whoever_was_at_it() {
    let not_fixed = |submission, text: &str| {
        let mut command = recheck(submission, RecheckOutcome::NotFixed);
        if let Command::Recheck { note, photos, .. } = &mut command {
            *note = text.to_owned();
            photos.clear();
        }
        command
    };
    let assigned = Hazard::standing_at(HazardState::Submitted, Grade::Major);
    let submission = Some(by::submit());
    check(
        &assigned,
        &inspector(),
        [
            ("no reason", not_fixed(submission, " "), Err(Refusal::ReasonMissing)),
            ("a reason", not_fixed(submission, "锁未更换"), Ok(HazardState::Rectifying)),
        ],
    );
    let mut nobody_was_told = Hazard::found(Grade::General);
    nobody_was_told.must(by::submit(), &institution(), submit(&[51]));
    check(
        &nobody_was_told,
        &inspector(),
        [("a reason", not_fixed(submission, "锁未更换"), Ok(HazardState::Found))],
    );
    // An assignment that nobody has signed for yet can still be signed for after somebody looked.
    let mut waiting = Hazard::standing_at(HazardState::Assigned, Grade::General);
    waiting.must(entry_id(20), &inspector(), not_fixed(None, "仍锁闭"));
    waiting.must(by::sign_for(), &institution(), Command::SignFor { assignment: by::assign() });
}

#[test]
fn nobody_verifies_what_they_put_right_themselves() {
    let mut hazard = Hazard::standing_at(HazardState::Rectifying, Grade::General);
    // A unit without an account: the supervisor submits in its place.
    hazard.must(by::submit(), &supervisor(), submit(&[51]));
    let itself = Err(Refusal::VerifierIsRectifier);
    let fixed = || recheck(Some(by::submit()), RecheckOutcome::Fixed);
    check(&hazard, &supervisor(), [("re-checks it", fixed(), itself)]);
    check(
        &hazard,
        &other_supervisor(),
        [
            ("re-checks it with the rectifier", with_second(3, "人员3".to_owned()), itself),
            ("re-checks it twice", with_second(4, "人员4".to_owned()), Err(Refusal::SameReviewerTwice)),
            ("re-checks it with somebody", with_second(1, "人员1".to_owned()), Ok(HazardState::Rechecked)),
            ("with somebody of a long name", with_second(1, chars(2001)), Err(Refusal::TooLong)),
        ],
    );
    let mut rechecked = hazard.clone();
    rechecked.must(by::recheck(), &inspector(), fixed());
    check(&rechecked, &supervisor(), [("closes it", close(), itself)]);
    check(&rechecked, &other_supervisor(), [("closes it", close(), Ok(HazardState::Closed))]);

    // Nor by sending it back and finding it put right without a submission.
    let reason = "照片不清".to_owned();
    hazard.must(entry_id(20), &supervisor(), Command::SendBack { submission: by::submit(), reason });
    let without = || recheck(None, RecheckOutcome::Fixed);
    check(&hazard, &supervisor(), [("re-checks it without", without(), itself)]);
    hazard.must(by::recheck(), &inspector(), without());
    check(&hazard, &supervisor(), [("closes it", close(), itself)]);
    check(&hazard, &other_supervisor(), [("closes it", close(), Ok(HazardState::Closed))]);

    // What was submitted before it was closed and open again is another story.
    hazard.must(by::close(), &other_supervisor(), close());
    hazard.must(
        entry_id(21),
        &inspector(),
        Command::Reopen { reason: "又锁闭".to_owned(), photos: Vec::new() },
    );
    check(&hazard, &supervisor(), [("re-checks the next round", without(), Ok(HazardState::Rechecked))]);
}

#[test]
fn a_major_hazard_is_closed_by_a_second_person_and_a_general_one_by_whoever_re_checked_it() {
    for (grade, expected) in
        [(Grade::General, Ok(HazardState::Closed)), (Grade::Major, Err(Refusal::SecondVerifierNeeded))]
    {
        let mut hazard = Hazard::standing_at(HazardState::Submitted, grade);
        hazard.must(by::recheck(), &supervisor(), recheck(Some(by::submit()), RecheckOutcome::Fixed));
        check(&hazard, &supervisor(), [("who re-checked it", close(), expected)]);
        check(
            &hazard,
            &other_supervisor(),
            [
                ("another one", close(), Ok(HazardState::Closed)),
                (
                    "with a long note",
                    Command::Close { recheck: by::recheck(), note: chars(2001) },
                    Err(Refusal::TooLong),
                ),
                (
                    "on a re-check that does not stand",
                    Command::Close { recheck: by::submit(), note: String::new() },
                    Err(Refusal::MovedOn),
                ),
            ],
        );
    }
}

#[test]
fn who_is_to_close_it_and_sees_otherwise_sends_it_back() {
    let mut hazard = Hazard::standing_at(HazardState::Rechecked, Grade::Major);
    let back = |submission, reason: &str| Command::SendBack { submission, reason: reason.to_owned() };
    check(
        &hazard,
        &other_supervisor(),
        [
            ("naming what was submitted", back(by::submit(), "未整改"), Err(Refusal::MovedOn)),
            ("without a reason", back(by::recheck(), ""), Err(Refusal::ReasonMissing)),
        ],
    );
    hazard.must(entry_id(20), &other_supervisor(), back(by::recheck(), "未整改"));
    assert_eq!(hazard.card().state, HazardState::Rectifying);
    check(&hazard, &supervisor(), [("closing on it", close(), Err(Refusal::MovedOn))]);
}

#[test]
fn a_hazard_is_not_closed_while_people_are_kept_away_without_consent_to_its_end() {
    for measure in Measure::ALL {
        let mut hazard = Hazard::found_with(Grade::General, &[measure]);
        hazard.must(by::submit(), &institution(), submit(&[51]));
        hazard.must(by::recheck(), &inspector(), recheck(Some(by::submit()), RecheckOutcome::Fixed));
        let in_force = if measure.needs_consent() {
            Err(Refusal::MeasuresStillInForce)
        } else {
            Ok(HazardState::Closed)
        };
        check(&hazard, &supervisor(), [("while ordered", close(), in_force)]);
        let note = String::new();
        hazard.must(entry_id(20), &institution(), Command::CarryOut { measure, note, photos: Vec::new() });
        check(&hazard, &supervisor(), [("while carried out", close(), in_force)]);
        let reason = "已整改".to_owned();
        hazard.must(entry_id(21), &institution(), Command::AskLift { measure, reason });
        check(&hazard, &supervisor(), [("while lifting is asked for", close(), in_force)]);
        let answer = Command::AnswerLift {
            measure,
            ask: entry_id(21),
            answer: Answer::Granted,
            reason: String::new(),
        };
        hazard.must(entry_id(22), &supervisor(), answer);
        let closed = Ok(HazardState::Closed);
        check(&hazard, &supervisor(), [("once somebody consented", close(), closed)]);
        hazard.must(entry_id(23), &institution(), Command::Lift { measure });
        check(&hazard, &supervisor(), [("once it is lifted", close(), closed)]);
    }
}

fn ask(until: &str, reason: &str) -> Command {
    Command::AskExtension { until: date(until), reason: reason.to_owned() }
}

fn answer(ask: u128, answer: Answer, reason: &str) -> Command {
    Command::AnswerExtension { ask: entry_id(ask), answer, reason: reason.to_owned() }
}

#[test]
fn more_time_is_asked_for_with_a_reason_for_a_later_day_and_once_at_a_time() {
    let mut hazard = Hazard::standing_at(HazardState::Rectifying, Grade::General);
    let to_work = Ok(HazardState::Rectifying);
    check(
        &hazard,
        &institution(),
        [
            ("a day more", ask("2026-12-02", "缺件"), to_work),
            ("no day more", ask("2026-12-01", "缺件"), Err(Refusal::ExtensionNotLater)),
            ("no reason", ask("2026-12-02", ""), Err(Refusal::ReasonMissing)),
            ("a long reason", ask("2026-12-02", &chars(2001)), Err(Refusal::TooLong)),
        ],
    );
    hazard.must(entry_id(20), &institution(), ask("2026-12-10", "缺件"));
    check(&hazard, &maintenance(), [("again", ask("2026-12-11", "缺件"), Err(Refusal::ExtensionAsked))]);
    check(
        &hazard,
        &supervisor(),
        [
            ("another wish", answer(21, Answer::Granted, ""), Err(Refusal::MovedOn)),
            ("no without a reason", answer(20, Answer::Denied, " "), Err(Refusal::ReasonMissing)),
            ("no", answer(20, Answer::Denied, "已延过"), to_work),
            ("yes", answer(20, Answer::Granted, ""), to_work),
        ],
    );
    let mut denied = hazard.clone();
    denied.must(entry_id(30), &supervisor(), answer(20, Answer::Denied, "已延过"));
    assert_eq!(denied.card().due, Due::By(date("2026-12-01")));
    hazard.must(entry_id(30), &supervisor(), answer(20, Answer::Granted, ""));
    assert_eq!(hazard.card().due, Due::By(date("2026-12-10")));
    assert_eq!(hazard.life().assignment.unwrap().due, date("2026-12-10"));
    let again = Hazard::standing_at(HazardState::Found, Grade::General);
    check(
        &again,
        &institution(),
        [("before anybody is told", ask("2026-12-05", "缺件"), Ok(HazardState::Found))],
    );
}

#[test]
fn a_wish_for_more_time_ends_with_the_work_that_it_was_for() {
    let reason = || "原因".to_owned();
    let fixed = recheck(None, RecheckOutcome::Fixed);
    let ends: [(&str, Account, Command); 6] = [
        ("submitted", institution(), submit(&[51])),
        ("seen to be put right", inspector(), fixed),
        ("assigned anew", supervisor(), assign()),
        ("transferred", supervisor(), super::support::transfer()),
        ("not established", supervisor(), Command::NotEstablished { reason: reason() }),
        ("a duplicate", supervisor(), super::support::duplicate()),
    ];
    for (name, actor, command) in ends {
        let mut hazard = Hazard::standing_at(HazardState::Rectifying, Grade::General);
        hazard.must(entry_id(20), &institution(), ask("2026-12-10", "缺件"));
        hazard.must(entry_id(21), &actor, command);
        assert_eq!(hazard.life().extension, None, "{name}");
        check(&hazard, &supervisor(), [(name, answer(20, Answer::Granted, ""), Err(Refusal::MovedOn))]);
    }
}

#[test]
fn the_story_tells_each_step_with_who_when_what_and_the_photos() {
    let life = Hazard::standing_at(HazardState::Closed, Grade::Major).life();
    let kinds: Vec<StepKind> = life.story.iter().map(|line| line.kind).collect();
    let expected = [
        StepKind::Found,
        StepKind::Assigned,
        StepKind::SignedFor,
        StepKind::Planned,
        StepKind::Submitted,
        StepKind::RecheckedFixed,
        StepKind::Closed,
    ];
    assert_eq!(kinds, expected);
    let assigned = &life.story[1];
    assert_eq!((assigned.mark.account, assigned.date), (supervisor().id, Some(date("2026-12-01"))));
    assert!(assigned.note.contains("院长甲") && assigned.note.contains("更换锁具"), "{}", assigned.note);
    assert_eq!(life.story[4].photos, [(photo(51).id, photo(51).stored)]);
    assert_eq!(life.story[5].photos, [(photo(61).id, photo(61).stored)]);
    let Stage::Closed { closure } = life.stage else { panic!("{:?}", life.stage) };
    assert_eq!((closure.recheck.mark.account, closure.mark.account), (inspector().id, supervisor().id));
}
