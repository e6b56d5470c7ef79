//! Frozen bytes: notices as inboxes keep them and other programs get them. Files are added here, never edited.
//!
//! `UPDATE_GOLDEN=1 cargo test` writes a file that is missing; it never overwrites one. Ids are in them: a notice that was
//! told by an older version is not told again by a newer one.

use xunan_core::calendar::Calendar;
use xunan_core::hazard::Terms;
use xunan_core::ledger::{Origin, PlanState, Row, SnapCard};
use xunan_core::notice::{InboxItem, InboxPage, Notice, ReminderTerms, of_change, of_day};
use xunan_core::plan::NoticeMode;
use xunan_core::rules::Grade;

use super::plans::{due, plan};
use super::snaps;
use super::world::{FIRM, account, assigned, date, found, noon, row};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/v1");

/// One of each shape.
fn notices() -> Vec<Notice> {
    let card = found(Grade::Major, Origin::Report, "2026-11-02");
    let given = assigned(&card, FIRM, "2026-11-20", "2026-11-03");
    let plan = Row::Plan(plan(NoticeMode::Advance, PlanState::Open));
    let mut made = of_change(None, &row(&card), &account("staff")).unwrap();
    made.extend(of_change(Some(&row(&card)), &row(&given), &account("county")).unwrap());
    let late = of_day(
        &given,
        date("2026-12-10"),
        &Calendar::shipped(),
        &Terms::default(),
        &ReminderTerms::default(),
    );
    made.extend(late.unwrap());
    made.extend(of_change(None, &plan, &account("county")).unwrap());
    made.into_iter().map(|addressed| addressed.notice).collect()
}

/// An inbox with these notices, as the file of this name has it.
fn check(name: &str, notices: Vec<Notice>) {
    let item = |(place, notice): (u64, Notice)| {
        let read = (place % 2 == 0).then(|| noon("2026-12-11"));
        InboxItem { place, notice, came: noon("2026-12-10"), read }
    };
    let page = InboxPage { notices: (1..).zip(notices).map(item).collect(), next: Some(1), unread: 5 };
    let path = format!("{FOLDER}/{name}.json");
    if std::env::var_os("UPDATE_GOLDEN").is_some() && !std::path::Path::new(&path).exists() {
        std::fs::write(&path, serde_json::to_string(&page).unwrap()).unwrap();
    }
    let frozen = std::fs::read_to_string(&path).unwrap();
    assert_eq!(serde_json::to_string(&page).unwrap(), frozen);
    assert_eq!(serde_json::from_str::<InboxPage>(&frozen).unwrap(), page);
}

#[test]
fn an_inbox_of_version_1_is_read_and_written_as_it_was() {
    check("notices_inbox", notices());
}

#[test]
fn reminders_of_plans_are_read_and_written_as_they_were() {
    let card = plan(NoticeMode::OnArrival, PlanState::Open);
    let days = ["2026-11-28", "2026-11-30", "2026-12-14"];
    let made = days.into_iter().flat_map(|today| due(&card, today));
    check("notices_plan_due", made.map(|addressed| addressed.notice).collect());
}

#[test]
fn reminders_of_reports_are_read_and_written_as_they_were() {
    let nameless = SnapCard { facility_name: String::new(), ..snaps::card() };
    let made = [(snaps::card(), "2026-11-11"), (nameless, "2026-11-25")]
        .into_iter()
        .flat_map(|(card, today)| snaps::due(&card, today));
    check("notices_snap_due", made.map(|addressed| addressed.notice).collect());
}
