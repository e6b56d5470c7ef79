//! Whatever the network answers: nothing leaves the outbox, the reason is shown, and in the end it arrives once.

use xunan_core::ledger::Row;
use xunan_core::sync::{More, Pulled};
use xunan_e2e::browser::{Browser, Screen};
use xunan_e2e::demo;
use xunan_e2e::http::Http;
use xunan_e2e::network::{Fate, Network};
use xunan_e2e::pages::{Outbox, issue_short_visit, open_signed_in, ready_offline};
use xunan_e2e::server::Server;

const PORTAL: &str = "<html><body>Welcome to the hotel. Please sign in.</body></html>";

/// What answers instead of our server, and a word that the outbox must then show.
fn answers() -> Vec<(&'static str, Fate, &'static str)> {
    let answered = |status, body: &'static str, content_type, headers| Fate::Answered {
        status,
        content_type,
        headers,
        body,
    };
    let problem = |status, body| answered(status, body, "application/problem+json", "");
    vec![
        ("401", problem(401, r#"{"code":"not_signed_in"}"#), "登录"),
        ("403", problem(403, r#"{"code":"not_allowed"}"#), "没有收下"),
        ("409", problem(409, r#"{"code":"chain_gap","have_seq":0}"#), "再试"),
        ("413", answered(413, "", "text/plain", ""), "没有收下"),
        ("429", answered(429, "", "text/plain", "retry-after: 1\r\n"), "再试"),
        ("500", answered(500, "oops", "text/plain", ""), "再试"),
        ("502", answered(502, "bad gateway", "text/html", ""), "再试"),
        ("a captive portal", answered(200, PORTAL, "text/html", ""), "再试"),
        ("a reset", Fate::Refused, "再试"),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn no_answer_of_any_network_makes_an_item_leave_the_outbox() {
    let (data, profile) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let server = Server::start(data.path()).await;
    let network = Network::in_front_of(server.port()).await;
    let origin = network.origin();
    let browser = Browser::open(profile.path(), Screen::Phone).await;
    open_signed_in(&browser, &origin, demo::INSPECTOR).await;
    ready_offline(&browser).await;
    let before = visits(&server).await;
    network.take_away();
    issue_short_visit(&browser, &origin, demo::CEMETERY).await;
    let outbox = Outbox(&browser);
    for (name, fate, word) in answers() {
        network.set_rule(
            move |request| if request.path.starts_with("/api/push") { fate.clone() } else { Fate::Through },
        );
        outbox.open(&origin).await;
        outbox.send_now().await;
        outbox.says(word).await;
        assert!(browser.text().await.contains(demo::CEMETERY), "after {name} the item is listed");
        assert_eq!(visits(&server).await, before, "after {name} nothing arrived");
    }
    // The server takes it, and its answer is lost on the way.
    let mut lost = 0;
    network.set_rule(move |request| {
        let is_push = request.path.starts_with("/api/push");
        lost += u32::from(is_push);
        if is_push && lost == 1 { Fate::AnswerLost } else { Fate::Through }
    });
    outbox.open(&origin).await;
    outbox.send_now().await;
    outbox.open(&origin).await;
    outbox.everything_arrived().await;
    assert_eq!(visits(&server).await, before + 1, "it arrived once");
    browser.close().await;
}

/// How many visits the supervisor sees.
async fn visits(server: &Server) -> usize {
    let desk = Http::to_port(server.port()).signed_in(demo::SUPERVISOR, demo::PASSWORD).await;
    let (mut count, mut after) = (0, 0);
    loop {
        let pulled: Pulled = desk.get(&format!("/api/pull?after={after}&limit=500")).await.json();
        count += pulled.rows.iter().filter(|row| matches!(row, Row::Visit { .. })).count();
        after = pulled.cursor.0;
        if pulled.more == More::No {
            return count;
        }
    }
}
