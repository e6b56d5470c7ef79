//! Before somebody reports what is known: the public cases of the same township that wait, and nothing that is not public.

use xunan_core::facility::Facility;
use xunan_core::ledger::Row;
use xunan_core::log::Effect;
use xunan_core::snap::Command;

use super::plaza::notice;
use super::{answered, card, report, step};
use crate::support::{Browser, Server};

const TITLE: &str = "公墓门前通道被堵";
const OFFER: &str = "也许是同一件";

async fn facilities(server: &Server) -> Vec<Facility> {
    let rows = server.signed_in("supervisor1").await.rows().await;
    rows.into_iter().filter_map(|row| if let Row::Facility(it) = row { Some(it) } else { None }).collect()
}

/// The form of a scanned code, without the token that is another each time.
async fn form(browser: &Browser, facility: Option<&Facility>) -> String {
    let question = facility.map(|it| format!("?f={}", it.id)).unwrap_or_default();
    let text = browser.get(&format!("/snap{question}")).await.text();
    let (before, rest) = text.split_once("name=\"token\" value=\"").unwrap();
    format!("{before}{}", rest.split_once('"').unwrap().1)
}

#[tokio::test]
async fn the_form_of_a_scanned_code_offers_the_public_cases_of_its_township_that_wait() {
    let server = Server::start().await;
    let (citizen, all) = (server.browser(), facilities(&server).await);
    let township = &all[0].division;
    let same: Vec<&Facility> = all.iter().filter(|it| it.division == *township).collect();
    let other = all.iter().find(|it| it.division != *township).unwrap();
    assert!(same.len() > 1, "the demo has several institutions in a township");
    let forms = async || {
        let mut forms = Vec::new();
        for facility in same.iter().copied().chain([other]).map(Some).chain([None]) {
            forms.push(form(&citizen, facility).await);
        }
        forms
    };
    let before = forms().await;
    assert!(before.iter().all(|form| !form.contains(OFFER)));

    let id = same[0].id.to_string();
    report(&citizen, &[("f", &id)], &[]).await;
    let (snap, mut office) = (card(&server).await.id(), server.phone("supervisor1").await);
    assert_eq!(step(&mut office, snap, Command::Accept).await, Effect::Taken);
    assert_eq!(forms().await, before, "what no office has made public is offered to nobody");

    let after = card(&server).await.life.stage.entry().unwrap();
    let publish = Command::Publish { after, notice: notice(TITLE, "") };
    assert_eq!(step(&mut office, snap, publish).await, Effect::Taken);
    let public = forms().await;
    for (at, (now, before)) in public.iter().zip(&before).enumerate() {
        let is_near = at < same.len();
        assert_eq!(now.contains(OFFER) && now.contains(TITLE), is_near, "{at}: {now}");
        assert_eq!(now == before, !is_near, "{at}");
    }
    let offer = |form: &str| {
        let begun = form.split("<details>").find(|it| it.contains(OFFER)).unwrap().to_owned();
        begun.split("</details>").next().unwrap().to_owned()
    };
    let offers: Vec<String> = public[..same.len()].iter().map(|form| offer(form)).collect();
    assert!(offers.iter().all(|it| *it == offers[0]), "which institution it is about is told to nobody");

    answered(&server, &mut office, snap).await;
    assert_eq!(forms().await, before, "what was answered waits for nothing");
}
