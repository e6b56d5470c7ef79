//! Pictures of what is public: from when an office showed one until it withdraws the case, and never the photo itself.

use axum::http::StatusCode;
use xunan_core::digest::Digest;
use xunan_core::evidence::Shape;
use xunan_core::ids::{EntryId, PhotoId, SnapId};
use xunan_core::log::{Effect, SnapBody};
use xunan_core::problem::{Problem, StepRefusal};
use xunan_core::snap::{CaseNumber, Command, PublicPhoto, SnapPhoto, Step};
use xunan_core::sync::Outcome;
use xunan_server::clock::id_entropy;
use xunan_server::rebuild::rebuild;

use super::plaza::notice;
use super::{card, report, step};
use crate::support::{Phone, Server, fresh_jpeg, jpeg, now, receipt, upload};

/// A public report with a photo, its publication and the office.
async fn published(server: &Server) -> (SnapId, SnapPhoto, EntryId, Phone) {
    report(&server.browser(), &[], &[jpeg()]).await;
    let (snap, mut office) = (card(server).await.id(), server.phone("supervisor1").await);
    assert_eq!(step(&mut office, snap, Command::Accept).await, Effect::Taken);
    let publication = publish(server, &mut office, snap).await;
    (snap, card(server).await.report.photos[0].clone(), publication, office)
}

async fn publish(server: &Server, office: &mut Phone, snap: SnapId) -> EntryId {
    let after = card(server).await.life.stage.entry().unwrap();
    let publish = Command::Publish { after, notice: notice("通道被堵", "") };
    assert_eq!(step(office, snap, publish).await, Effect::Taken);
    card(server).await.life.publication.unwrap().mark.entry
}

fn picture(of: &SnapPhoto, jpeg: &[u8]) -> PublicPhoto {
    PublicPhoto {
        photo: of.id,
        source: of.stored,
        id: PhotoId::from_parts(now(), id_entropy().unwrap()),
        digest: Digest::of(jpeg),
        size_bytes: jpeg.len() as u64,
        width_px: 8,
        height_px: 8,
        shapes: vec![Shape::Box { from: (100, 100), to: (300, 300) }],
    }
}

/// Shows a picture, which is uploaded first.
async fn show(
    office: &mut Phone,
    snap: SnapId,
    publication: EntryId,
    photo: PublicPhoto,
    jpeg: &[u8],
) -> Effect {
    upload(&office.browser, jpeg).await;
    step(office, snap, Command::ShowPhoto { publication, photo }).await
}

fn address(snap: SnapId, place: &str) -> String {
    format!("/snap/plaza/{}/pictures/{place}", CaseNumber::of(snap))
}

#[tokio::test]
async fn a_picture_is_everybodys_once_its_bytes_and_its_step_are_there_and_until_the_case_is_withdrawn() {
    let server = Server::start().await;
    let (snap, photo, publication, mut office) = published(&server).await;
    let (citizen, made) = (server.browser(), fresh_jpeg());
    let nothing = citizen.get(&address(snap, "1")).await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND);

    let command = Command::ShowPhoto { publication, photo: picture(&photo, &made) };
    let entry = office.sign(&SnapBody::Stepped(Box::new(Step { snap, command })));
    let missing = vec![Digest::of(&made)];
    assert_eq!(office.push_one(&entry).await, Outcome::AwaitingPhotos { missing });
    assert_eq!(
        citizen.get(&address(snap, "1")).await.status,
        StatusCode::NOT_FOUND,
        "its bytes are not there"
    );
    upload(&office.browser, &made).await;
    assert_eq!(receipt(&office.push_one(&entry).await).receipt().effect, Effect::Taken);

    let page = citizen.get(&format!("/snap/plaza/{}", CaseNumber::of(snap))).await.text();
    assert!(page.contains(&format!("src=\"{}\"", address(snap, "1"))), "{page}");
    for hidden in [photo.stored.hex(), photo.id.to_string(), Digest::of(&made).hex()] {
        assert!(!page.contains(&hidden), "{hidden}");
    }
    let shown = citizen.get(&address(snap, "1")).await;
    assert_eq!((shown.status, shown.header("content-type")), (StatusCode::OK, "image/jpeg"));
    assert_eq!(shown.body, made);
    for place in ["0", "2", "-1", "x", "99999999999999999999"] {
        assert_eq!(citizen.get(&address(snap, place)).await.status, StatusCode::NOT_FOUND, "{place}");
    }
    for original in [photo.stored, Digest::of(&made)] {
        let answer = citizen.get(&format!("/api/photos/{}", original.hex())).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "photos themselves are for those who signed in");
    }

    rebuild(&server.parts.store, &server.parts.packs).await.unwrap();
    assert_eq!(citizen.get(&address(snap, "1")).await.body, made, "made again from the entries");

    let withdraw = Command::Withdraw { publication, words: "误发".to_owned() };
    assert_eq!(step(&mut office, snap, withdraw).await, Effect::Taken);
    let gone = citizen.get(&address(snap, "1")).await;
    assert_eq!((gone.status, gone.body), (nothing.status, nothing.body), "as if there had been none");
    publish(&server, &mut office, snap).await;
    assert_eq!(
        citizen.get(&address(snap, "1")).await.status,
        StatusCode::NOT_FOUND,
        "it is to be shown anew"
    );
}

#[tokio::test]
async fn nobody_else_shows_a_picture_and_no_office_shows_the_photo_itself() {
    let server = Server::start().await;
    let (snap, photo, publication, mut office) = published(&server).await;
    let made = fresh_jpeg();
    for login in ["inspector1", "institution1", "admin1", "supervisor2", "reward1"] {
        let mut phone = server.phone(login).await;
        let effect = show(&mut phone, snap, publication, picture(&photo, &made), &made).await;
        assert!(matches!(effect, Effect::None { .. }), "{login}: {effect:?}");
    }
    let itself = office.browser.get(&format!("/api/photos/{}", photo.stored.hex())).await.body;
    let effect = show(&mut office, snap, publication, picture(&photo, &itself), &itself).await;
    let same = Problem::RecordInconsistent { detail: "the copy is the photo itself".to_owned() };
    assert_eq!(effect, Effect::None { problem: same });
    let stale = card(&server).await.life.stage.entry().unwrap();
    let effect = show(&mut office, snap, stale, picture(&photo, &made), &made).await;
    assert_eq!(effect, Effect::None { problem: Problem::StepRefused { why: StepRefusal::MovedOn } });
    assert_eq!(server.browser().get(&address(snap, "1")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn whoever_asks_for_pictures_without_end_is_told_when_to_come_again() {
    let server = Server::start().await;
    let browser = server.browser();
    let path = "/snap/plaza/20261129-AAAAAA/pictures/1";
    for _ in 0..300 {
        assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND);
    }
    let later = browser.get(path).await;
    assert_eq!(later.status, StatusCode::TOO_MANY_REQUESTS);
    let seconds: u32 = later.header("retry-after").parse().unwrap();
    assert!((1..=3600).contains(&seconds), "{seconds}");
    assert_eq!(browser.get("/snap/plaza").await.status, StatusCode::OK, "pages are read as before");
}
