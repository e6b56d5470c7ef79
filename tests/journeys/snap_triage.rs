//! Triage of citizens' reports at the supervisor's desk: two of the same matter, one that becomes a hazard, one that is dealt
//! with and answered; what each reporter reads by the link; and a step that came too late.

use std::path::Path;
use std::time::Duration;

use serde_json::json;
use xunan_core::ids::{FacilityId, SnapId};
use xunan_core::log::SnapBody;
use xunan_core::snap::{CaseNumber, Command, NotAcceptedReason, SnapState, Step};
use xunan_core::sync::{Outcome, SnapDetail, SnapsPage};
use xunan_e2e::browser::{Browser, Screen};
use xunan_e2e::device::Device;
use xunan_e2e::household::Office;
use xunan_e2e::pages::{SnapAtDesk, SnapForm, StepSheet, Told};
use xunan_e2e::phone::now;
use xunan_e2e::server::Server;
use xunan_e2e::sights::look;
use xunan_e2e::{demo, jpeg};

const FIRST: &str = "二楼疏散门用链条锁着，推不开";
const SECOND: &str = "二楼安全出口锁死，出不去";
const THIRD: &str = "三楼走廊灭火器没有压力";
/// What the office writes.
const TITLE: &str = "二楼疏散门锁闭";
const TRANSFERRED: &str = "灭火器由消防救援督促更换";
const DONE: &str = "已到现场更换三楼灭火器";
const ANSWER: &str = "灭火器已更换，今后每月检查压力";

/// The citizens of a journey, one after the other, at one browser.
pub(super) struct Citizens {
    pub(super) browser: Browser,
    pub(super) origin: String,
}

impl Citizens {
    pub(super) async fn of(server: &Server, profile: &Path) -> Self {
        let origin = format!("http://localhost:{}", server.port());
        Self { browser: Browser::open(profile, Screen::Phone).await, origin }
    }

    pub(super) async fn report(&self, facility: FacilityId, told: &Told<'_>) -> String {
        self.browser.go(&format!("{}/snap?f={facility}", self.origin)).await;
        let form = SnapForm(&self.browser);
        form.tell_position().await;
        form.send(told).await;
        form.link().await
    }

    pub(super) async fn reads(&self, link: &str, all: &[&str]) {
        self.browser.go(link).await;
        for words in all {
            self.browser.see_text(words).await;
        }
    }
}

/// The office as the server knows it.
pub(super) struct County {
    pub(super) office: Office,
}

impl County {
    pub(super) async fn facility(&self, name: &str) -> FacilityId {
        let rows = self.office.rows().await;
        rows.facilities().iter().find(|it| it.name == name).expect("an institution of the demo county").id
    }

    pub(super) async fn report(&self, words: &str) -> SnapId {
        let page: SnapsPage = self.office.0.http.get("/api/snaps").await.json();
        let said = |snap: &&xunan_core::sync::DueSnap| snap.snap.report.words.as_str() == words;
        page.snaps.iter().find(said).expect("the report is open").snap.id()
    }

    /// Waits until the server has it in a state: what the desk signed travels by itself.
    async fn waits_for(&self, snap: SnapId, state: SnapState) {
        for _ in 0..300 {
            let detail: SnapDetail = self.office.0.http.get(&format!("/api/snaps/{snap}")).await.json();
            if detail.due.snap.life.stage.state() == state {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the report does not become {state:?}");
    }

    /// A citizen reports [`FIRST`], and goes.
    async fn hears_of_the_first(&self, server: &Server, profile: &Path) {
        let facility = self.facility(demo::CEMETERY).await;
        let citizens = Citizens::of(server, profile).await;
        let photo = jpeg::telling_photo();
        let told = Told { category: "way_out", words: FIRST, address: "主楼二楼东头", photo: &photo };
        citizens.report(facility, &told).await;
        citizens.browser.close().await;
    }

    pub(super) async fn step(&mut self, snap: SnapId, command: Command) {
        let body = SnapBody::Stepped(Box::new(Step { snap, command }));
        let entry = self.office.0.sign(&body);
        let answer = self.office.0.push(&[&entry]).await.expect("the server answers");
        assert!(matches!(answer.entries[0].outcome, Outcome::Receipted { .. }), "{answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn reports_are_accepted_joined_turned_into_a_hazard_and_answered_and_their_reporters_read_it() {
    let (data, profile) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let server = Server::start(data.path()).await;
    let county = County { office: Office::of(&server).await };
    let facility = county.facility(demo::CEMETERY).await;
    let citizens = Citizens::of(&server, profile.path()).await;
    let photo = jpeg::telling_photo();
    let door = Told { category: "way_out", words: FIRST, address: "主楼二楼东头", photo: &photo };
    let first_link = citizens.report(facility, &door).await;
    let second_link = citizens.report(facility, &Told { words: SECOND, ..door }).await;
    let other = jpeg::photo(640, 480, 5);
    let extinguisher =
        Told { category: "fire_equipment", words: THIRD, address: "主楼三楼", photo: &other };
    let third_link = citizens.report(facility, &extinguisher).await;
    let [first, second, third] =
        [county.report(FIRST).await, county.report(SECOND).await, county.report(THIRD).await];

    let desk = Device::desk_of(&server, demo::SUPERVISOR, demo::PASSWORD).await;
    let (browser, page) = (&desk.browser, SnapAtDesk(&desk.browser));
    browser.press_css(".tab-bar a[href='/desk/snaps']").await;
    browser.see_text("决定是否受理").await;
    assert_eq!(browser.count(".table tbody tr").await, 3);
    look(browser, "desk-snaps").await;

    // The first: the other is suggested, with its reasons.
    page.open(FIRST).await;
    browser.see(".snap-photos img").await;
    browser.one_of("#alike", &["同一机构"]).await;
    for why in ["相距约", "同一类别", "照片相似", SECOND] {
        browser.one_of("#alike", &[why]).await;
    }
    look(browser, "desk-snap").await;
    page.take("受理").await;
    page.stands("办理中").await;
    county.waits_for(first, SnapState::Accepted).await;

    join_second(&desk, first, second).await;
    county.waits_for(second, SnapState::Duplicate).await;
    turn_into_hazard(&desk, first).await;
    county.waits_for(first, SnapState::Hazard).await;
    browser.see_text("转成的隐患销号以后才能办结").await;
    browser.click(".desk-filters .button", "看转成的隐患").await;
    browser.see_text(TITLE).await;
    browser.see_text("市民随手拍").await;

    deal_with_third(&desk, third).await;
    county.waits_for(third, SnapState::Answered).await;
    desk.go("/desk/snaps?list=closed").await;
    browser.see_text(THIRD).await;
    assert_eq!(browser.count(".table tbody tr").await, 2, "the joined and the answered one");
    look(browser, "desk-snaps-closed").await;

    citizens.reads(&first_link, &["受理", "列为隐患"]).await;
    citizens.reads(&second_link, &["与另一件并案办理", "列为隐患"]).await;
    assert!(!citizens.browser.text().await.contains(FIRST), "another's words are nobody's business");
    citizens.reads(&third_link, &["受理", "转办", TRANSFERRED, DONE, ANSWER]).await;
    show_that_it_is_not_fixed(&citizens).await;
    citizens.browser.close().await;
    desk.go(&format!("/desk/snaps/{third}")).await;
    page.stands("办理中").await;
    browser.see_text("市民反映没有解决").await;
    let showed = "const photo = document.querySelector('.timeline + p + .story-photos img');
        photo?.scrollIntoView();
        return photo?.naturalWidth > 0";
    browser.becomes(showed, &json!(true)).await;
    look(browser, "desk-snap-not-fixed").await;
    desk.close().await;
}

/// A photo says it: on the page of the link, which is open.
async fn show_that_it_is_not_fixed(citizens: &Citizens) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("still.jpg");
    std::fs::write(&file, jpeg::photo(800, 600, 9)).expect("the photo can be written");
    let picker = citizens.browser.see("input[type=file]").await;
    picker.send_keys(&file.display().to_string()).await.expect("the file is picked");
    look(&citizens.browser, "snap-not-fixed").await;
    citizens.browser.click("button.plain", "没有真正解决").await;
    citizens.browser.see_text("照片 1 张").await;
    citizens.browser.see_text("已受理，正在办理").await;
}

/// Nothing is joined before somebody said with what.
async fn join_second(desk: &Device, first: SnapId, second: SnapId) {
    let (page, sheet) = (SnapAtDesk(&desk.browser), StepSheet(&desk.browser));
    desk.go(&format!("/desk/snaps/{second}")).await;
    page.begin("并案").await;
    sheet.sign_and_be_refused("并案", "请选择与哪一件并案").await;
    sheet.choose("另一件，填编号").await;
    desk.browser.fill("另一件的编号", "20200101-AAAAAA").await;
    sheet.sign_and_be_refused("并案", "没有这个编号").await;
    let number = CaseNumber::of(first).to_string();
    sheet.choose(&number).await;
    sheet.nothing_is_refused().await;
    look(&desk.browser, "desk-snap-join").await;
    sheet.sign("并案").await;
    page.stands("已并案").await;
    desk.browser.see_text(&format!("与 {number} 并案")).await;
}

async fn turn_into_hazard(desk: &Device, first: SnapId) {
    let (browser, page, sheet) = (&desk.browser, SnapAtDesk(&desk.browser), StepSheet(&desk.browser));
    desk.go(&format!("/desk/snaps/{first}")).await;
    page.begin("转为隐患").await;
    sheet.sign_and_be_refused("转为隐患", "请选择等级").await;
    sheet.choose("一般事故隐患").await;
    browser.pick("机构", demo::CEMETERY).await;
    browser.choose_day("整改期限", &now().date().plus_days(7).to_string()).await;
    // Core says what is missing, with the number of its refusal.
    sheet.sign_and_be_refused("转为隐患", "422.9").await;
    browser.fill("用本单位的话写", TITLE).await;
    look(browser, "desk-snap-hazard").await;
    sheet.sign("转为隐患").await;
    page.stands("已转为隐患").await;
}

/// 转办: not before somebody said to whom.
async fn transfer(desk: &Device) {
    let (browser, page, sheet) = (&desk.browser, SnapAtDesk(&desk.browser), StepSheet(&desk.browser));
    page.begin("转办").await;
    browser.fill("转办说明", TRANSFERRED).await;
    sheet.sign_and_be_refused("转办", "请选择部门").await;
    browser.pick("转给哪个部门", "消防救援").await;
    sheet.sign("转办").await;
    page.stands("已转办").await;
    browser.see_text("转给消防救援").await;
}

/// A form that is closed by mistake is as it was left.
async fn deal_with_third(desk: &Device, third: SnapId) {
    let (browser, page, sheet) = (&desk.browser, SnapAtDesk(&desk.browser), StepSheet(&desk.browser));
    desk.go(&format!("/desk/snaps/{third}")).await;
    page.take("受理").await;
    page.stands("办理中").await;
    transfer(desk).await;
    page.begin("办结").await;
    browser.fill("怎么办的", DONE).await;
    sheet.close().await;
    page.begin("办结").await;
    let typed = "return document.querySelector('dialog.sheet[open] textarea')?.value";
    browser.becomes(typed, &json!(DONE)).await;
    sheet.sign("办结").await;
    page.stands("待答复").await;
    page.take_with("答复", "答复", ANSWER).await;
    page.stands("已答复").await;
    // Nothing is owed any more; whether it is rewarded, and whether everybody may read of it, is the office's to decide.
    for decided in ["拟奖", "公开到广场"] {
        browser.see_named(".steps .button", decided).await;
    }
    assert_eq!(browser.count(".steps .button").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_that_somebody_else_was_quicker_with_has_no_effect_and_says_so() {
    let (data, profile) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let server = Server::start(data.path()).await;
    let mut county = County { office: Office::of(&server).await };
    county.hears_of_the_first(&server, profile.path()).await;
    let snap = county.report(FIRST).await;

    // The list is on the server: without a network the page says so, and tries again.
    let desk = Device::desk_of(&server, demo::SUPERVISOR, demo::PASSWORD).await;
    let (browser, page) = (&desk.browser, SnapAtDesk(&desk.browser));
    desk.network.take_away();
    browser.press_css(".tab-bar a[href='/desk/snaps']").await;
    browser.see_text("没有网络：随手拍的清单在服务器上").await;
    look(browser, "desk-snaps-offline").await;
    desk.network.give_back();
    browser.click(".banner .button", "再试一次").await;
    page.open(FIRST).await;

    // It is signed without a network, and meanwhile another computer of the office was quicker.
    desk.network.take_away();
    page.take("受理").await;
    browser.see_named(".banner", "受理：").await;
    page.stands("办理中").await;
    let command =
        Command::NotAccept { reason: NotAcceptedReason::NoHazard, words: "门已打开".to_owned() };
    county.step(snap, command).await;
    desk.network.give_back();
    browser.run("window.dispatchEvent(new Event('online'))", vec![]).await;
    browser.see_named(".banner", "没有生效").await;
    browser.see_named(".banner", "422.9").await;
    page.stands("不予受理").await;
    browser.see_text("门已打开").await;
    look(browser, "desk-snap-without-effect").await;
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_office_that_lets_a_citizen_wait_finds_a_reminder_that_leads_to_the_report() {
    let (data, profile) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let server = Server::start(data.path()).await;
    let county = County { office: Office::of(&server).await };
    county.hears_of_the_first(&server, profile.path()).await;
    server.let_reports_wait(30);
    let server = server.kill_and_restart().await;

    let desk = Device::desk_of(&server, demo::SUPERVISOR, demo::PASSWORD).await;
    let browser = &desk.browser;
    desk.go("/desk/notices").await;
    let reminder = "main a.row[href*='/desk/snaps/']";
    browser.see_named(reminder, "随手拍：通道、安全出口堵塞或锁闭").await;
    browser.see_named(reminder, "已逾期 · 决定是否受理，期限").await;
    look(browser, "desk-snap-reminder").await;
    browser.press_css(reminder).await;
    browser.see_text(FIRST).await;
    browser.see_named(".desk-filters .tag", "待受理").await;
    desk.close().await;
}
