//! The transparency log as strangers see it, and what it tells them about entries: nothing.

use axum::http::StatusCode;
use xunan_core::clock::{Date, Span};
use xunan_core::log::tree::leaf_hash;
use xunan_core::log::tree_proof::{ConsistencyProof, InclusionProof, ProofVerdict};
use xunan_core::log::{Body, SignatureVerdict, SignedReceipt, SignedRoot};
use xunan_core::sync::{DailyRoots, More, TimeStamping};
use xunan_server::keys::Verifier;

use crate::support::{Browser, Phone, Server, facility, receipt};

/// Registers so many institutions; answers the receipts.
async fn receipts(phone: &mut Phone, count: usize) -> Vec<SignedReceipt> {
    let mut receipts = Vec::new();
    for _ in 0..count {
        let entry = phone.sign(&Body::FacilityRegistered(facility("371526")));
        receipts.push(receipt(&phone.push_one(&entry).await));
    }
    receipts
}

/// The newest root that a stranger is given, verified, a minute later.
async fn newest_root(server: &Server) -> SignedRoot {
    server.parts.clock.advance(Span::minutes(1));
    verified(server, &server.browser().get("/api/log/root").await.text())
}

fn verified(server: &Server, compact: &str) -> SignedRoot {
    let root = SignedRoot::parse(compact).unwrap();
    assert_eq!(root.verify(&server.parts.keys.published()[0].key, &Verifier), SignatureVerdict::Fits);
    root
}

async fn inclusion(stranger: &Browser, position: u64, size: u64) -> InclusionProof {
    let answer = stranger.get(&format!("/api/log/inclusion?position={position}&size={size}")).await;
    assert!(answer.header("cache-control").contains("immutable"));
    answer.json()
}

#[tokio::test]
async fn every_receipt_is_proven_to_be_in_the_tree_and_the_tree_to_have_only_grown() {
    let server = Server::start().await;
    let stranger = server.browser();
    let mut phone = server.phone("supervisor1").await;
    let before = newest_root(&server).await;
    let receipts = receipts(&mut phone, 20).await;
    let after = newest_root(&server).await;
    let (from, to) = (before.payload().size, after.payload().size);
    assert_eq!((to - from, to), (20, receipts[19].receipt().position));
    for signed in &receipts {
        let proof = inclusion(&stranger, signed.receipt().position, to).await;
        let leaf = leaf_hash(signed.compact().as_bytes());
        assert_eq!(proof.verify(&leaf, after.payload()), ProofVerdict::Proves);
        assert_eq!(proof.verify(&leaf_hash(b"forged"), after.payload()), ProofVerdict::DoesNotProve);
    }
    let path = format!("/api/log/consistency?from={from}&to={to}");
    let proof: ConsistencyProof = stranger.get(&path).await.json();
    assert_eq!(proof.verify(before.payload(), after.payload()), ProofVerdict::Proves);
}

#[tokio::test]
async fn a_receipt_that_was_changed_in_the_database_is_not_in_the_tree_any_more() {
    let server = Server::start().await;
    let mut phone = server.phone("supervisor1").await;
    let genuine = receipts(&mut phone, 1).await.remove(0);
    let root = newest_root(&server).await;
    let database = rusqlite::Connection::open(server.folder().join("ledger.sqlite")).unwrap();
    let forged = SignedReceipt::parse(genuine.compact()).unwrap().receipt().clone();
    let forged = server.parts.keys.sign(xunan_core::log::Receipt { seq: 9, ..forged }).unwrap();
    let id = genuine.receipt().entry.to_string();
    let changed = database.execute("UPDATE entries SET receipt = ?1 WHERE id = ?2", [forged.compact(), &id]);
    assert_eq!(changed.unwrap(), 1);
    let proof = inclusion(&server.browser(), genuine.receipt().position, root.payload().size).await;
    let verdict =
        |receipt: &SignedReceipt| proof.verify(&leaf_hash(receipt.compact().as_bytes()), root.payload());
    assert_eq!(verdict(&forged), ProofVerdict::DoesNotProve);
    assert_eq!(verdict(&genuine), ProofVerdict::Proves);
}

#[tokio::test]
async fn a_new_root_is_signed_only_after_a_minute_and_only_when_there_is_something_new() {
    let server = Server::start().await;
    let mut phone = server.phone("supervisor1").await;
    let first = newest_root(&server).await;
    receipts(&mut phone, 1).await;
    let stranger = server.browser();
    let ask = async || stranger.get("/api/log/root").await;
    assert_eq!(ask().await.text(), first.compact());
    server.parts.clock.advance(Span::minutes(1));
    let second = ask().await;
    assert_eq!(verified(&server, &second.text()).payload().size, first.payload().size + 1);
    server.parts.clock.advance(Span::days(1));
    assert_eq!(ask().await.text(), second.text());
    assert_eq!(second.header("content-type"), "application/jose");
}

#[tokio::test]
async fn each_day_in_china_has_one_root_which_covers_everything_before_it_and_stays() {
    let server = Server::start().await;
    let mut phone = server.phone("supervisor1").await;
    let log = server.parts.transparency.clone();
    let mut dates = Vec::new();
    for _ in 0..3 {
        let last = receipts(&mut phone, 3).await.remove(2);
        log.sign_daily_root().await.unwrap();
        let today = server.parts.clock.now().date();
        let kept = log.daily_root(today).await.unwrap().unwrap();
        assert_eq!(kept.root.payload().size, last.receipt().position);
        assert!(kept.root.payload().at >= last.receipt().received);
        receipts(&mut phone, 1).await;
        log.sign_daily_root().await.unwrap();
        let again = log.daily_root(today).await.unwrap().unwrap();
        assert_eq!(again.root.compact(), kept.root.compact());
        dates.push(today);
        server.parts.clock.advance(Span::days(1));
    }
    let stranger = server.browser();
    let page: DailyRoots = stranger.get("/api/log/roots?limit=2").await.json();
    assert_eq!((page.roots.len(), page.more), (2, More::Yes));
    let rest: DailyRoots = stranger.get(&format!("/api/log/roots?after={}", dates[1])).await.json();
    assert_eq!((rest.roots.len(), rest.more), (1, More::No));
    for (root, date) in page.roots.iter().chain(&rest.roots).zip(&dates) {
        assert_eq!((root.date, root.time_stamp), (*date, TimeStamping::Unstamped));
        assert_eq!(verified(&server, &root.root).payload().at.date(), *date);
        let alone = stranger.get(&format!("/api/log/roots/{date}")).await;
        assert_eq!((alone.text(), alone.header("content-type")), (root.root.clone(), "application/jose"));
        assert!(alone.header("cache-control").contains("immutable"));
        let stamp = stranger.get(&format!("/api/log/roots/{date}/time-stamp")).await;
        assert_eq!(stamp.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_tree_of_a_thousand_leaves_is_the_same_after_a_restart_in_the_middle() {
    let server = Server::start().await;
    let database = rusqlite::Connection::open(server.folder().join("ledger.sqlite")).unwrap();
    let last = server.parts.store.read(|tables| tables.last_position()).await.unwrap();
    // Receipts of entries that nobody wrote: only the tree is looked at.
    let insert = "WITH RECURSIVE n (i) AS (SELECT ?1 + 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
         INSERT INTO entries (id, device, seq, hash, actor, compact, arrived, state, position, receipt)
         SELECT 'x' || i, (SELECT device FROM entries LIMIT 1), i + 9999, randomblob(32), '', '', 0, 'in_ledger', i,
                'receipt ' || i FROM n";
    assert_eq!(database.execute(insert, [i64::try_from(last).unwrap()]).unwrap() as u64, 1000 - last);
    let before = newest_root(&server).await;
    let forgotten = "DELETE FROM tree_nodes WHERE (place + 1) * (1 << level) > 300";
    assert!(database.execute(forgotten, []).unwrap() > 700);
    drop(database);
    let server = server.restarted().await;
    assert_eq!(server.parts.store.read(|tables| tables.tree_size()).await.unwrap(), 300);
    server.parts.transparency.catch_up().await.unwrap();
    let after = newest_root(&server).await;
    assert_eq!((after.payload().size, after.payload().root), (1000, before.payload().root));
}

#[tokio::test]
async fn questions_that_have_no_answer_are_refused_by_number() {
    let server = Server::start().await;
    let stranger = server.browser();
    let size = newest_root(&server).await.payload().size;
    let number = async |path: String| stranger.get(&path).await.problem().number();
    for query in ["position=0&size=1", "position=2&size=1", "position=1", "size=1", "position=-1&size=1", ""]
    {
        assert_eq!(number(format!("/api/log/inclusion?{query}")).await, "400.2", "{query}");
    }
    for query in ["from=0&to=1", "from=2&to=1", "from=1&to=x", "from=1&to=99999999999999999999"] {
        assert_eq!(number(format!("/api/log/consistency?{query}")).await, "400.2", "{query}");
    }
    assert_eq!(number(format!("/api/log/inclusion?position=1&size={}", size + 1)).await, "404.1");
    assert_eq!(number(format!("/api/log/consistency?from=1&to={}", u64::MAX)).await, "404.1");
    assert_eq!(number("/api/log/roots?after=yesterday".to_owned()).await, "400.2");
    for date in ["2026-02-30", "yesterday", &Date::new(1999, 1, 1).unwrap().to_string()] {
        assert_eq!(number(format!("/api/log/roots/{date}")).await, "404.1", "{date}");
        assert_eq!(number(format!("/api/log/roots/{date}/time-stamp")).await, "404.1", "{date}");
    }
}
