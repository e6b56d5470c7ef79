//! Busy hours: from half of what a network may send on, a report needs a solved puzzle, and says so without losing what was typed.

use axum::http::{Method, StatusCode};
use sha2::{Digest as _, Sha256};
use xunan_core::clock::Span;
use xunan_server::parts::{AddressSource, Standing};

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
