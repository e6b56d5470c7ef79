//! A phone's power is cut while somebody ticks and photographs: `cargo xtask faults power` does it 100 times, CI 8 times.

use xunan_e2e::browser_kill::cut_power_while_ticking_and_photographing;

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_the_page_called_stored_is_lost_when_the_power_is_cut_8_times() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let toll = cut_power_while_ticking_and_photographing(folder.path(), 8, 20_261_129).await;
    println!("{toll:?}");
    assert_eq!(toll.kills, 8);
    assert!(
        toll.marks >= 16 && toll.photos > 0 && toll.in_the_middle > 0,
        "it hardly did anything: {toll:?}"
    );
}
