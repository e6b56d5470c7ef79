//! Records of staff training: one's own, an institution's, a region's; as pages and as a table; and made again from entries.

use axum::http::StatusCode;
use xunan_core::access::Role;
use xunan_core::ids::{FacilityId, TrainingId};
use xunan_core::knowledge::{Command, Content};
use xunan_core::log::Body;
use xunan_server::ledger_store::{ListedTraining, Tables};
use xunan_server::rebuild::rebuild;

use super::articles::{content, done, quiz, read, told};
use super::between;
use super::training::{RIGHT, answer, article, fields, home, path, send, staff};
use crate::support::{Server, facility};

const OWN: &str = "/snap/know/training";
const PLACES: &str = "/snap/know/training/institutions";

/// Two of five.
const WRONG: [(&str, &str); 2] = [("q0", "0"), ("q1", "1")];

fn of(facility: FacilityId) -> String {
    format!("{OWN}?f={facility}")
}

fn csv(facility: FacilityId) -> String {
    format!("/snap/know/training.csv?f={facility}")
}

#[tokio::test]
async fn ones_own_records_are_listed_the_newest_first_page_by_page() {
    let server = Server::start().await;
    let mut office = server.phone("supervisor1").await;
    let staff = staff(&server, "nurse").await;
    assert!(read(&staff, OWN).await.contains("还没有培训记录"));
    let (id, _) = article(&mut office, "用电").await;
    for number in 0..23 {
        let answers: &[(&str, &str)] = if number == 22 { &WRONG } else { &RIGHT };
        assert_eq!(answer(&staff, id, answers).await.status, StatusCode::OK);
    }
    let front = read(&staff, OWN).await;
    assert_eq!((front.matches("<li>").count(), front.matches("不合格</strong>").count()), (20, 1));
    assert!(front.find("不合格").unwrap() < front.find("答对 5 题").unwrap(), "the newest first: {front}");
    let before = between(&front, &format!("{OWN}?lang=zh&amp;before="), "\">更早的").to_owned();
    let rest = read(&staff, &format!("{OWN}?before={before}")).await;
    assert_eq!(rest.matches("<li>").count(), 3);
    assert!(!rest.contains("更早的") && rest.contains("最新的"));
    assert!(!front.contains("本机构人员的培训记录") && !front.contains("辖区各机构"), "{front}");
    assert_eq!(read(&staff, &format!("{OWN}?before=x")).await, front);
    assert!(read(&staff, &format!("{OWN}?lang=en")).await.contains("Not passed"));
}

#[tokio::test]
async fn the_head_sees_the_last_attempt_of_each_person_at_each_article_and_who_has_not_passed() {
    let server = Server::start().await;
    let mut office = server.phone("supervisor1").await;
    let (one, first) = article(&mut office, "用电").await;
    let (two, _) = article(&mut office, "疏散").await;
    let (nurse, cook) = (staff(&server, "nurse").await, staff(&server, "cook").await);
    let head = server.signed_in("institution1").await;
    let home = home(&server).await;
    let nothing = read(&head, &of(home)).await;
    assert!(nothing.contains("还没有培训记录"), "{nothing}");
    assert!(!nothing.contains("新人nurse"), "who has an account is not told before there is a record");
    for (browser, article, answers) in [
        (&nurse, one, &WRONG[..]),
        (&nurse, one, &RIGHT[..]),
        (&nurse, two, &RIGHT[..]),
        (&cook, one, &RIGHT[..]),
        (&cook, one, &WRONG[..]),
    ] {
        assert_eq!(answer(browser, article, answers).await.status, StatusCode::OK);
    }
    let own = read(&head, OWN).await;
    assert!(own.contains(&format!("{OWN}?lang=zh&amp;f={home}\">本机构人员的培训记录")), "{own}");
    let page = read(&head, &of(home)).await;
    assert_eq!(page.matches("<li>").count(), 3, "{page}");
    assert!(page.contains("新人nurse · 都合格") && page.contains("新人cook · 1 篇不合格"), "{page}");
    assert!(page.contains("检查项“近一年全员安全培训有记录（含新上岗）”"), "{page}");
    assert!(!page.contains("新的一版"), "{page}");
    let next = Content { quiz: quiz(), ..content("用电", "改过") };
    done(&mut office, one, Command::Revise { after: first, content: next }).await;
    assert_eq!(read(&head, &of(home)).await.matches("文章已有新的一版").count(), 2);
}

#[tokio::test]
async fn records_are_seen_by_oneself_the_own_head_and_the_offices_around_and_are_not_there_for_others() {
    let server = Server::start().await;
    let mut office = server.phone("supervisor1").await;
    let (id, _) = article(&mut office, "用电").await;
    let nurse = staff(&server, "nurse").await;
    answer(&nurse, id, &RIGHT).await;
    let home = home(&server).await;
    for (login, region) in [("neighbour", "999902"), ("city", "9999"), ("township", "999901001")] {
        crate::accounts::somebody(&server, login, region, Role::Supervisor).await;
    }
    let elsewhere = facility("999901001");
    crate::accounts::somebody(&server, "other", "999901001", Role::Institution { facility: elsewhere.id })
        .await;
    let entry = {
        let me = nurse.account().await.id;
        let found: Vec<ListedTraining> =
            server.parts.store.read(move |tables| tables.trainings_of(me, None, 1)).await.unwrap();
        found[0].training.mark.entry
    };
    for (login, sees) in [
        ("supervisor1", true),
        ("inspector1", true),
        ("institution1", true),
        ("city", true),
        ("township", true),
        ("neighbour", false),
        ("other", false),
        ("nurse", false),
        ("admin1", false),
        ("reward1", false),
        ("supervisor2", false),
        ("inspector3", false),
    ] {
        let browser = server.signed_in(login).await;
        let expected = if sees { StatusCode::OK } else { StatusCode::NOT_FOUND };
        let unknown = told(&browser.get(&format!("{OWN}?f=x")).await);
        assert_eq!(unknown.0, StatusCode::NOT_FOUND, "{login}");
        for address in [of(home), csv(home)] {
            let answer = browser.get(&address).await;
            assert_eq!(answer.status, expected, "{login}: {address}");
            assert_eq!(answer.header("cache-control"), "no-store", "{login}: {address}");
            assert_eq!(
                answer.header("xunan-page"),
                "snap",
                "{login}: {address}: the worker takes it for ours"
            );
            assert!(sees || told(&answer) == unknown, "{login}: {address}");
        }
        // The entry, as anybody takes one along to prove it.
        let own = login == "nurse";
        let answer = browser.get(&format!("/api/entries/{entry}")).await;
        let expected = if sees || own { StatusCode::OK } else { StatusCode::NOT_FOUND };
        assert_eq!(answer.status, expected, "{login}: {}", answer.text());
        let places = browser.get(PLACES).await;
        let lists = matches!(places.status, StatusCode::OK);
        let is_office = matches!(
            login,
            "supervisor1" | "inspector1" | "city" | "township" | "neighbour" | "supervisor2" | "inspector3"
        );
        assert_eq!(lists, is_office, "{login}");
        assert_eq!(places.text().contains(&home.to_string()), sees && is_office, "{login}");
        assert!(lists || told(&places) == unknown, "{login}");
    }
    for address in [of(home), csv(home), PLACES.to_owned()] {
        assert_eq!(server.browser().get(&address).await.status, StatusCode::UNAUTHORIZED, "{address}");
    }
}

#[tokio::test]
async fn a_region_s_institutions_are_found_by_name_and_an_institution_that_moves_is_found_where_it_is() {
    let server = Server::start().await;
    let mut office = server.phone("supervisor1").await;
    let (id, _) = article(&mut office, "用电").await;
    let mut made = Vec::new();
    for number in 0..22 {
        let mut card = facility("999901001");
        card.name = format!("<b>虚构院{number}");
        let entry = office.sign(&Body::FacilityRegistered(card.clone()));
        office.push_one(&entry).await;
        let login = format!("staff{number}");
        crate::accounts::somebody(&server, &login, "999901001", Role::Staff { facility: card.id }).await;
        answer(&server.signed_in(&login).await, id, &RIGHT).await;
        made.push(card);
    }
    let desk = server.signed_in("supervisor1").await;
    let front = read(&desk, PLACES).await;
    assert_eq!(front.matches("<li>").count(), 20);
    assert!(front.contains("&lt;b&gt;虚构院") && !front.contains("<b>"), "{front}");
    let after = between(&front, &format!("{PLACES}?lang=zh&amp;after="), "\">后面的").to_owned();
    let rest = read(&desk, &format!("{PLACES}?after={after}")).await;
    assert_eq!(rest.matches("<li>").count(), 2);
    // 院21
    let found = read(&desk, &format!("{PLACES}?q=%E9%99%A221")).await;
    assert!(found.matches("<li>").count() == 1 && found.contains(&made[21].id.to_string()), "{found}");
    assert!(read(&desk, &format!("{PLACES}?q=zzz")).await.contains("换个词再找"));
    let mut moved = made[21].clone();
    moved.division = "999901002".parse().unwrap();
    let entry = office.sign(&Body::FacilityRegistered(moved.clone()));
    office.push_one(&entry).await;
    let township = server.signed_in("supervisor2").await;
    assert!(read(&township, PLACES).await.contains(&moved.id.to_string()));
    assert_eq!(township.get(&of(moved.id)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_table_has_each_attempt_and_nothing_that_a_spreadsheet_would_run() {
    let server = Server::start().await;
    let mut office = server.phone("supervisor1").await;
    let (id, _) = article(&mut office, "=HYPERLINK(\"http://elsewhere.example\")").await;
    let (nurse, cook) = (staff(&server, "nurse").await, staff(&server, "cook").await);
    answer(&nurse, id, &RIGHT).await;
    answer(&cook, id, &WRONG).await;
    let (home, head) = (home(&server).await, server.signed_in("institution1").await);
    let answer = head.get(&csv(home)).await;
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(answer.header("content-disposition"), format!("attachment; filename=\"training-{home}.csv\""));
    assert_eq!(answer.header("content-encoding"), "");
    let text = answer.text();
    let lines: Vec<&str> = text.trim_end().lines().collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert!(lines[0].starts_with("\u{feff}姓名,单位,文章"), "{text}");
    let formula = "\"'=HYPERLINK(\"\"http://elsewhere.example\"\")\"";
    assert!(
        lines[1].starts_with("新人nurse,") && lines[1].contains(&format!("{formula},1,5,5,100,合格,")),
        "{text}"
    );
    assert!(
        lines[2].starts_with("新人cook,") && lines[2].contains(&format!("{formula},1,2,5,40,不合格,")),
        "{text}"
    );
    for page in [read(&head, &of(home)).await, read(&nurse, OWN).await] {
        assert!(page.contains("=HYPERLINK(&quot;"), "{page}");
    }
}

#[tokio::test]
async fn records_that_are_made_again_from_the_entries_are_the_same() {
    let server = Server::start().await;
    let mut office = server.phone("supervisor1").await;
    let (id, first) = article(&mut office, "用电").await;
    let nurse = staff(&server, "nurse").await;
    let form = fields(&nurse, &path(id)).await;
    send(&nurse, &path(id), &form, &RIGHT).await;
    answer(&nurse, id, &WRONG).await;
    // What was in force then is not any more, and the record stays.
    done(&mut office, id, Command::Withdraw { version: first, reason: "过时".to_owned() }).await;
    let (home, desk) = (home(&server).await, server.signed_in("supervisor1").await);
    let pages = async || {
        [
            read(&nurse, OWN).await,
            read(&desk, &of(home)).await,
            read(&desk, &csv(home)).await,
            read(&desk, PLACES).await,
        ]
    };
    let before = pages().await;
    assert!(before[1].contains("用电") && before[3].contains(&home.to_string()), "{before:?}");
    rebuild(&server.parts.store, &server.parts.packs).await.unwrap();
    assert_eq!(pages().await, before);
    let id: TrainingId = form[0].1.parse().unwrap();
    let kept = server.parts.store.read(move |tables: &dyn Tables| tables.training(id)).await.unwrap();
    assert!(kept.is_some(), "a form that was sent before is known after it");
    // The next process writes on with a device of its own.
    let server = server.restarted().await;
    let mut office = server.phone("supervisor1").await;
    let (other, _) = article(&mut office, "疏散").await;
    let nurse = server.signed_in("nurse").await;
    assert_eq!(answer(&nurse, other, &RIGHT).await.status, StatusCode::OK);
    assert_eq!(read(&nurse, OWN).await.matches("<li>").count(), 3);
}
