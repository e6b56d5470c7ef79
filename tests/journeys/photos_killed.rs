//! The page is killed at every step from the shutter to the stored photo: what was kept is there, and what was not is said.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
use xunan_e2e::browser::Browser;
use xunan_e2e::browser_kill::photos_on_disk;
use xunan_e2e::demo;
use xunan_e2e::pages::Walk;
use xunan_e2e::scene::Scene;

/// Milliseconds from the press of the shutter to the kill: before the note, between note and frame, while the worker
/// prepares, while it is stored, and long after.
const KILLED_AFTER_MS: [u64; 12] = [0, 3, 6, 10, 20, 35, 60, 100, 160, 260, 450, 1500];

/// What the page says of a kill: photos kept while the camera was open, those completed now, those that were lost.
#[derive(Debug, Deserialize)]
struct Said {
    kept: usize,
    recovered: usize,
    lost: usize,
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_step_a_photo_is_kept_whole_or_said_to_be_lost() {
    let scene = Scene::set().await;
    let mut browser = scene.inspectors_phone().await;
    scene.network.take_away();
    Walk(&browser).start_short_at(&scene.origin, demo::CEMETERY).await;
    let visit = browser.client().current_url().await.expect("a page").to_string();
    let item = Walk(&browser).items().await.into_iter().find(|item| item.has_marks).expect("an item").id;
    Walk(&browser).pass(&item).await;
    Walk(&browser).saved().await;
    let (mut stored, mut recovered, mut lost) = (0, 0, 0);
    for after in KILLED_AFTER_MS {
        let walk = Walk(&browser);
        walk.open_camera(&item).await;
        // Past the camera's first frames, which may be blank and are refused.
        walk.photograph_until("已存第 1 张").await;
        walk.press_shutter().await;
        tokio::time::sleep(Duration::from_millis(after)).await;
        browser = browser.kill_and_reopen().await;
        browser.go(&visit).await;
        browser.see(".banner .button").await;
        let said = what_is_said(&browser).await;
        let disk = photos_on_disk(&browser).await;
        assert_eq!(disk.frames, 0, "killed after {after} ms, every frame has become a photo");
        assert!(disk.named.is_subset(&disk.kept), "killed after {after} ms, a photo is half there");
        assert_eq!(disk.parts, stored + said.kept + said.recovered, "killed after {after} ms: {said:?}");
        // The one whose thumbnail was seen is there; of the one that was pressed the page says what became of it, unless
        // the kill came before its note.
        assert!((1..=2).contains(&(said.kept + said.recovered)), "killed after {after} ms: {said:?}");
        assert!(said.kept + said.recovered + said.lost <= 2, "killed after {after} ms: {said:?}");
        (stored, recovered, lost) = (disk.parts, recovered + said.recovered, lost + said.lost);
        browser.picture("photos-after-a-kill-phone").await;
        browser.click(".banner .button", "知道了").await;
        browser.gone(".banner .button").await;
    }
    println!("{stored} photos, {recovered} of them completed after a kill; {lost} said to be lost");
    assert!(stored >= KILLED_AFTER_MS.len());
    browser.go(&visit).await;
    browser.see(".item-card").await;
    assert_eq!(browser.count(".banner").await, 0, "what was understood is not said again");
    browser.close().await;
}

/// Reads the three numbers that the banner tells.
async fn what_is_said(browser: &Browser) -> Said {
    let script = "const text = document.querySelector('.banner .button').closest('.banner').textContent;
        const [, kept, recovered] = /已存 (\\d+) 张，刚才补存 (\\d+) 张/.exec(text) ?? [null, -1, -1];
        return { kept: +kept, recovered: +recovered, lost: (text.match(/没有存上/g) ?? []).length };";
    let said = browser.run(script, vec![]).await;
    serde_json::from_value(said.clone()).unwrap_or_else(|error| panic!("{error} in {said}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn sixty_photos_in_a_row_leave_the_pages_heap_flat() {
    let scene = Scene::set().await;
    let browser = scene.inspectors_phone().await;
    scene.network.take_away();
    let walk = Walk(&browser);
    walk.start_short_at(&scene.origin, demo::CEMETERY).await;
    let item = walk.items().await.into_iter().find(|item| item.has_marks).expect("an item").id;
    walk.pass(&item).await;
    walk.open_camera(&item).await;
    let mut heaps = Vec::new();
    for upto in [10, 60] {
        walk.photograph_until(&format!("已存第 {upto} 张")).await;
        heaps.push(heap_bytes(&browser).await);
    }
    let [early, late] = heaps[..] else { panic!("two heaps") };
    println!("heap after 10 photos {early} bytes, after 60 {late}");
    // Fifty squares of the grid, with their names and addresses, and nothing of their pictures.
    assert!(late < early + 1_500_000, "{early} bytes, then {late}");
    browser.close().await;
}

/// The page's JavaScript heap in bytes, after its garbage is gone.
async fn heap_bytes(browser: &Browser) -> u64 {
    browser.dev_tools("HeapProfiler.collectGarbage", json!({})).await;
    let usage: Value = browser.dev_tools("Runtime.getHeapUsage", json!({})).await;
    usage["usedSize"].as_f64().map(|bytes| bytes as u64).unwrap_or_else(|| panic!("{usage}"))
}
