//! 上报广场: what an office publishes at the desk, everybody reads by a page without scripts, and says "me too" once; what is
//! withdrawn is gone with the next request.

use std::time::Duration;

use serde_json::json;
use xunan_core::ids::SnapId;
use xunan_core::snap::{
    CaseNumber, Category, Command, Life, PublicNotice, PublicPlace, PublicTitle, PublicWords,
};
use xunan_core::sync::SnapDetail;
use xunan_e2e::device::Device;
use xunan_e2e::household::Office;
use xunan_e2e::pages::{SnapAtDesk, StepSheet, Told};
use xunan_e2e::server::Server;
use xunan_e2e::sights::look;
use xunan_e2e::{demo, jpeg};

use super::snap_page::{Scripts, look_on, scripts};
use super::snap_triage::{Citizens, County};

/// What the reporter writes and is told.
const WORDS: &str = "墓区西门被杂物堵住，我姓张";
const ANSWER: &str = "张女士您好，杂物已清走";
/// What the office writes for everybody.
const TITLE: &str = "公墓西门通道被堵";
const RESULT: &str = "杂物当天清走，今后每日巡查";
/// What everybody reads of a coarse word that the office quotes.
const COVERED: &str = "门上写着“***”，已擦除";

/// What an office writes for everybody.
pub(super) fn notice() -> PublicNotice {
    PublicNotice {
        title: PublicTitle::of(TITLE).expect("a title"),
        category: Category::WayOut,
        place: PublicPlace::of("云溪镇").expect("a place"),
        words: PublicWords::default(),
        result: PublicWords::of(RESULT).expect("words"),
    }
}

/// How a report stands.
pub(super) async fn standing(county: &County, snap: SnapId) -> Life {
    let detail: SnapDetail = county.office.0.http.get(&format!("/api/snaps/{snap}")).await.json();
    detail.due.snap.life
}

/// Accepted, dealt with and answered, at another computer of the office.
async fn answered(county: &mut County, snap: SnapId) {
    county.step(snap, Command::Accept).await;
    for words in ["已到现场清理", ANSWER] {
        let after = standing(county, snap).await.stage.entry().expect("it is accepted");
        let words = words.to_owned();
        let command = if words == ANSWER {
            Command::Answer { after, words }
        } else {
            Command::DealWith { after, words }
        };
        county.step(snap, command).await;
    }
}

/// Waits until a page for everybody is there, or is not: what the desk signed travels by itself.
async fn becomes(county: &County, path: &str, status: u16) {
    for _ in 0..300 {
        if county.office.0.http.get(path).await.status.as_u16() == status {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{path} does not become {status}");
}

/// An answered report of a citizen, and the link by which its reporter follows it.
async fn reported(county: &mut County, citizens: &Citizens) -> (SnapId, String) {
    let facility = county.facility(demo::CEMETERY).await;
    let photo = jpeg::telling_photo();
    let told = Told { category: "way_out", words: WORDS, address: "西门 12 号", photo: &photo };
    let link = citizens.report(facility, &told).await;
    let snap = county.report(WORDS).await;
    answered(county, snap).await;
    (snap, link)
}

fn address(snap: SnapId) -> String {
    format!("/snap/plaza/{}", CaseNumber::of(snap))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_office_publishes_everybody_reads_without_scripts_until_it_is_withdrawn() {
    let (data, profile) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let server = Server::start(data.path()).await;
    let mut county = County { office: Office::of(&server).await };
    let citizens = Citizens::of(&server, profile.path()).await;
    let plaza = format!("{}/snap/plaza", citizens.origin);
    scripts(&citizens.browser, Scripts::Off).await;
    citizens.reads(&plaza, &["还没有公开的事"]).await;
    look_on(&citizens.browser, "snap-plaza-empty").await;
    let (snap, link) = reported(&mut county, &citizens).await;
    citizens.reads(&plaza, &["还没有公开的事"]).await;

    let after = standing(&county, snap).await.stage.entry().expect("it is answered");
    county.step(snap, Command::Publish { after, notice: notice() }).await;
    read_and_join(&citizens, &plaza).await;
    find_on_map(&server, &citizens, &plaza).await;
    citizens.reads(&link, &["看公开的内容"]).await;
    look_on(&citizens.browser, "snap-followed-public").await;

    let publication = standing(&county, snap).await.publication.expect("it is public").mark.entry;
    county.step(snap, Command::Withdraw { publication, words: "另行公布".to_owned() }).await;
    citizens.reads(&format!("{}{}", citizens.origin, address(snap)), &["没有公开这个编号的事"]).await;
    look_on(&citizens.browser, "snap-plaza-gone").await;
    citizens.reads(&plaza, &["还没有公开的事"]).await;
    offered_before_it_is_reported_again(&mut county, &citizens).await;
    citizens.browser.close().await;
}

/// A township stands where its institutions are, and leads to its cases.
async fn find_on_map(server: &Server, citizens: &Citizens, plaza: &str) {
    let browser = &citizens.browser;
    let map = format!("{plaza}/map");
    citizens.reads(&map, &["云溪镇", "已答复 1 件", "不在图上"]).await;
    server.place_institutions();
    citizens.reads(&map, &["云溪镇", "已答复 1 件"]).await;
    assert_eq!(browser.count("svg.map a").await, 1);
    look_on(browser, "snap-plaza-map").await;
    browser.press_css(".cases a").await;
    browser.see_text(TITLE).await;
}

/// Whoever scans the code of a place sees what is public and under way in its township, before the form and folded away.
async fn offered_before_it_is_reported_again(county: &mut County, citizens: &Citizens) {
    let facility = county.facility(demo::CEMETERY).await;
    let told =
        Told {
            category: "way_out", words: "西门又堵了", address: "西门", photo: &jpeg::camera_photo(1)
        };
    citizens.report(facility, &told).await;
    let snap = county.report("西门又堵了").await;
    county.step(snap, Command::Accept).await;
    let after = standing(county, snap).await.stage.entry().expect("it is accepted");
    let notice = PublicNotice { result: PublicWords::default(), ..notice() };
    county.step(snap, Command::Publish { after, notice }).await;
    citizens.reads(&format!("{}/snap?f={facility}", citizens.origin), &["也许是同一件"]).await;
    citizens.browser.press_css("details > summary").await;
    citizens.browser.see_text(TITLE).await;
    look_on(&citizens.browser, "snap-form-nearby").await;
    citizens.browser.press_css("details .cases a").await;
    citizens.browser.see_text("我也遇到了").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_publishes_and_withdraws_and_shows_beforehand_what_residents_will_see() {
    let (data, profile) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let server = Server::start(data.path()).await;
    let mut county = County { office: Office::of(&server).await };
    let citizens = Citizens::of(&server, profile.path()).await;
    let (snap, _) = reported(&mut county, &citizens).await;
    let desk = Device::desk_of(&server, demo::SUPERVISOR, demo::PASSWORD).await;
    publish(&desk, snap).await;
    becomes(&county, &address(snap), 200).await;
    let page = format!("{}{}", citizens.origin, address(snap));
    citizens.reads(&page, &[TITLE, COVERED, RESULT, "云溪镇", "已答复"]).await;
    show_photo(&desk).await;
    let picture = format!("{}/pictures/1", address(snap));
    becomes(&county, &picture, 200).await;
    citizens.reads(&page, &[TITLE]).await;
    let is_seen = "const it = document.querySelector('img.picture'); it?.scrollIntoView(); \
                   return !!it && it.complete && it.naturalWidth > 0";
    citizens.browser.becomes(is_seen, &json!(true)).await;
    look_on(&citizens.browser, "snap-plaza-picture").await;
    withdraw(&desk).await;
    becomes(&county, &address(snap), 404).await;
    becomes(&county, &picture, 404).await;
    kept_from_public(&desk, &mut county, &citizens).await;
    desk.close().await;
    citizens.browser.close().await;
}

/// A place that is too fine is refused, and what residents will see stands below the form before anything is signed.
async fn publish(desk: &Device, snap: SnapId) {
    let (browser, page, sheet) = (&desk.browser, SnapAtDesk(&desk.browser), StepSheet(&desk.browser));
    desk.go(&format!("/desk/snaps/{snap}")).await;
    page.begin("公开到广场").await;
    sheet.sign_and_be_refused("公开到广场", "标题要写一行").await;
    browser.fill("标题", TITLE).await;
    browser.fill("大致地点", "云溪镇虚拟路 12 号").await;
    sheet.sign_and_be_refused("公开到广场", "不带数字").await;
    browser.fill("大致地点", "云溪镇").await;
    browser.fill("办理结果", RESULT).await;
    browser.fill("情况（可不填）", "门上写着“王八蛋”，已擦除").await;
    for words in [TITLE, "云溪镇", COVERED, RESULT, "已答复"] {
        browser.see_named("dialog.sheet[open] .part", words).await;
    }
    sheet.nothing_is_refused().await;
    look(browser, "desk-snap-publish").await;
    sheet.sign("公开到广场").await;
    browser.see_named(".desk-filters .tag", "已公开").await;
    look(browser, "desk-snap-public").await;
}

/// What nobody may see is covered by hand, and residents see what was made of it.
async fn show_photo(desk: &Device) {
    let browser = &desk.browser;
    browser.click(".public-photos .button", "遮好并公开").await;
    browser.see(".redact-board img").await;
    browser.click(".redact-tools .button", "加一个方框").await;
    browser.see(".redact-list li").await;
    look(browser, "desk-snap-photo").await;
    browser.click(".redact .button", "生成公开照片").await;
    browser.see_named(".public-photos p", "居民看得到").await;
    browser.see_named(".timeline", "公开照片").await;
    look(browser, "desk-snap-photo-shown").await;
}

async fn withdraw(desk: &Device) {
    let (browser, page) = (&desk.browser, SnapAtDesk(&desk.browser));
    page.take_with("从广场撤下", "为什么撤下", "另行公布").await;
    browser.see_text("另行公布").await;
    assert_eq!(browser.count(".desk-filters .tag").await, 1);
}

/// What was seen at a home of minors cannot be published, and the desk says why.
async fn kept_from_public(desk: &Device, county: &mut County, citizens: &Citizens) {
    let home = county.facility(demo::CHILDRENS_HOME).await;
    let photo = jpeg::camera_photo(1);
    let told = Told { category: "gas", words: "厨房有煤气味", address: "一楼厨房", photo: &photo };
    citizens.report(home, &told).await;
    let snap = county.report("厨房有煤气味").await;
    county.step(snap, Command::Accept).await;
    desk.go(&format!("/desk/snaps/{snap}")).await;
    desk.browser.see_named(".steps p", "未成年人保护机构的不公开").await;
    let offered =
        "return [...document.querySelectorAll('.steps .button')].map((it) => it.textContent).join()";
    let offered = desk.browser.run(offered, vec![]).await.to_string();
    assert!(offered.contains("办结") && !offered.contains("公开"), "{offered}");
    look(&desk.browser, "desk-snap-kept").await;
}

async fn read_and_join(citizens: &Citizens, plaza: &str) {
    let browser = &citizens.browser;
    citizens.reads(plaza, &[TITLE, "云溪镇", "已公开 1 件，其中已答复 1 件"]).await;
    look_on(browser, "snap-plaza").await;
    browser.press_css("summary").await;
    browser.type_into("#q", "西门通道").await;
    browser.press_css("form > button").await;
    browser.see("details[open]").await;
    browser.see_text(TITLE).await;
    citizens.reads(&format!("{plaza}?category=gas"), &["没有符合条件的"]).await;
    look_on(browser, "snap-plaza-nothing").await;
    citizens.reads(plaza, &[TITLE]).await;
    browser.press_css(".cases a").await;
    browser.see_text(RESULT).await;
    look_on(browser, "snap-plaza-case").await;
    let page = browser.text().await;
    for hidden in [WORDS, ANSWER, "张", "12 号", demo::CEMETERY] {
        assert!(!page.contains(hidden), "{hidden} in {page}");
    }
    browser.press_css("form > button").await;
    browser.see_text("您说过也遇到了").await;
    browser.see_text("1 人也遇到了").await;
    look_on(browser, "snap-plaza-joined").await;
}
