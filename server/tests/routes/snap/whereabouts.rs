//! Finding an institution by its name: what is listed, how much of it, and what is told of homes of minors.

use axum::http::{Method, StatusCode};
use xunan_core::facility::{Facility, FacilityType};
use xunan_core::log::{Body, Effect};
use xunan_server::parts::{AddressSource, Standing};

use super::{card, report};
use crate::support::{Browser, Server, facility, receipt};

async fn page(browser: &Browser, question: &str) -> String {
    let answer = browser.get(&format!("/snap/where{question}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{question}: {}", answer.text());
    answer.text()
}

/// The addresses and names that are listed.
fn listed(page: &str) -> Vec<(String, String)> {
    let items = page.split("<li><h2><a href=\"").skip(1);
    let item = |it: &str| {
        let (address, rest) = it.split_once("\">").unwrap();
        (address.replace("&amp;", "&"), rest.split_once("</a>").unwrap().0.to_owned())
    };
    items.map(item).collect()
}

/// A text as a value in an address.
fn asked(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

async fn register(server: &Server, facilities: impl IntoIterator<Item = Facility>) {
    let mut office = server.phone("supervisor1").await;
    for facility in facilities {
        let entry = office.sign(&Body::FacilityRegistered(facility));
        assert_eq!(receipt(&office.push_one(&entry).await).receipt().effect, Effect::Taken);
    }
}

fn named(name: &str, kind: FacilityType) -> Facility {
    let address = "样例路 9 号".to_owned();
    Facility { name: name.to_owned(), facility_type: kind, address, ..facility("999901001") }
}

#[tokio::test]
async fn whoever_has_no_code_finds_the_institution_and_reports_it() {
    let server = Server::start().await;
    let browser = server.browser();
    register(&server, [named("巡河养老院", FacilityType::ElderlyCare)]).await;
    let form = browser.get("/snap?lang=en").await.text();
    assert!(form.contains("href=\"/snap/where?lang=en\""), "{form}");
    let found = listed(&page(&browser, &format!("?lang=en&q={}", asked("巡河"))).await);
    let [(address, name)] = &found[..] else { panic!("{found:?}") };
    assert_eq!(name, "巡河养老院");
    assert!(address.starts_with("/snap?lang=en&f="), "the language stays: {address}");
    let form = browser.get(address).await.text();
    assert!(form.contains("Institution: 巡河养老院") && !form.contains("/snap/where"), "{form}");
    let id = address.split_once("&f=").unwrap().1;
    report(&browser, &[("f", id), ("address", "")], &[]).await;
    assert_eq!(card(&server).await.facility_name, "巡河养老院");
}

#[tokio::test]
async fn nothing_is_listed_without_two_characters_and_never_more_than_twenty() {
    let server = Server::start().await;
    let browser = server.browser();
    register(&server, (10..35).map(|it| named(&format!("巡山公墓{it}"), FacilityType::Cemetery))).await;
    for question in ["", "?q=", "?q=%20%20", "?lang=en", &format!("?q={}", asked("墓")), "?q=%20a%20"] {
        assert!(listed(&page(&browser, question).await).is_empty(), "{question}");
    }
    assert!(page(&browser, "?q=a").await.contains("请至少写两个字"));
    let many = page(&browser, &format!("?q={}", asked("巡山"))).await;
    let names: Vec<String> = listed(&many).into_iter().map(|(_, name)| name).collect();
    let expected: Vec<String> = (10..30).map(|it| format!("巡山公墓{it}")).collect();
    assert_eq!(names, expected);
    assert!(many.contains("还有更多"), "{many}");
    let few = page(&browser, &format!("?q={}", asked("公墓3 巡山"))).await;
    assert!(listed(&few).len() == 5 && !few.contains("还有更多"), "{few}");
    let none = page(&browser, &format!("?q={}", asked("没有这一家"))).await;
    assert!(none.contains("没有找到这个名称") && none.contains("href=\"/snap?lang=zh\""), "{none}");
}

#[tokio::test]
async fn of_homes_of_minors_the_name_is_told_and_not_where_they_stand() {
    let server = Server::start().await;
    let browser = server.browser();
    let kinds = [FacilityType::ChildWelfare, FacilityType::MinorProtection, FacilityType::ElderlyCare];
    register(&server, kinds.map(|kind| named(&format!("巡林之家 {}", kind.name()), kind))).await;
    let found = page(&browser, &format!("?q={}", asked("巡林"))).await;
    assert_eq!(listed(&found).len(), 3);
    assert_eq!(found.matches("样例路 9 号").count(), 1, "{found}");
    let items: Vec<&str> = found.split("<li>").filter(|it| it.contains("样例路 9 号")).collect();
    assert!(matches!(items[..], [item] if item.contains("elderly_care")), "{found}");
}

#[tokio::test]
async fn neither_a_name_nor_a_search_becomes_markup_or_a_question_to_the_database() {
    let server = Server::start().await;
    let browser = server.browser();
    register(&server, [named("巡<b>'\"&院", FacilityType::ElderlyCare)]).await;
    for attack in [
        "<script>alert(1)</script>",
        "\"><img src=x>",
        "' OR 1=1 --",
        "%%",
        "__",
        "巡\0院",
        "\u{fffd}\u{202e}",
    ] {
        let found = page(&browser, &format!("?q={}", asked(attack))).await;
        assert!(!found.contains("<script") && !found.contains("<img"), "{attack}: {found}");
        assert!(listed(&found).is_empty(), "{attack}: {found}");
    }
    assert!(listed(&page(&browser, "?q=%FF%FE%FD").await).is_empty());
    let found = page(&browser, &format!("?q={}", asked("<B>'"))).await;
    assert_eq!(listed(&found)[0].1, "巡&lt;b&gt;&#39;&quot;&amp;院");
    let long = page(&browser, &format!("?q={}", asked(&"长".repeat(500)))).await;
    assert!(long.contains(&format!("value=\"{}\"", "长".repeat(40))), "{long}");
}

#[tokio::test]
async fn an_address_that_searches_too_often_is_told_when_to_come_back_and_can_still_report() {
    let server = Server::with(Standing { addresses: AddressSource::Proxy, ..Standing::default() }).await;
    let browser = server.browser();
    let search = async |address: &str, question: &str| {
        let headers = [("x-forwarded-for", address)];
        browser.send(Method::GET, &format!("/snap/where{question}"), &headers, "").await
    };
    for _ in 0..60 {
        assert_eq!(search("203.0.113.7", "?q=ab").await.status, StatusCode::OK);
    }
    let refused = search("203.0.113.7", "?q=ab&lang=en").await;
    let (text, wait) = (refused.text(), refused.header("retry-after").parse::<u32>().unwrap());
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert!((3500..=3600).contains(&wait), "{wait}");
    assert!(
        text.contains("429.S19") && text.contains("in 60 min") && text.contains("value=\"ab\""),
        "{text}"
    );
    assert_eq!(search("203.0.113.8", "?q=ab").await.status, StatusCode::OK, "others are not harmed");
    assert_eq!(search("203.0.113.7", "").await.status, StatusCode::OK, "the page itself costs nothing");
    report(&browser, &[], &[]).await;
}
