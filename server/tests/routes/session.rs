//! Signing in: cookies, expiry, locks, limits.

use axum::http::{Method, StatusCode};
use xunan_core::clock::Span;
use xunan_core::problem::Problem;
use xunan_server::demo::PASSWORD;
use xunan_server::ledger_store::AccountState;
use xunan_server::parts::{AddressSource, Standing, Transport};

use crate::support::Server;

#[tokio::test]
async fn a_session_begins_with_a_cookie_that_scripts_cannot_read_and_ends_when_asked() {
    let server = Server::start().await;
    let mut browser = server.browser();
    assert_eq!(browser.get("/api/session").await.problem(), Problem::NotSignedIn);
    let answer = browser.sign_in("inspector1", PASSWORD).await;
    let cookie = answer.header("set-cookie");
    assert!(
        cookie.starts_with("xunan=")
            && cookie.ends_with("; Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict"),
        "{cookie}"
    );
    assert_eq!(browser.account().await.name, "林演示");
    let over = browser.send(Method::DELETE, "/api/session", &[], "").await;
    assert_eq!(over.status, StatusCode::NO_CONTENT);
    assert!(over.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(browser.get("/api/session").await.problem(), Problem::NotSignedIn);
}

#[tokio::test]
async fn behind_tls_the_cookie_is_bound_to_host_and_tls() {
    let server = Server::with(Standing { transport: Transport::Tls, ..Standing::default() }).await;
    let answer = server.browser().sign_in("inspector1", PASSWORD).await;
    assert!(answer.header("set-cookie").starts_with("__Host-xunan="));
    assert!(answer.header("set-cookie").ends_with("; Secure"));
    assert!(answer.header("strict-transport-security").starts_with("max-age="));
}

#[tokio::test]
async fn signing_in_again_ends_the_session_that_came_along() {
    let server = Server::start().await;
    let before = server.signed_in("inspector1").await;
    let mut again = before.clone();
    again.sign_in("inspector1", PASSWORD).await;
    assert_ne!(before.cookie, again.cookie);
    assert_eq!(before.get("/api/session").await.problem(), Problem::NotSignedIn);
    assert_eq!(again.get("/api/session").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_session_lasts_thirty_days_from_its_last_use() {
    let server = Server::start().await;
    let browser = server.signed_in("inspector1").await;
    for _ in 0..3 {
        server.parts.clock.advance(Span::days(29));
        assert_eq!(browser.get("/api/session").await.status, StatusCode::OK);
    }
    server.parts.clock.advance(Span::days(31));
    assert_eq!(browser.get("/api/session").await.problem(), Problem::NotSignedIn);
}

#[tokio::test]
async fn a_locked_account_is_out_at_once_and_in_again_when_unlocked() {
    let server = Server::start().await;
    let mut browser = server.signed_in("inspector1").await;
    let id = browser.account().await.id;
    let set = async |state| {
        server.parts.store.write(move |tables| tables.set_account_state(id, state)).await.unwrap()
    };
    set(AccountState::Locked).await;
    assert_eq!(browser.get("/api/session").await.problem(), Problem::AccountLocked);
    assert_eq!(browser.sign_in("inspector1", PASSWORD).await.problem(), Problem::AccountLocked);
    set(AccountState::Active).await;
    assert_eq!(browser.sign_in("inspector1", PASSWORD).await.status, StatusCode::OK);
}

#[tokio::test]
async fn wrong_logins_and_wrong_passwords_are_told_alike_and_slowed_down() {
    let server = Server::start().await;
    for login in ["inspector1", "nobody"] {
        let mut browser = server.browser();
        for _ in 0..10 {
            assert_eq!(browser.sign_in(login, "wrong-password").await.problem(), Problem::BadLogin);
        }
        let answer = browser.sign_in(login, PASSWORD).await;
        assert!(matches!(answer.problem(), Problem::TooMany { retry_after_seconds: 1..=10 }));
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(answer.header("retry-after").parse::<u32>().unwrap() >= 1);
    }
    assert_eq!(server.browser().sign_in("inspector2", PASSWORD).await.status, StatusCode::OK);
    server.parts.clock.advance(Span::seconds(11));
    assert_eq!(server.browser().sign_in("inspector1", PASSWORD).await.status, StatusCode::OK);
}

#[tokio::test]
async fn behind_a_proxy_the_address_is_the_one_that_the_proxy_saw() {
    let server = Server::with(Standing { addresses: AddressSource::Proxy, ..Standing::default() }).await;
    let body = r#"{"login":"inspector1","password":"wrong-password"}"#;
    let attempt = async |forwarded: &str| {
        let headers = [("content-type", "application/json"), ("x-forwarded-for", forwarded)];
        server.browser().send(Method::POST, "/api/session", &headers, body).await.problem()
    };
    for n in 0..10 {
        // What the client writes itself stands before what the proxy adds.
        assert_eq!(attempt(&format!("198.51.100.{n}, 203.0.113.7")).await, Problem::BadLogin);
    }
    assert!(matches!(attempt("198.51.100.99, 203.0.113.7").await, Problem::TooMany { .. }));
    assert_eq!(attempt("203.0.113.8").await, Problem::BadLogin);
}

#[tokio::test]
async fn other_sites_cannot_give_orders() {
    let server = Server::start().await;
    let browser = server.signed_in("inspector1").await;
    for (site, allowed) in
        [("cross-site", false), ("same-site", false), ("same-origin", true), ("none", true)]
    {
        let answer = browser.send(Method::DELETE, "/api/session", &[("sec-fetch-site", site)], "").await;
        assert_eq!(answer.status == StatusCode::NO_CONTENT, allowed, "{site}");
    }
}

#[tokio::test]
async fn a_huge_sign_in_is_too_large_before_it_is_read() {
    let server = Server::start().await;
    let answer = server.browser().post_bytes("/api/session", vec![b' '; 1_000_000]).await;
    assert_eq!(answer.problem().number(), "413.1");
}
