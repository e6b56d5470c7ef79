//! What holds for every answer, and the app's files.

use axum::http::{Method, StatusCode};

use crate::support::Server;

#[tokio::test]
async fn every_answer_carries_the_headers_that_keep_browsers_safe() {
    let server = Server::start().await;
    let browser = server.browser();
    for path in ["/", "/desk/", "/healthz", "/api/session", "/api/nothing", "/missing.js", "/api/packs"] {
        let answer = browser.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && policy.contains("require-trusted-types-for 'script'"),
            "{path}"
        );
        assert!(!policy.contains("unsafe-inline"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert!(!answer.header("x-request-id").is_empty(), "{path}");
    }
}

#[tokio::test]
async fn an_address_without_a_file_is_a_page_and_a_file_that_is_missing_is_not() {
    let server = Server::start().await;
    let browser = server.browser();
    let page = browser.get("/visit/01M360TTGF1354W0K7HRZW0WS2").await;
    // Built with the app or without it, the answer is a page for people.
    assert!(page.header("content-type").starts_with("text/html"), "{}", page.text());
    assert_eq!(browser.get("/old-0123456789abcdef.js").await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.get("/desk").await.header("location"), "/desk/");
    assert_eq!(browser.send(Method::POST, "/", &[], "").await.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(
        browser.send(Method::PUT, "/api/session", &[], "").await.status,
        StatusCode::METHOD_NOT_ALLOWED
    );
}

#[tokio::test]
async fn packs_are_given_out_byte_by_byte_under_their_hash() {
    let server = Server::start().await;
    let browser = server.browser();
    for pack in browser.get("/api/packs").await.json::<Vec<xunan_core::rules::PackRef>>() {
        let answer = browser.get(&format!("/api/packs/{}", pack.hash.hex())).await;
        assert_eq!(xunan_core::digest::Digest::of(&answer.body), pack.hash);
        assert!(answer.header("cache-control").contains("immutable"));
    }
}

#[tokio::test]
async fn long_answers_are_compressed_for_those_who_ask() {
    let server = Server::start().await;
    let browser = server.signed_in("supervisor1").await;
    let answer = browser.send(Method::GET, "/api/pull", &[("accept-encoding", "gzip")], "").await;
    assert_eq!(answer.header("content-encoding"), "gzip");
    assert_eq!(browser.get("/api/pull").await.header("content-encoding"), "");
}

#[tokio::test]
async fn every_route_that_is_described_exists_and_every_reference_leads_somewhere() {
    let server = Server::start().await;
    let browser = server.signed_in("supervisor1").await;
    let text = browser.get("/api/openapi.json").await.text();
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    for (path, methods) in document["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            let method: Method = method.to_uppercase().parse().unwrap();
            if method == Method::DELETE && path == "/api/session" {
                continue;
            }
            let path = path.replace("{digest}", &"0".repeat(64)).replace("{hash}", "0").replace("{id}", "0");
            let path = ["{date}", "{visit}", "{name}", "{batch}"]
                .iter()
                .fold(path, |path, placeholder| path.replace(placeholder, "0"));
            let status = browser.send(method.clone(), &path, &[("tus-resumable", "1.0.0")], "").await.status;
            assert_ne!(status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
            assert!(status != StatusCode::NOT_FOUND || path.contains("/0"), "{method} {path}");
        }
    }
    let schemas = document["components"]["schemas"].as_object().unwrap();
    for (_, reference) in text
        .match_indices("\"$ref\":\"")
        .map(|(at, start)| text[at + start.len()..].split_once('"').unwrap())
        .map(|(name, rest)| (rest, name))
    {
        let name = reference.strip_prefix("#/components/schemas/").unwrap();
        assert!(schemas.contains_key(name), "{name}");
    }
    assert!(
        ["Problem", "Pulled", "Row", "Account", "PushAnswer"].iter().all(|name| schemas.contains_key(*name))
    );
}
