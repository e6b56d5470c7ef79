//! Every page, as everybody sees it: a picture to look at, nothing for axe, nothing that sticks out.

use xunan_core::log::Body;
use xunan_core::rules::Profile;
use xunan_core::sync::Outcome;
use xunan_e2e::browser::{Browser, Screen};
use xunan_e2e::filled_visit::{Provisions, Wish, filled_visit};
use xunan_e2e::household::Office;
use xunan_e2e::network::Network;
use xunan_e2e::pages::{
    HazardOnPhone, Outbox, Review, Walk, issue_short_visit, open_signed_in, ready_offline, sign_in_on,
};
use xunan_e2e::phone::Phone;
use xunan_e2e::scene::Scene;
use xunan_e2e::server::Server;
use xunan_e2e::sights::look;
use xunan_e2e::{demo, jpeg};

/// An item whose failure is proposed as major: the second inspector is asked for a word.
const MAJOR: &str = "cert.special.operator";

#[tokio::test(flavor = "multi_thread")]
async fn the_field_program_outside_a_visit() {
    let scene = Scene::set().await;
    let origin = &scene.origin;
    let browser = scene.new_phone().await;
    browser.go(origin).await;
    browser.see("input[type=password]").await;
    look(&browser, "sign-in").await;
    open_signed_in(&browser, origin, demo::INSPECTOR).await;
    ready_offline(&browser).await;
    issue_short_visit(&browser, origin, demo::CEMETERY).await;
    Outbox(&browser).everything_arrived().await;
    scene.network.take_away();
    issue_short_visit(&browser, origin, demo::CEMETERY).await;
    look(&browser, "outbox-item").await;
    Outbox(&browser).open(origin).await;
    Outbox(&browser).entries(2).await;
    look(&browser, "outbox").await;

    for (path, name, sign) in [
        ("/", "today", ".card, .row"),
        ("/facilities", "facilities", ".row, .card"),
        ("/start", "start", ".row, .card"),
        ("/inbox", "inbox", ".row, .banner"),
        ("/me", "me", ".facts .code"),
        ("/no-such-page", "not-found", ".screen, .button"),
    ] {
        browser.go(&format!("{origin}{path}")).await;
        browser.see(&format!("main :is({sign})")).await;
        browser.see_text("可离线").await;
        look(&browser, name).await;
    }
    browser.go(&format!("{origin}/facilities")).await;
    browser.click("a.card, a.row, .card a, .rows a", demo::ELDERLY_HOME).await;
    browser.see("main .facts").await;
    look(&browser, "facility").await;
    let facility = browser.client().current_url().await.expect("a page");
    browser.go(&format!("{facility}/start")).await;
    browser.see("main .choice").await;
    look(&browser, "start-at").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_from_the_walk_to_the_last_signature() {
    let scene = Scene::set().await;
    let browser = scene.inspectors_phone().await;
    let walk = Walk(&browser);
    walk.start_at(&scene.origin, demo::ELDERLY_HOME).await;
    browser.go(&scene.origin).await;
    browser.see_text("继续").await;
    look(&browser, "today-with-draft").await;

    walk.start_short_at(&scene.origin, demo::CEMETERY).await;
    let items = walk.items().await;
    let failed =
        items.iter().find(|item| item.id == MAJOR).expect("an item whose failure is proposed as major");
    let photographed = items.iter().find(|item| item.has_marks && item.id != MAJOR).expect("another item");
    walk.pass(&photographed.id).await;
    walk.photograph(&photographed.id, 2).await;
    look(&browser, "walk").await;
    walk.open_camera(&photographed.id).await;
    browser.see("dialog.camera[open] .shutter:not(:disabled)").await;
    look(&browser, "camera").await;
    walk.close_camera().await;
    walk.fail(&failed.id).await;
    look(&browser, "hazard").await;
    walk.fill_sheet().await;
    walk.photograph(&failed.id, 1).await;
    let visit = browser.client().current_url().await.expect("a page");
    browser.go(&format!("{visit}/review")).await;
    browser.see("main .rows").await;
    look(&browser, "review-with-gaps").await;
    browser.go(visit.as_str()).await;
    browser.see(".item-card").await;
    for item in items.iter().filter(|item| ![&failed.id, &photographed.id].contains(&&item.id)) {
        walk.not_applicable(item).await;
    }
    walk.saved().await;
    walk.review().await;

    let review = Review(&browser);
    review.name_people("演示负责人").await;
    browser.see(".signer[data-state=now]").await;
    look(&browser, "review").await;
    review.begin_signing().await;
    browser.see("main.handover .button").await;
    look(&browser, "sign-second-hand-over").await;
    review.take_phone().await;
    browser.see(".card .segment").await;
    look(&browser, "sign-second").await;
    review.agree_with_all().await;
    review.open_pad().await;
    browser.draw_on(".signature-pad").await;
    look(&browser, "sign-pad").await;
    browser.click(".signature .button", "签好了").await;
    review.give_phone_back().await;
    review.sign_as_lead().await;
    review.begin_signing().await;
    review.take_phone().await;
    look(&browser, "sign-site").await;
    review.write_name().await;
    review.give_phone_back().await;
    browser.see_text("完成并签发记录").await;
    look(&browser, "review-signed").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_institutions_own_work() {
    let scene = Scene::set().await;
    let origin = &scene.origin;
    let mut office = Office::of(&scene.server).await;
    let hazard = office.general_hazard().await;
    office.assign(&hazard).await;
    let browser = scene.new_phone().await;
    open_signed_in(&browser, origin, demo::INSTITUTION).await;
    ready_offline(&browser).await;
    browser.see_text("要办的隐患").await;
    look(&browser, "home-institution").await;
    browser.go(&format!("{origin}/hazards/{}", hazard.id)).await;
    browser.see("main .photos .photo img").await;
    look(&browser, "hazard-page").await;
    browser.click("main .button", "提交整改").await;
    browser.see("dialog.sheet[open] .photo-add").await;
    look(&browser, "hazard-submit").await;
    browser.go(&format!("{origin}/rounds")).await;
    browser.see("main .row").await;
    look(&browser, "rounds").await;
    browser.go(&format!("{origin}/rounds/daily_patrol/{}", hazard.facility)).await;
    browser.click("main .button", "发现问题，添加").await;
    browser.see("main section.card .photo-add").await;
    look(&browser, "round-patrol").await;
    HazardOnPhone(&browser).photograph_finding().await;
    browser.click("main section.card .button", "删除这个问题").await;
    browser.gone("main section.card .photo-add").await;
    browser.click("main .button", "发现问题，添加").await;
    browser.see("main section.card .photo-add").await;
    browser.gone("main section.card .photo").await;
    browser.go(&format!("{origin}/rounds/zero_report/{}", hazard.facility)).await;
    browser.see("main .button[data-kind=primary]").await;
    look(&browser, "round-zero").await;
    browser.go(&format!("{origin}/certificates")).await;
    browser.click("main .button", "登记一项").await;
    browser.see("dialog.sheet[open] select").await;
    look(&browser, "certificate").await;
    browser.type_into("dialog.sheet[open] input[type=text]", "王演示").await;
    browser.type_into("dialog.sheet[open] input[type=date]", "2026-01-01").await;
    browser.click("dialog.sheet[open] .button", "登记").await;
    browser.see("main article.card").await;
    look(&browser, "certificates").await;
    browser.go(&format!("{origin}/report")).await;
    browser.see("main .photo-add").await;
    look(&browser, "report").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk() {
    let (data, profile) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let server = Server::start(data.path()).await;
    let network = Network::in_front_of(server.port()).await;
    send_a_visit(&server).await;
    let desk = format!("{}/desk", network.origin());
    let browser = Browser::open(profile.path(), Screen::Desktop).await;
    browser.go(&desk).await;
    browser.see("input[type=password]").await;
    look(&browser, "desk-sign-in").await;
    sign_in_on(&browser, demo::SUPERVISOR).await;
    browser.see(".desk-head").await;
    browser.see(".table tbody a").await;
    for (path, name) in [
        ("plans", "desk-plans"),
        ("plans/new", "desk-new-plan"),
        ("hazards", "desk-hazards"),
        ("notices", "desk-notices"),
        ("visits", "desk-visits"),
    ] {
        browser.go(&format!("{desk}/{path}")).await;
        browser.see(".desk-head").await;
        look(&browser, name).await;
    }
    browser.go(&format!("{desk}/hazards?scope=all")).await;
    browser.see(".table tbody a").await;
    look(&browser, "desk-hazards-all").await;
    browser.click(".desk-filters .button", "保存这个视图").await;
    browser.see("dialog.sheet[open] input").await;
    browser.type_into("dialog.sheet[open] input", "全部").await;
    look(&browser, "desk-hazards-save-view").await;
    browser.click("dialog.sheet[open] .button", "保存这个视图").await;
    browser.see_named(".chip", "全部").await;
    browser.go(&format!("{desk}/hazards?scope=open&grade=major&listed=1")).await;
    browser.press_css(".table tbody a").await;
    browser.see(".story").await;
    browser.press_css(".step-others summary").await;
    look(&browser, "desk-hazard-listed").await;
    browser.click(".step-others .button", "交办").await;
    browser.see("dialog.sheet[open] form").await;
    look(&browser, "desk-hazard-assign").await;
    browser.go(&format!("{desk}/visits")).await;
    browser.press_css(".table tbody a").await;
    browser.see(".record").await;
    look(&browser, "desk-visit").await;
    browser.go(&format!("{desk}/facilities")).await;
    browser.see(".desk-head").await;
    look(&browser, "desk-facilities").await;
    browser.press_css(".table tbody a").await;
    browser.see("main .facts").await;
    look(&browser, "desk-facility").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_accounts_of_a_county() {
    let scene = Scene::set().await;
    let browser = scene.new_phone().await;
    let accounts = format!("{}/desk/accounts", scene.origin);
    browser.go(&accounts).await;
    sign_in_on(&browser, demo::ADMINISTRATOR).await;
    browser.see(".desk-head").await;
    browser.go(&accounts).await;
    browser.see(".table tbody a").await;
    look(&browser, "desk-accounts").await;
    browser.go(&format!("{accounts}/new")).await;
    browser.see(".desk-form .choice").await;
    look(&browser, "desk-new-account").await;
    browser.go(&accounts).await;
    browser.press_css(".table tbody a").await;
    browser.see("#hand-over").await;
    look(&browser, "desk-account").await;
    browser.close().await;
}

/// A record with hazards and a photo arrives from somebody's phone.
async fn send_a_visit(server: &Server) {
    let mut phone = Phone::enrolled(server.port(), demo::INSPECTOR, demo::PASSWORD, 7).await;
    let provisions = Provisions::pulled(&phone).await;
    let home =
        provisions.facilities.iter().find(|it| it.name == demo::ELDERLY_HOME).expect("the home").clone();
    let photo = jpeg::photo(1600, 1200, 5);
    phone.upload(&photo).await.expect("the server takes the photo");
    let wish = Wish { failing: 3, photos: &[&photo], profile: Profile::Standard };
    let record = filled_visit(&mut phone, &provisions, &home, wish);
    let entry = phone.sign(&Body::VisitSigned(Box::new(record)));
    let answer = phone.push(&[&entry]).await.expect("the server answers");
    assert!(matches!(answer.entries[0].outcome, Outcome::Receipted { .. }), "{answer:?}");
}
