//! The transparency log, checked by programs that are not ours: a JOSE library reads the roots, ct-merkle follows the
//! proofs, and so does sha256sum, by the words of `docs/transparency-log.md`.

use std::process::Stdio;
use std::time::Duration;

use ct_merkle::RootHash;
use sha2::Sha256;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;
use xunan_core::facility::{Facility, FacilityType};
use xunan_core::ids::FacilityId;
use xunan_core::log::tree_proof::{ConsistencyProof, InclusionProof};
use xunan_core::log::{Body, Root, SignedReceipt, SignedRoot};
use xunan_core::sync::{DailyRoots, Outcome};
use xunan_e2e::demo;
use xunan_e2e::http::Http;
use xunan_e2e::phone::{Phone, now};
use xunan_e2e::server::Server;

use crate::outsiders::verified_by_jwcrypto;

#[tokio::test(flavor = "multi_thread")]
async fn programs_that_are_not_ours_follow_every_proof_also_after_the_server_was_killed() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Server::start(&data.path().join("data")).await;
    let mut phone = Phone::enrolled(server.port(), demo::SUPERVISOR, demo::PASSWORD, 9).await;
    let stranger = Http::to_port(server.port());
    let of_the_day = root_of_the_day(&stranger).await;
    let receipts = receipts_of_new_facilities(&mut phone, 5).await;
    let newest = newest_root(&stranger).await;
    assert_eq!(newest.payload().size, receipts[4].receipt().position);

    let keys: serde_json::Value = stranger.get("/.well-known/jwks.json").await.json();
    let payload = verified_by_jwcrypto(data.path(), &keys["keys"][0].to_string(), newest.compact()).await;
    assert_eq!(payload["root"], newest.payload().root.to_string());

    follow_consistency(&stranger, of_the_day.payload(), newest.payload()).await;
    for receipt in &receipts {
        follow_inclusion(&stranger, receipt, newest.payload()).await;
    }

    let server = server.kill_and_restart().await;
    let stranger = Http::to_port(server.port());
    let after = newest_root(&stranger).await;
    assert!(after.payload().size >= newest.payload().size);
    follow_consistency(&stranger, newest.payload(), after.payload()).await;
    assert_eq!(root_of_the_day(&stranger).await.compact(), of_the_day.compact());
}

async fn newest_root(stranger: &Http) -> SignedRoot {
    let answer = stranger.get("/api/log/root").await;
    SignedRoot::parse(std::str::from_utf8(&answer.body).expect("a text")).expect("a root")
}

/// It is signed right after the start, not before it.
async fn root_of_the_day(stranger: &Http) -> SignedRoot {
    for _ in 0..100 {
        let daily: DailyRoots = stranger.get("/api/log/roots").await.json();
        if let Some(last) = daily.roots.last() {
            return SignedRoot::parse(&last.root).expect("a root");
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("no root of the day within 10 s");
}

async fn receipts_of_new_facilities(phone: &mut Phone, count: usize) -> Vec<SignedReceipt> {
    let mut entries = Vec::new();
    for number in 0..count {
        let facility = Facility {
            id: FacilityId::from_parts(now(), phone.entropy()),
            name: format!("某养老院{number}"),
            facility_type: FacilityType::ElderlyCare,
            division: phone.account.region.clone(),
            address: String::new(),
            credit_code: None,
            location: None,
            telephone: None,
            beds: None,
            parties: Vec::new(),
        };
        entries.push(phone.sign(&Body::FacilityRegistered(facility)));
    }
    let answer = phone.push(&entries.iter().collect::<Vec<_>>()).await.expect("the server answers");
    let receipt = |outcome: &Outcome| match outcome {
        Outcome::Receipted { receipt } => SignedReceipt::parse(receipt).expect("a receipt"),
        other => panic!("{other:?}"),
    };
    answer.entries.iter().map(|entry| receipt(&entry.outcome)).collect()
}

fn foreign_root(root: &Root) -> RootHash<Sha256> {
    RootHash::new((*root.root.bytes()).into(), root.size)
}

async fn follow_consistency(stranger: &Http, earlier: &Root, later: &Root) {
    if earlier.size == later.size {
        assert_eq!(earlier.root, later.root);
        return;
    }
    let path = format!("/api/log/consistency?from={}&to={}", earlier.size, later.size);
    let proof: ConsistencyProof = stranger.get(&path).await.json();
    let joined = proof.path.iter().flat_map(|digest| *digest.bytes()).collect();
    let proof = ct_merkle::ConsistencyProof::try_from_bytes(joined).expect("a proof");
    foreign_root(later).verify_consistency(&foreign_root(earlier), &proof).expect("the log only grew");
}

async fn follow_inclusion(stranger: &Http, receipt: &SignedReceipt, root: &Root) {
    let position = receipt.receipt().position;
    let answer = stranger.get(&format!("/api/log/inclusion?position={position}&size={}", root.size)).await;
    let proof: InclusionProof = answer.json();
    let joined = proof.path.iter().flat_map(|digest| *digest.bytes()).collect();
    let proof = ct_merkle::InclusionProof::try_from_bytes(joined).expect("a proof");
    let verdict = foreign_root(root).verify_inclusion(&receipt.compact().as_bytes(), position - 1, &proof);
    verdict.expect("the receipt is in the log");
    let forged = receipt.compact().replace('.', "_");
    assert!(foreign_root(root).verify_inclusion(&forged.as_bytes(), position - 1, &proof).is_err());
    assert!(is_in_the_log_by_hand(receipt.compact(), position, root, &answer.body).await);
    assert!(!is_in_the_log_by_hand(&forged, position, root, &answer.body).await);
}

async fn is_in_the_log_by_hand(receipt: &str, position: u64, root: &Root, proof: &[u8]) -> bool {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("receipt.jws");
    std::fs::write(&file, receipt).expect("a file");
    let mut bash = Command::new("bash")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/outside/inclusion_by_hand.sh"))
        .arg(&file)
        .args([position.to_string(), root.size.to_string(), root.root.hex()])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("bash runs");
    let mut input = bash.stdin.take().expect("stdin is piped");
    input.write_all(proof).await.expect("bash reads");
    drop(input);
    bash.wait().await.expect("bash ends").success()
}
