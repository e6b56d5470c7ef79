//! Those who put hazards right, without a network: signing for, submitting with a photo, a zero report; and the inspector
//! who comes back to look. A kill loses nothing of what was begun.

use serde_json::json;
use xunan_core::digest::Digest;
use xunan_core::evidence::PhotoManifest;
use xunan_core::hazard::{Command, HazardState, StepKind};
use xunan_core::ids::PhotoId;
use xunan_core::rounds::RoundKind;
use xunan_e2e::browser::Browser;
use xunan_e2e::browser_kill::{LAST_PHOTO_WRITE_REFUSED, photos_on_disk};
use xunan_e2e::household::{Office, pictures_kept, push};
use xunan_e2e::pages::{HazardOnPhone, Outbox, open_signed_in, ready_offline, sign_in_again};
use xunan_e2e::phone::{Phone, now};
use xunan_e2e::scene::Scene;
use xunan_e2e::sights::look;
use xunan_e2e::{demo, jpeg};

/// Waits until the photos of what was found are on the phone.
async fn photos_are_here(browser: &Browser) {
    for _ in 0..200 {
        if pictures_kept(browser).await > 0 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("no photo was kept for offline");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_institution_signs_for_submits_and_reports_nothing_without_a_network_and_a_kill_loses_nothing() {
    let scene = Scene::set().await;
    let mut office = Office::of(&scene.server).await;
    let hazard = office.general_hazard().await;
    office.assign(&hazard).await;

    let browser = scene.new_phone().await;
    open_signed_in(&browser, &scene.origin, demo::INSTITUTION).await;
    ready_offline(&browser).await;
    browser.see_text("要办的隐患").await;
    photos_are_here(&browser).await;
    scene.network.take_away();

    let page = format!("{}/hazards/{}", scene.origin, hazard.id);
    browser.click("main a.card", "签收").await;
    browser.see("main .photos .photo img").await;
    browser.click("main .button", "签收").await;
    browser.click("dialog.sheet[open] .button[data-kind=primary]", "签收").await;
    browser.see_text("整改中").await;
    browser.click("main .button", "提交整改").await;
    browser.type_into("dialog.sheet[open] textarea", "遮挡物已经移开").await;
    browser.see_text("已存").await;
    browser.click("dialog.sheet[open] .button[data-kind=primary]", "提交整改").await;
    browser.see_text("要有整改后的照片").await;

    let browser = browser.kill_and_reopen().await;
    browser.go(&page).await;
    browser.click("main .button", "继续：提交整改").await;
    let typed = "return document.querySelector('dialog.sheet[open] textarea')?.value ?? ''";
    browser.becomes(typed, &json!("遮挡物已经移开")).await;
    HazardOnPhone(&browser).photograph_over_the_finding().await;

    let browser = browser.kill_and_reopen().await;
    browser.go(&page).await;
    browser.click("main .button", "继续：提交整改").await;
    browser.becomes(typed, &json!("遮挡物已经移开")).await;
    browser.see("dialog.sheet[open] .photo img").await;
    a_photo_that_waits_holds_the_step_until_it_is_left_out(&browser).await;
    browser.click("dialog.sheet[open] .button[data-kind=primary]", "提交整改").await;
    browser.gone("dialog.sheet[open]").await;
    browser.see_text("待复查").await;

    browser.go(&scene.origin).await;
    browser.click("main a.row", "零报告").await;
    browser.click("main .button", "今天没有发现问题，上报").await;
    browser.see_text("要办的隐患").await;
    assert_eq!(office.hazard(hazard.id).await.state, HazardState::Assigned, "nothing has left the phone yet");

    let outbox = Outbox(&browser);
    outbox.open(&scene.origin).await;
    outbox.entries(3).await;
    scene.network.give_back();
    // A browser that is killed may forget the login, which it writes half a minute late; what waits is kept.
    sign_in_again(&browser, &scene.origin, demo::INSTITUTION).await;
    outbox.open(&scene.origin).await;
    outbox.everything_arrived().await;
    let card = office.hazard(hazard.id).await;
    assert_eq!(card.state, HazardState::Submitted);
    let story = card.standing().expect("a life").life.story;
    let submitted = story.last().expect("the last step");
    assert_eq!((submitted.kind, submitted.note.as_str()), (StepKind::Submitted, "遮挡物已经移开"));
    let [(_, stored)] = submitted.photos[..] else { panic!("one photo: {submitted:?}") };
    let photo = office.0.http.get(&format!("/api/photos/{}", stored.hex())).await.body;
    assert_eq!(Digest::of(&photo), stored);
    let zero = office.rounds(hazard.facility, RoundKind::ZeroReport).await.expect("the zero report");
    assert_eq!(zero.lines.read().expect("lines").len(), 1);
    browser.close().await;
}

/// Its frame is kept, and the step would throw it away.
async fn a_photo_that_waits_holds_the_step_until_it_is_left_out(browser: &Browser) {
    browser.run(LAST_PHOTO_WRITE_REFUSED, vec![]).await;
    HazardOnPhone(browser).photograph_until("签名前请再存一次").await;
    browser.see("dialog.sheet[open] .button[data-kind=primary]:disabled").await;
    look(browser, "submit-photo-waits").await;
    browser.click("dialog.sheet[open] .banner .button", "不要这张").await;
    browser.see("dialog.sheet[open] .button[data-kind=primary]:not(:disabled)").await;
    let disk = photos_on_disk(browser).await;
    assert_eq!((disk.shots, disk.frames), (0, 0), "what was left out is gone");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_inspector_rechecks_on_site_without_a_network() {
    let scene = Scene::set().await;
    let mut office = Office::of(&scene.server).await;
    let hazard = office.general_hazard().await;
    office.assign(&hazard).await;
    let mut institution = Phone::enrolled(scene.server.port(), demo::INSTITUTION, demo::PASSWORD, 12).await;
    let bytes = jpeg::photo(1600, 1200, 9);
    institution.upload(&bytes).await.expect("the server takes the photo");
    let photo = PhotoManifest::untouched(
        PhotoId::from_parts(now(), institution.entropy()),
        &bytes,
        (1600, 1200),
        now(),
    );
    push(&mut institution, hazard.id, Command::Submit { note: String::new(), photos: vec![photo] }).await;

    let browser = scene.inspectors_phone().await;
    browser.go(&format!("{}/hazards/{}", scene.origin, hazard.id)).await;
    browser.see("main .photos .photo img").await;
    photos_are_here(&browser).await;
    scene.network.take_away();
    browser.go(&format!("{}/hazards/{}", scene.origin, hazard.id)).await;
    browser.see("main .photos .photo img").await;
    browser.click("main .button", "现场复查").await;
    HazardOnPhone(&browser).photograph_over_the_finding().await;
    browser.click("dialog.sheet[open] .segment", "已整改").await;
    browser.click("dialog.sheet[open] .button[data-kind=primary]", "现场复查").await;
    browser.gone("dialog.sheet[open]").await;
    browser.see_text("待销号").await;
    let outbox = Outbox(&browser);
    outbox.open(&scene.origin).await;
    outbox.entries(1).await;
    scene.network.give_back();
    outbox.open(&scene.origin).await;
    outbox.everything_arrived().await;
    assert_eq!(office.hazard(hazard.id).await.state, HazardState::Rechecked);
    browser.close().await;
}
