//! Payouts that a system makes: what it is told, how often, and that nothing is paid by two ways.

use std::process::{Command, Output};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::http::StatusCode;
use serde_json::Value;
use tempfile::TempDir;
use xunan_core::clock::Span;
use xunan_core::reward::RewardCommand;
use xunan_server::connectors::PayoutSender;

use super::rewards::{Approved, SECRETS, take};
use crate::outside::{Outside, acceptor, thanks, trusting};

/// A system that pays, behind TLS.
struct Bank {
    folder: TempDir,
    outside: Outside,
}

impl Bank {
    async fn start(answer: impl Fn(&[u8]) -> (StatusCode, Vec<u8>) + Clone + Send + Sync + 'static) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let outside = Outside::start_tls(acceptor(folder.path()), answer).await;
        Self { folder, outside }
    }

    /// Adds it for a region.
    fn is_added(&self, way: &Approved, region: &str) {
        let url = format!("https://localhost:{}/take", self.outside.port);
        let said =
            said(way, &["add-payouts", "--name", "bank", "--region", region, "--url", &url, "--inside"]);
        assert!(
            said.starts_with(&format!("bank gets the payouts of {region} from now on\nsecret: whsec_")),
            "{said}"
        );
    }

    /// One round of the server.
    async fn round(&self, way: &Approved) {
        let parts = &way.server.parts;
        let trusted = trusting(self.folder.path());
        let sender =
            PayoutSender::new(parts.store.clone(), parts.snaps.clone(), parts.clock.clone(), || trusted);
        sender.hand_over_due().await.unwrap();
    }

    fn told(&self) -> Vec<Value> {
        self.outside.got().iter().map(|got| serde_json::from_slice(&got.body).unwrap()).collect()
    }
}

fn admin(way: &Approved, arguments: &[&str]) -> Output {
    let mut xunan = Command::new(env!("CARGO_BIN_EXE_xunan"));
    xunan
        .args(["admin", "--data"])
        .arg(way.server.folder())
        .arg("connectors")
        .args(arguments)
        .output()
        .unwrap()
}

fn said(way: &Approved, arguments: &[&str]) -> String {
    let output = admin(way, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The one line of the list of a batch.
async fn line(way: &Approved, batch: &str) -> String {
    let list = way.officer.browser.get(&format!("/api/payouts/{batch}")).await.text();
    list.lines().nth(1).unwrap_or_else(|| panic!("{list}")).to_owned()
}

fn names_nobody(text: &str) -> bool {
    SECRETS.iter().all(|secret| !text.contains(secret))
}

#[tokio::test]
async fn a_system_that_pays_is_told_an_order_once_and_the_list_of_the_officer_names_nobody_then() {
    let mut way = Approved::claimed().await;
    let bank = Bank::start(thanks).await;
    bank.is_added(&way, "999901");
    bank.round(&way).await;
    assert!(bank.told().is_empty(), "who claims is told when an officer has signed an order, and not before");
    let order = way.order("B1").await;
    let waiting = line(&way, "B1").await;
    assert!(waiting.contains("正在发送支付系统") && names_nobody(&waiting), "{waiting}");
    for _ in 0..3 {
        bank.round(&way).await;
    }
    let told = bank.told();
    assert_eq!(told.len(), 1, "{told:?}");
    let (event, data) = (&told[0], &told[0]["data"]);
    assert_eq!((&event["id"], &event["type"]), (&order.to_string().into(), &"xunan.payout_ordered".into()));
    assert_eq!((&data["order"], &data["batch"], &data["yuan"]), (&event["id"], &"B1".into(), &300.into()));
    let parts = ["name", "identity_card", "telephone", "bank", "account"];
    assert_eq!(parts.map(|part| data["claimant"][part].as_str().unwrap()), SECRETS);
    assert_eq!(bank.outside.got()[0].content_type, "application/cloudevents+json");

    let sent = line(&way, "B1").await;
    assert!(
        sent.contains(&order.to_string()) && sent.contains("已发送支付系统") && names_nobody(&sent),
        "{sent}"
    );
    let log = said(&way, &["log", "bank"]);
    assert!(log.starts_with(&format!("{order}  delivered  0 failures\n")) && names_nobody(&log), "{log}");
    let listed = said(&way, &["list"]);
    assert_eq!(listed, "bank  on  payouts  999901  localhost  0 waiting, 0 given up, 1 delivered\n");
    take(&mut way.officer, way.snap, RewardCommand::PaidOut { order, receipt: "PZ-1".to_owned() }).await;
    bank.round(&way).await;
    assert_eq!(bank.told().len(), 1);
}

#[tokio::test]
async fn what_left_in_a_list_is_never_sent_and_what_was_sent_is_never_in_a_list() {
    let mut way = Approved::claimed().await;
    way.order("B1").await;
    let by_list = line(&way, "B1").await;
    assert!(SECRETS.iter().all(|secret| by_list.contains(secret)), "{by_list}");
    let bank = Bank::start(thanks).await;
    bank.is_added(&way, "999901");
    bank.round(&way).await;
    assert!(bank.told().is_empty(), "somebody may be paying by the list already");
    assert_eq!(line(&way, "B1").await, by_list);

    let mut other = Approved::claimed().await;
    bank.is_added(&other, "999901");
    other.order("B1").await;
    bank.round(&other).await;
    for action in ["off", "remove"] {
        said(&other, &[action, "bank"]);
        let line = line(&other, "B1").await;
        assert!(line.contains("已发送支付系统") && names_nobody(&line), "{action}: {line}");
    }
    bank.is_added(&other, "999901");
    bank.round(&other).await;
    assert_eq!(bank.told().len(), 1, "an endpoint that is added anew knows what was sent to its address");
}

#[tokio::test]
async fn a_payout_that_is_not_taken_comes_again_with_its_number_and_is_given_up_after_three_days() {
    let mut way = Approved::claimed().await;
    let asked = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&asked);
    let bank = Bank::start(move |_| {
        asked.fetch_add(1, Ordering::SeqCst);
        (StatusCode::SERVICE_UNAVAILABLE, Vec::new())
    })
    .await;
    bank.is_added(&way, "999901");
    let order = way.order("B1").await.to_string();
    bank.round(&way).await;
    bank.round(&way).await;
    assert_eq!(counted.load(Ordering::SeqCst), 1, "it is asked again after a pause");
    assert!(line(&way, "B1").await.contains("正在发送支付系统"));
    said(&way, &["off", "bank"]);
    let nobody_tries = line(&way, "B1").await;
    assert!(nobody_tries.contains("支付系统未接收") && names_nobody(&nobody_tries), "{nobody_tries}");
    said(&way, &["on", "bank"]);
    way.server.parts.clock.advance(Span::minutes(2));
    bank.round(&way).await;
    assert!(bank.told().iter().all(|event| event["id"] == order.as_str()), "{:?}", bank.told());
    let log = said(&way, &["log", "bank"]);
    assert!(log.contains("  waiting until ") && log.contains("the answer is 503"), "{log}");
    way.server.parts.clock.advance(Span::days(3));
    bank.round(&way).await;
    assert_eq!(counted.load(Ordering::SeqCst), 3);
    let given_up = line(&way, "B1").await;
    assert!(given_up.contains("支付系统未接收") && names_nobody(&given_up), "{given_up}");
    bank.round(&way).await;
    assert_eq!(counted.load(Ordering::SeqCst), 3);
    assert_eq!(said(&way, &["replay", "bank"]), "1 will be delivered again\n");
    bank.round(&way).await;
    assert_eq!(counted.load(Ordering::SeqCst), 4);
}

#[tokio::test]
async fn a_system_gets_the_payouts_of_its_region_alone_over_tls_alone_and_none_whose_key_is_lost() {
    let mut way = Approved::claimed().await;
    let bank = Bank::start(thanks).await;
    let refused =
        admin(&way, &["add-payouts", "--name", "bank", "--region", "999901", "--url", "http://localhost/"]);
    assert!(!refused.status.success() && String::from_utf8_lossy(&refused.stderr).contains("https://"));
    bank.is_added(&way, "999902");
    let order = way.order("B1").await;
    bank.round(&way).await;
    assert!(bank.told().is_empty());
    said(&way, &["remove", "bank"]);
    bank.is_added(&way, "999901");
    let key = way.server.folder().join("secrets").join(format!("claimant-{}.key", way.approval));
    std::fs::remove_file(key).unwrap();
    bank.round(&way).await;
    assert!(bank.told().is_empty());
    let log = said(&way, &["log", "bank"]);
    assert!(
        log.starts_with(&format!("{order}  given up")) && log.contains("the key of the claim is lost"),
        "{log}"
    );
}
