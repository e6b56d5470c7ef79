//! What the passing of days asks for.

use xunan_core::calendar::Calendar;
use xunan_core::hazard::{DeadlineOf, Stage, StepKind, Terms};
use xunan_core::ledger::{HazardCard, Origin};
use xunan_core::notice::{DueStanding, ReminderTerms, What, of_day};
use xunan_core::rules::Grade;
use xunan_core::visit::Due;

use super::world::{FIRM, HOME, after, assigned, date, found, mark, reached, row, told, transferred};

/// `Rectify Overdue -> county, home` and so on.
fn reminders(card: &HazardCard, today: &str) -> Vec<String> {
    let calendar = Calendar::shipped();
    let made = of_day(card, date(today), &calendar, &Terms::default(), &ReminderTerms::default()).unwrap();
    let say = |addressed: &xunan_core::notice::Addressed| {
        let What::Due { of, standing, .. } = addressed.notice.what else { panic!("{addressed:?}") };
        format!("{of:?} {standing:?} -> {}", reached(addressed, &row(card)))
    };
    made.iter().map(say).collect()
}

fn general() -> HazardCard {
    found(Grade::General, Origin::Report, "2026-11-02")
}

/// Monday, 23 November 2026; the year's holidays are over.
#[test]
fn the_unit_is_reminded_then_the_office_is_and_then_those_above_it() {
    let signed = after(&assigned(&general(), FIRM, "2026-11-23", "2026-11-03"), |it| {
        it.life.stage = Stage::Rectifying { mark: mark(6, "firm", "2026-11-04") };
    });
    let soon = "Rectify Soon -> home, firm";
    let overdue = "Rectify Overdue -> county, county2, home, firm";
    let raised = "Rectify Raised -> city";
    for (today, expected) in [
        ("2026-11-19", vec![]),
        ("2026-11-20", vec![soon]),
        ("2026-11-22", vec![soon]),
        ("2026-11-23", vec!["Rectify Today -> home, firm"]),
        ("2026-11-24", vec![overdue]),
        ("2026-11-25", vec![overdue]),
        // The third work day after it.
        ("2026-11-26", vec![overdue, raised]),
        ("2026-12-04", vec![overdue, raised]),
        ("2026-12-07", vec![overdue, raised, "Rectify RaisedAgain -> province"]),
    ] {
        assert_eq!(reminders(&signed, today), expected, "{today}");
    }
}

#[test]
fn each_deadline_is_told_to_whoever_owes_it() {
    let card = general();
    let submitted = after(&told(&card, 6, StepKind::Submitted, "home", "2026-11-03"), |it| {
        let mark = mark(6, "home", "2026-11-03");
        it.life.stage =
            Stage::Submitted { submission: xunan_core::hazard::Submission { mark, photos: Vec::new() } };
    });
    for (what, card, today, expected) in [
        ("assign", card.clone(), "2026-11-05", vec!["Assign Today -> county, county2"]),
        (
            "assign again",
            told(&card, 6, StepKind::Declined, "home", "2026-11-10"),
            "2026-11-13",
            vec!["Assign Today -> county, county2"],
        ),
        (
            "sign for",
            assigned(&card, HOME, "2026-12-23", "2026-11-03"),
            "2026-11-05",
            vec!["SignFor Today -> home"],
        ),
        ("recheck", submitted.clone(), "2026-11-17", vec!["Recheck Today -> county, county2"]),
        ("recheck soon", submitted, "2026-11-14", vec!["Recheck Soon -> county, county2"]),
        ("receive", transferred(&card, "2026-11-03"), "2026-11-10", vec!["Receive Today -> fire"]),
        (
            "receive late",
            transferred(&card, "2026-11-03"),
            "2026-11-11",
            vec!["Receive Overdue -> county, county2, fire"],
        ),
    ] {
        assert_eq!(reminders(&card, today), expected, "{what}");
    }
}

#[test]
fn nobody_is_reminded_of_what_was_just_told_nor_of_what_is_done() {
    let short = assigned(&general(), HOME, "2026-11-25", "2026-11-23");
    assert_eq!(reminders(&short, "2026-11-23"), Vec::<String>::new());
    let closed =
        after(&short, |it| it.life.stage = Stage::NotEstablished { mark: mark(9, "county", "2026-11-24") });
    assert_eq!(reminders(&closed, "2026-12-30"), Vec::<String>::new());
    let on_the_spot = after(&general(), |it| it.due = Due::OnTheSpot);
    assert!(
        reminders(&on_the_spot, "2026-11-03")
            .contains(&"Rectify Overdue -> county, county2, home".to_owned())
    );
}

#[test]
fn the_same_reminder_has_the_same_id_on_every_day_and_a_new_date_another() {
    let ids = |card: &HazardCard, today: &str| {
        let made =
            of_day(card, date(today), &Calendar::shipped(), &Terms::default(), &ReminderTerms::default());
        let overdue = |it: &xunan_core::notice::Addressed| {
            matches!(
                it.notice.what,
                What::Due { of: DeadlineOf::Rectify, standing: DueStanding::Overdue, .. }
            )
        };
        made.unwrap().into_iter().find(overdue).map(|it| it.notice.id)
    };
    let first = assigned(&general(), HOME, "2026-11-20", "2026-11-03");
    assert_eq!(ids(&first, "2026-11-23"), ids(&first, "2027-02-01"));
    assert!(ids(&first, "2026-11-23").is_some());
    let later = assigned(&general(), HOME, "2026-11-24", "2026-11-03");
    assert_ne!(ids(&first, "2026-11-30"), ids(&later, "2026-11-30"));
    // The same date, given again after it went round.
    let again = after(&first, |it| {
        let mut line = super::world::line(StepKind::Assigned, mark(12, "county", "2026-11-10"));
        line.date = Some(date("2026-11-20"));
        it.life.story.push(line);
    });
    assert_ne!(ids(&first, "2026-11-23"), ids(&again, "2026-11-23"));
}

#[test]
fn what_a_device_dated_centuries_back_is_overdue_like_anything_else() {
    let ancient = after(&general(), |it| it.due = Due::By(date("0001-01-01")));
    let rectify = |said: &String| said.starts_with("Rectify");
    let told: Vec<_> = reminders(&ancient, "2026-11-03").into_iter().filter(rectify).collect();
    let expected = [
        "Rectify Overdue -> county, county2, home",
        "Rectify Raised -> city",
        "Rectify RaisedAgain -> province",
    ];
    assert_eq!(told, expected);
}
