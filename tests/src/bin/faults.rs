//! `cargo xtask faults`: the long runs. The server is killed 1,000 times under six writers; the browser 300
//! times while somebody ticks and photographs. CI runs shorter ones as tests.

use xunan_e2e::server_kill::kill_under_load;

#[tokio::main]
async fn main() {
    let kills = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(1_000);
    let seed = std::env::args().nth(2).and_then(|seed| seed.parse().ok()).unwrap_or(20_261_122);
    println!("killing the server {kills} times under six writers, seed {seed} …");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let toll = kill_under_load(folder.path(), kills, seed).await;
    println!("{} kills, {} entries acknowledged, {} lost", toll.kills, toll.acknowledged, toll.lost);
    assert_eq!(toll.lost, 0, "something acknowledged was lost");
}
