//! `cargo xtask bench ledger [SCALE …]`: a generated year of a city (1 is 10,700 institutions, 12,000 visits, 31,700 hazards
//! with their steps), pushed to the real server; how fast entries are taken in and folded, how long making all rows again
//! takes, and how long each list and each single page takes. Without arguments at 1 and at 10, which takes half an hour;
//! any other scales as arguments, such as `0.01 0.1`. Read how figures grow beside the trivial route, not the figures.

mod pages;

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use xunan_e2e::city::{Pushed, Size, push_year};
use xunan_e2e::server::{Server, binary};

use pages::{BASELINE, Page};

/// Requests for each page.
const REQUESTS: usize = 40;

/// What was measured at one scale.
struct Measured {
    scale: f64,
    pages: Vec<Times>,
}

/// The times of one page, shortest first.
struct Times {
    name: &'static str,
    sorted: Vec<Duration>,
}

#[tokio::main]
async fn main() {
    // Who has seen enough and stops it leaves no folder and no server behind.
    tokio::select! {
        () = measure_all() => {}
        _ = tokio::signal::ctrl_c() => eprintln!("stopped"),
    }
}

async fn measure_all() {
    let mut measured = Vec::new();
    for scale in scales() {
        measured.push(measure(scale).await);
    }
    if let [first, .., last] = &measured[..] {
        print_growth(first, last);
    }
}

/// The scales that were asked for.
fn scales() -> Vec<f64> {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    if asked.is_empty() {
        return vec![1.0, 10.0];
    }
    let scale = |text: &String| match text.parse::<f64>() {
        Ok(scale) if scale > 0.0 && scale.is_finite() => scale,
        _ => {
            eprintln!("{text} is no scale; such as 0.1, 1 or 10 are");
            std::process::exit(2);
        }
    };
    asked.iter().map(scale).collect()
}

async fn measure(scale: f64) -> Measured {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let server = Server::start(folder.path()).await;
    let pushed = generate(&server, scale).await;
    let pages = page_times(&pages::of_a_year(server.port(), &pushed).await).await;
    server.kill().await;
    eprintln!("scale {scale}: making the rows again");
    let rebuild = rebuild_seconds(folder.path());
    println!(
        "scale {scale}: rows made again in {rebuild:.2} s, {:.0} entries/s folded",
        rate(&pushed, rebuild)
    );
    print_pages(scale, &pages);
    Measured { scale, pages }
}

fn rate(pushed: &Pushed, seconds: f64) -> f64 {
    pushed.entries as f64 / seconds
}

async fn generate(server: &Server, scale: f64) -> Pushed {
    let begun = Instant::now();
    let mut said = 0.0;
    let progress = |part: f64, entries: usize| {
        if part - said >= 0.05 || part >= 1.0 {
            said = part;
            let seconds = begun.elapsed().as_secs_f64();
            let left = seconds / part - seconds;
            eprintln!(
                "scale {scale}: {:.0} % of the year, {entries} entries, {left:.0} s left",
                part * 100.0
            );
        }
    };
    let pushed = push_year(server.port(), Size::of_scale(scale), 1, progress).await;
    let seconds = begun.elapsed().as_secs_f64();
    println!(
        "scale {scale}: {} entries taken in, {:.0} entries/s signed, pushed and folded",
        pushed.entries,
        rate(&pushed, seconds)
    );
    pushed
}

/// Asks for every page in turn, again and again: what disturbs the machine disturbs all of them, and the baseline too.
async fn page_times(pages: &[Page]) -> Vec<Times> {
    let mut times: Vec<Times> =
        pages.iter().map(|page| Times { name: page.name, sorted: Vec::with_capacity(REQUESTS) }).collect();
    for round in 0..REQUESTS {
        for (page, times) in pages.iter().zip(&mut times) {
            let path = &page.paths[round % page.paths.len()];
            let begun = Instant::now();
            let answer = page.http.get(path).await;
            times.sorted.push(begun.elapsed());
            assert!(answer.status.is_success(), "{path}: {}", String::from_utf8_lossy(&answer.body));
        }
    }
    times.iter_mut().for_each(|times| times.sorted.sort_unstable());
    times
}

impl Times {
    fn millis(&self, percent: usize) -> f64 {
        let at = (self.sorted.len() * percent / 100).min(self.sorted.len() - 1);
        self.sorted[at].as_secs_f64() * 1e3
    }
}

fn print_pages(scale: f64, pages: &[Times]) {
    println!("{:>5} | {:>9} | {:>8} | page", "scale", "median ms", "p95 ms");
    for times in pages {
        println!("{scale:>5} | {:>9.2} | {:>8.2} | {}", times.millis(50), times.millis(95), times.name);
    }
}

/// How much longer each page takes where there is more: its own ratio, and that beside the trivial route's.
fn print_growth(small: &Measured, large: &Measured) {
    let ratio = |at: usize| large.pages[at].millis(50) / small.pages[at].millis(50);
    let base = small.pages.iter().position(|times| times.name == BASELINE).map_or(1.0, ratio);
    println!(
        "from scale {} to {}, which is {:.1} times of it:",
        small.scale,
        large.scale,
        large.scale / small.scale
    );
    println!("{:>6} | {:>15} | page", "grows", "beside baseline");
    for (at, times) in small.pages.iter().enumerate() {
        println!("{:>5.1}x | {:>14.1}x | {}", ratio(at), ratio(at) / base, times.name);
    }
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
