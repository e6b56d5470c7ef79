//! What somebody writes on the citizen's form 随手拍 is in the report that they write, and in no other: also what they write before an
//! earlier draft is back, and when they go on with another one.

use serde_json::{Value, json};
use xunan_e2e::browser::{Browser, Screen};
use xunan_e2e::demo;
use xunan_e2e::household::Office;
use xunan_e2e::server::Server;

use super::snap_ready::becomes_ready_when_told;
use super::snap_triage::County;

const WORDS: &str = "return document.querySelector('#words').value";
const TELEPHONE: &str = "return document.querySelector('#telephone').value";
const BEGUN: &str = "return document.querySelector('#report').elements.token.value === history.state?.draft";

/// What of a field is on the disk, of each draft in the order of their texts.
async fn kept(browser: &Browser, field: &str) -> Value {
    let script = "const [name, done] = arguments;
        const of = (it) => (it.fields.find(([field]) => field === name) || ['', ''])[1];
        self.xunanKept.drafts().then((drafts) => done(drafts.map(of).sort()));";
    browser.run_async(script, vec![json!(field)]).await
}

async fn until_kept(browser: &Browser, field: &str, texts: &Value) {
    browser.wait("what is on the disk", async || (kept(browser, field).await == *texts).then_some(())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_before_the_draft_is_back_joins_it_and_is_kept() {
    let (data, profile) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let server = Server::start(data.path()).await;
    let form = format!("http://localhost:{}/snap", server.port());
    let browser = Browser::open(profile.path(), Screen::Phone).await;
    browser.go(&form).await;
    browser.becomes(BEGUN, &json!(true)).await;
    browser.type_into("#words", "三楼漏水").await;
    browser.type_into("#address", "样例路 3 号").await;
    until_kept(&browser, "address", &json!(["样例路 3 号"])).await;

    browser.go("about:blank").await;
    becomes_ready_when_told(&browser).await;
    browser.go(&form).await;
    browser.type_into("#words", "二楼也有").await;
    browser.press_css("input[name=category][value=gas]").await;
    browser.run("self.begin()", vec![]).await;
    browser.becomes(WORDS, &json!("三楼漏水\n二楼也有")).await;
    browser.becomes("return document.querySelector('#address').value", &json!("样例路 3 号")).await;
    until_kept(&browser, "words", &json!(["三楼漏水\n二楼也有"])).await;
    assert_eq!(kept(&browser, "category").await, json!(["gas"]));

    // The page is loaded again: the browser has put back what stood there, and it is there once.
    browser.run("self.isLeft = true; location.reload()", vec![]).await;
    browser.becomes("return !self.isLeft && typeof self.begin === 'function'", &json!(true)).await;
    browser.run("self.begin()", vec![]).await;
    browser.becomes(BEGUN, &json!(true)).await;
    browser.becomes(WORDS, &json!("三楼漏水\n二楼也有")).await;
    assert_eq!(kept(&browser, "words").await, json!(["三楼漏水\n二楼也有"]));
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_goes_on_with_another_draft_takes_nothing_of_this_one_along_and_loses_nothing_of_it() {
    let (data, profile) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let server = Server::start(data.path()).await;
    let facility = County { office: Office::of(&server).await }.facility(demo::CEMETERY).await;
    let form = format!("http://localhost:{}/snap", server.port());
    let browser = Browser::open(profile.path(), Screen::Phone).await;
    browser.go(&form).await;
    browser.becomes(BEGUN, &json!(true)).await;
    browser.type_into("#words", "楼道里有煤气味").await;
    until_kept(&browser, "words", &json!(["楼道里有煤气味"])).await;

    browser.go(&format!("{form}?f={facility}")).await;
    browser.see_text("还有一份没写完的报告").await;
    browser.type_into("#telephone", "0631-000000").await;
    browser.type_into("#words", "台阶松了").await;
    browser.click("#reports button", "接着写").await; // at once: the last letters are not on the disk yet
    browser.becomes(WORDS, &json!("楼道里有煤气味")).await;
    browser.becomes(TELEPHONE, &json!("")).await;
    assert_eq!(kept(&browser, "words").await, json!(["台阶松了", "楼道里有煤气味"]));

    browser.click("#reports button", "接着写").await;
    browser.becomes(WORDS, &json!("台阶松了")).await;
    browser.becomes(TELEPHONE, &json!("0631-000000")).await;
    browser.close().await;
}
