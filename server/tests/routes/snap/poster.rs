//! What hangs on a wall, read by a program that is not ours.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use xunan_core::ledger::Row;

use super::between;
use crate::support::{Answer, Browser, Server};

async fn poster(browser: &Browser, path: &str) -> Answer {
    browser.send(Method::GET, path, &[("host", "xunan.example")], Body::empty()).await
}

/// What a reader makes of the drawing on the page.
fn scanned(html: &str) -> String {
    const DOTS: usize = 8;
    let side: usize = between(html, "viewBox=\"0 0 ", " ").parse().unwrap();
    let mut dark = vec![false; side * side];
    for module in between(html, "<path d=\"M", "\"").trim_end_matches('z').split("zM") {
        let (x, y) = module.strip_suffix("h1v1h-1").unwrap().split_once(' ').unwrap();
        dark[y.parse::<usize>().unwrap() * side + x.parse::<usize>().unwrap()] = true;
    }
    let shade = |x: usize, y: usize| if dark[y / DOTS * side + x / DOTS] { 0 } else { 255 };
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(side * DOTS, side * DOTS, shade);
    let codes = picture.detect_grids();
    let [code] = codes.as_slice() else { panic!("{} codes on the poster", codes.len()) };
    code.decode().unwrap().1
}

#[tokio::test]
async fn the_code_on_a_poster_leads_to_the_form_of_its_institution() {
    let server = Server::start().await;
    let rows = server.signed_in("supervisor1").await.rows().await;
    let facility = rows.into_iter().find_map(|row| match row {
        Row::Facility(facility) => Some(facility),
        _ => None,
    });
    let facility = facility.unwrap();
    let browser = server.browser();
    let page = poster(&browser, &format!("/snap/poster?f={}", facility.id)).await.text();
    let address = scanned(&page);
    assert_eq!(address, format!("http://xunan.example/snap?f={}", facility.id));
    assert!(page.contains(&address) && page.contains(&facility.name));
    let form = browser.get(address.strip_prefix("http://xunan.example").unwrap()).await.text();
    assert!(form.contains(&facility.name));
    assert!(form.contains(&format!("/snap/poster?lang=zh&amp;f={}", facility.id)));
}

#[tokio::test]
async fn without_an_institution_the_code_leads_to_the_form_and_of_an_unknown_one_there_is_no_poster() {
    let server = Server::start().await;
    let browser = server.browser();
    let page = poster(&browser, "/snap/poster?lang=en").await.text();
    assert_eq!(scanned(&page), "http://xunan.example/snap");
    assert!(page.contains("Seen a hazard? Tell us"));
    for unknown in ["01K00000000000000000000000", "../../x"] {
        let answer = poster(&browser, &format!("/snap/poster?f={unknown}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{unknown}");
    }
}

#[tokio::test]
async fn inside_wechat_the_form_says_how_to_open_it_in_a_browser() {
    let server = Server::start().await;
    let browser = server.browser();
    let form = async |agent: &str| {
        browser.send(Method::GET, "/snap", &[("user-agent", agent)], Body::empty()).await.text()
    };
    let wechat = "Mozilla/5.0 (Linux; Android 9) AppleWebKit/537.36 Chrome/86.0 Mobile MicroMessenger/8.0.2";
    assert!(form(wechat).await.contains("在浏览器打开"));
    assert!(
        !form("Mozilla/5.0 (Linux; Android 9) AppleWebKit/537.36 Chrome/86.0 Mobile").await.contains("微信")
    );
}
