//! A decision on coercive measures: offered of a major hazard while an order to stop is in force, issued on site without a
//! network and at the desk, for its grounds and by two; and by nobody else.

use xunan_core::document::{DocumentKind, Matter};
use xunan_core::hazard::Command;
use xunan_core::ledger::{DocumentCard, HazardCard};
use xunan_core::rules::{Grade, Measure};
use xunan_e2e::browser::Browser;
use xunan_e2e::demo;
use xunan_e2e::device::Device;
use xunan_e2e::household::Office;
use xunan_e2e::pages::Outbox;
use xunan_e2e::phone::now;
use xunan_e2e::scene::Scene;
use xunan_e2e::sights::look;

const ISSUE: &str = "出具强制措施决定书";
const CUT: &str = "通知供电单位停止供电";
const REFUSED: &str = "拒不执行停止使用的决定";

/// The boxes of the grounds: the first and the third.
const FACTS: &str = "main .field:has(textarea) textarea";
const MEASURES: &str = "main .field:has(textarea) ~ .field:has(textarea) ~ .field:has(textarea) textarea";

/// A major hazard of the demo, of which nothing was ordered to stop yet.
async fn major_hazard(office: &Office) -> HazardCard {
    let rows = office.rows().await;
    let wanted = |card: &&HazardCard| {
        let stopped = |card: &HazardCard| {
            let life = card.life.read().expect("a life");
            life.measures.iter().any(|it| it.measure.needs_consent())
        };
        card.grade == Grade::Major && !stopped(card)
    };
    rows.open_hazards().into_iter().find(wanted).cloned().expect("a major hazard")
}

async fn stop_use(office: &mut Office, hazard: &HazardCard) {
    let reason = "危及人身安全".to_owned();
    office.step(hazard.id, Command::OrderMeasure { measure: Measure::StopUse, reason }).await;
}

async fn field_says(browser: &Browser, words: &str) {
    browser.one_of("main .field-wrong", &[words]).await;
}

async fn decision(office: &Office) -> DocumentCard {
    let rows = office.rows().await;
    let of_kind = |card: &&DocumentCard| card.kind == DocumentKind::CoerciveDecision;
    rows.documents().into_iter().find(of_kind).cloned().expect("a decision")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_inspector_issues_it_on_site_once_it_has_grounds_and_a_second_officer() {
    let scene = Scene::set().await;
    let mut office = Office::of(&scene.server).await;
    let hazard = major_hazard(&office).await;
    let phone = Device::phone_of(&scene.server, demo::INSPECTOR).await;
    let page = format!("/hazards/{}/coercion", hazard.id);
    phone.go(&page).await;
    phone.browser.see_text("现在不能出具强制措施决定书").await;
    look(&phone.browser, "coercion-not-now").await;
    stop_use(&mut office, &hazard).await;
    let browser = &phone.browser;
    phone.go(&format!("/hazards/{}", hazard.id)).await;
    browser.see_text("停止使用").await;
    phone.network.take_away();

    browser.click("main a.button", "出具文书").await;
    browser.click("main a.button", "强制措施决定书").await;
    browser.see("main textarea").await;
    browser.click("main .button[data-kind=primary]", ISSUE).await;
    field_says(browser, "需要两名持证人员").await;
    browser.choose("main .field:has(select) ~ .field select", 3).await;
    browser.click("main .button[data-kind=primary]", ISSUE).await;
    field_says(browser, "请写明采取什么措施").await;
    look(browser, "coercion").await;
    browser.type_into(FACTS, REFUSED).await;
    browser.type_into(MEASURES, CUT).await;
    browser.click("main .button[data-kind=primary]", ISSUE).await;
    browser.see(".paper").await;
    for words in ["编号待联网后生成", "强制措施决定书", REFUSED, "安全生产法", CUT, "行政复议"]
    {
        browser.see_text(words).await;
    }
    look(browser, "coercion-document").await;

    phone.network.give_back();
    let outbox = Outbox(browser);
    outbox.open(&phone.origin()).await;
    outbox.everything_arrived().await;
    let card = decision(&office).await;
    let issue = card.issue.read().expect("an issue");
    let Matter::CoerciveDecision(grounds) = &issue.matter else { panic!("{:?}", issue.matter) };
    assert_eq!((grounds.hazards.as_slice(), issue.officers.len()), ([hazard.id].as_slice(), 2));
    assert_eq!(
        issue.number_text(card.number.expect("a number")),
        format!("云民强措〔{}〕1号", now().date().year())
    );
    let pdf = office.0.http.get(&format!("/api/documents/{}.pdf", card.id)).await;
    assert!(pdf.status.is_success() && pdf.body.starts_with(b"%PDF"));
    phone.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_issues_it_at_the_desk_and_the_institution_cannot() {
    let scene = Scene::set().await;
    let mut office = Office::of(&scene.server).await;
    let hazard = major_hazard(&office).await;
    stop_use(&mut office, &hazard).await;
    let desk = Device::desk_of(&scene.server, demo::SUPERVISOR, demo::PASSWORD).await;
    let browser = &desk.browser;
    desk.go(&format!("/desk/hazards/{}", hazard.id)).await;
    browser.click("main a.button", "出具文书").await;
    browser.click("main a.button", "强制措施决定书").await;
    browser.see("main textarea").await;
    look(browser, "desk-coercion").await;
    browser.choose("main .field:has(select) select", 1).await;
    browser.choose("main .field:has(select) ~ .field select", 2).await;
    browser.type_into(MEASURES, CUT).await;
    browser.click("main .button[data-kind=primary]", ISSUE).await;
    browser.see(".paper").await;
    browser.see_text(CUT).await;
    desk.close().await;

    let home = Device::phone_of(&scene.server, demo::INSTITUTION).await;
    let own = office.general_hazard().await;
    home.go(&format!("/hazards/{}", own.id)).await;
    home.browser.see("main section.card .tag").await;
    assert_eq!(home.browser.count("main a.button[href$='/documents']").await, 0);
    home.go(&format!("/hazards/{}/coercion", own.id)).await;
    home.browser.see_text("可以出具文书").await;
    look(&home.browser, "coercion-not-yours").await;
    home.close().await;
}
