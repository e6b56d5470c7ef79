//! A visit that is not signed yet outlives its phone: a second phone of the same person goes on with it, and the first
//! one, when it comes back, is told and loses nothing.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};
use xunan_core::digest::Digest;
use xunan_core::ledger::Row;
use xunan_core::log::{Body, SignedEntry};
use xunan_core::sync::{KeptEntry, More, Pulled};
use xunan_e2e::browser::{Browser, Screen};
use xunan_e2e::copies::{Copies, named};
use xunan_e2e::demo;
use xunan_e2e::device::Device;
use xunan_e2e::http::Http;
use xunan_e2e::pages::{Outbox, Walk, open_signed_in, ready_offline, sign_and_issue, sign_in_with};
use xunan_e2e::scene::Scene;
use xunan_e2e::server::Server;
use xunan_e2e::sights::look;

/// What nobody but the two phones may read.
const NOTE: &str = "二层走廊堆放杂物";

/// Another phone of the inspector, with a network of its own, signed in.
async fn second_phone(scene: &Scene) -> Device {
    let phone = Device::new(&scene.server, Screen::Phone).await;
    open_signed_in(&phone.browser, &phone.origin(), demo::INSPECTOR).await;
    phone
}

async fn goes_on(phone: &Device) {
    phone.browser.see_text("在另一台手机上的草稿").await;
    phone.browser.click("[data-elsewhere] .button", "在这台手机上继续").await;
    phone.browser.see(".item-card").await;
}

/// Items with marks, in walking order.
async fn marked(walk: &Walk<'_>) -> Vec<String> {
    walk.items().await.into_iter().filter(|item| item.has_marks).map(|item| item.id).collect()
}

/// How many answers a copy has.
fn answers(draft: &Value) -> usize {
    let parts = draft["parts"].as_array().map_or(&[][..], Vec::as_slice);
    parts.iter().filter(|part| part["part"] == "item" && part["filled"].get("answer").is_some()).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_whose_phone_is_gone_is_finished_on_a_second_phone_with_the_photos_of_the_first() {
    let scene = Scene::set().await;
    let first = scene.inspectors_phone().await;
    let walk = Walk(&first);
    walk.start_short_at(&scene.origin, demo::CEMETERY).await;
    let items = marked(&walk).await;
    walk.pass(&items[0]).await;
    walk.photograph(&items[0], 2).await;
    walk.add_hazard(NOTE).await;
    walk.saved().await;

    let copies = Copies::of(scene.server.port(), demo::INSPECTOR, demo::PASSWORD).await;
    let draft = copies
        .draft_becomes("the note and both photos", |draft, names| {
            draft.to_string().contains(NOTE) && named(names, "photo-") == 2 && named(names, "card") == 1
        })
        .await;
    assert_eq!(answers(&draft), 1);
    let mut photos = BTreeSet::new();
    for copy in copies.kept().await.iter().filter(|it| it.name.as_str().starts_with("photo-")) {
        let photo = copies.open(copy).await.expect("the password opens it");
        assert!(photo.starts_with(&[0xFF, 0xD8]), "a JPEG");
        assert!(holds(scene.data(), &photo[..64]).is_empty(), "a photo lies open");
        photos.insert(Digest::of(&photo));
    }
    assert_eq!(holds(scene.data(), NOTE.as_bytes()), [""; 0], "the note lies open on the server");
    first.go(&scene.origin).await;
    first.see_text("照片 2/2").await;
    look(&first, "today-copied").await;
    first.go(&format!("{}/me", scene.origin)).await;
    first.see_text("上次备份").await;
    look(&first, "me-copied").await;
    // The phone falls into water.
    first.kill().await;

    let second = second_phone(&scene).await;
    let browser = &second.browser;
    browser.see_text("在另一台手机上的草稿").await;
    look(browser, "today-elsewhere").await;
    ready_offline(browser).await;
    goes_on(&second).await;
    let walk = Walk(browser);
    assert_eq!(walk.answers().await.len(), 1, "what the first phone answered");
    browser.see(&format!("[id='item-{}'] .photo img[src^='blob:']", items[0])).await;
    for item in walk.items().await.into_iter().filter(|item| item.id != items[0]) {
        walk.not_applicable(&item).await;
    }
    walk.saved().await;
    sign_and_issue(browser).await;
    Outbox(browser).everything_arrived().await;
    let (text, received) = record(&scene.server).await;
    assert!(text.contains(NOTE));
    assert_eq!(received, photos, "the first phone's photos, byte for byte");
    copies.gone().await;
    second.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_that_comes_back_is_told_that_another_went_on_and_a_person_chooses() {
    let scene = Scene::set().await;
    let first = scene.inspectors_phone().await;
    let walk = Walk(&first);
    walk.start_short_at(&scene.origin, demo::CEMETERY).await;
    let visit = first.client().current_url().await.expect("a page").path().to_owned();
    let items = marked(&walk).await;
    walk.pass(&items[0]).await;
    walk.saved().await;
    let copies = Copies::of(scene.server.port(), demo::INSPECTOR, demo::PASSWORD).await;
    copies.draft_becomes("one answer", |draft, _| answers(draft) == 1).await;

    // The first phone goes on without a network; the second one with what it has.
    scene.network.take_away();
    walk.pass(&items[1]).await;
    walk.pass(&items[2]).await;
    walk.saved().await;
    let second = second_phone(&scene).await;
    goes_on(&second).await;
    Walk(&second.browser).add_hazard(NOTE).await;
    Walk(&second.browser).saved().await;
    copies.draft_becomes("the note", |draft, _| draft.to_string().contains(NOTE)).await;

    scene.network.give_back();
    first.go(&scene.origin).await;
    first.see_text("另一台手机接着做了这次检查").await;
    look(&first, "today-overtaken").await;
    first.go(&format!("{}{visit}", scene.origin)).await;
    first.see_text("另一台手机接着做了这次检查").await;
    first.see(".item-card").await;
    assert_eq!(walk.answers().await.len(), 3, "nothing of the first phone's draft is lost");
    look(&first, "walk-overtaken").await;

    first.click(".banner .button", "去选").await;
    first.click("main .button", "保留这台手机上的").await;
    first.click("dialog[open] .button", "保留这台手机上的").await;
    copies
        .draft_becomes("three answers", |draft, _| answers(draft) == 3 && !draft.to_string().contains(NOTE))
        .await;

    // Now the second phone is told, and its person takes the other one.
    let browser = &second.browser;
    browser.go(&second.origin()).await;
    browser.see_text("另一台手机接着做了这次检查").await;
    browser.click("main .button", "改用另一台手机上的").await;
    browser.click("dialog[open] .button", "先不选").await;
    browser.go(&format!("{}{visit}", second.origin())).await;
    browser.see_text(NOTE).await;
    browser.go(&second.origin()).await;
    browser.click("main .button", "改用另一台手机上的").await;
    browser.click("dialog[open] .button", "改用另一台手机上的").await;
    browser.gone("main .banner[data-kind=warning]").await;
    browser.go(&format!("{}{visit}", second.origin())).await;
    browser.see(".item-card").await;
    assert_eq!(Walk(browser).answers().await.len(), 3);
    assert!(!browser.text().await.contains(NOTE));
    first.close().await;
    second.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_change_of_password_a_second_phone_asks_for_the_one_before() {
    let scene = Scene::set().await;
    let first = scene.inspectors_phone().await;
    let walk = Walk(&first);
    walk.start_short_at(&scene.origin, demo::CEMETERY).await;
    let items = marked(&walk).await;
    walk.pass(&items[0]).await;
    walk.saved().await;
    let copies = Copies::of(scene.server.port(), demo::INSPECTOR, demo::PASSWORD).await;
    copies.draft_becomes("one answer", |_, names| named(names, "card") == 1).await;
    first.kill().await;

    let said = scene.administer(&["reset-password", demo::INSPECTOR]).await;
    let password = said.split_whitespace().last().expect("a password").to_owned();
    let profile = tempfile::tempdir().expect("a folder");
    let second = Browser::open(profile.path(), Screen::Phone).await;
    second.go(&scene.origin).await;
    sign_in_with(&second, demo::INSPECTOR, &password).await;
    second.see_text("密码改过").await;
    look(&second, "today-locked").await;
    for (given, said) in [("another one", "打不开"), (demo::PASSWORD, "在这台手机上继续")] {
        second.type_into("[data-elsewhere] input[type=password]", given).await;
        second.click("[data-elsewhere] .button", "打开草稿").await;
        second.see_text(said).await;
    }
    second.click("[data-elsewhere] .button", "在这台手机上继续").await;
    second.see(".item-card").await;
    assert_eq!(Walk(&second).answers().await.len(), 1);
    // From now on it is copied under the new password.
    let copies = Copies::of(scene.server.port(), demo::INSPECTOR, &password).await;
    copies.draft_becomes("one answer", |draft, _| answers(draft) == 1).await;
    second.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn copies_of_a_discarded_draft_go() {
    let scene = Scene::set().await;
    let browser = scene.inspectors_phone().await;
    let walk = Walk(&browser);
    walk.start_short_at(&scene.origin, demo::CEMETERY).await;
    let items = marked(&walk).await;
    walk.pass(&items[0]).await;
    walk.saved().await;
    let copies = Copies::of(scene.server.port(), demo::INSPECTOR, demo::PASSWORD).await;
    copies.draft_becomes("one answer", |_, names| named(names, "card") == 1).await;
    browser.go(&scene.origin).await;
    browser.click("main .button", "放弃这次检查").await;
    browser.click("dialog[open] .button", "删除草稿").await;
    copies.gone().await;
    browser.close().await;
}

/// The files under a folder that hold these bytes.
fn holds(folder: &Path, bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(holds(&path, bytes));
        // One that is gone meanwhile was replaced by a newer one.
        } else if let Ok(content) = std::fs::read(&path)
            && content.windows(bytes.len()).any(|window| window == bytes)
        {
            found.push(path.display().to_string());
        }
    }
    found
}

/// The newest record that the supervisor received, as text, and the hashes of its photos as they are given out.
async fn record(server: &Server) -> (String, BTreeSet<Digest>) {
    let desk = Http::to_port(server.port()).signed_in(demo::SUPERVISOR, demo::PASSWORD).await;
    let (mut newest, mut after) = (None, 0);
    loop {
        let pulled: Pulled = desk.get(&format!("/api/pull?after={after}&limit=500")).await.json();
        for row in pulled.rows {
            if let Row::Visit(visit) = row
                && let Some(visit) = visit.get()
                && newest.as_ref().is_none_or(|(received, _)| *received < visit.received)
            {
                newest = Some((visit.received, visit.entry));
            }
        }
        after = pulled.cursor.0;
        if pulled.more == More::No {
            break;
        }
    }
    let (_, entry) = newest.expect("a visit arrived");
    let kept: KeptEntry = desk.get(&format!("/api/entries/{entry}")).await.json();
    let mut photos = BTreeSet::new();
    for photo in &kept.photos {
        photos.insert(Digest::of(&desk.get(&format!("/api/photos/{}", photo.digest.hex())).await.body));
    }
    let entry = SignedEntry::parse(&kept.entry).expect("an entry as it was signed");
    match Body::of(entry.entry()) {
        Ok(Body::VisitSigned(record)) => (json!(record.content()).to_string(), photos),
        other => panic!("{other:?}"),
    }
}
