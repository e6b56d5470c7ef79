//! Changing the own password: what it asks for, what ends with it, and what the history says.

use axum::http::StatusCode;
use xunan_core::account::{AccountChange, AccountChanger};
use xunan_core::clock::Span;
use xunan_core::problem::{PasswordRefusal, Problem};
use xunan_core::sync::{AccountDetail, ChangePassword, PasswordAge};
use xunan_server::demo::PASSWORD;

use crate::support::{Answer, Browser, Server};

const PATH: &str = "/api/session/password";
const CHOSEN: &str = "九月的第一个早晨";

async fn change(browser: &Browser, before: &str, chosen: &str) -> Answer {
    let message = ChangePassword { before: before.to_owned(), chosen: chosen.to_owned() };
    browser.post(PATH, &message).await
}

async fn age(browser: &Browser) -> u32 {
    browser.get(PATH).await.json::<PasswordAge>().changes
}

#[tokio::test]
async fn another_password_holds_at_once_and_ends_every_session_but_this_one() {
    let server = Server::start().await;
    let browser = server.signed_in("inspector1").await;
    let (other, colleague) = (server.signed_in("inspector1").await, server.signed_in("inspector2").await);
    assert_eq!(age(&browser).await, 0);
    let answer = change(&browser, PASSWORD, CHOSEN).await;
    assert_eq!((answer.status, answer.json::<PasswordAge>().changes), (StatusCode::OK, 1));
    assert_eq!(browser.get("/api/session").await.status, StatusCode::OK, "this one goes on");
    assert_eq!(other.get("/api/session").await.problem(), Problem::NotSignedIn);
    assert_eq!(colleague.get("/api/session").await.status, StatusCode::OK);
    assert_eq!(server.browser().sign_in("inspector1", PASSWORD).await.problem(), Problem::BadLogin);
    assert_eq!(server.browser().sign_in("inspector1", CHOSEN).await.status, StatusCode::OK);
    assert_eq!(age(&browser).await, 1);
}

#[tokio::test]
async fn the_history_says_that_and_by_whom_and_never_what() {
    let server = Server::start().await;
    let browser = server.signed_in("inspector1").await;
    let id = browser.account().await.id;
    change(&browser, PASSWORD, CHOSEN).await;
    let admin = server.signed_in("admin1").await;
    let answer = admin.get(&format!("/api/accounts/{id}")).await;
    let text = answer.text();
    assert!(!text.contains(CHOSEN) && !text.contains(PASSWORD) && !text.contains("argon2"), "{text}");
    let history = answer.json::<AccountDetail>().history;
    assert_eq!(history[0].what, AccountChange::PasswordChanged);
    assert_eq!(history[0].by, AccountChanger::Owner);
    // A reset counts as well: whoever waits for an answer to a change must not take it for theirs, and cannot, since it
    // ends every session.
    admin.post(&format!("/api/accounts/{id}/password"), &()).await;
    assert_eq!(browser.get(PATH).await.problem(), Problem::NotSignedIn);
}

#[tokio::test]
async fn what_cannot_be_a_password_and_a_wrong_one_before_change_nothing() {
    let server = Server::start().await;
    let browser = server.signed_in("inspector1").await;
    let refused = |why| Problem::PasswordRefused { why };
    for (before, chosen, problem) in [
        (PASSWORD, "kurz", refused(PasswordRefusal::TooShort)),
        (PASSWORD, "12345678901", refused(PasswordRefusal::Guessable)),
        (PASSWORD, "Inspector1!", refused(PasswordRefusal::Guessable)),
        (PASSWORD, PASSWORD, refused(PasswordRefusal::SameAsBefore)),
        ("another one", CHOSEN, Problem::WrongPassword),
        ("", CHOSEN, Problem::WrongPassword),
    ] {
        let answer = change(&browser, before, chosen).await;
        assert_eq!(answer.problem(), problem, "{before} {chosen}");
        assert_eq!(Some(answer.status.as_u16()), problem.status());
    }
    let long = change(&browser, PASSWORD, &"abcdef".repeat(200)).await.problem();
    assert_eq!(long, refused(PasswordRefusal::TooLong));
    assert_eq!(age(&browser).await, 0);
    assert_eq!(server.browser().sign_in("inspector1", PASSWORD).await.status, StatusCode::OK);
    assert_eq!(change(&server.browser(), PASSWORD, CHOSEN).await.problem(), Problem::NotSignedIn);
}

#[tokio::test]
async fn guesses_are_slowed_down_as_at_sign_in_and_together_with_those() {
    let server = Server::start().await;
    let browser = server.signed_in("inspector1").await;
    for _ in 0..5 {
        assert_eq!(change(&browser, "wrong-password", CHOSEN).await.problem(), Problem::WrongPassword);
        let answer = server.browser().sign_in("inspector1", "wrong-password").await;
        assert_eq!(answer.problem(), Problem::BadLogin);
    }
    let answer = change(&browser, PASSWORD, CHOSEN).await;
    assert!(matches!(answer.problem(), Problem::TooMany { retry_after_seconds: 1..=10 }));
    assert!(answer.header("retry-after").parse::<u32>().unwrap() >= 1);
    server.parts.clock.advance(Span::seconds(11));
    assert_eq!(change(&browser, PASSWORD, CHOSEN).await.status, StatusCode::OK);
    for n in 0..20 {
        let (before, chosen) = (format!("{CHOSEN}{n}"), format!("{CHOSEN}{}", n + 1));
        let before = if n == 0 { CHOSEN } else { &before };
        assert_eq!(change(&browser, before, &chosen).await.status, StatusCode::OK, "who is right may go on");
    }
}
