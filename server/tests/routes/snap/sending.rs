//! Reports that are sent as they should be.

use axum::http::StatusCode;
use xunan_core::digest::Digest;
use xunan_core::hazard::Mark;
use xunan_core::ledger::Row;
use xunan_core::place::Metres;
use xunan_core::snap::{Category, Found, SnapState};
use xunan_server::rebuild::rebuild;

use super::{between, card, cards, good, post, report, sent, token};
use crate::support::{Server, fresh_jpeg, jpeg};

#[tokio::test]
async fn a_report_with_photos_goes_there_and_back_without_a_script() {
    let server = Server::start().await;
    let browser = server.browser();
    let form = browser.get("/snap").await;
    assert!(!form.text().contains("<script>") && form.header("set-cookie").is_empty());
    let seen = server.parts.clock.now().date().to_string();
    let told = report(&browser, &[("seen", &seen)], &[jpeg(), fresh_jpeg()]).await;
    let card = card(&server).await;
    assert_eq!(card.report.category, Category::WayOut);
    assert_eq!(card.report.division.as_str(), "999901", "the division that all offices here have in common");
    assert_eq!((card.report.photos.len(), card.report.seen.unwrap().to_string()), (2, seen));
    assert!(told.number.ends_with(&card.id().to_string()[20..]), "{told:?}");
    let page = browser.get(&told.path).await;
    assert_eq!(page.status, StatusCode::OK);
    for words in ["三楼安全出口锁着", "样例路1号三楼", "已收到，等待受理", "告诉您是否受理", &told.number]
    {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    // The office has the photo, in our own encoding.
    let stored = card.report.photos[0].stored;
    let photo = server.signed_in("supervisor1").await.get(&format!("/api/photos/{}", stored.hex())).await;
    assert_eq!((photo.status, Digest::of(&photo.body)), (StatusCode::OK, stored));
    let rebuilt_before = cards(&server).await;
    rebuild(&server.parts.store, &server.parts.packs).await.unwrap();
    assert_eq!(cards(&server).await, rebuilt_before, "cards are a fold of entries");
}

#[tokio::test]
async fn a_form_that_is_sent_twice_is_one_report_also_at_once() {
    let server = Server::start().await;
    let browser = server.browser();
    let token = token(&browser).await;
    let mut fields = good(&token);
    fields.retain(|(name, _)| *name != "name");
    fields.push(("name", "王小明"));
    let photos = [jpeg()];
    let (first, second) =
        tokio::join!(post(&browser, "/snap", &fields, &photos), post(&browser, "/snap", &fields, &photos));
    let third = post(&browser, "/snap", &fields, &[]).await;
    assert_eq!(sent(&first), sent(&second));
    assert_eq!(sent(&first), sent(&third));
    assert_eq!(cards(&server).await.len(), 1);
    let keys = std::fs::read_dir(server.folder().join("secrets")).unwrap().count();
    assert_eq!(keys, 2, "the key of all links, and one of the one contact");
    // Also after the server has started again, with another device at the door.
    let server = server.restarted().await;
    assert_eq!(sent(&first), sent(&post(&server.browser(), "/snap", &fields, &[]).await));
    report(&server.browser(), &[], &[]).await;
    assert_eq!(cards(&server).await.len(), 2);
}

#[tokio::test]
async fn the_code_on_a_wall_names_the_institution_and_its_office_gets_the_report() {
    let server = Server::start().await;
    let rows = server.signed_in("supervisor1").await.rows().await;
    let facility = rows.into_iter().find_map(|row| match row {
        Row::Facility(facility) if facility.division.as_str() == "999901001" => Some(facility),
        _ => None,
    });
    let facility = facility.unwrap();
    let browser = server.browser();
    let form = browser.get(&format!("/snap?f={}", facility.id)).await.text();
    assert!(form.contains(&facility.name) && !form.contains("name=\"address\" value=\"\" required"));
    let id = facility.id.to_string();
    report(&browser, &[("f", &id), ("address", "")], &[]).await;
    let card = card(&server).await;
    assert_eq!((card.report.place.facility, &card.facility_name), (Some(facility.id), &facility.name));
    assert_eq!(card.report.division, facility.division);
    assert!(!browser.get("/snap?f=../../x").await.text().contains("class=\"told\""));
}

#[tokio::test]
async fn the_phones_own_position_says_where_it_is_and_goes_to_the_office_with_its_radius() {
    let server = Server::start().await;
    let browser = server.browser();
    report(&browser, &[("address", ""), ("here", "312323100,1214723100,12"), ("position", "yes")], &[]).await;
    let place = card(&server).await.report.place;
    let position = place.position.unwrap();
    assert_eq!(position.found, Found::Measured(Metres(12)));
    assert_eq!((position.point.latitude_e7(), position.point.longitude_e7()), (312_323_100, 1_214_723_100));
    for nonsense in [
        "here",
        "1,2",
        "1,2,-3",
        "1,2,3,4",
        "1,2,foot",
        "1,hand",
        "hand",
        "912323100,0,5",
        "1e9,0,5",
        "0,1800000001,5",
    ] {
        let token = token(&browser).await;
        let mut fields = good(&token);
        fields.push(("here", nonsense));
        let answer = post(&browser, "/snap", &fields, &[]).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{nonsense}");
    }
    assert_eq!(cards(&server).await.len(), 1);
}

#[tokio::test]
async fn what_everybody_gets_is_compressed_and_what_follows_a_secret_is_not() {
    let server = Server::start().await;
    let browser = server.browser();
    let sent = report(&browser, &[], &[]).await;
    let style = between(&browser.get("/snap").await.text(), "stylesheet\" href=\"", "\"").to_owned();
    let headers = [("accept-encoding", "gzip")];
    for (path, expected) in
        [("/snap", "gzip"), (&style, "gzip"), ("/snap/know", "gzip"), ("/snap/code", ""), (&sent.path, "")]
    {
        let answer = browser.send(axum::http::Method::GET, path, &headers, "").await;
        assert_eq!((answer.status, answer.header("content-encoding")), (StatusCode::OK, expected), "{path}");
        let varies = answer.headers.get_all("vary").iter().any(|it| it == "accept-encoding");
        assert_eq!(varies, expected == "gzip", "{path}");
    }
}

#[tokio::test]
async fn pages_speak_english_to_those_who_ask_and_stay_small() {
    let server = Server::start().await;
    let browser = server.browser();
    let english = browser.get("/snap?lang=en").await.text();
    assert_eq!(english.matches("<svg class=\"mark\"").count(), Category::ALL.len(), "a picture for each");
    assert!(english.contains("<html lang=\"en\">") && english.contains("Report a safety hazard"));
    let headers = [("accept-language", "en-GB,en;q=0.9")];
    let said = browser.send(axum::http::Method::GET, "/snap", &headers, "").await.text();
    assert_eq!(between(&said, "<h1>", "<"), "Report a safety hazard");
    let (form, style) = (browser.get("/snap").await, browser.get("/snap/snap.css").await);
    assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
    let together = form.body.len() + style.body.len();
    assert!(together < 16 * 1024, "{together} bytes uncompressed");
}

#[tokio::test]
async fn answers_allow_no_script_but_the_forms_own_and_are_kept_by_no_cache() {
    let server = Server::start().await;
    let browser = server.browser();
    let told = report(&browser, &[], &[]).await;
    for (path, scripted) in
        [("/snap", true), ("/snap/code", false), (&told.path, false), ("/snap/f/nobody", false)]
    {
        let answer = browser.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("form-action 'self'"), "{path}");
        assert_eq!(policy.contains("script-src 'self';"), scripted, "{path}: {policy}");
        assert_eq!(answer.text().contains("<script"), scripted, "{path}");
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    }
}

#[tokio::test]
async fn whoever_reported_stands_in_no_entry() {
    let server = Server::start().await;
    report(&server.browser(), &[("name", "王小明"), ("telephone", "13812345678")], &[]).await;
    let card = card(&server).await;
    assert_eq!(card.life.stage.state(), SnapState::Received);
    let mark = &card.life.story[0].mark;
    assert_eq!(*mark, Mark::nameless(mark.entry, mark.at, mark.received));
    let kept = server.signed_in("supervisor1").await.get(&format!("/api/entries/{}", mark.entry)).await;
    assert_eq!(kept.status, StatusCode::OK, "the office reads the entry");
    use base64::Engine as _;
    let entry = kept.json::<xunan_core::sync::KeptEntry>().entry;
    let payload =
        base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(entry.split('.').nth(1).unwrap()).unwrap();
    let payload = String::from_utf8(payload).unwrap();
    assert!(payload.contains("三楼安全出口锁着"));
    assert!(!payload.contains("王小明") && !payload.contains("13812345678"), "{payload}");
}
