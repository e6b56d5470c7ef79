//! What everybody needs works in every engine that people have, Safari's and Firefox's too: a citizen's report and an inspector's
//! visit, both without a network, with the browser killed in the middle; and the desk. The visit is not walked in Safari's yet: there a
//! page that is left in the middle of a transaction goes on blocking the storage from the back-forward cache.

use serde_json::json;
use xunan_core::sync::SnapsPage;
use xunan_e2e::browser::{Browser, Engine, Screen};
use xunan_e2e::household::Office;
use xunan_e2e::network::Network;
use xunan_e2e::pages::{
    Outbox, Walk, open_signed_in, ready_offline, sign_and_issue, sign_in_again, sign_in_on,
};
use xunan_e2e::scene::Scene;
use xunan_e2e::server::Server;
use xunan_e2e::{demo, jpeg};

use super::snap_offline::{form_that_opens_offline, is_idle, kept_words, pick};
use super::walk_offline::the_only_visit_that_the_supervisor_received;

const WORDS: &str = "三楼楼道里有煤气味";

#[tokio::test(flavor = "multi_thread")]
async fn a_citizen_reports_without_a_network_in_safaris_engine() {
    a_citizen_reports(Engine::WebKit).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_citizen_reports_without_a_network_in_firefoxs_engine() {
    a_citizen_reports(Engine::Gecko).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_inspector_walks_and_signs_without_a_network_in_firefoxs_engine() {
    an_inspector_walks(Engine::Gecko).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_that_is_opened_for_the_first_time_offers_no_new_version_in_safaris_engine() {
    a_desk_is_opened(Engine::WebKit).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_that_is_opened_for_the_first_time_offers_no_new_version_in_firefoxs_engine() {
    a_desk_is_opened(Engine::Gecko).await;
}

async fn a_desk_is_opened(engine: Engine) {
    let profile = tempfile::tempdir().expect("a folder");
    let scene = Scene::set().await;
    let browser = Browser::open_in(engine, profile.path(), Screen::Desktop).await;
    browser.go(&format!("{}/desk", scene.origin)).await;
    sign_in_on(&browser, demo::SUPERVISOR).await;
    browser.see_text("收到的检查").await;
    browser.see_text("云溪县殡仪馆（演示）").await;
    browser.becomes("return navigator.serviceWorker.controller?.state", &json!("activated")).await;
    assert!(!browser.text().await.contains("新版本"), "it is the first one");
    browser.close().await;
}

async fn a_citizen_reports(engine: Engine) {
    let (data, profile) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let server = Server::start(data.path()).await;
    let network = Network::in_front_of(server.port()).await;
    let form = format!("{}/snap", network.origin());
    let browser = Browser::open_in(engine, profile.path(), Screen::Phone).await;
    form_that_opens_offline(&browser, &form).await;
    network.take_away();
    browser.press_css("input[name=category][value=gas]").await;
    browser.type_into("#address", "样例路 3 号").await;
    pick(&browser, "photo.jpg", &jpeg::camera_photo(3)).await;
    browser.type_into("#words", WORDS).await;
    browser.wait("the words on the disk", async || (kept_words(&browser).await == WORDS).then_some(())).await;

    let browser = browser.kill_and_reopen().await;
    browser.go(&form).await;
    browser.becomes("return document.querySelector('#words').value", &json!(WORDS)).await;
    browser.becomes("return document.querySelector('#photo-list img')?.naturalWidth > 0", &json!(true)).await;
    browser.press_css("form > button").await;
    browser.see_text("已存在这台手机上，还没有提交").await;

    is_idle(&browser).await;
    network.give_back();
    browser.click("#reports button", "现在提交").await;
    browser.see_text("已经收到，谢谢您").await;
    let office = Office::of(&server).await;
    let page: SnapsPage = office.0.http.get("/api/snaps").await.json();
    let [due] = page.snaps.as_slice() else { panic!("one report: {page:?}") };
    assert_eq!((due.snap.report.words.as_str(), due.snap.report.photos.len()), (WORDS, 1));
    browser.close().await;
}

async fn an_inspector_walks(engine: Engine) {
    let profile = tempfile::tempdir().expect("a folder");
    let scene = Scene::set().await;
    let browser = Browser::open_in(engine, profile.path(), Screen::Phone).await;
    open_signed_in(&browser, &scene.origin, demo::INSPECTOR).await;
    ready_offline(&browser).await;
    scene.network.take_away();

    let walk = Walk(&browser);
    walk.start_short_at(&scene.origin, demo::CEMETERY).await;
    let items = walk.items().await;
    let shown = items.iter().find(|item| item.has_marks).expect("an item with marks");
    walk.pass(&shown.id).await;
    let file = profile.path().join("photo.jpg");
    std::fs::write(&file, jpeg::camera_photo(3)).expect("the photo can be written");
    walk.pick_file(&shown.id, &file).await;
    walk.saved().await;

    let visit = browser.run("return location.href", vec![]).await;
    let browser = browser.kill_and_reopen().await;
    browser.go(visit.as_str().expect("an address")).await;
    let walk = Walk(&browser);
    for item in walk.items().await.iter().filter(|item| item.id != shown.id) {
        walk.not_applicable(item).await;
    }
    walk.saved().await;
    sign_and_issue(&browser).await;

    scene.network.give_back();
    sign_in_again(&browser, &scene.origin, demo::INSPECTOR).await;
    let outbox = Outbox(&browser);
    outbox.open(&scene.origin).await;
    outbox.everything_arrived().await;
    let record = the_only_visit_that_the_supervisor_received(&scene.server).await;
    let content = record.content();
    assert_eq!((content.facility_name.as_str(), content.photos.len()), (demo::CEMETERY, 1));
    assert_eq!(content.items.len(), items.len());
    browser.close().await;
}
