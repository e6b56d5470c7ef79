//! Safety knowledge 安全知识: what a supervisor writes at the desk everybody reads by a page without scripts, tries a quiz on, and
//! reads no more once it is withdrawn. Of two who write at once, the second is told.

use std::path::Path;
use std::time::Duration;

use serde_json::json;
use xunan_core::ids::ArticleId;
use xunan_core::knowledge::{Article, ArticleText, Command, Content, Pictures, Step};
use xunan_core::log::ArticleBody;
use xunan_core::sync::{ArticlesPage, Outcome};
use xunan_e2e::device::Device;
use xunan_e2e::household::Office;
use xunan_e2e::server::Server;
use xunan_e2e::sights::look;
use xunan_e2e::{browser::Browser, demo, jpeg};

use super::snap_page::{Scripts, look_on, scripts};
use super::snap_triage::{Citizens, County};

const TITLE: &str = "电动车不进楼";
/// What the picture of the article shows.
const PICTURE: &str = "灭火器的压力表";
const TEXT: &str = "# 为什么\n\n电池起火快，**不进楼**。<b>不是标签</b>";

/// The one article that there is, once the server has it.
async fn article(county: &County) -> Article {
    for _ in 0..300 {
        let page: ArticlesPage = county.office.0.http.get("/api/articles").await.json();
        if let [line] = page.articles.as_slice() {
            return county.office.0.http.get(&format!("/api/articles/{}", line.id)).await.json();
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("no article comes");
}

/// Waits until the server has so many lines of its story: what the desk signed travels by itself.
async fn told_of(county: &County, id: ArticleId, lines: usize) -> Article {
    for _ in 0..300 {
        let article: Article = county.office.0.http.get(&format!("/api/articles/{id}")).await.json();
        if article.story().count() == lines {
            return article;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the article has not {lines} lines");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_supervisor_writes_everybody_reads_without_scripts_until_it_is_withdrawn() {
    let (data, profile) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let server = Server::start(data.path()).await;
    let mut county = County { office: Office::of(&server).await };
    let citizens = Citizens::of(&server, profile.path()).await;
    scripts(&citizens.browser, Scripts::Off).await;
    let list = format!("{}/snap/know/articles", citizens.origin);
    citizens.reads(&list, &["还没有文章"]).await;
    let desk = Device::desk_of(&server, demo::SUPERVISOR, demo::PASSWORD).await;
    write(&desk, profile.path()).await;
    let own = article(&county).await;
    read(&citizens, &list).await;
    let picture = own.content.pictures.all()[0].digest.hex();
    let picture = format!("{list}/{}/pictures/{picture}", own.id);
    revise(&desk, &mut county, &own).await;
    withdraw(&desk, &county, own.id).await;
    for gone in [format!("{list}/{}", own.id), picture] {
        citizens.reads(&gone, &["没有这篇文章，或者已经撤下"]).await;
    }
    citizens.reads(&list, &["还没有文章"]).await;
    desk.close().await;
    citizens.browser.close().await;
}

/// What is missing is said before anything is signed, and the preview shows what readers will see.
async fn write(desk: &Device, folder: &Path) {
    let browser = &desk.browser;
    desk.go("/desk/articles").await;
    browser.see_text("还没有文章").await;
    look(browser, "desk-articles-none").await;
    browser.click(".desk-head .button", "写文章").await;
    browser.see_named(".part p", "标题要写一行").await;
    browser.fill("标题", TITLE).await;
    browser.fill("正文", TEXT).await;
    browser.see_named(".article h4", "为什么").await;
    browser.see_named(".article strong", "不进楼").await;
    browser.see_named(".article p", "<b>不是标签</b>").await;
    browser.click(".part > .button", "加一题").await;
    browser.fill("题目", "电池冒烟先做什么").await;
    browser.fill("选项", "断电\n用水浇").await;
    browser.see_named(".part p", "选出正确的选项").await;
    browser.pick("正确的选项", "断电").await;
    browser.fill("为什么（答完后看到）", "断电是第一步").await;
    browser.see_named(".article li", "✓ 断电").await;
    add_picture(browser, folder).await;
    look(browser, "desk-article-editor").await;
    // Whoever leaves the page finds all of it again.
    browser.click(".desk-head .button", "文章清单").await;
    browser.click(".desk-head .button", "写文章").await;
    browser.see_named(".banner", "上次没有发布的内容还在").await;
    browser.see(&format!(".article img[alt='{PICTURE}']")).await;
    browser.see_named(".article li", "✓ 断电").await;
    browser.click("form > .button[data-kind=primary]", "发布").await;
    browser.see_named(".desk-head .tag", "公开").await;
    browser.see_named(".timeline", "第 1 版").await;
    look(browser, "desk-article").await;
}

/// What a picture shows is said before it goes into the text.
async fn add_picture(browser: &Browser, folder: &Path) {
    let file = folder.join("gauge.jpg");
    std::fs::write(&file, jpeg::camera_photo(1)).expect("a file");
    let picker = browser.see("[data-part=pictures] input[type=file]").await;
    picker.send_keys(&file.display().to_string()).await.expect("the file is picked");
    browser.see_named("[data-part=pictures] h4", "图1").await;
    browser.see_named("[data-part=pictures] p", "正文里还没有图1").await;
    browser.click("[data-part=pictures] .button", "放进正文").await;
    browser.see_named("[data-part=pictures] .banner", "图1：写一行说明").await;
    browser.fill("图上是什么", PICTURE).await;
    browser.click("[data-part=pictures] .button", "放进正文").await;
    let text = "return document.querySelector('.long-text textarea').value";
    browser.becomes(text, &json!(format!("{TEXT}\n\n![{PICTURE}](图1)"))).await;
    browser.see(&format!(".article img[alt='{PICTURE}']")).await;
}

async fn read(citizens: &Citizens, list: &str) {
    let browser: &Browser = &citizens.browser;
    citizens.reads(&format!("{}/snap/know", citizens.origin), &[TITLE]).await;
    look_on(browser, "snap-know-articles").await;
    citizens.reads(list, &[TITLE]).await;
    look_on(browser, "snap-articles").await;
    browser.press_css(".cases a").await;
    browser.see_named("#article strong", "不进楼").await;
    browser.see_text("<b>不是标签</b>").await;
    browser.see_named("#article figcaption", PICTURE).await;
    let width = format!("return document.querySelector(\"#article img[alt='{PICTURE}']\").naturalWidth > 0");
    browser.becomes(&width, &json!(true)).await;
    look_on(browser, "snap-article").await;
    browser.click("a.line-link", "大字").await;
    browser.see(".large #article").await;
    look_on(browser, "snap-article-large").await;
    browser.press_nth("input[name=q0]", 1).await;
    browser.press_css("form > button").await;
    browser.see_text("还不合格").await;
    browser.see_text("断电是第一步").await;
    browser.see(".large").await;
    look_on(browser, "snap-article-answers").await;
    browser.click("a.line-link", "再答一次").await;
    browser.press_nth("input[name=q0]", 0).await;
    browser.press_css("form > button").await;
    browser.see_text("答对 1 题，共 1 题（100%）").await;
}

/// While the form is open, somebody else publishes: the second is told, and nothing is overwritten.
async fn revise(desk: &Device, county: &mut County, own: &Article) {
    let browser = &desk.browser;
    browser.click(".steps .button", "修订").await;
    browser.see(".long-text textarea").await;
    let text = ArticleText::of("别处改过的").expect("a text");
    let content = Content { text, pictures: Pictures::default(), ..own.content.clone() };
    let step = Step { article: own.id, command: Command::Revise { after: own.stands_by(), content } };
    let entry = county.office.0.sign(&ArticleBody(Box::new(step)));
    let answer = county.office.0.push(&[&entry]).await.expect("the server answers");
    assert!(matches!(answer.entries[0].outcome, Outcome::Receipted { .. }), "{answer:?}");
    browser.fill("正文", "这里改的").await;
    browser.click("form > .button[data-kind=primary]", "发布新的一版").await;
    browser.see_named("form > .banner", "正文里还没有图1").await;
    browser.click("[data-part=pictures] .button", "删去这张图").await;
    browser.click("form > .button[data-kind=primary]", "发布新的一版").await;
    browser.see_named(".banner", "没有生效").await;
    browser.see_named(".article p", "别处改过的").await;
    look(browser, "desk-article-second").await;
    told_of(county, own.id, 2).await;
    browser.click(".steps .button", "修订").await;
    browser.see(".long-text textarea").await;
    browser.fill("正文", "看过以后改的").await;
    browser.click("form > .button[data-kind=primary]", "发布新的一版").await;
    told_of(county, own.id, 3).await;
    browser.see_named(".article p", "看过以后改的").await;
    browser.click(".stack .button", "第 1 版：看这一版").await;
    browser.see_named("dialog.sheet[open] .article p", "电池起火快").await;
    browser.see(&format!("dialog.sheet[open] .article img[alt='{PICTURE}']")).await;
    browser.press_css("dialog.sheet[open] .sheet-head .button").await;
}

async fn withdraw(desk: &Device, county: &County, id: ArticleId) {
    let browser = &desk.browser;
    browser.click(".steps .button", "撤下").await;
    browser.click("dialog.sheet[open] form > .button[data-kind=primary]", "撤下").await;
    browser.see_named("dialog.sheet[open] .banner", "请写明为什么").await;
    browser.fill("为什么撤下", "内容过时").await;
    browser.click("dialog.sheet[open] form > .button[data-kind=primary]", "撤下").await;
    told_of(county, id, 4).await;
    browser.see_named(".desk-head .tag", "已撤下").await;
    browser.see_named(".timeline", "撤下：内容过时").await;
    let buttons =
        "return [...document.querySelectorAll('.steps .button')].map((it) => it.textContent.trim()).join()";
    browser.becomes(buttons, &json!("修订")).await;
    look(browser, "desk-article-withdrawn").await;
}
