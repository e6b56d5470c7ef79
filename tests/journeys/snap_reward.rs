//! 举报奖励: proposed at the supervisor's desk, approved at the reward officer's, claimed by the secret link without scripts, paid
//! with a list for the bank; and what each of them is told.

use std::time::Duration;

use xunan_core::ids::SnapId;
use xunan_core::snap::Command;
use xunan_e2e::browser::Browser;
use xunan_e2e::device::Device;
use xunan_e2e::household::Office;
use xunan_e2e::pages::{SnapAtDesk, StepSheet, Told};
use xunan_e2e::server::Server;
use xunan_e2e::sights::look;
use xunan_e2e::{demo, jpeg};

use super::snap_page::{Scripts, look_on, scripts};
use super::snap_plaza::standing;
use super::snap_triage::{Citizens, County};

const WORDS: &str = "骨灰堂配电箱敞开，电线裸露";
pub(super) const REWARD_OFFICER: &str = "reward1";
const BATCH: &str = "20261129-7";
/// What the reporter fills in, by the ids of the fields. All of it is made up.
pub(super) const CLAIM: [(&str, &str); 5] = [
    ("#claimant", "虚构人"),
    ("#card", "110101190001010000"),
    ("#telephone", "13000000000"),
    ("#bank", "虚构银行云溪支行"),
    ("#account", "6200000000000000000"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_reward_is_proposed_approved_claimed_without_scripts_and_paid_and_each_learns_what_is_theirs() {
    let (data, profile) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let server = Server::start(data.path()).await;
    let mut county = County { office: Office::of(&server).await };
    let citizens = Citizens::of(&server, profile.path()).await;
    scripts(&citizens.browser, Scripts::Off).await;
    let facility = county.facility(demo::CEMETERY).await;
    let photo = jpeg::telling_photo();
    let told = Told { category: "electricity", words: WORDS, address: "骨灰堂门厅", photo: &photo };
    let link = citizens.report(facility, &told).await;
    let snap = county.report(WORDS).await;
    county.step(snap, Command::Accept).await;
    let after = standing(&county, snap).await.stage.entry().expect("it is accepted");
    county.step(snap, Command::DealWith { after, words: "已锁闭并更换电线".to_owned() }).await;

    let desk = Device::desk_of(&server, demo::SUPERVISOR, demo::PASSWORD).await;
    propose(&desk, snap).await;
    arrives(&county, snap).await;
    desk.close().await;
    let officer = Device::desk_of(&server, REWARD_OFFICER, demo::PASSWORD).await;
    approve(&officer).await;

    claim(&citizens, &link).await;
    let claimed = citizens.browser.text().await;
    assert!(!claimed.contains(CLAIM[4].1), "what was filled in is not shown again: {claimed}");

    open_and_order(&officer).await;
    comes_back(&officer, &citizens, &link).await;
    citizens.reads(&link, &["正在发放", "奖励专员查看了领奖信息"]).await;
    pay(&officer).await;
    citizens.reads(&link, &["300 元", "已发放", "永久删除这些信息"]).await;
    look_on(&citizens.browser, "snap-rewarded").await;
    let plaza = format!("{}/snap/plaza", citizens.origin);
    citizens.reads(&plaza, &["已发放奖励 1 笔，共 300 元"]).await;
    officer.close().await;
    citizens.browser.close().await;
}

/// With the times that speak for who was first, and no more than the terms allow.
async fn propose(desk: &Device, snap: SnapId) {
    let (browser, page, sheet) = (&desk.browser, SnapAtDesk(&desk.browser), StepSheet(&desk.browser));
    desk.go(&format!("/desk/snaps/{snap}")).await;
    page.begin("拟奖").await;
    browser.see_text("谁先报告，按受理先后").await;
    browser.fill("金额", "很多").await;
    browser.fill("为什么奖励", "属实，及时消除触电风险").await;
    sheet.sign_and_be_refused("拟奖", "金额写整数的元").await;
    browser.fill("金额", "501").await;
    sheet.sign_and_be_refused("拟奖", "超过了奖励上限").await;
    browser.fill("金额", "300").await;
    sheet.nothing_is_refused().await;
    look(browser, "desk-reward-propose").await;
    sheet.sign("拟奖").await;
    page.stands("奖励 · 300 元 · 待批准").await;
}

/// What the desk signed travels by itself.
async fn arrives(county: &County, snap: SnapId) {
    for _ in 0..300 {
        if standing(county, snap).await.reward.is_some() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the proposal never arrives");
}

/// The desk of a reward officer begins with what waits.
async fn approve(officer: &Device) {
    let (browser, page) = (&officer.browser, SnapAtDesk(&officer.browser));
    browser.see_text("奖励待办").await;
    browser.see_named(".tab-bar a[aria-current=page]", "随手拍").await;
    look(browser, "desk-rewards").await;
    page.open(WORDS).await;
    browser.see_text("属实，及时消除触电风险").await;
    page.take("批准奖励").await;
    page.stands("待申领").await;
    browser.see_named("#reward .timeline", "批准").await;
}

async fn claim(citizens: &Citizens, link: &str) {
    let browser = &citizens.browser;
    until(browser, link, "申领奖励").await;
    look_on(browser, "snap-claim").await;
    fill_in_and_claim(browser).await;
    look_on(browser, "snap-claimed").await;
}

pub(super) async fn fill_in_and_claim(browser: &Browser) {
    for (field, text) in CLAIM {
        browser.type_into(field, text).await;
    }
    browser.press_css("form:has(#account) button").await;
    browser.see_text("已申领，等待发放").await;
}

/// Asks for the page until it says so: what the desk signed travels by itself.
async fn until(browser: &Browser, link: &str, words: &str) {
    for _ in 0..60 {
        browser.go(link).await;
        if browser.text().await.contains(words) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    panic!("the page never says {words}: {}", browser.text().await);
}

/// Who claims is shown once that is on record, and not before.
async fn open_and_order(officer: &Device) {
    let (browser, page, sheet) =
        (&officer.browser, SnapAtDesk(&officer.browser), StepSheet(&officer.browser));
    officer.go("/desk/snaps").await;
    page.open(WORDS).await;
    assert!(!browser.text().await.contains("显示领奖人"), "nobody has signed for looking");
    page.begin("查看领奖人").await;
    browser.fill("为什么要看", "核对身份和账号").await;
    look(browser, "desk-reward-open").await;
    sheet.sign("查看领奖人").await;
    browser.click("#reward .button", "显示领奖人").await;
    for (_, text) in CLAIM {
        browser.see_text(text).await;
    }
    look(browser, "desk-reward-claimant").await;
    page.begin("列入发放批次").await;
    browser.fill("批次号", "第7批").await;
    sheet.sign_and_be_refused("列入发放批次", "批次号用数字").await;
    browser.fill("批次号", BATCH).await;
    sheet.sign("列入发放批次").await;
    page.stands("发放中").await;
    let list = browser.see_named("#reward a", "下载这一批里您经手的清单").await;
    let href = list.attr("href").await.expect("the browser answers").expect("a link");
    assert_eq!(href, format!("/api/payouts/{BATCH}"));
    let fetched = "const [path, done] = arguments; fetch(path).then((it) => it.text()).then(done)";
    let text = browser.run_async(fetched, vec![href.into()]).await;
    let text = text.as_str().expect("a text");
    assert!(CLAIM.iter().all(|(_, told)| text.contains(told)) && text.contains(",300,"), "{text}");
}

/// The money came back: the reporter reads why, and claims anew.
async fn comes_back(officer: &Device, citizens: &Citizens, link: &str) {
    let (browser, page) = (&officer.browser, SnapAtDesk(&officer.browser));
    page.take_with("登记未发放成功", "原因", "账号与户名不符").await;
    page.stands("待申领").await;
    until(&citizens.browser, link, "上次没有发放成功").await;
    look_on(&citizens.browser, "snap-claim-again").await;
    fill_in_and_claim(&citizens.browser).await;
    officer.go("/desk/snaps").await;
    page.open(WORDS).await;
    page.begin("列入发放批次").await;
    browser.fill("批次号", BATCH).await;
    StepSheet(browser).sign("列入发放批次").await;
    page.stands("发放中").await;
}

async fn pay(officer: &Device) {
    let (browser, page) = (&officer.browser, SnapAtDesk(&officer.browser));
    page.take_with("登记已发放", "凭证号", "PZ-2026-0007").await;
    page.stands("已发放").await;
    browser.see_named("#reward .timeline", "PZ-2026-0007").await;
    look(browser, "desk-reward-paid").await;
    officer.go("/desk/snaps").await;
    browser.see_text("没有待办的奖励").await;
    look(browser, "desk-rewards-none").await;
    officer.go("/desk/snaps?list=rewarded").await;
    browser.see_named(".table", "已发放").await;
}
