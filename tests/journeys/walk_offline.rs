//! The main job: a cold start without a network, a whole visit, signatures, and the record arrives as it was signed.

use std::collections::BTreeMap;

use serde_json::json;
use xunan_core::digest::Digest;
use xunan_core::ledger::Row;
use xunan_core::log::{Body, SignedEntry};
use xunan_core::rules::Grade;
use xunan_core::sync::{KeptEntry, Pulled};
use xunan_core::visit::VisitRecord;
use xunan_e2e::demo;
use xunan_e2e::http::Http;
use xunan_e2e::pages::{Outbox, Review, Walk, sign_in_again};
use xunan_e2e::scene::Scene;
use xunan_e2e::server::Server;

/// Two items of an elderly-care home whose failure is proposed as major.
const MAJOR: [&str; 2] = ["bldg.decor.combustible", "cert.special.operator"];

/// Parts of the program that the page fetched before it had its rows: what a cold visit weighs is counted without them.
const EARLY_PARTS: &str = "
    const fetched = performance.getEntriesByType('resource');
    const rows = fetched.find((it) => it.name.includes('/api/pull')).responseEnd;
    return fetched.filter((it) => /\\/(split|chunk)_/.test(it.name) && it.startTime < rows).map((it) => it.name);";

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_walked_offline_from_a_cold_start_arrives_exactly_as_it_was_signed() {
    let scene = Scene::set().await;
    let browser = scene.inspectors_phone().await;
    assert_eq!(
        browser.run(EARLY_PARTS, Vec::new()).await,
        json!([]),
        "fetched before the first list was there"
    );
    browser.picture("today-phone").await;

    // The network is gone, and the browser starts anew: a cold start in a basement.
    scene.network.take_away();
    let browser = browser.kill_and_reopen().await;
    let walk = Walk(&browser);
    walk.start_at(&scene.origin, demo::ELDERLY_HOME).await;
    let items = walk.items().await;
    assert!(items.len() > 100, "{} items", items.len());
    browser.picture("walk-phone").await;

    let mut photos = 0;
    for item in &items {
        if MAJOR.contains(&item.id.as_str()) {
            walk.fail(&item.id).await;
            browser.picture(&format!("hazard-{}-phone", item.id)).await;
            walk.fill_sheet().await;
            walk.photograph(&item.id, 2).await;
            photos += 2;
        } else if item.photo_required && photos < 12 && item.has_marks {
            walk.pass(&item.id).await;
            walk.photograph(&item.id, 1).await;
            photos += 1;
        } else if item.photo_required || !item.has_marks {
            walk.not_applicable(item).await;
        } else {
            walk.pass(&item.id).await;
        }
    }
    walk.add_hazard("二层走廊堆放杂物").await;
    walk.saved().await;
    walk.review().await;

    let review = Review(&browser);
    review.name_people("演示院长").await;
    browser.picture("review-phone").await;
    review.sign_as_second().await;
    review.sign_as_lead().await;
    review.sign_as_site_person().await;
    browser.picture("signed-phone").await;
    review.finish().await;
    Outbox(&browser).says("检查记录").await;
    browser.picture("outbox-offline-phone").await;

    // A killed browser may have lost its cookie: then one login, and the queue drains.
    scene.network.give_back();
    sign_in_again(&browser, &scene.origin, demo::INSPECTOR).await;
    let outbox = Outbox(&browser);
    outbox.open(&scene.origin).await;
    outbox.everything_arrived().await;
    browser.picture("outbox-arrived-phone").await;

    let record = the_only_visit_that_the_supervisor_received(&scene.server).await;
    let content = record.content();
    assert_eq!(content.facility_name, demo::ELDERLY_HOME);
    assert_eq!(content.items.len(), items.len());
    let major = content.findings.iter().filter(|finding| finding.grade == Grade::Major).count();
    assert_eq!((content.findings.len(), major), (3, 2));
    assert_eq!(content.photos.len(), photos);
    assert!(photos >= 12);
    browser.close().await;
}

/// What the supervisor gets: one record in the region that was not there before, every photo of it byte for byte.
pub(super) async fn the_only_visit_that_the_supervisor_received(server: &Server) -> VisitRecord {
    let desk = Http::to_port(server.port()).signed_in(demo::SUPERVISOR, demo::PASSWORD).await;
    let mut visits = BTreeMap::new();
    let mut after = 0;
    loop {
        let pulled: Pulled = desk.get(&format!("/api/pull?after={after}&limit=500")).await.json();
        for row in pulled.rows {
            if let Row::Visit(visit) = row {
                let visit = visit.get().expect("a visit's card").clone();
                visits.insert(visit.received, visit);
            }
        }
        after = pulled.cursor.0;
        if pulled.more == xunan_core::sync::More::No {
            break;
        }
    }
    let (_, newest) = visits.pop_last().expect("a visit arrived");
    assert!(visits.values().all(|other| other.id != newest.id), "it arrived once");
    let kept: KeptEntry = desk.get(&format!("/api/entries/{}", newest.entry)).await.json();
    for photo in &kept.photos {
        let bytes = desk.get(&format!("/api/photos/{}", photo.digest.hex())).await.body;
        assert_eq!(Digest::of(&bytes), photo.digest);
    }
    let entry = SignedEntry::parse(&kept.entry).expect("an entry as it was signed");
    match Body::of(entry.entry()) {
        Ok(Body::VisitSigned(record)) => {
            assert_eq!(
                kept.photos.len(),
                record
                    .content()
                    .photos
                    .iter()
                    .map(|it| it.stored)
                    .collect::<std::collections::BTreeSet<_>>()
                    .len()
            );
            *record
        }
        other => panic!("{other:?}"),
    }
}
