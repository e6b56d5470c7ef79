//! 随手拍 on any phone: what a citizen sends by a page without scripts reaches the office, and the link tells the citizen.

use serde_json::{Value, json};
use xunan_core::ids::FacilityId;
use xunan_core::ledger::Row;
use xunan_core::sync::{DueSnap, Pulled, SnapsPage};
use xunan_e2e::browser::{Browser, Screen};
use xunan_e2e::demo;
use xunan_e2e::http::Http;
use xunan_e2e::jpeg;
use xunan_e2e::pages::{SnapForm, Told};
use xunan_e2e::server::Server;
use xunan_e2e::sights::look;

const WORDS: &str = "二楼疏散门用链条锁着，推不开";

/// From now on scripts of pages run in this tab, or none does; the driver's own do in any case.
pub(super) async fn scripts(browser: &Browser, run: Scripts) {
    let disabled = json!({ "value": run == Scripts::Off });
    browser.dev_tools("Emulation.setScriptExecutionDisabled", disabled).await;
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Scripts {
    On,
    Off,
}

/// What the phone's owner prefers: the page follows the phone, and has no switch of its own.
async fn prefer(browser: &Browser, scheme: &str) {
    let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
    browser.dev_tools("Emulation.setEmulatedMedia", features).await;
}

/// Looks at the page. The judge of accessibility is a script with timers: for as long as it looks, scripts run.
pub(super) async fn look_on(browser: &Browser, name: &str) {
    scripts(browser, Scripts::On).await;
    look(browser, name).await;
    scripts(browser, Scripts::Off).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_citizen_reports_without_scripts_follows_the_link_and_the_office_has_it_in_its_queue() {
    let (data, profile) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let server = Server::start(data.path()).await;
    let origin = format!("http://localhost:{}", server.port());
    let browser = Browser::open(profile.path(), Screen::Phone).await;
    scripts(&browser, Scripts::Off).await;
    browser.go(&format!("{origin}/snap")).await;
    look_on(&browser, "snap-form").await;
    prefer(&browser, "dark").await;
    look_on(&browser, "snap-form-at-night").await;
    prefer(&browser, "light").await;

    // What is missing is said on top, and what was typed stays: only spaces where the place should be.
    browser.press_css("input[name=category][value=way_out]").await;
    browser.type_into("#words", WORDS).await;
    browser.type_into("#address", "   ").await;
    browser.press_css("form > button").await;
    browser.one_of(".wrong", &["您写的字还在下面"]).await;
    assert_eq!(browser.run("return document.querySelector('#words').value", vec![]).await, WORDS);
    look_on(&browser, "snap-form-wrong").await;

    // Whoever has no code finds the institution by a part of its name.
    browser.go(&format!("{origin}/snap")).await;
    browser.click("a", "先找到机构（填写之前点这里）").await;
    browser.see_text("机构名称里的几个字").await;
    let part: String = demo::CEMETERY.chars().skip(3).take(2).collect();
    browser.type_into("#q", &part).await;
    browser.press_css("form > button").await;
    browser.click("a", demo::CEMETERY).await;
    browser.see_text(&format!("机构：{}", demo::CEMETERY)).await;
    browser.go(&format!("{origin}/snap/where?q={part}")).await;
    browser.see_text(demo::CEMETERY).await;
    look_on(&browser, "snap-where").await;

    // Whoever does not know whether it counts looks it up.
    browser.go(&format!("{origin}/snap/know?type=cemetery&grade=major")).await;
    browser.see_text("不符合：重大隐患").await;
    look_on(&browser, "snap-know").await;

    // Somebody scans the code on the poster of an institution.
    let office = Http::to_port(server.port()).signed_in(demo::SUPERVISOR, demo::PASSWORD).await;
    let facility = facility_named(&office, demo::CEMETERY).await;
    browser.go(&format!("{origin}/snap/poster?f={facility}")).await;
    browser.see_text(&format!("{origin}/snap?f={facility}")).await;
    look_on(&browser, "snap-poster").await;
    browser.go(&format!("{origin}/snap?f={facility}")).await;
    browser.see_text(demo::CEMETERY).await;
    let photo = jpeg::camera_photo(1);
    let told = Told { category: "way_out", words: WORDS, address: "人民路 12 号二楼", photo: &photo };
    let form = SnapForm(&browser);
    form.send(&told).await;
    look_on(&browser, "snap-sent").await;
    let link = form.link().await;
    assert!(link.starts_with(&format!("{origin}/snap/f/")), "{link}");
    let code = form.code().await;
    browser.go(&link).await;
    browser.see_text(WORDS).await;
    look_on(&browser, "snap-followed").await;
    asked_by_code(&browser, &origin, &code).await;
    browser.go(&format!("{link}x")).await;
    assert!(!browser.text().await.contains(WORDS), "another link opens nothing");
    in_the_queue(&server, &office).await;
    browser.close().await;
}

async fn facility_named(office: &Http, name: &str) -> FacilityId {
    let pulled: Pulled<Row> = office.get("/api/pull?after=0&limit=300").await.json();
    let named = pulled.rows.into_iter().find_map(|row| match row {
        Row::Facility(card) if card.name == name => Some(card.id),
        _ => None,
    });
    named.expect("an institution of the demo county")
}

async fn asked_by_code(browser: &Browser, origin: &str, code: &Value) {
    browser.go(&format!("{origin}/snap/code")).await;
    browser.type_into("input[name=code]", code.as_str().expect("digits")).await;
    look_on(browser, "snap-code").await;
    browser.press_css("form > button").await;
    browser.see_text("办理进展").await;
    assert!(!browser.text().await.contains(WORDS), "a code that is said aloud opens no words");
}

/// The office of the county has it, with a photo of which no metadata is left; that of another township has not.
async fn in_the_queue(server: &Server, office: &Http) {
    let page: SnapsPage = office.get("/api/snaps").await.json();
    let [DueSnap { snap, due }] = page.snaps.as_slice() else { panic!("{page:?}") };
    assert_eq!(snap.report.words.to_string(), WORDS);
    assert!(due.is_some(), "it has to be accepted in time");
    let photo = office.get(&format!("/api/photos/{}", snap.report.photos[0].stored.hex())).await;
    assert!(photo.status.is_success(), "{}", photo.status);
    assert!(!photo.body.windows(4).any(|part| part == b"Exif"), "nothing of the camera is left");
    let elsewhere = Http::to_port(server.port()).signed_in(demo::TOWNSHIP, demo::PASSWORD).await;
    let page: SnapsPage = elsewhere.get("/api/snaps").await.json();
    assert_eq!(page.snaps.len(), 0);
}
