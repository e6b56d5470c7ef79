//! Busy hours: a phone that has sent its ten keeps the next one until it may go. When half of what a network may send has come, the next report needs a solved puzzle, which the page's own script
//! solves, run by Node; and the script's SHA-256 is everybody's, whatever the length of the text.

use std::net::{IpAddr, Ipv4Addr};
use std::process::Stdio;

use http::StatusCode;
use tokio::process::Command;
use xunan_e2e::browser::{Browser, Screen};
use xunan_e2e::http::Http;
use xunan_e2e::jpeg;
use xunan_e2e::pages::{SnapForm, Told};
use xunan_e2e::server::Server;
use xunan_e2e::sights::look;
use xunan_e2e::snap_form::{Puzzle, fresh_token, send};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../server/src/routes/snap/scripts/work.js");

/// Reports of one network that need no work, as in `docs/operations.md`, from so many addresses of it.
const FREE: u8 = 60;
const ADDRESSES: u8 = 3;

/// What the script answers: a nonce, or nothing and why.
async fn by_script(puzzle: &Puzzle) -> Result<String, String> {
    let output = Command::new("node")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/outside/solve_work.mjs"))
        .args([SCRIPT, &puzzle.challenge, &puzzle.bits.to_string()])
        .stdin(Stdio::null())
        .output()
        .await
        .expect("node runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
}

fn citizen(server: &Server, number: u8) -> Http {
    Http::from_address(server.port(), IpAddr::V4(Ipv4Addr::new(127, 0, 7, number)))
}

#[tokio::test(flavor = "multi_thread")]
async fn in_busy_hours_the_pages_own_script_opens_the_way_for_its_form_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(&folder.path().join("data")).await;
    for address in 1..=ADDRESSES {
        let citizen = citizen(&server, address);
        for _ in 0..FREE / ADDRESSES {
            let answer = send(&citizen, &fresh_token(&citizen).await, None, "").await;
            assert_eq!((answer.status, Puzzle::of(&answer)), (StatusCode::OK, None));
        }
    }
    let citizen = citizen(&server, ADDRESSES + 1);
    let (token, other) = (fresh_token(&citizen).await, fresh_token(&citizen).await);
    let refused = send(&citizen, &token, None, "").await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(!refused.header("retry-after").is_empty());
    let puzzle = Puzzle::of(&refused).expect("work is asked for");
    let nonce = by_script(&puzzle).await.expect("it is solved");
    let work = format!("{}:{nonce}", puzzle.challenge);
    assert!(puzzle.is_solved_by(&work), "{work}");
    let stolen = send(&citizen, &other, None, &work).await;
    assert_eq!(stolen.status, StatusCode::TOO_MANY_REQUESTS, "work for one form opens no other");
    let taken = send(&citizen, &token, None, &work).await;
    let again = send(&citizen, &token, None, "").await;
    assert_eq!((taken.status, again.status), (StatusCode::OK, StatusCode::OK));
    assert_eq!(taken.body, again.body, "the same form is the same report");
}

/// Reports of one phone within an hour, as in `docs/operations.md`.
const OF_A_PHONE: usize = 10;

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_that_has_sent_its_ten_keeps_the_next_and_says_when_it_goes_and_its_neighbour_reports() {
    let (data, profile) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let server = Server::start(data.path()).await;
    let browser = Browser::open(profile.path(), Screen::Phone).await;
    browser.go(&format!("http://localhost:{}/snap", server.port())).await;
    let photo = jpeg::photo(640, 480, 5);
    let told =
        Told { category: "gas", words: "楼道里有煤气味", address: "样例路 3 号", photo: &photo };
    SnapForm(&browser).send(&told).await;
    let mark = browser.cookie("xunan-snap").await;
    let phone = Http::to_port(server.port()).with_cookie("xunan-snap", &mark);
    for number in 1..OF_A_PHONE {
        let answer = send(&phone, &fresh_token(&phone).await, None, "").await;
        assert_eq!(answer.status, StatusCode::OK, "{number}");
    }

    browser.press_css("input[name=category][value=gas]").await;
    browser.type_into("#words", "还是有煤气味").await;
    browser.type_into("#address", "样例路 3 号").await;
    browser.press_css("form > button").await;
    browser.see_text("这台手机一小时最多报 10 份").await;
    browser.see_text("429.S26").await;
    browser.see_text("还有 1 份没有提交").await;
    look(&browser, "snap-ten-sent").await;
    let neighbour = Http::to_port(server.port());
    let answer = send(&neighbour, &fresh_token(&neighbour).await, None, "").await;
    assert_eq!(answer.status, StatusCode::OK, "behind the same address");
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_script_hashes_texts_of_every_length_and_refuses_what_is_no_puzzle() {
    // Around the ends of one block and of two.
    for length in [1, 33, 52, 53, 54, 55, 61, 62, 63, 64, 116, 117, 118, 119, 126, 200] {
        let puzzle = Puzzle { challenge: "x".repeat(length), bits: 9 };
        let nonce = by_script(&puzzle).await.expect("it is solved");
        let work = format!("{}:{nonce}", puzzle.challenge);
        assert!(puzzle.is_solved_by(&work), "{length}: {nonce}");
        let least = puzzle.solved();
        assert_eq!(work, least, "nothing before it fits");
    }
    for (challenge, bits) in [("", 4), ("门", 4), ("a b", 4), ("a", 33), (&*"x".repeat(201), 4)] {
        let refused = by_script(&Puzzle { challenge: challenge.to_owned(), bits }).await;
        assert!(
            refused.as_ref().is_err_and(|why| why.contains("no puzzle")),
            "{challenge} {bits}: {refused:?}"
        );
    }
}
