//! Inspectors who send what they have signed, for measuring: everything is signed before the clock starts.

use std::time::{Duration, Instant};

use xunan_core::log::Body;
use xunan_core::rules::Profile;
use xunan_core::sync::{Outcome, Push, PushAnswer};

use crate::filled_visit::{Provisions, Wish, filled_visit};
use crate::http::Http;
use crate::phone::Phone;
use crate::{demo, jpeg};

/// What one connection sends: one push after the other.
#[derive(Debug)]
pub struct Load {
    /// Its connection.
    pub http: Http,
    /// A report each.
    pub pushes: Vec<Push>,
}

/// Signs so many reports of so many phones. Phones of different rounds are different.
///
/// # Panics
/// When the server does not take a phone or its photo.
pub async fn prepared(port: u16, connections: usize, reports_each: usize, round: usize) -> Vec<Load> {
    let mut loads = Vec::new();
    for number in 0..connections {
        let seed = (round * 10_000 + connections * 100 + number) as u64;
        let mut phone = Phone::enrolled(port, demo::INSPECTOR, demo::PASSWORD, seed).await;
        let provisions = Provisions::pulled(&phone).await;
        let facility = provisions.facilities[number % provisions.facilities.len()].clone();
        // Some items ask for a photo even when they pass. It is here before the clock starts.
        let photo = jpeg::photo(320, 240, seed);
        phone.upload(&photo).await.expect("the server takes the photo");
        let wish = Wish { failing: 0, photos: &[&photo], profile: Profile::DailyPatrol };
        let pushes = (0..reports_each).map(|_| {
            let record = filled_visit(&mut phone, &provisions, &facility, wish);
            let entry = phone.sign(&Body::VisitSigned(Box::new(record)));
            Push { device: phone.device, entries: vec![entry.compact().to_owned()], page: None }
        });
        let pushes = pushes.collect();
        loads.push(Load { http: phone.http, pushes });
    }
    loads
}

/// What counts as a good answer.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// A receipt.
    Receipt,
    /// Any answer.
    AnyAnswer,
}

/// Pushes all of it, every connection for itself with a pause after each report. Reports per second, and what each waited.
///
/// # Panics
/// When an answer is not a good one.
pub async fn push_all(loads: Vec<Load>, check: Check, pause: Duration) -> (f64, Vec<Duration>) {
    let count: usize = loads.iter().map(|load| load.pushes.len()).sum();
    let begun = Instant::now();
    let mut running = tokio::task::JoinSet::new();
    for load in loads {
        running.spawn(async move {
            let mut waits = Vec::with_capacity(load.pushes.len());
            for push in &load.pushes {
                let sent = Instant::now();
                let answer = load.http.post("/api/push", push).await.expect("an answer");
                waits.push(sent.elapsed());
                if matches!(check, Check::Receipt) {
                    let outcome = answer.json::<PushAnswer>().entries.remove(0).outcome;
                    assert!(matches!(outcome, Outcome::Receipted { .. }), "{outcome:?}");
                }
                tokio::time::sleep(pause).await;
            }
            waits
        });
    }
    let waits = running.join_all().await.into_iter().flatten().collect();
    (count as f64 / begun.elapsed().as_secs_f64(), waits)
}
