//! `cargo xtask bench walk`: the walk with 100, 300 and 600 items at a quarter of this machine's speed: time to
//! open, touch to painted, touch to stored, heap; beside a bare IndexedDB put in the same page, and the peers.

use std::time::Duration;

use serde_json::{Value, json};
use xunan_e2e::browser::{Browser, Screen};
use xunan_e2e::demo;
use xunan_e2e::long_checklist::pack_of;
use xunan_e2e::network::Network;
use xunan_e2e::pages::{Walk, open_signed_in, ready_offline};
use xunan_e2e::server::Server;

const LENGTHS: [usize; 3] = [100, 300, 600];
const TICKS: usize = 30;
const OPENINGS: usize = 5;

/// Runs in every new document: notes when the last card is there and painted.
const WATCH_OPENING: &str = "(() => { const look = () => { \
    const all = Number(localStorage.getItem('bench-items')); \
    if (all && document.querySelectorAll('.item-card').length >= all) { \
        requestAnimationFrame(() => { const channel = new MessageChannel(); \
            channel.port1.onmessage = () => { window.benchReady = performance.now(); }; channel.port2.postMessage(0); }); \
    } else { requestAnimationFrame(look); } }; requestAnimationFrame(look); })()";

/// Notes for every click when it was painted and when the page said that it is stored.
const WATCH_TICKS: &str = "window.benchTicks = []; addEventListener('click', event => { \
    if (!event.target.closest('.answer')) { return; } \
    const tick = { at: event.timeStamp }; window.benchTicks.push(tick); \
    requestAnimationFrame(() => { const channel = new MessageChannel(); \
        channel.port1.onmessage = () => { tick.painted = performance.now() - tick.at; }; channel.port2.postMessage(0); }); \
    let began = false; const look = () => { const state = document.querySelector('.saved-mark')?.dataset.state; \
        if (state === 'saving') { began = true; } \
        if (began && state === 'saved') { tick.stored = performance.now() - tick.at; } \
        else if (performance.now() - tick.at < 5000) { setTimeout(look, 0); } }; look(); }, true)";

/// The floor: the same number of bytes put into a bare IndexedDB, strictly.
const BARE_PUTS: &str = "const done = arguments[0]; const open = indexedDB.open('bench-bare', 1); \
    open.onupgradeneeded = () => open.result.createObjectStore('s'); \
    open.onsuccess = async () => { const waits = []; for (let n = 0; n < 60; n++) { const begun = performance.now(); \
        await new Promise(resolve => { const tx = open.result.transaction('s', 'readwrite', { durability: 'strict' }); \
            tx.objectStore('s').put('x'.repeat(300), n); tx.oncomplete = resolve; }); \
        waits.push(performance.now() - begun); } open.result.close(); done(waits); }";

#[tokio::main]
async fn main() {
    println!(
        "items | open ms | touch→painted p50/p95 ms | touch→stored p50/p95 ms | bare strict put p50/p95 ms | JS heap MB"
    );
    for length in LENGTHS {
        measure(length).await;
    }
    println!(
        "\nThe peers, on the machine of `performance.md`, one run each, CPU ×4 (their init or load; tick p50/p95; heap at ×1):"
    );
    println!("  100 | Enketo 1,050 ms, 57/93, 11 MB  | ODK Web Forms  4,550 ms,  97/159,  39 MB");
    println!("  300 | Enketo 4,180 ms, 97/187, 11 MB | ODK Web Forms 12,200 ms, 194/469,  89 MB");
    println!("  600 | Enketo 13,500 ms, 202/336, 11 MB | ODK Web Forms 18,400 ms, 327/546, 155 MB");
}

async fn measure(length: usize) {
    let (data, profile) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let pack = data.path().join("pack.json");
    std::fs::write(&pack, pack_of(length)).expect("a file");
    let server = Server::start_with_pack(&data.path().join("data"), &pack).await;
    let network = Network::in_front_of(server.port()).await;
    let origin = network.origin();
    let browser = Browser::open(profile.path(), Screen::Phone).await;
    open_signed_in(&browser, &origin, demo::INSPECTOR).await;
    ready_offline(&browser).await;
    let walk = Walk(&browser);
    walk.start_at(&origin, demo::ELDERLY_HOME).await;
    let items = walk.items().await;
    assert_eq!(items.len(), length);
    for item in items.iter().take(length.min(100)) {
        walk.pass(&item.id).await;
    }
    walk.saved().await;
    let visit = browser.client().current_url().await.expect("a page").to_string();
    browser.run("localStorage.setItem('bench-items', arguments[0])", vec![json!(length)]).await;
    browser.dev_tools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH_OPENING })).await;
    browser.dev_tools("Emulation.setCPUThrottlingRate", json!({ "rate": 4 })).await;

    let mut openings = Vec::new();
    for _ in 0..OPENINGS {
        browser.go(&visit).await;
        openings.push(until(&browser, "return window.benchReady ?? null").await.as_f64().unwrap_or(f64::NAN));
    }
    browser.run(WATCH_TICKS, vec![]).await;
    for at in 0..TICKS {
        let item = &items[(length / 2 + at) % length];
        if at % 2 == 0 {
            walk.not_applicable(item).await
        } else {
            walk.pass(&item.id).await
        }
        until(&browser, "return window.benchTicks.at(-1)?.stored ?? null").await;
    }
    let ticks = browser.run("return window.benchTicks", vec![]).await;
    let column = |name: &str| -> Vec<f64> {
        ticks
            .as_array()
            .map(|ticks| ticks.iter().filter_map(|tick| tick[name].as_f64()).collect())
            .unwrap_or_default()
    };
    let bare = browser.run_async(BARE_PUTS, vec![]).await;
    let bare =
        bare.as_array().map(|waits| waits.iter().filter_map(Value::as_f64).collect()).unwrap_or_default();
    browser.dev_tools("HeapProfiler.collectGarbage", json!({})).await;
    let heap = browser
        .run("return performance.memory.usedJSHeapSize / 1e6", vec![])
        .await
        .as_f64()
        .unwrap_or(f64::NAN);
    println!(
        "{length:>5} | {:>7.0} | {:>24} | {:>23} | {:>26} | {heap:.1}",
        quantile(openings, 0.5),
        pair(column("painted")),
        pair(column("stored")),
        pair(bare),
    );
    browser.close().await;
}

/// Asks the page until it answers.
async fn until(browser: &Browser, script: &str) -> Value {
    loop {
        let answer = browser.run(script, vec![]).await;
        if !answer.is_null() {
            return answer;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn pair(values: Vec<f64>) -> String {
    format!("{:.0} / {:.0}", quantile(values.clone(), 0.5), quantile(values, 0.95))
}

fn quantile(mut values: Vec<f64>, at: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let last = values.len().saturating_sub(1);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index into a short list")]
    let index = (last as f64 * at).round() as usize;
    values.get(index).copied().unwrap_or(f64::NAN)
}
