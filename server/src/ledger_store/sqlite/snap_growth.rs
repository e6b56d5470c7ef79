//! A page of what is public costs the same with a thousand cases and with four thousand, however it is narrowed down, and so does
//! a page of the office's queue and of its rewards: counted in steps of SQLite's machine.

use xunan_core::clock::{Instant, Span};
use xunan_core::digest::Digest;
use xunan_core::hazard::Mark;
use xunan_core::ids::{Entropy, EntryId, SnapId};
use xunan_core::ledger::SnapCard;
use xunan_core::region::DivisionCode;
use xunan_core::reward::{Reward, RewardStage, RewardTerms};
use xunan_core::snap::{
    CaseNumber, Category, Life, OwnWords, PublicNotice, PublicPlace, PublicTitle, PublicWords, Publication,
    Report, SnapPlace, Stage,
};
use xunan_core::sync::SnapKey;

use super::SqliteConnection;
use super::growth::{Counted, is_flat};
use super::query_plans::narrowed_plazas;
use crate::ledger_store::{PlazaAsked, PlazaTables as _, RewardTables as _, SnapList, SnapTables as _};

fn noon() -> Instant {
    "2026-11-02T04:00:00Z".parse().unwrap()
}

fn division(number: u32) -> DivisionCode {
    format!("99990100{}", number % 3 + 1).parse().unwrap()
}

/// A report that was accepted and published, every third one also answered; for every second one a reward is proposed.
pub(super) fn published(number: u32) -> SnapCard {
    let at = noon().plus(Span::minutes(number.into()));
    let (id, entry) = (Entropy(number.into()), EntryId::from_parts(at, Entropy(number.into())));
    let mark = Mark::nameless(entry, at, at);
    let category = Category::ALL[number as usize % Category::ALL.len()];
    let mut life = Life::received(mark.clone());
    life.stage = if number.is_multiple_of(3) {
        Stage::Answered { mark: mark.clone(), satisfaction: None }
    } else {
        Stage::Accepted { mark: mark.clone() }
    };
    let notice = PublicNotice {
        title: PublicTitle::of(&format!("安全出口上锁，第 {number} 件")).unwrap(),
        category,
        place: PublicPlace::of("虚构镇").unwrap(),
        words: PublicWords::of("疏散门").unwrap(),
        result: PublicWords::default(),
    };
    let proposed = RewardStage::Proposed { mark: mark.clone(), amount: RewardTerms::ANYWHERE_MOST };
    life.reward = number.is_multiple_of(2).then(|| Reward { stage: proposed, story: Vec::new() });
    life.publication = Some(Publication { mark, after: entry, notice, photos: Vec::new() });
    SnapCard {
        report: Report {
            snap: SnapId::from_parts(at, id),
            division: division(number),
            category,
            words: OwnWords::of("报告人的原话").unwrap(),
            place: SnapPlace::default(),
            seen: None,
            photos: Vec::new(),
        },
        facility_name: String::new(),
        received: at,
        life,
    }
}

struct Plaza(Counted);

impl Plaza {
    fn of(cases: u32) -> Self {
        Self(Counted::filled(|connection| {
            for number in 0..cases {
                let card = published(number);
                connection.put_snap(&card).unwrap();
                connection.insert_me_too(card.id(), &Digest::of(b"x")).unwrap();
            }
        }))
    }

    /// The places of all cases that are asked for, page by page.
    fn walked(&self, asked: &PlazaAsked) -> Vec<u64> {
        let (mut places, mut before) = (Vec::new(), None);
        loop {
            let page = self.0.connection.plaza(&PlazaAsked { before, ..asked.clone() }).unwrap();
            places.extend(page.iter().map(|case| case.place));
            if page.len() < asked.limit {
                return places;
            }
            before = page.last().map(|case| case.place);
        }
    }
}

#[test]
fn a_page_among_a_thousand_reports_costs_what_one_among_four_thousand_does() {
    let (few, many) = (Plaza::of(1000), Plaza::of(4000));
    let mut steep = Vec::new();
    for asked in narrowed_plazas(&division(0)) {
        for before in [None, Some(500)] {
            let asked = PlazaAsked { before, ..asked.clone() };
            let of = |plaza: &Plaza| plaza.0.steps_of(|it| assert_ne!(it.plaza(&asked).unwrap(), []));
            let (few, many) = (of(&few), of(&many));
            if !is_flat(few, many) {
                steep.push(format!("{asked:?}: {few} steps, then {many}"));
            }
        }
    }
    let card = published(700);
    let number = CaseNumber::of(card.id());
    type Ask<'a> = (&'a str, &'a dyn Fn(&SqliteConnection));
    let county = "999901".parse().unwrap();
    let queue = |it: &SqliteConnection, list, after| {
        assert_eq!(it.snaps_within(&county, list, after, 50).unwrap().len(), 50);
    };
    let asks: [Ask<'_>; 10] = [
        ("one case", &|it| assert!(it.public_case(&number).unwrap().is_some())),
        ("counts", &|it| assert_eq!(it.plaza_places().unwrap().len(), 3)),
        ("a step", &|it| it.put_snap(&card).unwrap()),
        ("queue", &|it| queue(it, SnapList::Open, None)),
        ("queue, further down", &|it| queue(it, SnapList::Open, Some(SnapKey::of(&published(500))))),
        ("what is closed", &|it| queue(it, SnapList::Closed, None)),
        ("a number", &|it| assert_eq!(it.snaps_numbered(&number).unwrap().len(), 1)),
        ("rewards", &|it| queue(it, SnapList::RewardsOpen, None)),
        ("rewards, further down", &|it| {
            queue(it, SnapList::RewardsOpen, Some(SnapKey::of_reward(&published(500))));
        }),
        ("what was paid", &|it| assert_eq!(it.rewards_paid().unwrap().rewards, 0)),
    ];
    for (what, ask) in asks {
        let (few, many) = (few.0.steps_of(ask), many.0.steps_of(ask));
        if !is_flat(few, many) {
            steep.push(format!("{what}: {few} steps, then {many}"));
        }
    }
    assert!(steep.is_empty(), "{}", steep.join("\n"));
}

#[test]
fn pages_meet_every_case_once_the_newest_first() {
    let plaza = Plaza::of(150);
    for asked in narrowed_plazas(&division(0)) {
        let fits = |number: &u32| {
            let card = published(*number);
            let answered = matches!(card.life.stage, Stage::Answered { .. });
            asked.category.is_none_or(|it| it == card.report.category)
                && (asked.progress.is_none() || answered)
                && asked.division.as_ref().is_none_or(|it| it == card.division())
        };
        // The first case has the first place.
        let expected: Vec<u64> = (0..150).rev().filter(fits).map(|number| u64::from(number) + 1).collect();
        for limit in [7, 21] {
            let asked = PlazaAsked { limit, ..asked.clone() };
            assert_eq!(plaza.walked(&asked), expected, "{asked:?}");
        }
    }
}
