//! The service worker: the shell is kept whole or not at all, and a new version waits for a word.

use serde_json::Value;
use xunan_e2e::browser::{Browser, Screen};
use xunan_e2e::http::Http;
use xunan_e2e::network::{Fate, Network};
use xunan_e2e::server::Server;

const PORTAL: Fate = Fate::Answered {
    status: 200,
    content_type: "text/html",
    headers: "",
    body: "<!doctype html><title>免费上网</title><p>请先登录</p>",
};

/// Asks the worker in charge, as the page does, and gives its answer.
const ASK: &str = "
    const [question, done] = arguments;
    navigator.serviceWorker.ready.then((registration) => {
        const channel = new MessageChannel();
        channel.port1.onmessage = (event) => done(event.data);
        registration.active.postMessage({ type: question }, [channel.port2]);
    });";

const CACHES: &str = "const [done] = arguments; caches.keys().then(done);";

async fn ask(browser: &Browser, question: &str) -> Value {
    browser.run_async(ASK, vec![question.into()]).await
}

async fn cache_names(browser: &Browser) -> Vec<Value> {
    browser.run_async(CACHES, vec![]).await.as_array().cloned().expect("a list of names")
}

fn assert_whole(answer: &Value) {
    assert_eq!(answer["type"], "checked", "{answer}");
    assert!(answer["total"].as_u64() > Some(5), "{answer}");
    assert_eq!(answer["verified"], answer["total"], "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_captive_portal_during_the_install_leaves_no_half_shell() {
    let (data, profile) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let server = Server::start(data.path()).await;
    let network = Network::in_front_of(server.port()).await;
    let mut installing = false;
    network.set_rule(move |request| {
        if installing && !request.path.starts_with("/sw.js") {
            return PORTAL;
        }
        installing |= request.path.starts_with("/sw.js");
        Fate::Through
    });
    let browser = Browser::open(profile.path(), Screen::Phone).await;
    browser.go(&network.origin()).await;
    let outcome = browser
        .run_async(
            "const [done] = arguments;
             navigator.serviceWorker.register('/sw.js').then((registration) => {
                 const worker = registration.installing ?? registration.waiting ?? registration.active;
                 if (!worker || worker.state === 'redundant') return done('redundant');
                 worker.onstatechange = () => done(worker.state);
             }, (error) => done(String(error)));",
            vec![],
        )
        .await;
    assert_eq!(outcome, "redundant", "the worker must not come to life with a portal's page in it");
    assert_eq!(cache_names(&browser).await, Vec::<Value>::new());

    network.give_back();
    browser.run("navigator.serviceWorker.register('/sw.js')", vec![]).await;
    assert_whole(&ask(&browser, "check").await);

    network.take_away();
    let browser = browser.kill_and_reopen().await;
    browser.go(&format!("{}/outbox", network.origin())).await;
    browser.gone("#opening").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotten_file_is_found_by_its_hash_and_fetched_anew_only_from_us() {
    let (data, profile) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let server = Server::start(data.path()).await;
    let network = Network::in_front_of(server.port()).await;
    let browser = Browser::open(profile.path(), Screen::Phone).await;
    browser.go(&network.origin()).await;
    browser.run("navigator.serviceWorker.register('/sw.js')", vec![]).await;
    assert_whole(&ask(&browser, "check").await);

    browser
        .run_async(
            "const [done] = arguments;
             caches.keys().then(async ([name]) => {
                 const cache = await caches.open(name);
                 await cache.put((await cache.keys())[0], new Response('rot'));
                 done(null);
             });",
            vec![],
        )
        .await;
    let found = ask(&browser, "check").await;
    assert_eq!(found["altered"].as_array().map(Vec::len), Some(1), "{found}");
    network.set_rule(|_| PORTAL);
    assert_eq!(ask(&browser, "repair").await["type"], "failed");
    network.give_back();
    assert_whole(&ask(&browser, "repair").await);
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_version_waits_for_a_word_and_fetches_only_what_changed() {
    let (data, profile) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let server = Server::start(data.path()).await;
    let network = Network::in_front_of(server.port()).await;
    let browser = Browser::open(profile.path(), Screen::Phone).await;
    browser.go(&network.origin()).await;
    browser.run("navigator.serviceWorker.register('/sw.js')", vec![]).await;
    let first = ask(&browser, "check").await;
    assert_whole(&first);

    let version = first["version"].as_str().expect("a version");
    let worker = Http::to_port(server.port()).get("/sw.js").await;
    let next = String::from_utf8(worker.body.to_vec()).expect("a script").replace(version, "ffffffffffffffff");
    let next: &'static str = next.leak();
    network.set_rule(move |request| match request.path.as_str() {
        "/sw.js" => Fate::Answered { status: 200, content_type: "text/javascript", headers: "", body: next },
        _ => Fate::Through,
    });
    network.take_seen();
    let waits = browser
        .run_async(
            "const [done] = arguments;
             navigator.serviceWorker.ready.then(async (registration) => {
                 await registration.update();
                 for (let tries = 0; tries < 100 && !registration.waiting; tries++)
                     await new Promise((later) => setTimeout(later, 100));
                 done(registration.waiting?.state ?? null);
             });",
            vec![],
        )
        .await;
    assert_eq!(waits, "installed", "the new version must be complete, and wait");
    let fetched: Vec<String> = network.take_seen().into_iter().map(|request| request.path).collect();
    assert!(fetched.iter().all(|path| path == "/sw.js" || path.starts_with("/api/")), "{fetched:?}");
    assert_eq!(ask(&browser, "check").await["version"], version, "the old version stays in charge");

    browser
        .run_async(
            "const [done] = arguments;
             navigator.serviceWorker.addEventListener('controllerchange', () => done(null));
             navigator.serviceWorker.ready.then((registration) =>
                 registration.waiting.postMessage({ type: 'skip-waiting' }));",
            vec![],
        )
        .await;
    assert_eq!(ask(&browser, "check").await["version"], "ffffffffffffffff");
    assert_eq!(cache_names(&browser).await.len(), 2, "a page of the old version still lives, and may need its files");
    let browser = browser.kill_and_reopen().await;
    browser.go(&network.origin()).await;
    assert_whole(&ask(&browser, "check").await);
    assert_eq!(cache_names(&browser).await.len(), 1, "no page of the old version lives any more");
    browser.close().await;
}
