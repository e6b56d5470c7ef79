//! A supervisor goes while hazards are open: the administrator hands the post over at the desk, the new person goes on, and
//! what the old one had written without a network is not lost.

use http::StatusCode;
use serde_json::json;
use xunan_core::facility::Party;
use xunan_core::hazard::{Assignment, Command, HazardState, Step};
use xunan_core::ledger::{HazardCard, Row};
use xunan_core::log::{Body, Effect, SignedReceipt};
use xunan_core::sync::{EnrolDevice, Outcome, Pulled};
use xunan_core::unit::{Unit, UnitKind};
use xunan_e2e::demo;
use xunan_e2e::device::Device;
use xunan_e2e::http::Http;
use xunan_e2e::pages::AccountAtDesk;
use xunan_e2e::phone::{Phone, now};
use xunan_e2e::scene::Scene;

/// The new supervisor.
const NEW: &str = "jieren";

fn step(hazard: &HazardCard, command: Command) -> Body {
    Body::HazardStep(Box::new(Step { hazard: hazard.id, command }))
}

async fn open_hazard(http: &Http) -> HazardCard {
    let pulled: Pulled = http.get("/api/pull?limit=500").await.json();
    let found = pulled.rows.into_iter().find_map(|row| match row {
        Row::Hazard(card) if card.state == HazardState::Found => Some(*card),
        _ => None,
    });
    found.expect("the demo has an open hazard")
}

fn effect(outcome: &Outcome) -> Effect {
    let Outcome::Receipted { receipt } = outcome else { panic!("{outcome:?}") };
    SignedReceipt::parse(receipt).expect("a receipt").receipt().effect.clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisors_post_is_handed_over_at_the_desk_in_the_middle_of_a_loop() {
    let scene = Scene::set().await;
    let port = scene.server.port();
    let mut old = Phone::enrolled(port, demo::SUPERVISOR, demo::PASSWORD, 11).await;
    let hazard = open_hazard(&old.http).await;
    let assignment = Assignment {
        primary: Unit { kind: UnitKind::Party(Party::Head), name: hazard.facility_name.clone() },
        supporting: Vec::new(),
        person: "院长甲".to_owned(),
        measure: "立即清理".to_owned(),
        due: now().date().plus_days(10),
    };
    let assigned = old.sign(&step(&hazard, Command::Assign { assignment }));
    let answer = old.push(&[&assigned]).await.expect("the server answers");
    assert_eq!(effect(&answer.entries[0].outcome), Effect::Taken);
    // Without a network: written, signed, not sent.
    let unsent = old.sign(&step(&hazard, Command::Remark { text: "已电话催办".to_owned() }));

    let desk = Device::desk_of(&scene.server, demo::ADMINISTRATOR, demo::PASSWORD).await;
    let account = AccountAtDesk(&desk.browser);
    account.find(&desk.origin(), demo::SUPERVISOR).await;
    let password = account.hand_over("接任演示", NEW).await;
    desk.close().await;

    // The old one is out, and what was not sent is still on the phone.
    assert!(old.push(&[&unsent]).await.expect_err("no session").starts_with("401"));
    let again = json!({ "login": demo::SUPERVISOR, "password": demo::PASSWORD });
    let refused = Http::to_port(port).post("/api/session", &again).await.expect("the server answers");
    assert_eq!(refused.status, StatusCode::FORBIDDEN);

    // The new one sees the open hazard at the desk.
    let desk = Device::desk_of(&scene.server, NEW, &password).await;
    desk.go(&format!("/desk/hazards/{}", hazard.id)).await;
    desk.browser.see_text(&hazard.title).await;
    desk.close().await;

    // On the old one's phone the new one sends what the old one wrote, in the old one's name.
    old.http = Http::to_port(port).signed_in(NEW, &password).await;
    let enrol = EnrolDevice {
        device: old.device,
        name: "test phone".to_owned(),
        public_key: old.public_key().clone(),
    };
    let enrolled = old.http.post("/api/devices", &enrol).await.expect("the server answers");
    assert!(enrolled.status.is_success());
    let answer = old.push(&[&unsent]).await.expect("the server answers");
    assert_eq!(effect(&answer.entries[0].outcome), Effect::Taken);
}
