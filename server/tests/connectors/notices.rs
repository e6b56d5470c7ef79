//! Notices on their way out: each is taken at least once, none is lost, and a person can read what became of it.

use std::path::Path;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use axum::http::StatusCode;
use serde_json::Value;
use tempfile::TempDir;
use tokio_rustls::rustls::RootCertStore;
use xunan_core::clock::Span;
use xunan_server::clock::Clock;
use xunan_server::connectors::Dispatcher;
use xunan_server::notices::Reminders;
use xunan_server::parts::{Parts, Standing};
use xunan_server::serve::assemble;
use xunan_server::{data_folder, demo};

use crate::outside::Outside;

/// A folder in which the demo county will be told of.
struct County {
    folder: TempDir,
    clock: Clock,
}

impl County {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), clock: Clock::default() }
    }

    fn admin(&self, arguments: &[&str]) -> Output {
        let mut xunan = Command::new(env!("CARGO_BIN_EXE_xunan"));
        xunan
            .args(["admin", "--data"])
            .arg(self.folder.path())
            .arg("connectors")
            .args(arguments)
            .output()
            .unwrap()
    }

    fn said(&self, arguments: &[&str]) -> String {
        let output = self.admin(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Adds a webhook of the whole county.
    fn webhook(&self, other: &Outside) -> String {
        let url = format!("http://127.0.0.1:{}/take", other.port);
        self.said(&["add-webhook", "--name", "hook", "--region", "999901", "--url", &url, "--inside"])
    }

    /// Lets the demo happen: dozens of hazards, some of them major, and plans of every kind.
    async fn happens(&self) -> Parts {
        let opened = data_folder::open(self.folder.path()).unwrap();
        let parts = assemble(opened, Standing::default(), self.clock.clone()).await.unwrap();
        demo::load(&parts).await.unwrap();
        parts
    }

    /// Two months later everything is overdue, and told of.
    async fn is_overdue(&self, parts: &Parts) {
        self.clock.advance(Span::days(60));
        Reminders::new(parts.store.clone(), self.clock.clone()).remind().await.unwrap();
    }

    fn dispatcher(&self, parts: &Parts) -> Dispatcher {
        Dispatcher::new(parts.store.clone(), self.clock.clone(), RootCertStore::empty)
    }
}

/// Rounds until nothing more is due.
async fn settle(dispatcher: &Dispatcher, other: &Outside) {
    loop {
        let before = other.got().len();
        dispatcher.hand_over_due().await.unwrap();
        if other.got().len() == before {
            return;
        }
    }
}

fn events(other: &Outside) -> Vec<Value> {
    other.got().iter().map(|got| serde_json::from_slice(&got.body).unwrap()).collect()
}

fn ids(events: &[Value]) -> Vec<String> {
    let mut ids: Vec<String> = events.iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_was_down_gets_every_notice_once_it_is_back_and_none_twice() {
    let county = County::new();
    let asked = Arc::new(AtomicU32::new(0));
    let other = Outside::start(move |_| match asked.fetch_add(1, Ordering::SeqCst) {
        0 | 1 => (StatusCode::SERVICE_UNAVAILABLE, Vec::new()),
        _ => (StatusCode::ACCEPTED, Vec::new()),
    })
    .await;
    let parts = county.happens().await;
    county.webhook(&other);
    county.is_overdue(&parts).await;
    let dispatcher = county.dispatcher(&parts);
    dispatcher.hand_over_due().await.unwrap();
    assert_eq!(other.got().len(), 1, "a program that is down is asked once a round");
    dispatcher.hand_over_due().await.unwrap();
    assert_eq!(other.got().len(), 2);
    county.clock.advance(Span::minutes(30));
    settle(&dispatcher, &other).await;
    let events = events(&other);
    let ids = ids(&events);
    assert!(ids.len() > 2, "{}", ids.len());
    // The two that failed came again, with their own ids.
    assert_eq!(events.len(), ids.len() + 2);
    for event in &events {
        assert_eq!(event["specversion"], "1.0");
        assert!(event["type"].as_str().unwrap().starts_with("xunan.deadline."), "{event}");
        assert!(event["subject"].as_str().unwrap().starts_with("hazard/"), "{event}");
    }
    assert!(other.got().iter().all(|got| got.content_type == "application/cloudevents+json"));
    let log = county.said(&["log", "hook", "--limit", "999"]);
    assert!(log.contains("the answer is 503") && log.contains("  taken\n"), "{log}");
    assert!(!log.contains("养老院"), "no name of a place stands in a log");
    assert_eq!(log.matches("  delivered  ").count(), ids.len());
    let listed = county.said(&["list"]);
    assert!(listed.starts_with("hook  on  webhook  999901  127.0.0.1  0 waiting, 0 given up, "), "{listed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_program_does_not_want_holds_up_nothing_and_is_replayed_by_a_person() {
    let county = County::new();
    let unwanted = Arc::new(Mutex::new(None::<Vec<u8>>));
    let wants = Arc::clone(&unwanted);
    let other = Outside::start(move |body| {
        let mut first = wants.lock().unwrap();
        match first.get_or_insert_with(|| body.to_vec()) == body {
            true => (StatusCode::UNPROCESSABLE_ENTITY, Vec::new()),
            false => (StatusCode::OK, Vec::new()),
        }
    })
    .await;
    let parts = county.happens().await;
    county.webhook(&other);
    county.is_overdue(&parts).await;
    let dispatcher = county.dispatcher(&parts);
    settle(&dispatcher, &other).await;
    let first_round = other.got().len();
    assert!(first_round > 2, "{first_round}");
    // For three days, then no more.
    for _ in 0..80 {
        county.clock.advance(Span::minutes(61));
        dispatcher.hand_over_due().await.unwrap();
    }
    let tried = other.got().len();
    assert!(tried > first_round + 10, "{tried}");
    county.clock.advance(Span::days(9));
    dispatcher.hand_over_due().await.unwrap();
    assert_eq!(other.got().len(), tried);
    let log = county.said(&["log", "hook", "--limit", "999"]);
    assert!(log.contains("  given up  ") && log.contains("the answer is 422; given up"), "{log}");

    *unwanted.lock().unwrap() = Some(Vec::new());
    assert_eq!(county.said(&["replay", "hook"]), "1 will be delivered again\n");
    // The command line wrote by the true clock, which the moved one is ahead of.
    dispatcher.hand_over_due().await.unwrap();
    assert_eq!(other.got().len(), tried + 1);
    assert!(!county.said(&["log", "hook", "--limit", "999"]).contains("  given up  "));
    assert_eq!(ids(&events(&other)).len(), first_round);
    let delivered = county.said(&["log", "hook", "--limit", "1"]);
    let number = delivered.split("  ").next().unwrap();
    county.said(&["replay", "hook", "--delivery", number]);
    dispatcher.hand_over_due().await.unwrap();
    assert_eq!(other.got().len(), tried + 2, "a delivery that was taken can be replayed too");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_address_is_connected_to_only_when_the_operator_says_that_it_is_one() {
    let county = County::new();
    let other = Outside::start(|_| (StatusCode::OK, Vec::new())).await;
    let url = format!("http://localhost:{}/take", other.port);
    county.said(&["add-webhook", "--name", "hook", "--region", "", "--url", &url]);
    assert_eq!(county.said(&["test", "hook"]), "failed: the address is inside a private network\n");
    assert_eq!(other.got(), []);
    county.said(&["remove", "hook"]);
    county.said(&["add-webhook", "--name", "hook", "--region", "", "--url", &url, "--inside"]);
    assert_eq!(county.said(&["test", "hook"]), "taken\n");
    assert_eq!(events(&other)[0]["data"]["about"]["hazard"]["facility_name"], "测试机构（虚构）");
    county.said(&["off", "hook"]);
    assert!(county.said(&["list"]).starts_with("hook  off  webhook"));
    let refused = county.admin(&["add-webhook", "--name", "hook", "--region", "", "--url", &url]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("there is an endpoint hook already"));
    assert!(!county.admin(&["log", "other"]).status.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endpoint_gets_the_notices_of_its_region_alone() {
    let county = County::new();
    let other = Outside::start(|_| (StatusCode::OK, Vec::new())).await;
    let url = format!("http://127.0.0.1:{}/take", other.port);
    for (name, region) in [("here", "999901002"), ("elsewhere", "999902")] {
        county.said(&["add-webhook", "--name", name, "--region", region, "--url", &url, "--inside"]);
    }
    let parts = county.happens().await;
    county.is_overdue(&parts).await;
    settle(&county.dispatcher(&parts), &other).await;
    let events = events(&other);
    assert!(!events.is_empty());
    assert!(events.iter().all(|it| it["data"]["division"].as_str().unwrap().starts_with("999901002")));
    assert_eq!(county.said(&["log", "elsewhere"]), "");
}

fn template(folder: &Path) -> String {
    let file = folder.join("template.json");
    std::fs::write(&file, r#"{"phone":"{to}","content":"{text}","sign":"巡安","extend":{"ref":["{id}"]}}"#)
        .unwrap();
    file.to_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_told_by_a_gateway_that_something_is_to_do_and_nothing_of_what() {
    let county = County::new();
    let other = Outside::start(|_| (StatusCode::OK, Vec::new())).await;
    let url = format!("http://127.0.0.1:{}/take", other.port);
    let template = template(county.folder.path());
    // Before anything happens nobody has a number: the accounts come first.
    let parts = county.happens().await;
    let add = [
        "add-gateway",
        "--name",
        "sms",
        "--region",
        "999901",
        "--url",
        &url,
        "--contact",
        "phone",
        "--inside",
    ];
    county.said(&[&add[..], &["--template", &template]].concat());
    county.said(&["contact", "supervisor1", "--kind", "phone", "--address", "13800000001"]);
    county.said(&["contact", "institution2", "--kind", "phone", "--address", "13800000002"]);
    county.is_overdue(&parts).await;
    settle(&county.dispatcher(&parts), &other).await;
    let bodies: Vec<Value> = events(&other);
    assert!(!bodies.is_empty());
    for body in &bodies {
        assert!(body["phone"] == "13800000001" || body["phone"] == "13800000002", "{body}");
        assert_eq!(body["content"], "巡安：有新的待办，请登录查看");
        assert_eq!(body["sign"], "巡安");
        assert_eq!(body["extend"]["ref"][0].as_str().unwrap().len(), 64);
        assert!(!body.to_string().contains("院"), "{body}");
    }
    assert!(bodies.iter().any(|body| body["phone"] == "13800000001"));
    county.said(&["contact", "supervisor1", "--kind", "phone"]);
    assert!(!county.admin(&["contact", "nobody", "--kind", "phone"]).status.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn of_plans_only_those_that_are_announced_leave_the_product() {
    let county = County::new();
    let other = Outside::start(|_| (StatusCode::OK, Vec::new())).await;
    county.webhook(&other);
    // The demo makes a secret plan, some that are told on arrival, and announced ones.
    let parts = county.happens().await;
    county.is_overdue(&parts).await;
    settle(&county.dispatcher(&parts), &other).await;
    let events = events(&other);
    let kinds: Vec<&str> = events.iter().map(|it| it["type"].as_str().unwrap()).collect();
    assert!(!kinds.iter().any(|kind| kind.starts_with("xunan.deadline.visit.")), "{kinds:?}");
    let announced = kinds.iter().filter(|kind| **kind == "xunan.plan.announced").count();
    assert_eq!(kinds.iter().filter(|kind| kind.starts_with("xunan.plan.")).count(), announced, "{kinds:?}");
    assert_eq!(announced, 2);
}
