//! Encrypted copies of drafts: each account's own, bounded, replaced only by who knows them, forgotten in time.

use axum::http::{Method, StatusCode};
use xunan_core::clock::Span;
use xunan_core::digest::Digest;
use xunan_core::ids::VisitId;
use xunan_core::ledger::Row;
use xunan_core::problem::Problem;
use xunan_core::sync::{KeptShadows, ShadowOutcome};
use xunan_server::clock::id_entropy;
use xunan_server::shadows::{MAX_ACCOUNT_BYTES, MAX_SHADOW_BYTES, Replaces};

use crate::support::{Answer, Browser, Server, now};

fn visit() -> VisitId {
    VisitId::from_parts(now(), id_entropy().unwrap())
}

fn path(visit: VisitId, name: &str) -> String {
    format!("/api/shadows/{visit}/{name}")
}

async fn put(browser: &Browser, path: &str, headers: &[(&str, &str)], bytes: &[u8]) -> Answer {
    browser.send(Method::PUT, path, headers, bytes.to_vec()).await
}

async fn listed(browser: &Browser) -> Vec<(VisitId, String, u64)> {
    let kept: KeptShadows = browser.get("/api/shadows").await.json();
    kept.shadows.into_iter().map(|it| (it.visit, it.name.to_string(), it.size_bytes)).collect()
}

/// Files in the folder of copies.
fn files(server: &Server) -> usize {
    std::fs::read_dir(server.folder().join("shadows")).unwrap().count()
}

#[tokio::test]
async fn a_copy_is_given_back_as_it_came_and_to_nobody_else() {
    let server = Server::start().await;
    let mine = server.signed_in("inspector1").await;
    let (visit, bytes) = (visit(), b"not to be read here".as_slice());
    let kept = put(&mine, &path(visit, "draft"), &[], bytes).await;
    assert_eq!(kept.json::<ShadowOutcome>(), ShadowOutcome::Stored { digest: Digest::of(bytes) });
    assert_eq!(listed(&mine).await, [(visit, "draft".to_owned(), bytes.len() as u64)]);
    // The same person on a second phone.
    let other_phone = server.signed_in("inspector1").await;
    let given = other_phone.get(&path(visit, "draft")).await;
    assert_eq!((given.status, given.body.as_slice()), (StatusCode::OK, bytes));
    assert_eq!(given.header("etag"), format!("\"{}\"", Digest::of(bytes).hex()));
    for login in ["inspector2", "supervisor1", "institution1"] {
        let other = server.signed_in(login).await;
        assert_eq!(other.get(&path(visit, "draft")).await.problem(), Problem::NotFound, "{login}");
        assert_eq!(listed(&other).await, [], "{login}");
        let deleted = other.send(Method::DELETE, &path(visit, "draft"), &[], "").await;
        assert_eq!(deleted.status, StatusCode::NO_CONTENT);
    }
    assert_eq!(mine.get(&path(visit, "draft")).await.body, bytes);
    assert_eq!(server.browser().get("/api/shadows").await.problem(), Problem::NotSignedIn);
    assert_eq!(put(&server.browser(), &path(visit, "x"), &[], b"x").await.problem(), Problem::NotSignedIn);
}

#[tokio::test]
async fn a_copy_replaces_only_what_its_sender_knows() {
    let server = Server::start().await;
    let browser = server.signed_in("inspector1").await;
    let path = path(visit(), "draft");
    let tag = |bytes: &[u8]| format!("\"{}\"", Digest::of(bytes).hex());
    let stored = |answer: Answer| answer.status == StatusCode::OK;
    assert!(!stored(put(&browser, &path, &[("if-match", &tag(b"one"))], b"two").await));
    assert!(stored(put(&browser, &path, &[("if-none-match", "*")], b"one").await));
    let again = put(&browser, &path, &[("if-none-match", "*")], b"other").await;
    assert_eq!(again.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(again.json::<ShadowOutcome>(), ShadowOutcome::Overtaken { digest: Some(Digest::of(b"one")) });
    assert!(stored(put(&browser, &path, &[("if-match", &tag(b"one"))], b"two").await));
    assert!(!stored(put(&browser, &path, &[("if-match", &tag(b"one"))], b"three").await));
    assert_eq!(browser.get(&path).await.body, b"two");
    assert_eq!(files(&server), 1, "what was replaced or refused leaves no file");
    for (name, value) in [("if-match", "x"), ("if-match", "\"0\""), ("if-none-match", "\"0\"")] {
        assert_eq!(put(&browser, &path, &[(name, value)], b"x").await.status, StatusCode::BAD_REQUEST);
    }
}

#[tokio::test]
async fn names_sizes_and_the_room_of_an_account_are_bounded() {
    let server = Server::start().await;
    let browser = server.signed_in("inspector1").await;
    let visit = visit();
    for name in ["..", "a.b", "%2e%2e%2fx", "A", &"a".repeat(65)] {
        assert_eq!(
            put(&browser, &path(visit, name), &[], b"x").await.status,
            StatusCode::NOT_FOUND,
            "{name}"
        );
    }
    assert_eq!(put(&browser, "/api/shadows/x/draft", &[], b"x").await.problem(), Problem::NotFound);
    let too_large = vec![0; MAX_SHADOW_BYTES as usize + 1];
    let answer = put(&browser, &path(visit, "x"), &[], &too_large).await;
    assert_eq!(answer.problem(), Problem::TooLarge { limit_bytes: MAX_SHADOW_BYTES });
    let (account, fits) = (browser.account().await.id, MAX_ACCOUNT_BYTES / MAX_SHADOW_BYTES);
    let keep = async |name: String, size: u64| {
        let key = (account, visit, name.parse().unwrap());
        let bytes = vec![0; size as usize];
        server.parts.shadows.keep(key, Replaces::Anything, bytes, now()).await.unwrap()
    };
    for number in 0..fits {
        assert_eq!(keep(format!("photo-{number}"), MAX_SHADOW_BYTES).await.status(), 200);
    }
    let full = ShadowOutcome::NoRoom { limit_bytes: MAX_ACCOUNT_BYTES };
    assert_eq!(keep("one-more".to_owned(), MAX_SHADOW_BYTES).await, full);
    // What is there may be replaced, and what is forgotten makes room.
    assert_eq!(keep("photo-0".to_owned(), 1).await.status(), 200);
    assert_eq!(keep("one-more".to_owned(), MAX_SHADOW_BYTES).await.status(), 200);
    assert_eq!(files(&server) as u64, fits + 1);
    let forgotten = browser.send(Method::DELETE, &format!("/api/shadows/{visit}"), &[], "").await;
    assert_eq!(forgotten.status, StatusCode::NO_CONTENT);
    assert_eq!((listed(&browser).await, files(&server)), (Vec::new(), 0));
}

/// A visit that is on record.
async fn recorded(server: &Server) -> VisitId {
    let rows = server.signed_in("supervisor1").await.rows().await;
    let found = rows.into_iter().find_map(|row| match row {
        Row::Visit(visit) => visit.get().map(|visit| visit.id),
        _ => None,
    });
    found.unwrap()
}

#[tokio::test]
async fn who_goes_on_with_a_visit_that_is_on_record_is_told_so() {
    let server = Server::start().await;
    let browser = server.signed_in("inspector1").await;
    let answer = put(&browser, &path(recorded(&server).await, "draft"), &[], b"x").await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert_eq!(answer.json::<ShadowOutcome>(), ShadowOutcome::SignedElsewhere);
    assert_eq!((listed(&browser).await, files(&server)), (Vec::new(), 0));
}

#[tokio::test]
async fn copies_are_forgotten_sixty_days_after_the_last_of_their_visit_came() {
    let server = Server::start().await;
    let browser = server.signed_in("inspector1").await;
    let (idle, busy) = (visit(), visit());
    for visit in [idle, busy] {
        for name in ["draft", "photo-1"] {
            put(&browser, &path(visit, name), &[], b"x").await;
        }
    }
    server.parts.clock.advance(Span::days(40));
    let browser = server.signed_in("inspector1").await;
    put(&browser, &path(busy, "draft"), &[], b"y").await;
    server.parts.clock.advance(Span::days(19));
    let sweep = async || server.parts.shadows.sweep(server.parts.clock.now()).await.unwrap();
    assert_eq!(sweep().await, 0);
    server.parts.clock.advance(Span::days(2));
    assert_eq!((sweep().await, files(&server)), (2, 2));
    let browser = server.signed_in("inspector1").await;
    let left: Vec<_> = listed(&browser).await.into_iter().map(|(visit, ..)| visit).collect();
    assert_eq!(left, [busy, busy]);
    assert_eq!(browser.get(&path(idle, "photo-1")).await.problem(), Problem::NotFound);
}

#[tokio::test]
async fn a_file_that_no_copy_names_is_swept_when_it_is_a_day_old_and_the_others_survive_a_restart() {
    let server = Server::start().await;
    let browser = server.signed_in("inspector1").await;
    let visit = visit();
    put(&browser, &path(visit, "draft"), &[], b"x").await;
    let orphan = |name: &str, age_hours: u64| {
        let file = std::fs::File::create(server.folder().join("shadows").join(name.repeat(32))).unwrap();
        let age = std::time::Duration::from_secs(age_hours * 3600);
        file.set_modified(std::time::SystemTime::now() - age).unwrap();
    };
    orphan("a", 25);
    orphan("b", 1);
    assert_eq!(server.parts.shadows.sweep(now()).await.unwrap(), 0);
    assert_eq!(files(&server), 2);
    let server = server.restarted().await;
    let browser = server.signed_in("inspector1").await;
    assert_eq!(browser.get(&path(visit, "draft")).await.body, b"x");
}
