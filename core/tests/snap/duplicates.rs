//! Which reports are suggested as one, and why.

use proptest::prelude::*;
use xunan_core::clock::{Instant, Span};
use xunan_core::evidence::Likeness;
use xunan_core::place::{GeoPoint, Metres};
use xunan_core::snap::{
    Alike, Candidate, Category, Found, Report, SnapPlace, SnapPosition, SnapState, likely_same,
};

use super::support::{facility_id, photo, report, start};
use super::table::STATES;

/// A report at so many metres north of a place, without an institution.
fn at(number: u128, metres: i32) -> Report {
    let point = GeoPoint::from_e7(364_000_000 + metres * 90, 1_160_000_000).unwrap();
    let position = Some(SnapPosition { point, found: Found::OfPhoto });
    Report { place: SnapPlace { position, ..SnapPlace::default() }, photos: Vec::new(), ..report(number) }
}

fn alike(one: &Report, other: &Report, state: SnapState, received: Instant) -> Vec<Alike> {
    let here = Candidate { report: one, state: SnapState::Received, received: start() };
    likely_same(&here, &Candidate { report: other, state, received })
}

#[test]
fn a_suggestion_says_why_and_is_made_for_open_reports_of_one_place_and_category() {
    let bare = |number| Report { photos: Vec::new(), ..report(number) };
    let gas = |report: Report| Report { category: Category::Gas, ..report };
    let elsewhere = |report: Report| {
        let place = SnapPlace { facility: Some(facility_id(2)), ..SnapPlace::default() };
        Report { place, ..report }
    };
    let shows = |number, likeness| Report { photos: vec![photo(number, likeness)], ..bare(number) };
    let facility = vec![Alike::Facility, Alike::Category];
    for (name, one, other, expected) in [
        ("one institution and category", bare(1), bare(2), facility.clone()),
        ("another category", bare(1), gas(bare(2)), vec![]),
        ("another institution", bare(1), elsewhere(bare(2)), vec![]),
        ("fifty metres", at(1, 0), at(2, 49), vec![Alike::Near(Metres(49)), Alike::Category]),
        ("more than fifty metres", at(1, 0), at(2, 60), vec![]),
        ("near, of another category", at(1, 0), gas(at(2, 10)), vec![]),
        ("itself", bare(1), bare(1), vec![]),
        ("alike photos, whatever else", shows(1, 0), elsewhere(gas(shows(2, 0b111))), vec![Alike::Photo(3)]),
        ("photos that differ", elsewhere(shows(1, 0)), shows(2, u128::from(u32::MAX)), vec![]),
        ("everything", shows(1, 0), shows(2, 1), [facility, vec![Alike::Photo(1)]].concat()),
    ] {
        assert_eq!(alike(&one, &other, SnapState::Accepted, start()), expected, "{name}");
        assert_eq!(
            alike(&other, &one, SnapState::Received, start()),
            expected,
            "{name}, the other way round"
        );
    }
}

#[test]
fn what_is_not_open_or_came_long_before_or_after_is_not_suggested() {
    let (one, other) = (report(1), report(2));
    for (_, state) in STATES {
        let suggested = !alike(&one, &other, state, start()).is_empty();
        assert_eq!(suggested, state.is_open(), "{state:?}");
    }
    for (days, suggested) in [(-31, false), (-30, true), (30, true), (31, false)] {
        let received = start().plus(Span::days(days));
        assert_eq!(!alike(&one, &other, SnapState::Received, received).is_empty(), suggested, "{days}");
    }
}

/// A report within some hundred metres of a place, wherever that is, at one of two institutions or at none.
fn around(latitude: i32, longitude: i32) -> impl Strategy<Value = Report> {
    let place = (0..3_u128, 0..2_usize, -20_000..20_000_i32, -20_000..20_000_i32, any::<bool>(), 0..4_u128);
    place.prop_map(move |(facility, category, north, east, told, scene)| {
        let point = GeoPoint::from_e7(latitude + north, longitude + east).unwrap();
        let place = SnapPlace {
            facility: (facility > 0).then(|| facility_id(facility)),
            position: told.then_some(SnapPosition { point, found: Found::OfPhoto }),
            ..SnapPlace::default()
        };
        let photos = if scene == 0 { Vec::new() } else { vec![photo(scene, u128::MAX / scene)] };
        Report { category: Category::ALL[category], place, photos, ..report(1) }
    })
}

proptest! {
    /// What looks for the same among all reads no others than those that left such a trace, or show such a photo.
    #[test]
    fn whatever_is_suggested_left_a_trace_near_by_or_shows_an_alike_photo(
        (one, other) in (-620_000_000..620_000_000_i32, -1_790_000_000..1_790_000_000_i32)
            .prop_flat_map(|(latitude, longitude)| (around(latitude, longitude), around(latitude, longitude))),
    ) {
        let other = Report { snap: report(2).snap, ..other };
        let suggested = !alike(&one, &other, SnapState::Accepted, start()).is_empty();
        let near = one.traces_near();
        let found = other.traces().iter().any(|it| near.contains(it));
        let shows = |it: &Report| it.photos.first().map(|photo| photo.likeness);
        let is_alike = shows(&one).zip(shows(&other)).is_some_and(|(it, other): (Likeness, Likeness)| it.is_near(other));
        prop_assert!(!suggested || found || is_alike);
    }
}
