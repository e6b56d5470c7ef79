//! 随手拍 without a network: what a citizen writes is kept on the phone as it is written, waits through a killed browser, a login
//! page and a lost answer, and arrives once; and how it goes on, to the list for the bank. What cannot be taken comes back.

use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;

use serde_json::{Value, json};
use xunan_core::evidence::PhotoManifest;
use xunan_core::hazard::{Command as HazardCommand, RecheckOutcome, RecheckWay};
use xunan_core::ids::{EntryId, HazardId, PhotoId, SnapId};
use xunan_core::place::{GeoPoint, Metres};
use xunan_core::reward::{RewardCommand, Yuan};
use xunan_core::rules::Grade;
use xunan_core::snap::{Command, Found, NewHazard};
use xunan_core::sync::SnapsPage;
use xunan_e2e::browser::{Browser, Screen};
use xunan_e2e::household::{Office, push};
use xunan_e2e::http::Http;
use xunan_e2e::network::{Fate, Network};
use xunan_e2e::pages::{SnapForm, Told};
use xunan_e2e::phone::{Phone, now};
use xunan_e2e::server::Server;
use xunan_e2e::sights::look;
use xunan_e2e::snap_form::{fresh_token, send};
use xunan_e2e::{demo, jpeg};

use super::photo_evidence::stand_at;
use super::snap_page::{Scripts, scripts};
use super::snap_plaza::{notice, standing};
use super::snap_reward::{CLAIM, REWARD_OFFICER, fill_in_and_claim};
use super::snap_triage::{Citizens, County};

const WORDS: &str = "墓区消防栓没有水，门卫说坏了半年";
const BATCH: &str = "20261130-1";
const PORTAL: Fate = Fate::Answered {
    status: 200,
    content_type: "text/html",
    headers: "",
    body: "<!doctype html><title>酒店上网登录</title><p>请输入房间号</p>",
};

/// What the phone keeps of the words of its newest draft.
pub(super) async fn kept_words(browser: &Browser) -> Value {
    let script = "const done = arguments[arguments.length - 1];
        xunanKept.drafts().then((drafts) => {
            const words = drafts.map((it) => (it.fields.find(([name]) => name === 'words') || [])[1]);
            done(words[0] || null);
        })";
    browser.run_async(script, vec![]).await
}

pub(super) async fn pick(browser: &Browser, name: &str, content: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join(name);
    std::fs::write(&file, content).expect("the file can be written");
    let picker = browser.see("#photo").await;
    picker.send_keys(&file.display().to_string()).await.expect("the file is picked");
    // Read by the page before the folder goes.
    browser.see("#photo-list img").await;
}

/// The form of an institution, kept so that it opens again without a network.
pub(super) async fn form_that_opens_offline(browser: &Browser, address: &str) {
    browser.go(address).await;
    browser.see("#opens-note:not([hidden])").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_without_a_network_is_kept_arrives_once_and_goes_the_whole_way_to_its_reward() {
    let (data, profile) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let server = Server::start(data.path()).await;
    let network = Network::in_front_of(server.port()).await;
    let mut county = County { office: Office::of(&server).await };
    let facility = county.facility(demo::CEMETERY).await;
    let form = format!("{}/snap?f={facility}", network.origin());

    let browser = written_offline(&network, profile.path(), &form).await;
    handed_in_and_waiting(&browser, &network).await;
    arrives_once(&browser, &network, &county).await;
    let link = SnapForm(&browser).link().await;
    // The link stands on the phone that reported, among its reports.
    browser.click("#reports a", "现在就看").await;
    browser.see_text("已收到，等待受理").await;
    to_its_reward(&mut county, &server, &browser, &link).await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_goes_the_same_way_to_its_reward_without_scripts() {
    let (data, profile) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let server = Server::start(data.path()).await;
    let mut county = County { office: Office::of(&server).await };
    let citizens = Citizens::of(&server, profile.path()).await;
    scripts(&citizens.browser, Scripts::Off).await;
    let facility = county.facility(demo::CEMETERY).await;
    let photo = jpeg::camera_photo(3);
    let told = Told { category: "fire_equipment", words: WORDS, address: "墓区东侧", photo: &photo };
    let link = citizens.report(facility, &told).await;
    to_its_reward(&mut county, &server, &citizens.browser, &link).await;
    citizens.browser.close().await;
}

/// From the office's queue to the list for the bank.
async fn to_its_reward(county: &mut County, server: &Server, browser: &Browser, link: &str) {
    let snap = county.report(WORDS).await;
    put_right(county, server, snap).await;
    rewarded(county, server, browser, snap, link).await;
}

/// With a photo, and the browser killed in the middle of it.
async fn written_offline(network: &Network, profile: &Path, form: &str) -> Browser {
    let browser = Browser::open(profile, Screen::Phone).await;
    form_that_opens_offline(&browser, form).await;
    look(&browser, "snap-form-kept").await;
    network.take_away();
    browser.go(form).await;
    browser.see_text("机构：以您扫的二维码为准").await;
    browser.press_css("input[name=category][value=fire_equipment]").await;
    pick(&browser, "photo.jpg", &jpeg::camera_photo(3)).await;
    browser.type_into("#words", WORDS).await;
    browser.wait("the words on the disk", async || (kept_words(&browser).await == WORDS).then_some(())).await;

    let browser = browser.kill_and_reopen().await;
    browser.go(&format!("{}/snap/plaza", network.origin())).await;
    browser.see_text("这一页要有网络才能看").await;
    browser.go(&format!("{}/snap/know?lang=zh", network.origin())).await;
    browser.see_text("这是存在手机上的一份").await;
    look(&browser, "snap-know-kept").await;
    browser.press_css("summary").await;
    browser.click("main button", "朗读").await;
    // By the phone's own voice; a computer without one says so.
    browser.one_of("main", &["停止朗读", "没有可用的朗读语音"]).await;
    browser.go(form).await;
    browser.becomes("return document.querySelector('#words').value", &json!(WORDS)).await;
    browser.becomes("return document.querySelector('#photo-list img')?.naturalWidth > 0", &json!(true)).await;
    look(&browser, "snap-form-offline").await;
    browser
}

/// Whether a report is sent, and not only asked for.
pub(super) fn is_report(asked: &xunan_e2e::network::Request) -> bool {
    asked.method == "POST" && !asked.path.starts_with("/snap/ask")
}

/// Waits until nothing is being sent: whoever presses meanwhile begins nothing.
pub(super) async fn is_idle(browser: &Browser) {
    let script = "const done = arguments[0]; navigator.locks.query().then((locks) =>
        done(!locks.held.some((it) => it.name === 'xunan-snap-sending')))";
    let idle = async || (browser.run_async(script, vec![]).await == true).then_some(());
    browser.wait("nothing under way", idle).await;
}

/// As while another window of this phone sends.
async fn whoever_presses_while_it_is_sent_is_told(browser: &Browser) {
    is_idle(browser).await;
    let begin = "navigator.locks.request('xunan-snap-sending', () => new Promise((done) => { self.othersTryEnds = done; }))";
    browser.run(begin, vec![]).await;
    browser.click("#reports button", "现在提交").await;
    browser.see_text("正在提交，请稍等").await;
    browser.run("self.othersTryEnds()", vec![]).await;
}

/// Neither a login page nor silence counts as an answer.
async fn handed_in_and_waiting(browser: &Browser, network: &Network) {
    browser.press_css("form > button").await;
    browser.see_text("已存在这台手机上，还没有提交").await;
    look(browser, "snap-waiting").await;
    whoever_presses_while_it_is_sent_is_told(browser).await;
    let fates: [fn(&xunan_e2e::network::Request) -> Fate; 2] =
        [|_| PORTAL, |asked| if asked.method == "POST" { Fate::AnswerLost } else { Fate::Refused }];
    for fate in fates {
        is_idle(browser).await;
        network.take_seen();
        network.set_rule(fate);
        browser.click("#reports button", "现在提交").await;
        let posted = async || network.take_seen().iter().any(is_report).then_some(());
        browser.wait("a try to send", posted).await;
        browser.see_text("还有 1 份没有提交").await;
    }
}

async fn arrives_once(browser: &Browser, network: &Network, county: &County) {
    is_idle(browser).await;
    network.take_seen();
    network.give_back();
    browser
        .wait("the number", async || {
            let now = "[...document.querySelectorAll('#reports button')]
                .find((it) => it.textContent === '现在提交')?.click()";
            browser.run(now, vec![]).await;
            (browser.count("#reports .number").await == 2).then_some(())
        })
        .await;
    browser.see_text("已经收到，谢谢您").await;
    assert!(!network.take_seen().iter().any(is_report), "its photo is there already, and is not sent again");
    look(browser, "snap-arrived").await;
    let page: SnapsPage = county.office.0.http.get("/api/snaps").await.json();
    let [due] = page.snaps.as_slice() else { panic!("sent twice is one report: {page:?}") };
    let report = &due.snap.report;
    assert_eq!((report.words.as_str(), report.photos.len()), (WORDS, 1));
    assert!(report.place.facility.is_some(), "the code that was scanned without a network");
    assert_eq!(kept_words(browser).await, Value::Null, "nothing of it is left to send");
}

/// Accepted, on record as a hazard, rectified by the township, re-checked and closed by the office, answered and published.
async fn put_right(county: &mut County, server: &Server, snap: SnapId) {
    county.step(snap, Command::Accept).await;
    let hazard = HazardId::from_parts(now(), county.office.0.entropy());
    let facility = county.facility(demo::CEMETERY).await;
    let (title, due) = ("消防栓无水".to_owned(), now().date().plus_days(7));
    let hazard_of =
        NewHazard { id: hazard, facility, title, place: String::new(), grade: Grade::General, due };
    county.step(snap, Command::TurnIntoHazard { hazard: hazard_of }).await;
    close(county, server, hazard).await;
    for words in ["已恢复供水并复查", "消防栓已修好，谢谢您"] {
        let after = standing(county, snap).await.stage.entry().expect("it is a hazard that was put right");
        let words = words.to_owned();
        let command = match standing(county, snap).await.stage.state() {
            xunan_core::snap::SnapState::DealtWith => Command::Answer { after, words },
            _ => Command::DealWith { after, words },
        };
        county.step(snap, command).await;
    }
    let after = standing(county, snap).await.stage.entry().expect("it is answered");
    county.step(snap, Command::Publish { after, notice: notice() }).await;
}

/// A photo as the server's office takes it for a step.
async fn photo(phone: &mut Phone, seed: u64) -> PhotoManifest {
    let bytes = jpeg::photo(800, 600, seed);
    phone.upload(&bytes).await.expect("the server takes the photo");
    PhotoManifest::untouched(PhotoId::from_parts(now(), phone.entropy()), &bytes, (800, 600), now())
}

async fn close(county: &mut County, server: &Server, hazard: HazardId) {
    let card = county.office.hazard(hazard).await;
    county.office.assign(&card).await;
    let mut township = Phone::enrolled(server.port(), demo::TOWNSHIP, demo::PASSWORD, 21).await;
    let photos = vec![photo(&mut township, 21).await];
    let submission = push(&mut township, hazard, HazardCommand::Submit { note: String::new(), photos }).await;
    let mut inspector = Phone::enrolled(server.port(), demo::INSPECTOR, demo::PASSWORD, 22).await;
    let recheck = HazardCommand::Recheck {
        submission: Some(submission),
        way: RecheckWay::OnSite,
        outcome: RecheckOutcome::Fixed,
        note: String::new(),
        photos: vec![photo(&mut inspector, 22).await],
        second: None,
    };
    let recheck = push(&mut inspector, hazard, recheck).await;
    county.office.step(hazard, HazardCommand::Close { recheck, note: String::new() }).await;
}

/// Proposed, approved, claimed by the link, on the list for the bank, and paid.
async fn rewarded(county: &mut County, server: &Server, browser: &Browser, snap: SnapId, link: &str) {
    let mut officer =
        County { office: Office(Phone::enrolled(server.port(), REWARD_OFFICER, demo::PASSWORD, 23).await) };
    let after = standing(county, snap).await.stage.entry().expect("it is answered");
    let (amount, words) = (Yuan::of(300).expect("an amount"), "属实".to_owned());
    county.step(snap, Command::Reward(RewardCommand::Propose { after, amount, words })).await;
    let claim_by = now().date().plus_days(14);
    let proposal = reward_mark(county, snap).await;
    officer.step(snap, Command::Reward(RewardCommand::Approve { proposal, claim_by })).await;

    browser.go(link).await;
    browser.see_text("申领奖励").await;
    fill_in_and_claim(browser).await;
    let claim = reward_mark(county, snap).await;
    let words = "核对账号".to_owned();
    officer.step(snap, Command::Reward(RewardCommand::OpenClaim { of: claim, words })).await;
    let batch = BATCH.parse().expect("a batch");
    officer.step(snap, Command::Reward(RewardCommand::OrderPayout { claim, batch })).await;
    let list = officer.office.0.http.get(&format!("/api/payouts/{BATCH}")).await;
    let text = String::from_utf8(list.body.to_vec()).expect("text");
    assert!(CLAIM.iter().all(|(_, told)| text.contains(told)) && text.contains(",300,"), "{text}");
    let order = reward_mark(county, snap).await;
    officer.step(snap, Command::Reward(RewardCommand::PaidOut { order, receipt: "PZ-7".to_owned() })).await;
    browser.go(link).await;
    browser.see_text("已发放").await;
    let plaza: Http = Http::to_port(server.port());
    let public = String::from_utf8(plaza.get("/snap/plaza").await.body.to_vec()).expect("text");
    assert!(public.contains("已发放奖励 1 笔，共 300 元") && !public.contains(WORDS), "{public}");
}

async fn reward_mark(county: &County, snap: SnapId) -> EntryId {
    standing(county, snap).await.reward.expect("there is a reward").stage.mark().entry
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_cannot_take_comes_back_to_be_changed_and_two_windows_write_two_reports() {
    let (data, profile) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let server = Server::start(data.path()).await;
    let origin = format!("http://localhost:{}", server.port());
    let browser = Browser::open(profile.path(), Screen::Phone).await;
    form_that_opens_offline(&browser, &format!("{origin}/snap")).await;
    let first = browser.tab().await;
    browser.type_into("#words", WORDS).await;
    browser.press_css("input[name=category][value=gas]").await;
    browser.type_into("#address", "样例路 3 号").await;
    browser.wait("the words on the disk", async || (kept_words(&browser).await == WORDS).then_some(())).await;

    // Another window does not write into what the first one has open.
    browser.open_tab(&format!("{origin}/snap")).await;
    browser.see_text("还有一份没写完的报告").await;
    browser.becomes("return document.querySelector('#words').value", &json!("")).await;
    look(&browser, "snap-form-unfinished").await;
    browser.close_tab(first).await;
    browser.click("#reports button", "接着写").await;
    browser.becomes("return document.querySelector('#words').value", &json!(WORDS)).await;

    pick_broken(&browser).await;
    browser.press_css("form > button").await;
    browser.see_text("第 1 张照片不是照片").await;
    look(&browser, "snap-refused").await;
    browser.see_named("#reports button", "改一改再提交").await;
    let twice = "const it = [...document.querySelectorAll('#reports button')].find((it) => it.innerText === '改一改再提交');
        it.click(); it.click();";
    browser.run(twice, vec![]).await;
    browser.becomes("return document.querySelector('#words').value", &json!(WORDS)).await;
    let drafts = "const done = arguments[0]; xunanKept.drafts().then((drafts) => done(drafts.length))";
    assert_eq!(browser.run_async(drafts, vec![]).await, 1, "pressed twice, it is one draft");
    browser.click("#photo-list button", "去掉第 1 张").await;
    browser.gone("#photo-list img").await;
    browser.press_css("form > button").await;
    browser.see_text("已经收到，谢谢您").await;
    browser.close().await;
}

/// Reports of one network within an hour that need no work, and those of one of its addresses (`docs/operations.md`).
const FREE: usize = 60;
const OF_AN_ADDRESS: usize = 30;

#[tokio::test(flavor = "multi_thread")]
async fn in_a_busy_hour_the_form_solves_its_puzzle_and_the_reporter_notices_nothing() {
    let (data, profile) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let server = Server::start(data.path()).await;
    let network = Network::in_front_of(server.port()).await;
    for number in 0..FREE {
        let address = u8::try_from(2 + number / OF_AN_ADDRESS).expect("a few addresses");
        let neighbour = Http::from_address(server.port(), IpAddr::V4(Ipv4Addr::new(127, 0, 0, address)));
        let answer = send(&neighbour, &fresh_token(&neighbour).await, None, "").await;
        assert!(answer.status.is_success(), "{number}: {}", answer.status);
    }
    let browser = Browser::open(profile.path(), Screen::Phone).await;
    form_that_opens_offline(&browser, &format!("{}/snap", network.origin())).await;
    browser.press_css("input[name=category][value=gas]").await;
    browser.type_into("#words", WORDS).await;
    pick(&browser, "photo.jpg", &jpeg::camera_photo(3)).await;
    // Where it is, the phone says, once its owner presses for it.
    stand_at(&browser, &network.origin(), 31.232_31, 121.472_31).await;
    browser.click("#here button", "用这台手机现在的位置").await;
    browser.see_text("误差约 12 米").await;
    look(&browser, "snap-form-here").await;
    set_the_pin(&browser).await;
    network.take_seen();
    browser.press_css("form > button").await;
    browser.see_text("已经收到，谢谢您").await;
    browser.see_text("用这台手机现在的位置").await;
    let posted: Vec<_> = network.take_seen().into_iter().filter(|it| it.method == "POST").collect();
    let works = |body: &[u8]| body.windows(11).any(|part| part == b"name=\"work\"");
    let told: Vec<_> = posted.iter().map(|it| (is_report(it), works(&it.body))).collect();
    assert_eq!(told, [(false, false), (true, true)], "the photo goes once, with the work");
    let number = browser.run("return document.querySelector('#reports .number').textContent", vec![]).await;
    let office = Http::to_port(server.port()).signed_in(demo::SUPERVISOR, demo::PASSWORD).await;
    let path = format!("/api/snaps?number={}", number.as_str().expect("a number"));
    let page: SnapsPage = office.get(&path).await.json();
    let placed = page.snaps.iter().find_map(|it| it.snap.report.place.position.as_ref());
    let placed = placed.expect("the one report that tells a position");
    let phone = GeoPoint::from_e7(312_323_100, 1_214_723_100).expect("a point");
    assert_eq!(placed.found, Found::ByHand);
    assert!(placed.point.longitude_e7() > phone.longitude_e7(), "the pin was moved to the east");
    assert!((Metres(39)..=Metres(41)).contains(&placed.point.distance(phone)), "by four times ten metres");
    browser.close().await;
}

/// The phone stands not quite where it is: a press on the drawing beside its middle, and then by the buttons.
async fn set_the_pin(browser: &Browser) {
    browser.click("#here button", "不准？在图上挪一挪").await;
    browser.see_text("图钉在手机所在的地方").await;
    browser.press_css(".pin-map").await;
    for _ in 0..4 {
        browser.click(".moves button", "往东 10 米").await;
    }
    browser.see_text("往东 40 米").await;
    look(browser, "snap-form-pin").await;
    browser.click("#here button", "好了").await;
    browser.see_text("已记下您在图上指的位置").await;
}

/// Something that calls itself a photo.
async fn pick_broken(browser: &Browser) {
    pick(browser, "photo.jpg", b"no photo at all, whatever it is called").await;
}
