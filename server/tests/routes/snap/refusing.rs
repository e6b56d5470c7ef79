//! What is not taken in: mistakes, which come back with everything that was typed, what is no photo, and floods.

use axum::http::{Method, StatusCode};
use xunan_core::clock::Span;
use xunan_core::log::{Body, Effect};
use xunan_core::sync::Pulled;
use xunan_server::parts::{AddressSource, Standing};

use super::{body, cards, good, post, report, token};
use crate::support::{Browser, Server, jpeg, receipt};

/// A good report with one field replaced.
fn with<'a>(fields: &[(&'a str, &'a str)], name: &str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    fields.iter().map(|(it, before)| (*it, if *it == name { value } else { before })).collect()
}

#[tokio::test]
async fn a_mistake_comes_back_with_its_number_and_with_what_was_typed() {
    let server = Server::start().await;
    let browser = server.browser();
    let token = token(&browser).await;
    let (long, long_name) = ("字".repeat(1001), "字".repeat(51));
    let tomorrow = server.parts.clock.now().plus(Span::days(2)).date().to_string();
    let typed = "三楼安全出口锁着";
    for (name, value, number, status, kept) in [
        ("category", "", "422.S2", 422, typed),
        ("category", "tomorrow", "422.S2", 422, typed),
        ("words", "  ", "422.S3", 422, "样例路1号三楼"),
        ("address", "", "422.S4", 422, typed),
        ("words", &long, "422.S5", 422, &long),
        ("address", &long, "422.S5", 422, typed),
        ("name", &long_name, "422.S6", 422, &long_name),
        ("seen", "昨天", "422.S7", 422, "昨天"),
        ("seen", &tomorrow, "422.S7", 422, typed),
        ("token", "guessed", "400.S1", 400, typed),
    ] {
        let answer = post(&browser, "/snap", &with(&good(&token), name, value), &[]).await;
        let text = answer.text();
        assert_eq!(answer.status.as_u16(), status, "{name}: {text}");
        assert!(text.contains(number), "{name} {value}: {text}");
        assert!(text.contains(kept) && text.contains("照片和录音需要重新选择"), "{name}: {text}");
        let checked = text.contains("value=\"way_out\" required checked");
        assert_eq!(checked, name != "category", "{name}: the choice stays");
    }
    let mut unknown = with(&good(&token), "address", "");
    unknown.push(("f", "01KAFMSM00VECTVECTVECTVECT"));
    let answer = post(&browser, "/snap", &unknown, &[]).await;
    assert!(answer.text().contains("422.S4"), "a code that names nothing is no place: {}", answer.text());
    assert!(cards(&server).await.is_empty());
}

#[tokio::test]
async fn nothing_that_is_typed_becomes_markup() {
    let server = Server::start().await;
    let browser = server.browser();
    let token = token(&browser).await;
    let attack = "\"><script>alert(1)</script><img src=x onerror='alert(2)'>";
    let mut fields = good(&token);
    for name in ["words", "address", "name", "seen"] {
        fields = with(&fields, name, attack);
    }
    let again = post(&browser, "/snap", &fields, &[]).await.text();
    let told =
        report(&browser, &[("words", attack), ("address", attack), ("name", &attack[..50])], &[]).await;
    for page in [again, browser.get(&told.path).await.text()] {
        assert!(!page.contains("<script>") && !page.contains("<img"), "{page}");
        assert!(page.contains("&lt;script&gt;"), "{page}");
    }
}

#[tokio::test]
async fn what_is_no_photo_or_a_bomb_is_refused_and_nothing_is_kept() {
    let server = Server::start().await;
    let browser = server.browser();
    let token = token(&browser).await;
    // A PNG whose header claims 60,000 by 60,000 pixels.
    let mut bomb = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bomb.extend([0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60, 8, 2, 0, 0, 0]);
    let cut = jpeg()[..jpeg().len() / 2].to_vec();
    for (name, bytes) in [
        ("a drawing with a script", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>".to_vec()),
        ("a page", b"<!doctype html><script>alert(1)</script>".to_vec()),
        ("a document", b"%PDF-1.7".to_vec()),
        ("a GIF", b"GIF89a\x01\0\x01\0\0\0\0;".to_vec()),
        ("a bomb", bomb),
        ("a photo that ends in the middle", cut),
    ] {
        let answer = post(&browser, "/snap", &good(&token), &[jpeg(), bytes]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(answer.text().contains("422.S9") && answer.text().contains("第 2 张照片"), "{name}");
    }
    let ten = post(&browser, "/snap", &good(&token), &vec![jpeg(); 10]).await;
    assert!(ten.text().contains("422.S8"), "{}", ten.text());
    assert!(cards(&server).await.is_empty());
}

#[tokio::test]
async fn what_is_too_large_or_no_form_is_refused() {
    let server = Server::start().await;
    let browser = server.browser();
    let large = post(&browser, "/snap", &[], &[vec![0; 41 * 1024 * 1024]]).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(large.text().contains("413.S10"));
    for (content_type, sent) in [
        ("application/x-www-form-urlencoded", b"words=x".to_vec()),
        ("multipart/form-data; boundary=other", body(&[("words", "x")], &[])),
        ("multipart/form-data", body(&[("words", "x")], &[])),
    ] {
        let answer = browser.send(Method::POST, "/snap", &[("content-type", content_type)], sent).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{content_type}");
        assert!(answer.text().contains("400.S1"), "{content_type}");
    }
    let elsewhere = [("sec-fetch-site", "cross-site")];
    let foreign = browser.send(Method::POST, "/snap", &elsewhere, "").await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN, "no other site sends a form here");
}

/// A report from an address, as our proxy tells it.
async fn from(browser: &Browser, address: &str) -> crate::support::Answer {
    from_with(browser, address, &token(browser).await).await
}

/// The same by a form that was fetched before.
async fn from_with(browser: &Browser, address: &str, token: &str) -> crate::support::Answer {
    let content_type = "multipart/form-data; boundary=----formboundaryoftests";
    let headers = [("content-type", content_type), ("x-forwarded-for", address)];
    browser.send(Method::POST, "/snap", &headers, body(&good(token), &[])).await
}

#[tokio::test]
async fn a_flood_is_told_when_to_come_back_and_harms_neither_others_nor_inspectors() {
    let server = Server::with(Standing { addresses: AddressSource::Proxy, ..Standing::default() }).await;
    let browser = server.browser();
    let kept = token(&browser).await;
    let first = from_with(&browser, "203.0.113.7", &kept).await;
    assert_eq!(first.status, StatusCode::OK, "{}", first.text());
    for number in 1..30 {
        let answer = from(&browser, "203.0.113.7").await;
        assert_eq!(answer.status, StatusCode::OK, "{number}: {}", answer.text());
    }
    let refused = from(&browser, "203.0.113.7").await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    let wait: u32 = refused.header("retry-after").parse().unwrap();
    assert!((3500..=3600).contains(&wait), "{wait}");
    assert!(
        refused.text().contains("429.S11") && refused.text().contains("60 分钟后再试"),
        "{}",
        refused.text()
    );
    assert!(refused.text().contains("三楼安全出口锁着"), "what was typed is still there");
    let again = from_with(&browser, "203.0.113.7", &kept).await;
    assert_eq!((again.status, again.text()), (StatusCode::OK, first.text()), "what is kept is told as kept");
    assert_eq!(from(&browser, "203.0.113.8").await.status, StatusCode::OK);
    let pulled: Pulled = server.signed_in("inspector1").await.get("/api/pull").await.json();
    assert!(!pulled.rows.is_empty());
    server.parts.clock.advance(Span::minutes(61));
    assert_eq!(from(&browser, "203.0.113.7").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_burst_waits_its_turn_and_an_inspectors_push_does_not_wait_for_it() {
    let server = Server::with(Standing { addresses: AddressSource::Proxy, ..Standing::default() }).await;
    let browser = server.browser();
    let mut office = server.phone("supervisor1").await;
    let plan = office.sign(&a_facility());
    let burst = (0..20).map(|number| {
        let browser = browser.clone();
        tokio::spawn(async move { from(&browser, &format!("203.0.113.{number}")).await.status })
    });
    let burst: Vec<_> = burst.collect();
    let pushed = receipt(&office.push_one(&plan).await);
    let mut statuses = Vec::new();
    for report in burst {
        statuses.push(report.await.unwrap());
    }
    assert_eq!(pushed.receipt().effect, Effect::Taken);
    let sent = statuses.iter().filter(|status| **status == StatusCode::OK).count();
    let later = statuses.iter().filter(|status| **status == StatusCode::TOO_MANY_REQUESTS).count();
    assert_eq!((sent + later, cards(&server).await.len()), (20, sent), "{statuses:?}");
    assert!(sent >= 8, "as many as may be open at once: {statuses:?}");
}

/// Something that an office does meanwhile.
fn a_facility() -> Body {
    Body::FacilityRegistered(crate::support::facility("999901001"))
}

#[tokio::test]
async fn only_so_many_forms_are_open_at_once() {
    let server = Server::start().await;
    let browser = server.browser();
    let token = token(&browser).await;
    let limits = &server.parts.snaps.limits;
    let unspecified = "::".parse().unwrap();
    let held = [limits.open(unspecified), limits.open(unspecified)];
    assert!(held.iter().all(Result::is_ok));
    let refused = post(&browser, "/snap", &good(&token), &[]).await;
    assert_eq!((refused.status, refused.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, "20"));
    drop(held);
    assert_eq!(post(&browser, "/snap", &good(&token), &[]).await.status, StatusCode::OK);
}
