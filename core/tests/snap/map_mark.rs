//! Where townships stand on the map for everybody.

use proptest::prelude::*;
use xunan_core::facility::{Facility, FacilityType};
use xunan_core::place::GeoPoint;
use xunan_core::region::DivisionCode;
use xunan_core::snap::MapMark;

use super::support::facility_id;

fn at(latitude: f64, longitude: f64) -> GeoPoint {
    GeoPoint::from_degrees(latitude, longitude).unwrap()
}

fn township() -> DivisionCode {
    "999901001".parse().unwrap()
}

#[test]
fn a_mark_is_the_middle_of_three_institutions_or_more_to_a_hundredth_of_a_degree() {
    let three = [at(36.401, 116.013), at(36.432, 116.055), at(36.4279, 116.0299)];
    for (name, division, points, expected) in [
        ("nothing is known", "999901001", &three[..0], None),
        ("one", "999901001", &three[..1], None),
        ("two", "999901001", &three[..2], None),
        ("three", "999901001", &three[..], Some(at(36.42, 116.03))),
        ("a county", "999901", &three[..], None),
        ("a village", "999901001004", &three[..], None),
        ("south and west", "999901001", &[at(-0.004, -0.006); 3], Some(at(0.0, -0.01))),
        ("the edge of the world", "999901001", &[at(90.0, 180.0); 3], Some(at(90.0, 180.0))),
    ] {
        let mark = MapMark::of(&division.parse().unwrap(), points);
        assert_eq!(mark.map(MapMark::point), expected, "{name}");
    }
}

#[test]
fn homes_of_minors_have_no_part_in_it() {
    for facility_type in FacilityType::ALL {
        let facility = Facility {
            id: facility_id(1),
            name: "虚构机构".to_owned(),
            facility_type,
            division: township(),
            address: String::new(),
            credit_code: None,
            telephone: None,
            beds: None,
            location: Some(at(36.4, 116.0)),
            parties: Vec::new(),
        };
        assert_eq!(facility.point_for_map().is_some(), !facility_type.is_of_minors(), "{facility_type:?}");
        assert_eq!(Facility { location: None, ..facility }.point_for_map(), None);
    }
}

proptest! {
    #[test]
    fn a_mark_is_a_kilometre_coarse_wherever_institutions_stand(
        places in proptest::collection::vec((-890_000_000..890_000_000_i32, -1_790_000_000..1_790_000_000_i32), 3..20),
    ) {
        let points: Vec<GeoPoint> =
            places.iter().map(|(latitude, longitude)| GeoPoint::from_e7(*latitude, *longitude).unwrap()).collect();
        let mark = MapMark::of(&township(), &points).unwrap().point();
        prop_assert_eq!((mark.latitude_e7() % 100_000, mark.longitude_e7() % 100_000), (0, 0));
        let within = |part: fn(GeoPoint) -> i32| {
            let all = points.iter().map(|point| part(*point));
            let (least, most) = (all.clone().min().unwrap(), all.max().unwrap());
            (least - 50_001..=most + 50_001).contains(&part(mark))
        };
        prop_assert!(within(GeoPoint::latitude_e7) && within(GeoPoint::longitude_e7));
    }
}
