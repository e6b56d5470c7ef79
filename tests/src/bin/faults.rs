//! `cargo xtask faults`: the long runs. The server is killed 1,000 times under six writers; the browser 300
//! times while somebody ticks and photographs; its database is damaged 200 times; on Linux its power is cut 100 times. CI runs shorter ones as tests.
//!
//! `cargo xtask faults server [kills] [seed]`, `… browser [kills] [seed]` `… storage [times] [seed]` and
//! `… power [cuts] [seed]` run one of them.

use xunan_e2e::browser_kill::kill_while_ticking_and_photographing;
use xunan_e2e::server_kill::kill_under_load;
use xunan_e2e::storage_damage::damage_by_chance;

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let what = arguments.next();
    let mut number = || arguments.next().and_then(|given| given.parse().ok());
    let (kills, seed) = (number(), number().unwrap_or(20_261_122));
    let kills = kills.and_then(|kills| u32::try_from(kills).ok());
    match what.as_deref() {
        None => {
            kill_server(1_000, seed).await;
            kill_browser(300, seed).await;
            damage_storage(200, seed).await;
            cut_power(100, seed).await;
        }
        Some("server") => kill_server(kills.unwrap_or(1_000), seed).await,
        Some("browser") => kill_browser(kills.unwrap_or(300), seed).await,
        Some("storage") => damage_storage(kills.unwrap_or(200), seed).await,
        Some("power") => cut_power(kills.unwrap_or(100), seed).await,
        Some(other) => panic!("server, browser, storage, or power, not {other}"),
    }
}

async fn kill_server(kills: u32, seed: u64) {
    println!("killing the server {kills} times under six writers, seed {seed} …");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let toll = kill_under_load(folder.path(), kills, seed).await;
    println!("{} kills, {} entries acknowledged, {} lost", toll.kills, toll.acknowledged, toll.lost);
    assert_eq!(toll.lost, 0, "something acknowledged was lost");
}

async fn kill_browser(kills: u32, seed: u64) {
    println!("killing the browser {kills} times while it ticks and photographs, seed {seed} …");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let toll = kill_while_ticking_and_photographing(folder.path(), kills, seed).await;
    println!(
        "{} kills, {} of them in the middle of a touch, {} marks and {} photos called stored, none lost",
        toll.kills, toll.in_the_middle, toll.marks, toll.photos
    );
}

async fn damage_storage(times: u32, seed: u64) {
    println!("damaging the browser's database {times} times, seed {seed} …");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let seen = damage_by_chance(folder.path(), times, seed).await;
    println!("{seen:?}, and nothing was passed over in silence");
}

#[cfg(target_os = "linux")]
async fn cut_power(cuts: u32, seed: u64) {
    println!("cutting a phone's power {cuts} times while somebody ticks and photographs, seed {seed} …");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let toll =
        xunan_e2e::browser_kill::cut_power_while_ticking_and_photographing(folder.path(), cuts, seed).await;
    println!(
        "{} cuts, {} of them in the middle of a touch, {} marks and {} photos called stored, none lost",
        toll.kills, toll.in_the_middle, toll.marks, toll.photos
    );
}

#[cfg(not(target_os = "linux"))]
async fn cut_power(_: u32, _: u64) {
    println!("not run: cutting the power needs Linux");
}
