//! What institutions do by themselves: who sees the round, the hazard that comes of it, and its photo.

use xunan_core::access::Role;
use xunan_core::evidence::PhotoManifest;
use xunan_core::ids::{HazardId, PhotoId};
use xunan_core::ledger::Row;
use xunan_core::log::Body;
use xunan_core::sync::Outcome;
use xunan_server::clock::id_entropy;

use crate::support::{Browser, Server, fresh_jpeg, now, patrol_that_found_one, upload};

async fn photographed(browser: &Browser, jpeg: &[u8]) -> PhotoManifest {
    upload(browser, jpeg).await;
    PhotoManifest::untouched(PhotoId::from_parts(now(), id_entropy().unwrap()), jpeg, (1600, 1200), now())
}

#[tokio::test]
async fn a_round_is_seen_by_the_institution_and_the_offices_and_its_hazard_by_everybody_who_may_see_hazards()
{
    let server = Server::start().await;
    let mut phone = server.phone("institution1").await;
    let Role::Institution { facility } = phone.account.role else { panic!("an institution") };
    let photo = photographed(&phone.browser, &fresh_jpeg()).await;
    let path = format!("/api/photos/{}", photo.stored.hex());
    let round = patrol_that_found_one(facility, photo);
    let hazard = HazardId::of_finding(round.id, 0);
    let entry = phone.sign(&Body::RoundDone(Box::new(round)));
    let outcome = phone.push_one(&entry).await;
    assert!(matches!(outcome, Outcome::Receipted { .. }), "{outcome:?}");
    for (login, round, hazards, status) in [
        ("institution1", true, true, 200),
        ("supervisor1", true, true, 200),
        ("admin1", true, true, 200),
        ("inspector1", false, true, 200),
        ("institution2", false, false, 404),
        ("supervisor2", false, false, 404),
        ("inspector3", false, false, 404),
    ] {
        let browser = server.signed_in(login).await;
        let rows = browser.rows().await;
        assert_eq!(rows.iter().any(|row| matches!(row, Row::Rounds(_))), round, "{login}: the round");
        let sees = rows.iter().any(|row| matches!(row, Row::Hazard(card) if card.id == hazard));
        assert_eq!(sees, hazards, "{login}: the hazard");
        assert_eq!(browser.get(&path).await.status.as_u16(), status, "{login}: its photo");
        let shown = browser.get(&format!("/api/entries/{}", entry.entry().id)).await.status.as_u16();
        assert_eq!(shown == 200, round, "{login}: the entry");
    }
}
