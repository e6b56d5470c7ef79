//! `cargo xtask bench snap`: inspectors' pushes while nobody else is there, and beside a crowd that reports with photos as
//! fast as it is let; by turns in the same run. Read the ratio: machines are shared and noisy.

use std::time::Duration;

use xunan_e2e::crowd::{Answered, Crowd};
use xunan_e2e::jpeg;
use xunan_e2e::load::{Check, prepared, push_all};
use xunan_e2e::server::Server;

const INSPECTORS: usize = 16;
const REPORTS_EACH: usize = 24;
const ROUNDS: usize = 3;
/// Between two reports of one inspector.
const PAUSE: Duration = Duration::from_millis(100);
const PEOPLE: u8 = 40;

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let server = Server::start(folder.path()).await;
    let photo = jpeg::photo(1600, 1200, 1);
    let (mut alone, mut beside, mut crowds) = (Vec::new(), Vec::new(), Answered::default());
    for round in 0..ROUNDS {
        let loads = prepared(server.port(), INSPECTORS, REPORTS_EACH, 2 * round).await;
        alone.extend(push_all(loads, Check::Receipt, PAUSE).await.1);
        let loads = prepared(server.port(), INSPECTORS, REPORTS_EACH, 2 * round + 1).await;
        let crowd = Crowd::gathers(server.port(), PEOPLE, &photo);
        beside.extend(push_all(loads, Check::Receipt, PAUSE).await.1);
        let answered = crowd.goes_home().await;
        crowds.taken += answered.taken;
        crowds.later += answered.later;
    }
    println!("{INSPECTORS} inspectors, {} reports each way; what a report waits, ms", alone.len());
    println!("                 |    p50 |    p99 |   most");
    let [one, other] = [("alone", &mut alone), ("beside a crowd", &mut beside)].map(|(name, waits)| {
        waits.sort_unstable();
        let millis = |at: usize| waits[at.min(waits.len() - 1)].as_secs_f64() * 1e3;
        let (p50, p99, most) = (millis(waits.len() / 2), millis(waits.len() * 99 / 100), millis(usize::MAX));
        println!("{name:>16} | {p50:>6.1} | {p99:>6.1} | {most:>6.1}");
        (p50, p99)
    });
    println!("beside / alone   | {:>6.2} | {:>6.2} |", other.0 / one.0, other.1 / one.1);
    println!(
        "the crowd of {PEOPLE} with photos of {} KB: {} reports taken, {} times told when to come again",
        photo.len() / 1000,
        crowds.taken,
        crowds.later
    );
}
