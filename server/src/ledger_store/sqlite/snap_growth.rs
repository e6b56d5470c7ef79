//! A page of what is public costs the same with a thousand cases and with four thousand, however it is narrowed down and whatever is
//! searched, and so do a page of the office's queue and of its rewards, and what may be the same as a report: counted in steps of
//! SQLite's machine.

use xunan_core::clock::{Instant, Span};
use xunan_core::digest::Digest;
use xunan_core::evidence::Likeness;
use xunan_core::hazard::Mark;
use xunan_core::ids::{Entropy, EntryId, FacilityId, PhotoId, SnapId};
use xunan_core::ledger::SnapCard;
use xunan_core::place::GeoPoint;
use xunan_core::region::DivisionCode;
use xunan_core::reward::{Reward, RewardStage, RewardTerms};
use xunan_core::snap::{
    CaseNumber, Category, Found, Life, OwnWords, PublicNotice, PublicPlace, PublicTitle, PublicWords,
    Publication, Report, SnapPhoto, SnapPlace, SnapPosition, Stage,
};
use xunan_core::sync::SnapKey;

use super::SqliteConnection;
use super::growth::{Counted, is_flat};
use super::query_plans::narrowed_plazas;
use crate::ledger_store::{
    AlikeAsked, PlazaAsked, PlazaFound, PlazaTables as _, RewardTables as _, SnapList, SnapTables as _,
};

fn noon() -> Instant {
    "2026-11-02T04:00:00Z".parse().unwrap()
}

fn division(number: u32) -> DivisionCode {
    format!("99990100{}", number % 3 + 1).parse().unwrap()
}

/// One of fifty institutions that stand some 100 m apart.
fn place(number: u32) -> SnapPlace {
    let house = number % 50;
    let north = i32::try_from(house).unwrap() * 9_000;
    let point = GeoPoint::from_e7(364_000_000 + north, 1_160_000_000).unwrap();
    SnapPlace {
        facility: Some(FacilityId::from_parts(noon(), Entropy(house.into()))),
        position: Some(SnapPosition { point, found: Found::OfPhoto }),
        ..SnapPlace::default()
    }
}

/// A picture that is like no other one but each five hundredth.
fn photo(number: u32) -> SnapPhoto {
    let scene = Digest::of(&(number % 500).to_be_bytes());
    let likeness: [u8; 16] = scene.bytes()[..16].try_into().unwrap();
    SnapPhoto {
        id: PhotoId::from_parts(noon(), Entropy(number.into())),
        stored: Digest::of(&number.to_be_bytes()),
        stored_bytes: 200_000,
        likeness: Likeness::from_bytes(likeness),
        claimed: None,
    }
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
        words: PublicWords::of("疏散门，已清走，已更换").unwrap(),
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
            place: place(number),
            seen: None,
            photos: vec![photo(number)],
            voice: None,
            video: None,
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
            let page = self.0.connection.plaza(&PlazaAsked { before, ..asked.clone() }).unwrap().cases;
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
            let of = |plaza: &Plaza| plaza.0.steps_of(|it| assert_ne!(it.plaza(&asked).unwrap().cases, []));
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
        ("a number", &|it| assert_eq!(it.snaps_numbered(&county, &number).unwrap().len(), 1)),
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

/// Each pair of its characters is in every notice, and it is in none.
const NOWHERE: &str = "清走，已清";

#[test]
fn a_search_for_what_is_made_of_every_notices_pieces_reads_so_many_and_says_where_it_stopped() {
    let (few, many) = (Plaza::of(2000), Plaza::of(4000));
    let asked = |before| PlazaAsked { words: NOWHERE.to_owned(), before, limit: 21, ..PlazaAsked::default() };
    let found = |plaza: &Plaza, before| plaza.0.connection.plaza(&asked(before)).unwrap();
    let stopped = |read_until| PlazaFound { cases: Vec::new(), read_until };
    assert_eq!(found(&many, None), stopped(Some(3001)), "the newest thousand were read");
    assert_eq!(found(&many, Some(3001)), stopped(Some(2001)));
    assert_eq!(found(&many, Some(1000)), stopped(None), "there are no others");
    let of = |plaza: &Plaza| plaza.0.steps_of(|it| drop(it.plaza(&asked(None)).unwrap()));
    let (few, many) = (of(&few), of(&many));
    assert!(is_flat(few, many), "{few} steps, then {many}");
    // What fills a page stops there.
    let full = PlazaAsked { words: "已清走".to_owned(), ..asked(None) };
    let plaza = Plaza::of(1100);
    let found = plaza.0.connection.plaza(&full).unwrap();
    assert_eq!((found.cases.len(), found.read_until), (21, None));
}

/// Steps for each photo that is compared.
const STEPS_OF_A_PHOTO: u64 = 12;

#[test]
fn what_may_be_the_same_is_looked_for_among_what_left_the_same_traces_however_many_wait() {
    let asked = |report, days: i64, photos| AlikeAsked {
        report,
        from: noon().plus(Span::days(-days)),
        until: noon().plus(Span::days(days)),
        most: 5,
        photos,
    };
    let (few, many) = (Plaza::of(1000), Plaza::of(4000));
    let mut one = published(750);
    // Without photos, only traces count.
    let photos = std::mem::take(&mut one.report.photos);
    let bare = one.report.clone();
    let of = |plaza: &Plaza| {
        plaza.0.steps_of(|it| assert!(it.snaps_alike(&asked(&bare, 30, 0)).unwrap().len() > 4))
    };
    let (by_traces, among_many) = (of(&few), of(&many));
    assert!(is_flat(by_traces, among_many), "{by_traces} steps, then {among_many}");
    // With photos, those of the time in question, and at most so many.
    one.report.photos = photos;
    let steps =
        |days, most| many.0.steps_of(|it| drop(it.snaps_alike(&asked(&one.report, days, most)).unwrap()));
    let (some, all) = (steps(30, 1000), steps(30, 4000));
    assert!(all - some > 1000, "{some}, {all}: so many more were compared");
    assert!(all < among_many + 4000 * STEPS_OF_A_PHOTO, "{all} steps for four thousand photos");
    assert!(steps(1, 4000) < all / 2, "what came at another time is not compared");
}

#[test]
fn what_was_never_public_what_is_no_longer_and_what_there_is_not_take_the_same_steps() {
    let plaza = Plaza::of(300);
    let connection = &plaza.0.connection;
    let [mut withdrawn, mut received] = [100, 200].map(published);
    withdrawn.life.publication = None;
    received.life = Life::received(Mark::nameless(EntryId::from_parts(noon(), Entropy(1)), noon(), noon()));
    for card in [&withdrawn, &received] {
        connection.put_snap(card).unwrap();
    }
    let of = |card: &SnapCard| {
        let number = CaseNumber::of(card.id());
        plaza.0.steps_of(|it| assert_eq!(it.public_case(&number).unwrap(), None))
    };
    // The first time a statement is prepared, too.
    of(&published(998));
    let unknown = of(&published(999));
    assert!(unknown > 0);
    assert_eq!([&withdrawn, &received].map(of), [unknown; 2]);
    let [secret, code, snap] = [b"secret".as_slice(), b"code", b"snap"].map(Digest::of);
    connection.insert_follow(&secret, &code, withdrawn.id()).unwrap();
    let wrong = |hash: &Digest| {
        let by_secret = plaza.0.steps_of(|it| assert_eq!(it.snap_of_secret(hash).unwrap(), None));
        (by_secret, plaza.0.steps_of(|it| assert_eq!(it.snap_of_code(hash).unwrap(), None)))
    };
    wrong(&snap);
    assert_eq!(wrong(&snap), wrong(&Digest::of(b"nobody's")));
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
