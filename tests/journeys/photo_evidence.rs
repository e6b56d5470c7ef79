//! What a photo is backed by: it travels from the shutter to the verifier, and a photo that is used twice is shown.

use serde_json::json;
use xunan_core::digest::Digest;
use xunan_core::evidence::{CameraWay, Capture, PhotoManifest, PhotoStep, Position};
use xunan_core::ledger::Reuse;
use xunan_core::log::{Body, SignedEntry, SignedReceipt, TimeBounds};
use xunan_core::place::{GeoPoint, Metres};
use xunan_core::sync::{KeptEntry, ReusedPhoto};
use xunan_e2e::browser::{Browser, Screen};
use xunan_e2e::http::Http;
use xunan_e2e::network::Fate;
use xunan_e2e::pages::{Outbox, Walk, sign_and_issue, sign_in_on};
use xunan_e2e::phone::now;
use xunan_e2e::scene::Scene;
use xunan_e2e::sights::look;
use xunan_e2e::{demo, jpeg};

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_tells_when_where_and_how_and_a_file_that_is_used_twice_is_shown_to_the_verifier() {
    let scene = Scene::set().await;
    let said = scene.administer(&["originals", "9999", "kept"]).await;
    assert!(said.contains("are kept in 9999"), "{said}");
    let browser = scene.inspectors_phone().await;
    let began = now();
    stand_at(&browser, &scene.origin, 36.456_12, 115.985_41).await;
    let walk = Walk(&browser);
    walk.start_short_at(&scene.origin, demo::CEMETERY).await;
    let items = walk.items().await;
    let marked: Vec<_> = items.iter().filter(|item| item.has_marks).map(|item| item.id.clone()).collect();
    let [taken, picked, picked_again] = &marked[..3] else { panic!("three items with marks") };
    for item in [taken, picked, picked_again] {
        walk.pass(item).await;
    }
    // The first photo makes the browser ask for the place; the second has it.
    walk.photograph(taken, 2).await;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("photo.jpg");
    std::fs::write(&file, jpeg::telling_photo()).expect("a file");
    for item in [picked, picked_again] {
        walk.pick_file(item, &file).await;
    }
    for item in items.iter().filter(|item| !marked[..3].contains(&item.id)) {
        walk.not_applicable(item).await;
    }
    walk.saved().await;
    sign_and_issue(&browser).await;
    Outbox(&browser).everything_arrived().await;
    let entry = browser.see(".parcel").await.attr("data-entry").await.expect("an entry").expect("its id");

    let desk = Http::to_port(scene.server.port()).signed_in(demo::SUPERVISOR, demo::PASSWORD).await;
    let kept: KeptEntry = desk.get(&format!("/api/entries/{entry}")).await.json();
    let signed = SignedEntry::parse(&kept.entry).expect("an entry as it was signed");
    let receipt = SignedReceipt::parse(kept.receipt.as_deref().expect("a receipt")).expect("a receipt");
    let Ok(Body::VisitSigned(record)) = signed.body() else { panic!("not a visit") };
    let photos = &record.content().photos;
    assert_eq!(photos.len(), 4);
    assert_eq!(photos[1].way, CameraWay::InPage);
    assert_placed(capture_of(&photos[1]));
    for photo in photos {
        assert_bounded(photo, &receipt, began);
        assert_marked_with(capture_of(photo), demo::CEMETERY);
    }
    let original = jpeg::telling_photo();
    for photo in &photos[2..] {
        assert_eq!((photo.original, photo.way), (Digest::of(&original), CameraWay::Picked));
        assert_eq!(photo.original_bytes, original.len() as u64);
        let claims = &capture_of(photo).claims;
        assert!(claims.position.is_some() && claims.orientation.is_some(), "{claims:?}");
        // A film lies behind this one: no server would store it, so its hash is all that is promised.
        assert_eq!(capture_of(photo).original, None);
    }
    for photo in &photos[..2] {
        assert_eq!(capture_of(photo).original, Some(photo.id.of_original()), "the region keeps originals");
        let bytes = desk.get(&format!("/api/photos/{}", photo.original.hex())).await.body;
        assert_eq!(Digest::of(&bytes), photo.original);
    }
    let reused: Vec<ReusedPhoto> = desk.get(&format!("/api/entries/{entry}/reuse")).await.json();
    let same = reused.iter().find(|it| it.photo == photos[2].id && it.how == Reuse::SameFile);
    assert_eq!(same.map(|it| it.other.photo), Some(photos[3].id), "{reused:?}");

    see_at_the_desk(&scene, &record.content().visit.to_string()).await;
    browser.close().await;
}

/// The phone's location service says that it is here.
pub(super) async fn stand_at(browser: &Browser, origin: &str, latitude: f64, longitude: f64) {
    let grant = json!({ "origin": origin, "permissions": ["geolocation", "videoCapture"] });
    browser.dev_tools("Browser.grantPermissions", grant).await;
    let place = json!({ "latitude": latitude, "longitude": longitude, "accuracy": 11.2 });
    browser.dev_tools("Emulation.setGeolocationOverride", place).await;
}

fn capture_of(photo: &PhotoManifest) -> &Capture {
    photo.capture.as_deref().expect("its capture is told")
}

fn assert_placed(capture: &Capture) {
    let Position::Fixed(fix) = &capture.position else { panic!("{:?}", capture.position) };
    assert_eq!(fix.point, GeoPoint::from_degrees(36.456_12, 115.985_41).expect("a point"));
    assert_eq!((fix.accuracy, fix.doubts.len()), (Metres(12), 0), "{fix:?}");
}

/// The interval holds what this test's own clock, which is the server's too, says.
fn assert_bounded(photo: &PhotoManifest, receipt: &SignedReceipt, began: xunan_core::clock::Instant) {
    let time = &capture_of(photo).time;
    let anchor = time.anchor.as_ref().expect("the server's signed time");
    let said = xunan_core::log::SignedServerTime::parse(&anchor.token).expect("a time token").payload().at;
    let came = receipt.receipt().came();
    let bounds = TimeBounds::of(time, None, Some(said), Some(came));
    let clocked = bounds.clocked.expect("nothing contradicts");
    assert!(clocked.contains(photo.taken), "{bounds:?} does not hold {}", photo.taken);
    assert!(began <= photo.taken && photo.taken <= came.at);
    assert!(came.page.is_some(), "the push says what the page's clock was");
    assert!(time.jumps.is_empty());
}

fn assert_marked_with(capture: &Capture, facility: &str) {
    let marked = capture.steps.iter().find_map(|step| match step {
        PhotoStep::Marked { lines } => Some(lines),
        _ => None,
    });
    let lines = marked.expect("lines were drawn");
    assert_eq!(lines.len(), 4);
    assert!(lines[1].contains(facility), "{lines:?}");
    assert!(matches!(capture.steps.last(), Some(PhotoStep::Encoded { .. })));
}

/// The verifier sees both pictures side by side, and what backs one of them.
async fn see_at_the_desk(scene: &Scene, visit: &str) {
    let profile = tempfile::tempdir().expect("a folder");
    let browser = Browser::open(profile.path(), Screen::Desktop).await;
    browser.go(&format!("{}/desk", scene.origin)).await;
    sign_in_on(&browser, demo::SUPERVISOR).await;
    browser.see(".table tbody a").await;
    browser.go(&format!("{}/desk/visits/{visit}", scene.origin)).await;
    browser.see(".photo-pair img").await;
    browser.see_text("同一文件").await;
    look(&browser, "desk-photo-used-twice").await;
    browser.press_css(".record-photos .record-photo").await;
    browser.see("dialog[open] [data-kind=evidence]").await;
    browser.see_text("实际在").await;
    look(&browser, "desk-photo-evidence").await;

    // The record can be read also when this one question is not answered.
    scene.network.set_rule(|request| match request.path.ends_with("/reuse") {
        true => Fate::Answered { status: 500, content_type: "text/plain", headers: "", body: "oops" },
        false => Fate::Through,
    });
    browser.go(&format!("{}/desk/visits/{visit}", scene.origin)).await;
    browser.see(".record").await;
    browser.see_text("没有查到照片是否在别处出现过").await;
    browser.close().await;
}
