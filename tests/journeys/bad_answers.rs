//! Whatever answers in the server's place: nothing leaves the outbox, the reason is said in words, other things go
//! on, and in the end each arrives once.

use std::collections::BTreeSet;

use xunan_core::digest::Digest;
use xunan_core::ledger::Row;
use xunan_core::log::SignedEntry;
use xunan_core::sync::{KeptEntry, More, Pulled, Push};
use xunan_e2e::demo;
use xunan_e2e::http::Http;
use xunan_e2e::network::{Fate, Request};
use xunan_e2e::pages::{Outbox, issue_short_visit, issue_short_visit_with_photo, sign_in_again};
use xunan_e2e::scene::Scene;
use xunan_e2e::server::Server;
use xunan_e2e::shell::PORTAL;

/// Things in the outbox: one for each of [`about_one_thing`], and one that stays to the end.
const THINGS: usize = 5;

const fn answered(
    status: u16,
    content_type: &'static str,
    body: &'static str,
    headers: &'static str,
) -> Fate {
    Fate::Answered { status, content_type, headers, body }
}

const fn problem(status: u16, body: &'static str) -> Fate {
    answered(status, "application/problem+json", body, "")
}

/// Answers that say nothing of the things themselves, and what the outbox then says of each.
fn about_the_way() -> [(&'static str, Fate, &'static str); 6] {
    [
        ("a reset", Fate::Reset, "网络断开"),
        ("a captive portal", PORTAL, "网络要求先登录或被拦截"),
        ("a proxy's 502", answered(502, "text/html", "bad gateway", ""), "服务器暂时没有应答"),
        ("429", answered(429, "text/plain", "", "retry-after: 3600\r\n"), "请 3600 秒后再试"),
        ("401", problem(401, r#"{"code":"not_signed_in"}"#), "登录已过期"),
        ("a portal's 403", answered(403, "text/html", "no", ""), "网络要求先登录或被拦截"),
    ]
}

/// Answers to a push because of one thing in it, and what the outbox then says of that thing.
fn about_one_thing() -> [(&'static str, Fate, &'static str); THINGS - 1] {
    [
        ("403", problem(403, r#"{"code":"not_allowed"}"#), "服务器没有收下：这个账号无权办理"),
        ("409", problem(409, r#"{"code":"chain_gap","have_seq":0}"#), "前面的记录还没到"),
        ("413", answered(413, "text/plain", "", ""), "服务器没有收下：太大了"),
        ("500", answered(500, "text/plain", "oops", ""), "服务器出错"),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn no_answer_makes_a_thing_leave_the_outbox_the_others_go_on_and_each_arrives_once() {
    let scene = Scene::set().await;
    let browser = scene.inspectors_phone().await;
    let before = received(&scene.server).await;
    scene.network.take_away();
    for _ in 0..THINGS {
        issue_short_visit(&browser, &scene.origin, demo::CEMETERY).await;
    }
    let outbox = Outbox(&browser);
    outbox.open(&scene.origin).await;
    let things = outbox.entries(THINGS).await;

    for (name, fate, words) in about_the_way() {
        println!("{name}");
        scene.network.set_rule(move |request| if is_push(request) { fate.clone() } else { Fate::Through });
        outbox.send_all_now().await;
        for thing in &things {
            outbox.still_here(thing, words).await;
        }
        assert_eq!(received(&scene.server).await, before, "after {name} nothing has arrived");
    }

    for (at, (name, fate, words)) in about_one_thing().into_iter().enumerate() {
        println!("{name}");
        let (goes, stay) = (things[at].clone(), &things[at + 1..]);
        let blamed: BTreeSet<String> = stay.iter().cloned().collect();
        scene.network.set_rule(move |request| {
            if entries_in(request).iter().any(|entry| blamed.contains(entry)) {
                fate.clone()
            } else {
                Fate::Through
            }
        });
        outbox.send_all_now().await;
        outbox.arrived(&goes).await;
        for thing in stay {
            outbox.still_here(thing, words).await;
        }
        assert_eq!(
            received(&scene.server).await.len(),
            before.len() + at + 1,
            "after {name} only one has arrived"
        );
    }
    browser.picture("outbox-bad-answers-phone").await;

    // The server takes what is left, and each of its answers is lost once.
    let mut lost = BTreeSet::new();
    scene.network.set_rule(move |request| {
        // By its entries: what the page's clock says in it is another each time.
        if is_push(request) && lost.insert(entries_in(request)) { Fate::AnswerLost } else { Fate::Through }
    });
    let last = &things[THINGS - 1];
    outbox.send_all_now().await;
    outbox.still_here(last, "网络断开").await;
    assert_eq!(
        received(&scene.server).await.len(),
        before.len() + THINGS,
        "the server has it, the phone cannot know"
    );
    outbox.send_all_now().await;
    outbox.arrived(last).await;
    let (visits, entries) = (received(&scene.server).await, signed_by_inspectors(scene.data()));
    assert_eq!(visits.difference(&before).cloned().collect::<Vec<_>>(), things, "each arrived");
    assert!(
        things.iter().all(|thing| entries.iter().filter(|entry| *entry == thing).count() == 1),
        "{entries:?}"
    );
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_answer_to_a_photo_loses_it_and_a_cut_upload_goes_on() {
    let scene = Scene::set().await;
    let browser = scene.inspectors_phone().await;
    let before = received(&scene.server).await;
    scene.network.take_away();
    issue_short_visit_with_photo(&browser, &scene.origin, demo::CEMETERY).await;
    let outbox = Outbox(&browser);
    outbox.open(&scene.origin).await;
    let thing = outbox.entries(1).await.remove(0);
    let mut bad = about_the_way().to_vec();
    bad.push(("500", answered(500, "text/plain", "oops", ""), "服务器出错"));
    bad.push(("413", answered(413, "text/plain", "", ""), "服务器没有收下：太大了"));
    bad.push(("a photo cut on its way", Fate::CutAfter(1_000), "网络断开"));
    for (name, fate, words) in bad {
        println!("{name}");
        let fate = move |request: &Request| {
            // A cut is one of bytes under way: the upload itself has begun.
            let begins = matches!(fate, Fate::CutAfter(_)) && request.method != "PATCH";
            if request.path.starts_with("/api/photos") && !begins { fate.clone() } else { Fate::Through }
        };
        scene.network.set_rule(fate);
        outbox.send_all_now().await;
        outbox.still_here(&thing, words).await;
        assert_eq!(
            received(&scene.server).await,
            before,
            "after {name} it counts for nothing without its photo"
        );
    }
    scene.network.give_back();
    outbox.open(&scene.origin).await;
    outbox.arrived(&thing).await;
    let desk = Http::to_port(scene.server.port()).signed_in(demo::SUPERVISOR, demo::PASSWORD).await;
    let kept: KeptEntry = desk.get(&format!("/api/entries/{thing}")).await.json();
    assert_eq!(kept.photos.len(), 1);
    let bytes = desk.get(&format!("/api/photos/{}", kept.photos[0].digest.hex())).await.body;
    assert_eq!(Digest::of(&bytes), kept.photos[0].digest);
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_login_that_expired_ten_days_ago_filling_goes_on_and_one_login_drains_the_queue() {
    let scene = Scene::set().await;
    let browser = scene.inspectors_phone().await;
    let before = received(&scene.server).await;
    scene.network.take_away();
    issue_short_visit(&browser, &scene.origin, demo::CEMETERY).await;
    scene.server.expire_sign_ins(10);
    scene.network.give_back();

    let outbox = Outbox(&browser);
    outbox.open(&scene.origin).await;
    let first = outbox.entries(1).await;
    outbox.still_here(&first[0], "登录已过期").await;
    browser.see_text("填写不受影响").await;
    browser.picture("outbox-login-expired-phone").await;
    issue_short_visit(&browser, &scene.origin, demo::CEMETERY).await;
    outbox.open(&scene.origin).await;
    let both = outbox.entries(2).await;
    outbox.still_here(&both[1], "登录").await;
    assert_eq!(received(&scene.server).await, before);

    sign_in_again(&browser, &scene.origin, demo::INSPECTOR).await;
    outbox.open(&scene.origin).await;
    for thing in &both {
        outbox.arrived(thing).await;
    }
    let arrived = received(&scene.server).await;
    assert_eq!(arrived.difference(&before).cloned().collect::<Vec<_>>(), both);
    browser.close().await;
}

fn is_push(request: &Request) -> bool {
    request.path == "/api/push"
}

/// The entries that a request pushes.
fn entries_in(request: &Request) -> Vec<String> {
    let Some(push) = is_push(request).then(|| serde_json::from_slice::<Push>(&request.body).ok()).flatten()
    else {
        return Vec::new();
    };
    let id = |text: &String| SignedEntry::parse(text).ok().map(|signed| signed.entry().id.to_string());
    push.entries.iter().filter_map(id).collect()
}

/// The entries of the visits that the supervisor sees.
async fn received(server: &Server) -> BTreeSet<String> {
    let desk = Http::to_port(server.port()).signed_in(demo::SUPERVISOR, demo::PASSWORD).await;
    let (mut entries, mut after) = (BTreeSet::new(), 0);
    loop {
        let pulled: Pulled = desk.get(&format!("/api/pull?after={after}&limit=500")).await.json();
        entries.extend(pulled.rows.iter().filter_map(|row| match row {
            Row::Visit(visit) => visit.get().map(|visit| visit.entry.to_string()),
            _ => None,
        }));
        after = pulled.cursor.0;
        if pulled.more == More::No {
            return entries;
        }
    }
}

/// Every entry in the server's ledger.
fn signed_by_inspectors(data: &std::path::Path) -> Vec<String> {
    let database = rusqlite::Connection::open(data.join(demo::DATABASE)).expect("the database opens");
    let mut query = database
        .prepare("SELECT id FROM entries WHERE position IS NOT NULL")
        .expect("the ledger has entries with positions");
    let ids = query.query_map([], |row| row.get(0)).expect("they can be read");
    ids.collect::<Result<_, _>>().expect("ids are text")
}
