//! After-photos that were used before: told to whoever may see both places.

use xunan_core::access::Role;
use xunan_core::digest::Digest;
use xunan_core::evidence::{Capture, DeviceTime, FileClaims, NoPosition, PhotoManifest, Position};
use xunan_core::hazard::{Command, HazardState, Step};
use xunan_core::ids::{HazardId, PhotoId};
use xunan_core::ledger::{HazardCard, PhotoSubject, PhotoUse, Reuse, Row};
use xunan_core::log::{Body, Effect, SignedEntry};
use xunan_core::rules::Grade;
use xunan_core::sync::{KeptEntry, ReusedPhoto};
use xunan_server::clock::id_entropy;
use xunan_server::ledger_store::Tables;

use crate::support::{Phone, Server, now, patrol_that_found_one, receipt};

/// The general hazards that the supervisor sees and that somebody may still report as rectified.
async fn hazards(phone: &Phone) -> Vec<HazardCard> {
    let found = phone.browser.rows().await.into_iter().filter_map(|row| match row {
        Row::Hazard(it) if is_unrectified(it.state) && it.grade == Grade::General => Some(*it),
        _ => None,
    });
    found.collect()
}

fn is_unrectified(state: HazardState) -> bool {
    matches!(state, HazardState::Found | HazardState::Assigned | HazardState::Rectifying)
}

/// A photo of the demo's bytes, said to be of `file`.
async fn photo(phone: &Phone, hazard: &HazardCard, file: &str) -> PhotoManifest {
    let rows = phone.browser.rows().await;
    let entry = rows.iter().find_map(|row| match row {
        Row::Visit(visit) => {
            visit.get().filter(|visit| Some(visit.id) == hazard.origin.visit()).map(|visit| visit.entry)
        }
        _ => None,
    });
    let kept: KeptEntry = phone.browser.get(&format!("/api/entries/{}", entry.unwrap())).await.json();
    let signed = SignedEntry::parse(&kept.entry).unwrap();
    let Ok(Body::VisitSigned(record)) = signed.body() else { panic!("a record") };
    let capture = Capture {
        time: DeviceTime::unbounded(now()),
        position: Position::Unknown(NoPosition::Denied),
        claims: FileClaims::default(),
        steps: Vec::new(),
        likeness: format!("dhash128:{}", if file == "fresh" { "f" } else { "0" }.repeat(32)).parse().unwrap(),
        thumbnail: Digest::of(b"thumbnail"),
        original: None,
    };
    PhotoManifest {
        id: PhotoId::from_parts(now(), id_entropy().unwrap()),
        original: Digest::of(file.as_bytes()),
        capture: Some(Box::new(capture)),
        ..record.content().photos[0].clone()
    }
}

async fn submit(phone: &mut Phone, hazard: &HazardCard, photo: PhotoManifest) -> SignedEntry {
    let command = Command::Submit { note: String::new(), photos: vec![photo] };
    let entry = phone.sign(&Body::HazardStep(Box::new(Step { hazard: hazard.id, command })));
    assert_eq!(receipt(&phone.push_one(&entry).await).receipt().effect, Effect::Taken);
    entry
}

async fn reused(phone: &Phone, entry: &SignedEntry) -> Vec<ReusedPhoto> {
    phone.browser.get(&format!("/api/entries/{}/reuse", entry.entry().id)).await.json()
}

#[tokio::test]
async fn an_after_photo_of_another_hazard_or_of_before_is_told_and_a_fresh_one_is_not() {
    let server = Server::start().await;
    let mut phone = server.phone("supervisor1").await;
    let open = hazards(&phone).await;
    let [first, second, third] = &open[..3] else { panic!("{}", open.len()) };
    let fresh = photo(&phone, first, "fresh").await;
    let honest = submit(&mut phone, first, fresh).await;
    assert_eq!(reused(&phone, &honest).await, []);

    // The same file for another hazard, under a name of its own.
    let same_file = photo(&phone, first, "fresh").await;
    let again = submit(&mut phone, second, same_file).await;
    let told = reused(&phone, &again).await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!((told[0].how, told[0].other.entry), (Reuse::SameFile, honest.entry().id));
    assert_eq!(told[0].other.subject, PhotoSubject::Hazard(first.id));
    assert_eq!((told[0].other.visit, told[0].other.facility), (None, first.facility));
    assert_eq!(reused(&phone, &honest).await.len(), 1, "and the other way round");

    // The before-photo itself: the very photo that the visit's record names.
    let before = photo(&phone, third, "before").await;
    let visit = third.origin.visit().unwrap();
    let entry = phone.browser.rows().await.iter().find_map(|row| match row {
        Row::Visit(it) => it.get().filter(|it| it.id == visit).map(|it| it.entry),
        _ => None,
    });
    let used = PhotoUse {
        photo: before.id,
        entry: entry.unwrap(),
        visit: Some(visit),
        facility: third.facility,
        subject: PhotoSubject::Hazard(third.id),
        taken: before.taken,
        original: before.original,
        stored: before.stored,
        likeness: before.capture.as_ref().unwrap().likeness,
    };
    server.parts.store.write(move |tables: &dyn Tables| tables.insert_photo_use(&used)).await.unwrap();
    let cheated = submit(&mut phone, third, before).await;
    let told = reused(&phone, &cheated).await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!((told[0].how, told[0].other.visit), (Reuse::SameFile, Some(visit)));
}

#[tokio::test]
async fn a_photo_of_a_round_that_is_shown_again_for_another_hazard_is_told() {
    let server = Server::start().await;
    let mut supervisor = server.phone("supervisor1").await;
    let mut institution = server.phone("institution1").await;
    let Role::Institution { facility } = institution.account.role else { panic!("an institution") };
    let open = hazards(&supervisor).await;
    let round = patrol_that_found_one(facility, photo(&supervisor, &open[0], "round").await);
    let hazard = HazardId::of_finding(round.id, 0);
    let done = institution.sign(&Body::RoundDone(Box::new(round)));
    assert_eq!(receipt(&institution.push_one(&done).await).receipt().effect, Effect::Taken);
    assert_eq!(reused(&supervisor, &done).await, []);

    let again = photo(&supervisor, &open[0], "round").await;
    let submitted = submit(&mut supervisor, &open[0], again).await;
    let told = reused(&supervisor, &submitted).await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!((told[0].how, told[0].other.entry), (Reuse::SameFile, done.entry().id));
    assert_eq!(told[0].other.subject, PhotoSubject::Hazard(hazard));
    assert_eq!(reused(&supervisor, &done).await.len(), 1, "and the other way round");
}
