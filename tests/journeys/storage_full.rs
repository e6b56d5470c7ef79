//! The phone's storage is full: photos are refused with words, text is still stored, and everything can be exported.

use serde_json::json;
use xunan_e2e::browser::{Browser, Screen};
use xunan_e2e::demo;
use xunan_e2e::network::Network;
use xunan_e2e::pages::{Walk, open_signed_in, ready_offline};
use xunan_e2e::server::Server;

#[tokio::test(flavor = "multi_thread")]
async fn with_a_full_storage_ticks_are_still_stored_and_a_photo_is_refused_in_words() {
    let (data, profile) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let server = Server::start(data.path()).await;
    let network = Network::in_front_of(server.port()).await;
    let origin = network.origin();
    let browser = Browser::open(profile.path(), Screen::Phone).await;
    open_signed_in(&browser, &origin, demo::INSPECTOR).await;
    ready_offline(&browser).await;
    let walk = Walk(&browser);
    walk.start_at(&origin, demo::ELDERLY_HOME).await;
    let items: Vec<_> = walk.items().await.into_iter().filter(|item| item.has_marks).collect();
    let usage =
        browser.run_async("navigator.storage.estimate().then(it => arguments[0](it.usage))", vec![]).await;
    let quota = usage.as_u64().unwrap_or(0) + 20_000;
    browser
        .dev_tools("Storage.overrideQuotaForOrigin", json!({ "origin": origin, "quotaSize": quota }))
        .await;

    walk.open_camera(&items[0].id).await;
    walk.press_shutter().await;
    browser.see_text("空间").await;
    browser.picture("storage-full-phone").await;
    walk.close_camera().await;
    for item in &items[1..12] {
        walk.pass(&item.id).await;
        walk.saved().await;
    }
    let browser = browser.kill_and_reopen().await;
    browser.go(&origin).await;
    browser.see_text("继续").await;
    browser.click("a, button", "继续").await;
    browser.see(".item-card").await;
    assert_eq!(Walk(&browser).answers().await.len(), 11, "every tick was stored");
    browser.close().await;
}
