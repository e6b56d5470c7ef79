//! `cargo xtask bench sync`: reports and photos per second against the real server, with sign-in, signature
//! verification, grading and `synchronous=FULL`; beside an axum no-op and an fdatasync probe in the same run.
//!
//! Read the ratios, and the processor time of a report: machines are shared and noisy, rates most of all.

use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use xunan_core::sync::Push;
use xunan_e2e::http::Http;
use xunan_e2e::load::{Check, Load, prepared, push_all};
use xunan_e2e::phone::Phone;
use xunan_e2e::server::Server;
use xunan_e2e::{demo, jpeg};

const CONNECTIONS: [usize; 3] = [1, 16, 64];
const REPORTS_EACH: usize = 24;
const PHOTOS_EACH: u64 = 6;
const UPLOADERS: u64 = 8;
const ROUNDS: usize = 2;

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let server = Server::start(folder.path()).await;
    let no_op_port = start_no_op().await;
    println!("connections | reports/s | no-op/s | ratio | server µs | p50 ms | p99 ms | bytes of a report");
    for round in 0..ROUNDS {
        for connections in CONNECTIONS {
            let loads = prepared(server.port(), connections, REPORTS_EACH, round).await;
            let bytes = loads[0].pushes[0].entries[0].len();
            let idle = loads
                .iter()
                .map(|load| Load { http: Http::to_port(no_op_port), pushes: load.pushes.clone() });
            let (no_op, _) = push_all(idle.collect(), Check::AnyAnswer, Duration::ZERO).await;
            let before = processor_seconds(server.pid());
            let (reports, mut waits) = push_all(loads, Check::Receipt, Duration::ZERO).await;
            let micros = (processor_seconds(server.pid()) - before) * 1e6 / waits.len() as f64;
            waits.sort_unstable();
            let millis = |at: usize| waits[at.min(waits.len() - 1)].as_secs_f64() * 1e3;
            let (p50, p99) = (millis(waits.len() / 2), millis(waits.len() * 99 / 100));
            let ratio = reports / no_op;
            println!(
                "{connections:>11} | {reports:>9.0} | {no_op:>7.0} | {ratio:>5.2} | {micros:>9.0} | {p50:>6.1} | {p99:>6.1} | {bytes}"
            );
        }
    }
    let (rate, kilobytes) = upload_photos(server.port()).await;
    println!(
        "photos of {kilobytes} KB over {UPLOADERS} connections, hashed, sniffed and synced: {rate:.1} MB/s"
    );
    println!("fdatasync of 4 KiB on the same disk: {:.0}/s", fdatasync_rate(folder.path()));
    println!("peak memory of the server: {} MB", peak_memory_mb(server.pid()));
}

async fn upload_photos(port: u16) -> (f64, usize) {
    let photos: Vec<Vec<u8>> =
        (0..UPLOADERS * PHOTOS_EACH).map(|seed| jpeg::photo(1600, 1200, seed)).collect();
    let bytes: usize = photos.iter().map(Vec::len).sum();
    let kilobytes = photos[0].len() / 1000;
    let phone = Arc::new(Phone::enrolled(port, demo::INSPECTOR, demo::PASSWORD, 77).await);
    let begun = Instant::now();
    let mut running = tokio::task::JoinSet::new();
    let mut photos = photos.into_iter();
    for _ in 0..UPLOADERS {
        let mine: Vec<_> = photos.by_ref().take(usize::try_from(PHOTOS_EACH).unwrap_or(0)).collect();
        let phone = phone.clone();
        running.spawn(async move {
            for photo in mine {
                phone.upload(&photo).await.expect("a photo arrives");
            }
        });
    }
    running.join_all().await;
    (bytes as f64 / 1e6 / begun.elapsed().as_secs_f64(), kilobytes)
}

/// The ceiling of this machine: an axum server that parses the same JSON and answers at once.
async fn start_no_op() -> u16 {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let port = listener.local_addr().expect("a bound socket has an address").port();
    let answer = axum::routing::post(async |push: axum::Json<Push>| {
        assert!(!push.entries.is_empty());
        http::StatusCode::CREATED
    });
    let app = axum::Router::new().route("/api/push", answer);
    tokio::spawn(async move { axum::serve(listener, app).await });
    port
}

fn fdatasync_rate(folder: &Path) -> f64 {
    const SYNCS: u32 = 300;
    let mut file = std::fs::File::create(folder.join("probe")).expect("the probe file");
    let begun = Instant::now();
    for _ in 0..SYNCS {
        file.seek(SeekFrom::Start(0)).expect("a file can be rewound");
        file.write_all(&[7; 4096]).expect("the disk takes 4 KiB");
        file.sync_data().expect("the disk syncs");
    }
    f64::from(SYNCS) / begun.elapsed().as_secs_f64()
}

/// What a process has used of the processors, from `/proc` in hundredths of a second; 0 elsewhere.
fn processor_seconds(pid: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    // After the name in parentheses: user time is the 12th field, system time the 13th.
    let fields = stat.rsplit_once(") ").map_or("", |(_, fields)| fields).split(' ');
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn peak_memory_mb(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.and_then(|text| text.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or(0) / 1024
}
