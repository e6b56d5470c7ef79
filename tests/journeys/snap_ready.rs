//! The citizen's form 随手拍 stays where it is under a finger: while it becomes ready, for which a slow phone needs seconds, and while
//! an earlier report arrives.

use serde_json::{Value, json};
use xunan_e2e::browser::{Browser, Screen};
use xunan_e2e::household::Office;
use xunan_e2e::network::Network;
use xunan_e2e::server::Server;
use xunan_e2e::{demo, jpeg};

use super::snap_triage::County;

/// The form's draft is not there before `self.begin()` is called.
const SLOW: &str = "const begun = new Promise((done) => { self.begin = done; });
    const { request } = LockManager.prototype;
    LockManager.prototype.request = function (...all) { return begun.then(() => request.apply(this, all)); };";

/// From now on each page of this browser waits for `self.begin()`.
pub(super) async fn becomes_ready_when_told(browser: &Browser) {
    browser.dev_tools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": SLOW })).await;
}

/// How far down on the page each thing lies that can be pressed or written into, in CSS pixels.
async fn places(browser: &Browser) -> Value {
    // The button for a recording stands where the field for one stood.
    let script =
        "return [...document.querySelectorAll('main :is(label, textarea, button, input:not([type=hidden]))')]
        .filter((it) => it.offsetParent)
        .map((it) => Math.round(it.getBoundingClientRect().top + scrollY))";
    browser.run(script, vec![]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_moves_from_under_a_finger_and_a_photo_that_is_picked_early_is_in_the_report() {
    let (data, profile) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let server = Server::start(data.path()).await;
    let facility = County { office: Office::of(&server).await }.facility(demo::CEMETERY).await;
    let form = format!("http://localhost:{}/snap?f={facility}", server.port());
    let browser = Browser::open(profile.path(), Screen::Phone).await;
    becomes_ready_when_told(&browser).await;
    for lang in ["zh", "en"] {
        browser.go(&format!("{form}&lang={lang}")).await;
        let before = places(&browser).await;
        browser.run("self.begin()", vec![]).await;
        browser.see("#opens-note:not([hidden])").await;
        assert_eq!(places(&browser).await, before, "{lang}");
    }

    let file = profile.path().join("photo.jpg");
    std::fs::write(&file, jpeg::camera_photo(3)).expect("the photo can be written");
    browser.go(&form).await;
    let picker = browser.see("#photo").await;
    picker.send_keys(&file.display().to_string()).await.expect("the file is picked");
    browser.run("self.begin()", vec![]).await;
    browser.becomes("return document.querySelector('#photo-list img')?.naturalWidth > 0", &json!(true)).await;
    assert_eq!(browser.count("#photo-list img").await, 1);
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_writes_a_second_report_does_not_see_the_form_move_when_the_first_arrives() {
    let (data, profile) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let server = Server::start(data.path()).await;
    let network = Network::in_front_of(server.port()).await;
    let browser = Browser::open(profile.path(), Screen::Phone).await;
    browser.go(&format!("{}/snap", network.origin())).await;
    browser.see("#opens-note:not([hidden])").await;
    network.take_away();
    browser.press_css("input[name=category][value=gas]").await;
    browser.type_into("#words", "楼道里有煤气味").await;
    browser.type_into("#address", "样例路 3 号").await;
    browser.press_css("form > button").await;
    browser.see_text("已存在这台手机上，还没有提交").await;

    browser.type_into("#words", "三楼").await;
    let top = "return Math.round(document.querySelector('#words').getBoundingClientRect().top)";
    let before = browser.run(top, vec![]).await;
    let height = "return document.querySelector('#reports').offsetHeight";
    let waiting = browser.run(height, vec![]).await;
    network.give_back();
    browser.run("window.dispatchEvent(new Event('online'))", vec![]).await;
    browser.wait("the number", async || (browser.count("#reports .number").await == 2).then_some(())).await;
    assert_ne!(browser.run(height, vec![]).await, waiting, "what is told of it has another length");
    assert_eq!(browser.run(top, vec![]).await, before);
    browser.close().await;
}
