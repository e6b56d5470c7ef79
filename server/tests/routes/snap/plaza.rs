//! What everybody reads 上报广场: what an office made public, for as long as it is, and nothing of the reporter.

use axum::http::{Method, StatusCode};
use xunan_core::clock::Span;
use xunan_core::facility::FacilityType;
use xunan_core::ids::{EntryId, SnapId};
use xunan_core::ledger::Row;
use xunan_core::log::Effect;
use xunan_core::problem::{Problem, StepRefusal};
use xunan_core::snap::{CaseNumber, Category, Command, PublicNotice, PublicPlace, PublicTitle, PublicWords};
use xunan_server::parts::{AddressSource, Standing, Transport};

use super::{answered, between, body, card, cards, post, report, step};
use crate::support::{Answer, Browser, Phone, Server, jpeg};

const TITLE: &str = "安宁公墓门前通道被堵";
const WORDS: &str = "现场看过，情况属实";
const RESULT: &str = "杂物已清走";

pub(super) fn notice(title: &str, result: &str) -> PublicNotice {
    PublicNotice {
        title: PublicTitle::of(title).unwrap(),
        category: Category::WayOut,
        place: PublicPlace::of("云溪镇").unwrap(),
        words: PublicWords::of(WORDS).unwrap(),
        result: PublicWords::of(result).unwrap(),
    }
}

/// Publishes a report as it stands. Answers the entry.
async fn publish(server: &Server, office: &mut Phone, snap: SnapId, notice: PublicNotice) -> EntryId {
    let after = standing(server, snap).await;
    assert_eq!(step(office, snap, Command::Publish { after, notice }).await, Effect::Taken);
    let card = cards(server).await.into_iter().find(|card| card.id() == snap).unwrap();
    card.life.publication.unwrap().mark.entry
}

/// The entry by which a report stands as it does.
async fn standing(server: &Server, snap: SnapId) -> EntryId {
    let card = cards(server).await.into_iter().find(|card| card.id() == snap).unwrap();
    card.life.stage.entry().unwrap()
}

/// An accepted report, and the office.
async fn accepted(server: &Server) -> (SnapId, Phone) {
    report(&server.browser(), &[], &[]).await;
    let (snap, mut office) = (card(server).await.id(), server.phone("supervisor1").await);
    assert_eq!(step(&mut office, snap, Command::Accept).await, Effect::Taken);
    (snap, office)
}

fn address(snap: SnapId) -> String {
    format!("/snap/plaza/{}", CaseNumber::of(snap))
}

/// What tells two answers apart; the number of the request is another each time.
fn told(answer: &Answer) -> (StatusCode, Vec<(String, String)>, String) {
    let headers = answer.headers.iter().filter(|(name, _)| *name != "x-request-id");
    let headers =
        headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
    (answer.status, headers, answer.text())
}

/// Everything that an address may be asked for which is not public, as bytes: all are alike.
async fn nothing_is_public(server: &Server, snap: SnapId) {
    let browser = server.browser();
    let device = "AAAAAAAAAAAAAAAAAAAAAQ";
    let nobodys = "/snap/plaza/20200101-AAAAAA";
    let (unknown, unknown_me_too) =
        (browser.get(nobodys).await, post(&browser, nobodys, &[("device", device)], &[]).await);
    assert_eq!((unknown.status, unknown_me_too.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    for path in [address(snap), format!("/snap/plaza/{snap}"), "/snap/plaza/x".to_owned()] {
        assert_eq!(told(&browser.get(&path).await), told(&unknown), "{path}");
        let me_too = post(&browser, &path, &[("device", device)], &[]).await;
        assert_eq!(told(&me_too), told(&unknown_me_too), "{path}");
    }
    let empty = browser.get("/snap/plaza").await.text();
    assert!(empty.contains("还没有公开的事") && empty.contains("已公开 0 件，其中已答复 0 件"), "{empty}");
    assert!(!empty.contains(&CaseNumber::of(snap).to_string()) && !empty.contains("云溪镇"), "{empty}");
    for question in ["q=公墓", "q=现场", "q=三楼", "category=way_out", "state=open", "place=999901001"]
    {
        let found = browser.get(&format!("/snap/plaza?{}", question.replace('公', "%E5%85%AC"))).await;
        assert_eq!(found.status, StatusCode::OK);
        assert!(!found.text().contains("class=\"cases\""), "{question}: {}", found.text());
    }
}

#[tokio::test]
async fn nothing_is_public_before_an_office_publishes_it_and_nothing_after_it_is_withdrawn() {
    let server = Server::start().await;
    let browser = server.browser();
    let sent = report(&browser, &[], &[]).await;
    let (snap, mut office) = (card(&server).await.id(), server.phone("supervisor1").await);
    nothing_is_public(&server, snap).await;
    let early = Command::Publish {
        after: EntryId::from_parts(crate::support::now(), xunan_core::ids::Entropy(1)),
        notice: notice(TITLE, ""),
    };
    let problem = Problem::StepRefused { why: StepRefusal::NotNow };
    assert_eq!(step(&mut office, snap, early).await, Effect::None { problem }, "it is not accepted");
    answered(&server, &mut office, snap).await;
    nothing_is_public(&server, snap).await;
    assert!(!browser.get(&sent.path).await.text().contains("/snap/plaza/"));

    let publication = publish(&server, &mut office, snap, notice(TITLE, RESULT)).await;
    let (list, case) = (browser.get("/snap/plaza").await, browser.get(&address(snap)).await);
    for page in [&list, &case] {
        assert_eq!((page.status, page.header("cache-control")), (StatusCode::OK, "no-store"));
        assert!(page.header("content-security-policy").starts_with("default-src 'none'"));
        assert!(page.text().contains(TITLE) && page.text().contains("当天答复"), "{}", page.text());
        assert!(!page.text().contains("<script") && page.header("set-cookie").is_empty());
    }
    assert!(list.text().contains("已公开 1 件，其中已答复 1 件"), "{}", list.text());
    for words in [WORDS, RESULT, "云溪镇", "已答复", "收到", "受理", "办结", "0 人也遇到了"]
    {
        assert!(case.text().contains(words), "{words}: {}", case.text());
    }
    // What the reporter was told stays between the two.
    assert!(!case.text().contains("感谢您的监督") && !case.text().contains("推闩式"), "{}", case.text());
    let followed = browser.get(&sent.path).await.text();
    assert!(followed.contains(&address(snap)), "{followed}");
    assert!(browser.get("/snap").await.text().contains("/snap/plaza?lang=zh"));
    let english = browser.get(&format!("{}?lang=en", address(snap))).await.text();
    assert!(
        english.contains("I have met it too") && english.contains("answered on the same day"),
        "{english}"
    );

    let words = "误发".to_owned();
    assert_eq!(step(&mut office, snap, Command::Withdraw { publication, words }).await, Effect::Taken);
    nothing_is_public(&server, snap).await;
    assert!(!browser.get(&sent.path).await.text().contains("/snap/plaza/"));
}

#[tokio::test]
async fn a_reporter_who_opens_it_again_takes_the_result_away_and_not_the_case() {
    let server = Server::start().await;
    let browser = server.browser();
    let sent = report(&browser, &[], &[]).await;
    let (snap, mut office) = (card(&server).await.id(), server.phone("supervisor1").await);
    let answer = answered(&server, &mut office, snap).await.to_string();
    publish(&server, &mut office, snap, notice(TITLE, RESULT)).await;
    let said = [("do", "not_fixed"), ("answer", &*answer), ("words", "门口又堵上了")];
    assert_eq!(post(&browser, &sent.path, &said, &[]).await.status, StatusCode::OK);
    let case = browser.get(&address(snap)).await.text();
    assert!(case.contains("报告人反映没有真正解决") && case.contains("已受理，正在办理"), "{case}");
    assert!(!case.contains(RESULT) && !case.contains("门口又堵上了") && !case.contains("用时"), "{case}");
    assert!(browser.get("/snap/plaza").await.text().contains("已公开 1 件，其中已答复 0 件"));
}

#[tokio::test]
async fn no_page_for_everybody_has_anything_of_the_reporter_or_of_persons() {
    let server = Server::start().await;
    let browser = server.browser();
    let rows = server.signed_in("supervisor1").await.rows().await;
    let facility = rows.into_iter().find_map(|row| match row {
        Row::Facility(it) if it.facility_type == FacilityType::Cemetery => Some(it),
        _ => None,
    });
    let facility = facility.unwrap();
    let id = facility.id.to_string();
    let told = [
        ("f", &*id),
        ("words", "我是张小红，三楼安全出口锁着"),
        ("address", "样例路1号三楼305室"),
        ("name", "王小明明"),
        ("telephone", "13812345678"),
        ("position", "yes"),
    ];
    let sent = report(&browser, &told, &[jpeg()]).await;
    let (card, mut office) = (card(&server).await, server.phone("supervisor1").await);
    let answer = answered(&server, &mut office, card.id()).await.to_string();
    let rate = [("do", "rate"), ("answer", &*answer), ("satisfaction", "dissatisfied")];
    post(&browser, &sent.path, &rate, &[]).await;
    let masked = notice("通道被堵，联系 13987654321", "已清走，问 0635-8230000");
    publish(&server, &mut office, card.id(), masked).await;
    let photo = card.report.photos[0].stored.hex();
    let hidden = [
        "张小红",
        "三楼",
        "样例路",
        "305",
        "王小明",
        "明明",
        "13812345678",
        "13987654321",
        "8230000",
        "周演示",
        "评价",
        "不满意",
        facility.name.as_str(),
        facility.address.as_str(),
        &id,
        &photo,
        &card.id().to_string(),
        sent.path.trim_start_matches("/snap/f/"),
        &sent.code,
    ];
    for path in ["/snap/plaza".to_owned(), "/snap/plaza?q=x".to_owned(), address(card.id())] {
        for lang in ["zh", "en"] {
            let joined = if path.contains('?') { '&' } else { '?' };
            let page = browser.get(&format!("{path}{joined}lang={lang}")).await;
            assert_eq!(page.status, StatusCode::OK);
            for hidden in hidden {
                assert!(!page.text().contains(hidden), "{hidden} in {path}: {}", page.text());
            }
        }
    }
}

#[tokio::test]
async fn what_was_seen_at_a_home_of_minors_is_not_published() {
    let server = Server::start().await;
    let rows = server.signed_in("supervisor1").await.rows().await;
    let mut office = server.phone("supervisor1").await;
    let mut tried = 0;
    for row in rows {
        let Row::Facility(facility) = row else { continue };
        if !facility.facility_type.is_of_minors() || tried == 3 {
            continue;
        }
        tried += 1;
        report(&server.browser(), &[("f", &facility.id.to_string())], &[]).await;
        let snap = cards(&server).await.pop().unwrap().id();
        assert_eq!(step(&mut office, snap, Command::Accept).await, Effect::Taken);
        let after = standing(&server, snap).await;
        let refused = step(&mut office, snap, Command::Publish { after, notice: notice(TITLE, "") }).await;
        let problem = Problem::StepRefused { why: StepRefusal::MinorsNotPublic };
        assert_eq!(refused, Effect::None { problem }, "{}", facility.name);
        nothing_is_public(&server, snap).await;
    }
    assert_eq!(tried, 3);
}

#[tokio::test]
async fn nothing_that_an_office_writes_becomes_markup() {
    let server = Server::start().await;
    let (snap, mut office) = accepted(&server).await;
    let attack = "\"><script>alert(1)</script>'&<img src=x>";
    let mut hostile = notice(attack, "");
    hostile.words = PublicWords::of(attack).unwrap();
    hostile.place = PublicPlace::of("<b onclick='x'>").unwrap();
    publish(&server, &mut office, snap, hostile).await;
    let searched = "/snap/plaza?q=%22%3E%3Cscript&category=%22%3E%3Cscript&state='&before=%3Cb";
    for path in ["/snap/plaza", searched, &address(snap)] {
        let page = server.browser().get(path).await.text();
        for tag in ["<script", "<img", "<b ", "onclick='x'"] {
            assert!(!page.contains(tag), "{tag} in {path}: {page}");
        }
        assert!(page.contains("&quot;&gt;&lt;script"), "{path}: {page}");
    }
}

/// Says "me too" as the form on the page does. Answers what came, and the cookie.
async fn me_too(browser: &mut Browser, path: &str) -> Answer {
    let page = browser.get(path).await.text();
    let token =
        page.contains("name=\"device\"").then(|| between(&page, "name=\"device\" value=\"", "\"").to_owned());
    let fields: Vec<(&str, &str)> = token.iter().map(|token| ("device", token.as_str())).collect();
    let answer = post(browser, path, &fields, &[]).await;
    if let Some((cookie, _)) = answer.header("set-cookie").split_once(';') {
        browser.cookie = Some(cookie.to_owned());
    }
    answer
}

#[tokio::test]
async fn a_device_counts_once_however_often_it_says_me_too() {
    let server = Server::start().await;
    let (snap, mut office) = accepted(&server).await;
    publish(&server, &mut office, snap, notice(TITLE, "")).await;
    let (path, mut browser) = (address(snap), server.browser());
    let first = me_too(&mut browser, &path).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER);
    assert_eq!(first.header("location"), format!("{path}?lang=zh#me-too"));
    let cookie = first.header("set-cookie");
    for part in ["xunan-plaza=", "Path=/snap/plaza;", "HttpOnly", "SameSite=Lax", "Max-Age=31536000"] {
        assert!(cookie.contains(part), "{part}: {cookie}");
    }
    let after = browser.get(&path).await.text();
    assert!(after.contains("您说过也遇到了") && after.contains("1 人也遇到了"), "{after}");
    assert!(!after.contains("<button"), "{after}");
    for _ in 0..3 {
        let again = post(&browser, &path, &[], &[]).await;
        assert_eq!((again.status, again.header("set-cookie")), (StatusCode::SEE_OTHER, ""));
    }
    // A browser that takes no cookie, and presses twice on one page, is one device too.
    let page = server.browser().get(&path).await.text();
    let token = between(&page, "name=\"device\" value=\"", "\"").to_owned();
    for _ in 0..2 {
        let pressed = post(&server.browser(), &path, &[("device", &token)], &[]).await;
        assert_eq!(pressed.status, StatusCode::SEE_OTHER);
    }
    me_too(&mut server.browser(), &path).await;
    let list = server.browser().get("/snap/plaza?lang=en").await.text();
    assert!(list.contains("3 others have met it too"), "{list}");
    for fields in [vec![], vec![("device", "x")]] {
        let bare = post(&server.browser(), &path, &fields, &[]).await;
        assert_eq!(bare.status, StatusCode::BAD_REQUEST);
    }
    // Withdrawn and published again: who met it has met it.
    let publication = card(&server).await.life.publication.unwrap().mark.entry;
    step(&mut office, snap, Command::Withdraw { publication, words: "改写".to_owned() }).await;
    assert_eq!(me_too_of(&browser, &path).await, StatusCode::NOT_FOUND);
    publish(&server, &mut office, snap, notice(TITLE, "")).await;
    assert!(browser.get(&path).await.text().contains("3 人也遇到了"));
}

async fn me_too_of(browser: &Browser, path: &str) -> StatusCode {
    post(browser, path, &[], &[]).await.status
}

#[tokio::test]
async fn me_too_is_bounded_for_each_address_and_says_when_to_try_again() {
    let standing = Standing { addresses: AddressSource::Proxy, transport: Transport::Tls };
    let server = Server::with(standing).await;
    let (snap, mut office) = accepted(&server).await;
    publish(&server, &mut office, snap, notice(TITLE, "")).await;
    let path = address(snap);
    let said = async |from: &str, number: u32| {
        let token = base64::Engine::encode(
            &base64::engine::general_purpose::URL_SAFE_NO_PAD,
            u128::from(number).to_be_bytes(),
        );
        let content_type = format!("multipart/form-data; boundary={}", super::BOUNDARY);
        let headers = [("content-type", content_type.as_str()), ("x-forwarded-for", from)];
        server.browser().send(Method::POST, &path, &headers, body(&[("device", &token)], &[])).await
    };
    let first = said("203.0.113.7", 0).await;
    assert!(
        first.header("set-cookie").starts_with("__Secure-xunan-plaza=")
            && first.header("set-cookie").ends_with("; Secure")
    );
    for number in 1..60 {
        assert_eq!(said("203.0.113.7", number).await.status, StatusCode::SEE_OTHER, "{number}");
    }
    let refused = said("203.0.113.7", 60).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    let wait: u32 = refused.header("retry-after").parse().unwrap();
    assert!((3500..=3600).contains(&wait) && refused.text().contains("429.S11"), "{wait}");
    assert_eq!(
        said("203.0.113.7", 3).await.status,
        StatusCode::SEE_OTHER,
        "what is counted is told as counted"
    );
    assert_eq!(said("203.0.113.8", 61).await.status, StatusCode::SEE_OTHER);
    server.parts.clock.advance(Span::minutes(61));
    assert_eq!(said("203.0.113.7", 60).await.status, StatusCode::SEE_OTHER);
    assert!(server.browser().get(&path).await.text().contains("62 人也遇到了"));
    // Nobody else's site makes a browser say it.
    let elsewhere = [("sec-fetch-site", "cross-site")];
    let forged = server.browser().send(Method::POST, &path, &elsewhere, Vec::new()).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
}
