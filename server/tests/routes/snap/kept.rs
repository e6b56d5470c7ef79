//! The form on a phone: what it keeps to open without a network, and how its script sends what was kept.

use axum::http::StatusCode;
use serde_json::Value;

use super::{between, cards, good, post_as, token};
use crate::support::{Answer, Browser, Server, jpeg};

/// As the script sends it.
async fn hand_in(browser: &Browser, fields: &[(&str, &str)], photos: &[Vec<u8>]) -> Answer {
    post_as(browser, "/snap", "application/json", fields, photos).await
}

#[tokio::test]
async fn the_script_gets_the_number_the_link_and_the_code_and_the_same_again_for_the_same_token() {
    let server = Server::start().await;
    let browser = server.browser();
    let token = token(&browser).await;
    let answer = hand_in(&browser, &good(&token), &[jpeg()]).await;
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "application/json"));
    assert_eq!(answer.header("cache-control"), "no-store");
    let told: Value = answer.json();
    let text = |name: &str| told[name].as_str().unwrap().to_owned();
    let page = browser.get(&text("link")).await.text();
    assert!(page.contains(&text("number")), "{page}");
    assert!(text("link").starts_with("/snap/f/") && text("code").len() == "123 456 7890".len(), "{told}");
    assert_eq!(hand_in(&browser, &good(&token), &[]).await.json::<Value>(), told);
    assert_eq!(cards(&server).await.len(), 1);
}

#[tokio::test]
async fn the_script_is_told_by_number_whether_a_person_has_to_change_something_or_only_to_wait() {
    let server = Server::start().await;
    let browser = server.browser();
    let mut fields = good("");
    let refused = |answer: &Answer| {
        let told: Value = answer.json();
        assert!(!told["sentence"].as_str().unwrap().is_empty(), "{told}");
        (answer.status.as_u16(), told["wrong"].as_str().unwrap().to_owned())
    };
    assert_eq!(refused(&hand_in(&browser, &fields, &[]).await), (400, "400.S1".to_owned()));
    let fresh = token(&browser).await;
    fields = good(&fresh);
    fields.retain(|(name, _)| *name != "category");
    assert_eq!(refused(&hand_in(&browser, &fields, &[]).await), (422, "422.S2".to_owned()));
    let broken = hand_in(&browser, &good(&fresh), &[b"no photo".to_vec()]).await;
    assert_eq!(refused(&broken), (422, "422.S9".to_owned()));

    for _ in 0..40 {
        let fresh = token(&browser).await;
        let answer = hand_in(&browser, &good(&fresh), &[]).await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            let told: Value = answer.json();
            let seconds = told["retry_after_seconds"].as_u64().unwrap();
            assert!((1..=3600).contains(&seconds), "{told}");
            assert_eq!(answer.header("retry-after"), seconds.to_string());
            return;
        }
    }
    panic!("nobody is ever told to wait");
}

/// What the script asks before it sends photos.
async fn ask(browser: &Browser, token: &str) -> Answer {
    post_as(browser, "/snap/ask", "application/json", &[("token", token)], &[]).await
}

#[tokio::test]
async fn before_photos_are_sent_the_script_learns_whether_they_would_be_taken_or_are_there() {
    let server = Server::start().await;
    let browser = server.browser();
    let fresh = token(&browser).await;
    for _ in 0..100 {
        let answer = ask(&browser, &fresh).await;
        assert_eq!(
            (answer.status, answer.text().as_str()),
            (StatusCode::OK, r#"{"takes":["voice","video"]}"#),
            "asking counts nothing"
        );
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    let told: Value = hand_in(&browser, &good(&fresh), &[jpeg()]).await.json();
    assert_eq!(ask(&browser, &fresh).await.json::<Value>(), told, "the answer that was lost");
    assert_eq!(cards(&server).await.len(), 1);
    let nonsense = ask(&browser, "nonsense").await;
    assert_eq!(
        (nonsense.status, nonsense.json::<Value>()["wrong"].as_str()),
        (StatusCode::BAD_REQUEST, Some("400.S1"))
    );
}

#[tokio::test]
async fn what_a_phone_keeps_is_the_same_for_everybody_and_holds_no_token() {
    let server = Server::start().await;
    let browser = server.browser();
    let form = browser.get("/snap/kept/form?lang=zh").await;
    assert_eq!((form.status, form.header("xunan-page")), (StatusCode::OK, "snap"));
    assert_eq!(form.text(), server.browser().get("/snap/kept/form?lang=zh").await.text());
    assert_eq!(between(&form.text(), "name=\"token\" value=\"", "\""), "");
    assert!(browser.get("/snap/kept/know?lang=zh").await.text().contains("不符合：重大隐患"));
    assert!(browser.get("/snap/kept/away?lang=en").await.text().contains("There is no network"));
    assert_eq!(browser.get("/snap/kept/plaza").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_worker_names_files_that_are_there_and_marked_as_ours() {
    let server = Server::start().await;
    let browser = server.browser();
    let worker = browser.get("/snap/worker.js").await;
    assert_eq!(worker.header("content-type"), "text/javascript; charset=utf-8");
    assert_eq!(worker.header("service-worker-allowed"), "/snap");
    assert_eq!(worker.header("cache-control"), "no-cache", "a new version is found at the next visit");
    let text = worker.text();
    let files: Vec<&str> = between(&text, "const FILES = [", "]").split(", ").collect();
    assert!(files.len() >= 12, "{files:?}");
    let mut bytes = 0;
    for file in files {
        let address = file.trim_matches('"');
        let answer = browser.get(address).await;
        assert_eq!((answer.status, answer.header("xunan-page")), (StatusCode::OK, "snap"), "{address}");
        if address.contains("/scripts/") {
            bytes += answer.body.len();
            assert!(answer.header("cache-control").contains("immutable"), "{address}");
        }
    }
    assert!(bytes < 64 * 1024, "the scripts have {bytes} bytes");
    assert_eq!(browser.get("/snap/scripts/worker.js").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn pages_run_the_scripts_that_the_worker_keeps_and_no_others() {
    let server = Server::start().await;
    let browser = server.browser();
    let worker = browser.get("/snap/worker.js").await.text();
    for (path, many) in [
        ("/snap", 9),
        ("/snap/know?grade=major", 2),
        ("/snap/kept/know", 2),
        ("/snap/plaza", 0),
        ("/snap/code", 0),
    ] {
        let page = browser.get(path).await.text();
        let scripts: Vec<&str> =
            page.split("<script defer src=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(scripts.len(), many, "{path}: {scripts:?}");
        for script in scripts {
            assert!(worker.contains(&format!("\"{script}\"")), "{script}");
        }
    }
}
