//! The server is killed under load: `cargo xtask faults` does it 1,000 times, CI 300 times.

use xunan_e2e::server_kill::kill_under_load;

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_when_the_server_is_killed_300_times() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let toll = kill_under_load(folder.path(), 300, 20_261_122).await;
    println!("{toll:?}");
    assert_eq!(toll.kills, 300);
    assert!(toll.acknowledged > 300, "the writers hardly wrote: {toll:?}");
    assert_eq!(toll.lost, 0);
}
