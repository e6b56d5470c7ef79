//! `cargo xtask bench timing`: whether the time of an answer tells what the answer does not. Two questions that are answered alike
//! are asked by turns: of something that is there and hidden, and of something that is not there. Read the last column: the chance
//! that the hidden one takes longer. Half is a coin toss; the machine's noise moves it by the figure in the head line.

use std::time::{Duration, Instant};

use http::StatusCode;
use serde_json::Value;
use xunan_core::snap::CaseNumber;
use xunan_e2e::http::Http;
use xunan_e2e::server::Server;
use xunan_e2e::snap_form::{fresh_token, send};
use xunan_e2e::{demo, jpeg};

/// Of each of the two questions.
const ASKED: usize = 2000;
/// Asked before anything counts: caches fill, connections open.
const WARM: usize = 100;
/// Two questions with one answer.
struct Pair {
    name: &'static str,
    who: Http,
    hidden: String,
    absent: String,
    status: StatusCode,
}

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let server = Server::start(folder.path()).await;
    // Twice the standard deviation of the share, were the two drawn from one hat (Mann and Whitney).
    let noise = 200.0 * ((2.0 * ASKED as f64 + 1.0) / (12.0 * (ASKED * ASKED) as f64)).sqrt();
    println!("{ASKED} times each; 50 ± {noise:.1} % is noise");
    println!("                                            | hidden µs | absent µs | hidden longer");
    for pair in pairs(&server).await {
        let (mut hidden, mut absent) = (Vec::new(), Vec::new());
        for number in 0..WARM + ASKED {
            // Which comes first changes, so that neither always follows the other.
            let order = if number % 2 == 0 { [true, false] } else { [false, true] };
            for is_hidden in order {
                let path = if is_hidden { &pair.hidden } else { &pair.absent };
                let begin = Instant::now();
                let answer = pair.who.get(path).await;
                let took = begin.elapsed();
                assert_eq!(answer.status, pair.status, "{}: {path}", pair.name);
                if number >= WARM {
                    if is_hidden { &mut hidden } else { &mut absent }.push(took);
                }
            }
        }
        hidden.sort_unstable();
        absent.sort_unstable();
        let micros = |times: &[Duration]| times[times.len() / 2].as_secs_f64() * 1e6;
        let longer: usize = hidden.iter().map(|it| absent.partition_point(|other| other < it)).sum();
        let share = 100.0 * longer as f64 / (ASKED * ASKED) as f64;
        println!("{:<43} | {:>9.0} | {:>9.0} | {share:>10.1} %", pair.name, micros(&hidden), micros(&absent));
    }
}

/// A report that nobody published, and what nobody but its office may see.
async fn pairs(server: &Server) -> Vec<Pair> {
    let citizen = Http::to_port(server.port());
    let token = fresh_token(&citizen).await;
    let sent = send(&citizen, &token, Some(&jpeg::photo(800, 600, 1)), "").await;
    assert!(sent.status.is_success(), "{}", sent.status);
    let office = Http::to_port(server.port()).signed_in(demo::SUPERVISOR, demo::PASSWORD).await;
    let page: Value = office.get("/api/snaps").await.json();
    let card = &page["snaps"][0]["snap"];
    let text = |at: &Value| at.as_str().expect("a text").to_owned();
    let (id, photo) = (text(&card["report"]["snap"]), text(&card["report"]["photos"][0]["stored"]));
    let number = CaseNumber::of(id.parse().expect("an id")).to_string();
    // Another last letter is another thing, of which there is none.
    let other = |text: &str| {
        let last = if text.ends_with('1') { '2' } else { '1' };
        format!("{}{last}", &text[..text.len() - 1])
    };
    let outsider = Http::to_port(server.port()).signed_in(demo::TOWNSHIP, demo::PASSWORD).await;
    let pair = |name, who: &Http, path: &str, value: &str| Pair {
        name,
        who: who.clone(),
        hidden: format!("{path}{value}"),
        absent: format!("{path}{}", other(value)),
        status: StatusCode::NOT_FOUND,
    };
    vec![
        pair("a number that is not public, by anybody", &citizen, "/snap/plaza/", &number),
        pair("a report, by another office", &outsider, "/api/snaps/", &id),
        Pair {
            status: StatusCode::OK, // of a list of none
            ..pair("its number, by another office", &outsider, "/api/snaps?number=", &number)
        },
        pair("its photo, by another office", &outsider, "/api/photos/", &photo),
        Pair {
            name: "a link of nobody, and no link at all",
            who: citizen,
            hidden: format!("/snap/f/{}", "A".repeat(22)),
            absent: "/snap/f/none".to_owned(),
            status: StatusCode::NOT_FOUND,
        },
    ]
}
