//! The browser is killed while somebody ticks and photographs: `cargo xtask faults` does it 300 times, CI 15 times.

use xunan_e2e::browser_kill::kill_while_ticking_and_photographing;

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_the_page_called_stored_is_lost_when_the_browser_is_killed_15_times() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let toll = kill_while_ticking_and_photographing(folder.path(), 15, 20_261_122).await;
    println!("{toll:?}");
    assert_eq!(toll.kills, 15);
    assert!(
        toll.marks >= 30 && toll.photos > 0 && toll.in_the_middle > 0,
        "it hardly did anything: {toll:?}"
    );
}
