//! Sending roots.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::http::StatusCode;
use tokio_rustls::rustls::RootCertStore;
use xunan_core::clock::Span;
use xunan_core::log::SignedRoot;
use xunan_server::connectors::{Address, ConnectorError, Courier, CourierError, RootSender};

use crate::Log;
use crate::outside::{Got, Outside, acceptor, thanks, trusting};

fn sender(log: &Log, address: &Address, trusted: RootCertStore) -> RootSender {
    RootSender::new(log.store.clone(), log.clock.clone(), Arc::new(Courier::new(trusted)), address.clone())
}

fn plain(log: &Log, other: &Outside) -> RootSender {
    sender(log, &other.address, RootCertStore::empty())
}

fn sent(root: &SignedRoot) -> Got {
    Got { content_type: "application/jose".to_owned(), body: root.compact().as_bytes().to_vec() }
}

#[tokio::test]
async fn each_root_is_sent_once_to_each_address() {
    let log = Log::start().await;
    let others = [
        Outside::start(|_| (StatusCode::OK, Vec::new())).await,
        Outside::start(|_| (StatusCode::ACCEPTED, b"thanks".to_vec())).await,
    ];
    let mut roots = Vec::new();
    for _ in 0..3 {
        roots.push(sent(&log.sign().await));
        log.clock.advance(Span::days(1));
        for other in &others {
            // Twice, as if the server had been started again in between.
            plain(&log, other).send_pending().await.unwrap();
            plain(&log, other).send_pending().await.unwrap();
            assert_eq!(other.got(), roots);
        }
    }
}

#[tokio::test]
async fn what_was_not_taken_is_sent_again_in_order() {
    let log = Log::start().await;
    let asked = Arc::new(AtomicU32::new(0));
    let other = Outside::start(move |_| match asked.fetch_add(1, Ordering::SeqCst) {
        0 => (StatusCode::BAD_GATEWAY, Vec::new()),
        1 => (StatusCode::FOUND, Vec::new()),
        3 => (StatusCode::OK, vec![b' '; 100_000]),
        _ => (StatusCode::OK, Vec::new()),
    })
    .await;
    let first = log.sign().await;
    log.clock.advance(Span::days(1));
    let second = log.sign().await;
    let sender = plain(&log, &other);
    let failed = async || match sender.send_pending().await {
        Err(ConnectorError::Courier(error)) => error,
        other => panic!("{other:?}"),
    };
    assert!(matches!(failed().await, CourierError::Status(502)));
    assert!(matches!(failed().await, CourierError::Status(302)));
    assert!(matches!(failed().await, CourierError::TooLong));
    sender.send_pending().await.unwrap();
    let [first, second] = [sent(&first), sent(&second)];
    assert_eq!(other.got(), [first.clone(), first.clone(), first, second.clone(), second]);
}

#[tokio::test]
async fn nobody_there_is_a_failure_and_roots_of_long_ago_are_left_to_be_fetched() {
    let log = Log::start().await;
    log.sign().await;
    let nobody: Address = "http://127.0.0.1:9/".parse().unwrap();
    let failed = sender(&log, &nobody, RootCertStore::empty()).send_pending().await;
    assert!(matches!(failed, Err(ConnectorError::Courier(CourierError::Connection(_)))), "{failed:?}");
    log.clock.advance(Span::days(32));
    let other = Outside::start(|_| (StatusCode::OK, Vec::new())).await;
    plain(&log, &other).send_pending().await.unwrap();
    assert_eq!(other.got(), []);
}

#[tokio::test]
async fn over_tls_a_root_goes_to_whom_the_system_trusts_and_to_nobody_else() {
    let log = Log::start().await;
    let root = log.sign().await;
    let folder = tempfile::tempdir().unwrap();
    let other = Outside::start_tls(acceptor(folder.path()), thanks).await;
    let failed = plain(&log, &other).send_pending().await;
    assert!(matches!(failed, Err(ConnectorError::Courier(CourierError::Connection(_)))), "{failed:?}");
    assert_eq!(other.got(), []);
    sender(&log, &other.address, trusting(folder.path())).send_pending().await.unwrap();
    assert_eq!(other.got(), [sent(&root)]);
}
