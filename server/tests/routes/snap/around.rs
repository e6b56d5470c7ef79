//! Setting a pin by hand: from where it may begin, what is around it, and what of that nobody is told.

use axum::http::StatusCode;
use serde_json::{Value, json};
use xunan_core::facility::{Facility, FacilityType};
use xunan_core::ids::{Entropy, FacilityId};
use xunan_core::ledger::Row;
use xunan_core::place::GeoPoint;
use xunan_core::snap::{Found, Neighbourhood};
use xunan_server::ledger_store::Tables;
use xunan_server::parts::{AddressSource, Standing};

use super::{card, post_as, report};
use crate::support::{Browser, Server, facility, now};

/// An institution so many metres north of 36.4° 116.0°, roughly.
fn institution(number: u32, north: i32, facility_type: FacilityType) -> Facility {
    Facility {
        id: FacilityId::from_parts(now(), Entropy(u128::from(number))),
        name: format!("虚构机构{number}"),
        facility_type,
        location: GeoPoint::from_e7(364_000_000 + north * 90, 1_160_000_000).ok(),
        ..facility("999901001")
    }
}

async fn put(server: &Server, facilities: Vec<Facility>) {
    let unit = move |tables: &dyn Tables| {
        facilities.iter().try_for_each(|it| tables.put_row(&Row::Facility(it.clone())))
    };
    server.parts.store.write(unit).await.unwrap();
}

async fn around(browser: &Browser, near: &str) -> (StatusCode, Value) {
    let answer = post_as(browser, "/snap/around?lang=en", "application/json", &[("near", near)], &[]).await;
    assert_eq!(answer.header("cache-control"), "no-store");
    (answer.status, answer.json())
}

#[tokio::test]
async fn around_a_pin_are_the_institutions_of_its_kilometre_and_no_home_of_minors() {
    let server = Server::start().await;
    let browser = server.browser();
    let nowhere = Facility { location: None, ..institution(6, 0, FacilityType::ElderlyCare) };
    put(
        &server,
        vec![
            institution(1, 0, FacilityType::ElderlyCare),
            institution(2, 900, FacilityType::Cemetery),
            institution(3, 100, FacilityType::ChildWelfare),
            institution(4, 200, FacilityType::MinorProtection),
            institution(5, 2_600, FacilityType::ElderlyCare),
            nowhere,
        ],
    )
    .await;
    let expected = json!({ "places": [
        { "name": "虚构机构1", "at": [364_000_000, 1_160_000_000] },
        { "name": "虚构机构2", "at": [364_081_000, 1_160_000_000] },
    ] });
    for near in ["364000000,1160000000", "364049999,1159950000", "363950000,1160049999"] {
        assert_eq!(around(&browser, near).await, (StatusCode::OK, expected.clone()), "{near}: rounded");
    }
    assert_eq!(around(&browser, "0,0").await, (StatusCode::OK, json!({ "places": [] })));
}

#[tokio::test]
async fn no_more_are_told_than_a_drawing_can_show_and_nonsense_is_refused() {
    let server = Server::start().await;
    let browser = server.browser();
    put(&server, (1..=70).map(|it| institution(it, 1, FacilityType::ElderlyCare)).collect()).await;
    let (_, told) = around(&browser, "364000000,1160000000").await;
    assert_eq!(told["places"].as_array().unwrap().len(), Neighbourhood::MOST);
    for nonsense in ["", "here", "1", "1,2,3", "912323100,0", "0,1800000001", "1e9,0"] {
        let (status, told) = around(&browser, nonsense).await;
        assert_eq!((status, &told["wrong"]), (StatusCode::BAD_REQUEST, &json!("400.S1")), "{nonsense}");
    }
}

#[tokio::test]
async fn looking_around_counts_as_a_search() {
    let server = Server::with(Standing { addresses: AddressSource::Proxy, ..Standing::default() }).await;
    let browser = server.browser();
    for _ in 0..60 {
        assert_eq!(around(&browser, "0,0").await.0, StatusCode::OK);
    }
    let (status, told) = around(&browser, "0,0").await;
    assert_eq!((status, &told["wrong"]), (StatusCode::TOO_MANY_REQUESTS, &json!("429.S19")));
    assert!(told["retry_after_seconds"].as_u64().unwrap() > 3500, "{told}");
}

#[tokio::test]
async fn a_pin_may_begin_at_the_institution_of_the_code_but_not_at_a_home_of_minors() {
    let server = Server::start().await;
    let browser = server.browser();
    let (elderly, minors) =
        (institution(1, 0, FacilityType::ElderlyCare), institution(2, 0, FacilityType::ChildWelfare));
    put(&server, vec![elderly.clone(), minors.clone()]).await;
    let form = async |id: FacilityId| browser.get(&format!("/snap?f={id}")).await.text();
    assert!(
        form(elderly.id).await.contains("<div id=\"here\" data-institution=\"364000000,1160000000\" hidden>")
    );
    let of_minors = form(minors.id).await;
    assert!(
        of_minors.contains("<div id=\"here\" hidden>") && !of_minors.contains("364000000"),
        "{of_minors}"
    );
    assert!(browser.get("/snap").await.text().contains("<div id=\"here\" hidden>"));
}

#[tokio::test]
async fn a_pin_set_by_hand_goes_to_the_office_as_one_set_by_hand() {
    let server = Server::start().await;
    let browser = server.browser();
    report(&browser, &[("address", ""), ("here", "364000000,1160000000,hand")], &[]).await;
    let position = card(&server).await.report.place.position.unwrap();
    assert_eq!((position.point.latitude_e7(), position.found), (364_000_000, Found::ByHand));
}
