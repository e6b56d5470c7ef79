//! `cargo xtask bench plaza [REPORTS …]`: what each question about citizens' reports takes at the desk and on the plaza with a
//! thousand reports and with a hundred thousand, in the same run and by turns, and how many suggestions of duplicates are right.
//!
//! The reports are a generated city's year ([`city`]). Cards are put by the store's own code, as the fold does it; no entries stand
//! behind them. Questions go through the real routes in this process, without a network. Read the ratios.

mod city;

use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use http_body_util::BodyExt as _;
use tempfile::TempDir;
use tower::ServiceExt as _;
use xunan_core::ledger::Row;
use xunan_core::snap::{CaseNumber, Category, OwnWords};
use xunan_core::sync::{SignIn, SnapDetail, SnapKey};
use xunan_server::clock::Clock;
use xunan_server::data_folder;
use xunan_server::demo;
use xunan_server::ledger_store::Tables;
use xunan_server::parts::{Parts, Standing};
use xunan_server::routes::router;
use xunan_server::serve::assemble;
use xunan_server::snaps::secret::FormToken;
use xunan_server::snaps::{Draft, TellPosition};

use city::{City, Labelled};

/// Reports that are put within one transaction.
const CHUNK: usize = 1000;
/// Requests for each question at each size.
const REQUESTS: usize = 40;
/// Reports whose suggestions are compared with what is known.
const JUDGED: usize = 400;
/// What somebody who touches something waits for at most (RAIL: 100 ms), of which the network has its part too.
const INTERACTION: Duration = Duration::from_millis(100);

/// A server with so many reports.
struct Filled {
    _folder: TempDir,
    router: Router,
    cookie: String,
    city: City,
    questions: Vec<(&'static str, Vec<String>)>,
}

#[tokio::main]
async fn main() {
    let mut all = Vec::new();
    for reports in sizes() {
        all.push(Filled::with(reports).await);
    }
    times(&all).await;
    for filled in &all {
        filled.judge().await;
    }
}

/// The sizes that were asked for. Cargo adds a flag of its own.
fn sizes() -> Vec<usize> {
    let asked: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    if asked.is_empty() {
        return vec![1_000, 100_000];
    }
    let size = |text: &String| match text.parse() {
        Ok(reports) if reports >= 100 => reports,
        _ => {
            eprintln!("{text} is no number of reports from 100 on");
            std::process::exit(2);
        }
    };
    asked.iter().map(size).collect()
}

impl Filled {
    async fn with(reports: usize) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let opened = data_folder::open(folder.path()).expect("a data folder");
        let parts = assemble(opened, Standing::default(), Clock::default()).await.expect("a server");
        demo::load(&parts).await.expect("the demo county");
        let rows: Vec<Row> = city::institutions().map(Row::Facility).collect();
        let put = move |tables: &dyn Tables| rows.iter().try_for_each(|row| tables.put_row(row));
        parts.store.write(put).await.expect("institutions are kept");
        let begun = Instant::now();
        let city = City::year(reports);
        for (number, chunk) in city.reports.chunks(CHUNK).enumerate() {
            let cards: Vec<_> = chunk.iter().map(Labelled::card).collect();
            let put = move |tables: &dyn Tables| cards.iter().try_for_each(|card| tables.put_snap(card));
            parts.store.write(put).await.expect("reports are kept");
            if number % 10 == 9 {
                eprintln!("{reports} reports: {} put", (number + 1) * CHUNK);
            }
        }
        let seconds = begun.elapsed().as_secs_f64();
        println!("{reports} reports put in {seconds:.1} s, {:.0} a second", reports as f64 / seconds);
        let questions = questions(&city, &follow_link(&parts).await);
        let router = router(parts);
        let cookie = sign_in(&router).await;
        Self { _folder: folder, router, cookie, city, questions }
    }

    async fn ask(&self, path: &str) -> Vec<u8> {
        let request = Request::get(path).header(header::COOKIE, &self.cookie).body(Body::empty());
        let answer = self.router.clone().oneshot(request.expect("a request")).await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        answer.into_body().collect().await.expect("a body").to_bytes().to_vec()
    }

    /// How many of the suggestions are of one matter, and how many of one matter are suggested.
    async fn judge(&self) {
        let (mut suggested, mut right, mut same) = (0_u32, 0_u32, 0_u32);
        let step = (self.city.reports.len() / JUDGED).max(1);
        let judged: Vec<&Labelled> = self.city.reports.iter().step_by(step).collect();
        for one in &judged {
            let path = format!("/api/snaps/{}", one.report.snap);
            let detail: SnapDetail = serde_json::from_slice(&self.ask(&path).await).expect("a report");
            same += self.city.same_as(one);
            for alike in &detail.alike {
                suggested += 1;
                right += u32::from(self.city.matter_of(alike.snap.id()) == Some(one.matter));
            }
        }
        println!(
            "{} reports, {} of them opened: {same} open ones of the same matter, {suggested} suggested, precision {:.3}, recall {:.3}",
            self.city.reports.len(),
            judged.len(),
            f64::from(right) / f64::from(suggested.max(1)),
            f64::from(right) / f64::from(same.max(1))
        );
    }
}

/// The secret page of a report that came by the form.
async fn follow_link(parts: &Parts) -> String {
    let draft = Draft {
        token: FormToken::fresh().expect("randomness"),
        category: Category::Gas,
        words: OwnWords::of("厨房有煤气味").expect("words"),
        facility: None,
        address: OwnWords::of("演示路").expect("words"),
        seen: None,
        position: TellPosition::No,
        photos: Vec::new(),
        voice: None,
        video: None,
        contact: None,
    };
    let filed = parts.snaps.file(draft).await.expect("a report is taken in");
    format!("/snap/f/{}", filed.secret.text())
}

async fn sign_in(router: &Router) -> String {
    let who = SignIn { login: "supervisor1".to_owned(), password: demo::PASSWORD.to_owned() };
    let body = serde_json::to_vec(&who).expect("JSON");
    let request =
        Request::post("/api/session").header(header::CONTENT_TYPE, "application/json").body(Body::from(body));
    let answer = router.clone().oneshot(request.expect("a request")).await.expect("an answer");
    let cookie = answer.headers().get(header::SET_COOKIE).and_then(|it| it.to_str().ok());
    cookie.and_then(|it| it.split(';').next()).expect("a session").to_owned()
}

/// Each question by some of its addresses.
fn questions(city: &City, follow: &str) -> Vec<(&'static str, Vec<String>)> {
    let one = |path: &str| vec![path.to_owned()];
    let reports = &city.reports;
    let some = |count: usize| reports.iter().step_by((reports.len() / count).max(1));
    let middle = &reports[reports.len() / 2];
    let public = reports.iter().filter(|it| it.is_public()).count();
    let searched = |words: &str| format!("q={}", in_address(words));
    let seldom = searched(&format!("第{}件", reports.len() / 3));
    let (frequent, nowhere) = (searched("通道被堵"), searched("清走，已清"));
    let plaza = |question: &str| one(&format!("/snap/plaza?{question}"));
    let case = reports.iter().find(|it| it.is_public()).expect("a public case");
    vec![
        ("desk: what waits", one("/api/snaps")),
        ("desk: in the middle", one(&format!("/api/snaps?after={}", SnapKey::of(&middle.card())))),
        ("desk: closed", one("/api/snaps?list=closed")),
        (
            "desk: a number",
            some(20).map(|it| format!("/api/snaps?number={}", CaseNumber::of(it.report.snap))).collect(),
        ),
        ("desk: one, and alike", some(40).map(|it| format!("/api/snaps/{}", it.report.snap)).collect()),
        ("plaza", plaza("")),
        ("plaza: far down", plaza(&format!("before={}", public / 2))),
        ("plaza: narrowed", plaza("category=gas&state=open&place=999901007")),
        ("plaza: seldom words", plaza(&seldom)),
        ("plaza: frequent words", plaza(&frequent)),
        ("plaza: words, far down", plaza(&format!("{frequent}&before={}", public / 2))),
        ("plaza: words, narrowed", plaza(&format!("{frequent}&category=gas&state=answered&place=999901007"))),
        ("plaza: words of nothing", plaza(&nowhere)),
        ("plaza: the map", one("/snap/plaza/map")),
        ("plaza: one case", one(&format!("/snap/plaza/{}", CaseNumber::of(case.report.snap)))),
        ("the reporter's page", one(follow)),
        ("the empty form", one("/snap")),
    ]
}

fn in_address(words: &str) -> String {
    words.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// Asks everything of everybody by turns: what disturbs the machine disturbs all of it.
async fn times(all: &[Filled]) {
    let count = all.first().map_or(0, |it| it.questions.len());
    let mut times = vec![vec![Vec::with_capacity(REQUESTS); count]; all.len()];
    for round in 0..REQUESTS {
        for question in 0..count {
            for (filled, times) in all.iter().zip(&mut times) {
                let paths = &filled.questions[question].1;
                let begun = Instant::now();
                filled.ask(&paths[round % paths.len()]).await;
                times[question].push(begun.elapsed());
            }
        }
    }
    let head: String = all.iter().map(|it| format!(" | {:>7}: p50    most", it.city.reports.len())).collect();
    println!("{:>24}{head} | ratio of p50, in ms", "");
    for question in 0..count {
        let mut row = Vec::new();
        for times in &mut times {
            let times = &mut times[question];
            times.sort_unstable();
            row.push((times[times.len() / 2], times[times.len() - 1]));
        }
        let millis = |time: Duration| time.as_secs_f64() * 1e3;
        let cells: String = row
            .iter()
            .map(|(p50, most)| format!(" | {:>12.2} {:>7.2}", millis(*p50), millis(*most)))
            .collect();
        let ratio = match &row[..] {
            [(first, _), .., (last, _)] => format!("{:>5.2}", last.as_secs_f64() / first.as_secs_f64()),
            _ => String::new(),
        };
        let slow = row.iter().any(|(p50, _)| *p50 > INTERACTION);
        println!(
            "{:>24}{cells} | {ratio}{}",
            all[0].questions[question].0,
            if slow { "  MORE THAN AN INTERACTION" } else { "" }
        );
    }
}
