//! What has waited for more than three days is urged, in words, on Today and in the outbox; and no longer once it is sent.

use std::time::Duration;

use xunan_e2e::browser::Browser;
use xunan_e2e::demo;
use xunan_e2e::page_clock;
use xunan_e2e::pages::{Outbox, issue_short_visit};
use xunan_e2e::scene::Scene;
use xunan_e2e::sights::look;

const HOUR: Duration = Duration::from_secs(60 * 60);

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_more_than_three_days_is_urged_in_words_until_it_is_sent() {
    let scene = Scene::set().await;
    let browser = scene.inspectors_phone().await;
    scene.network.take_away();
    issue_short_visit(&browser, &scene.origin, demo::CEMETERY).await;

    page_clock::set_ahead(&browser, 71 * HOUR).await;
    browser.go(&scene.origin).await;
    browser.one_of(".waiting", &["待传 1 件"]).await;
    assert_eq!(urged(&browser).await, "", "not before the three days are over");

    page_clock::set_ahead(&browser, 73 * HOUR).await;
    browser.go(&scene.origin).await;
    browser.one_of(".banner[data-kind=warning]", &["最早的一件已经等了 3 天"]).await;
    assert!(urged(&browser).await.contains("有等了三天以上的"), "the tab says it to screen readers too");
    look(&browser, "today-waiting-long").await;
    browser.click(".banner[data-kind=warning] a", "待传").await;
    browser.see(".parcel").await;
    browser.one_of("main .banner[data-kind=warning]", &["最早的一件已经等了 3 天"]).await;
    look(&browser, "outbox-waiting-long").await;

    scene.network.give_back();
    let outbox = Outbox(&browser);
    outbox.open(&scene.origin).await;
    outbox.everything_arrived().await;
    assert!(!browser.text().await.contains("已经等了"), "{}", browser.text().await);
    browser.gone(".tab-count").await;
    browser.close().await;
}

/// What the tab of the outbox says of what has waited for long, while something waits.
async fn urged(browser: &Browser) -> String {
    let script = "return document.querySelector('.tab-count[data-urged]')?.textContent ?? ''";
    browser.see(".tab-count").await;
    browser.run(script, vec![]).await.as_str().unwrap_or_default().to_owned()
}
