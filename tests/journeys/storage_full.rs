//! The phone's storage is full: photos are refused in words, text is still stored, a record can still be signed, and
//! all of it can be taken out as a file.

use std::path::Path;

use serde_json::json;
use tokio::process::Command;
use xunan_core::digest::Digest;
use xunan_core::log::{Body, SignedEntry};
use xunan_core::visit::VisitRecord;
use xunan_e2e::browser::Browser;
use xunan_e2e::browser_kill::used_bytes;
use xunan_e2e::demo;
use xunan_e2e::pages::{Outbox, Walk, sign_and_issue, sign_in_again};
use xunan_e2e::scene::Scene;
use xunan_e2e::server::binary;

#[tokio::test(flavor = "multi_thread")]
async fn with_a_full_storage_photos_are_refused_in_words_and_text_is_stored_signed_exported_and_sent() {
    let downloads = tempfile::tempdir().expect("a folder");
    let scene = Scene::set().await;
    let origin = &scene.origin;
    let browser = scene.inspectors_phone().await;
    scene.network.take_away();
    let walk = Walk(&browser);
    walk.start_short_at(origin, demo::CEMETERY).await;
    let visit = browser.client().current_url().await.expect("a page").to_string();
    let items = walk.items().await;
    let shown = items.iter().find(|item| item.has_marks).expect("an item with marks");
    walk.pass(&shown.id).await;
    walk.photograph(&shown.id, 1).await;

    let browser = reopen_full(browser, origin, &visit).await;
    let walk = Walk(&browser);
    walk.open_camera(&shown.id).await;
    let stored = walk.photograph_until("空间").await;
    browser.picture("storage-full-phone").await;
    walk.close_camera().await;
    for item in items.iter().filter(|item| item.id != shown.id) {
        walk.not_applicable(item).await;
    }
    walk.saved().await;

    // Nothing was only on the screen.
    let browser = reopen_full(browser, origin, &visit).await;
    let walk = Walk(&browser);
    let marked = items.iter().filter(|item| item.has_marks).count();
    assert_eq!(walk.answers().await.len().min(marked), marked, "every answer was stored");
    browser.see(&format!("[id='item-{}'] .photo img[src^='blob:']", shown.id)).await;
    assert_eq!(
        browser.count(".photo img").await,
        1 + stored,
        "the photos that were stored are there, the refused one is not"
    );
    sign_and_issue(&browser).await;

    let outbox = Outbox(&browser);
    outbox.open(origin).await;
    let entries = outbox.entries(1).await;
    let file = outbox.export_all(downloads.path()).await;
    let record = exported(&file, &entries[0]).await;
    assert_eq!(record.content().items.len(), items.len());
    assert_eq!(record.content().photos.len(), 1 + stored);

    scene.network.give_back();
    sign_in_again(&browser, origin, demo::INSPECTOR).await;
    let outbox = Outbox(&browser);
    outbox.open(origin).await;
    outbox.arrived(&entries[0]).await;
    browser.close().await;
}

/// Kills the browser and opens it again with no byte more for this origin than it uses.
async fn reopen_full(browser: Browser, origin: &str, page: &str) -> Browser {
    // The first that opens the database after a kill tidies it; what is used then is counted right by a new browser only.
    let browser = browser.kill_and_reopen().await;
    browser.go(page).await;
    browser.see(".item-card").await;
    let browser = browser.kill_and_reopen().await;
    let used_bytes = used_bytes(&browser, origin).await;
    let quota = json!({ "origin": origin, "quotaSize": used_bytes });
    browser.dev_tools("Storage.overrideQuotaForOrigin", quota).await;
    browser.go(page).await;
    browser.see(".item-card").await;
    browser
}

/// The record in an exported file, every photo of it byte for byte. Python, not we, opens the file.
async fn exported(file: &Path, entry: &str) -> VisitRecord {
    let folder = file.with_extension("opened");
    let python = std::env::var_os("XUNAN_PYTHON").unwrap_or_else(|| "python3".into());
    let opened = Command::new(python).args(["-m", "zipfile", "-e"]).arg(file).arg(&folder).status().await;
    assert!(opened.expect("python runs").success(), "python finds no whole ZIP in {}", file.display());
    let compact =
        std::fs::read_to_string(folder.join(format!("entries/{entry}.jws"))).expect("the entry is there");
    let signed = SignedEntry::parse(&compact).expect("an entry as it was signed");
    // Nothing of it is wrong; nobody but the phone has said so yet.
    let verified = Command::new(binary()).arg("verify").arg(file).output().await.expect("it runs");
    assert_eq!(verified.status.code(), Some(2), "{}", String::from_utf8_lossy(&verified.stdout));
    let Ok(Body::VisitSigned(record)) = Body::of(signed.entry()) else { panic!("{compact}") };
    for photo in &record.content().photos {
        let bytes =
            std::fs::read(folder.join(format!("photos/{}.jpg", photo.stored.hex()))).expect("the photo");
        assert_eq!(Digest::of(&bytes), photo.stored);
    }
    *record
}
