//! `cargo xtask bench ledger [SCALE …]`: a generated year of a city (1 is 10,700 institutions, 12,000 visits, 31,700 hazards
//! with their steps), pushed to the real server; how fast entries are folded, how long making all rows again takes, and how
//! long pages take. Without arguments at 1 and at 10, which takes half an hour; read how figures grow, not the figures.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use xunan_e2e::city::{Pushed, Size, push_year};
use xunan_e2e::demo;
use xunan_e2e::http::Http;
use xunan_e2e::server::{Server, binary};

/// Requests for each page.
const REQUESTS: usize = 100;

#[tokio::main]
async fn main() {
    let asked: Vec<f64> = std::env::args().skip(1).filter_map(|scale| scale.parse().ok()).collect();
    let scales = if asked.is_empty() { vec![1.0, 10.0] } else { asked };
    println!("scale | entries | entries/s | rebuild s | rows again/s | page | p50 ms | p99 ms");
    for scale in scales {
        measure(scale).await;
    }
}

async fn measure(scale: f64) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let server = Server::start(folder.path()).await;
    let begun = Instant::now();
    let pushed = push_year(server.port(), Size::of_scale(scale), 1).await;
    let rate = pushed.entries as f64 / begun.elapsed().as_secs_f64();
    let pages = page_times(server.port(), &pushed).await;
    server.kill().await;
    let rebuild = rebuild_seconds(folder.path());
    let again = pushed.entries as f64 / rebuild;
    for (page, mut times) in pages {
        times.sort_unstable();
        let millis = |at: usize| times[at.min(times.len() - 1)].as_secs_f64() * 1e3;
        println!(
            "{scale:>5} | {:>7} | {rate:>9.0} | {rebuild:>9.2} | {again:>12.0} | {page} | {:.1} | {:.1}",
            pushed.entries,
            millis(times.len() / 2),
            millis(times.len() * 99 / 100)
        );
    }
}

/// The pages that a supervisor opens, as the desk asks for them.
async fn page_times(port: u16, pushed: &Pushed) -> Vec<(&'static str, Vec<Duration>)> {
    let http = Http::to_port(port).signed_in(demo::SUPERVISOR, demo::PASSWORD).await;
    let mut pages = Vec::new();
    for (name, path) in [
        ("open, first page", "/api/hazards?limit=50"),
        ("to re-check", "/api/hazards?state=submitted&limit=50"),
        ("closed", "/api/hazards?state=closed&limit=50"),
        ("one village", "/api/hazards?division=999901002007&limit=50"),
        ("major", "/api/hazards?grade=major&limit=50"),
        ("search", "/api/hazards?q=00042&limit=50"),
    ] {
        pages.push((name, times(&http, |_| path.to_owned()).await));
    }
    let one = |at: usize| format!("/api/hazards/{}", pushed.hazards[at * 7919 % pushed.hazards.len()].hazard);
    pages.push(("one hazard", times(&http, one).await));
    pages
}

async fn times(http: &Http, path: impl Fn(usize) -> String) -> Vec<Duration> {
    let mut times = Vec::with_capacity(REQUESTS);
    for at in 0..REQUESTS {
        let path = path(at);
        let begun = Instant::now();
        let answer = http.get(&path).await;
        times.push(begun.elapsed());
        assert!(answer.status.is_success(), "{path}: {}", String::from_utf8_lossy(&answer.body));
    }
    times
}

/// Makes all rows again with the server's own command, which says how long that took.
fn rebuild_seconds(data: &Path) -> f64 {
    let output = Command::new(binary())
        .args(["admin", "--data"])
        .arg(data)
        .arg("rebuild-rows")
        .output()
        .expect("the server's program runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let seconds = said.trim().trim_end_matches(" s").rsplit(' ').next();
    seconds.and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("no seconds in {said}"))
}
