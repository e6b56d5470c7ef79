//! The built program with both options, from its start to what the others hold.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use xunan_core::log::SignedRoot;
use xunan_server::connectors::Address;

use crate::outside::{Outside, acceptor, thanks};
use crate::time_stamp::{authority, reply};

/// A running server, killed when dropped.
struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        _ = self.0.kill();
        _ = self.0.wait();
    }
}

fn serve(folder: &Path, url: &str, authority: &str) -> Serving {
    let log = std::fs::File::create(folder.join("log")).unwrap();
    let process = Command::new(env!("CARGO_BIN_EXE_xunan"))
        .args([
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--send-roots-to",
            url,
            "--time-stamp-roots-at",
            authority,
        ])
        .arg("--data")
        .arg(folder.join("data"))
        .env("SSL_CERT_FILE", folder.join("localhost.pem"))
        .stdout(Stdio::null())
        .stderr(log)
        .spawn();
    Serving(process.unwrap())
}

async fn until(done: impl Fn() -> bool) {
    let began = Instant::now();
    while !done() {
        assert!(began.elapsed() < Duration::from_secs(30), "it takes too long");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn url(address: &Address, scheme: &str, port: u16) -> String {
    format!("{scheme}://{}:{port}/take?token=secret", address.host())
}

#[tokio::test]
async fn a_started_server_sends_its_root_over_tls_has_it_stamped_and_tells_no_secret_in_its_log() {
    let folder = tempfile::tempdir().unwrap();
    let other = Outside::start_tls(acceptor(folder.path()), thanks).await;
    let making = authority();
    let stamping = Outside::start(move |query| (StatusCode::OK, reply(making.path(), query))).await;
    let _server = serve(
        folder.path(),
        &url(&other.address, "https", other.port),
        &url(&stamping.address, "http", stamping.port),
    );
    let log = || std::fs::read_to_string(folder.path().join("log")).unwrap();
    until(|| log().contains("sent the root of the day") && log().contains("the root of the day is stamped"))
        .await;
    let body = String::from_utf8(other.got()[0].body.clone()).unwrap();
    assert_eq!(SignedRoot::parse(&body).unwrap().payload().size, 0);
    assert!(!log().contains("secret") && !log().contains("/take"), "{}", log());
}
