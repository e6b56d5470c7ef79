//! Notices leave the server, and programs that are not ours verify and read them: Standard Webhooks and CloudEvents, a mail
//! server, a browser's side of Web Push.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use xunan_core::facility::Party;
use xunan_core::hazard::{Assignment, Command as Do, HazardState, Step};
use xunan_core::ledger::{HazardCard, Row};
use xunan_core::log::Body;
use xunan_core::sync::{Outcome, Pulled};
use xunan_core::unit::{Unit, UnitKind};
use xunan_e2e::demo;
use xunan_e2e::http::Http;
use xunan_e2e::phone::{Phone, now};
use xunan_e2e::server::{Server, binary};

/// For one thing to arrive: the server looks every five seconds.
const PATIENCE: Duration = Duration::from_secs(40);

/// The others, as one process in Python.
struct Others {
    process: Child,
    said: Lines<BufReader<ChildStdout>>,
}

impl Others {
    async fn start(folder: &Path) -> Self {
        let python = std::env::var_os("XUNAN_PYTHON").unwrap_or_else(|| "python3".into());
        let mut process = Command::new(python)
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/outside/take_notices.py"))
            .arg(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("python runs");
        let said = BufReader::new(process.stdout.take().expect("piped")).lines();
        Self { process, said }
    }

    async fn tell(&mut self, line: &str) {
        let stdin = self.process.stdin.as_mut().expect("piped");
        stdin.write_all(format!("{line}\n").as_bytes()).await.expect("it listens");
    }

    async fn hear(&mut self) -> Value {
        let line = tokio::time::timeout(PATIENCE, self.said.next_line()).await.expect("something comes");
        let line = line.expect("it talks").expect("it runs");
        serde_json::from_str(&line).expect("it talks JSON")
    }
}

/// `xunan admin connectors …` beside the running server.
async fn connectors(data: &Path, arguments: &[&str]) -> String {
    let ran = Command::new(binary())
        .args(["admin", "--data"])
        .arg(data)
        .arg("connectors")
        .args(arguments)
        .output()
        .await
        .expect("it runs");
    assert!(ran.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8_lossy(&ran.stdout).into_owned()
}

/// The same, with a password on standard input, believing the mail server's certificate or nobody's.
async fn with_password(folder: &Path, certificate: &str, arguments: &[&str], password: &str) -> String {
    let mut command = Command::new(binary());
    command
        .args(["admin", "--data"])
        .arg(folder.join("data"))
        .arg("connectors")
        .args(arguments)
        .env("SSL_CERT_FILE", folder.join(certificate))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut ran = command.spawn().expect("it runs");
    // Whoever asks for no password may have ended by now.
    let _ = ran.stdin.take().expect("piped").write_all(format!("{password}\n").as_bytes()).await;
    let said = ran.wait_with_output().await.expect("it ends");
    String::from_utf8_lossy(&said.stdout).into_owned()
}

async fn assign(port: u16) -> HazardCard {
    let mut office = Phone::enrolled(port, demo::SUPERVISOR, demo::PASSWORD, 11).await;
    let pulled: Pulled = office.http.get("/api/pull?limit=500").await.json();
    let hazard = |row| if let Row::Hazard(card) = row { Some(*card) } else { None };
    let is_meant = |it: &HazardCard| it.state == HazardState::Found && it.facility_name == demo::ELDERLY_HOME;
    let card = pulled.rows.into_iter().filter_map(hazard).find(is_meant);
    let card = card.expect("the home has an open hazard");
    let assignment = Assignment {
        primary: Unit { kind: UnitKind::Party(Party::Head), name: demo::ELDERLY_HOME.to_owned() },
        supporting: Vec::new(),
        person: "王某".to_owned(),
        measure: "立即整改".to_owned(),
        due: now().date().plus_days(20),
    };
    let step = Step { hazard: card.id, command: Do::Assign { assignment } };
    let entry = office.sign(&Body::HazardStep(Box::new(step)));
    let answer = office.push(&[&entry]).await.expect("the server answers");
    assert!(matches!(answer.entries[0].outcome, Outcome::Receipted { .. }), "{answer:?}");
    card
}

#[tokio::test(flavor = "multi_thread")]
async fn foreign_programs_verify_an_event_take_a_mail_and_decrypt_a_push_message() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let server = Server::start(&data).await;
    let mut others = Others::start(folder.path()).await;
    let at = others.hear().await;
    let (http, smtp) = (&at["http"], at["smtp"].to_string());
    let url = format!("http://127.0.0.1:{http}/event");
    let said = connectors(
        &data,
        &["add-webhook", "--name", "hook", "--region", "999901", "--url", &url, "--inside"],
    )
    .await;
    others.tell(said.split("secret: ").nth(1).expect("it prints the secret").trim()).await;
    let add_mail = ["add-mail", "--name", "mail", "--region", "", "--host", "127.0.0.1", "--port", &smtp];
    let from = ["--security", "none", "--from", "xunan@mzj.example"];
    connectors(&data, &[&add_mail[..], &from].concat()).await;
    let contact = ["contact", "institution1", "--kind", "mail", "--address", "wang@home.example"];
    connectors(&data, &contact).await;
    let add_push = ["add-web-push", "--name", "push", "--region", "", "--contact", "mailto:it@mzj.example"];
    connectors(&data, &[&add_push[..], &["--inside"]].concat()).await;

    let home = Http::to_port(server.port()).signed_in("institution1", demo::PASSWORD).await;
    let key: Value = home.get("/api/push-key").await.json();
    assert_eq!(key["key"].as_str().expect("a key").len(), 87, "an uncompressed point in base64url");
    let subscription = json!({
        "endpoint": format!("http://127.0.0.1:{http}/push/wang"),
        "p256dh": at["p256dh"],
        "auth": at["auth"],
    });
    let subscribed = home.post("/api/push-subscriptions", &subscription).await.expect("it answers");
    assert_eq!(subscribed.status.as_u16(), 204);

    let card = assign(server.port()).await;
    let (mut event, mut mail, mut push) = (None, None, None);
    while event.is_none() || mail.is_none() || push.is_none() {
        let taken = others.hear().await;
        assert!(taken["refused"].is_null(), "{taken}");
        for (name, slot) in [("event", &mut event), ("mail", &mut mail), ("push", &mut push)] {
            if !taken[name].is_null() {
                *slot = Some(taken.clone());
            }
        }
    }
    let event = &event.expect("taken")["event"];
    assert_eq!((&event["specversion"], &event["source"]), (&"1.0".into(), &"/xunan".into()));
    assert_eq!(event["type"], "xunan.hazard.assigned");
    assert_eq!(event["subject"], format!("hazard/{}", card.id));
    assert_eq!(event["data"]["about"]["hazard"]["title"], card.title);
    let mail = &mail.expect("taken")["mail"];
    assert_eq!(mail["to"], json!(["wang@home.example"]));
    assert_eq!((&mail["subject"], &mail["text"]), (&mail["text"], &"巡安：有新的待办，请登录查看".into()));
    assert!(!mail["whole"].as_str().expect("a text").contains(&card.title));
    let push = push.expect("taken");
    assert_eq!(push["push"], json!({ "n": 1 }), "no name of a place leaves the server");
    assert_eq!(push["claims"]["aud"], format!("http://127.0.0.1:{http}"));
    assert_eq!(push["claims"]["sub"], "mailto:it@mzj.example");
    let log = connectors(&data, &["log", "push"]).await;
    assert!(log.contains("taken for 1 browsers, 0 gone"), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_and_a_mail_go_to_a_mail_server_that_shows_who_it_is_and_to_no_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut others = Others::start(folder.path()).await;
    let port = others.hear().await["strict_smtp"].to_string();
    let add = async |name: &str, password: &str| {
        let add = ["add-mail", "--name", name, "--region", "", "--host", "localhost", "--port", &port];
        let from = ["--from", "xunan@mzj.example", "--login", "xunan"];
        with_password(folder.path(), "mail.pem", &[&add[..], &from].concat(), password).await
    };
    assert!(add("mail", "pass word").await.starts_with("mail gets the notices"));
    add("wrong", "word").await;
    let test = async |name: &str, certificate: &str, to: &str| {
        with_password(folder.path(), certificate, &["test", name, "--to", to], "").await
    };
    assert_eq!(test("mail", "mail.pem", "wang@home.example").await, "taken by the mail server\n");
    let taken = others.hear().await;
    assert_eq!(taken["mail"]["to"], json!(["wang@home.example"]), "{taken}");
    let said = test("wrong", "mail.pem", "wang@home.example").await;
    assert!(said.starts_with("failed: the mail server says: 535"), "{said}");
    let said = test("mail", "mail.pem", "wang@home.example>\r\nRCPT TO:<li@home.example").await;
    assert_eq!(said, "failed: it cannot be written: the mail address is none\n");
    std::fs::write(folder.path().join("nobody.pem"), "").expect("a file");
    let said = test("mail", "nobody.pem", "wang@home.example").await;
    assert!(said.starts_with("failed: no connection: "), "{said}");
}
