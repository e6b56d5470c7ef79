//! `cargo xtask bench lighthouse`: what Lighthouse says of the citizen's pages, on the slow phone and network that it simulates.
//!
//! Its points for performance depend on this machine, and are read in a quiet hour; those for accessibility do not, and are to
//! be full.

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use serde_json::Value;
use xunan_e2e::http::Http;
use xunan_e2e::jpeg;
use xunan_e2e::server::Server;
use xunan_e2e::snap_form::{follow_path, fresh_token, send};

const PAGES: [&str; 8] = [
    "/snap",
    "/snap/know",
    "/snap/know/articles",
    "/snap/plaza",
    "/snap/plaza/map",
    "/snap/where",
    "/snap/code",
    "/snap/poster",
];
/// Runs of each page; the one in the middle is told.
const RUNS: usize = 3;
/// How often a run that came to nothing is begun again.
const TRIES: usize = 5;

/// What one run says.
struct Said {
    performance: f64,
    accessibility: f64,
    paint_ms: f64,
    blocked_ms: f64,
    kilobytes: f64,
}

#[tokio::main]
async fn main() -> ExitCode {
    let lighthouse =
        std::env::var("XUNAN_LIGHTHOUSE").expect("cargo xtask bench lighthouse says where it is");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let server = Server::start(folder.path()).await;
    let mut is_accessible = true;
    println!(
        "page                 | performance | accessibility | largest paint ms | blocked ms | KB on first visit"
    );
    let followed = followed(&server).await;
    for page in PAGES.into_iter().chain([followed.as_str()]) {
        let url = format!("http://127.0.0.1:{}{page}", server.port());
        let mut runs: Vec<Said> = (0..RUNS).map(|_| judged(Path::new(&lighthouse), &url)).collect();
        runs.sort_by(|one, other| one.performance.total_cmp(&other.performance));
        is_accessible &= runs.iter().all(|run| run.accessibility >= 100.0);
        let Said { performance, accessibility, paint_ms, blocked_ms, kilobytes } = &runs[RUNS / 2];
        println!(
            "{:<20} | {performance:>11.0} | {accessibility:>13.0} | {paint_ms:>16.0} | {blocked_ms:>10.0} | {kilobytes:>8.1}",
            // A secret link is not told.
            if page == followed { "/snap/f/…" } else { page }
        );
    }
    if is_accessible { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The page of a report with a photo.
async fn followed(server: &Server) -> String {
    let citizen = Http::to_port(server.port());
    let token = fresh_token(&citizen).await;
    let sent = send(&citizen, &token, Some(&jpeg::photo(1600, 1200, 1)), "").await;
    assert!(sent.status.is_success(), "{}", sent.status);
    follow_path(&sent)
}

/// One run over a page. Lighthouse loses the beginning of one trace in some twenty, says so, and asks to be run again.
fn judged(lighthouse: &Path, url: &str) -> Said {
    (0..TRIES).find_map(|_| said_of(lighthouse, url)).expect("Lighthouse comes to an end")
}

/// In a browser that was never there before.
fn said_of(lighthouse: &Path, url: &str) -> Option<Said> {
    let run = Command::new("node")
        .arg(lighthouse)
        .arg(url)
        .args(["--quiet", "--output=json", "--only-categories=performance,accessibility"])
        .arg("--chrome-flags=--headless --no-sandbox --disable-gpu")
        .env("CHROME_PATH", "chromium")
        .stderr(Stdio::inherit())
        .output()
        .expect("Node.js runs Lighthouse");
    if !run.status.success() {
        return None;
    }
    let said: Value = serde_json::from_slice(&run.stdout).expect("Lighthouse tells in JSON");
    let points = |category: &str| said["categories"][category]["score"].as_f64().expect("a score") * 100.0;
    let number = |audit: &str| said["audits"][audit]["numericValue"].as_f64().expect("a number");
    Some(Said {
        performance: points("performance"),
        accessibility: points("accessibility"),
        paint_ms: number("largest-contentful-paint"),
        blocked_ms: number("total-blocking-time"),
        kilobytes: number("total-byte-weight") / 1000.0,
    })
}
