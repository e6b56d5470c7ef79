//! Photos: shown to those who may see a record that names them, and completing the entries that wait for them.

use axum::http::{Method, StatusCode};
use xunan_core::digest::Digest;
use xunan_core::ledger::Row;

use crate::support::{Browser, Server, fresh_jpeg, metadata};

async fn upload(browser: &Browser, jpeg: &[u8]) -> Digest {
    let (digest, length) = (Digest::of(jpeg), jpeg.len().to_string());
    let promise = metadata(&digest);
    let headers = [
        ("tus-resumable", "1.0.0"),
        ("upload-length", &*length),
        ("upload-metadata", &*promise),
        ("content-type", "application/offset+octet-stream"),
    ];
    let answer = browser.send(Method::POST, "/api/photos", &headers, jpeg.to_vec()).await;
    assert_eq!(
        (answer.status, answer.header("upload-offset")),
        (StatusCode::CREATED, &*length),
        "{}",
        answer.text()
    );
    digest
}

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
            Row::Hazard { hazard } if hazard.place == "二层楼梯口" => Some(hazard),
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
