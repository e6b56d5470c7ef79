//! Every page, on a phone and on a desktop, in normal and elder mode: a picture to look at, and nothing for axe.

use serde_json::json;
use xunan_e2e::accessibility::assert_accessible;
use xunan_e2e::browser::{Browser, Screen};
use xunan_e2e::demo;
use xunan_e2e::network::Network;
use xunan_e2e::pages::{Walk, open_signed_in, ready_offline};
use xunan_e2e::server::Server;

/// The pages that need no visit, and their names.
const PLACES: [(&str, &str); 5] = [
    ("/", "today"),
    ("/facilities", "facilities"),
    ("/start", "start"),
    ("/outbox", "outbox"),
    ("/me", "me"),
];

/// The desk's pages.
const DESK: [(&str, &str); 5] = [
    ("/desk/visits", "desk-visits"),
    ("/desk/hazards", "desk-hazards"),
    ("/desk/plans", "desk-plans"),
    ("/desk/plans/new", "desk-new-plan"),
    ("/desk/facilities", "desk-facilities"),
];

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_on_any_page_in_either_mode() {
    let (data, profile) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let server = Server::start(data.path()).await;
    let network = Network::in_front_of(server.port()).await;
    let origin = network.origin();
    let browser = Browser::open(profile.path(), Screen::Phone).await;
    browser.go(&origin).await;
    browser.see("input[type=password]").await;
    look(&browser, "sign-in").await;
    open_signed_in(&browser, &origin, demo::INSPECTOR).await;
    ready_offline(&browser).await;
    for (path, name) in PLACES {
        browser.go(&format!("{origin}{path}")).await;
        browser.see("main").await;
        look(&browser, name).await;
    }
    let walk = Walk(&browser);
    walk.start_at(&origin, demo::ELDERLY_HOME).await;
    look(&browser, "walk").await;
    walk.fail("fire.exit.locked").await;
    look(&browser, "hazard").await;
    walk.fill_sheet().await;
    walk.review().await;
    look(&browser, "review").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_on_the_desk() {
    let (data, profile) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let server = Server::start(data.path()).await;
    let network = Network::in_front_of(server.port()).await;
    let origin = network.origin();
    let browser = Browser::open(profile.path(), Screen::Desktop).await;
    open_signed_in_desk(&browser, &origin).await;
    for (path, name) in DESK {
        browser.go(&format!("{origin}{path}")).await;
        browser.see("main h1").await;
        browser.picture(&format!("{name}-desktop")).await;
        assert_accessible(&browser, name).await;
    }
    browser.go(&format!("{origin}/desk/visits")).await;
    browser.press_css(".table tbody a").await;
    browser.see(".record").await;
    browser.picture("desk-visit-desktop").await;
    assert_accessible(&browser, "desk-visit").await;
    browser.close().await;
}

async fn open_signed_in_desk(browser: &Browser, origin: &str) {
    browser.go(&format!("{origin}/desk")).await;
    browser.type_into("input[autocomplete=username]", demo::SUPERVISOR).await;
    browser.type_into("input[type=password]", demo::PASSWORD).await;
    browser.click(".sign-in .button", "登录").await;
    browser.see("main h1").await;
}

/// A picture of the page in normal and elder mode, and axe's opinion of both.
async fn look(browser: &Browser, name: &str) {
    for mode in ["normal", "elder"] {
        let script = "document.documentElement.dataset.mode = arguments[0]";
        browser.run(script, vec![json!(mode)]).await;
        browser.picture(&format!("{name}-phone-{mode}")).await;
        assert_accessible(browser, &format!("{name} ({mode})")).await;
    }
    browser.run("document.documentElement.dataset.mode = 'normal'", vec![]).await;
}
