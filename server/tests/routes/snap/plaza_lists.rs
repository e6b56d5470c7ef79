//! The lists of what is public: pages, filters, words, and that they are a fold of entries.

use axum::http::StatusCode;
use xunan_core::clock::Span;
use xunan_core::ids::{Entropy, SnapId};
use xunan_core::ledger::SnapCard;
use xunan_core::log::Effect;
use xunan_core::snap::{Category, Command, PublicPlace, PublicTitle, PublicWords, Stage};
use xunan_server::ledger_store::Tables;
use xunan_server::rebuild::rebuild;

use super::plaza::notice;
use super::{answered, card, post, report, step};
use crate::support::{Browser, Server};

/// One public case of the office, and behind it so many copies of it that differ in category, township, state and words.
pub(super) async fn plaza(server: &Server, copies: u32) -> SnapId {
    report(&server.browser(), &[], &[]).await;
    let (snap, mut office) = (card(server).await.id(), server.phone("supervisor1").await);
    let after = answered(server, &mut office, snap).await;
    let publish = Command::Publish { after, notice: notice("通道被堵", "已清走") };
    assert_eq!(step(&mut office, snap, publish).await, Effect::Taken);
    let original = card(server).await;
    let unit = move |tables: &dyn Tables| {
        (0..copies).try_for_each(|number| tables.put_snap(&copy(&original, number)))
    };
    server.parts.store.write(unit).await.unwrap();
    snap
}

pub(super) fn copy(original: &SnapCard, number: u32) -> SnapCard {
    let mut card = original.clone();
    let at = card.received.plus(Span::seconds(number.into()));
    card.report.snap = SnapId::from_parts(at, Entropy(u128::from(number)));
    card.report.division = format!("99990100{}", number % 2 + 2).parse().unwrap();
    let Stage::Answered { mark, .. } = card.life.stage.clone() else { panic!("not answered") };
    if number.is_multiple_of(3) {
        card.life.stage = Stage::Accepted { mark };
    }
    let public = card.life.publication.as_mut().unwrap();
    let notice = &mut public.notice;
    notice.category = if number.is_multiple_of(5) { Category::Gas } else { Category::Lift };
    notice.title = PublicTitle::of(&format!("案件{number}号")).unwrap();
    notice.place = PublicPlace::of(if number.is_multiple_of(2) { "青石镇" } else { "柳河乡" }).unwrap();
    notice.words = PublicWords::of(if number == 7 { "液化气瓶 LPG" } else { "" }).unwrap();
    card
}

/// The titles of a list, over all its pages, and how many these were.
async fn titles(browser: &Browser, question: &str) -> (Vec<String>, usize) {
    let (mut path, mut titles, mut pages) = (format!("/snap/plaza?{question}"), Vec::new(), 0);
    loop {
        let page = browser.get(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        let text = page.text();
        let items = text.split("<li><h2><a href=\"/snap/plaza/").skip(1);
        titles.extend(items.map(|it| super::between(it, ">", "<").to_owned()));
        pages += 1;
        match text.split("<a class=\"line-link\" href=\"").find(|it| it.contains(">更早的<")) {
            Some(older) => path = older.split('"').next().unwrap().replace("&amp;", "&"),
            None => return (titles, pages),
        }
    }
}

#[tokio::test]
async fn lists_are_read_page_by_page_and_narrowed_down_by_all_that_is_offered() {
    let server = Server::start().await;
    plaza(&server, 50).await;
    let browser = server.browser();
    let named = |fits: fn(&u32) -> bool| -> Vec<String> {
        (0..50).rev().filter(fits).map(|number| format!("案件{number}号")).collect()
    };
    let mut all = named(|_| true);
    all.push("通道被堵".to_owned());
    assert_eq!(titles(&browser, "").await, (all, 3));
    let narrowed = browser.get("/snap/plaza?category=gas&place=999901003&q=LPG").await.text();
    let english = "href=\"/snap/plaza?lang=en&amp;category=gas&amp;place=999901003&amp;q=lpg\">English";
    assert!(narrowed.contains(english), "another language is the same list: {narrowed}");
    for (question, expected) in [
        ("category=gas", named(|it| it.is_multiple_of(5))),
        ("state=open", named(|it| it.is_multiple_of(3))),
        ("place=999901003", named(|it| !it.is_multiple_of(2))),
        ("place=999901003&state=open&category=gas", named(|it| it % 2 == 1 && it % 3 == 0 && it % 5 == 0)),
        ("q=%E6%9F%B3%E6%B2%B3", named(|it| !it.is_multiple_of(2))),
        ("q=%E6%A1%88&category=gas", named(|it| it.is_multiple_of(5))),
        ("q=lpg", named(|it| *it == 7)),
        ("q=LPG&state=open", Vec::new()),
        ("q=%E5%8E%9F%E8%AF%9D", Vec::new()),
        ("place=999901999", Vec::new()),
        ("category=gas&state=neither&place=x", named(|it| it.is_multiple_of(5))),
    ] {
        assert_eq!(titles(&browser, question).await.0, expected, "{question}");
    }
    let narrowed = browser.get("/snap/plaza?category=food").await.text();
    assert!(narrowed.contains("没有符合条件的") && narrowed.contains("看全部"), "{narrowed}");
    assert!(narrowed.contains("<option value=\"food\" selected>"), "{narrowed}");
    assert!(narrowed.contains("<option value=\"999901002\">青石镇</option>"), "{narrowed}");
    assert!(narrowed.contains("已公开 51 件，其中已答复 34 件"), "{narrowed}");
    for before in ["-1", "x", "99999999999999999999", "9223372036854775807", "18446744073709551615"] {
        assert_eq!(browser.get(&format!("/snap/plaza?before={before}")).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn a_search_that_reads_enough_says_so_and_goes_on_from_there() {
    let server = Server::start().await;
    plaza(&server, 0).await;
    let original = card(&server).await;
    // Each of the new ones has all pairs of the characters that are searched, and none has them in that order.
    let unit = move |tables: &dyn Tables| {
        (0..1010).try_for_each(|number| {
            let mut card = copy(&original, number);
            let public = card.life.publication.as_mut().unwrap();
            public.notice.words = PublicWords::of("已清走，已更换").unwrap();
            tables.put_snap(&card)
        })
    };
    server.parts.store.write(unit).await.unwrap();
    let browser = server.browser();
    let found = async |question: &str| browser.get(&format!("/snap/plaza?{question}")).await.text();
    // 清走，已清
    let words = "q=%E6%B8%85%E8%B5%B0%EF%BC%8C%E5%B7%B2%E6%B8%85";
    let first = found(words).await;
    assert!(first.contains("找过了 1000 件") && !first.contains("没有符合条件的"), "{first}");
    let on = first.split("href=\"/snap/plaza?").find(|it| it.contains(">接着往前找<")).unwrap();
    let last = found(&on.split('"').next().unwrap().replace("&amp;", "&")).await;
    assert!(last.contains("没有符合条件的") && !last.contains("接着往前找"), "{last}");
    let english = found(&format!("lang=en&{words}")).await;
    assert!(english.contains("1000 cases were searched") && english.contains("Search on"), "{english}");
    // 案件1号
    assert!(found("q=%E6%A1%88%E4%BB%B61%E5%8F%B7").await.contains("案件1号"), "what is there is found");
}

#[tokio::test]
async fn what_is_public_is_made_again_from_the_entries_and_who_met_it_stays() {
    let server = Server::start().await;
    let snap = plaza(&server, 0).await;
    let browser = server.browser();
    let path = format!("/snap/plaza/{}", xunan_core::snap::CaseNumber::of(snap));
    post(&browser, &path, &[("device", "AAAAAAAAAAAAAAAAAAAAAQ")], &[]).await;
    let looked = async || {
        let case = browser.get(&path).await.text();
        let case = case.split("name=\"device\"").next().unwrap().to_owned();
        (browser.get("/snap/plaza").await.text(), case)
    };
    let before = looked().await;
    assert!(before.0.contains("1 人也遇到了"));
    rebuild(&server.parts.store, &server.parts.packs).await.unwrap();
    assert_eq!(looked().await, before);
}
