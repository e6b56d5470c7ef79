//! Busy hours: from half of what a network may send on, a report needs a solved puzzle, and says so without losing what was typed.

use axum::http::{Method, StatusCode};
use sha2::{Digest as _, Sha256};
use xunan_core::clock::Span;
use xunan_server::parts::{AddressSource, Standing, Transport};

use super::privacy::has;
use super::{Fields, between, body, cards, good, sent, token};
use crate::support::{Answer, Browser, Server};

/// Reports of one network that need no work, as in `docs/operations.md`.
const FREE: u32 = 60;

async fn server() -> Server {
    Server::with(Standing { addresses: AddressSource::Proxy, ..Standing::default() }).await
}

/// An address of one network, another for each ten numbers.
fn neighbour(number: u32) -> String {
    format!("198.51.100.{}", number / 10)
}

async fn send(browser: &Browser, from: &str, fields: &Fields<'_>) -> Answer {
    let content_type = "multipart/form-data; boundary=----formboundaryoftests";
    let headers = [("content-type", content_type), ("x-forwarded-for", from), ("host", "xunan.example")];
    browser.send(Method::POST, "/snap", &headers, body(fields, &[])).await
}

/// A report with work, which may be none.
async fn send_with(browser: &Browser, from: &str, token: &str, work: &str) -> Answer {
    let mut fields = good(token);
    fields.push(("work", work));
    send(browser, from, &fields).await
}

/// So many report that the next one of this network needs work.
async fn fill(browser: &Browser) {
    for number in 0..FREE {
        let answer = send(browser, &neighbour(number), &good(&token(browser).await)).await;
        assert_eq!(answer.status, StatusCode::OK, "{number}: {}", answer.text());
    }
}

fn zero_bits(text: &str) -> u32 {
    let hash = Sha256::digest(text);
    u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]).leading_zeros()
}

/// Solves what a form asks for, as a browser with a script does.
fn solved(refused: &Answer) -> String {
    let page = refused.text();
    let form = between(&page, "<form ", ">");
    let challenge = between(form, "data-work-challenge=\"", "\"");
    let bits: u32 = between(form, "data-work-bits=\"", "\"").parse().unwrap();
    assert_eq!(bits, 12);
    let mut works = (0..).map(|nonce: u32| format!("{challenge}:{nonce}"));
    works.find(|work| zero_bits(work) >= bits).unwrap()
}

#[tokio::test]
async fn in_busy_hours_a_report_needs_work_and_is_told_when_it_does_not() {
    let server = server().await;
    let browser = server.browser();
    fill(&browser).await;
    let token = token(&browser).await;
    let refused = send(&browser, &neighbour(FREE), &good(&token)).await;
    let page = refused.text();
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    let wait: u32 = refused.header("retry-after").parse().unwrap();
    assert!((3500..=3600).contains(&wait), "{wait}");
    assert!(page.contains("429.S18") && page.contains("60 分钟后再试"), "{page}");
    assert!(
        page.contains("三楼安全出口锁着") && page.contains(&token),
        "what was typed is still there: {page}"
    );
    assert!(page.contains("<input type=\"hidden\" name=\"work\" value=\"\">"), "{page}");
    assert_eq!(cards(&server).await.len(), FREE as usize);

    let content_type = "multipart/form-data; boundary=----formboundaryoftests";
    let from = neighbour(FREE);
    let headers = [("content-type", content_type), ("x-forwarded-for", from.as_str())];
    let asked = browser.send(Method::POST, "/snap/ask", &headers, body(&[("token", &token)], &[])).await;
    let told: serde_json::Value = asked.json();
    assert_eq!((asked.status, told["wrong"].as_str()), (StatusCode::TOO_MANY_REQUESTS, Some("429.S18")));
    assert_eq!(told["work"]["bits"], 12);

    let taken = send_with(&browser, &neighbour(FREE), &token, &solved(&refused)).await;
    let again = send(&browser, &neighbour(FREE), &good(&token)).await;
    assert_eq!(sent(&taken), sent(&again), "the same form is the same report, and needs no work any more");
    assert_eq!(cards(&server).await.len(), FREE as usize + 1);

    let elsewhere = send(&browser, "203.0.113.1", &good(&super::token(&browser).await)).await;
    assert_eq!(elsewhere.status, StatusCode::OK, "another network is not asked: {}", elsewhere.text());
    server.parts.clock.advance(Span::minutes(61));
    let later = send(&browser, &neighbour(FREE), &good(&super::token(&browser).await)).await;
    assert_eq!(later.status, StatusCode::OK, "{}", later.text());
}

#[tokio::test]
async fn work_of_another_form_changed_work_and_old_work_are_asked_for_anew() {
    let server = server().await;
    let browser = server.browser();
    fill(&browser).await;
    let (one, other) = (token(&browser).await, token(&browser).await);
    let from = neighbour(FREE);
    let refused = send(&browser, &from, &good(&one)).await;
    let work = solved(&refused);
    let figure = if work.starts_with('1') { "2" } else { "1" };
    for (name, token, work) in [
        ("another form's", &other, work.clone()),
        ("with another time", &one, format!("{figure}{}", &work[1..])),
        ("markup", &one, "\"><script>:1".to_owned()),
        ("nothing", &one, String::new()),
    ] {
        let answer = send_with(&browser, &from, token, &work).await;
        let page = answer.text();
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{name}: {page}");
        assert!(page.contains("data-work-challenge") && !page.contains("<script>"), "{name}: {page}");
    }
    server.parts.clock.advance(Span::minutes(11));
    let old = send_with(&browser, &from, &one, &work).await;
    assert_eq!(old.status, StatusCode::TOO_MANY_REQUESTS, "{}", old.text());
    assert_eq!(cards(&server).await.len(), FREE as usize);
    assert_eq!(send_with(&browser, &from, &one, &solved(&old)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn behind_the_bound_itself_no_work_helps_and_the_form_asks_for_none() {
    let server = server().await;
    let browser = server.browser();
    for _ in 0..30 {
        let answer = send(&browser, "203.0.113.7", &good(&token(&browser).await)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    }
    let refused = send(&browser, "203.0.113.7", &good(&token(&browser).await)).await;
    let page = refused.text();
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(page.contains("429.S11") && !page.contains("data-work"), "{page}");
    assert!(!browser.get("/snap").await.text().contains("data-work"), "nor does a fresh form");
}

/// Reports of one device within an hour, as in `docs/operations.md`.
const OF_A_DEVICE: u32 = 10;

/// Keeps the cookie that came, as a browser does.
fn keep_cookie(browser: &mut Browser, answer: &Answer) {
    let (cookie, _) = answer.header("set-cookie").split_once(';').expect("a cookie");
    browser.cookie = Some(cookie.to_owned());
}

#[tokio::test]
async fn a_phone_that_has_sent_its_ten_waits_and_the_others_behind_its_address_do_not() {
    let server = server().await;
    let (mut phone, from) = (server.browser(), "198.51.100.7");
    for number in 0..OF_A_DEVICE {
        let answer = send(&phone, from, &good(&token(&phone).await)).await;
        assert_eq!(answer.status, StatusCode::OK, "{number}: {}", answer.text());
        let cookie = answer.header("set-cookie");
        for part in ["xunan-snap=", "Path=/snap;", "Max-Age=3600;", "HttpOnly", "SameSite=Lax"] {
            assert!(cookie.contains(part), "{part}: {cookie}");
        }
        keep_cookie(&mut phone, &answer);
    }
    let (_, mark) = phone.cookie.as_deref().and_then(|it| it.split_once('=')).unwrap();
    assert!(!has(server.folder(), mark), "what it is counted by is written down");

    let form = token(&phone).await;
    let refused = send(&phone, from, &good(&form)).await;
    let page = refused.text();
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    let wait: u32 = refused.header("retry-after").parse().unwrap();
    assert!((3500..=3600).contains(&wait) && refused.header("set-cookie").is_empty(), "{wait}");
    assert!(page.contains("429.S26") && page.contains("一小时最多报 10 份，请 60 分钟后再试"), "{page}");
    assert!(page.contains("三楼安全出口锁着") && !page.contains("data-work"), "{page}");
    let content_type = "multipart/form-data; boundary=----formboundaryoftests";
    let headers = [("content-type", content_type), ("x-forwarded-for", "203.0.113.9")];
    let asked = phone.send(Method::POST, "/snap/ask", &headers, body(&[("token", &form)], &[])).await;
    let told: serde_json::Value = asked.json();
    assert_eq!((asked.status, told["wrong"].as_str()), (StatusCode::TOO_MANY_REQUESTS, Some("429.S26")));

    let neighbour = send(&server.browser(), from, &good(&form)).await;
    assert_eq!(neighbour.status, StatusCode::OK, "{}", neighbour.text());
    server.parts.clock.advance(Span::minutes(61));
    let later = send(&phone, from, &good(&token(&phone).await)).await;
    assert_eq!(later.status, StatusCode::OK, "{}", later.text());
}

#[tokio::test]
async fn what_is_no_cookie_of_ours_is_a_new_phone_and_over_tls_only_a_safe_one_is_taken() {
    let standing = Standing { addresses: AddressSource::Proxy, transport: Transport::Tls };
    let server = Server::with(standing).await;
    let mut phone = server.browser();
    for cookie in [
        "__Secure-xunan-snap=x",
        "xunan-snap=AAAAAAAAAAAAAAAAAAAAAA",
        "__Secure-xunan-plaza=AAAAAAAAAAAAAAAAAAAAAA",
    ] {
        phone.cookie = Some(cookie.to_owned());
        let answer = send(&phone, "198.51.100.7", &good(&token(&phone).await)).await;
        let set = answer.header("set-cookie");
        assert!(set.starts_with("__Secure-xunan-snap=") && set.ends_with("; Secure"), "{cookie}: {set}");
        assert!(!set.contains("=x;") && !set.contains("=AAAAAAAAAAAAAAAAAAAAAA;"), "{cookie}: {set}");
    }
}
