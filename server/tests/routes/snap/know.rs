//! What counts as a hazard, for everybody: the lines of the checklist in force, found by section, kind, grade and words.

use axum::http::StatusCode;
use xunan_core::facility::FacilityType;
use xunan_core::rules::{Grade, shipped};

use crate::support::{Browser, Server};

async fn page(browser: &Browser, question: &str) -> String {
    let answer = browser.get(&format!("/snap/know{question}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{question}");
    answer.text()
}

/// As texts stand in HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

/// The titles of all lines that a question finds, page by page.
async fn found(browser: &Browser, question: &str) -> Vec<String> {
    let (mut titles, mut address) = (Vec::new(), question.to_owned());
    loop {
        let text = page(browser, &address).await;
        let lines = text.split("<li><h2>").skip(1).map(|it| it.split("</h2>").next().unwrap().to_owned());
        titles.extend(lines);
        let Some((before, _)) = text.split_once("\">后面的</a>") else { return titles };
        let link = before.rsplit_once("href=\"").unwrap().1;
        address = link.trim_start_matches("/snap/know").replace("&amp;", "&");
    }
}

#[tokio::test]
async fn every_line_is_found_by_its_section_and_the_gravest_by_their_grade() {
    let (server, pack) = (Server::start().await, shipped::checklist().unwrap());
    let browser = server.browser();
    let front = page(&browser, "").await;
    let mut lines = 0;
    for section in pack.sections() {
        assert!(front.contains(&section.text.zh), "{:?}", section.id);
        let expected: Vec<String> = pack
            .items()
            .iter()
            .filter(|item| item.section == section.id)
            .map(|item| escaped(&item.text.zh))
            .collect();
        assert_eq!(found(&browser, &format!("?section={}", section.id.as_str())).await, expected);
        lines += expected.len();
    }
    assert_eq!(lines, pack.items().len());
    let kind = FacilityType::ElderlyCare;
    let major = |item: &&xunan_core::rules::Item| {
        item.applies_to.contains(&kind) && item.grade_for(kind) == Grade::Major
    };
    let expected = pack.items().iter().filter(major).count();
    let question = format!("?type={}&grade=major", kind.name());
    assert_eq!(found(&browser, &question).await.len(), expected);
    assert!(expected > 10, "{expected}");
}

#[tokio::test]
async fn a_search_finds_words_in_both_languages_and_shows_grade_reason_and_source() {
    let server = Server::start().await;
    let browser = server.browser();
    let text = page(&browser, "?q=%E6%B4%BE%E9%81%A3").await;
    for told in [
        "从负责人到一线",
        "不符合：一般隐患",
        "职责不清时没有人真正负责",
        "《安全生产法》21(1)、22（条文已核对）",
    ] {
        assert!(text.contains(told), "{told}: {text}");
    }
    let english = page(&browser, "?lang=en&q=AGENCY%20staff").await;
    assert!(english.contains("If it does not hold: general hazard"), "{english}");
    assert!(english.contains("Work Safety Law 21(1)、22 (the clause was read)"), "{english}");
    let none = page(&browser, "?q=xyzzy").await;
    assert!(none.contains("没有符合条件的"), "{none}");
}

#[tokio::test]
async fn nonsense_in_the_address_is_left_out_and_what_is_searched_never_becomes_markup() {
    let server = Server::start().await;
    let browser = server.browser();
    let front = page(&browser, "").await;
    for nonsense in ["?section=none", "?type=castle", "?grade=worst", "?from=-1", "?q=%20"] {
        assert_eq!(page(&browser, nonsense).await, front, "{nonsense}");
    }
    assert!(page(&browser, "?grade=major&from=99999").await.contains("没有符合条件的"));
    let narrowed = page(&browser, "?grade=major&q=%E9%97%A8&section=none").await;
    assert!(
        narrowed.contains("href=\"/snap/know?lang=en&amp;grade=major&amp;q=%E9%97%A8\">English"),
        "{narrowed}"
    );
    let markup = page(&browser, "?q=%3Cscript%3E%22").await;
    assert!(markup.contains("&lt;script&gt;&quot;") && !markup.contains("<script>"), "{markup}");
    let form = browser.get("/snap").await.text();
    assert!(form.contains("/snap/know"), "{form}");
}
