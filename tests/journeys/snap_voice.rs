//! 随手拍 by voice: recorded without a network, kept through a reload, sent when there is one, heard at the desk, and destroyed by the
//! citizen. The microphone is Chromium's own, which beeps.

use std::time::Duration;

use http::StatusCode;
use serde_json::json;
use xunan_core::ids::SnapId;
use xunan_core::snap::RecordingKind;
use xunan_core::sync::{SnapDetail, SnapsPage};
use xunan_e2e::browser::{Browser, Screen};
use xunan_e2e::demo;
use xunan_e2e::device::Device;
use xunan_e2e::household::Office;
use xunan_e2e::network::{Fate, Network};
use xunan_e2e::pages::SnapForm;
use xunan_e2e::server::Server;
use xunan_e2e::sights::look;

use super::snap_offline::{form_that_opens_offline, is_idle, is_report};
use super::snap_triage::County;

/// Whether the page has a voice note that it can play.
const PLAYABLE: &str = "return (document.querySelector('#voice-recorder audio')?.readyState ?? 0) > 0";

/// What the form's script is answered when it asks before it sends a report.
const fn answered(status: u16, body: &'static str) -> Fate {
    Fate::Answered { status, content_type: "application/json", headers: "", body }
}

/// By a server that knows no recordings.
const OLDER_SERVER: Fate = answered(200, "{}");
/// By one that fails.
const FAILING_SERVER: Fate = answered(500, r#"{"wrong":"500.S12","sentence":"服务器出了问题"}"#);

#[tokio::test(flavor = "multi_thread")]
async fn a_voice_note_is_recorded_offline_kept_sent_heard_at_the_desk_and_forgotten() {
    let (data, profile) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let server = Server::start(data.path()).await;
    let network = Network::in_front_of(server.port()).await;
    let county = County { office: Office::of(&server).await };
    let facility = county.facility(demo::CEMETERY).await;
    let form = format!("{}/snap?f={facility}", network.origin());
    let browser = Browser::open(profile.path(), Screen::Phone).await;
    form_that_opens_offline(&browser, &form).await;

    recorded_offline(&browser, &network, &form).await;
    let link = sent(&browser, &network).await;
    let snap = heard_by_the_office(&county).await;
    let desk = played_at_the_desk(&server, snap).await;

    browser.go(&link).await;
    browser.see_text("加密保存").await;
    assert_eq!(browser.count("audio").await, 0, "a link may be passed on");
    look(&browser, "snap-voice-follow").await;
    browser.click("button", "永久删除这些信息").await;
    browser.see_text("已永久删除").await;
    let voice = county.office.0.http.get(&format!("/api/snaps/{snap}/voice")).await;
    assert_eq!(voice.status, StatusCode::NOT_FOUND);
    desk.go(&format!("/desk/snaps/{snap}")).await;
    desk.browser.see_text("谁也听不到了").await;
    desk.close().await;
    browser.close().await;
}

/// Recorded, heard again, removed, recorded anew; and there after a reload.
async fn recorded_offline(browser: &Browser, network: &Network, form: &str) {
    network.take_away();
    browser.go(form).await;
    browser.see_text("受理的人会听到您的声音；不想被听出来，就写字").await;
    browser.press_css("input[name=category][value=fire_equipment]").await;
    speak(browser).await;
    browser.click("#voice-recorder button", "去掉语音").await;
    browser.gone("#voice-recorder audio").await;
    speak(browser).await;
    look(browser, "snap-voice").await;
    browser.go(form).await;
    browser.becomes(PLAYABLE, &json!(true)).await;
    let chosen = "return document.querySelector('input[name=category]:checked')?.value";
    browser.becomes(chosen, &json!("fire_equipment")).await;
}

async fn speak(browser: &Browser) {
    browser.click("#voice-recorder button", "按一下开始录音").await;
    browser.see_text("正在录音").await;
    // What is said takes its time.
    tokio::time::sleep(Duration::from_secs(2)).await;
    browser.click("#voice-recorder button", "再按一下停止").await;
    browser.becomes(PLAYABLE, &json!(true)).await;
}

async fn sent(browser: &Browser, network: &Network) -> String {
    browser.press_css("form > button").await;
    browser.see_text("已存在这台手机上，还没有提交").await;
    browser.gone("#voice-recorder audio").await;
    an_older_server_is_not_sent_it_and_that_is_said(browser, network).await;
    network.give_back();
    // It may be sent by itself before somebody presses.
    let now = "[...document.querySelectorAll('#reports button')].find((it) => it.textContent === '现在提交')?.click()";
    let arrived = async || {
        browser.run(now, vec![]).await;
        browser.text().await.contains("已经收到，谢谢您").then_some(())
    };
    browser.wait("the number", arrived).await;
    SnapForm(browser).link().await
}

/// It would keep the report without the voice. Nor is it sent to one of which that is not known.
async fn an_older_server_is_not_sent_it_and_that_is_said(browser: &Browser, network: &Network) {
    is_idle(browser).await;
    network.take_seen();
    for (fate, words) in
        [(FAILING_SERVER, "服务器出了问题（500.S12）"), (OLDER_SERVER, "服务器还不能收录音和视频")]
    {
        network.set_rule(move |_| fate.clone());
        browser.click("#reports button", "现在提交").await;
        browser.see_text(words).await;
        is_idle(browser).await;
    }
    assert!(!network.take_seen().iter().any(is_report), "it was only asked");
}

async fn heard_by_the_office(county: &County) -> SnapId {
    let http = &county.office.0.http;
    let page: SnapsPage = http.get("/api/snaps").await.json();
    let [due] = page.snaps.as_slice() else { panic!("one report: {page:?}") };
    let report = &due.snap.report;
    assert!(report.words.is_empty() && report.photos.is_empty() && report.video.is_none());
    let seconds = report.voice.as_ref().expect("a voice note").length_ms.as_seconds();
    assert!((1..=30).contains(&seconds), "{seconds}");
    let detail: SnapDetail = http.get(&format!("/api/snaps/{}", report.snap)).await.json();
    assert_eq!(detail.audible, [RecordingKind::Voice]);
    let voice = http.get(&format!("/api/snaps/{}/voice", report.snap)).await;
    assert_eq!((voice.status, voice.header("content-type")), (StatusCode::OK, "audio/webm"));
    let tells = |words: &[u8]| voice.body.windows(words.len()).any(|it| it == words);
    assert!(tells(b"OpusHead") && !tells(b"Chrome"), "sound, and not by which program");
    report.snap
}

async fn played_at_the_desk(server: &Server, snap: SnapId) -> Device {
    let desk = Device::desk_of(server, demo::SUPERVISOR, demo::PASSWORD).await;
    let browser = &desk.browser;
    browser.press_css(".tab-bar a[href='/desk/snaps']").await;
    browser.click(".table tbody tr", "消防设施损坏或缺失").await;
    browser.see(".snap-recording audio").await;
    browser.see_text("只有受理的监管人员能听能看").await;
    assert!(browser.text().await.contains("没有写，是录下来的"));
    look(browser, "desk-snap-voice").await;
    browser.run("document.querySelector('.snap-recording audio').play()", vec![]).await;
    let plays = "return document.querySelector('.snap-recording audio').currentTime > 0";
    browser.becomes(plays, &json!(true)).await;
    assert!(!browser.text().await.contains("放不出来"));
    assert!(browser.run("return location.pathname", vec![]).await == json!(format!("/desk/snaps/{snap}")));
    desk
}
