//! Pushing: idempotent, tolerant of order, and deaf to anything that is not authentic.

use axum::http::StatusCode;
use xunan_core::clock::Span;
use xunan_core::ledger::Row;
use xunan_core::log::{Body, Effect, SignatureVerdict};
use xunan_core::problem::Problem;
use xunan_core::sync::Outcome;
use xunan_server::keys::Verifier;

use crate::support::{Phone, Server, facility, now, receipt, refusal};

fn registered(division: &str) -> Body {
    Body::FacilityRegistered(facility(division))
}

#[tokio::test]
async fn an_entry_gets_a_receipt_that_anybody_can_verify_and_a_row_that_others_see() {
    let server = Server::start().await;
    let mut phone = server.phone("supervisor1").await;
    let card = facility("999901003");
    let entry = phone.sign(&Body::FacilityRegistered(card.clone()));
    let answer = phone.push(&[&entry]).await;
    assert_eq!((answer.head.seq, answer.head.hash), (1, Some(entry.hash())));
    let signed = receipt(&answer.entries[0].outcome);
    assert_eq!(signed.receipt().hash, entry.hash());
    assert_eq!(signed.receipt().effect, Effect::Taken);
    assert_eq!(signed.receipt().clock, None);
    let keys = server.browser().get("/.well-known/jwks.json").await.json::<serde_json::Value>();
    let key = serde_json::from_value(keys["keys"][0].clone()).unwrap();
    assert_eq!(signed.verify(&key, &Verifier), SignatureVerdict::Fits);
    let seen = server.signed_in("inspector1").await.rows().await;
    assert!(seen.contains(&Row::Facility(card)));
}

#[tokio::test]
async fn pushing_again_changes_nothing_and_answers_the_same() {
    let server = Server::start().await;
    let mut phone = server.phone("supervisor1").await;
    let entry = phone.sign(&registered("999901"));
    let first = phone.push_one(&entry).await;
    for _ in 0..5 {
        assert_eq!(phone.push_one(&entry).await, first);
    }
    let thrice = phone.push(&[&entry, &entry, &entry]).await;
    assert!(thrice.entries.iter().all(|pushed| pushed.outcome == first));
    assert_eq!(
        server.parts.store.read(|tables| tables.last_position()).await.unwrap(),
        receipt(&first).receipt().position
    );
}

#[tokio::test]
async fn fifty_pushes_at_once_make_one_record() {
    let server = Server::start().await;
    let mut phone = server.phone("supervisor1").await;
    let before = server.parts.store.read(|tables| tables.last_position()).await.unwrap();
    let entry = phone.sign(&registered("999901"));
    let mut pushes = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let (browser, device, text) = (phone.browser.clone(), phone.device, entry.compact().to_owned());
        pushes.spawn(async move {
            let push = xunan_core::sync::Push { device, entries: vec![text], page: None };
            browser.post("/api/push", &push).await.json::<xunan_core::sync::PushAnswer>().entries[0]
                .outcome
                .clone()
        });
    }
    let outcomes = pushes.join_all().await;
    assert!(outcomes.iter().all(|outcome| *outcome == outcomes[0]));
    assert_eq!(receipt(&outcomes[0]).receipt().position, before + 1);
    assert_eq!(server.parts.store.read(|tables| tables.last_position()).await.unwrap(), before + 1);
}

#[tokio::test]
async fn the_same_id_with_other_bytes_overwrites_nothing() {
    let server = Server::start().await;
    let mut phone = server.phone("supervisor1").await;
    let first = phone.sign(&registered("999901"));
    let kept = phone.push_one(&first).await;
    let id = first.entry().id;
    let other = phone.sign_as(Default::default(), id, now(), &registered("999901"));
    assert_eq!(refusal(phone.push_one(&other).await), Problem::SameIdOtherBytes { entry: id });
    assert_eq!(phone.push_one(&first).await, kept);
}

#[tokio::test]
async fn entries_ahead_of_a_gap_wait_and_are_released_when_it_is_filled() {
    let server = Server::start().await;
    let mut phone = server.phone("supervisor1").await;
    let entries: Vec<_> = (0..4).map(|_| phone.sign(&registered("999901"))).collect();
    assert!(matches!(phone.push_one(&entries[0]).await, Outcome::Receipted { .. }));
    for late in [3, 2] {
        assert_eq!(phone.push_one(&entries[late]).await, Outcome::AwaitingEarlier { have_seq: 1 });
    }
    let answer = phone.push(&[&entries[1]]).await;
    assert_eq!((answer.head.seq, answer.head.hash), (4, Some(entries[3].hash())));
    for entry in &entries {
        assert_eq!(receipt(&phone.push_one(entry).await).receipt().effect, Effect::Taken);
    }
}

#[tokio::test]
async fn a_fork_is_kept_without_effect_and_blocks_nothing() {
    let server = Server::start().await;
    let mut phone = server.phone("supervisor1").await;
    let first = phone.sign(&registered("999901"));
    let id = xunan_core::ids::EntryId::from_parts(now(), xunan_server::clock::id_entropy().unwrap());
    let fork = phone.sign_as(Default::default(), id, now(), &registered("999901"));
    phone.push_one(&first).await;
    let effect = receipt(&phone.push_one(&fork).await).receipt().effect.clone();
    assert_eq!(effect, Effect::None { problem: Problem::ChainForked { seq: 1 } });
    let next = phone.sign(&registered("999901"));
    assert_eq!(receipt(&phone.push_one(&next).await).receipt().effect, Effect::Taken);
}

#[tokio::test]
async fn what_is_not_authentic_is_refused_and_the_rest_goes_on() {
    let server = Server::start().await;
    let mut phone = server.phone("supervisor1").await;
    let stranger = server.phone("supervisor1").await;
    let good = phone.sign(&registered("999901"));
    let mut forged = good.compact().to_owned();
    let last = forged.pop().unwrap();
    forged.push(if last == 'A' { 'Q' } else { 'A' });
    // Signed by another key in this device's name.
    let other_key = Phone { device: phone.device, ..stranger };
    let other = other_key.sign_as(Default::default(), good.entry().id, now(), &registered("999901"));
    let texts =
        vec![forged, other.compact().to_owned(), "no.entry.at-all".to_owned(), good.compact().to_owned()];
    let answer: xunan_core::sync::PushAnswer = phone.push_texts(texts).await.json();
    let mut outcomes = answer.entries.into_iter().map(|pushed| pushed.outcome);
    assert!(matches!(refusal(outcomes.next().unwrap()), Problem::BadSignature | Problem::NotAnEntry { .. }));
    assert_eq!(refusal(outcomes.next().unwrap()), Problem::BadSignature);
    assert!(matches!(refusal(outcomes.next().unwrap()), Problem::NotAnEntry { .. }));
    assert!(matches!(outcomes.next().unwrap(), Outcome::Receipted { .. }));
}

#[tokio::test]
async fn a_revoked_device_is_heard_no_more_but_what_it_wrote_before_stays() {
    let server = Server::start().await;
    let mut phone = server.phone("supervisor1").await;
    let (before, after) = (phone.sign(&registered("999901")), phone.sign(&registered("999901")));
    let kept = phone.push_one(&before).await;
    let device = phone.device;
    let now = server.parts.clock.now();
    server.parts.store.write(move |tables| tables.revoke_device(device, now)).await.unwrap();
    assert_eq!(phone.push_one(&before).await, kept);
    assert_eq!(refusal(phone.push_one(&after).await), Problem::DeviceRevoked { device });
    assert_eq!(phone.show_key().await.problem(), Problem::DeviceRevoked { device });
}

#[tokio::test]
async fn a_device_serves_those_who_enrolled_it() {
    let server = Server::start().await;
    let phone = server.phone("supervisor1").await;
    let colleague = Phone { browser: server.signed_in("inspector1").await, ..phone };
    let unknown = Problem::DeviceUnknown { device: colleague.device };
    assert_eq!(colleague.push_texts(Vec::new()).await.problem(), unknown);
    assert_eq!(colleague.show_key().await.status, StatusCode::OK);
    assert_eq!(colleague.push_texts(Vec::new()).await.status, StatusCode::OK);
    let other_key = Phone { device: colleague.device, ..server.phone("supervisor1").await };
    assert_eq!(other_key.show_key().await.problem(), Problem::NotAllowed);
}

#[tokio::test]
async fn an_act_without_the_right_is_kept_without_effect() {
    let server = Server::start().await;
    for (login, division) in
        [("inspector1", "999901"), ("supervisor2", "999901003"), ("institution1", "999901001")]
    {
        let mut phone = server.phone(login).await;
        let entry = phone.sign(&registered(division));
        let effect = receipt(&phone.push_one(&entry).await).receipt().effect.clone();
        assert_eq!(effect, Effect::None { problem: Problem::NotAllowed }, "{login}");
    }
}

#[tokio::test]
async fn a_clock_three_years_off_is_flagged_and_keeps_nothing_out() {
    let server = Server::start().await;
    let mut phone = server.phone("supervisor1").await;
    for days in [-3 * 365, 3 * 365] {
        let entry = phone.sign_at(now().plus(Span::days(days)), &registered("999901"));
        let signed = receipt(&phone.push_one(&entry).await);
        assert_eq!(signed.receipt().effect, Effect::Taken);
        assert!(signed.receipt().clock.is_some(), "{days}");
    }
}

#[tokio::test]
async fn bodies_that_nobody_can_use_are_numbered_problems() {
    let server = Server::start().await;
    let phone = server.phone("supervisor1").await;
    let push = async |bytes: Vec<u8>| phone.browser.post_bytes("/api/push", bytes).await.problem().number();
    let ten_megabytes =
        format!(r#"{{"device":"{}","entries":["{}"]}}"#, phone.device, "x".repeat(10_000_000));
    assert_eq!(push(ten_megabytes.into_bytes()).await, "413.1");
    assert_eq!(push(b"{\"device\":\"\xff\xfe\"}".to_vec()).await, "400.1");
    assert_eq!(push(b"{\"device\":".to_vec()).await, "400.1");
    assert_eq!(push(b"[1,2]".to_vec()).await, "400.2");
    assert_eq!(push(format!(r#"{{"device":"{}"}}"#, phone.device).into_bytes()).await, "400.2");
    let too_many = vec!["x".to_owned(); 51];
    assert_eq!(phone.push_texts(too_many).await.problem().number(), "400.2");
    let long = vec!["x".repeat(xunan_core::log::SignedEntry::MAX_BYTES + 1)];
    let answer: xunan_core::sync::PushAnswer = phone.push_texts(long).await.json();
    assert_eq!(refusal(answer.entries[0].outcome.clone()).number(), "413.1");
    let form = phone
        .browser
        .send(axum::http::Method::POST, "/api/push", &[("content-type", "text/plain")], "{}")
        .await;
    assert_eq!(form.problem().number(), "400.1");
}
