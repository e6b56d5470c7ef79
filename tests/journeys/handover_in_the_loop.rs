//! The head of an institution goes while a hazard of it is being put right. What he wrote without a network stays on his
//! phone until it can be sent, the new head goes on with the hazard, and its story says who did which.

use xunan_core::ledger::HazardCard;
use xunan_e2e::browser::Screen;
use xunan_e2e::demo;
use xunan_e2e::device::Device;
use xunan_e2e::household::Office;
use xunan_e2e::pages::{
    AccountAtDesk, HazardAtDesk, HazardOnPhone, Outbox, assert_story, ready_offline, sign_in_on, sign_in_with,
};
use xunan_e2e::scene::Scene;
use xunan_e2e::sights::look;

/// The new head.
const NEW: &str = "jieren";
const NEW_NAME: &str = "接任演示";

/// What the old one had written and signed, and what he had only begun.
const UNSENT: &str = "清运公司后天上门";
const BEGUN: &str = "纸箱已移走一半";

#[tokio::test(flavor = "multi_thread")]
async fn a_new_head_goes_on_with_a_hazard_and_what_the_old_one_had_not_sent_is_not_lost() {
    let scene = Scene::set().await;
    let mut office = Office::of(&scene.server).await;
    let hazard = office.general_hazard().await;
    office.assign(&hazard).await;
    let old = Device::phone_of(&scene.server, demo::INSTITUTION).await;
    sign_for_it(&old, &hazard).await;
    write_without_a_network(&old, &hazard).await;

    let admin = Device::desk_of(&scene.server, demo::ADMINISTRATOR, demo::PASSWORD).await;
    let account = AccountAtDesk(&admin.browser);
    account.find(&admin.origin(), demo::INSTITUTION).await;
    // What names the old one is said before the post is handed over.
    admin.browser.see_text(&format!("{}（{}）。请重新交办", hazard.title, hazard.facility_name)).await;
    let password = account.hand_over(NEW_NAME, NEW).await;
    let old = is_shut_out_and_keeps_everything(old).await;

    let desk = Device::desk_of(&scene.server, demo::SUPERVISOR, demo::PASSWORD).await;
    assign_to_the_new_head(&desk, &hazard).await;
    let new = Device::new(&scene.server, Screen::Phone).await;
    new.go("/").await;
    sign_in_with(&new.browser, NEW, &password).await;
    ready_offline(&new.browser).await;
    go_on(&new, &hazard).await;

    // For as long as the old one needs to send what is his, the administrator lets him in again.
    account.unlock().await;
    send_what_was_left(&old, &hazard).await;
    account.lock().await;
    look(&admin.browser, "account-handed-over").await;

    close_it(&desk, &hazard).await;
    for device in [old, admin, desk, new] {
        device.close().await;
    }
}

async fn everything_arrives(phone: &Device) {
    Outbox(&phone.browser).open(&phone.origin()).await;
    Outbox(&phone.browser).everything_arrived().await;
}

async fn sign_for_it(phone: &Device, hazard: &HazardCard) {
    let page = HazardOnPhone(&phone.browser);
    page.open_listed(&phone.origin(), &hazard.title).await;
    page.begin("签收").await;
    page.sign("签收").await;
    page.stands("整改中").await;
    everything_arrives(phone).await;
}

/// One step is signed and waits; another is begun, with its photo, and not signed.
async fn write_without_a_network(phone: &Device, hazard: &HazardCard) {
    let page = HazardOnPhone(&phone.browser);
    page.open_listed(&phone.origin(), &hazard.title).await;
    phone.network.take_away();
    page.begin("批注").await;
    phone.browser.fill("批注", UNSENT).await;
    page.sign("批注").await;
    page.begin("提交整改").await;
    phone.browser.fill("做了什么", BEGUN).await;
    page.photograph_over_the_finding().await;
    page.close_sheet().await;
}

/// The network is back, his account is not. Nothing of his leaves the phone, whatever is done to it.
async fn is_shut_out_and_keeps_everything(phone: Device) -> Device {
    phone.network.give_back();
    let outbox = Outbox(&phone.browser);
    outbox.open(&phone.origin()).await;
    phone
        .browser
        .one_of(".parcel:not([data-state=received]) .parcel-says", &["登录已过期，登录后继续上传"])
        .await;
    phone.go("/sign-in").await;
    sign_in_on(&phone.browser, demo::INSTITUTION).await;
    phone.browser.see_text("账号已锁定，请联系本单位管理员").await;
    look(&phone.browser, "sign-in-locked").await;
    let phone = phone.kill_and_reopen().await;
    Outbox(&phone.browser).open(&phone.origin()).await;
    phone.browser.one_of(".parcel:not([data-state=received]) .card-title", &["批注"]).await;
    phone
}

async fn assign_to_the_new_head(desk: &Device, hazard: &HazardCard) {
    desk.go(&format!("/desk/hazards/{}", hazard.id)).await;
    let page = HazardAtDesk(&desk.browser);
    page.stands("整改中").await;
    page.begin_other("交办").await;
    desk.browser.fill("责任人", NEW_NAME).await;
    page.sign("交办").await;
    page.stands("待签收").await;
}

/// The new one finds the hazard with its story, signs for it and shows that it is put right.
async fn go_on(phone: &Device, hazard: &HazardCard) {
    let page = HazardOnPhone(&phone.browser);
    page.open_listed(&phone.origin(), &hazard.title).await;
    page.stands("待签收").await;
    phone.browser.see_text("签收 · 云溪县第一养老院（演示） 王演示").await;
    page.begin("签收").await;
    page.sign("签收").await;
    page.begin("提交整改").await;
    phone.browser.fill("做了什么", "纸箱已全部清走").await;
    page.photograph_over_the_finding().await;
    page.sign("提交整改").await;
    page.stands("待复查").await;
    everything_arrives(phone).await;
}

/// What he had signed is in the story under his name; what he had only begun is still there, and his to finish or give up.
async fn send_what_was_left(phone: &Device, hazard: &HazardCard) {
    phone.go("/sign-in").await;
    sign_in_on(&phone.browser, demo::INSTITUTION).await;
    phone.browser.gone("input[type=password]").await;
    everything_arrives(phone).await;
    let page = HazardOnPhone(&phone.browser);
    page.open_listed(&phone.origin(), &hazard.title).await;
    page.stands("待复查").await;
    phone.browser.see_text(UNSENT).await;
    phone.go("/").await;
    phone.browser.see_text("没做完的").await;
    phone.browser.click("main a.row", "提交整改").await;
    page.stands("待复查").await;
}

async fn close_it(desk: &Device, hazard: &HazardCard) {
    desk.go(&format!("/desk/hazards/{}", hazard.id)).await;
    let page = HazardAtDesk(&desk.browser);
    page.begin_owed("复查").await;
    page.choose("已整改（看照片复查）").await;
    page.sign("复查").await;
    page.stands("待销号").await;
    page.begin_owed("销号").await;
    page.sign("销号").await;
    page.stands("已销号").await;
    let (office, old) = ("周演示", "王演示");
    assert_story(
        &page.story().await,
        &[
            ("发现隐患", "林演示"),
            ("交办", office),
            ("签收", old),
            ("交办", office),
            ("签收", NEW_NAME),
            ("提交整改", NEW_NAME),
            ("批注", old),
            ("复查合格", office),
            ("销号", office),
        ],
    );
    look(&desk.browser, "handover-story").await;
}
