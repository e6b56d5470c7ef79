//! Articles of safety knowledge: from the office that writes one to everybody who reads it and answers its quiz.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use xunan_core::access::Role;
use xunan_core::facility::FacilityType;
use xunan_core::ids::{ArticleId, EntryId};
use xunan_core::knowledge::{
    Article, ArticleText, ArticleTitle, ChoiceWords, Command, Content, Pictures, Question, QuestionWords,
    Quiz, Step, What, WhyWords,
};
use xunan_core::log::{ArticleBody, Effect};
use xunan_core::problem::{Problem, StepRefusal};
use xunan_core::sync::ArticlesPage;
use xunan_server::clock::id_entropy;
use xunan_server::rebuild::rebuild;

use super::{between, post};
use crate::pull::EVERYBODY;
use crate::support::{Answer, Browser, Phone, Server, now, receipt};

pub(super) const LIST: &str = "/snap/know/articles";

pub(super) fn fresh() -> ArticleId {
    ArticleId::from_parts(now(), id_entropy().unwrap())
}

fn question(text: &str, choices: &[&str], right: usize) -> Question {
    let choices = choices.iter().map(|it| ChoiceWords::of(it).unwrap()).collect();
    let why = WhyWords::of(&format!("{text}：这样才安全")).unwrap();
    Question::of(QuestionWords::of(text).unwrap(), choices, right, why).unwrap()
}

pub(super) fn content(title: &str, text: &str) -> Content {
    Content {
        title: ArticleTitle::of(title).unwrap(),
        text: ArticleText::of(text).unwrap(),
        section: None,
        types: BTreeSet::new(),
        quiz: Quiz::default(),
        pictures: Pictures::default(),
    }
}

/// A quiz of five questions; the right answers are the first, the second, and so on round.
pub(super) fn quiz() -> Quiz {
    let one = |number: usize| question(&format!("第{number}问"), &["甲<b>", "乙", "丙"], number % 3);
    Quiz::try_from((0..5).map(one).collect::<Vec<_>>()).unwrap()
}

pub(super) async fn step(phone: &mut Phone, article: ArticleId, command: Command) -> (Effect, EntryId) {
    let entry = phone.sign(&ArticleBody(Box::new(Step { article, command })));
    let effect = receipt(&phone.push_one(&entry).await).receipt().effect.clone();
    (effect, entry.entry().id)
}

/// Does it, and answers the entry by which the article stands then.
pub(super) async fn done(phone: &mut Phone, article: ArticleId, command: Command) -> EntryId {
    let (effect, entry) = step(phone, article, command).await;
    assert_eq!(effect, Effect::Taken);
    entry
}

pub(super) async fn published(phone: &mut Phone, content: Content) -> (ArticleId, EntryId) {
    let article = fresh();
    let version = done(phone, article, Command::Publish { content }).await;
    (article, version)
}

fn refused(why: StepRefusal) -> Effect {
    Effect::None { problem: Problem::StepRefused { why } }
}

pub(super) async fn read(browser: &Browser, path: &str) -> String {
    let answer = browser.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    answer.text()
}

/// What tells two answers apart; the number of the request is another each time.
pub(super) fn told(answer: &Answer) -> (StatusCode, Vec<(String, String)>, String) {
    let headers = answer.headers.iter().filter(|(name, _)| *name != "x-request-id");
    let headers =
        headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
    (answer.status, headers, answer.text())
}

#[tokio::test]
async fn an_article_is_read_by_everybody_in_its_last_version_and_in_each_before() {
    let server = Server::start().await;
    let (browser, mut office) = (server.browser(), server.phone("supervisor1").await);
    assert!(read(&browser, LIST).await.contains("还没有文章"));
    let (id, first) = published(&mut office, content("电动车不进楼", "# 为什么\n\n电池**起火**快。")).await;
    let path = format!("{LIST}/{id}");
    let page = read(&browser, &path).await;
    assert_eq!(
        between(&page, "<div id=\"article\" class=\"article\" data-aloud lang=\"zh-CN\">\n", "</div>"),
        "<h2>为什么</h2>\n<p>电池<strong>起火</strong>快。</p>\n"
    );
    assert!(page.contains("第 1 版") && page.contains(&office.account.organisation), "{page}");
    assert!(!page.contains(&office.account.name) && !page.contains("各个版本"), "{page}");
    let next = content("电动车别进楼", "改过的话。");
    let second = done(&mut office, id, Command::Revise { after: first, content: next }).await;
    let page = read(&browser, &path).await;
    assert!(
        page.contains("电动车别进楼") && page.contains("改过的话。") && page.contains("第 2 版"),
        "{page}"
    );
    assert!(!page.contains("电池") && page.contains("各个版本"), "{page}");
    let before = read(&browser, &format!("{path}?version=1")).await;
    assert!(before.contains("电动车不进楼") && before.contains("这是第 1 版，已经有新的"), "{before}");
    assert!(read(&browser, &format!("{path}?version=2")).await.contains("改过的话。"));
    for address in [LIST, "/snap/know"] {
        let list = read(&browser, address).await;
        assert!(list.contains("电动车别进楼") && !list.contains("电动车不进楼"), "{address}: {list}");
        assert!(list.contains(&format!("{path}?lang=zh")), "{address}: {list}");
    }
    // Phones keep the last version, and know by their worker's version that it is another.
    let kept = read(&browser, "/snap/kept/know?lang=zh").await;
    assert!(kept.contains("改过的话。") && !kept.contains("电池<strong>"), "{kept}");
    let worker = read(&browser, "/snap/worker.js").await;
    let third = content("电动车别进楼", "又改过的话。");
    done(&mut office, id, Command::Revise { after: second, content: third }).await;
    assert_ne!(read(&browser, "/snap/worker.js").await, worker);
    let english = read(&browser, &format!("{path}?lang=en")).await;
    assert!(
        english.contains("<div id=\"article\" class=\"article\" data-aloud lang=\"zh-CN\">")
            && english.contains("version 3")
    );
}

#[tokio::test]
async fn of_two_editors_the_second_is_told_and_another_districts_office_may_do_nothing() {
    let server = Server::start().await;
    let mut office = server.phone("supervisor1").await;
    crate::accounts::somebody(&server, "neighbour", "999902", Role::Supervisor).await;
    crate::accounts::somebody(&server, "city", "9999", Role::Supervisor).await;
    let (id, first) = published(&mut office, content("题", "第一版")).await;
    let revise = |text: &str| Command::Revise { after: first, content: content("题", text) };
    done(&mut office, id, revise("第二版")).await;
    let mut city = server.phone("city").await;
    assert_eq!(step(&mut city, id, revise("丢了的一版")).await.0, refused(StepRefusal::MovedOn));
    let withdraw = Command::Withdraw { version: first, reason: "过时".to_owned() };
    assert_eq!(step(&mut city, id, withdraw).await.0, refused(StepRefusal::MovedOn));
    let stands = office.browser.get(&format!("/api/articles/{id}")).await.json::<Article>();
    let now = stands.stands_by();
    let mut neighbour = server.phone("neighbour").await;
    let mut inspector = server.phone("inspector1").await;
    for stranger in [&mut neighbour, &mut inspector] {
        for command in [
            Command::Revise { after: now, content: content("题", "别人的话") },
            Command::Withdraw { version: now, reason: "不喜欢".to_owned() },
        ] {
            let effect = step(stranger, id, command).await.0;
            assert_eq!(effect, Effect::None { problem: Problem::NotAllowed });
        }
    }
    let effect = step(&mut inspector, fresh(), Command::Publish { content: content("题", "话") }).await.0;
    assert_eq!(effect, Effect::None { problem: Problem::NotAllowed });
    let taken = step(&mut neighbour, id, Command::Publish { content: content("题", "占了别人的号") }).await.0;
    assert!(matches!(taken, Effect::None { problem: Problem::RecordInconsistent { .. } }), "{taken:?}");
    assert_eq!(office.browser.get(&format!("/api/articles/{id}")).await.json::<Article>(), stands);
    assert!(read(&server.browser(), &format!("{LIST}/{id}")).await.contains("第二版"));
    done(&mut city, id, Command::Revise { after: now, content: content("题", "市里改的") }).await;
    assert!(read(&server.browser(), &format!("{LIST}/{id}")).await.contains("市里改的"));
}

#[tokio::test]
async fn what_is_withdrawn_and_what_there_is_not_are_answered_alike() {
    let server = Server::start().await;
    let (browser, mut office) = (server.browser(), server.phone("supervisor1").await);
    let text = Content { quiz: quiz(), ..content("撤下的题目", "撤下的话") };
    let (id, version) = published(&mut office, text.clone()).await;
    let path = format!("{LIST}/{id}");
    assert_eq!(browser.get(&path).await.status, StatusCode::OK);
    let none = Command::Withdraw { version, reason: " ".to_owned() };
    assert_eq!(step(&mut office, id, none).await.0, refused(StepRefusal::ReasonMissing));
    let reason = "内容有误，待核对".to_owned();
    let withdrawal = done(&mut office, id, Command::Withdraw { version, reason: reason.clone() }).await;
    let unknown = format!("{LIST}/{}", fresh());
    let (nothing, no_quiz) = (browser.get(&unknown).await, post(&browser, &unknown, &[], &[]).await);
    assert_eq!((nothing.status, no_quiz.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    let (other, _) = published(&mut office, content("另一篇", "没有测验")).await;
    for address in [
        path.clone(),
        format!("{path}?version=1"),
        format!("{LIST}/{other}?version=2"),
        format!("{LIST}/{other}?version=0"),
        format!("{LIST}/{other}?version=x"),
        format!("{LIST}/x"),
    ] {
        assert_eq!(told(&browser.get(&address).await), told(&nothing), "{address}");
        assert_eq!(told(&post(&browser, &address, &[("q0", "0")], &[]).await), told(&no_quiz), "{address}");
    }
    let quizless = post(&browser, &format!("{LIST}/{other}"), &[("q0", "0")], &[]).await;
    assert_eq!(told(&quizless), told(&no_quiz), "an article without a quiz");
    for address in ["/snap/know".to_owned(), LIST.to_owned(), format!("{LIST}?q=撤下")] {
        let list = read(&browser, &address.replace("撤下", "%E6%92%A4%E4%B8%8B")).await;
        assert!(!list.contains("撤下的题目") && !list.contains(&id.to_string()), "{address}: {list}");
        assert!(!list.contains(&reason));
    }
    // The office reads it with its story, and publishes it again.
    let article: Article = office.browser.get(&format!("/api/articles/{id}")).await.json();
    assert_eq!(article.last.what, What::Withdrawn { reason });
    assert_eq!(article.last.mark.entry, withdrawal);
    let again = Command::Revise { after: withdrawal, content: content("撤下的题目", "核对过了") };
    done(&mut office, id, again).await;
    assert!(read(&browser, &path).await.contains("核对过了"));
    assert!(read(&browser, &format!("{path}?version=1")).await.contains("撤下的话"));
}

#[tokio::test]
async fn nothing_that_is_written_becomes_markup_and_only_web_pages_are_linked() {
    let server = Server::start().await;
    let (browser, mut office) = (server.browser(), server.phone("supervisor1").await);
    let text = "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)> 正文 \
                ![图](https://elsewhere.example/a.png) [坏](javascript:alert(1)) [坏](data:text/html,x) \
                [坏](//elsewhere.example) [好](https://www.mem.gov.cn/a?b=\"c\")\n\n```\n</pre><i>\n```";
    let mut written = content("<i>\"题\"</i>", text);
    let evil = "<script>alert(2)</script>";
    written.quiz = Quiz::try_from(vec![question(evil, &[evil, "\"><b>"], 1)]).unwrap();
    let (id, _) = published(&mut office, written).await;
    let path = format!("{LIST}/{id}");
    let answers = post(&browser, &path, &[("q0", "0")], &[]).await.text();
    let pages = [
        read(&browser, &path).await,
        read(&browser, LIST).await,
        read(&browser, "/snap/know").await,
        answers,
    ];
    for page in &pages {
        for markup in [
            "<script>",
            "<img",
            "<i>",
            "<b>",
            "</pre><i",
            "href=\"javascript",
            "href=\"data",
            "href=\"//",
            "a.png",
        ] {
            assert!(!page.contains(markup), "{markup} in {page}");
        }
    }
    let article = &pages[0];
    assert!(article.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{article}");
    let link = "<a href=\"https://www.mem.gov.cn/a?b=&quot;c&quot;\" rel=\"noopener noreferrer nofollow\">好</a>\
                <span class=\"note\">（www.mem.gov.cn）</span>";
    assert!(article.contains(link), "{article}");
    let answer = browser.get(&path).await;
    let policy = answer.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("script-src 'self';"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
}

#[tokio::test]
async fn a_quiz_says_what_was_right_and_why_and_keeps_nothing() {
    let server = Server::start().await;
    let (browser, mut office) = (server.browser(), server.phone("supervisor1").await);
    let (id, _) = published(&mut office, Content { quiz: quiz(), ..content("测验", "先读") }).await;
    let path = format!("{LIST}/{id}");
    let page = read(&browser, &path).await;
    assert_eq!(page.matches("<fieldset").count(), 5);
    assert_eq!(page.matches("type=\"radio\"").count(), 15);
    assert!(!page.contains("这样才安全"), "the reasons come with the answers");
    let action = between(&page, "<form method=\"post\" action=\"", "\"").replace("&amp;", "&");
    assert_eq!(action, format!("{path}?lang=zh&version=1"));
    let entries = async || server.parts.store.read(|tables| tables.last_position()).await.unwrap();
    let before = entries().await;
    let right = [("q0", "0"), ("q1", "1"), ("q2", "2"), ("q3", "0"), ("q4", "1")];
    for (wrong, told) in [
        (vec![], "合格</strong> 答对 5 题，共 5 题（100%）"),
        (vec![("q4", "0")], "合格</strong> 答对 4 题，共 5 题（80%）"),
        (vec![("q4", "0"), ("q0", "9")], "还不合格</strong> 答对 3 题，共 5 题（60%）"),
        (right.map(|(name, _)| (name, "x")).to_vec(), "还不合格</strong> 答对 0 题，共 5 题（0%）"),
    ] {
        let mut fields = right.to_vec();
        for (name, value) in wrong {
            fields.iter_mut().find(|(it, _)| *it == name).unwrap().1 = value;
        }
        let answer = post(&browser, &action, &fields, &[]).await;
        let text = answer.text();
        assert_eq!(answer.status, StatusCode::OK, "{text}");
        assert!(text.contains(told) && text.contains("合格线 80%"), "{fields:?}: {text}");
        assert_eq!(text.matches("这样才安全").count(), 5, "each with its reason: {text}");
        assert!(!answer.headers.contains_key("set-cookie"));
    }
    let nothing = post(&browser, &action, &[], &[]).await.text();
    assert_eq!(nothing.matches("没有选，应选“").count(), 5, "{nothing}");
    let wrong = post(&browser, &action, &[("q1", "0")], &[]).await.text();
    assert!(wrong.contains("错：选了“甲&lt;b&gt;”，应选“乙”"), "{wrong}");
    assert_eq!(entries().await, before, "no answer is an entry");
    // Whoever read the first version is asked and answered by that one.
    let article: Article = office.browser.get(&format!("/api/articles/{id}")).await.json();
    let revise = Command::Revise { after: article.stands_by(), content: content("测验", "没有题了") };
    done(&mut office, id, revise).await;
    assert!(!read(&browser, &path).await.contains("<fieldset"));
    assert_eq!(post(&browser, &action, &right, &[]).await.status, StatusCode::OK);
    assert_eq!(post(&browser, &path, &right, &[]).await.status, StatusCode::NOT_FOUND);
    let no_form = browser.post_bytes(&action, b"{}".to_vec()).await;
    assert_eq!(no_form.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn articles_are_found_by_their_section_kind_and_words_page_by_page() {
    let server = Server::start().await;
    let (browser, mut office) = (server.browser(), server.phone("supervisor1").await);
    for number in 0..25 {
        let mut written = content(&format!("用电第{number}篇"), "插座**不过**载");
        written.section = (number % 2 == 0).then(|| "fire".parse().unwrap());
        if number % 5 == 0 {
            written.types = BTreeSet::from([FacilityType::Cemetery]);
        }
        published(&mut office, written).await;
    }
    let numbers = |text: &str| -> Vec<usize> {
        let titles = text.split("lang=\"zh-CN\">用电第").skip(1);
        titles.map(|it| it.split('篇').next().unwrap().parse().unwrap()).collect()
    };
    let all: Vec<usize> = (0..25).rev().collect();
    let front = read(&browser, LIST).await;
    assert_eq!(numbers(&front), all[..20]);
    let older = between(&front, "?lang=zh&amp;before=", "\">更早的").to_owned();
    let rest = read(&browser, &format!("{LIST}?before={older}")).await;
    assert_eq!(numbers(&rest), all[20..]);
    assert!(!rest.contains("更早的") && rest.contains("最新的"));
    let of = |fits: fn(&usize) -> bool| all.iter().copied().filter(fits).take(20).collect::<Vec<_>>();
    // 不过载, over a border of bold type; and words of a title.
    let (words, title) = ("%E4%B8%8D%E8%BF%87%E8%BD%BD", "%E7%AC%AC7%E7%AF%87");
    for (question, expected) in [
        ("section=fire".to_owned(), of(|it| it % 2 == 0)),
        ("type=cemetery".to_owned(), of(|_| true)),
        ("type=elderly_care".to_owned(), of(|it| it % 5 != 0)),
        ("type=elderly_care&section=fire".to_owned(), of(|it| it % 5 != 0 && it % 2 == 0)),
        (format!("q={words}"), of(|_| true)),
        (format!("q={title}"), of(|it| *it == 7)),
        (format!("q={words}&type=elderly_care&section=fire"), of(|it| it % 5 != 0 && it % 2 == 0)),
        ("section=nothing&type=castle&before=x".to_owned(), of(|_| true)),
        ("q=zzz".to_owned(), Vec::new()),
    ] {
        let text = read(&browser, &format!("{LIST}?{question}")).await;
        assert_eq!(numbers(&text), expected, "{question}");
        assert_eq!(text.contains("没有符合条件的"), expected.is_empty(), "{question}");
    }
}

#[tokio::test]
async fn large_text_stays_large_on_every_way_that_leads_on() {
    let server = Server::start().await;
    let (browser, mut office) = (server.browser(), server.phone("supervisor1").await);
    let (id, first) = published(&mut office, Content { quiz: quiz(), ..content("大字", "正文") }).await;
    let next = Content { quiz: quiz(), ..content("大字", "新正文") };
    done(&mut office, id, Command::Revise { after: first, content: next }).await;
    let path = format!("{LIST}/{id}");
    for address in [LIST.to_owned(), path.clone(), format!("{path}?version=1"), format!("{LIST}/x")] {
        let mark = if address.contains('?') { '&' } else { '?' };
        let large = browser.get(&format!("{address}{mark}text=large")).await.text();
        assert!(large.contains("<div class=\"large\">"), "{address}");
        let ways = large.split("href=\"").chain(large.split("action=\"")).filter(|it| it.starts_with(LIST));
        let ways: Vec<&str> = ways.map(|it| it.split('"').next().unwrap()).collect();
        // The form of a search has its fields, and one link leads back to the usual size.
        let small = ways.iter().filter(|it| !it.contains("text=large") && **it != LIST).count();
        assert_eq!(small, usize::from(large.contains("普通字号")), "{address}: {ways:?}");
        assert!(
            !large.contains(&format!("action=\"{LIST}\"")) || large.contains("name=\"text\" value=\"large\"")
        );
        let usual = browser.get(&address).await.text();
        assert!(!usual.contains("class=\"large\""), "{address}");
        assert!(address.ends_with("/x") || usual.contains("text=large"), "{address}");
    }
    let answers = post(&browser, &format!("{path}?text=large"), &[], &[]).await.text();
    assert!(answers.contains("<div class=\"large\">") && answers.contains("text=large"));
}

#[tokio::test]
async fn only_the_offices_of_an_article_see_what_became_of_it() {
    let server = Server::start().await;
    let mut office = server.phone("supervisor1").await;
    let (id, version) = published(&mut office, content("题", "第一版的话")).await;
    let reason = "撤下的原因".to_owned();
    done(&mut office, id, Command::Withdraw { version, reason }).await;
    let (shown, _) = published(&mut office, content("还在的", "话")).await;
    crate::accounts::somebody(&server, "neighbour", "999902", Role::Supervisor).await;
    crate::accounts::somebody(&server, "city", "9999", Role::Supervisor).await;
    for login in EVERYBODY.into_iter().chain(["neighbour", "city"]) {
        let browser = server.signed_in(login).await;
        let sees = matches!(login, "supervisor1" | "city");
        let page: ArticlesPage = browser.get("/api/articles").await.json();
        let ids: Vec<ArticleId> = page.articles.iter().map(|it| it.id).collect();
        assert_eq!(ids, if sees { vec![shown, id] } else { Vec::new() }, "{login}");
        for path in [format!("/api/articles/{id}"), format!("/api/articles/{id}/versions/1")] {
            let answer = browser.get(&path).await;
            let expected = if sees { StatusCode::OK } else { StatusCode::NOT_FOUND };
            assert_eq!(answer.status, expected, "{login}: {path}");
            assert!(sees || !answer.text().contains("话"), "{login}: {path}");
        }
    }
    for path in
        ["/api/articles".to_owned(), format!("/api/articles/{id}"), format!("/api/articles/{id}/versions/1")]
    {
        assert_eq!(server.browser().get(&path).await.status, StatusCode::UNAUTHORIZED, "{path}");
    }
    for bad in ["before=x", "before=18446744073709551615", "limit=-1"] {
        let answer = office.browser.get(&format!("/api/articles?{bad}")).await;
        assert!(matches!(answer.problem(), Problem::Malformed { .. }), "{bad}");
    }
    let first: ArticlesPage = office.browser.get("/api/articles?limit=1").await.json();
    let path = format!("/api/articles?limit=1&before={}", first.next.unwrap());
    let second: ArticlesPage = office.browser.get(&path).await.json();
    assert_eq!((first.articles[0].id, second.articles[0].id), (shown, id));
    for bad in [format!("{id}/versions/2"), format!("{id}/versions/x"), "x".to_owned(), fresh().to_string()] {
        let answer = office.browser.get(&format!("/api/articles/{bad}")).await;
        assert_eq!(answer.problem(), Problem::NotFound, "{bad}");
    }
}

#[tokio::test]
async fn articles_that_are_made_again_from_the_entries_are_the_same() {
    let server = Server::start().await;
    let (browser, mut office) = (server.browser(), server.phone("supervisor1").await);
    let (id, version) = published(&mut office, content("题", "第一版的话")).await;
    done(&mut office, id, Command::Revise { after: version, content: content("题", "第二版的话") }).await;
    let (gone, version) = published(&mut office, content("撤下", "撤下的话")).await;
    done(&mut office, gone, Command::Withdraw { version, reason: "过时".to_owned() }).await;
    published(&mut office, content("另一篇", "话")).await;
    let pages = async || {
        let mut told = Vec::new();
        for path in [
            LIST.to_owned(),
            format!("{LIST}?q=%E8%AF%9D"),
            format!("{LIST}/{id}?version=1"),
            format!("{LIST}/{id}"),
        ] {
            told.push(read(&browser, &path).await);
        }
        told.push(office.browser.get(&format!("/api/articles/{gone}")).await.text());
        told
    };
    let before = pages().await;
    rebuild(&server.parts.store, &server.parts.packs).await.unwrap();
    assert_eq!(pages().await, before);
}
