//! What a reporter is told of a report, and what the reporter can say to it.

use axum::http::StatusCode;
use xunan_core::hazard::HazardState;
use xunan_core::ids::HazardId;
use xunan_core::ledger::{HazardCard, Origin, Row};
use xunan_core::log::Effect;
use xunan_core::problem::{Problem, StepRefusal};
use xunan_core::rules::Grade;
use xunan_core::snap::{Command, MAX_REOPENINGS, NewHazard, Satisfaction, SnapState, Stage, StepKind};
use xunan_server::clock::id_entropy;

use super::{Sent, answered, card, cards, post, report, step};
use crate::support::{Browser, Phone, Server, fresh_jpeg, jpeg, now};

/// A report that was answered, and whoever is there.
struct Answered {
    server: Server,
    /// The reporter's.
    browser: Browser,
    told: Sent,
    office: Phone,
    /// The entry of the answer.
    answer: String,
}

impl Answered {
    async fn report() -> Self {
        let server = Server::start().await;
        let browser = server.browser();
        let told = report(&browser, &[], &[]).await;
        let mut office = server.phone("supervisor1").await;
        let snap = card(&server).await.id();
        let answer = answered(&server, &mut office, snap).await.to_string();
        Self { server, browser, told, office, answer }
    }
}

#[tokio::test]
async fn each_step_is_told_in_words_with_its_office_and_without_names() {
    let Answered { browser, told, server: _server, .. } = Answered::report().await;
    let page = browser.get(&told.path).await.text();
    for words in
        ["收到", "受理", "办结", "已更换为推闩式门锁", "答复", "感谢您的监督", "云溪县民政局", "已答复"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("周演示"), "nobody's name: {page}");
    assert!(page.contains("对答复满意吗") && page.contains("没有真正解决"), "{page}");
    let english = browser.get(&format!("{}?lang=en", told.path)).await.text();
    assert!(english.contains("Are you satisfied with the answer"), "{english}");
}

#[tokio::test]
async fn the_reporter_rates_the_answer_and_opens_the_report_again() {
    let Answered { server, browser, told, answer, .. } = Answered::report().await;
    let rate = [("do", "rate"), ("answer", &*answer), ("satisfaction", "dissatisfied")];
    let rated = post(&browser, &told.path, &rate, &[]).await;
    assert_eq!(rated.status, StatusCode::OK, "{}", rated.text());
    let Stage::Answered { satisfaction, .. } = card(&server).await.life.stage else { panic!("not answered") };
    assert_eq!(satisfaction, Some(Satisfaction::Dissatisfied));
    let twice = post(&browser, &told.path, &rate, &[]).await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    assert!(twice.text().contains("409.S13"));
    for words in ["  ", &*"字".repeat(1001)] {
        let fields = [("do", "not_fixed"), ("answer", &*answer), ("words", words)];
        let refused = post(&browser, &told.path, &fields, &[]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
    }
    let not_fixed = [("do", "not_fixed"), ("answer", &*answer), ("words", "门又锁上了，打 13812345678 找我")];
    let opened = post(&browser, &told.path, &not_fixed, &[]).await;
    assert!(opened.text().contains("重新办理") && opened.text().contains("***********"), "{}", opened.text());
    let after = card(&server).await;
    assert_eq!(after.life.stage.state(), SnapState::Accepted);
    assert!(!after.life.story.last().unwrap().mark.is_named());
    assert_eq!(post(&browser, &told.path, &not_fixed, &[]).await.status, StatusCode::CONFLICT);
    for (what, fields) in [("nothing", vec![]), ("something else", vec![("do", "delete")])] {
        assert_eq!(post(&browser, &told.path, &fields, &[]).await.status, StatusCode::BAD_REQUEST, "{what}");
    }
}

#[tokio::test]
async fn after_the_fifth_time_that_it_is_not_really_fixed_the_page_says_so_in_the_place_of_the_form() {
    let Answered { server, browser, told, mut office, answer } = Answered::report().await;
    let mut answer = answer;
    for _ in 0..MAX_REOPENINGS {
        let offered = browser.get(&told.path).await.text();
        assert!(offered.contains("value=\"not_fixed\"") && !offered.contains("请直接联系"), "{offered}");
        let fields = [("do", "not_fixed"), ("answer", &*answer), ("words", "又锁上了")];
        post(&browser, &told.path, &fields, &[]).await;
        for command in [
            |after| Command::DealWith { after, words: "已更换".to_owned() },
            |after| Command::Answer { after, words: "谢谢".to_owned() },
        ] {
            let after = card(&server).await.life.story.last().unwrap().mark.entry;
            let snap = card(&server).await.id();
            assert_eq!(step(&mut office, snap, command(after)).await, Effect::Taken);
        }
        answer = card(&server).await.life.story.last().unwrap().mark.entry.to_string();
    }
    let told_off = browser.get(&told.path).await.text();
    assert!(told_off.contains("请直接联系") && !told_off.contains("value=\"not_fixed\""), "{told_off}");
    let fields = [("do", "not_fixed"), ("answer", &*answer), ("words", "又锁上了")];
    assert_eq!(post(&browser, &told.path, &fields, &[]).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn what_is_not_really_fixed_is_shown_by_photos_that_the_office_sees_and_nobody_else() {
    let Answered { server, browser, told, office, answer } = Answered::report().await;
    let fields = |words| [("do", "not_fixed"), ("answer", &*answer), ("words", words)];

    let nothing = post(&browser, &told.path, &fields(""), &[]).await;
    assert!(nothing.text().contains("422.S24"), "{}", nothing.text());
    let broken = post(&browser, &told.path, &fields("门又<锁上了"), &[jpeg(), b"no photo".to_vec()]).await;
    assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["422.S9", "第 2 张照片", "门又&lt;锁上了</textarea>"] {
        assert!(broken.text().contains(words), "{words}: {}", broken.text());
    }
    let many = post(&browser, &told.path, &fields(""), &vec![jpeg(); 10]).await;
    assert!(many.text().contains("422.S8"), "{}", many.text());
    assert_eq!(card(&server).await.life.stage.state(), SnapState::Answered, "nothing was taken so far");

    let shown = post(&browser, &told.path, &fields(""), &[fresh_jpeg()]).await;
    assert!(shown.text().contains("重新办理") && shown.text().contains("照片 1 张"), "{}", shown.text());
    let line = card(&server).await.life.story.last().unwrap().clone();
    assert_eq!((line.kind, line.photos.len()), (StepKind::NotFixed, 1));
    let path = format!("/api/photos/{}", line.photos[0].stored.hex());
    let seen = office.browser.get(&path).await;
    assert_eq!(seen.status, StatusCode::OK);
    assert_ne!(seen.body, fresh_jpeg(), "our own encoding");
    for login in ["inspector1", "institution1", "admin1"] {
        let answer = server.signed_in(login).await.get(&path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{login}");
    }
    assert!(!browser.get(&path).await.status.is_success());
    // The same form once more, as from a browser that was sent back: nothing is decoded or kept for it.
    let again = post(&browser, &told.path, &fields(""), &[fresh_jpeg()]).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.text());
    let code = post(&browser, "/snap/code", &[("code", &told.code)], &[]).await.text();
    assert!(!code.contains("照片"), "{code}");
}

#[tokio::test]
async fn looking_changes_nothing_and_a_link_that_opens_nothing_is_like_any_other() {
    let server = Server::start().await;
    let browser = server.browser();
    let told = report(&browser, &[("name", "王小明")], &[]).await;
    let position = || server.parts.store.read(|tables| tables.last_position());
    let before = (card(&server).await, position().await.unwrap());
    for path in [&*told.path, "/snap/code", "/snap"] {
        browser.get(&format!("{path}?do=forget&lang=zh")).await;
    }
    assert_eq!((card(&server).await, position().await.unwrap()), before);
    let unknown = browser.get("/snap/f/AAAAAAAAAAAAAAAAAAAAAQ").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    let cut = &told.path[..told.path.len() - 1];
    for path in [cut, "/snap/f/x", "/snap/f/%2e%2e%2fetc", "/snap/f/AAAAAAAAAAAAAAAAAAAAAA"] {
        let answer = browser.get(path).await;
        assert_eq!((answer.status, &answer.body), (StatusCode::NOT_FOUND, &unknown.body), "{path}");
        let said = post(&browser, path, &[("do", "forget")], &[]).await;
        assert_eq!((said.status, &said.body), (StatusCode::NOT_FOUND, &unknown.body), "{path}");
    }
}

#[tokio::test]
async fn the_code_for_the_telephone_tells_how_it_stands_and_not_what_was_written() {
    let server = Server::start().await;
    let browser = server.browser();
    let told = report(&browser, &[("name", "王小明")], &[]).await;
    for code in [told.code.clone(), told.code.replace(' ', ""), format!(" {} ", told.code.replace(' ', "-"))]
    {
        let page = post(&browser, "/snap/code", &[("code", &code)], &[]).await;
        assert_eq!(page.status, StatusCode::OK, "{code}: {}", page.text());
        assert!(page.text().contains(&told.number) && page.text().contains("已收到"));
        for hidden in ["三楼安全出口锁着", "样例路", "王", &told.path] {
            assert!(!page.text().contains(hidden), "{hidden}: {}", page.text());
        }
    }
    let mut office = server.phone("supervisor1").await;
    let snap = card(&server).await.id();
    let answer = answered(&server, &mut office, snap).await.to_string();
    let not_fixed = [("do", "not_fixed"), ("answer", &*answer), ("words", "门又锁上了")];
    post(&browser, &told.path, &not_fixed, &[]).await;
    let page = post(&browser, "/snap/code", &[("code", &told.code)], &[]).await.text();
    assert!(page.contains("感谢您的监督") && !page.contains("门又锁上了"), "{page}");
    for code in ["0000000000", "", "123", "<script>"] {
        let page = post(&browser, "/snap/code", &[("code", code)], &[]).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{code}");
        assert!(page.text().contains("404.S14"), "{code}");
    }
    for _ in 0..12 {
        post(&browser, "/snap/code", &[("code", "0000000000")], &[]).await;
    }
    let refused = post(&browser, "/snap/code", &[("code", &told.code)], &[]).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS, "guesses are counted");
    assert!(!refused.header("retry-after").is_empty());
}

#[tokio::test]
async fn a_later_reporter_sees_the_result_and_not_the_first_reporter() {
    let server = Server::start().await;
    let browser = server.browser();
    report(&browser, &[("words", "第一个人写的话"), ("address", "第一个人的地址")], &[]).await;
    let later = report(&browser, &[("words", "第二个人写的话")], &[]).await;
    let all = cards(&server).await;
    let (first, second) = (all[0].id(), all[1].id());
    let mut office = server.phone("supervisor1").await;
    assert_eq!(step(&mut office, second, Command::Duplicate { of: first }).await, Effect::Taken);
    answered(&server, &mut office, first).await;
    let page = browser.get(&later.path).await.text();
    assert!(page.contains("并案") && page.contains("已更换为推闩式门锁"), "{page}");
    assert!(page.contains("第二个人写的话") && !page.contains("第一个人"), "{page}");
}

#[tokio::test]
async fn a_report_becomes_a_hazard_in_whose_loop_it_is_put_right() {
    let server = Server::start().await;
    let browser = server.browser();
    let told = report(&browser, &[], &[]).await;
    let mut office = server.phone("supervisor1").await;
    let snap = card(&server).await.id();
    assert_eq!(step(&mut office, snap, Command::Accept).await, Effect::Taken);
    let rows = office.browser.rows().await;
    let facility = rows.into_iter().find_map(|row| match row {
        Row::Facility(facility) => Some(facility),
        _ => None,
    });
    let facility = facility.unwrap();
    let id = HazardId::from_parts(now(), id_entropy().unwrap());
    let hazard = NewHazard {
        id,
        facility: facility.id,
        title: "安全出口锁闭".to_owned(),
        place: String::new(),
        grade: Grade::General,
        due: now().date().plus_days(7),
    };
    assert_eq!(step(&mut office, snap, Command::TurnIntoHazard { hazard }).await, Effect::Taken);
    let found: HazardCard = office.browser.get(&format!("/api/hazards/{id}")).await.json();
    assert_eq!((found.state, found.origin), (HazardState::Found, Origin::Snap));
    assert!(browser.get(&told.path).await.text().contains("已列为隐患"));
    let after = card(&server).await.life.story.last().unwrap().mark.entry;
    let early = step(&mut office, snap, Command::DealWith { after, words: "已整改".to_owned() }).await;
    let problem = Problem::StepRefused { why: StepRefusal::NotPutRight };
    assert_eq!(early, Effect::None { problem }, "its own loop says when it was put right");
}
