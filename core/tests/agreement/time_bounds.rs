//! Ten thousand histories of a phone, each from a seed: pages live and die, the phone sleeps, its owner sets the clock, the
//! network comes and goes. The interval that is told of each thing must contain the time at which it truly happened.

use xunan_core::clock::{Instant, Span};
use xunan_core::evidence::{Anchor, Came, DeviceTime, PageTime};
use xunan_core::ids::{Entropy, LifeId};
use xunan_core::log::TimeBounds;

use crate::world::Chance;

/// A phone in a world whose true time we know.
struct History {
    chance: Chance,
    truth: Instant,
    wall_ahead: Span,
    /// Thousandths of a percent by which the page's clock is fast: quartz and slewing stay within ±50.
    page_rate: i64,
    life: u128,
    /// True milliseconds that the page's clock has counted in this life, before its rate.
    awake_ms: i64,
    anchor: Option<(Anchor, Instant)>,
    not_before: Option<Instant>,
}

/// Something that happened, and what was written of it.
struct Told {
    truth: Instant,
    time: DeviceTime,
    anchored: Option<Instant>,
    came: Option<Came>,
}

impl History {
    fn new(seed: u64) -> Self {
        let mut chance = Chance::from_seed(seed);
        let page_rate = chance.between(-50, 50);
        let wall_ahead = Span::seconds(chance.between(-86_400, 86_400));
        let truth = Instant::from_unix_millis(1_790_000_000_000);
        Self { chance, truth, wall_ahead, page_rate, life: 1, awake_ms: 0, anchor: None, not_before: None }
    }

    fn page(&self) -> PageTime {
        let life = LifeId::from_parts(Instant::from_unix_millis(0), Entropy(self.life));
        let ms = self.awake_ms + self.awake_ms * self.page_rate / 100_000;
        PageTime { life, ms: u64::try_from(ms).unwrap() }
    }

    fn pass(&mut self, millis: i64) {
        self.truth = self.truth.plus(Span::millis(millis));
        self.awake_ms += millis;
    }

    fn now(&self) -> DeviceTime {
        DeviceTime {
            at: self.truth.plus(self.wall_ahead),
            not_before: self.not_before,
            server_ahead: None,
            page: Some(self.page()),
            anchor: self.anchor.as_ref().map(|(anchor, _)| anchor.clone()),
            jumps: Vec::new(),
        }
    }

    /// Asks the server for the time; the answer takes a while.
    fn contact(&mut self) {
        let there = self.chance.between(0, 20_000);
        self.pass(there);
        let signed = self.truth;
        let back = self.chance.between(0, 20_000);
        self.pass(back);
        self.not_before = Some(signed);
        self.anchor = Some((Anchor { token: String::new(), got: self.page() }, signed));
    }

    fn step(&mut self, told: &mut Vec<Told>) {
        match self.chance.below(10) {
            0 => {
                let minutes = self.chance.between(1, 600);
                // Asleep: the page's clock stands still.
                self.truth = self.truth.plus(Span::minutes(minutes));
            }
            1 => {
                self.life += 1;
                self.awake_ms = 0;
            }
            2 => self.wall_ahead = Span::seconds(self.chance.between(-86_400, 86_400)),
            // A change to summer time that a wrongly set phone makes.
            3 => self.wall_ahead = Span::millis(self.wall_ahead.as_millis() + 3_600_000),
            4 => self.contact(),
            5 => {
                let page = Some(self.page());
                let under_way = self.chance.between(0, 30_000);
                self.pass(under_way);
                let came = Some(Came { at: self.truth, page });
                for thing in told.iter_mut().filter(|thing| thing.came.is_none()) {
                    thing.came = came;
                }
            }
            _ => {
                let anchored = self.anchor.as_ref().map(|(_, signed)| *signed);
                told.push(Told { truth: self.truth, time: self.now(), anchored, came: None });
            }
        }
        let pause = self.chance.between(0, 600_000);
        self.pass(pause);
    }
}

#[test]
fn the_interval_contains_the_true_time_in_every_history() {
    let (mut things, mut within_a_minute) = (0_u32, 0_u32);
    for seed in 0..10_000 {
        let mut history = History::new(seed);
        let enrolled = Some(history.truth);
        let mut told = Vec::new();
        for _ in 0..30 {
            history.step(&mut told);
        }
        let mut bounds: Vec<TimeBounds> = told
            .iter()
            .map(|thing| TimeBounds::of(&thing.time, enrolled, thing.anchored, thing.came))
            .collect();
        for round in ["alone", "narrowed by their order"] {
            for (thing, bounds) in told.iter().zip(&bounds) {
                assert!(bounds.proven.contains(thing.truth), "seed {seed}, {round}: {bounds:?}");
                let clocked = bounds.clocked.unwrap_or_else(|| panic!("seed {seed}, {round}: {bounds:?}"));
                assert!(clocked.contains(thing.truth), "seed {seed}, {round}: {} {bounds:?}", thing.truth);
            }
            TimeBounds::narrow_by_order(&mut bounds);
        }
        for interval in bounds.iter().map(TimeBounds::narrowest) {
            things += 1;
            let width = interval.from.zip(interval.to).map(|(from, to)| to.since(from));
            within_a_minute += u32::from(width.is_some_and(|width| width <= Span::minutes(1)));
        }
    }
    // An interval that were always a day wide would contain the truth as well.
    assert!(within_a_minute * 20 > things, "{within_a_minute} of {things} are bounded within a minute");
}

#[test]
fn a_page_clock_that_contradicts_the_server_is_not_believed() {
    let at = |seconds: i64| Instant::from_unix_millis(1_790_000_000_000).plus(Span::seconds(seconds));
    let life = LifeId::from_parts(at(0), Entropy(1));
    let page = |ms: u64| PageTime { life, ms };
    let time = DeviceTime {
        page: Some(page(7_200_000)),
        anchor: Some(Anchor { token: String::new(), got: page(0) }),
        ..DeviceTime::unbounded(at(0))
    };
    let came = Came { at: at(3_600), page: None };
    let bounds = TimeBounds::of(&time, None, Some(at(0)), Some(came));
    assert_eq!(bounds.clocked, None, "two hours of a page between two server times an hour apart");
    assert_eq!((bounds.proven.from, bounds.proven.to), (Some(at(0)), Some(at(3_600))));
    assert!(bounds.narrowest().contains(at(1_800)) && !bounds.narrowest().contains(at(3_601)));
}
