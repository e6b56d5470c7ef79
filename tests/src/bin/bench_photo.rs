//! `cargo xtask bench photo`: a telephone's photo of 12 megapixels to the stored picture, in our worker as the server
//! serves it and in real Chromium; beside what the browser offers by itself, npm's `browser-image-compression` and
//! libjpeg-turbo in native code. One after the other, again and again: read the ratios of the least times.
//!
//! Ours does more than the others: it hashes both files, makes a thumbnail, looks whether the picture is blank and what
//! it is like; `marked` also draws four lines of Chinese over it.

use std::path::Path;
use std::process::Command;

use xunan_e2e::browser::{Browser, Screen};
use xunan_e2e::jpeg;
use xunan_e2e::network::Network;
use xunan_e2e::photo_lab::{AtOnce, By, PhotoLab};
use xunan_e2e::server::Server;

const ROUNDS: usize = 15;
const IN_A_ROW: usize = 100;
const AT_ONCE: u32 = 10;
const ROUNDS_AT_ONCE: usize = 7;
const LINES: [&str; 4] = [
    "2026-11-22 09:31:07",
    "聊城市东昌府区阳光老年公寓（新区街道办事处西侧三百米）",
    "36.45612°N 115.98541°E ±12 m",
    "张伟 · 8K3QXZ7M",
];

/// The targets of our worker's time over another's, of its memory, and of what the page feels of it.
const OVER_LIBRARY: f64 = 0.50;
const OVER_BROWSER: f64 = 0.80;
const OVER_NATIVE: f64 = 2.6;
const MEMORY_MB: f64 = 32.0;
const PAUSE_MS: f64 = 10.0;

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(&folder.path().join("data")).await;
    let network = Network::in_front_of(server.port()).await;
    let browser = Browser::open(&folder.path().join("profile"), Screen::Phone).await;
    let lab = PhotoLab::open(&browser, &network).await;
    let photo = jpeg::camera_photo(1);
    let file = folder.path().join("photo.jpg");
    std::fs::write(&file, &photo).expect("a file");
    lab.take(&photo).await;
    println!(
        "4032 × 3024, 4:2:0, quality 92, {:.1} MB, orientation 6 → 1200 × 1600, quality 80",
        megabytes(photo.len())
    );

    let ways = [(By::Ours, &LINES[..0]), (By::Ours, &LINES[..]), (By::Browser, &[]), (By::Library, &[])];
    for (by, lines) in ways {
        let cold = lab.make(by, lines).await;
        println!(
            "first: {by:?}, {} lines: {:.0} ms, {:.2} MB",
            lines.len(),
            cold.millis,
            megabytes(cold.jpeg.len())
        );
    }
    let mut millis: [Vec<f64>; 5] = Default::default();
    let mut turbo = String::new();
    for _ in 0..ROUNDS {
        for (at, (by, lines)) in ways.into_iter().enumerate() {
            millis[at].push(lab.make(by, lines).await.millis);
        }
        let (version, took) = native(&file);
        turbo = version;
        millis[4].push(took);
    }
    println!("\nof {ROUNDS}, ms: least | median");
    let names =
        ["ours", "ours, marked", "createImageBitmap + convertToBlob", "browser-image-compression 2.0.2"];
    let names = names.map(str::to_owned).into_iter().chain([format!("Pillow with libjpeg-turbo {turbo}")]);
    for (name, millis) in names.zip(&mut millis) {
        millis.sort_by(f64::total_cmp);
        println!("{:>6.0} | {:>6.0} | {name}", millis[0], millis[ROUNDS / 2]);
    }
    // The least is what the work takes; the rest is what else the machine does.
    let [ours, marked, by_browser, library, native] = millis.map(|millis| millis[0]);
    for (what, other, target) in [
        ("browser-image-compression", library, OVER_LIBRARY),
        ("the browser's own", by_browser, OVER_BROWSER),
        ("native libjpeg-turbo", native, OVER_NATIVE),
    ] {
        let ratio = ours / other;
        println!(
            "ours / {what}: {ratio:.2}, {} {target:.2}; marked {:.2}",
            verdict(ratio, target),
            marked / other
        );
    }

    pauses(&lab).await;

    let first = lab.memory_bytes().await;
    for _ in 0..IN_A_ROW {
        assert!(!lab.make(By::Ours, &LINES).await.spent, "the worker asks to be replaced");
    }
    let last = lab.memory_bytes().await;
    let taken = last as f64 / f64::from(1 << 20);
    println!(
        "WebAssembly memory: {taken:.1} MB ({} {MEMORY_MB}), {} bytes more after {IN_A_ROW} photos in a row",
        verdict(taken, MEMORY_MB),
        last - first
    );
    browser.close().await;
}

/// Many photos at once, and what the page feels of it: the longest time in which it could do nothing else.
async fn pauses(lab: &PhotoLab<'_>) {
    let (mut ours, mut beside, mut took) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS_AT_ONCE {
        let AtOnce { millis, longest_pause_millis } = lab.at_once(AT_ONCE, &LINES).await;
        took.push(millis);
        ours.push(longest_pause_millis);
        beside.push(lab.pause_beside_counting(millis).await);
    }
    for millis in [&mut ours, &mut beside, &mut took] {
        millis.sort_by(f64::total_cmp);
    }
    let middle = ROUNDS_AT_ONCE / 2;
    println!("\n{AT_ONCE} at once, {:.0} ms; of {ROUNDS_AT_ONCE}, ms: least | median", took[middle]);
    println!(
        "{:>6.1} | {:>6.1} | the page's longest pause, {} {PAUSE_MS}",
        ours[0],
        ours[middle],
        verdict(ours[0], PAUSE_MS)
    );
    println!(
        "{:>6.1} | {:>6.1} | beside a worker that only counts for as long: the machine's own share",
        beside[0], beside[middle]
    );
}

/// libjpeg-turbo's version, and the milliseconds of one run.
fn native(photo: &Path) -> (String, f64) {
    let python = std::env::var_os("XUNAN_PYTHON").unwrap_or_else(|| "python3".into());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/outside/turbo_photo.py");
    let run = Command::new(python).arg(script).arg(photo).arg("1").output().expect("python runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    let mut lines = said.lines();
    let version = lines.next().unwrap_or_default().to_owned();
    let millis = lines.next().and_then(|line| line.parse().ok()).expect("milliseconds");
    (version, millis)
}

fn verdict(found: f64, target: f64) -> &'static str {
    if found <= target { "within" } else { "ABOVE" }
}

fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}
