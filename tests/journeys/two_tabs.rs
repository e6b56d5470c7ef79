//! The same visit in two tabs: one writes, the other reads until it is asked to take over or the other is gone, and nothing
//! is lost.

use xunan_e2e::demo;
use xunan_e2e::pages::Walk;
use xunan_e2e::scene::Scene;

#[tokio::test(flavor = "multi_thread")]
async fn a_second_tab_reads_until_it_takes_over_and_what_both_wrote_is_there() {
    let scene = Scene::set().await;
    let browser = scene.inspectors_phone().await;
    let walk = Walk(&browser);
    walk.start_at(&scene.origin, demo::ELDERLY_HOME).await;
    let visit = browser.client().current_url().await.expect("a page").to_string();
    let items: Vec<_> = walk.items().await.into_iter().filter(|item| item.has_marks).collect();
    walk.pass(&items[0].id).await;
    walk.saved().await;

    browser.open_tab(&visit).await;
    browser.see_text("正在另一个窗口填写").await;
    browser.press_css(&format!("[id='item-{}'] .answer[data-answer=pass]", items[1].id)).await;
    assert_eq!(walk.answers().await.len(), 1, "a tab that only reads writes nothing");
    browser.click("button", "在此继续").await;
    browser.gone(".banner").await;
    walk.pass(&items[1].id).await;
    walk.saved().await;
    browser.go(&visit).await;
    browser.see(".item-card").await;
    assert_eq!(walk.answers().await.len(), 2, "what both tabs wrote is there");

    let writing = browser.tab().await;
    browser.open_tab(&visit).await;
    browser.see_text("正在另一个窗口填写").await;
    browser.close_tab(writing).await;
    browser.gone(".banner").await;
    walk.pass(&items[2].id).await;
    walk.saved().await;
    assert_eq!(walk.answers().await.len(), 3, "a tab that read goes on by itself when the other is closed");
    browser.close().await;
}
