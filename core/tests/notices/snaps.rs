//! Who is reminded that a citizen waits for an answer, when, and what the reminder does not tell.

use xunan_core::access::Account;
use xunan_core::calendar::Calendar;
use xunan_core::hazard::Mark;
use xunan_core::ids::{Entropy, EntryId, SnapId};
use xunan_core::ledger::SnapCard;
use xunan_core::notice::{Addressed, Egress, ReminderTerms, What, of_day_of_snap, recipients};
use xunan_core::snap::{Category, Life, OwnWords, Report, SnapPlace, Stage, StepKind, StoryLine, TermsTable};

use super::world::{HERE, account, code, date, everybody, mark, noon};

/// A report of Monday, 2 November 2026, over the telephone number of whoever made it.
pub(crate) fn card() -> SnapCard {
    let snap = SnapId::from_parts(noon("2026-11-02"), Entropy(1));
    let entry = EntryId::from_parts(noon("2026-11-02"), Entropy(2));
    let received = noon("2026-11-02");
    let report = Report {
        snap,
        division: code(HERE),
        category: Category::WayOut,
        words: OwnWords::of("三楼安全出口锁着，演示的原话").unwrap(),
        place: SnapPlace::default(),
        seen: None,
        photos: Vec::new(),
        voice: None,
        video: None,
    };
    let life = Life::received(Mark::nameless(entry, received, received));
    SnapCard { report, facility_name: "演示养老院".to_owned(), received, life }
}

pub(crate) fn due(card: &SnapCard, today: &str) -> Vec<Addressed> {
    let (table, calendar) = (TermsTable::shipped(), Calendar::shipped());
    of_day_of_snap(card, date(today), &calendar, &table, &ReminderTerms::default())
}

/// `Accept Overdue -> county, county2` and so on.
fn told(card: &SnapCard, today: &str) -> Vec<String> {
    let everybody = everybody();
    let accounts: Vec<Account> = everybody.iter().map(|(_, account)| account.clone()).collect();
    let say = |addressed: &Addressed| {
        let What::SnapDue { of, standing, .. } = addressed.notice.what else { panic!("{addressed:?}") };
        assert_eq!(addressed.notice.egress(), Egress::Inside);
        let json = serde_json::to_string(&addressed.notice).unwrap();
        assert!(!json.contains("原话"), "{json}");
        let ids = recipients(addressed, |account| card.seen_by(account), &accounts);
        let words = everybody.iter().filter(|(_, it)| ids.contains(&it.id)).map(|(word, _)| *word);
        format!("{of:?} {standing:?} -> {}", words.collect::<Vec<_>>().join(", "))
    };
    due(card, today).iter().map(say).collect()
}

fn after(mut card: SnapCard, kind: StepKind, stage: impl FnOnce(Mark) -> Stage, day: &str) -> SnapCard {
    let mark = mark(day.bytes().map(u128::from).sum(), "county", day);
    card.life.stage = stage(mark.clone());
    card.life.story.push(StoryLine { kind, mark, words: String::new(), photos: Vec::new() });
    card
}

#[test]
fn the_office_is_reminded_and_those_above_it_when_it_does_nothing() {
    let overdue = "Accept Overdue -> county, county2";
    // Seven work days after 2 November are over with the 11th.
    for (today, expected) in [
        ("2026-11-02", vec![]),
        ("2026-11-07", vec![]),
        ("2026-11-08", vec!["Accept Soon -> county, county2"]),
        ("2026-11-11", vec!["Accept Today -> county, county2"]),
        ("2026-11-12", vec![overdue]),
        ("2026-11-16", vec![overdue, "Accept Raised -> city"]),
        ("2026-11-25", vec![overdue, "Accept Raised -> city", "Accept RaisedAgain -> province"]),
    ] {
        assert_eq!(told(&card(), today), expected, "{today}");
    }
}

#[test]
fn an_accepted_report_waits_for_its_answer_and_an_answered_one_for_nothing() {
    let accepted = after(card(), StepKind::Accepted, |mark| Stage::Accepted { mark }, "2026-11-10");
    // Fifteen work days after the 10th are over with 1 December.
    for (today, expected) in [
        ("2026-11-12", vec![]),
        ("2026-11-28", vec!["Answer Soon -> county, county2"]),
        ("2026-12-01", vec!["Answer Today -> county, county2"]),
    ] {
        assert_eq!(told(&accepted, today), expected, "{today}");
    }
    let answered = after(
        accepted,
        StepKind::Answered,
        |mark| Stage::Answered { mark, satisfaction: None },
        "2026-11-20",
    );
    assert_eq!(due(&answered, "2027-11-20"), []);
}

#[test]
fn the_same_reminder_is_one_and_a_clock_that_began_anew_is_another() {
    let ids = |card: &SnapCard, today: &str| -> Vec<_> {
        due(card, today).into_iter().map(|it| it.notice.id).collect()
    };
    assert_eq!(ids(&card(), "2026-11-12"), ids(&card(), "2026-11-13"));
    let accepted = |day: &str| after(card(), StepKind::Accepted, |mark| Stage::Accepted { mark }, day);
    let [first, second] = ["2026-11-10", "2026-11-11"].map(|day| ids(&accepted(day), "2027-01-11"));
    assert_eq!(first.len(), 3);
    assert!(first.iter().all(|id| !second.contains(id)));
    // The account that took the step is told as well: it is the office that owes the answer.
    let all = [account("county"), account("elsewhere"), account("administrator"), account("inspector")];
    let reached = |it: &Addressed| recipients(it, |account| card().seen_by(account), &all);
    for addressed in due(&accepted("2026-11-10"), "2026-12-02") {
        assert_eq!(reached(&addressed), [account("county").id]);
    }
}
