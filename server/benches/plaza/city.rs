//! A city's year of citizens' reports whose matters are known: made up, the same in every run.
//!
//! Sixty townships of one county, ten thousand institutions of which a few are reported much more than others, and matters that one
//! person to four report within twelve days. Seven in ten name the institution, four in ten tell where they stand, one in seven takes
//! it for something else, and seven in ten show it, half of them from where others stood. Of three reports one was not looked at
//! yet, one is accepted and public, and one is answered and public.

use std::collections::HashMap;

use xunan_core::clock::{Instant, Span};
use xunan_core::digest::Digest;
use xunan_core::evidence::Likeness;
use xunan_core::facility::{Facility, FacilityType};
use xunan_core::hazard::Mark;
use xunan_core::ids::{Entropy, EntryId, FacilityId, PhotoId, SnapId};
use xunan_core::ledger::SnapCard;
use xunan_core::place::GeoPoint;
use xunan_core::region::DivisionCode;
use xunan_core::snap::{
    ALIKE_WITHIN, Category, Found, Life, OwnWords, PublicNotice, PublicPlace, PublicTitle, PublicWords,
    Publication, Report, SnapPhoto, SnapPlace, SnapPosition, Stage,
};

const TOWNSHIPS: u64 = 60;
const INSTITUTIONS: u64 = 10_000;
const MINUTES_OF_A_YEAR: u64 = 365 * 24 * 60;

/// Numbers that are the same in every run (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        it ^ (it >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.roll() % bound
    }

    fn percent(&mut self, chance: u64) -> bool {
        self.below(100) < chance
    }

    /// Up to a bound that fits.
    fn e7(&mut self, bound: i32) -> i32 {
        i32::try_from(self.below(u64::from(bound.unsigned_abs()))).unwrap_or(0)
    }

    fn category(&mut self) -> Category {
        Category::ALL[usize::try_from(self.below(10)).unwrap_or(0)]
    }

    fn likeness(&mut self) -> u128 {
        u128::from(self.roll()) << 64 | u128::from(self.roll())
    }
}

/// What really is wrong somewhere.
struct Matter {
    institution: u64,
    category: Category,
    /// Where, in ten-millionths of a degree.
    place: (i32, i32),
    scene: u128,
    begins: u64,
}

/// Where a house stands: a kilometre from the next one.
fn house(institution: u64) -> (i32, i32) {
    let along = |number: u64| i32::try_from(number * 90_000).unwrap_or(0);
    (364_000_000 + along(institution % 100), 1_160_000_000 + along(institution / 100))
}

/// A strip of the city, a hundred and seventy houses after the other, is a township.
fn township(institution: u64) -> DivisionCode {
    let number = institution * TOWNSHIPS / INSTITUTIONS + 1;
    format!("999901{number:03}").parse().expect("a township")
}

fn facility_id(institution: u64) -> FacilityId {
    FacilityId::from_parts(beginning(), Entropy(institution.into()))
}

/// All institutions.
pub(super) fn institutions() -> impl Iterator<Item = Facility> {
    (0..INSTITUTIONS).map(|number| Facility {
        id: facility_id(number),
        name: format!("虚构机构{number}"),
        facility_type: FacilityType::ElderlyCare,
        division: township(number),
        address: String::new(),
        credit_code: None,
        telephone: None,
        beds: None,
        location: GeoPoint::from_e7(house(number).0, house(number).1).ok(),
        parties: Vec::new(),
    })
}

impl Matter {
    fn of(dice: &mut Dice) -> Self {
        let institution = dice.below(INSTITUTIONS).min(dice.below(INSTITUTIONS));
        let (north, east) = house(institution);
        Self {
            institution,
            category: dice.category(),
            // Up to 40 m from its gate.
            place: (north + dice.e7(3_600), east + dice.e7(3_600)),
            scene: dice.likeness(),
            begins: dice.below(MINUTES_OF_A_YEAR),
        }
    }
}

/// A report whose matter is known.
pub(super) struct Labelled {
    pub(super) matter: usize,
    pub(super) report: Report,
    received: Instant,
    number: u32,
}

impl Labelled {
    fn of(dice: &mut Dice, matter: usize, of: &Matter, number: u32) -> Self {
        let category = if dice.percent(86) { of.category } else { dice.category() };
        let (north, east) = (dice.e7(3_600) - 1_800, dice.e7(3_600) - 1_800);
        let point = GeoPoint::from_e7(of.place.0 + north, of.place.1 + east).expect("a point of the city");
        let minutes = of.begins + dice.below(12 * 24 * 60);
        let received = beginning().plus(Span::minutes(i64::try_from(minutes).unwrap_or(0)));
        let place = SnapPlace {
            facility: dice.percent(70).then(|| facility_id(of.institution)),
            address: OwnWords::of("演示路").expect("words"),
            position: dice.percent(40).then_some(SnapPosition { point, found: Found::OfPhoto }),
        };
        let mut photos = Vec::new();
        if dice.percent(70) {
            let mut likeness = if dice.percent(50) { of.scene } else { dice.likeness() };
            for _ in 0..dice.below(12) {
                likeness ^= 1 << dice.below(128);
            }
            photos.push(SnapPhoto {
                id: PhotoId::from_parts(received, Entropy(number.into())),
                stored: Digest::of(&number.to_be_bytes()),
                stored_bytes: 200_000,
                likeness: Likeness::from_bytes(likeness.to_be_bytes()),
                claimed: None,
            });
        }
        let report = Report {
            snap: SnapId::from_parts(received, Entropy(number.into())),
            division: township(of.institution),
            category,
            words: OwnWords::of("三楼安全出口锁着，已经好几天了").expect("words"),
            place,
            seen: None,
            photos,
            voice: None,
            video: None,
        };
        Self { matter, report, received, number }
    }

    pub(super) const fn is_public(&self) -> bool {
        !self.number.is_multiple_of(3)
    }

    const fn is_open(&self) -> bool {
        self.number % 3 != 2
    }

    /// As the fold would have made it.
    pub(super) fn card(&self) -> SnapCard {
        let at = self.received;
        let entry = EntryId::from_parts(at, Entropy(self.number.into()));
        let mark = Mark::nameless(entry, at, at);
        let mut life = Life::received(mark.clone());
        if self.is_public() {
            life.stage = if self.is_open() {
                Stage::Accepted { mark: mark.clone() }
            } else {
                Stage::Answered { mark: mark.clone(), satisfaction: None }
            };
            let notice = PublicNotice {
                title: PublicTitle::of(&format!("通道被堵，第{}件", self.number)).expect("a title"),
                category: self.report.category,
                place: PublicPlace::of("虚构镇").expect("a place"),
                words: PublicWords::of("现场看过，情况属实，已清走，已更换").expect("words"),
                result: PublicWords::default(),
            };
            life.publication = Some(Publication { mark, after: entry, notice, photos: Vec::new() });
        }
        SnapCard { report: self.report.clone(), facility_name: String::new(), received: at, life }
    }
}

fn beginning() -> Instant {
    "2026-01-01T00:00:00Z".parse().expect("a time")
}

/// The reports, the first to come first.
pub(super) struct City {
    pub(super) reports: Vec<Labelled>,
    matters: HashMap<SnapId, usize>,
}

impl City {
    /// A year with so many reports.
    pub(super) fn year(size: usize) -> Self {
        let mut dice = Dice(20_261_130);
        let mut reports = Vec::with_capacity(size);
        for matter in 0.. {
            let of = Matter::of(&mut dice);
            for _ in 0..=dice.below(4) {
                let number = u32::try_from(reports.len()).expect("a number of reports");
                reports.push(Labelled::of(&mut dice, matter, &of, number));
            }
            if reports.len() >= size {
                break;
            }
        }
        reports.truncate(size);
        reports.sort_by_key(|it| it.received);
        let matters = reports.iter().map(|it| (it.report.snap, it.matter)).collect();
        Self { reports, matters }
    }

    pub(super) fn matter_of(&self, snap: SnapId) -> Option<usize> {
        self.matters.get(&snap).copied()
    }

    /// How many others of the same matter are open and came within the time in which reports may be the same.
    pub(super) fn same_as(&self, one: &Labelled) -> u32 {
        let near = |other: &&Labelled| {
            other.matter == one.matter
                && other.report.snap != one.report.snap
                && other.is_open()
                && other.received.since(one.received).as_millis().abs() <= ALIKE_WITHIN.as_millis()
        };
        u32::try_from(self.reports.iter().filter(near).count()).unwrap_or(u32::MAX)
    }
}
