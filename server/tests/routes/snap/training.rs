//! Answering a quiz as oneself: once on record, by whoever is signed in and nobody else, of the version in force.

use axum::http::{Method, StatusCode};
use xunan_core::access::{Account, Role};
use xunan_core::clock::Span;
use xunan_core::ids::{AccountId, ArticleId, Entropy, EntryId, FacilityId, TrainingId};
use xunan_core::knowledge::{Article, Command, Content, Score, Taken};
use xunan_core::log::{Effect, EntryDraft, SignedEntry, TrainingBody};
use xunan_core::problem::Problem;
use xunan_server::clock::id_entropy;
use xunan_server::demo::PASSWORD;
use xunan_server::ledger_store::{AccountState, ListedTraining, Tables};

use super::articles::{content, done, published, quiz, read, told};
use super::{BOUNDARY, between, body, post};
use crate::support::{Answer, Browser, Phone, Server, now, receipt};

/// All right of the quiz of five.
pub(super) const RIGHT: [(&str, &str); 5] = [("q0", "0"), ("q1", "1"), ("q2", "2"), ("q3", "0"), ("q4", "1")];
/// Two of five.
const WRONG: [(&str, &str); 5] = [("q0", "0"), ("q1", "1"), ("q2", "0"), ("q3", "1"), ("q4", "0")];

/// The institution of the demo's first head.
pub(super) async fn home(server: &Server) -> FacilityId {
    server.signed_in("institution1").await.account().await.role.institution().unwrap()
}

/// Somebody who works at that institution, signed in.
pub(super) async fn staff(server: &Server, login: &str) -> Browser {
    let facility = home(server).await;
    crate::accounts::somebody(server, login, "999901001", Role::Staff { facility }).await;
    server.signed_in(login).await
}

pub(super) async fn article(office: &mut Phone, title: &str) -> (ArticleId, EntryId) {
    published(office, Content { quiz: quiz(), ..content(title, "先读") }).await
}

pub(super) fn path(article: ArticleId) -> String {
    format!("/snap/know/articles/{article}/training")
}

/// The hidden fields of a fresh form.
pub(super) async fn fields(browser: &Browser, path: &str) -> Vec<(String, String)> {
    let page = read(browser, path).await;
    let field =
        |name: &str| (name.to_owned(), between(&page, &format!("name=\"{name}\" value=\""), "\"").to_owned());
    ["training", "person", "version"].map(field).to_vec()
}

/// Sends a form with answers.
pub(super) async fn send(
    browser: &Browser,
    path: &str,
    fields: &[(String, String)],
    answers: &[(&str, &str)],
) -> Answer {
    let own = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    post(browser, path, &own.chain(answers.iter().copied()).collect::<Vec<_>>(), &[]).await
}

/// Opens the form and answers it.
pub(super) async fn answer(browser: &Browser, article: ArticleId, answers: &[(&str, &str)]) -> Answer {
    let form = fields(browser, &path(article)).await;
    send(browser, &path(article), &form, answers).await
}

async fn records(server: &Server, person: AccountId) -> Vec<ListedTraining> {
    server.parts.store.read(move |tables| tables.trainings_of(person, None, 100)).await.unwrap()
}

async fn entries(server: &Server) -> u64 {
    server.parts.store.read(|tables| tables.last_position()).await.unwrap()
}

#[tokio::test]
async fn an_attempt_is_on_record_once_however_often_its_form_is_sent() {
    let server = Server::start().await;
    let mut office = server.phone("supervisor1").await;
    let (id, version) = article(&mut office, "电动车不进楼").await;
    let staff = staff(&server, "nurse").await;
    let me = staff.account().await;
    let page = read(&staff, &path(id)).await;
    assert!(page.contains(&format!("您以 {}（{}） 的身份登录", me.name, me.organisation)), "{page}");
    assert!(
        page.contains("本机构负责人和辖区监管、检查人员能看到"),
        "who will see it is said before: {page}"
    );
    assert!(!page.contains("这样才安全"), "the reasons come with the answers");
    let form = fields(&staff, &path(id)).await;
    let first = send(&staff, &path(id), &form, &RIGHT).await;
    assert_eq!(first.status, StatusCode::OK, "{}", first.text());
    let text = first.text();
    assert!(text.contains(&format!("已记入{}的培训记录", me.name)), "{text}");
    assert!(text.contains("合格</strong> 答对 5 题，共 5 题（100%）"), "{text}");
    assert_eq!(text.matches("这样才安全").count(), 5, "each with its reason: {text}");
    let position = entries(&server).await;
    let again = send(&staff, &path(id), &form, &RIGHT).await;
    assert!(
        again.status == StatusCode::OK && again.text().contains("重复提交不会再记一次"),
        "{}",
        again.text()
    );
    let changed = send(&staff, &path(id), &form, &WRONG).await.text();
    assert!(changed.contains("以第一次提交的为准：答对 5 题，共 5 题"), "{changed}");
    assert_eq!(entries(&server).await, position, "nothing more is in the ledger");
    let [one]: [ListedTraining; 1] = records(&server, me.id).await.try_into().unwrap();
    let one = one.training;
    assert_eq!((one.facility, one.article, one.version), (me.role.institution(), id, 1));
    assert_eq!((one.mark.account, &one.mark.name), (me.id, &me.name));
    assert_eq!((one.title.as_str(), one.score), ("电动车不进楼", Score { right: 5, all: 5 }));
    // Another attempt is another record, passed or not.
    let failed = answer(&staff, id, &WRONG).await.text();
    assert!(failed.contains("已记入") && failed.contains("还不合格</strong> 答对 2 题"), "{failed}");
    assert_eq!(records(&server, me.id).await.len(), 2);
    // The entry says what it proves: the server's device, the server's account, and the person in its body.
    let signed = staff.get(&format!("/api/entries/{}", one.mark.entry)).await;
    assert_eq!(signed.status, StatusCode::OK, "{}", signed.text());
    let (entry, _) =
        server.parts.store.read(move |tables| tables.entry(one.mark.entry)).await.unwrap().unwrap();
    let Some(Ok(TrainingBody(taken))) = TrainingBody::of(entry.entry()) else { panic!("{entry:?}") };
    assert_eq!((taken.person, taken.version, taken.score), (me.id, version, one.score));
    assert_ne!(entry.entry().actor, me.id);
    let keeper =
        server.parts.store.read(move |tables| tables.account(entry.entry().actor)).await.unwrap().unwrap();
    assert_eq!((keeper.account.role, keeper.state), (Role::Recorder, AccountState::Locked));
}

#[tokio::test]
async fn two_that_are_sent_at_once_are_one_record() {
    let server = Server::start().await;
    let mut office = server.phone("supervisor1").await;
    let (id, _) = article(&mut office, "题").await;
    let staff = staff(&server, "nurse").await;
    let (form, path) = (fields(&staff, &path(id)).await, path(id));
    let (one, two) = tokio::join!(send(&staff, &path, &form, &RIGHT), send(&staff, &path, &form, &RIGHT));
    assert_eq!((one.status, two.status), (StatusCode::OK, StatusCode::OK));
    assert_eq!(records(&server, staff.account().await.id).await.len(), 1);
}

#[tokio::test]
async fn the_pages_that_everybody_reads_are_the_same_for_whoever_is_signed_in() {
    let server = Server::start().await;
    let mut office = server.phone("supervisor1").await;
    let (id, _) = article(&mut office, "题").await;
    let (nobody, staff) = (server.browser(), staff(&server, "nurse").await);
    let article = format!("/snap/know/articles/{id}");
    for address in [
        article.clone(),
        "/snap/know/articles".to_owned(),
        "/snap/know".to_owned(),
        "/snap/kept/know".to_owned(),
    ] {
        assert_eq!(told(&staff.get(&address).await), told(&nobody.get(&address).await), "{address}");
    }
    let page = read(&nobody, &article).await;
    assert!(page.contains(&format!("{article}/training?lang=zh\">员工培训")), "{page}");
    let quiz = format!("{article}?version=1");
    assert_eq!(
        told(&post(&staff, &quiz, &RIGHT, &[]).await),
        told(&post(&nobody, &quiz, &RIGHT, &[]).await),
        "answered without a record"
    );
    assert!(records(&server, staff.account().await.id).await.is_empty());
    // What is one person's is kept nowhere, and nothing that a phone keeps stands in for it.
    let ones = staff.get(&path(id)).await;
    assert_eq!(ones.header("cache-control"), "no-store");
    assert_eq!(ones.header("vary"), "accept-language, cookie");
    assert_eq!(ones.header("content-encoding"), "");
    let worker = read(&nobody, "/snap/worker.js").await;
    assert!(!worker.contains(&format!("{id}")) && worker.contains("includes(\"/training\")"), "{worker}");
}

#[tokio::test]
async fn whoever_is_not_signed_in_is_told_how_and_nothing_is_recorded() {
    let server = Server::start().await;
    let mut office = server.phone("supervisor1").await;
    let (id, _) = article(&mut office, "题").await;
    let (nobody, mut staff) = (server.browser(), staff(&server, "nurse").await);
    let closed = nobody.get(&path(id)).await;
    assert_eq!(closed.status, StatusCode::UNAUTHORIZED);
    assert!(closed.text().contains("href=\"/\"") && closed.header("cache-control") == "no-store");
    let other = ArticleId::from_parts(now(), id_entropy().unwrap());
    for address in [path(other), "/snap/know/training".to_owned(), "/snap/know/training?f=x".to_owned()] {
        assert_eq!(told(&nobody.get(&address).await), told(&closed), "{address}");
    }
    // The session ends between opening the form and handing it in: the answers are told all the same.
    let (me, form) = (staff.account().await, fields(&staff, &path(id)).await);
    let position = entries(&server).await;
    staff.send(Method::DELETE, "/api/session", &[], axum::body::Body::empty()).await;
    let late = send(&staff, &path(id), &form, &RIGHT).await;
    assert_eq!(late.status, StatusCode::UNAUTHORIZED);
    let text = late.text();
    assert!(text.contains("没有记录：登录已经结束") && text.contains("答对 5 题，共 5 题"), "{text}");
    assert!(!text.contains(&me.name), "{text}");
    // Somebody else signs in on the same phone.
    staff.sign_in("inspector1", PASSWORD).await;
    let theirs = send(&staff, &path(id), &form, &RIGHT).await;
    assert_eq!(theirs.status, StatusCode::CONFLICT);
    assert!(theirs.text().contains("不是打开这份答卷的人"), "{}", theirs.text());
    assert_eq!(entries(&server).await, position);
    assert!(records(&server, me.id).await.is_empty());
}

#[tokio::test]
async fn only_those_who_are_trained_have_records() {
    let server = Server::start().await;
    let mut office = server.phone("supervisor1").await;
    let (id, _) = article(&mut office, "题").await;
    let staff = staff(&server, "nurse").await;
    for (login, may) in [
        ("inspector1", true),
        ("supervisor1", true),
        ("institution1", true),
        ("nurse", true),
        ("admin1", false),
        ("reward1", false),
    ] {
        let browser = server.signed_in(login).await;
        let me = browser.account().await.id;
        if may {
            assert_eq!(answer(&browser, id, &RIGHT).await.status, StatusCode::OK, "{login}");
            assert_eq!(records(&server, me).await.len(), 1, "{login}");
            continue;
        }
        let mut form = fields(&staff, &path(id)).await;
        form[1].1 = me.to_string();
        let nothing = browser.get("/snap/know/training").await;
        assert_eq!(nothing.status, StatusCode::NOT_FOUND, "{login}");
        assert_eq!(told(&browser.get(&path(id)).await), told(&nothing), "{login}");
        assert_eq!(told(&send(&browser, &path(id), &form, &RIGHT).await), told(&nothing), "{login}");
        assert!(records(&server, me).await.is_empty(), "{login}");
    }
}

#[tokio::test]
async fn nobody_is_trained_by_what_is_withdrawn_or_superseded() {
    let server = Server::start().await;
    let mut office = server.phone("supervisor1").await;
    let (id, first) = article(&mut office, "题").await;
    let staff = staff(&server, "nurse").await;
    let me = staff.account().await.id;
    let form = fields(&staff, &path(id)).await;
    let next = Content { quiz: quiz(), ..content("题", "改过") };
    let second = done(&mut office, id, Command::Revise { after: first, content: next }).await;
    let late = send(&staff, &path(id), &form, &RIGHT).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    let text = late.text();
    assert!(text.contains("文章已经有新的一版") && text.contains("答对 5 题，共 5 题"), "{text}");
    assert!(records(&server, me).await.is_empty());
    // The version in force is offered and recorded.
    assert_eq!(answer(&staff, id, &RIGHT).await.status, StatusCode::OK);
    assert_eq!(records(&server, me).await[0].training.version, 2);
    let form = fields(&staff, &path(id)).await;
    done(&mut office, id, Command::Withdraw { version: second, reason: "过时".to_owned() }).await;
    let unknown = path(ArticleId::from_parts(now(), id_entropy().unwrap()));
    let (gone, nothing) = (staff.get(&path(id)).await, staff.get(&unknown).await);
    assert_eq!((gone.status, told(&gone)), (StatusCode::NOT_FOUND, told(&nothing)));
    let sent = send(&staff, &path(id), &form, &RIGHT).await;
    assert_eq!((sent.status, told(&sent)), (StatusCode::NOT_FOUND, told(&nothing)));
    assert_eq!(records(&server, me).await.len(), 1);
    // An article without a quiz trains nobody.
    let (plain, _) = published(&mut office, content("没有测验", "话")).await;
    assert_eq!(staff.get(&path(plain)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(send(&staff, &path(plain), &form, &RIGHT).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_another_site_sends_or_nobody_filled_in_is_refused() {
    let server = Server::start().await;
    let mut office = server.phone("supervisor1").await;
    let (id, _) = article(&mut office, "题").await;
    let staff = staff(&server, "nurse").await;
    let (me, form) = (staff.account().await.id, fields(&staff, &path(id)).await);
    let own: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let content_type = format!("multipart/form-data; boundary={BOUNDARY}");
    let sent = async |name: &str, value: &str| {
        let headers = [("content-type", content_type.as_str()), ("host", "xunan.example"), (name, value)];
        let fields: Vec<_> = own.iter().copied().chain(RIGHT).collect();
        staff.send(Method::POST, &path(id), &headers, body(&fields, &[])).await
    };
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://elsewhere.example"),
        ("origin", "https://xunan.example.elsewhere.example"),
    ] {
        let answer = sent(name, value).await;
        assert_eq!(
            (answer.status, answer.problem()),
            (StatusCode::FORBIDDEN, Problem::NotAllowed),
            "{name} {value}"
        );
    }
    assert!(records(&server, me).await.is_empty());
    for (field, value) in [(0, "x"), (0, ""), (1, "x"), (2, "x"), (2, "")] {
        let mut broken = form.clone();
        broken[field].1 = value.to_owned();
        let answer = send(&staff, &path(id), &broken, &RIGHT).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{field} {value}");
    }
    assert_eq!(staff.post_bytes(&path(id), b"{}".to_vec()).await.status, StatusCode::BAD_REQUEST);
    // An id that is another person's gives nothing away and records nothing.
    let inspector = server.signed_in("inspector1").await;
    let mut theirs = fields(&inspector, &path(id)).await;
    assert_eq!(sent("origin", "https://xunan.example").await.status, StatusCode::OK);
    theirs[0] = form[0].clone();
    let taken = send(&inspector, &path(id), &theirs, &RIGHT).await;
    assert_eq!(taken.status, StatusCode::CONFLICT);
    assert!(taken.text().contains("编号不能用"), "{}", taken.text());
    assert_eq!(records(&server, me).await.len(), 1);
    assert_eq!(sent("origin", "null").await.status, StatusCode::OK, "our own pages' forms say null");
}

#[tokio::test]
async fn whoever_answers_without_end_is_told_when_to_come_back() {
    let server = Server::start().await;
    let mut office = server.phone("supervisor1").await;
    let (id, _) = article(&mut office, "题").await;
    let staff = staff(&server, "nurse").await;
    let (me, form) = (staff.account().await.id, fields(&staff, &path(id)).await);
    let fresh = |number: u128| {
        let mut form = form.clone();
        form[0].1 = TrainingId::from_parts(now(), Entropy(number)).to_string();
        form
    };
    for number in 0..60 {
        let answer = send(&staff, &path(id), &fresh(number), &RIGHT).await;
        assert_eq!(answer.status, StatusCode::OK, "{number}: {}", answer.text());
    }
    let later = send(&staff, &path(id), &fresh(60), &RIGHT).await;
    assert_eq!(later.status, StatusCode::TOO_MANY_REQUESTS);
    let seconds: u32 = later.header("retry-after").parse().unwrap();
    assert!((1..=3600).contains(&seconds) && later.text().contains("分钟后再答"), "{}", later.text());
    assert_eq!(records(&server, me).await.len(), 60);
    // Others are not held up, and an hour later it goes on.
    let head = server.signed_in("institution1").await;
    assert_eq!(answer(&head, id, &RIGHT).await.status, StatusCode::OK);
    server.parts.clock.advance(Span::minutes(61));
    assert_eq!(send(&staff, &path(id), &fresh(61), &RIGHT).await.status, StatusCode::OK);
}

/// An attempt as somebody's own device would write it.
fn forged(person: &Account, article: &Article) -> TrainingBody {
    TrainingBody(Taken {
        training: TrainingId::from_parts(now(), id_entropy().unwrap()),
        person: person.id,
        facility: person.role.institution(),
        article: article.id,
        version: article.stands_by(),
        score: Score { right: 5, all: 5 },
    })
}

#[tokio::test]
async fn no_device_but_the_servers_puts_anything_on_record() {
    let server = Server::start().await;
    let mut office = server.phone("supervisor1").await;
    let (id, _) = article(&mut office, "题").await;
    let article: Article = office.browser.get(&format!("/api/articles/{id}")).await.json();
    let staff = staff(&server, "nurse").await;
    answer(&staff, id, &RIGHT).await;
    let me = staff.account().await;
    let recorder = server
        .parts
        .store
        .read(|tables: &dyn Tables| tables.accounts())
        .await
        .unwrap()
        .into_iter()
        .find(|it| it.account.role == Role::Recorder)
        .unwrap();
    let mut phones = vec![office, Phone::enrol(staff).await];
    for login in ["institution1", "inspector1", "admin1"] {
        phones.push(server.phone(login).await);
    }
    for phone in &mut phones {
        let of_oneself = phone.sign(&forged(&phone.account.clone(), &article));
        let effect = receipt(&phone.push_one(&of_oneself).await).receipt().effect.clone();
        assert_eq!(effect, Effect::None { problem: Problem::NotAllowed }, "{:?}", phone.account.role);
        // In the name of the server's account, which no other device serves.
        let draft = EntryDraft::new(
            phone.head,
            EntryId::from_parts(now(), id_entropy().unwrap()),
            phone.device,
            recorder.account.id,
            xunan_core::evidence::DeviceTime::unbounded(now()),
            &forged(&me, &article),
        )
        .unwrap();
        let signature = phone.signer.sign(draft.input.as_bytes()).unwrap();
        let feigned: SignedEntry = draft.sign(signature);
        let effect = receipt(&phone.push_one(&feigned).await).receipt().effect.clone();
        assert_eq!(effect, Effect::None { problem: Problem::ActorNotEnrolled }, "{:?}", phone.account.role);
        phone.head = feigned.head();
    }
    assert_eq!(records(&server, me.id).await.len(), 1, "the one that was answered");
    let mut nobody = server.browser();
    let answer = nobody.sign_in(&recorder.login, PASSWORD).await;
    assert_eq!((answer.problem(), nobody.cookie), (Problem::BadLogin, None), "no password opens it");
}
