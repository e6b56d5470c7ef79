//! Photos: shown to those who may see a record that names them, and completing the entries that wait for them.

use axum::http::StatusCode;
use xunan_core::access::Role;
use xunan_core::digest::Digest;
use xunan_core::ids::FacilityId;
use xunan_core::ledger::Row;
use xunan_core::log::{Body, SignedEntry};
use xunan_core::sync::{KeptEntry, Outcome};
use xunan_server::clock::id_entropy;

use crate::accounts::somebody;
use crate::support::{Server, fresh_jpeg, now, receipt, upload};

#[tokio::test]
async fn a_photo_is_shown_to_its_uploader_and_to_those_who_see_a_record_with_it() {
    let server = Server::start().await;
    let mine = server.signed_in("inspector3").await;
    let jpeg = fresh_jpeg();
    let digest = upload(&mine, &jpeg).await;
    let path = format!("/api/photos/{}", digest.hex());
    let shown = mine.get(&path).await;
    assert_eq!(shown.body, jpeg);
    for (name, value) in [
        ("content-type", "image/jpeg"),
        ("content-disposition", "inline"),
        ("content-security-policy", "sandbox; default-src 'none'"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "private, max-age=31536000, immutable"),
    ] {
        assert_eq!(shown.header(name), value);
    }
    for login in ["inspector1", "supervisor1", "institution1"] {
        assert_eq!(server.signed_in(login).await.get(&path).await.status, StatusCode::NOT_FOUND, "{login}");
    }
    // Asking to upload the same shows that it is here, and gives no right to see it.
    let stranger = server.signed_in("institution1").await;
    upload(&stranger, &jpeg).await;
    assert_eq!(stranger.get(&path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_photos_of_a_hazard_are_shown_where_the_hazard_is() {
    let server = Server::start().await;
    let supervisor = server.signed_in("supervisor1").await;
    let hazard = supervisor
        .rows()
        .await
        .into_iter()
        .find_map(|row| match row {
            Row::Hazard(hazard) if hazard.place == "二层楼梯口" => Some(hazard),
            _ => None,
        })
        .unwrap();
    let path = format!("/api/photos/{}", hazard.photos[0].1.hex());
    for (login, status) in [
        ("supervisor1", 200),
        ("inspector2", 200),
        ("institution1", 200),
        ("institution2", 404),
        ("supervisor2", 404),
    ] {
        assert_eq!(server.signed_in(login).await.get(&path).await.status.as_u16(), status, "{login}");
    }
}

/// A record that names these photos: one of the demo's, with two of its photos exchanged. Its signatures are over
/// other content, so it has no effect; how photos complete an entry does not ask for that.
async fn record_naming(server: &Server, photos: &[Vec<u8>]) -> Body {
    let supervisor = server.signed_in("supervisor1").await;
    let visit = supervisor.rows().await.into_iter().find_map(|row| match row {
        Row::Visit(visit) => visit.get().map(|visit| visit.entry),
        _ => None,
    });
    let kept: KeptEntry = supervisor.get(&format!("/api/entries/{}", visit.unwrap())).await.json();
    let entry = SignedEntry::parse(&kept.entry).unwrap();
    let mut json: serde_json::Value = serde_json::from_str(entry.entry().body.get()).unwrap();
    for (number, photo) in photos.iter().enumerate() {
        let manifest = &mut json["content"]["photos"][number];
        manifest["stored"] = serde_json::to_value(Digest::of(photo)).unwrap();
        manifest["stored_bytes"] = photo.len().into();
    }
    Body::VisitSigned(Box::new(serde_json::from_value(json).unwrap()))
}

#[tokio::test]
async fn a_photo_of_a_revisit_is_shown_where_its_hazard_is() {
    let server = Server::start().await;
    let mut phone = server.phone("inspector1").await;
    let hazard = phone.browser.rows().await.into_iter().find_map(|row| match row {
        Row::Hazard(hazard) => Some(hazard),
        _ => None,
    });
    let hazard = hazard.unwrap();
    let jpeg = fresh_jpeg();
    let digest = upload(&phone.browser, &jpeg).await;
    let Body::VisitSigned(record) = record_naming(&server, &[jpeg]).await else { unreachable!() };
    let mut json = serde_json::to_value(record).unwrap();
    let content = &mut json["content"];
    let photo = content["photos"][0]["id"].clone();
    content["findings"] = serde_json::json!([]);
    content["revisits"] =
        serde_json::json!({ hazard.id.to_string(): { "outcome": "still_there", "photos": [photo] } });
    let entry = phone.sign(&Body::VisitSigned(Box::new(serde_json::from_value(json).unwrap())));
    receipt(&phone.push_one(&entry).await);

    let region = hazard.division.as_str();
    let other = FacilityId::from_parts(now(), id_entropy().unwrap());
    for (login, facility, status) in [("staff", hazard.facility, 200), ("other-staff", other, 404)] {
        somebody(&server, login, region, Role::Staff { facility }).await;
        let browser = server.signed_in(login).await;
        let path = format!("/api/photos/{}", digest.hex());
        assert_eq!(browser.get(&path).await.status.as_u16(), status, "{login}");
    }
}

#[tokio::test]
async fn the_last_photo_completes_an_entry_and_others_behind_it_did_not_wait() {
    let server = Server::start().await;
    let mut phone = server.phone("inspector1").await;
    let photos = [fresh_jpeg(), fresh_jpeg()];
    let entry = phone.sign(&record_naming(&server, &photos).await);
    let behind = phone.sign(&record_naming(&server, &[]).await);
    let digests = photos.each_ref().map(|photo| Digest::of(photo));
    assert_eq!(phone.push_one(&entry).await, Outcome::AwaitingPhotos { missing: digests.to_vec() });
    let first = receipt(&phone.push_one(&behind).await).receipt().position;
    upload(&phone.browser, &photos[0]).await;
    assert_eq!(phone.push_one(&entry).await, Outcome::AwaitingPhotos { missing: vec![digests[1]] });
    upload(&phone.browser, &photos[1]).await;
    let signed = receipt(&phone.push_one(&entry).await);
    assert_eq!(signed.receipt().position, first + 1);
    assert!(digests.iter().all(|digest| signed.receipt().photos.contains(digest)));
    let kept: KeptEntry = phone.browser.get(&format!("/api/entries/{}", entry.entry().id)).await.json();
    assert_eq!((&*kept.entry, kept.receipt.as_deref()), (entry.compact(), Some(signed.compact())));
    assert!(kept.photos.iter().all(|photo| photo.size_bytes.is_some()));
}

#[tokio::test]
async fn photos_that_no_entry_names_are_swept_after_a_month_and_the_named_stay() {
    let server = Server::start().await;
    let mut phone = server.phone("inspector1").await;
    let (named, forsaken) = (fresh_jpeg(), fresh_jpeg());
    let entry = phone.sign(&record_naming(&server, std::slice::from_ref(&named)).await);
    phone.push_one(&entry).await;
    for photo in [&named, &forsaken] {
        upload(&phone.browser, photo).await;
    }
    let now = server.parts.clock.now();
    assert_eq!(server.parts.intake.sweep(now).await.unwrap(), 0);
    let later = now.plus(xunan_core::clock::Span::days(31));
    assert_eq!(server.parts.intake.sweep(later).await.unwrap(), 1);
    let status = async |photo: &[u8]| {
        phone.browser.get(&format!("/api/photos/{}", Digest::of(photo).hex())).await.status
    };
    assert_eq!((status(&named).await, status(&forsaken).await), (StatusCode::OK, StatusCode::NOT_FOUND));
    upload(&phone.browser, &forsaken).await;
    assert_eq!(status(&forsaken).await, StatusCode::OK);
}
