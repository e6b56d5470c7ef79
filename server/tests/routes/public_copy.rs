//! Copies of photos for the public: who may make one, of what, and who sees it.

use axum::http::StatusCode;
use xunan_core::clock::Instant;
use xunan_core::digest::Digest;
use xunan_core::evidence::{PhotoManifest, PublicCopy, Shape};
use xunan_core::ids::PhotoId;
use xunan_core::ledger::{PublicCopyCard, Row, VisitCard};
use xunan_core::log::{Body, Effect, SignedEntry};
use xunan_core::problem::Problem;
use xunan_core::sync::{KeptEntry, Outcome};
use xunan_server::clock::id_entropy;

use crate::support::{Phone, Server, fresh_jpeg, now, receipt, upload};

/// A visit of the first home of 999901001, with a photo of its record.
async fn a_visit_with_a_photo(server: &Server) -> (VisitCard, PhotoManifest) {
    let supervisor = server.signed_in("supervisor1").await;
    for row in supervisor.rows().await {
        let Row::Visit(visit) = row else { continue };
        let visit = visit.get().unwrap();
        let kept: KeptEntry = supervisor.get(&format!("/api/entries/{}", visit.entry)).await.json();
        let entry = SignedEntry::parse(&kept.entry).unwrap();
        let Ok(Body::VisitSigned(record)) = entry.body() else { panic!("not a visit") };
        if let (true, Some(photo)) =
            (visit.facility_name.contains("第一养老院"), record.content().photos.first())
        {
            return (visit.clone(), photo.clone());
        }
    }
    panic!("no visit of the home has a photo");
}

fn copy_of(visit: &VisitCard, photo: &PhotoManifest, jpeg: &[u8]) -> PublicCopy {
    PublicCopy {
        visit: visit.id,
        photo: photo.id,
        source: photo.stored,
        id: PhotoId::from_parts(now(), id_entropy().unwrap()),
        digest: Digest::of(jpeg),
        size_bytes: jpeg.len() as u64,
        width_px: 8,
        height_px: 8,
        shapes: vec![Shape::Box { from: (100, 100), to: (300, 300) }],
        reason: String::new(),
    }
}

async fn effect(phone: &mut Phone, copy: PublicCopy) -> Effect {
    let entry = phone.sign(&Body::PhotoRedacted(Box::new(copy)));
    receipt(&phone.push_one(&entry).await).receipt().effect.clone()
}

fn copies(rows: Vec<Row>) -> Vec<PublicCopyCard> {
    rows.into_iter()
        .filter_map(|row| if let Row::PublicCopy(copy) = row { copy.get().cloned() } else { None })
        .collect()
}

#[tokio::test]
async fn a_copy_waits_for_its_bytes_and_is_then_shown_where_the_record_is_the_newest_alone() {
    let server = Server::start().await;
    let (visit, photo) = a_visit_with_a_photo(&server).await;
    let mut phone = server.phone("supervisor1").await;
    let original = phone.browser.get(&format!("/api/photos/{}", photo.stored.hex())).await.body;
    let [first, second] = [fresh_jpeg(), fresh_jpeg()];
    let entry = phone.sign(&Body::PhotoRedacted(Box::new(copy_of(&visit, &photo, &first))));
    let missing = vec![Digest::of(&first)];
    assert_eq!(phone.push_one(&entry).await, Outcome::AwaitingPhotos { missing });
    assert_eq!(copies(phone.browser.rows().await), []);
    upload(&phone.browser, &first).await;
    let signed = receipt(&phone.push_one(&entry).await);
    assert_eq!(
        (&signed.receipt().effect, &*signed.receipt().photos),
        (&Effect::Taken, &[Digest::of(&first)][..])
    );

    let path = format!("/api/photos/{}", Digest::of(&first).hex());
    for (login, status) in [
        ("supervisor1", 200),
        ("inspector1", 200),
        ("institution1", 200),
        ("institution2", 404),
        ("supervisor2", 404),
        ("inspector3", 404),
    ] {
        let browser = server.signed_in(login).await;
        assert_eq!(browser.get(&path).await.status.as_u16(), status, "{login}");
        let entry = format!("/api/entries/{}", entry.entry().id);
        assert_eq!(browser.get(&entry).await.status.as_u16(), status, "{login}");
        let seen = copies(browser.rows().await);
        assert_eq!(seen.len(), usize::from(status == 200), "{login}");
        assert!(seen.iter().all(|copy| (copy.photo, copy.digest) == (photo.id, Digest::of(&first))));
    }
    assert_eq!(server.browser().get(&path).await.status, StatusCode::UNAUTHORIZED);

    upload(&phone.browser, &second).await;
    assert_eq!(effect(&mut phone, copy_of(&visit, &photo, &second)).await, Effect::Taken);
    let seen = copies(phone.browser.rows().await);
    assert_eq!(seen.iter().map(|copy| copy.digest).collect::<Vec<_>>(), [Digest::of(&second)]);
    let after = phone.browser.get(&format!("/api/photos/{}", photo.stored.hex())).await.body;
    assert_eq!(Digest::of(&after), photo.stored);
    assert_eq!(after, original, "the photo itself is as it was");
}

#[tokio::test]
async fn a_copy_of_what_the_record_does_not_name_or_by_somebody_else_is_kept_without_effect() {
    let server = Server::start().await;
    let (visit, photo) = a_visit_with_a_photo(&server).await;
    let jpeg = fresh_jpeg();
    let copy = || copy_of(&visit, &photo, &jpeg);
    let inconsistent = |detail: &str| Problem::RecordInconsistent { detail: detail.to_owned() };
    let stranger = PhotoId::from_parts(Instant::from_unix_millis(0), id_entropy().unwrap());
    for (login, copy, problem) in [
        ("institution1", copy(), Problem::NotAllowed),
        ("admin1", copy(), Problem::NotAllowed),
        ("supervisor2", copy(), Problem::NotAllowed),
        (
            "supervisor1",
            PublicCopy { photo: stranger, ..copy() },
            inconsistent("the record names no such photo"),
        ),
        (
            "inspector1",
            PublicCopy { source: Digest::of(b"other"), ..copy() },
            inconsistent("the copy is one of another photo"),
        ),
    ] {
        let mut phone = server.phone(login).await;
        upload(&phone.browser, &jpeg).await;
        assert_eq!(effect(&mut phone, copy).await, Effect::None { problem }, "{login}");
    }
    assert_eq!(copies(server.signed_in("supervisor1").await.rows().await), []);
}
