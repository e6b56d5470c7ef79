//! Every route that shows something, asked by everybody: what one may not see does not exist.

use axum::http::{Method, StatusCode};
use xunan_core::ledger::{Row, VisitCard};
use xunan_core::log::SignedEntry;
use xunan_core::problem::Problem;
use xunan_core::sync::KeptEntry;

use crate::support::{Browser, Server};

/// The visits that the county's supervisor has received.
async fn visits(server: &Server) -> Vec<VisitCard> {
    let rows = server.signed_in("supervisor1").await.rows().await;
    rows.into_iter()
        .filter_map(|row| if let Row::Visit(visit) = row { visit.get().cloned() } else { None })
        .collect()
}

async fn statuses(browser: &Browser, paths: &[String]) -> Vec<u16> {
    let mut statuses = Vec::new();
    for path in paths {
        statuses.push(browser.get(path).await.status.as_u16());
    }
    statuses
}

#[tokio::test]
async fn a_visit_with_receipt_and_photos_exists_for_those_who_may_see_it_alone() {
    let server = Server::start().await;
    let visits = visits(&server).await;
    let at = |division: &str| visits.iter().find(|visit| visit.division.as_str() == division).unwrap();
    // Of the township 999901002, led by the county's inspector; and the first home of 999901001.
    let (township, home) =
        (at("999901002"), visits.iter().find(|it| it.facility_name.contains("第一养老院")).unwrap());
    let paths = async |visit: &VisitCard| {
        let kept: KeptEntry =
            server.signed_in("supervisor1").await.get(&format!("/api/entries/{}", visit.entry)).await.json();
        assert!(kept.receipt.is_some() && SignedEntry::parse(&kept.entry).is_ok());
        // Demo visits share the photos of what is in order; the last is of a hazard.
        vec![format!("/api/entries/{}", visit.entry), format!("/api/entries/{}/receipt", visit.entry)]
    };
    let (township, home) = (paths(township).await, paths(home).await);
    for (login, sees_township, sees_home) in [
        ("inspector1", 200, 200),
        ("inspector2", 200, 200),
        ("inspector3", 200, 404),
        ("supervisor1", 200, 200),
        ("supervisor2", 200, 404),
        ("admin1", 200, 200),
        ("institution1", 404, 200),
        ("institution2", 404, 404),
    ] {
        let browser = server.signed_in(login).await;
        assert_eq!(statuses(&browser, &township).await, [sees_township; 2], "{login} township");
        assert_eq!(statuses(&browser, &home).await, [sees_home; 2], "{login} home");
    }
    let nobody = server.browser();
    assert_eq!(statuses(&nobody, &township).await, [401; 2]);
    assert_eq!(statuses(&nobody, &home).await, [401; 2]);
}

#[tokio::test]
async fn nothing_of_the_api_is_open_to_strangers_but_what_is_public() {
    let server = Server::start().await;
    let nobody = server.browser();
    let some_hash = "0".repeat(64);
    for path in [
        "/api/session",
        "/api/pull",
        "/api/entries/01M360TTGF1354W0K7HRZW0WS2",
        &format!("/api/photos/{some_hash}"),
    ] {
        assert_eq!(nobody.get(path).await.problem(), Problem::NotSignedIn, "{path}");
    }
    for path in ["/api/devices", "/api/push"] {
        assert_eq!(nobody.post(path, &serde_json::json!({})).await.problem(), Problem::NotSignedIn, "{path}");
    }
    let tus = [("tus-resumable", "1.0.0"), ("upload-length", "5")];
    assert_eq!(nobody.send(Method::POST, "/api/photos", &tus, "").await.problem(), Problem::NotSignedIn);
    for method in [Method::HEAD, Method::PATCH, Method::DELETE] {
        let path = format!("/api/photos/uploads/{some_hash}");
        assert_eq!(nobody.send(method, &path, &tus, "").await.status, StatusCode::UNAUTHORIZED);
    }
    for path in ["/healthz", "/.well-known/jwks.json", "/api/packs", "/api/openapi.json"] {
        assert_eq!(nobody.get(path).await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn ids_that_are_guessed_or_misspelt_do_not_exist() {
    let server = Server::start().await;
    let browser = server.signed_in("supervisor1").await;
    for path in [
        "/api/entries/01M360TTGF1354W0K7HRZW0WS2",
        "/api/entries/..%2F..%2Fledger.sqlite",
        "/api/entries/01M360TTGF1354W0K7HRZW0WS2/receipt",
        "/api/photos/..%2F..%2Fledger.sqlite",
        "/api/photos/0000",
        "/api/packs/0000",
        "/api/nothing",
    ] {
        assert_eq!(browser.get(path).await.problem(), Problem::NotFound, "{path}");
    }
}
