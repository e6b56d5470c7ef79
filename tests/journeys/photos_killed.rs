//! The page is killed at every step from the shutter to the stored photo: what was kept is there, and what was not is said.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
use xunan_e2e::browser::Browser;
use xunan_e2e::browser_kill::{LAST_PHOTO_WRITE_REFUSED, photos_on_disk, photos_on_disk_when};
use xunan_e2e::demo;
use xunan_e2e::pages::Walk;
use xunan_e2e::scene::Scene;

/// A step at which the page is held, how it is seen to be there, and what the next page says of it.
struct Step {
    name: &'static str,
    hold: &'static str,
    reached: Reached,
    said: Said,
}

/// How a step is seen.
enum Reached {
    /// By what is on disk: presses and frames.
    OnDisk { shots: usize, frames: usize },
    /// By the page that is held: its database answers nobody meanwhile, or has more than the page knows.
    Held,
}

/// Every step from the press until the page has heard that the photo is stored.
const STEPS: [Step; 4] = [
    Step {
        name: "noted, and no frame yet",
        hold: "HTMLCanvasElement.prototype.toBlob = () => {};",
        reached: Reached::OnDisk { shots: 1, frames: 0 },
        said: Said { kept: 0, recovered: 0, lost: 1 },
    },
    Step {
        name: "the frame kept, and the worker at work",
        hold: "Worker.prototype.postMessage = () => {};",
        reached: Reached::OnDisk { shots: 1, frames: 1 },
        said: Said { kept: 0, recovered: 1, lost: 0 },
    },
    Step {
        name: "all of the photo written, and its transaction not committed",
        hold: UNCOMMITTED,
        reached: Reached::Held,
        said: Said { kept: 0, recovered: 1, lost: 0 },
    },
    Step {
        name: "the photo committed, and the page not told",
        hold: UNTOLD,
        reached: Reached::Held,
        said: Said { kept: 1, recovered: 0, lost: 0 },
    },
];

/// The transaction that stores a photo asks one thing after the other, and so never ends.
const UNCOMMITTED: &str = "
    const ofPhoto = (transaction) => transaction.objectStoreNames.contains('photos') && transaction.mode === 'readwrite';
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...given) {
        const asked = put.apply(this, given);
        if (this.name === 'photos') {
            const again = () => {
                this.count().onsuccess = again;
                self.asked = (self.asked ?? 0) + 1;
                if (self.asked > 20) self.held = true;
            };
            again();
        }
        return asked;
    };
    const commit = IDBTransaction.prototype.commit;
    IDBTransaction.prototype.commit = function () { if (!ofPhoto(this)) commit.call(this); };";

/// The transaction that stores a photo is on disk, and nobody in the page hears of it.
const UNTOLD: &str = "
    const begin = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (...given) {
        const transaction = begin.apply(this, given);
        if (transaction.objectStoreNames.contains('photos') && transaction.mode === 'readwrite')
            transaction.addEventListener('complete', (event) => {
                event.stopImmediatePropagation();
                self.held = true;
            });
        return transaction;
    };";

/// Milliseconds from the press of the shutter to the kill, wherever that is.
const KILLED_AFTER_MS: [u64; 6] = [0, 20, 80, 250, 700, 2000];

/// What the page says of a kill: photos kept while the camera was open, those completed now, those that were lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
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
    let mut stored = 0;
    for Step { name, hold, reached, said: expected } in STEPS {
        browser.dev_tools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": hold })).await;
        browser.go(&visit).await;
        browser.see(".item-card").await;
        Walk(&browser).open_camera(&item).await;
        browser.see("dialog.camera[open] .shutter:not(:disabled)").await;
        // Past the camera's first frames, which may be blank and would be refused.
        tokio::time::sleep(Duration::from_secs(3)).await;
        Walk(&browser).press_shutter().await;
        match reached {
            Reached::OnDisk { shots, frames } => {
                photos_on_disk_when(&browser, name, |disk| (disk.shots, disk.frames) == (shots, frames))
                    .await;
            }
            Reached::Held => browser.becomes("return self.held === true", &true.into()).await,
        }
        let (next, said) = kill_and_look(browser, &visit, &mut stored, name).await;
        browser = next;
        assert_eq!(said, expected, "{name}");
    }
    for after in KILLED_AFTER_MS {
        let walk = Walk(&browser);
        walk.open_camera(&item).await;
        walk.photograph_until("已存第 1 张").await;
        walk.press_shutter().await;
        tokio::time::sleep(Duration::from_millis(after)).await;
        let when = format!("{after} ms after the press");
        let (next, said) = kill_and_look(browser, &visit, &mut stored, &when).await;
        browser = next;
        // The one whose thumbnail was seen is there; of the one that was pressed the page says what became of it, unless
        // the kill came before its note.
        assert!((1..=2).contains(&(said.kept + said.recovered)), "{when}: {said:?}");
        assert!(said.kept + said.recovered + said.lost <= 2, "{when}: {said:?}");
    }
    browser.go(&visit).await;
    browser.see(".item-card").await;
    assert_eq!(browser.count(".banner").await, 0, "what was understood is not said again");
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_that_the_storage_refused_at_its_last_step_is_completed_later_or_left_out() {
    let scene = Scene::set().await;
    let browser = scene.inspectors_phone().await;
    scene.network.take_away();
    Walk(&browser).start_short_at(&scene.origin, demo::CEMETERY).await;
    let visit = browser.client().current_url().await.expect("a page").to_string();
    let item = Walk(&browser).items().await.into_iter().find(|item| item.has_marks).expect("an item").id;
    Walk(&browser).pass(&item).await;
    browser
        .dev_tools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": LAST_PHOTO_WRITE_REFUSED }))
        .await;
    browser.go(&visit).await;
    browser.see(".item-card").await;
    Walk(&browser).open_camera(&item).await;
    browser.see("dialog.camera[open] .shutter:not(:disabled)").await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    Walk(&browser).press_shutter().await;
    browser.one_of("dialog.camera[open] [role=status]", &["下次打开这次检查时会补存"]).await;
    let (browser, said) = kill_and_look(browser, &visit, &mut 0, "after the storage had refused").await;
    assert_eq!((said.kept, said.recovered, said.lost), (0, 1, 0));
    is_stored_again_or_left_out_before_anybody_signs(&browser, &item).await;
    browser.close().await;
}

/// One more that is refused is stored as soon as there is room; another one keeps everybody from signing until it is left out.
async fn is_stored_again_or_left_out_before_anybody_signs(browser: &Browser, item: &str) {
    let walk = Walk(browser);
    let stored = format!("[id='item-{item}'] .photo img[src^='blob:']");
    browser.run(LAST_PHOTO_WRITE_REFUSED, vec![]).await;
    refuse_one(browser, item).await;
    browser.click(".banner .button", "再存一次").await;
    browser.see_text("签名前请再存一次").await;
    assert_eq!(browser.count(&stored).await, 1, "refused once more");
    browser.run("self.roomAgain = true", vec![]).await;
    browser.click(".banner .button", "再存一次").await;
    browser.becomes(&format!("return document.querySelectorAll(\"{stored}\").length"), &2.into()).await;
    browser.gone(".banner").await;

    browser.run("self.roomAgain = false", vec![]).await;
    refuse_one(browser, item).await;
    for other in walk.items().await.iter().filter(|other| other.id != item) {
        walk.not_applicable(other).await;
    }
    walk.saved().await;
    walk.review().await;
    browser.see_text("签名前请再存一次").await;
    browser.picture("photo-refused-before-signing-phone").await;
    assert_eq!(browser.count(".signers").await, 0, "nobody signs what may change");
    browser.click(".banner .button", "不要这张").await;
    browser.see(".signers").await;
    let disk = photos_on_disk(browser).await;
    assert_eq!((disk.parts, disk.shots, disk.frames), (2, 0, 0), "what was left out is gone");
}

/// Takes a photo that the storage refuses.
async fn refuse_one(browser: &Browser, item: &str) {
    let walk = Walk(browser);
    walk.open_camera(item).await;
    browser.see("dialog.camera[open] .shutter:not(:disabled)").await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    walk.press_shutter().await;
    browser.one_of("dialog.camera[open] [role=status]", &["下次打开这次检查时会补存"]).await;
    walk.close_camera().await;
}

/// Kills the browser, comes back to the visit, and compares what is said with what is on disk.
async fn kill_and_look(browser: Browser, visit: &str, stored: &mut usize, when: &str) -> (Browser, Said) {
    let browser = browser.kill_and_reopen().await;
    browser.go(visit).await;
    browser.see(".banner .button").await;
    let said = what_is_said(&browser).await;
    let disk = photos_on_disk(&browser).await;
    assert!(disk.named.is_subset(&disk.kept), "killed {when}, a photo is half there");
    assert_eq!(disk.parts, *stored + said.kept + said.recovered, "killed {when}: {said:?}");
    *stored = disk.parts;
    browser.picture("photos-after-a-kill-phone").await;
    browser.click(".banner .button", "知道了").await;
    browser.gone(".banner .button").await;
    (browser, said)
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
    let mut heaps = Vec::new();
    for _ in 0..6 {
        walk.photograph(&item, 10).await;
        heaps.push(heap_bytes(&browser).await);
    }
    let (early, late) = (heaps[0], heaps[5]);
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
