//! Time-stamps, by OpenSSL as the authority and as the one who relies on it.

use std::path::Path;
use std::sync::Arc;

use axum::http::StatusCode;
use tempfile::TempDir;
use tokio_rustls::rustls::RootCertStore;
use xunan_core::clock::Span;
use xunan_core::sync::TimeStamping;
use xunan_server::connectors::{ConnectorError, Courier, StampFault, TimeStamper};

use crate::Log;
use crate::outside::{Outside, certificate, openssl};

const CONFIG: &str = "[tsa]\nserial = serial\ndefault_policy = 1.2.3.4.1\ndigests = sha256\naccuracy = secs:1\n\
                      ordering = yes\ntsa_name = yes\ness_cert_id_chain = no\nsigner_digest = sha256\n";

/// A time-stamping authority in a folder.
pub(crate) fn authority() -> Arc<TempDir> {
    let folder = tempfile::tempdir().unwrap();
    certificate(
        folder.path(),
        "tsa",
        "keyUsage = digitalSignature\nextendedKeyUsage = critical,timeStamping",
    );
    std::fs::write(folder.path().join("tsa.cnf"), CONFIG).unwrap();
    std::fs::write(folder.path().join("serial"), "01").unwrap();
    Arc::new(folder)
}

/// Its answer to a `TimeStampReq`.
pub(crate) fn reply(folder: &Path, query: &[u8]) -> Vec<u8> {
    std::fs::write(folder.join("query.tsq"), query).unwrap();
    let make = "ts -reply -config tsa.cnf -section tsa -queryfile query.tsq -signer tsa.pem -inkey tsa.key -out reply.tsr";
    openssl(folder, &make.split(' ').collect::<Vec<_>>());
    std::fs::read(folder.join("reply.tsr")).unwrap()
}

fn stamper(log: &Log, authority: &Outside) -> TimeStamper {
    let courier = Arc::new(Courier::new(RootCertStore::empty()));
    TimeStamper::new(log.store.clone(), log.clock.clone(), courier, authority.address.clone())
}

#[tokio::test]
async fn a_root_is_stamped_and_openssl_verifies_the_stamp() {
    let log = Log::start().await;
    let root = log.sign().await;
    let folder = authority();
    let making = Arc::clone(&folder);
    let other = Outside::start(move |query| (StatusCode::OK, reply(making.path(), query))).await;
    stamper(&log, &other).stamp_pending().await.unwrap();
    stamper(&log, &other).stamp_pending().await.unwrap();
    assert_eq!(other.got().len(), 1, "once stamped is enough");
    assert_eq!(other.got()[0].content_type, "application/timestamp-query");

    let date = log.clock.now().date();
    assert_eq!(log.log.daily_root(date).await.unwrap().unwrap().time_stamp, TimeStamping::Stamped);
    let stamp = log.store.read(move |tables| tables.time_stamp(date)).await.unwrap().unwrap();
    std::fs::write(folder.path().join("root.jws"), root.compact()).unwrap();
    std::fs::write(folder.path().join("root.tsr"), stamp).unwrap();
    let verify = "ts -verify -data root.jws -in root.tsr -CAfile tsa.pem";
    openssl(folder.path(), &verify.split(' ').collect::<Vec<_>>());
}

#[tokio::test]
async fn an_answer_to_another_question_is_not_kept() {
    let log = Log::start().await;
    log.sign().await;
    let folder = authority();
    let (making, old) = (Arc::clone(&folder), Arc::new(std::sync::OnceLock::<Vec<u8>>::new()));
    // The authority's first answer, again and again.
    let other = Outside::start(move |query| {
        (StatusCode::OK, old.get_or_init(|| reply(making.path(), query)).clone())
    })
    .await;
    stamper(&log, &other).stamp_pending().await.unwrap();
    log.clock.advance(Span::days(1));
    log.sign().await;
    let failed = stamper(&log, &other).stamp_pending().await;
    assert!(matches!(failed, Err(ConnectorError::Stamp(StampFault::OtherHash))), "{failed:?}");
}

#[tokio::test]
async fn a_stamp_of_the_same_root_for_somebody_else_is_told_by_its_nonce() {
    let log = Log::start().await;
    log.sign().await;
    let folder = authority();
    let making = Arc::clone(&folder);
    let other = Outside::start(move |query| {
        // The same question with another last byte of the nonce, which stands before `certReq`.
        let mut query = query.to_vec();
        let last = query.len() - 4;
        query[last] ^= 1;
        (StatusCode::OK, reply(making.path(), &query))
    })
    .await;
    let failed = stamper(&log, &other).stamp_pending().await;
    assert!(matches!(failed, Err(ConnectorError::Stamp(StampFault::OtherNonce))), "{failed:?}");
}

#[tokio::test]
async fn a_refusal_and_what_is_no_stamp_are_not_kept() {
    let log = Log::start().await;
    log.sign().await;
    let folder = authority();
    let making = Arc::clone(&folder);
    let refusing = Outside::start(move |_| (StatusCode::OK, reply(making.path(), b"no question"))).await;
    let failed = stamper(&log, &refusing).stamp_pending().await;
    assert!(matches!(failed, Err(ConnectorError::Stamp(StampFault::NotGranted))), "{failed:?}");
    for nonsense in [&b""[..], b"<html>", &[0x30, 3, 2, 1, 0], &[0x30, 5, 0x30, 3, 2, 1, 0], &[0x30, 0x80]] {
        let other = Outside::start(move |_| (StatusCode::OK, nonsense.to_vec())).await;
        let failed = stamper(&log, &other).stamp_pending().await;
        assert!(
            matches!(failed, Err(ConnectorError::Stamp(StampFault::Unreadable))),
            "{nonsense:?} {failed:?}"
        );
    }
    let date = log.clock.now().date();
    assert_eq!(log.store.read(move |tables| tables.time_stamp(date)).await.unwrap(), None);
}

#[tokio::test]
async fn no_changed_answer_makes_the_reader_fail_otherwise_than_by_refusing() {
    let log = Log::start().await;
    log.sign().await;
    let folder = authority();
    let making = Arc::clone(&folder);
    let cut = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let at = Arc::clone(&cut);
    let other = Outside::start(move |query| {
        let mut answer = reply(making.path(), query);
        answer.truncate(at.fetch_add(37, std::sync::atomic::Ordering::SeqCst));
        (StatusCode::OK, answer)
    })
    .await;
    while cut.load(std::sync::atomic::Ordering::SeqCst) < 400 {
        let failed = stamper(&log, &other).stamp_pending().await;
        assert!(matches!(failed, Err(ConnectorError::Stamp(StampFault::Unreadable))), "{failed:?}");
    }
}
