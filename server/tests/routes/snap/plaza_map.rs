//! The map of what is public: how many cases each township has, where its institutions roughly are, and nothing of a report.

use axum::http::StatusCode;
use xunan_core::facility::{Facility, FacilityType};
use xunan_core::ids::{Entropy, FacilityId};
use xunan_core::ledger::Row;
use xunan_core::place::GeoPoint;
use xunan_core::snap::{Found, SnapPosition};
use xunan_server::ledger_store::Tables;

use super::plaza_lists::{copy, plaza};
use super::{between, card};
use crate::support::{Server, now};

/// An institution, some hundred metres apart from another one of the next number.
fn institution(number: u32, township: u32, facility_type: FacilityType) -> Facility {
    let north = i32::try_from(number).unwrap() * 9_000;
    let east = i32::try_from(township).unwrap() * 800_000;
    Facility {
        id: FacilityId::from_parts(now(), Entropy(u128::from(number) << 8 | u128::from(township))),
        name: "虚构机构".to_owned(),
        facility_type,
        division: format!("99990100{township}").parse().unwrap(),
        address: String::new(),
        credit_code: None,
        telephone: None,
        beds: None,
        location: GeoPoint::from_e7(364_003_000 + north, 1_160_003_000 + east).ok(),
        parties: Vec::new(),
    }
}

async fn put(server: &Server, facilities: Vec<Facility>) {
    let unit = move |tables: &dyn Tables| {
        facilities.iter().try_for_each(|it| tables.put_row(&Row::Facility(it.clone())))
    };
    server.parts.store.write(unit).await.unwrap();
}

async fn map(server: &Server, lang: &str) -> String {
    let page = server.browser().get(&format!("/snap/plaza/map?lang={lang}")).await;
    assert_eq!((page.status, page.header("cache-control")), (StatusCode::OK, "no-store"));
    assert!(page.header("content-security-policy").starts_with("default-src 'none'"));
    assert!(!page.text().contains("<script") && !page.text().contains("style="), "{}", page.text());
    page.text()
}

/// All values of an attribute of elements with a class.
fn values(svg: &str, class: &str, name: &str) -> Vec<u32> {
    let elements = svg.split('<').filter(|it| it.contains(&format!("class=\"{class}\"")));
    elements.map(|it| between(it, &format!(" {name}=\""), "\"").parse().unwrap()).collect()
}

#[tokio::test]
async fn each_township_has_a_mark_a_line_and_a_link_to_its_cases() {
    let server = Server::start().await;
    let empty = map(&server, "zh").await;
    assert!(empty.contains("还没有公开的事") && !empty.contains("<svg"), "{empty}");
    assert!(!server.browser().get("/snap/plaza").await.text().contains("/snap/plaza/map"));
    plaza(&server, 50).await;
    assert!(server.browser().get("/snap/plaza").await.text().contains("/snap/plaza/map?lang=zh"));
    let elderly = |number, township| institution(number, township, FacilityType::ElderlyCare);
    put(&server, [2, 3].iter().flat_map(|it| [1, 2, 3].map(|number| elderly(number, *it))).collect()).await;

    let page = map(&server, "zh").await;
    let svg = between(&page, "<svg", "</svg>");
    let list = page.split("</svg>").nth(1).unwrap();
    for (township, told) in
        [(2, "青石镇：办理中 9 件，已答复 16 件"), (3, "柳河乡：办理中 8 件，已答复 17 件")]
    {
        let path = format!("/snap/plaza?lang=zh&amp;place=99990100{township}");
        assert_eq!(svg.matches(&format!("<a href=\"{path}\" aria-label=\"{told}\">")).count(), 1, "{svg}");
        assert!(svg.contains(&format!("<title>{told}</title>")), "{svg}");
        assert!(list.contains(&format!("<a href=\"{path}\">")), "{list}");
        let (name, figures) = told.split_once('：').unwrap();
        assert!(list.contains(name) && list.contains(figures), "{list}");
        let narrowed = server.browser().get(&path.replace("&amp;", "&")).await.text();
        assert!(narrowed.contains(&format!("<option value=\"99990100{township}\" selected>")), "{narrowed}");
    }
    // The office of the whole county has cases too, and no place on the map.
    assert_eq!((svg.matches("<a ").count(), list.matches("不在图上").count()), (2, 1), "{page}");
    // Areas are as figures: 9 and 8 under way, 16 and 17 answered.
    assert_eq!(values(svg, "map-open", "r"), [14, 13]);
    assert_eq!(values(svg, "map-answered", "width"), [34, 35]);
    for text in ["●9 ■16", "●8 ■17", "青石镇</text>", "柳河乡</text>"] {
        assert!(svg.contains(text), "{text}: {svg}");
    }
    // The one lies east of the other, and both are inside.
    let [west, east] = values(svg, "map-target", "x")[..] else { panic!("{svg}") };
    assert!(east > west && east + 48 <= 328, "{svg}");
    let english = map(&server, "en").await;
    assert!(
        english.contains("Under way: 9; Answered: 16") && english.contains("not on the map"),
        "{english}"
    );
}

#[tokio::test]
async fn a_mark_shows_no_institution_and_nothing_of_a_report() {
    let server = Server::start().await;
    plaza(&server, 4).await;
    let elderly = |number| institution(number, 2, FacilityType::ElderlyCare);
    let minors = (10..15).map(|number| institution(number, 2, FacilityType::MinorProtection));
    put(&server, vec![elderly(1), elderly(2)]).await;
    let unmapped = map(&server, "zh").await;
    assert!(!unmapped.contains("<svg") && unmapped.contains("青石镇"), "two are too few: {unmapped}");
    put(&server, minors.collect()).await;
    assert_eq!(map(&server, "zh").await, unmapped, "homes of minors count for nothing");

    put(&server, vec![elderly(3)]).await;
    let mapped = map(&server, "zh").await;
    assert!(mapped.contains("<svg"), "{mapped}");
    put(&server, vec![Facility { location: elderly(4).location, ..elderly(3) }]).await;
    assert_eq!(map(&server, "zh").await, mapped, "where one of them stands is not told");
    let original = card(&server).await;
    let unit = move |tables: &dyn Tables| {
        (0..4).try_for_each(|number| {
            let mut card = copy(&original, number);
            let point = GeoPoint::from_e7(300_000_000, 1_000_000_000).unwrap();
            card.report.place.position = Some(SnapPosition { point, found: Found::OfPhoto });
            tables.put_snap(&card)
        })
    };
    server.parts.store.write(unit).await.unwrap();
    assert_eq!(map(&server, "zh").await, mapped, "where a report was made is not told");
}
