//! The guards of what happens beside the loop, and of immediate measures.

use xunan_core::calendar::Calendar;
use xunan_core::clock::Span;
use xunan_core::hazard::{
    Answer, Command, Deadline, DeadlineOf, Doing, HazardState, ListingLevel, MeasureState, RecheckOutcome,
    Reviewer, Standing, StepKind, Terms, TransferOutcome,
};
use xunan_core::ids::EntryId;
use xunan_core::ledger::Row;
use xunan_core::problem::StepRefusal as Refusal;
use xunan_core::rules::{Grade, Measure};
use xunan_core::visit::RevisitOutcome;

use super::loop_guards::{chars, check};
use super::support::{
    Became, Hazard, account_id, by, city_supervisor, close, department, duplicate, entry_id, facility_id,
    hazard_id, inspector, institution, minute, not_established, other_supervisor, photo, recheck,
    return_transfer, submit, supervisor, township_supervisor, treatment_plan,
};

fn list(reason: &str) -> Command {
    Command::List { level: ListingLevel::County, reason: reason.to_owned() }
}

fn delist(listing: EntryId, reason: &str) -> Command {
    Command::Delist { listing, reason: reason.to_owned() }
}

#[test]
fn a_listed_hazard_is_not_closed_and_not_set_aside_until_the_office_that_listed_it_delists_it() {
    let mut hazard = Hazard::standing_at(HazardState::Submitted, Grade::Major);
    check(&hazard, &supervisor(), [("no reason", list(" "), Err(Refusal::ReasonMissing))]);
    hazard.must(entry_id(20), &supervisor(), list("督办〔2026〕1号"));
    check(
        &hazard,
        &supervisor(),
        [
            ("again", list("再次"), Err(Refusal::Listed)),
            ("before it is put right", delist(entry_id(20), "已整改"), Err(Refusal::NotPutRight)),
            ("not established", not_established(), Err(Refusal::Listed)),
            ("a duplicate", duplicate(), Err(Refusal::Listed)),
        ],
    );
    hazard.must(by::recheck(), &inspector(), recheck(Some(by::submit()), RecheckOutcome::Fixed));
    check(&hazard, &other_supervisor(), [("closing it", close(), Err(Refusal::Listed))]);
    let rechecked = Ok(HazardState::Rechecked);
    let by_others = Err(Refusal::OtherOffice);
    check(&hazard, &township_supervisor(), [("below", delist(entry_id(20), "已整改"), by_others)]);
    check(&hazard, &city_supervisor(), [("above", delist(entry_id(20), "已整改"), rechecked)]);
    check(
        &hazard,
        &other_supervisor(),
        [
            ("the same office", delist(entry_id(20), "已整改"), rechecked),
            ("no reason", delist(entry_id(20), ""), Err(Refusal::ReasonMissing)),
            ("another listing", delist(entry_id(21), "已整改"), Err(Refusal::MovedOn)),
        ],
    );
    hazard.must(entry_id(22), &supervisor(), delist(entry_id(20), "已整改"));
    check(&hazard, &other_supervisor(), [("closing it", close(), Ok(HazardState::Closed))]);
}

#[test]
fn what_was_re_checked_as_a_general_hazard_is_re_checked_again_once_it_is_major() {
    let mut hazard = Hazard::standing_at(HazardState::Rechecked, Grade::General);
    let escalate = |reason: &str| Command::Escalate { reason: reason.to_owned() };
    check(&hazard, &inspector(), [("no reason", escalate(""), Err(Refusal::ReasonMissing))]);
    hazard.must(entry_id(20), &inspector(), escalate("判定标准第三条"));
    assert_eq!((hazard.card().grade, hazard.card().state), (Grade::Major, HazardState::Submitted));
    // Found put right without a submission, it goes back to work, and then needs its plan.
    let mut unsubmitted = Hazard::found(Grade::General);
    unsubmitted.must(by::recheck(), &inspector(), recheck(None, RecheckOutcome::Fixed));
    unsubmitted.must(entry_id(20), &inspector(), escalate("判定标准第三条"));
    assert_eq!(unsubmitted.card().state, HazardState::Found);
    check(&unsubmitted, &institution(), [("no plan", submit(&[51]), Err(Refusal::TreatmentPlanMissing))]);
}

#[test]
fn a_transfer_is_taken_over_once_and_returned_with_a_reply_and_photos_of_what_was_done() {
    let reason = |reason: &str| Command::Transfer {
        to: xunan_core::department::Department::FireRescue,
        reason: reason.to_owned(),
    };
    let found = Hazard::found(Grade::General);
    check(&found, &supervisor(), [("no reason", reason(" "), Err(Refusal::ReasonMissing))]);
    let mut hazard = Hazard::standing_at(HazardState::Transferred, Grade::General);
    let receive = |transfer, number: &str| Command::ReceiveTransfer { transfer, number: number.to_owned() };
    check(
        &hazard,
        &department(),
        [
            ("another transfer", receive(by::assign(), ""), Err(Refusal::MovedOn)),
            ("a long number", receive(by::transfer(), &chars(2001)), Err(Refusal::TooLong)),
        ],
    );
    hazard.must(entry_id(20), &department(), receive(by::transfer(), "消〔2026〕7号"));
    let returned = |reply: &str, photos| Command::ReturnTransfer {
        transfer: by::transfer(),
        outcome: TransferOutcome::Handled,
        reply: reply.to_owned(),
        photos,
    };
    check(
        &hazard,
        &department(),
        [
            ("taken over again", receive(by::transfer(), ""), Err(Refusal::NotNow)),
            ("handled without a word", returned("", vec![photo(81)]), Err(Refusal::ReasonMissing)),
            ("handled without photos", returned("已处理", Vec::new()), Err(Refusal::AfterPhotosMissing)),
        ],
    );
    hazard.must(by::submit(), &department(), return_transfer(TransferOutcome::Handled));
    // The department put it right: it is re-checked and closed like anybody's.
    hazard.must(by::recheck(), &inspector(), recheck(Some(by::submit()), RecheckOutcome::Fixed));
    hazard.must(by::close(), &supervisor(), close());
    assert_eq!(hazard.card().state, HazardState::Closed);
}

#[test]
fn a_supervisor_who_answers_for_a_department_does_not_verify_its_work() {
    let mut hazard = Hazard::standing_at(HazardState::Transferred, Grade::General);
    hazard.must(by::submit(), &supervisor(), return_transfer(TransferOutcome::Handled));
    let look = || recheck(Some(by::submit()), RecheckOutcome::Fixed);
    check(&hazard, &supervisor(), [("re-checks it", look(), Err(Refusal::VerifierIsRectifier))]);
}

#[test]
fn a_duplicate_is_of_another_open_hazard_of_the_same_institution() {
    let of = |number| Command::Duplicate { of: hazard_id(number) };
    let mut hazard = Hazard::found(Grade::General);
    check(
        &hazard,
        &supervisor(),
        [
            ("another open one", of(2), Ok(HazardState::Duplicate)),
            ("itself", of(1), Err(Refusal::NotADuplicate)),
            ("another institution's", of(3), Err(Refusal::NotADuplicate)),
            ("one that is not there", of(4), Err(Refusal::NotADuplicate)),
        ],
    );
    let mut closed = hazard.rows.hazard(hazard_id(2)).unwrap().clone();
    closed.state = HazardState::Closed;
    hazard.rows.apply(xunan_core::ledger::Row::Hazard(Box::new(closed)));
    check(&hazard, &supervisor(), [("one that is off the list", of(2), Err(Refusal::NotADuplicate))]);
}

#[test]
fn a_major_hazard_is_set_aside_by_a_county_or_above_and_nothing_without_a_reason() {
    let hazard = Hazard::found(Grade::Major);
    for (name, command) in [("not established", not_established()), ("a duplicate", duplicate())] {
        let by_a_township = hazard.clone().try_step(entry_id(100), &township_supervisor(), command.clone());
        assert_eq!(by_a_township, Became::Refused(Refusal::HigherOffice), "{name}");
        let by_a_city = hazard.clone().try_step(entry_id(100), &city_supervisor(), command);
        assert!(matches!(by_a_city, Became::Done(_)), "{name}");
    }
    let silent = Command::NotEstablished { reason: "  ".to_owned() };
    check(&hazard, &supervisor(), [("no reason", silent, Err(Refusal::ReasonMissing))]);
}

#[test]
fn a_closed_hazard_is_open_again_with_a_reason_and_its_whole_story() {
    let mut hazard = Hazard::standing_at(HazardState::Closed, Grade::Major);
    let before = hazard.life().story;
    let reopen = |reason: &str| Command::Reopen { reason: reason.to_owned(), photos: vec![photo(91)] };
    check(&hazard, &inspector(), [("no reason", reopen(""), Err(Refusal::ReasonMissing))]);
    hazard.must(entry_id(20), &inspector(), reopen("回头看又锁闭"));
    let life = hazard.life();
    assert_eq!(life.story[..before.len()], before);
    assert_eq!((life.assignment, hazard.card().involved.len()), (None, 0));
    assert!(hazard.rows.open_hazards().iter().any(|card| card.id == hazard_id(1)));
    check(&hazard, &supervisor(), [("closing on the old re-check", close(), Err(Refusal::MovedOn))]);
}

#[test]
fn a_hazard_that_is_open_again_has_terms_of_its_own() {
    let mut hazard = Hazard::standing_at(HazardState::Closed, Grade::General);
    let month_later = minute(0).plus(Span::days(30));
    let reopen = Command::Reopen { reason: "又锁闭".to_owned(), photos: Vec::new() };
    assert_eq!(
        hazard.try_step_at(month_later, entry_id(20), &inspector(), reopen),
        Became::Done(HazardState::Found)
    );
    let (card, calendar, terms) = (hazard.card(), Calendar::shipped(), Terms::default());
    let due = card.standing().unwrap().deadlines(card.found, &calendar, &terms);
    let (day, week_later) = (month_later.date(), month_later.date().plus_days(7));
    let assign_by = calendar.plus_work_days(day, terms.assign_work_days);
    assert!(due.contains(&Deadline { by: assign_by, of: DeadlineOf::Assign }), "{due:?}");
    assert!(due.contains(&Deadline { by: week_later, of: DeadlineOf::Rectify }), "{due:?}");
    assert!(!card.is_overdue(week_later) && card.is_overdue(week_later.plus_days(1)));
}

#[test]
fn nobody_lengthens_a_story_without_end_and_what_moves_it_goes_on() {
    let mut hazard = Hazard::standing_at(HazardState::Rectifying, Grade::Major);
    hazard.must(by::plan(), &institution(), Command::Plan { plan: treatment_plan() });
    let card = hazard.card().clone();
    let mut standing = card.standing().unwrap();
    let line = standing.life.story[0].clone();
    standing.life.story.resize(500, line);
    hazard.rows.apply(Row::Hazard(Box::new(card.with(&standing))));
    check(
        &hazard,
        &institution(),
        [
            ("a remark", Command::Remark { text: "已催办".to_owned() }, Err(Refusal::NotNow)),
            ("a plan", Command::Plan { plan: treatment_plan() }, Err(Refusal::NotNow)),
            ("what moves it", submit(&[51]), Ok(HazardState::Submitted)),
        ],
    );
}

#[test]
fn a_remark_says_something_and_no_more_than_a_page() {
    let remark = |text: String| Command::Remark { text };
    check(
        &Hazard::found(Grade::General),
        &institution(),
        [
            ("nothing", remark(" ".to_owned()), Err(Refusal::ReasonMissing)),
            ("a page", remark(chars(2000)), Ok(HazardState::Found)),
            ("more", remark(chars(2001)), Err(Refusal::TooLong)),
        ],
    );
}

pub(super) fn order(measure: Measure, reason: &str) -> Command {
    Command::OrderMeasure { measure, reason: reason.to_owned() }
}

pub(super) fn carry_out(measure: Measure) -> Command {
    Command::CarryOut { measure, note: String::new(), photos: vec![photo(71)] }
}

pub(super) fn ask_lift(measure: Measure, reason: &str) -> Command {
    Command::AskLift { measure, reason: reason.to_owned() }
}

pub(super) fn answer_lift(ask: u128, answer: Answer, reason: &str) -> Command {
    let (measure, ask) = (Measure::StopUse, entry_id(ask));
    Command::AnswerLift { measure, ask, answer, reason: reason.to_owned() }
}

#[test]
fn use_is_resumed_only_after_the_hazard_was_found_put_right_and_somebody_consented() {
    let stop = Measure::StopUse;
    let mut hazard = Hazard::found_with(Grade::General, &[]);
    let found = Ok(HazardState::Found);
    check(&hazard, &institution(), [("nothing ordered", carry_out(stop), Err(Refusal::NoSuchMeasure))]);
    check(&hazard, &inspector(), [("no reason", order(stop, ""), Err(Refusal::ReasonMissing))]);
    hazard.must(entry_id(20), &inspector(), order(stop, "危及人身安全"));
    check(&hazard, &inspector(), [("twice", order(stop, "再次"), Err(Refusal::MeasureInForce))]);
    check(
        &hazard,
        &institution(),
        [("lifted by itself", Command::Lift { measure: stop }, Err(Refusal::MeasureNotNow))],
    );
    hazard.must(entry_id(21), &institution(), carry_out(stop));
    check(
        &hazard,
        &institution(),
        [
            ("carried out twice", carry_out(stop), Err(Refusal::MeasureNotNow)),
            ("lifted without consent", Command::Lift { measure: stop }, Err(Refusal::MeasureNotNow)),
            ("asked without a reason", ask_lift(stop, " "), Err(Refusal::ReasonMissing)),
            ("asked", ask_lift(stop, "已整改"), found),
        ],
    );
    hazard.must(entry_id(22), &institution(), ask_lift(stop, "已整改"));
    check(
        &hazard,
        &supervisor(),
        [
            ("before it is put right", answer_lift(22, Answer::Granted, ""), Err(Refusal::NotPutRight)),
            ("no without a reason", answer_lift(22, Answer::Denied, ""), Err(Refusal::ReasonMissing)),
            ("another wish", answer_lift(21, Answer::Granted, ""), Err(Refusal::MovedOn)),
        ],
    );
    hazard.must(by::submit(), &institution(), submit(&[51]));
    hazard.must(by::recheck(), &inspector(), recheck(Some(by::submit()), RecheckOutcome::Fixed));
    hazard.must(entry_id(23), &supervisor(), answer_lift(22, Answer::Granted, ""));
    hazard.must(entry_id(24), &institution(), Command::Lift { measure: stop });
    // Lifted, it may be ordered again: that is another order.
    hazard.must(entry_id(25), &inspector(), order(stop, "又危及"));
    assert_eq!(hazard.life().measures.len(), 1);
    check(&hazard, &supervisor(), [("closing", close(), Err(Refusal::MeasuresStillInForce))]);
}

#[test]
fn a_wish_to_lift_that_is_denied_leaves_the_measure_where_it_was() {
    let stop = Measure::StopUse;
    for carried in [false, true] {
        let mut hazard = Hazard::found_with(Grade::General, &[stop]);
        if carried {
            hazard.must(entry_id(20), &institution(), carry_out(stop));
        }
        let before = hazard.life().measures;
        hazard.must(entry_id(21), &institution(), ask_lift(stop, "已整改"));
        hazard.must(entry_id(22), &supervisor(), answer_lift(21, Answer::Denied, "未整改"));
        assert_eq!(hazard.life().measures, before);
        assert_eq!(matches!(before[0].state, MeasureState::CarriedOut { .. }), carried);
    }
}

#[test]
fn a_measure_on_what_was_set_aside_is_lifted_with_consent() {
    let stop = Measure::StopUse;
    for set_aside in [not_established(), duplicate()] {
        let mut hazard = Hazard::found_with(Grade::General, &[stop]);
        hazard.must(by::set_aside(), &supervisor(), set_aside);
        hazard.must(entry_id(20), &institution(), ask_lift(stop, "不属隐患"));
        hazard.must(entry_id(21), &supervisor(), answer_lift(20, Answer::Granted, ""));
        hazard.must(entry_id(22), &institution(), Command::Lift { measure: stop });
    }
}

/// What a visit saw, an hour after the last step.
fn seen(
    hazard: &Hazard,
    outcome: RevisitOutcome,
    minutes_later: i64,
    photos: usize,
    second: u128,
) -> Standing {
    let lead = inspector();
    let second = Reviewer { account: account_id(second), name: "人员".to_owned() };
    let at = minute(hazard.minutes).plus(Span::minutes(minutes_later));
    let doing = Doing {
        actor: &lead,
        entry: entry_id(200),
        at,
        received: at,
        hazard: hazard_id(1),
        facility: facility_id(1),
        division: &hazard.card().division,
        other: None,
    };
    let photos: Vec<_> = [photo(201), photo(202)].into_iter().take(photos).collect();
    hazard.card().standing().unwrap().seen_on_visit(outcome, "", &photos, &second, &doing)
}

#[test]
fn what_a_visit_sees_is_a_re_check_by_two_and_what_is_still_there_is_open_again() {
    use HazardState::{
        Assigned, Closed, Duplicate, Found, NotEstablished, Rechecked, Rectifying, Submitted, Transferred,
    };
    use RevisitOutcome::{LooksFixed, StillThere};
    for (state, fixed, still_there) in [
        (Found, Rechecked, Found),
        (Assigned, Rechecked, Assigned),
        (Rectifying, Rechecked, Rectifying),
        (Submitted, Rechecked, Rectifying),
        (Rechecked, Rechecked, Rectifying),
        (Transferred, Transferred, Transferred),
        (Closed, Closed, Found),
        (NotEstablished, NotEstablished, Found),
        (Duplicate, Duplicate, Duplicate),
    ] {
        let hazard = Hazard::standing_at(state, Grade::Major);
        let lines = hazard.life().story.len();
        for (outcome, expected) in [(LooksFixed, fixed), (StillThere, still_there)] {
            let next = seen(&hazard, outcome, 60, 1, 2);
            assert_eq!(next.life.stage.state(), expected, "{state:?}, {outcome:?}");
            let opened = !state.is_open() && expected.is_open();
            assert_eq!(next.life.story.len(), lines + 1 + usize::from(opened), "{state:?}, {outcome:?}");
            let last = next.life.story.last().unwrap().kind;
            assert_eq!(last == StepKind::Reopened, opened, "{state:?}, {outcome:?}");
            // From before the last steps, arriving after them: what they say of it counts, nothing else of them. That it
            // was still there is answered by a later submission; that it was put right, by none of these.
            let late = seen(&hazard, outcome, -60, 1, 2);
            let stands = if outcome == LooksFixed { fixed } else { state };
            assert_eq!((late.life.stage.state(), late.life.story.len()), (stands, lines + 1), "{state:?}");
        }
        let blind = seen(&hazard, LooksFixed, 60, 0, 2).life.stage.state();
        assert_eq!(blind, state, "{state:?}: without a photo");
    }
}

#[test]
fn a_visit_with_the_rectifier_verifies_nothing_and_ends_no_wish_that_is_still_needed() {
    let submitted = Hazard::standing_at(HazardState::Submitted, Grade::General);
    let with_the_rectifier = seen(&submitted, RevisitOutcome::LooksFixed, 60, 1, 9);
    assert_eq!(with_the_rectifier.life.stage.state(), HazardState::Submitted);
    let mut asked = Hazard::standing_at(HazardState::Rectifying, Grade::General);
    let until = super::support::date("2026-12-20");
    asked.must(entry_id(20), &institution(), Command::AskExtension { until, reason: "缺件".to_owned() });
    let still = seen(&asked, RevisitOutcome::StillThere, 60, 1, 2);
    assert!(still.life.extension.is_some());
    let fixed = seen(&asked, RevisitOutcome::LooksFixed, 60, 1, 2);
    assert!(fixed.life.extension.is_none());
}
