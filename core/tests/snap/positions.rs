//! How a position is told, and what is around it.

use proptest::prelude::*;
use xunan_core::place::{GeoPoint, Metres};
use xunan_core::snap::{Found, Neighbourhood, SnapPosition};

fn e7(latitude: i32, longitude: i32) -> GeoPoint {
    GeoPoint::from_e7(latitude, longitude).unwrap()
}

#[test]
fn a_position_says_how_it_was_found_and_those_of_before_are_read_as_before() {
    let point = e7(364_003_000, 1_160_003_000);
    let bare = r#"{"point":{"latitude_e7":364003000,"longitude_e7":1160003000}"#;
    for (found, rest) in [
        (Found::OfPhoto, "}"),
        (Found::Measured(Metres(12)), r#","accuracy":12}"#),
        (Found::ByHand, r#","set":"hand"}"#),
    ] {
        let (position, json) = (SnapPosition { point, found }, format!("{bare}{rest}"));
        assert_eq!(serde_json::to_string(&position).unwrap(), json);
        assert_eq!(serde_json::from_str::<SnapPosition>(&json).unwrap(), position);
    }
    for nonsense in [r#","set":"foot"}"#, r#","accuracy":-1}"#, r#","accuracy":"hand"}"#] {
        assert!(serde_json::from_str::<SnapPosition>(&format!("{bare}{nonsense}")).is_err(), "{nonsense}");
    }
}

#[test]
fn a_neighbourhood_is_a_square_around_the_rounded_point() {
    for (name, point, middle) in [
        ("rounded up", e7(364_050_000, 1_160_099_999), (364_100_000, 1_160_100_000)),
        ("rounded down", e7(364_049_999, 1_160_000_001), (364_000_000, 1_160_000_000)),
        ("south and west", e7(-40_000, -60_000), (0, -100_000)),
        ("the edge of the world", e7(900_000_000, 1_800_000_000), (900_000_000, 1_800_000_000)),
    ] {
        let around = Neighbourhood::of(point);
        let square = (middle.0 - 150_000..=middle.0 + 150_000, middle.1 - 150_000..=middle.1 + 150_000);
        assert_eq!((around.latitudes(), around.longitudes()), square, "{name}");
    }
}

#[test]
fn of_too_many_the_nearest_are_shown() {
    let around = Neighbourhood::of(e7(364_000_000, 1_160_000_000));
    let points: Vec<GeoPoint> = (0..100).rev().map(|it| e7(364_000_000 - it * 1000, 1_160_000_000)).collect();
    let nearest = around.nearest(points, |it| *it);
    let expected: Vec<GeoPoint> = (0..60).map(|it| e7(364_000_000 - it * 1000, 1_160_000_000)).collect();
    assert_eq!(nearest, expected);
}

proptest! {
    #[test]
    fn whoever_stands_in_the_same_kilometre_sees_the_same_and_at_least_a_kilometre_of_it(
        latitude in -800_000_000_i32..800_000_000, longitude in -1_799_000_000_i32..1_799_000_000,
    ) {
        let point = e7(latitude, longitude);
        let around = Neighbourhood::of(point);
        let middle = |range: &std::ops::RangeInclusive<i32>| i32::midpoint(*range.start(), *range.end());
        let rounded = e7(middle(&around.latitudes()), middle(&around.longitudes()));
        prop_assert_eq!(Neighbourhood::of(rounded), around);
        for (range, at) in [(around.latitudes(), latitude), (around.longitudes(), longitude)] {
            prop_assert!(at - range.start() >= 100_000 && range.end() - at >= 100_000);
        }
    }
}
