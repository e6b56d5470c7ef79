//! How good the suggestions are, on a year of reports whose matters are known: what is suggested is right, and what is the
//! same is found. The set is generated, and so the figures are those of its assumptions, which stand here.

use xunan_core::clock::{Instant, Span};
use xunan_core::place::GeoPoint;
use xunan_core::snap::{Candidate, Category, Found, Report, SnapPlace, SnapPosition, SnapState, likely_same};

use super::support::{facility_id, photo, report, start};

/// Institutions of a city, of which a few are reported much more than others.
const INSTITUTIONS: u64 = 2_000;
/// Matters within a year, each reported once to four times.
const MATTERS: u64 = 1_600;

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

    fn likeness(&mut self) -> u128 {
        u128::from(self.roll()) << 64 | u128::from(self.roll())
    }
}

/// What really is wrong somewhere.
struct Matter {
    institution: u64,
    category: Category,
    /// Where, in tenths of a microdegree.
    place: (i32, i32),
    /// What it looks like from where most people stand.
    scene: u128,
    begins: Instant,
}

struct Labelled {
    matter: u64,
    report: Report,
    received: Instant,
}

impl Labelled {
    fn candidate(&self) -> Candidate<'_> {
        Candidate { report: &self.report, state: SnapState::Accepted, received: self.received }
    }
}

fn matter(dice: &mut Dice) -> Matter {
    // The smaller of two: half of all matters are at the quarter of institutions that comes first.
    let institution = dice.below(INSTITUTIONS).min(dice.below(INSTITUTIONS));
    // Houses a kilometre apart, matters of one house up to 40 m.
    let within = |dice: &mut Dice| i32::try_from(dice.below(3_600)).unwrap();
    let house = |number: u64| i32::try_from(number * 90_000).unwrap();
    let place = (
        364_000_000 + house(institution % 45) + within(dice),
        1_160_000_000 + house(institution / 45) + within(dice),
    );
    Matter {
        institution,
        category: Category::ALL[usize::try_from(dice.below(10)).unwrap()],
        place,
        scene: dice.likeness(),
        begins: start().plus(Span::minutes(i64::try_from(dice.below(365 * 24 * 60)).unwrap())),
    }
}

/// One person's report: seven in ten come by the poster and so name the institution, four in ten tell where they stand, one in
/// seven takes it for something else, and seven in ten show it, half of them from where others stood.
fn reported(dice: &mut Dice, number: u128, of: &Matter) -> (Report, Instant) {
    let category =
        if dice.percent(86) { of.category } else { Category::ALL[usize::try_from(dice.below(10)).unwrap()] };
    let off = |dice: &mut Dice| i32::try_from(dice.below(3_600)).unwrap() - 1_800;
    let point = GeoPoint::from_e7(of.place.0 + off(dice), of.place.1 + off(dice)).unwrap();
    let told = dice.percent(40);
    let place = SnapPlace {
        facility: dice.percent(70).then(|| facility_id(u128::from(of.institution))),
        position: told.then_some(SnapPosition { point, found: Found::OfPhoto }),
        ..SnapPlace::default()
    };
    let mut photos = Vec::new();
    if dice.percent(70) {
        let mut likeness = if dice.percent(50) { of.scene } else { dice.likeness() };
        for _ in 0..dice.below(12) {
            likeness ^= 1 << dice.below(128);
        }
        photos.push(photo(number, likeness));
    }
    let received = of.begins.plus(Span::minutes(i64::try_from(dice.below(12 * 24 * 60)).unwrap()));
    (Report { category, place, photos, ..report(number) }, received)
}

fn year() -> Vec<Labelled> {
    let mut dice = Dice(20_261_129);
    let mut all = Vec::new();
    for number in 0..MATTERS {
        let of = matter(&mut dice);
        for _ in 0..=dice.below(4) {
            let (report, received) = reported(&mut dice, all.len() as u128 + 1, &of);
            all.push(Labelled { matter: number, report, received });
        }
    }
    all.sort_by_key(|it| it.received);
    all
}

#[test]
fn of_twenty_suggestions_nineteen_are_right_and_half_of_what_is_the_same_is_found() {
    let year = year();
    let (mut suggested, mut right, mut same) = (0_u32, 0_u32, 0_u32);
    for (at, one) in year.iter().enumerate() {
        let later = year[at + 1..].iter();
        for other in later.take_while(|it| it.received.since(one.received) <= Span::days(30)) {
            let is_same = one.matter == other.matter;
            let is_suggested = !likely_same(&one.candidate(), &other.candidate()).is_empty();
            same += u32::from(is_same);
            suggested += u32::from(is_suggested);
            right += u32::from(is_same && is_suggested);
        }
    }
    let (precision, recall) = (f64::from(right) / f64::from(suggested), f64::from(right) / f64::from(same));
    println!(
        "{} reports, {same} pairs of one matter: {suggested} suggested, precision {precision:.3}, recall {recall:.3}",
        year.len()
    );
    assert!(same > 2_000, "{same}");
    assert!(precision > 0.95 && recall > 0.5, "precision {precision:.3}, recall {recall:.3}");
}
