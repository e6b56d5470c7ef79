//! Who learns of each step.

use xunan_core::hazard::{Extension, StepKind};
use xunan_core::ids::{Entropy, EntryId};
use xunan_core::ledger::{HazardCard, Origin};
use xunan_core::notice::{About, What, of_change};
use xunan_core::rules::{Grade, Measure};

use super::world::{
    FIRM, HOME, account, after, assigned, date, found, lift_asked, line, mark, noon, reached, row, told,
    transferred,
};

/// Whom the one notice of a change reaches; `nobody` when there is none.
fn learns(before: Option<&HazardCard>, now: &HazardCard, by: &str) -> String {
    let notices = of_change(before.map(row).as_ref(), &row(now), &account(by)).unwrap();
    match notices.as_slice() {
        [] => "nobody".to_owned(),
        [one] => reached(one, &row(now)),
        more => panic!("{} notices", more.len()),
    }
}

fn general() -> HazardCard {
    found(Grade::General, Origin::Report, "2026-11-23")
}

#[test]
fn whoever_owes_the_next_step_learns_of_each_and_whoever_took_it_does_not() {
    use StepKind as Kind;
    let at_firm = assigned(&general(), FIRM, "2026-12-10", "2026-11-24");
    for (kind, by, expected) in [
        (Kind::Assigned, "county", "home, firm"),
        (Kind::Declined, "home", "county, county2"),
        (Kind::SignedFor, "home", "nobody"),
        (Kind::Planned, "home", "county, county2"),
        (Kind::Submitted, "firm", "county, county2"),
        (Kind::SentBack, "county", "home, firm"),
        (Kind::RecheckedFixed, "county", "county2"),
        (Kind::RecheckedNotFixed, "inspector", "home, firm"),
        (Kind::Closed, "county", "home, firm"),
        (Kind::ExtensionAsked, "home", "county, county2"),
        (Kind::Escalated, "county", "county2, city, home, firm"),
        (Kind::Listed, "city", "county, county2, home, firm"),
        (Kind::Delisted, "city", "county, county2, home, firm"),
        (Kind::MeasureOrdered, "inspector", "home, firm"),
        (Kind::MeasureCarriedOut, "home", "county, county2"),
        (Kind::LiftAsked, "home", "county, county2"),
        (Kind::Lifted, "home", "county, county2"),
        (Kind::TransferReceived, "fire", "county, county2"),
        (Kind::TransferReturned, "fire", "county, county2"),
        (Kind::TransferHandled, "fire", "county, county2"),
        (Kind::NotEstablished, "county", "home, firm"),
        (Kind::Duplicate, "county", "home, firm"),
        (Kind::Reopened, "inspector", "county, county2, home, firm"),
        (Kind::SeenStillThere, "inspector", "nobody"),
        (Kind::SeenFixed, "inspector", "nobody"),
        (Kind::Remarked, "county", "nobody"),
    ] {
        let now = told(&at_firm, 9, kind, by, "2026-11-25");
        assert_eq!(learns(Some(&at_firm), &now, by), expected, "{kind:?}");
    }
}

#[test]
fn a_wish_is_answered_to_whoever_had_it() {
    let start = assigned(&general(), HOME, "2026-12-10", "2026-11-24");
    let asked = after(&start, |it| {
        let mark = mark(7, "second", "2026-11-25");
        it.life.extension = Some(Extension { mark, until: date("2026-12-20") });
    });
    for kind in [StepKind::ExtensionGranted, StepKind::ExtensionDenied] {
        let answered = after(&told(&asked, 8, kind, "county", "2026-11-26"), |it| it.life.extension = None);
        assert_eq!(learns(Some(&asked), &answered, "county"), "second, home", "{kind:?}");
    }
    // The firm asked, and has nothing to do with the hazard any more: what it may not see, it is not told of.
    let asked = lift_asked(&start, "2026-11-25");
    for kind in [StepKind::LiftConsented, StepKind::LiftRefused] {
        let answered = after(&asked, |it| {
            let mut line = line(kind, mark(8, "county", "2026-11-26"));
            line.measure = Some(Measure::StopUse);
            it.life.story.push(line);
        });
        assert_eq!(learns(Some(&asked), &answered, "county"), "home", "{kind:?}");
    }
}

#[test]
fn a_transfer_is_told_to_the_nearest_office_of_the_department_alone() {
    let before = general();
    assert_eq!(learns(Some(&before), &transferred(&before, "2026-11-24"), "county"), "home, fire");
}

#[test]
fn of_what_is_found_the_major_ones_are_told_at_once_and_reports_to_the_management() {
    let visit = Origin::Visit("01KBAFH600000000000000000G".parse().unwrap());
    let own = Origin::OwnRound(EntryId::from_parts(noon("2026-11-23"), Entropy(1)));
    for (grade, origin, expected) in [
        (Grade::Major, visit, "county, county2, home"),
        (Grade::Major, own, "county, county2, home"),
        (Grade::Major, Origin::Report, "county, county2, home"),
        (Grade::General, visit, "nobody"),
        (Grade::General, own, "nobody"),
        (Grade::General, Origin::Report, "home"),
    ] {
        assert_eq!(
            learns(None, &found(grade, origin, "2026-11-23"), "inspector"),
            expected,
            "{grade:?} {origin:?}"
        );
    }
}

#[test]
fn a_notice_holds_the_title_and_no_other_words_and_made_twice_it_is_one() {
    let before = general();
    let now = assigned(&before, FIRM, "2026-12-10", "2026-11-24");
    let make = || of_change(Some(&row(&before)), &row(&now), &account("county")).unwrap().remove(0).notice;
    let notice = make();
    assert_eq!(notice, make());
    assert_eq!(notice.what, What::Step { did: StepKind::Assigned, date: Some(date("2026-12-10")) });
    assert!(matches!(&notice.about, About::Hazard { title, .. } if title == "疏散门上锁"));
    let json = serde_json::to_string(&notice).unwrap();
    for word in ["描述", "一楼", "某人", "打开", "别的话"] {
        assert!(!json.contains(word), "{word} in {json}");
    }
    let next = told(&now, 9, StepKind::Declined, "firm", "2026-11-25");
    let again =
        after(&next, |it| it.life.story.push(line(StepKind::Declined, mark(10, "firm", "2026-11-26"))));
    let ids: Vec<_> = of_change(Some(&row(&now)), &row(&again), &account("firm"))
        .unwrap()
        .into_iter()
        .map(|it| it.notice.id)
        .collect();
    assert_ne!(ids[0], ids[1], "another entry is another cause");
}
