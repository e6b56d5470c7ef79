//! Until when an office owes the reporter something: a clock for each state, in work days.

use xunan_core::calendar::Calendar;
use xunan_core::clock::Instant;
use xunan_core::log::SnapBody;
use xunan_core::snap::{DeadlineOf, Step, TermsTable};

use super::support::{Ledger, citizens, date, snap_id, supervisor};

fn day(text: &str) -> Instant {
    format!("{text}T02:00:00.000Z").parse().unwrap()
}

#[test]
fn a_clock_runs_from_the_step_that_began_it_over_weekends_and_holidays() {
    let (table, calendar) = (TermsTable::shipped(), Calendar::shipped());
    let mut ledger = Ledger::empty();
    let report = SnapBody::Reported(Box::new(super::support::report(1)));
    ledger.fold(&citizens(), &report, Some(day("2026-02-12"))).unwrap();
    let mut due = vec![ledger.card().life.deadline(ledger.card().division(), &table, &calendar)];
    for (step, on) in [
        ("accept", "2026-02-25"),
        ("turn into hazard", "2026-02-26"),
        ("deal with", "2026-03-02"),
        ("answer", "2026-03-03"),
        ("not fixed", "2026-03-10"),
        ("transfer", "2026-03-11"),
        ("deal with", "2026-03-12"),
        ("answer", "2026-03-13"),
    ] {
        if step == "deal with" && ledger.hazard().is_some() {
            ledger.hazard_is(xunan_core::hazard::HazardState::Closed);
        }
        let command = ledger.command(step);
        let actor = if step == "not fixed" { citizens() } else { supervisor() };
        let body = SnapBody::Stepped(Box::new(Step { snap: snap_id(1), command }));
        ledger.fold(&actor, &body, Some(day(on))).unwrap();
        due.push(ledger.card().life.deadline(ledger.card().division(), &table, &calendar));
    }
    let due: Vec<_> = due.into_iter().map(|it| it.map(|it| (it.of, it.by))).collect();
    let answer = |by: &str| Some((DeadlineOf::Answer, date(by)));
    assert_eq!(
        due,
        [
            // Friday the 13th, Saturday the 14th (worked), then the Spring Festival until the 23rd.
            Some((DeadlineOf::Accept, date("2026-02-28"))),
            answer("2026-03-17"),
            answer("2026-03-17"),
            answer("2026-03-17"),
            None,
            answer("2026-03-31"),
            answer("2026-03-31"),
            answer("2026-03-31"),
            None,
        ]
    );
}

#[test]
fn what_is_transferred_at_once_is_due_from_then_and_what_is_set_aside_is_not() {
    let (table, calendar) = (TermsTable::shipped(), Calendar::shipped());
    for (step, expected) in [
        ("transfer", Some((DeadlineOf::Answer, date("2026-12-11")))),
        ("not accept", None),
        ("duplicate", None),
    ] {
        let mut ledger = Ledger::received();
        let body = SnapBody::Stepped(Box::new(Step { snap: snap_id(1), command: ledger.command(step) }));
        ledger.fold(&supervisor(), &body, Some(day("2026-11-20"))).unwrap();
        let due = ledger.card().life.deadline(ledger.card().division(), &table, &calendar);
        assert_eq!(due.map(|it| (it.of, it.by)), expected, "{step}");
    }
}
