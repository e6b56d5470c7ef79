//! The service worker: a program is kept whole or not at all, opens without a network, and a new version waits for
//! a word.

use xunan_e2e::browser::{Browser, Screen};
use xunan_e2e::demo;
use xunan_e2e::http::Http;
use xunan_e2e::network::{Fate, Network};
use xunan_e2e::pages::{Walk, open_signed_in, ready_offline};
use xunan_e2e::scene::Scene;
use xunan_e2e::server::Server;
use xunan_e2e::shell::{DESK, FIELD, PORTAL, Program, caches_become, refused_by_policy, watch_policy};

/// A version that no build has.
const NEXT: &str = "ffffffffffffffff";
/// A file of the field program that has no hash in its name.
const CHANGED: &str = "/manifest.webmanifest";

#[tokio::test(flavor = "multi_thread")]
async fn a_captive_portal_during_the_install_leaves_no_half_shell_and_afterwards_it_opens_offline() {
    for program in [FIELD, DESK] {
        let (data, profile) =
            (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        let server = Server::start(data.path()).await;
        let network = Network::in_front_of(server.port()).await;
        let mut installing = false;
        network.set_rule(move |request| {
            if installing && request.path != program.worker {
                return PORTAL;
            }
            installing |= request.path == program.worker;
            Fate::Through
        });
        let browser = Browser::open(profile.path(), Screen::Phone).await;
        watch_policy(&browser).await;
        browser.go(&format!("{}{}", network.origin(), program.page)).await;
        assert_eq!(
            program.install(&browser).await,
            "redundant",
            "no worker lives with a portal's page in it"
        );
        caches_become(&browser, 0).await;

        network.give_back();
        program.assert_whole(&browser).await;
        assert_eq!(refused_by_policy(&browser).await, Some(vec![]), "{program:?}");

        network.take_away();
        let browser = browser.kill_and_reopen().await;
        browser.go(&format!("{}{}", network.origin(), program.page)).await;
        browser.see("input[type=password]").await;
        browser.gone("#opening").await;
        browser.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_served_with_a_policy_that_lets_no_string_become_code() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Server::start(data.path()).await;
    for program in [FIELD, DESK] {
        let page = Http::to_port(server.port()).get(program.page).await;
        let policy = page.header("content-security-policy");
        assert!(policy.contains("default-src 'none'"), "{policy}");
        assert!(policy.contains("require-trusted-types-for 'script'"), "{policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotten_file_is_found_by_its_hash_and_fetched_anew_only_from_us() {
    let (data, profile) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let server = Server::start(data.path()).await;
    let network = Network::in_front_of(server.port()).await;
    let browser = Browser::open(profile.path(), Screen::Phone).await;
    browser.go(&network.origin()).await;
    FIELD.assert_whole(&browser).await;

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
    let found = FIELD.ask(&browser, "check").await;
    assert_eq!(found["altered"].as_array().map(Vec::len), Some(1), "{found}");
    network.set_rule(|_| PORTAL);
    assert_eq!(FIELD.ask(&browser, "repair").await["type"], "failed");
    network.give_back();
    assert_eq!(FIELD.ask(&browser, "repair").await["type"], "checked");
    FIELD.assert_whole(&browser).await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_version_fetches_only_what_changed_and_waits_in_both_programs() {
    for program in [FIELD, DESK] {
        let (data, profile) =
            (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        let server = Server::start(data.path()).await;
        let network = Network::in_front_of(server.port()).await;
        let browser = Browser::open(profile.path(), Screen::Phone).await;
        browser.go(&format!("{}{}", network.origin(), program.page)).await;
        let first = program.assert_whole(&browser).await;

        // A file that is not what the new version was built with: no half version lives, the old one stays whole.
        offer(&network, &server, program, Announced::WithAnotherHash).await;
        assert_eq!(program.update(&browser).await, "redundant", "{program:?}");
        assert_eq!(program.assert_whole(&browser).await["version"], first["version"]);
        // Nothing is left of the failed one.
        caches_become(&browser, 1).await;

        offer(&network, &server, program, Announced::AsItIs).await;
        network.take_seen();
        assert_eq!(program.update(&browser).await, "installed", "it is complete, and waits");
        let fetched: Vec<String> = network.take_seen().into_iter().map(|request| request.path).collect();
        let for_nothing = fetched.iter().find(|path| *path != program.worker && !path.starts_with("/api/"));
        assert_eq!(for_nothing, None, "{fetched:?}");
        let in_charge = program.assert_whole(&browser).await;
        assert_eq!(in_charge["version"], first["version"], "the old version stays in charge");

        browser
            .run_async(
                "const [address, done] = arguments;
                 navigator.serviceWorker.register(address).then((registration) => {
                     const next = registration.waiting;
                     next.onstatechange = () => next.state === 'activated' && done(null);
                     next.postMessage({ type: 'skip-waiting' });
                 });",
                vec![program.worker.into()],
            )
            .await;
        assert_eq!(program.assert_whole(&browser).await["version"], NEXT);
        // A page of the old version lives, and may need its files.
        caches_become(&browser, 2).await;
        let browser = browser.kill_and_reopen().await;
        browser.go(&format!("{}{}", network.origin(), program.page)).await;
        program.assert_whole(&browser).await;
        // No page of the old version lives any more.
        caches_become(&browser, 1).await;
        browser.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_asks_never_interrupts_a_draft_and_loses_nothing_of_it() {
    let scene = Scene::set().await;
    let browser = scene.new_phone().await;
    watch_policy(&browser).await;
    open_signed_in(&browser, &scene.origin, demo::INSPECTOR).await;
    ready_offline(&browser).await;
    let walk = Walk(&browser);
    walk.start_at(&scene.origin, demo::CEMETERY).await;
    let items: Vec<_> = walk.items().await.into_iter().filter(|item| item.has_marks).collect();
    walk.pass(&items[0].id).await;
    browser.run("self.sameDocument = true", vec![]).await;

    // A new version comes while somebody fills in: the page does not move, and does not ask.
    offer(&scene.network, &scene.server, FIELD, Announced::AsItIs).await;
    assert_eq!(FIELD.update(&browser).await, "installed");
    walk.pass(&items[1].id).await;
    walk.saved().await;
    assert!(!browser.text().await.contains("换上新版本"), "the walk asks nothing");
    walk.photograph(&items[0].id, 1).await;
    assert_eq!(browser.run("return self.sameDocument ?? false", vec![]).await, true);

    // Another tab asks, and says no to a hasty finger as long as the visit is open.
    let walking = browser.client().window().await.expect("a tab");
    browser.open_tab(&scene.origin).await;
    browser.click("button", "换上新版本").await;
    browser.see_text("检查还没完").await;
    assert_ne!(FIELD.assert_whole(&browser).await["version"], NEXT, "nothing was switched");
    browser.client().close_window().await.expect("the tab closes");
    browser.client().switch_to_window(walking).await.expect("the first tab");
    assert_eq!(browser.run("return self.sameDocument ?? false", vec![]).await, true);
    let visit = browser.client().current_url().await.expect("a page").to_string();

    // The visit is left for the first page, and a word is given: the new version is in charge, the draft as it was.
    browser.go(&scene.origin).await;
    browser.run("self.sameDocument = true", vec![]).await;
    browser.click("button", "换上新版本").await;
    browser.becomes("return self.sameDocument ?? false", &false.into()).await;
    browser.see_text("继续").await;
    assert_eq!(FIELD.assert_whole(&browser).await["version"], NEXT);
    browser.go(&visit).await;
    browser.see(".item-card").await;
    assert_eq!(Walk(&browser).answers().await.len(), 2);
    browser.see(&format!("[id='item-{}'] .photo img[src^='blob:']", items[0].id)).await;
    assert_eq!(refused_by_policy(&browser).await, Some(vec![]));
    browser.close().await;
}

/// What a new version says of one file that did not change.
#[derive(Clone, Copy, PartialEq)]
enum Announced {
    /// Its hash.
    AsItIs,
    /// A hash that its content does not have: it comes from half a deployment, or from somebody else.
    WithAnotherHash,
}

/// From now on the server has a new version of a program.
async fn offer(network: &Network, server: &Server, program: Program, announced: Announced) {
    let http = Http::to_port(server.port());
    let worker = http.get(program.worker).await;
    let script = String::from_utf8(worker.body.to_vec()).expect("a script");
    let build: serde_json::Value = script
        .split_once("BUILD = ")
        .and_then(|(_, rest)| serde_json::Deserializer::from_str(rest).into_iter().next()?.ok())
        .expect("the build stands at the top of the worker");
    let mut next = script.replace(build["version"].as_str().expect("a version"), NEXT);
    if announced == Announced::WithAnotherHash {
        let assets = build["assets"].as_array().expect("assets");
        let changed = assets
            .iter()
            .find(|asset| {
                let address = asset[0].as_str().unwrap_or_default();
                address == CHANGED || address.trim_end_matches('/') == program.page
            })
            .expect("one has its hash beside it");
        next = next.replace(changed[1].as_str().expect("a hash"), &"0".repeat(16));
    }
    let next: &'static str = next.leak();
    network.set_rule(move |request| {
        if request.path == program.worker {
            Fate::Answered { status: 200, content_type: "text/javascript", headers: "", body: next }
        } else {
            Fate::Through
        }
    });
}
