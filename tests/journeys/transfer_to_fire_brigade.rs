//! A hazard goes to the fire and rescue brigade with its document: received there, sent back once, dealt with the second
//! time, re-checked by an inspector and closed by the office; and what everybody sees meanwhile.

use xunan_e2e::demo;
use xunan_e2e::device::Device;
use xunan_e2e::jpeg;
use xunan_e2e::pages::{HazardAtDesk, HazardOnPhone, Outbox, assert_story};
use xunan_e2e::phone::now;
use xunan_e2e::scene::Scene;
use xunan_e2e::sights::look;

/// What the home's hazard says: petrol, which is the brigade's business. Another place has some too, and was first.
const PETROL: &str = "汽油";
/// Words of its title.
const TITLE: &str = "易燃易爆品";

const RECEIVE: &str = "登记移送签收";
const RETURN: &str = "退回或办结移送";

#[tokio::test(flavor = "multi_thread")]
async fn a_hazard_is_transferred_to_the_fire_brigade_sent_back_dealt_with_and_closed() {
    let scene = Scene::set().await;
    let office = Device::desk_of(&scene.server, demo::SUPERVISOR, demo::PASSWORD).await;
    let brigade = Device::desk_of(&scene.server, demo::FIRE_BRIGADE, demo::PASSWORD).await;
    let home = Device::phone_of(&scene.server, demo::INSTITUTION).await;
    assert!(!sees(&brigade).await, "nothing of the home's is the brigade's yet");

    let hazard = HazardAtDesk(&office.browser).find(&office.origin(), "open&state=found", PETROL).await;
    transfer(&office, "储存汽油，涉嫌违反消防法规").await;
    issue_the_document(&office, &hazard).await;
    is_out_of_the_homes_hands(&home).await;
    receive(&brigade, &hazard, "云消〔2026〕12号").await;
    send_back(&brigade, &hazard).await;

    office.go(&hazard).await;
    HazardAtDesk(&office.browser).stands("待交办").await;
    office.browser.see_text("缺少现场照片和数量").await;
    transfer(&office, "补充：两桶共四十升，无隔离，附现场照片").await;
    receive(&brigade, &hazard, "云消〔2026〕15号").await;
    deal_with_it(&brigade, &hazard).await;
    recheck_and_close(&scene, &office, &hazard).await;
    read_the_story(&office, &hazard).await;
    for device in [office, brigade, home] {
        device.close().await;
    }
}

/// Whether the desk's list has the home's hazard.
async fn sees(desk: &Device) -> bool {
    desk.go("/desk/hazards?scope=open").await;
    desk.browser.see_text("来自总账").await;
    desk.browser.see(".table tbody tr").await;
    desk.browser.text().await.contains(demo::ELDERLY_HOME)
}

/// On the hazard's page: to the department that core proposes, and not without a reason.
async fn transfer(office: &Device, reason: &str) {
    let (browser, desk) = (&office.browser, HazardAtDesk(&office.browser));
    desk.begin_other("移送").await;
    let proposed = "return document.querySelector('dialog.sheet[open] select').selectedOptions[0].text";
    browser.becomes(proposed, &serde_json::json!("消防救援")).await;
    browser.click("dialog.sheet[open] form > .button[data-kind=primary]", "移送").await;
    browser.see_text("请写明原因").await;
    browser.fill("原因", reason).await;
    desk.sign("移送").await;
    desk.stands("已移送").await;
    desk.says_of_steps("现在由接收移送的部门办理").await;
}

/// The document names the brigade and two officers, and gets its number.
async fn issue_the_document(office: &Device, hazard: &str) {
    let browser = &office.browser;
    browser.click(".story-side a", "出具文书").await;
    browser.pick("执法人员", "林演示").await;
    browser.pick("执法人员（第二人）", "陈演示").await;
    browser.click("main .button", "出具事故隐患移送书").await;
    browser.see_text("请填写受移送单位和事由").await;
    look(browser, "transfer-document-form").await;
    browser.fill("受移送机关", "云溪县消防救援大队（演示）").await;
    browser.click("main .button", "出具事故隐患移送书").await;
    browser.see(".paper").await;
    browser.see_text(&format!("云民移送〔{}〕1号", now().date().year())).await;
    for words in ["云溪县消防救援大队（演示）", "储存汽油，涉嫌违反消防法规", demo::ELDERLY_HOME]
    {
        browser.see_text(words).await;
    }
    look(browser, "transfer-document").await;
    office.go(hazard).await;
}

/// The home sees where it is, and has nothing to do with it but to remark.
async fn is_out_of_the_homes_hands(home: &Device) {
    let page = HazardOnPhone(&home.browser);
    page.open_listed(&home.origin(), TITLE).await;
    page.stands("已移送").await;
    home.browser.see_text("储存汽油，涉嫌违反消防法规").await;
    assert!(page.offers("批注").await);
    for step in ["签收", "提交整改", "提交治理方案", "申请延期"] {
        assert!(!page.offers(step).await, "{step}");
    }
    look(&home.browser, "hazard-transferred").await;
}

/// The brigade finds it on its own list, and notes the number that it has there.
async fn receive(brigade: &Device, hazard: &str, number: &str) {
    brigade
        .browser
        .wait("the hazard on the brigade's list", async || sees(brigade).await.then_some(()))
        .await;
    brigade.go(hazard).await;
    let desk = HazardAtDesk(&brigade.browser);
    desk.stands("已移送").await;
    desk.begin_other(RECEIVE).await;
    brigade.browser.fill("对方文号", number).await;
    desk.sign(RECEIVE).await;
    brigade.browser.see_text(number).await;
    assert!(!desk.steps().await.iter().any(|step| step == RECEIVE), "received once");
}

/// It goes back to the office with a reason, and is the brigade's no longer.
async fn send_back(brigade: &Device, hazard: &str) {
    let desk = HazardAtDesk(&brigade.browser);
    desk.begin_other(RETURN).await;
    desk.choose("不属本部门职责，退回").await;
    brigade.browser.fill("办理情况或退回原因", "缺少现场照片和数量，退回补充").await;
    look(&brigade.browser, "transfer-return").await;
    desk.sign(RETURN).await;
    is_the_brigades_no_longer(brigade, hazard).await;
}

async fn is_the_brigades_no_longer(brigade: &Device, hazard: &str) {
    brigade.browser.wait("the list without the hazard", async || (!sees(brigade).await).then_some(())).await;
    brigade.go(hazard).await;
    brigade.browser.see_text("这里看不到它").await;
    look(&brigade.browser, "hazard-not-ours").await;
}

/// Dealt with is what photos show.
async fn deal_with_it(brigade: &Device, hazard: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("after.jpg");
    std::fs::write(&file, jpeg::photo(800, 600, 31)).expect("the photo can be written");
    let desk = HazardAtDesk(&brigade.browser);
    desk.begin_other(RETURN).await;
    desk.choose("已办结，附照片").await;
    brigade.browser.fill("办理情况或退回原因", "汽油已清运，责令改正并处罚").await;
    brigade.browser.click("dialog.sheet[open] form > .button[data-kind=primary]", RETURN).await;
    brigade.browser.see_text("要有整改后的照片").await;
    desk.pick_photo(&file).await;
    desk.sign(RETURN).await;
    is_the_brigades_no_longer(brigade, hazard).await;
}

/// What the brigade dealt with is re-checked like anybody's work.
async fn recheck_and_close(scene: &Scene, office: &Device, hazard: &str) {
    let inspector = Device::phone_of(&scene.server, demo::INSPECTOR).await;
    inspector.go(hazard.trim_start_matches("/desk")).await;
    let page = HazardOnPhone(&inspector.browser);
    page.stands("待复查").await;
    page.begin("现场复查").await;
    inspector.browser.click("dialog.sheet[open] .segment", "已整改").await;
    page.photograph_over_the_finding().await;
    page.sign("现场复查").await;
    Outbox(&inspector.browser).open(&inspector.origin()).await;
    Outbox(&inspector.browser).everything_arrived().await;
    inspector.close().await;
    office.go(hazard).await;
    let desk = HazardAtDesk(&office.browser);
    desk.begin_owed("销号").await;
    desk.sign("销号").await;
    desk.stands("已销号").await;
}

async fn read_the_story(office: &Device, hazard: &str) {
    office.go(hazard).await;
    let desk = HazardAtDesk(&office.browser);
    desk.stands("已销号").await;
    let (inspector, bureau, brigade) = ("林演示", "周演示", "李演示");
    assert_story(
        &desk.story().await,
        &[
            ("发现隐患", inspector),
            ("移送", bureau),
            ("移送签收", brigade),
            ("移送退回", brigade),
            ("移送", bureau),
            ("移送签收", brigade),
            ("移送办结", brigade),
            ("复查合格", inspector),
            ("销号", bureau),
        ],
    );
    look(&office.browser, "transfer-story").await;
}
