//! The whole loop of a major hazard with five people on five devices. The firm is without a network for a week: of what it
//! wrote meanwhile the steps that still fit count, and those against a hazard that has moved on are kept, shown to it, change
//! nothing and hold nothing up.

use std::time::Duration;

use xunan_core::sync::KeptEntry;
use xunan_e2e::browser::Screen;
use xunan_e2e::demo;
use xunan_e2e::device::Device;
use xunan_e2e::http::Http;
use xunan_e2e::page_clock;
use xunan_e2e::pages::{
    HazardAtDesk, HazardOnPhone, Outbox, Walk, assert_story, ready_offline, sign_and_issue, sign_in_with,
};
use xunan_e2e::scene::Scene;
use xunan_e2e::sights::look;

/// What is found: an electrician of the firm works without a certificate. It is major, and the work is stopped.
const ITEM: &str = "cert.special.operator";
/// Words of its title.
const TITLE: &str = "特种作业";
/// The work is stopped until the supervisor consents to its end.
const STOPPED: &str = "立即措施已落实：停止作业";
/// The second verifier: of the county's safety office.
const VERIFIER: &str = "heshi";

const WEEK: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// The five.
struct People {
    /// 林演示 finds it.
    inspector: Device,
    /// 周演示 assigns, lists, answers and closes, at the desk.
    office: Device,
    /// 王演示 puts it right.
    home: Device,
    /// 钱演示 of the firm supports.
    firm: Device,
    /// 何演示 re-checks on site.
    verifier: Device,
}

impl People {
    async fn of(scene: &Scene) -> Self {
        let new = ["create-account", VERIFIER, "--role", "supervisor", "--name", "何演示"];
        let office = ["--organisation", "云溪县安委办（演示数据）", "--region", "999901"];
        let said = scene.administer(&[&new[..], &office].concat()).await;
        let password = said.split_whitespace().last().expect("a password").to_owned();
        let verifier = Device::new(&scene.server, Screen::Phone).await;
        verifier.go("/").await;
        sign_in_with(&verifier.browser, VERIFIER, &password).await;
        ready_offline(&verifier.browser).await;
        Self {
            inspector: Device::phone_of(&scene.server, demo::INSPECTOR).await,
            office: Device::desk_of(&scene.server, demo::SUPERVISOR, demo::PASSWORD).await,
            home: Device::phone_of(&scene.server, demo::INSTITUTION).await,
            firm: Device::phone_of(&scene.server, demo::FIRM).await,
            verifier,
        }
    }

    async fn close(self) {
        for device in [self.inspector, self.office, self.home, self.firm, self.verifier] {
            device.close().await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn five_people_close_a_major_hazard_and_one_of_them_was_without_a_network_for_a_week() {
    let scene = Scene::set().await;
    let people = People::of(&scene).await;
    find_it_without_a_network(&people.inspector).await;
    let hazard = assign_and_list(&people.office).await;
    plan(&people.home).await;
    work_without_a_network(&people.firm).await;
    put_right(&people.home).await;
    cannot_be_rechecked_at_the_desk(&people.office, &hazard).await;
    recheck_on_site(&people.verifier, &hazard).await;
    cannot_be_closed_yet(&people.office, &hazard).await;
    come_back_after_a_week(&people.firm, &scene, &hazard).await;
    lift_the_measure(&people).await;
    close_it(&people, &hazard).await;
    read_the_story(&people).await;
    people.close().await;
}

async fn find_it_without_a_network(inspector: &Device) {
    let browser = &inspector.browser;
    inspector.network.take_away();
    let walk = Walk(browser);
    walk.start_short_at(&inspector.origin(), demo::ELDERLY_HOME).await;
    let items = walk.items().await;
    walk.fail(ITEM).await;
    browser.see_named("dialog.sheet[open] .grade", "重大").await;
    walk.fill_sheet().await;
    walk.photograph(ITEM, 1).await;
    for item in items.iter().filter(|item| item.id != ITEM) {
        walk.not_applicable(item).await;
    }
    walk.saved().await;
    sign_and_issue(browser).await;
    inspector.network.give_back();
    let outbox = Outbox(browser);
    outbox.open(&inspector.origin()).await;
    outbox.everything_arrived().await;
}

/// Gives it to the institution's head, with the firm beside him, and has it listed; gives the path of its page.
async fn assign_and_list(office: &Device) -> String {
    let browser = &office.browser;
    let desk = HazardAtDesk(browser);
    let path = desk.find(&office.origin(), "open", TITLE).await;
    desk.stands("待交办").await;
    desk.begin_owed("交办").await;
    browser.fill("整改措施", "停止电气作业，换持证电工，补齐证件台账").await;
    browser.press_css("dialog.sheet[open] .desk-more summary").await;
    browser.click("dialog.sheet[open] .desk-more .choice", "维保单位").await;
    look(browser, "major-assign").await;
    desk.sign("交办").await;
    desk.stands("待签收").await;
    desk.begin_other("挂牌督办").await;
    desk.choose("县级挂牌").await;
    browser.fill("原因", "重大事故隐患，县级挂牌").await;
    desk.sign("挂牌督办").await;
    browser.see_text("县级挂牌").await;
    path
}

/// Without its plan nobody can say that a major hazard is put right, and a plan has six parts.
async fn plan(home: &Device) {
    let browser = &home.browser;
    let page = HazardOnPhone(browser);
    page.open_listed(&home.origin(), TITLE).await;
    page.stands("待签收").await;
    assert!(!page.offers("提交整改").await, "not before there is a plan");
    page.begin("提交治理方案").await;
    browser.fill("治理的目标和任务", "电气作业全部由持证人员承担").await;
    browser.choose_day("完成日期", &xunan_e2e::phone::now().date().plus_days(10).to_string()).await;
    page.is_refused("提交治理方案", "治理方案六项都要写").await;
    for (part, words) in [
        ("采取的方法和措施", "停止作业，核验证件，更换电工"),
        ("经费和物资的落实", "年度安全经费列支"),
        ("负责治理的机构和人员", "后勤科，王演示"),
        ("治理的时限和要求", "十日内完成，逐日报告"),
        ("安全措施和应急预案", "停电区域设人看守，备用照明"),
    ] {
        browser.fill(part, words).await;
    }
    look(browser, "major-plan").await;
    page.sign("提交治理方案").await;
    browser.see_text("电气作业全部由持证人员承担").await;
    assert!(page.offers("提交整改").await, "now there is one");
}

/// The firm signs for it, stops the work, says that it is put right, and remarks: all of it stays on its phone.
async fn work_without_a_network(firm: &Device) {
    let browser = &firm.browser;
    let page = HazardOnPhone(browser);
    page.open_listed(&firm.origin(), TITLE).await;
    page.stands("待签收").await;
    firm.network.take_away();
    page.begin("签收").await;
    page.sign("签收").await;
    page.stands("整改中").await;
    page.begin(STOPPED).await;
    page.photograph().await;
    browser.fill("做了什么", "工地断电，人员撤出").await;
    page.sign(STOPPED).await;
    page.begin("提交整改").await;
    page.photograph().await;
    browser.fill("做了什么", "已换持证电工").await;
    page.sign("提交整改").await;
    page.stands("待复查").await;
    page.begin("批注").await;
    browser.fill("批注", "新电工证件复印件已交机构").await;
    page.sign("批注").await;
    Outbox(browser).open(&firm.origin()).await;
    Outbox(browser).entries(4).await;
}

/// Meanwhile the institution signs for it and shows that it is put right: not without a photo.
async fn put_right(home: &Device) {
    let browser = &home.browser;
    let page = HazardOnPhone(browser);
    page.open_listed(&home.origin(), TITLE).await;
    page.begin("签收").await;
    page.sign("签收").await;
    page.stands("整改中").await;
    page.begin("提交整改").await;
    browser.fill("做了什么", "持证电工已到岗，证件已核验").await;
    page.is_refused("提交整改", "要有整改后的照片").await;
    page.photograph_over_the_finding().await;
    page.sign("提交整改").await;
    page.stands("待复查").await;
    for step in ["现场复查", "销号"] {
        assert!(!page.offers(step).await, "who puts it right has no {step}");
    }
    Outbox(browser).open(&home.origin()).await;
    Outbox(browser).everything_arrived().await;
}

async fn cannot_be_rechecked_at_the_desk(office: &Device, hazard: &str) {
    office.go(hazard).await;
    let desk = HazardAtDesk(&office.browser);
    desk.stands("待复查").await;
    assert!(!desk.steps().await.contains(&"销号".to_owned()), "not before a re-check");
    desk.begin_owed("复查").await;
    office.browser.see_text("重大隐患要到现场复查").await;
    assert_eq!(office.browser.count("dialog.sheet[open] .choice").await, 1, "only “not put right”");
    look(&office.browser, "major-recheck-at-desk").await;
    desk.close_form().await;
}

/// The verifier stands there, and shows it by a photo that was taken there.
async fn recheck_on_site(verifier: &Device, hazard: &str) {
    let browser = &verifier.browser;
    let page = HazardOnPhone(browser);
    verifier.go(hazard.trim_start_matches("/desk")).await;
    page.stands("待复查").await;
    page.begin("现场复查").await;
    browser.click("dialog.sheet[open] .segment", "已整改").await;
    page.is_refused("现场复查", "重大隐患必须到现场复查，并当场拍照").await;
    page.photograph_over_the_finding().await;
    look(browser, "major-recheck-on-site").await;
    page.sign("现场复查").await;
    page.stands("待销号").await;
    Outbox(browser).open(&verifier.origin()).await;
    Outbox(browser).everything_arrived().await;
}

/// It is listed, and then the work is stopped still: the firm's word that it was stopped has not come.
async fn cannot_be_closed_yet(office: &Device, hazard: &str) {
    office.go(hazard).await;
    let desk = HazardAtDesk(&office.browser);
    desk.stands("待销号").await;
    assert!(!desk.steps().await.contains(&"销号".to_owned()), "not while it is listed");
    desk.begin_owed("摘牌").await;
    office.browser.fill("原因", "复查合格").await;
    desk.sign("摘牌").await;
    desk.says_of_steps("还有立即措施没有解除").await;
    office.browser.see_text("停止作业（已责令）").await;
    assert!(!desk.steps().await.contains(&"销号".to_owned()), "not while a measure is in force");
}

/// All four arrive. Two of them come too late: the firm is told, they are kept, and those behind them count.
async fn come_back_after_a_week(firm: &Device, scene: &Scene, hazard: &str) {
    let browser = &firm.browser;
    page_clock::set_ahead(browser, WEEK).await;
    let outbox = Outbox(browser);
    outbox.open(&firm.origin()).await;
    browser.one_of("main .banner[data-kind=warning]", &["最早的一件已经等了 7 天"]).await;
    let entries = outbox.entries(4).await;
    firm.network.give_back();
    outbox.open(&firm.origin()).await;
    for (entry, says) in entries.iter().zip(["没有生效", "回执已核对", "没有生效", "回执已核对"])
    {
        outbox.arrived(entry).await;
        browser.one_of(&format!(".parcel[data-entry='{entry}'] .parcel-says"), &[says]).await;
    }
    look(browser, "major-outbox-after-a-week").await;
    page_clock::set_ahead(browser, Duration::ZERO).await;
    firm.go(hazard.trim_start_matches("/desk")).await;
    HazardOnPhone(browser).stands("待销号").await;
    browser.see_text("新电工证件复印件已交机构").await;
    assert!(!browser.text().await.contains("已换持证电工"), "what came too late is not in the story");
    kept_with_its_photo(scene, &entries[2]).await;
}

/// What had no effect is in the ledger all the same, its photo too.
async fn kept_with_its_photo(scene: &Scene, entry: &str) {
    let firm = Http::to_port(scene.server.port()).signed_in(demo::FIRM, demo::PASSWORD).await;
    let kept: KeptEntry = firm.get(&format!("/api/entries/{entry}")).await.json();
    assert_eq!(kept.photos.len(), 1);
}

async fn lift_the_measure(people: &People) {
    let page = HazardOnPhone(&people.home.browser);
    page.open_listed(&people.home.origin(), TITLE).await;
    page.begin("申请解除措施：停止作业").await;
    people.home.browser.fill("为什么可以解除", "持证人员已到岗").await;
    page.sign("申请解除措施").await;
    Outbox(&people.home.browser).open(&people.home.origin()).await;
    Outbox(&people.home.browser).everything_arrived().await;
    let desk = HazardAtDesk(&people.office.browser);
    desk.find(&people.office.origin(), "open", TITLE).await;
    desk.begin_owed("答复解除措施").await;
    desk.choose("同意").await;
    desk.sign("答复解除措施").await;
    people.office.browser.see_text("停止作业（同意解除）").await;
}

/// Not by who re-checked it, though she may close any other: a second person has to.
async fn close_it(people: &People, hazard: &str) {
    people.verifier.go(hazard).await;
    let hers = HazardAtDesk(&people.verifier.browser);
    hers.says_of_steps("重大隐患要由复查人以外的第二个人核实后销号").await;
    assert!(!hers.steps().await.contains(&"销号".to_owned()));
    look(&people.verifier.browser, "major-second-verifier").await;
    let desk = HazardAtDesk(&people.office.browser);
    desk.begin_owed("销号").await;
    desk.sign("销号").await;
    desk.stands("已销号").await;
}

async fn read_the_story(people: &People) {
    let desk = HazardAtDesk(&people.office.browser);
    desk.find(&people.office.origin(), "all&state=closed", TITLE).await;
    desk.stands("已销号").await;
    let (inspector, office, home, firm, verifier) = ("林演示", "周演示", "王演示", "钱演示", "何演示");
    assert_story(
        &desk.story().await,
        &[
            ("发现隐患", inspector),
            ("交办", office),
            ("挂牌督办", office),
            ("提交治理方案", home),
            ("签收", home),
            ("提交整改", home),
            ("复查合格", verifier),
            ("摘牌", office),
            // Words travel before photos, and no entry waits for those of another.
            ("批注", firm),
            ("立即措施已落实", firm),
            ("申请解除措施", home),
            ("同意解除措施", office),
            ("销号", office),
        ],
    );
    look(&people.office.browser, "major-story").await;
    people.home.go("/").await;
    ready_offline(&people.home.browser).await;
    let listed = format!("return document.body.innerText.includes('{TITLE}')");
    people.home.browser.becomes(&listed, &serde_json::json!(false)).await;
}
