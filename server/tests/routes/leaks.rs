//! What one may not see leaves no trace anywhere: every documented route is asked before and after something secret
//! happens, by those who must not learn of it, and answers the same status, headers and bytes.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use serde_json::Value;
use xunan_core::access::{Certificate, Role};
use xunan_core::hazard::{Assignment, Command, Step};
use xunan_core::ids::{AccountId, PlanId};
use xunan_core::ledger::{HazardCard, Row};
use xunan_core::log::{Body, SignedEntry};
use xunan_core::plan::{NoticeMode, Plan};
use xunan_core::rules::Profile;
use xunan_core::unit::{Unit, UnitKind};
use xunan_server::accounts::{NewAccount, add_account};
use xunan_server::clock::id_entropy;
use xunan_server::demo;
use xunan_server::ledger_store::Tables;

use crate::support::{Browser, Phone, Server, now, receipt};

/// The public log of all receipts grows with every entry, of whomever: that it grew says nothing of anybody. The others
/// answer with the time or the session of the moment.
const NOT_COMPARED: [&str; 3] = ["/api/log/", "/api/session", "/api/openapi.json"];

/// Every documented path that is read, with each candidate in the place of its parameters.
async fn paths(server: &Server, ids: &[String], hashes: &[String]) -> Vec<String> {
    let document: Value = server.browser().get("/api/openapi.json").await.json();
    let routes = document["paths"].as_object().unwrap();
    let read = routes.iter().filter(|(_, methods)| methods.get("get").is_some()).map(|(path, _)| path);
    let mut filled = Vec::new();
    for path in read.filter(|path| !NOT_COMPARED.iter().any(|skipped| path.starts_with(skipped))) {
        let candidates = match path.split_once('{') {
            None => vec![String::new()],
            Some((_, rest)) if rest.starts_with("hash") || rest.starts_with("digest") => hashes.to_vec(),
            Some(_) => ids.to_vec(),
        };
        for candidate in candidates {
            let mut parts = path.split('{');
            let mut address = parts.next().unwrap_or_default().to_owned();
            for part in parts {
                let (_, rest) = part.split_once('}').unwrap();
                address.push_str(&candidate);
                address.push_str(rest);
            }
            filled.push(address);
        }
    }
    assert!(filled.len() > 10, "{filled:?}");
    filled
}

/// What somebody is answered everywhere.
async fn seen(browser: &Browser, paths: &[String]) -> BTreeMap<String, (StatusCode, Vec<String>, String)> {
    let mut seen = BTreeMap::new();
    for path in paths {
        let answer = browser.get(path).await;
        let headers = answer.headers.iter().map(|(name, value)| format!("{name}: {value:?}"));
        // The number of the request says how many there were, of whomever.
        let own = |header: &String| header.starts_with("date:") || header.starts_with("x-request-id:");
        let headers = headers.filter(|header| !own(header)).collect();
        seen.insert(path.clone(), (answer.status, headers, without_time(&answer.text())));
    }
    seen
}

/// Without the time of the answer, which is the one thing that may differ.
fn without_time(body: &str) -> String {
    let Ok(mut json) = serde_json::from_str::<Value>(body) else { return body.to_owned() };
    if let Some(members) = json.as_object_mut() {
        members.remove("server_time");
    }
    json.to_string()
}

/// Accounts that must not learn of what goes on in the township 999901002 and of secret plans for the first home.
async fn outsiders(server: &Server) -> Vec<(&'static str, Browser)> {
    let mut outsiders = Vec::new();
    let neighbours: [(&str, Role); 2] = [
        ("neighbour-supervisor", Role::Supervisor),
        (
            "neighbour-inspector",
            Role::Inspector {
                certificate: Certificate {
                    number: "邻县001".to_owned(),
                    valid_until: now().date().plus_days(90),
                },
            },
        ),
    ];
    for (login, role) in neighbours {
        let hash = server.parts.passwords.hash(demo::PASSWORD).unwrap();
        let new = NewAccount {
            id: AccountId::from_parts(now(), id_entropy().unwrap()),
            login: login.to_owned(),
            name: "邻县".to_owned(),
            organisation: "邻县民政局（演示）".to_owned(),
            region: "999902".parse().unwrap(),
            role,
            password_hash: hash,
        };
        let add = move |tables: &dyn Tables| add_account(tables, new, now());
        server.parts.store.write(add).await.unwrap();
        outsiders.push((login, server.signed_in(login).await));
    }
    for login in ["institution1", "institution2"] {
        outsiders.push((login, server.signed_in(login).await));
    }
    outsiders
}

/// Asks everybody everywhere, lets `entries` take effect, and asks again: outsiders are answered the same, and the
/// insider is not, else this test could not fail.
async fn leaves_no_trace(server: &Server, writer: &Phone, entries: &[SignedEntry], ids: Vec<String>) {
    let hashes = vec!["0".repeat(64)];
    let paths = paths(server, &ids, &hashes).await;
    let outsiders = outsiders(server).await;
    let insider = server.signed_in("supervisor1").await;
    let mut before = Vec::new();
    for (_, browser) in &outsiders {
        before.push(seen(browser, &paths).await);
    }
    let inside = seen(&insider, &paths).await;
    for entry in entries {
        let outcome = writer.push_one(entry).await;
        assert_eq!(receipt(&outcome).receipt().effect, xunan_core::log::Effect::Taken);
    }
    for ((login, browser), before) in outsiders.iter().zip(before) {
        let after = seen(browser, &paths).await;
        for (path, answer) in &before {
            assert_eq!(&after[path], answer, "{login} {path}");
        }
    }
    assert_ne!(seen(&insider, &paths).await, inside, "the supervisor sees what happened");
}

async fn rows(server: &Server) -> Vec<Row> {
    server.signed_in("supervisor1").await.rows().await
}

#[tokio::test]
async fn a_secret_plan_leaves_no_trace_on_the_visited_side_and_in_the_next_county() {
    let server = Server::start().await;
    let mut supervisor = server.phone("supervisor1").await;
    let visited = match server.signed_in("institution1").await.account().await.role {
        Role::Institution { facility } => facility,
        other => panic!("{other:?}"),
    };
    let inspectors: Vec<AccountId> = rows(&server)
        .await
        .into_iter()
        .filter_map(|row| if let Row::Colleague(colleague) = row { Some(colleague.account) } else { None })
        .collect();
    let plan = Plan {
        id: PlanId::from_parts(now(), id_entropy().unwrap()),
        facility: visited,
        office: "999901".parse().unwrap(),
        inspectors: [inspectors[0], inspectors[1]],
        notice: NoticeMode::Secret,
        profile: Profile::MajorOnly,
        from: now().date(),
        until: now().date().plus_days(9),
        purpose: "四不两直".to_owned(),
    };
    let id = plan.id;
    let made = supervisor.sign(&Body::PlanMade(plan));
    let withdrawn = supervisor.sign(&Body::PlanWithdrawn { plan: id, reason: "改期".to_owned() });
    let ids = vec![id.to_string(), made.entry().id.to_string(), visited.to_string()];
    leaves_no_trace(&server, &supervisor, &[made, withdrawn], ids).await;
}

#[tokio::test]
async fn the_steps_of_a_hazard_leave_no_trace_in_other_institutions_and_the_next_county() {
    let server = Server::start().await;
    let mut supervisor = server.phone("supervisor1").await;
    let foreign: Vec<HazardCard> = rows(&server)
        .await
        .into_iter()
        .filter_map(|row| if let Row::Hazard(hazard) = row { Some(*hazard) } else { None })
        .filter(|hazard| hazard.division.as_str() == "999901002")
        .collect();
    let hazard = foreign.first().expect("the demo has a hazard in that township");
    let step = |command| Body::HazardStep(Box::new(Step { hazard: hazard.id, command }));
    let assignment = Assignment {
        primary: Unit {
            kind: UnitKind::Party(xunan_core::facility::Party::Head), name: "某机构".to_owned()
        },
        supporting: Vec::new(),
        person: "某人".to_owned(),
        measure: "立即清理".to_owned(),
        due: now().date().plus_days(10),
    };
    let entries = vec![
        supervisor.sign(&step(Command::Assign { assignment })),
        supervisor.sign(&step(Command::Remark { text: "催办".to_owned() })),
    ];
    let mut ids = vec![hazard.id.to_string(), hazard.facility.to_string()];
    ids.extend(entries.iter().map(|entry| entry.entry().id.to_string()));
    leaves_no_trace(&server, &supervisor, &entries, ids).await;
}
