//! Somebody changes the own password: every way in which it may not work, and that no copy of a draft is lost with it,
//! even when the phone dies before the answer comes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use http::StatusCode;
use serde_json::json;
use xunan_core::account::{AccountChange, AccountChanger};
use xunan_core::sync::{AccountDetail, ChangePassword, SignedIn};
use xunan_e2e::copies::{Copies, named};
use xunan_e2e::demo;
use xunan_e2e::device::Device;
use xunan_e2e::http::Http;
use xunan_e2e::network::Fate;
use xunan_e2e::pages::{OwnPassword, Walk, sign_in_with};
use xunan_e2e::scene::Scene;
use xunan_e2e::sights::look;

const CHOSEN: &str = "vier Wörter am Morgen";
const PATH: &str = "/api/session/password";

/// A phone with a draft of one answer and one photo, copied under the password of the demo.
async fn with_a_copied_draft(scene: &Scene) -> Device {
    let phone = Device::phone_of(&scene.server, demo::INSPECTOR).await;
    let walk = Walk(&phone.browser);
    walk.start_short_at(&phone.origin(), demo::CEMETERY).await;
    let item = walk.items().await.into_iter().find(|it| it.has_marks).expect("an item to tick").id;
    walk.pass(&item).await;
    walk.photograph(&item, 1).await;
    walk.saved().await;
    let copies = Copies::of(scene.server.port(), demo::INSPECTOR, demo::PASSWORD).await;
    copies.draft_becomes("a photo", |_, names| named(names, "photo") == 1).await;
    phone
}

/// Whoever knows the login alone guesses: from the same address, so that the pause is the phone's too.
async fn guess_too_often(scene: &Scene) {
    let thief = Http::to_port(scene.server.port()).signed_in(demo::INSPECTOR, demo::PASSWORD).await;
    let wrong = ChangePassword { before: "a guess".to_owned(), chosen: CHOSEN.to_owned() };
    loop {
        let answer = thief.post(PATH, &wrong).await.expect("the server answers");
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            return;
        }
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_password_is_chosen_on_the_phone_and_every_copy_opens_with_it() {
    let scene = Scene::set().await;
    let phone = with_a_copied_draft(&scene).await;
    let port = scene.server.port();
    let elsewhere = Http::to_port(port).signed_in(demo::INSPECTOR, demo::PASSWORD).await;
    phone.go("/me").await;
    let sheet = OwnPassword(&phone.browser);
    sheet.open().await;
    sheet.send().await;
    sheet.box_says(1, "请输入原密码").await;
    sheet.box_says(2, "请输入新密码").await;
    look(&phone.browser, "me-password").await;
    sheet.fill(demo::PASSWORD, "1234567890").await;
    sheet.send().await;
    sheet.box_says(2, "太容易被猜到").await;
    sheet.fill("another one", CHOSEN).await;
    sheet.send().await;
    sheet.box_says(1, "原密码不对，密码没有改").await;

    phone.network.take_away();
    sheet.fill(demo::PASSWORD, CHOSEN).await;
    sheet.send().await;
    sheet.sheet_says("现在没有网络，密码没有改").await;
    phone.network.give_back();
    guess_too_often(&scene).await;
    sheet.send().await;
    sheet.sheet_says("秒后").await;
    look(&phone.browser, "me-password-too-many").await;
    // The pause after ten failures has ten seconds; what the browser waits for the dialog does not count.
    tokio::time::sleep(std::time::Duration::from_secs(11)).await;
    sheet.send().await;
    sheet.is_changed().await;
    look(&phone.browser, "me-password-changed").await;

    assert_eq!(elsewhere.get("/api/session").await.status, StatusCode::UNAUTHORIZED, "signed out");
    let copies = Copies::of(port, demo::INSPECTOR, CHOSEN).await;
    copies.all_open().await;
    // Here nobody is signed out: the draft goes on, and its next copy arrives.
    phone.go("/").await;
    phone.browser.click("main a.card", "继续").await;
    let walk = Walk(&phone.browser);
    let item = walk.items().await.into_iter().filter(|it| it.has_marks).nth(1).expect("another item").id;
    walk.pass(&item).await;
    walk.saved().await;
    copies
        .draft_becomes("two answers", |draft, _| draft.to_string().matches("\"answer\"").count() == 2)
        .await;
    tells_the_administrator(port).await;
    phone.close().await;
}

/// The history says that the person did it, and no password.
async fn tells_the_administrator(port: u16) {
    let person: SignedIn =
        Http::to_port(port).signed_in(demo::INSPECTOR, CHOSEN).await.get("/api/session").await.json();
    let admin = Http::to_port(port).signed_in(demo::ADMINISTRATOR, demo::PASSWORD).await;
    let detail: AccountDetail = admin.get(&format!("/api/accounts/{}", person.account.id)).await.json();
    let last = &detail.history[0];
    assert_eq!((&last.what, &last.by), (&AccountChange::PasswordChanged, &AccountChanger::Owner));
    assert!(!json!(detail.history).to_string().contains(CHOSEN));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_that_dies_before_the_answer_finds_out_and_copies_everything_anew() {
    let scene = Scene::set().await;
    let phone = with_a_copied_draft(&scene).await;
    let sent = Arc::new(AtomicBool::new(false));
    let gone = Arc::clone(&sent);
    // It reaches the server and takes effect; from then on the phone hears nothing.
    phone.network.set_rule(move |request| {
        if request.path == PATH && request.method == "POST" {
            gone.store(true, Ordering::SeqCst);
            return Fate::AnswerLost;
        }
        if gone.load(Ordering::SeqCst) { Fate::Refused } else { Fate::Through }
    });
    phone.go("/me").await;
    let sheet = OwnPassword(&phone.browser);
    sheet.open().await;
    sheet.fill(demo::PASSWORD, CHOSEN).await;
    sheet.send().await;
    sheet.sheet_says("还不知道改没改成").await;
    assert!(sent.load(Ordering::SeqCst));
    look(&phone.browser, "me-password-unanswered").await;
    let phone = phone.kill_and_reopen().await;
    phone.network.give_back();
    phone.go("/").await;
    // A browser that is killed may have lost its session, and then asks; the new password leads on.
    phone.go("/sign-in").await;
    sign_in_with(&phone.browser, demo::INSPECTOR, CHOSEN).await;
    phone.browser.gone("input[type=password]").await;
    let copies = Copies::of(scene.server.port(), demo::INSPECTOR, CHOSEN).await;
    copies.all_open().await;
    copies.draft_becomes("a photo", |_, names| named(names, "photo") == 1).await;
    phone.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn at_the_desk_the_own_account_has_a_place_with_its_password() {
    let scene = Scene::set().await;
    let desk = Device::desk_of(&scene.server, demo::SUPERVISOR, demo::PASSWORD).await;
    desk.browser.click(".tab-bar a", "我").await;
    desk.browser.see_text("周演示").await;
    look(&desk.browser, "desk-me").await;
    let sheet = OwnPassword(&desk.browser);
    sheet.open().await;
    look(&desk.browser, "desk-me-password").await;
    sheet.fill(demo::PASSWORD, CHOSEN).await;
    sheet.send().await;
    sheet.is_changed().await;
    desk.go("/desk/visits").await;
    desk.browser.see(".desk-head").await;
    desk.go("/desk/me").await;
    desk.browser.click("main .button", "退出登录").await;
    desk.browser.click("dialog[open] .button", "退出登录").await;
    desk.browser.see("input[type=password]").await;
    sign_in_with(&desk.browser, demo::SUPERVISOR, CHOSEN).await;
    desk.browser.see(".desk-head").await;
    desk.close().await;
}
