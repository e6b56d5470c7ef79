//! The citizen's pages, used as a browser without scripts uses them: forms are fetched, filled in, sent and followed.

mod busy;
mod article_pictures;
mod articles;
mod around;
mod desk;
mod following;
mod kept;
mod know;
mod nearby;
mod payouts;
mod plaza;
mod plaza_lists;
mod plaza_map;
mod plaza_pictures;
mod poster;
mod privacy;
mod recordings;
mod refusing;
mod reminders;
mod training;
mod training_lists;
mod rewards;
mod sending;
mod whereabouts;

use axum::http::{Method, StatusCode};
use xunan_core::ids::{EntryId, SnapId};
use xunan_core::ledger::SnapCard;
use xunan_core::log::{Effect, SnapBody};
use xunan_core::snap::{Command, Stage, Step};

use crate::support::{Answer, Browser, Phone, Server, receipt};

/// What is typed into a form, by the names of its fields.
pub(crate) type Fields<'a> = Vec<(&'a str, &'a str)>;

const BOUNDARY: &str = "----formboundaryoftests";

/// A form as browsers send it.
pub(crate) fn body(fields: &[(&str, &str)], photos: &[Vec<u8>]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n").bytes(),
        );
        body.extend(value.bytes());
        body.extend(b"\r\n");
    }
    for photo in photos {
        let head = "Content-Disposition: form-data; name=\"photo\"; filename=\"王小明家.jpg\"";
        body.extend(format!("--{BOUNDARY}\r\n{head}\r\nContent-Type: image/jpeg\r\n\r\n").bytes());
        body.extend(photo);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").bytes());
    body
}

pub(crate) async fn post(
    browser: &Browser,
    path: &str,
    fields: &[(&str, &str)],
    photos: &[Vec<u8>],
) -> Answer {
    post_as(browser, path, "text/html,*/*", fields, photos).await
}

/// The same from whoever accepts that kind of answer.
pub(crate) async fn post_as(
    browser: &Browser,
    path: &str,
    accepts: &str,
    fields: &[(&str, &str)],
    photos: &[Vec<u8>],
) -> Answer {
    let content_type = format!("multipart/form-data; boundary={BOUNDARY}");
    let headers = [("content-type", content_type.as_str()), ("host", "xunan.example"), ("accept", accepts)];
    browser.send(Method::POST, path, &headers, body(fields, photos)).await
}

/// What stands between two texts, for the first time.
pub(crate) fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("no {before} in {text}"));
    rest.split_once(after).unwrap().0
}

/// The token of a fresh form.
pub(crate) async fn token(browser: &Browser) -> String {
    let form = browser.get("/snap").await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.text());
    between(&form.text(), "name=\"token\" value=\"", "\"").to_owned()
}

/// The fields of a good report.
pub(crate) fn good(token: &str) -> Fields<'_> {
    vec![
        ("token", token),
        ("category", "way_out"),
        ("words", "三楼安全出口锁着"),
        ("address", "样例路1号三楼"),
        ("seen", ""),
        ("name", ""),
        ("telephone", ""),
    ]
}

/// What the page after sending tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sent {
    pub(crate) number: String,
    pub(crate) path: String,
    pub(crate) code: String,
}

pub(crate) fn sent(answer: &Answer) -> Sent {
    let text = answer.text();
    assert_eq!(answer.status, StatusCode::OK, "{text}");
    let mut numbers =
        text.split("<p class=\"number\">").skip(1).map(|it| it.split('<').next().unwrap().to_owned());
    let path = between(&text, "://xunan.example", "<").to_owned();
    Sent { number: numbers.next().unwrap(), path, code: numbers.next().unwrap() }
}

/// Sends a good report, with what is added or replaced.
pub(crate) async fn report(browser: &Browser, more: &[(&str, &str)], photos: &[Vec<u8>]) -> Sent {
    let token = token(browser).await;
    let mut fields = good(&token);
    for (name, value) in more {
        fields.retain(|(it, _)| it != name);
        fields.push((name, value));
    }
    sent(&post(browser, "/snap", &fields, photos).await)
}

/// The cards in the ledger, by what their entries name.
pub(crate) async fn cards(server: &Server) -> Vec<SnapCard> {
    let found = server.parts.store.read(|tables| {
        let entries = tables.ledger_entries_after(0, 10_000)?;
        let reported = entries.iter().filter_map(|it| match SnapBody::of(it.signed.entry()) {
            Some(Ok(SnapBody::Reported(report))) => Some(report.snap),
            _ => None,
        });
        let ids: Vec<SnapId> = reported.collect();
        ids.into_iter()
            .map(|id| Ok(tables.snap(id)?.unwrap()))
            .collect::<Result<_, xunan_server::ledger_store::StoreError>>()
    });
    found.await.unwrap()
}

/// The one card in the ledger.
pub(crate) async fn card(server: &Server) -> SnapCard {
    let mut cards = cards(server).await;
    assert_eq!(cards.len(), 1);
    cards.remove(0)
}

/// A step of an office, pushed like any other entry.
pub(crate) async fn step(phone: &mut Phone, snap: SnapId, command: Command) -> Effect {
    let body = SnapBody::Stepped(Box::new(Step { snap, command }));
    let entry = phone.sign(&body);
    receipt(&phone.push_one(&entry).await).receipt().effect.clone()
}

/// Accepted, unless it is, dealt with and answered. Answers the entry of the answer.
pub(crate) async fn answered(server: &Server, phone: &mut Phone, snap: SnapId) -> EntryId {
    let life = async || cards(server).await.into_iter().find(|card| card.id() == snap).unwrap().life;
    if life().await.stage == Stage::Received {
        assert_eq!(step(phone, snap, Command::Accept).await, Effect::Taken);
    }
    let told = |after| Command::DealWith { after, words: "已更换为推闩式门锁".to_owned() };
    assert_eq!(step(phone, snap, told(life().await.stage.entry().unwrap())).await, Effect::Taken);
    let after = life().await.stage.entry().unwrap();
    let answer = Command::Answer { after, words: "感谢您的监督".to_owned() };
    assert_eq!(step(phone, snap, answer).await, Effect::Taken);
    life().await.stage.entry().unwrap()
}
