//! The server's time under its signature.

use axum::http::StatusCode;
use serde_json::json;
use xunan_core::log::{Nonce, SignatureVerdict, SignedServerTime};
use xunan_core::problem::Problem;
use xunan_core::sync::{AskTime, ToldTime};
use xunan_server::clock::random;
use xunan_server::keys::Verifier;

use crate::support::Server;

#[tokio::test]
async fn whoever_is_signed_in_is_told_the_time_with_their_own_nonce() {
    let server = Server::start().await;
    for login in ["inspector1", "supervisor1"] {
        let nonce = Nonce::from_bytes(random().unwrap());
        let before = server.parts.clock.now();
        let told: ToldTime = server.signed_in(login).await.post("/api/time", &AskTime { nonce }).await.json();
        let token = SignedServerTime::parse(&told.token).unwrap();
        let key = &server.parts.keys.published()[0].key;
        assert_eq!(token.verify(key, &Verifier), SignatureVerdict::Fits);
        assert_eq!(token.payload().nonce, nonce);
        assert!((before..=server.parts.clock.now()).contains(&token.payload().at));
    }
}

#[tokio::test]
async fn strangers_and_questions_without_a_nonce_are_refused() {
    let server = Server::start().await;
    let question = json!({ "nonce": "AAAAAAAAAAAAAAAAAAAAAA" });
    assert_eq!(server.browser().post("/api/time", &question).await.problem(), Problem::NotSignedIn);
    let browser = server.signed_in("inspector1").await;
    assert_eq!(browser.post("/api/time", &question).await.status, StatusCode::OK);
    for bad in [json!({}), json!({ "nonce": "" }), json!({ "nonce": "AAAAAAAAAAAAAAAAAAAAAB" }), json!([])] {
        assert_eq!(browser.post("/api/time", &bad).await.problem().number(), "400.2", "{bad}");
    }
    assert_eq!(browser.post_bytes("/api/time", b"nonce".to_vec()).await.problem(), Problem::NotJson);
}
