//! The browser's database is damaged on disk between two openings: nothing of it is passed over in silence.
//! `cargo xtask faults storage` does it many more times.

use serde_json::json;
use xunan_e2e::browser::Browser;
use xunan_e2e::demo;
use xunan_e2e::pages::{Walk, sign_in_on};
use xunan_e2e::scene::Scene;
use xunan_e2e::sights::look;
use xunan_e2e::storage_damage::{Harm, Phone, Saw, Target, damage_by_chance};

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_database_is_whole_or_said_to_be_damaged_with_a_way_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let phone = Phone::with_work(folder.path()).await;

    let (saw, browser) = phone.damaged(Target::Current, Harm::Gone).await;
    assert_eq!(saw, Saw::Everything, "Chromium finds the manifest by itself");
    browser.kill().await;

    // The browser throws everything away: the next page must not look like the first day.
    let (saw, browser) = phone.damaged(Target::Journal, Harm::Riddled(64)).await;
    assert_eq!(saw, Saw::SaidLost);
    look(&browser, "storage-lost").await;
    let browser = browser.kill_and_reopen().await;
    browser.go(&phone.origin()).await;
    browser.see("[data-rescue=lost]").await;
    browser.click(".button", "知道了，继续使用").await;
    browser.see(".sign-in input[type=password]").await;
    browser.close().await;

    let browser = gone_back_to_earlier_writes(&phone).await;
    browser.click(".button", "知道了，继续使用").await;
    browser.gone("[data-rescue]").await;
    browser.kill().await;

    // The browser cannot even throw it away.
    let (saw, browser) = phone.damaged(Target::Manifest, Harm::Gone).await;
    assert_eq!(saw, Saw::SaidUnreadable);
    browser.see_text("还没有删除任何内容").await;
    look(&browser, "storage-unreadable").await;
    browser.click(".button", "导出读得出的内容").await;
    browser.see_text("没有可导出的内容").await;
    browser.click(".button", "清空，从头开始").await;
    browser.click("dialog[open] .button", "先不清空").await;
    browser.gone("dialog[open]").await;
    browser.click(".button", "清空，从头开始").await;
    browser.click("dialog[open] .button", "导出并清空").await;
    browser.see_text("请在浏览器设置里清除本网站的数据").await;
    browser.kill().await;
}

/// The browser goes back to what it had some writes ago. How far back the first of them lies that counts is the browser's affair:
/// until then everything is there, and as soon as one is missing that is said.
async fn gone_back_to_earlier_writes(phone: &Phone) -> Browser {
    for left in [960, 940, 920, 900, 880, 860, 840, 820, 800, 600, 300] {
        let (saw, browser) = phone.damaged(Target::Journal, Harm::CutOff(left)).await;
        if saw == Saw::SaidLost {
            return browser;
        }
        assert_eq!(saw, Saw::Everything, "with {left} thousandths of the journal");
        browser.kill().await;
    }
    panic!("with a third of the journal everything is still there");
}

#[tokio::test(flavor = "multi_thread")]
async fn however_the_database_is_damaged_nothing_is_passed_over_in_silence() {
    let folder = tempfile::tempdir().expect("a folder");
    let seen = damage_by_chance(folder.path(), 8, 20_261_128).await;
    println!("{seen:?}");
    assert_eq!(seen.values().sum::<u32>(), 8);
}

/// One record in the account's database makes no sense.
const ONE_UNREADABLE: &str = "
    const [done] = arguments;
    indexedDB.databases().then((all) => {
        const { name } = all.find(({ name }) => name.startsWith('xunan-'));
        const opening = indexedDB.open(name);
        opening.onsuccess = () => {
            const writing = opening.result.transaction('drafts', 'readwrite');
            writing.objectStore('drafts').put('{\"visit\":', 'zzz');
            writing.oncomplete = () => { opening.result.close(); done(true); };
        };
    });";

#[tokio::test(flavor = "multi_thread")]
async fn what_can_be_read_leaves_as_a_file_before_a_new_beginning() {
    let (folder, downloads) =
        (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let phone = Phone::with_work(folder.path()).await;
    let (_, browser) = phone.damaged(Target::Current, Harm::Gone).await;
    browser.run_async(ONE_UNREADABLE, vec![]).await;
    browser.go(&phone.origin()).await;
    browser.see("[data-rescue=unreadable]").await;
    let behaviour = json!({ "behavior": "allow", "downloadPath": downloads.path(), "eventsEnabled": false });
    browser.dev_tools("Browser.setDownloadBehavior", behaviour).await;
    browser.click(".button", "清空，从头开始").await;
    browser.click("dialog[open] .button", "导出并清空").await;
    browser.see(".sign-in input[type=password]").await;
    assert_has_all(&browser, downloads.path()).await;

    phone.give_network_back();
    browser.go(&phone.origin()).await;
    sign_in_on(&browser, demo::INSPECTOR).await;
    browser.see_text("今天没有安排").await;
    browser.close().await;
}

/// The archive lists the draft's parts and its photo; tar, not we, opens it.
async fn assert_has_all(browser: &Browser, folder: &std::path::Path) {
    let file = browser
        .wait("an archive", async || {
            let files = std::fs::read_dir(folder).ok()?.flatten().map(|file| file.path());
            files.into_iter().find(|file| file.extension().is_some_and(|extension| extension == "tar"))
        })
        .await;
    let list = tokio::process::Command::new("tar").arg("-tvf").arg(&file).output().await.expect("tar runs");
    let list = String::from_utf8_lossy(&list.stdout).into_owned();
    let photo = list.lines().find(|line| line.contains("/photos/")).unwrap_or_else(|| panic!("{list}"));
    let size: u64 = photo.split_whitespace().nth(2).and_then(|size| size.parse().ok()).unwrap_or(0);
    assert!(size > 5_000, "the photo's bytes: {photo}");
    for table in ["/parts/", "/drafts/", "/facts/", "/rows/"] {
        assert!(list.contains(table), "{table} in {list}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_leaves_on_purpose_is_not_taken_for_lost_also_when_the_browser_is_killed_at_once() {
    let scene = Scene::set().await;
    let browser = scene.inspectors_phone().await;
    scene.network.take_away();
    // A phone on which the app was before there was a witness.
    browser.run("localStorage.clear()", vec![]).await;
    let walk = Walk(&browser);
    walk.start_short_at(&scene.origin, demo::CEMETERY).await;
    let item = walk.items().await.into_iter().find(|item| item.has_marks).expect("an item").id;
    walk.pass(&item).await;
    walk.saved().await;
    // Closed as a person would, everything that was noted is on disk.
    browser.close().await;

    let browser = scene.new_phone().await;
    browser.go(&scene.origin).await;
    browser.click(".button", "放弃这次检查").await;
    browser.click("dialog[open] .button", "删除草稿").await;
    browser.becomes(NO_DRAFT, &json!(true)).await;
    // The note of the draft goes some seconds after the draft.
    let browser = browser.kill_and_reopen().await;
    browser.go(&scene.origin).await;
    browser.see("[data-storage=whole]").await;
    browser.becomes(NO_DRAFT, &json!(true)).await;

    browser.go(&format!("{}/me", scene.origin)).await;
    browser.click("main .button", "退出登录").await;
    browser.click("dialog[open] .button[data-kind=danger]", "退出登录").await;
    browser.see(".sign-in input[type=password]").await;
    let browser = browser.kill_and_reopen().await;
    browser.go(&scene.origin).await;
    browser.see("[data-storage=whole] .sign-in input[type=password]").await;
    browser.close().await;
}

/// The plans are here, and no draft is.
const NO_DRAFT: &str = "const page = document.body.innerText; return page.includes('派给我的计划') && !page.includes('放弃这次检查')";
