//! Before a visit the page says what it will need and, by a real write, whether that fits; and it refuses nothing.

use std::time::Duration;

use serde_json::json;
use xunan_e2e::browser::Browser;
use xunan_e2e::browser_kill::used_bytes;
use xunan_e2e::demo;
use xunan_e2e::network::Fate;
use xunan_e2e::pages::{open_signed_in, ready_offline};
use xunan_e2e::scene::Scene;
use xunan_e2e::shell::FIELD;
use xunan_e2e::sights::look;

#[tokio::test(flavor = "multi_thread")]
async fn before_a_visit_its_need_is_told_and_tried_and_a_phone_that_is_full_can_begin_all_the_same() {
    let scene = Scene::set().await;
    let browser = scene.inspectors_phone().await;
    scene.network.take_away();
    browser.go(&format!("{}/start", scene.origin)).await;
    browser.click("a.card, a.row, .card a, .rows a", demo::ELDERLY_HOME).await;
    browser.see_text("试写过，放得下").await;
    let page = browser.client().current_url().await.expect("a page").to_string();
    let usual = needed(&browser).await;
    look(&browser, "preflight-fits").await;
    browser.click(".choice", "重大隐患专项").await;
    browser.see_text("试写过，放得下").await;
    let short = needed(&browser).await;
    assert!(
        short.0 < usual.0 && short.1 < usual.1,
        "the short list needs {short:?}, the usual one {usual:?}"
    );
    assert_eq!(browser.count(".line .tag").await, 3, "room, whether it is kept, whether it is installed");

    let browser = reopen_nearly_full(browser, &scene.origin, &page).await;
    browser.one_of("main", &["放不下。请先上传或导出待传的内容，或腾出空间；文字仍能存。"]).await;
    look(&browser, "preflight-full").await;
    browser.click("button", "进入检查").await;
    browser.see(".item-card").await;
    browser.close().await;
}

/// An order on site is issued under what the region decided: a phone that has everything else is not ready yet.
#[tokio::test(flavor = "multi_thread")]
async fn the_lamp_waits_for_what_the_region_decides() {
    let scene = Scene::set().await;
    scene.network.set_rule(|request| match request.path.as_str() {
        "/api/region-rules" => Fate::Answered {
            status: 503,
            content_type: "application/json",
            headers: "",
            body: r#"{"code":"unavailable"}"#,
        },
        _ => Fate::Through,
    });
    let browser = scene.new_phone().await;
    open_signed_in(&browser, &scene.origin, demo::INSPECTOR).await;
    FIELD.assert_whole(&browser).await;
    browser.go(&format!("{}/facilities", scene.origin)).await;
    browser.see_text(demo::CEMETERY).await;
    // Long enough for everything else to be looked at.
    tokio::time::sleep(Duration::from_secs(3)).await;
    let page = browser.text().await;
    assert!(page.contains("还不能离线"), "{page}");
    let asked = scene.network.take_seen();
    assert!(asked.iter().any(|request| request.path == "/api/region-rules"), "it was asked for");
    scene.network.give_back();
    browser.go(&scene.origin).await;
    ready_offline(&browser).await;
    browser.close().await;
}

/// Photos and megabytes that the page names.
async fn needed(browser: &Browser) -> (u64, u64) {
    let script = "return /最多约 (\\d+) 张照片、(\\d+) MB/.exec(document.body.innerText)?.slice(1).map(Number) ?? null";
    let found = browser.run(script, vec![]).await;
    serde_json::from_value(found.clone()).unwrap_or_else(|error| panic!("{error} in {found}"))
}

/// Kills the browser and opens it again with room for text, and not for the photos of a visit.
async fn reopen_nearly_full(browser: Browser, origin: &str, page: &str) -> Browser {
    // What is used is counted right by a new browser only, and believed by it from before the page on.
    let browser = browser.kill_and_reopen().await;
    browser.go(page).await;
    browser.see_text("最多约").await;
    let browser = browser.kill_and_reopen().await;
    let used_bytes = used_bytes(&browser, origin).await;
    let quota = json!({ "origin": origin, "quotaSize": used_bytes + 3_000_000 });
    browser.dev_tools("Storage.overrideQuotaForOrigin", quota).await;
    browser.go(page).await;
    browser
}
