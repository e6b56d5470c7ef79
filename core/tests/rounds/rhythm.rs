//! What is due when.

use xunan_core::clock::{Date, Instant};
use xunan_core::facility::FacilityType;
use xunan_core::rounds::{RoundKind, RoundTiming, due_rounds};

use super::support::{date, time};

/// Noon in China, on a day.
fn noon(day: &str) -> Instant {
    time(&format!("{day}T04:00:00.000Z"))
}

fn by(kind: RoundKind, done: &[(RoundKind, Instant)], now: Instant) -> Option<Date> {
    due_rounds(FacilityType::ElderlyCare, done, now)
        .into_iter()
        .find(|due| due.kind == kind)
        .map(|due| due.by)
}

#[test]
fn each_round_is_due_by_its_rhythm() {
    use RoundKind::{DailyPatrol, Drill, HeadCheck, MaintenanceVisit, SelfCheck, Training, ZeroReport};
    let now = noon("2026-11-10");
    for (kind, done, expected) in [
        (DailyPatrol, vec![], "2026-11-10"),
        (DailyPatrol, vec![noon("2026-11-09")], "2026-11-10"),
        (DailyPatrol, vec![noon("2026-11-10")], "2026-11-11"),
        (ZeroReport, vec![noon("2026-11-10")], "2026-11-11"),
        (SelfCheck, vec![], "2026-11-30"),
        (SelfCheck, vec![noon("2026-10-31")], "2026-11-30"),
        (SelfCheck, vec![noon("2026-11-01")], "2026-12-31"),
        (HeadCheck, vec![], "2026-11-10"),
        (HeadCheck, vec![noon("2026-08-01")], "2026-11-01"),
        (HeadCheck, vec![noon("2026-08-01"), noon("2026-11-01")], "2027-02-01"),
        (MaintenanceVisit, vec![], "2026-11-15"),
        (MaintenanceVisit, vec![noon("2026-11-02")], "2026-11-30"),
        (MaintenanceVisit, vec![noon("2026-11-02"), noon("2026-11-09")], "2026-12-15"),
        (Drill, vec![noon("2026-06-01")], "2026-12-01"),
        (Training, vec![noon("2026-06-01")], "2026-12-01"),
    ] {
        let done: Vec<_> = done.into_iter().map(|at| (kind, at)).collect();
        assert_eq!(by(kind, &done, now), Some(date(expected)), "{kind:?} after {done:?}");
    }
}

#[test]
fn a_patrol_is_that_days_report_too() {
    let now = noon("2026-11-10");
    assert_eq!(by(RoundKind::ZeroReport, &[(RoundKind::DailyPatrol, now)], now), Some(date("2026-11-11")));
    assert_eq!(by(RoundKind::DailyPatrol, &[(RoundKind::ZeroReport, now)], now), Some(date("2026-11-10")));
}

#[test]
fn night_patrols_are_due_every_two_hours_of_the_night_where_people_sleep() {
    // In China it is eight hours later.
    for (now, last, due) in [
        ("2026-11-10T12:59:00.000Z", None, false),
        ("2026-11-10T13:00:00.000Z", None, true),
        ("2026-11-10T15:00:00.000Z", Some("2026-11-10T13:01:00.000Z"), false),
        ("2026-11-10T15:01:00.000Z", Some("2026-11-10T13:01:00.000Z"), true),
        ("2026-11-10T21:59:00.000Z", None, true),
        ("2026-11-10T22:00:00.000Z", None, false),
    ] {
        let done: Vec<_> = last.map(|at| (RoundKind::NightPatrol, time(at))).into_iter().collect();
        assert_eq!(by(RoundKind::NightPatrol, &done, time(now)).is_some(), due, "{now} after {last:?}");
    }
    let night = time("2026-11-10T15:00:00.000Z");
    for kind in FacilityType::ALL {
        let due = due_rounds(kind, &[], night).iter().any(|due| due.kind == RoundKind::NightPatrol);
        let nobody_sleeps_there = matches!(
            kind,
            FacilityType::FuneralHome | FacilityType::Cemetery | FacilityType::MarriageRegistry
        );
        assert_eq!(due, !nobody_sleeps_there, "{kind:?}");
    }
}

#[test]
fn the_most_urgent_comes_first_and_what_is_done_in_the_future_does_not_count() {
    let now = noon("2026-11-10");
    let done = [(RoundKind::HeadCheck, noon("2026-08-01")), (RoundKind::DailyPatrol, noon("2026-11-12"))];
    let due = due_rounds(FacilityType::Cemetery, &done, now);
    assert_eq!((due[0].kind, due[0].timing(now.date())), (RoundKind::HeadCheck, RoundTiming::Late));
    assert_eq!((due[1].kind, due[1].timing(now.date())), (RoundKind::DailyPatrol, RoundTiming::Today));
    assert_eq!(due[due.len() - 1].timing(now.date()), RoundTiming::Ahead);
}

#[test]
fn february_and_december_end_where_they_end() {
    for (day, expected) in
        [("2028-02-10", "2028-02-29"), ("2027-02-10", "2027-02-28"), ("2026-12-10", "2026-12-31")]
    {
        assert_eq!(by(RoundKind::SelfCheck, &[], noon(day)), Some(date(expected)));
    }
    let done = [(RoundKind::SelfCheck, noon("2026-12-01"))];
    assert_eq!(by(RoundKind::SelfCheck, &done, noon("2026-12-10")), Some(date("2027-01-31")));
}
