//! Staff training 员工培训记录: a nurse who is signed in to the app answers the quiz of an article as herself, and has it on record
//! once; her head sees who has not passed; the supervisor comes to it from the institution's page at the desk; and a phone that nobody
//! is signed in on is told how.

use std::collections::BTreeSet;

use xunan_core::access::Role;
use xunan_core::ids::{ArticleId, Entropy, FacilityId};
use xunan_core::knowledge::{
    ArticleText, ArticleTitle, ChoiceWords, Command, Content, Pictures, Question, QuestionWords, Quiz, Step,
    WhyWords,
};
use xunan_core::log::ArticleBody;
use xunan_core::sync::{AccountAnswer, MakeAccount, Outcome};
use xunan_e2e::browser::Screen;
use xunan_e2e::demo;
use xunan_e2e::device::Device;
use xunan_e2e::household::Office;
use xunan_e2e::http::Http;
use xunan_e2e::pages::sign_in_with;
use xunan_e2e::phone::now;
use xunan_e2e::server::Server;
use xunan_e2e::sights::look;

use super::snap_triage::County;

const TITLE: &str = "电动车不进楼";
const NURSE: &str = "nurse";
const NAME: &str = "孙演示";

/// One question; the first answer is right.
fn content() -> Content {
    let choices = ["切断电源", "用水浇"].map(|it| ChoiceWords::of(it).expect("an answer")).to_vec();
    let text = QuestionWords::of("电动车电池冒烟，先做什么").expect("a question");
    let question = Question::of(text, choices, 0, WhyWords::of("断电是第一步").expect("a reason"));
    Content {
        title: ArticleTitle::of(TITLE).expect("a title"),
        text: ArticleText::of("# 为什么\n\n电池起火快，**不进楼**。").expect("a text"),
        section: None,
        types: BTreeSet::new(),
        quiz: Quiz::try_from(vec![question.expect("a question")]).expect("a quiz"),
        pictures: Pictures::default(),
    }
}

async fn publish(county: &mut County) -> ArticleId {
    let article = ArticleId::from_parts(now(), Entropy(1));
    let step = Step { article, command: Command::Publish { content: content() } };
    let entry = county.office.0.sign(&ArticleBody(Box::new(step)));
    let answer = county.office.0.push(&[&entry]).await.expect("the server answers");
    assert!(matches!(answer.entries[0].outcome, Outcome::Receipted { .. }), "{answer:?}");
    article
}

/// The administrator makes an account for somebody who works at an institution; answers its password.
async fn employ(server: &Server, facility: FacilityId) -> String {
    let administrator = Http::to_port(server.port()).signed_in(demo::ADMINISTRATOR, demo::PASSWORD).await;
    let account = MakeAccount {
        login: NURSE.to_owned(),
        name: NAME.to_owned(),
        organisation: demo::ELDERLY_HOME.to_owned(),
        region: "999901001".parse().expect("a division"),
        role: Role::Staff { facility },
    };
    let answer = administrator.post("/api/accounts", &account).await.expect("the server answers");
    match answer.json::<AccountAnswer>() {
        AccountAnswer::Done { password: Some(password), .. } => password.0,
        other => panic!("no account was made: {other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_nurse_answers_as_herself_her_head_sees_it_and_the_desk_leads_to_it() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Server::start(data.path()).await;
    let mut county = County { office: Office::of(&server).await };
    let home = county.facility(demo::ELDERLY_HOME).await;
    let article = publish(&mut county).await;
    let password = employ(&server, home).await;
    let phone = Device::new(&server, Screen::Phone).await;
    phone.go(&format!("/snap/know/articles/{article}")).await;
    phone.browser.click("a.line-link", "员工培训：答题并记入培训记录").await;
    phone.browser.see_text("请先登录").await;
    look(&phone.browser, "training-not-signed-in").await;
    phone.go("/").await;
    sign_in_with(&phone.browser, NURSE, &password).await;
    phone.browser.gone("input[type=password]").await;
    answer(&phone, article).await;
    let head = Device::phone_of(&server, demo::INSTITUTION).await;
    head.go("/snap/know/training").await;
    head.browser.see_text("还没有培训记录").await;
    head.browser.click("a.line-link", "本机构人员的培训记录").await;
    head.browser.see_named("h2", &format!("{NAME} · 都合格")).await;
    look(&head.browser, "training-institution").await;
    desk(&server, home).await;
    phone.close().await;
    head.close().await;
}

/// Once wrong, once right, and what of it is on record.
async fn answer(phone: &Device, article: ArticleId) {
    let browser = &phone.browser;
    phone.go(&format!("/snap/know/articles/{article}/training")).await;
    browser.see_text(&format!("您以 {NAME}")).await;
    look(browser, "training-quiz").await;
    browser.press_nth("input[name=q0]", 1).await;
    browser.press_css("form > button").await;
    browser.see_text(&format!("已记入{NAME}的培训记录")).await;
    browser.see_text("还不合格").await;
    look(browser, "training-answers").await;
    browser.click("a.line-link", "再答一次").await;
    browser.press_nth("input[name=q0]", 0).await;
    browser.press_css("form > button").await;
    browser.see_text("答对 1 题，共 1 题（100%）").await;
    browser.click("a.line-link", "我的培训记录").await;
    browser.see_named("li strong", "不合格").await;
    assert_eq!(browser.count("main li").await, 2, "each attempt is a record, and each once");
    look(browser, "training-own").await;
}

/// From the institution's page at the desk to its records, and from one's own to all institutions of the region.
async fn desk(server: &Server, home: FacilityId) {
    let desk = Device::desk_of(server, demo::SUPERVISOR, demo::PASSWORD).await;
    let browser = &desk.browser;
    desk.go(&format!("/desk/facilities/{home}")).await;
    browser.see_named(".desk-head a.button", "培训记录").await;
    let link = format!(
        "return document.querySelector('.desk-head a[href=\"/snap/know/training?f={home}\"]') !== null"
    );
    browser.becomes(&link, &true.into()).await;
    desk.go(&format!("/snap/know/training?f={home}")).await;
    browser.see_named("h2", &format!("{NAME} · 都合格")).await;
    look(browser, "training-at-the-desk").await;
    browser.click("a.line-link", "我的培训记录").await;
    browser.click("a.line-link", "辖区各机构的培训记录").await;
    browser.see_named(".cases h2", demo::ELDERLY_HOME).await;
    look(browser, "training-institutions").await;
    desk.close().await;
}
