//! Pictures of articles: everybody's while the article is public, each version's own, and nobody's evidence.

use axum::http::{Method, StatusCode};
use xunan_core::access::Role;
use xunan_core::clock::Span;
use xunan_core::digest::Digest;
use xunan_core::evidence::PhotoManifest;
use xunan_core::ids::{ArticleId, PhotoId};
use xunan_core::knowledge::{ArticlePicture, Command, Content, Pictures, Step};
use xunan_core::ledger::Row;
use xunan_core::log::{ArticleBody, Body, Effect};
use xunan_core::problem::Problem;
use xunan_core::sync::Outcome;
use xunan_server::clock::id_entropy;
use xunan_server::rebuild::rebuild;

use super::articles::{LIST, content, done, fresh, published, read, step, told};
use super::{card, report};
use crate::support::{
    Answer, Browser, Phone, Server, fresh_jpeg, jpeg, now, patrol_that_found_one, receipt, upload,
};

fn photo_id() -> PhotoId {
    PhotoId::from_parts(now(), id_entropy().unwrap())
}

fn picture(jpeg: &[u8]) -> ArticlePicture {
    let (digest, size_bytes) = (Digest::of(jpeg), jpeg.len() as u64);
    ArticlePicture { id: photo_id(), digest, size_bytes, width_px: 8, height_px: 6 }
}

/// A text that shows these one below the other.
fn pictured(title: &str, pictures: Vec<ArticlePicture>) -> Content {
    let lines = (1..=pictures.len()).map(|number| format!("第{number}张\n\n![看{number}](图{number})"));
    let text = lines.collect::<Vec<_>>().join("\n\n");
    Content { pictures: Pictures::try_from(pictures).unwrap(), ..content(title, &text) }
}

fn address(article: ArticleId, jpeg: &[u8]) -> String {
    format!("{LIST}/{article}/pictures/{}", Digest::of(jpeg).hex())
}

fn from_elsewhere() -> Effect {
    Effect::None { problem: Problem::RecordInconsistent { detail: "a picture from elsewhere".to_owned() } }
}

async fn publish(phone: &mut Phone, pictures: Vec<ArticlePicture>) -> Effect {
    step(phone, fresh(), Command::Publish { content: pictured("题", pictures) }).await.0
}

/// As a browser asks that has it already.
async fn known(browser: &Browser, path: &str, etag: &str) -> Answer {
    browser.send(Method::GET, path, &[("if-none-match", etag)], Vec::new()).await
}

#[tokio::test]
async fn a_picture_is_everybodys_from_when_its_bytes_are_there_until_the_article_is_withdrawn() {
    let server = Server::start().await;
    let (browser, mut office) = (server.browser(), server.phone("supervisor1").await);
    let (id, made) = (fresh(), fresh_jpeg());
    let path = address(id, &made);
    let nothing = browser.get(&path).await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND);

    let command = Command::Publish { content: pictured("灭火器会看", vec![picture(&made)]) };
    let entry = office.sign(&ArticleBody(Box::new(Step { article: id, command })));
    let missing = vec![Digest::of(&made)];
    assert_eq!(office.push_one(&entry).await, Outcome::AwaitingPhotos { missing });
    assert_eq!(told(&browser.get(&path).await), told(&nothing), "its bytes are not there");
    assert!(!read(&browser, LIST).await.contains("灭火器会看"));
    upload(&office.browser, &made).await;
    assert_eq!(receipt(&office.push_one(&entry).await).receipt().effect, Effect::Taken);

    let page = read(&browser, &format!("{LIST}/{id}")).await;
    let figure = format!(
        "<figure><img class=\"picture\" src=\"{path}\" alt=\"看1\" width=\"8\" height=\"6\" loading=\"lazy\">"
    );
    assert!(page.contains(&figure), "{page}");
    let shown = browser.get(&path).await;
    assert_eq!((shown.status, shown.header("content-type")), (StatusCode::OK, "image/jpeg"));
    assert_eq!((shown.header("cache-control"), shown.header("xunan-page")), ("no-cache", "snap"));
    assert_eq!(shown.header("content-security-policy"), "sandbox; default-src 'none'");
    assert_eq!(shown.body, made);
    let etag = shown.header("etag").to_owned();
    let same = known(&browser, &path, &etag).await;
    assert_eq!((same.status, same.body.len()), (StatusCode::NOT_MODIFIED, 0));
    assert_eq!(known(&browser, &path, "\"another\"").await.status, StatusCode::OK);
    let other = address(fresh(), &made);
    for bad in [
        other.as_str(),
        &address(id, b"other"),
        &format!("{LIST}/{id}/pictures/1"),
        &format!("{LIST}/x/pictures/1"),
    ] {
        assert_eq!(told(&browser.get(bad).await), told(&nothing), "{bad}");
    }
    let photo = browser.get(&format!("/api/photos/{}", Digest::of(&made).hex())).await;
    assert_eq!(photo.status, StatusCode::UNAUTHORIZED, "photos themselves are for those who signed in");

    let reason = "过时".to_owned();
    let version = entry.entry().id;
    done(&mut office, id, Command::Withdraw { version, reason }).await;
    for gone in [browser.get(&path).await, known(&browser, &path, &etag).await] {
        assert_eq!(told(&gone), told(&nothing), "as if there had been none");
    }
    let worker = read(&browser, "/snap/worker.js").await;
    assert!(worker.contains("const PICTURES = [];"), "{}", &worker[..600]);
}

#[tokio::test]
async fn each_version_shows_its_own_pictures_and_one_of_before_is_shown_again_without_being_sent() {
    let server = Server::start().await;
    let (browser, mut office) = (server.browser(), server.phone("supervisor1").await);
    let [one, two] = [fresh_jpeg(), fresh_jpeg()];
    for made in [&one, &two] {
        upload(&office.browser, made).await;
    }
    let (id, first) = published(&mut office, pictured("第一版", vec![picture(&one)])).await;
    let content = pictured("第二版", vec![picture(&two)]);
    let second = done(&mut office, id, Command::Revise { after: first, content }).await;
    // Another supervisor, who has sent neither.
    crate::accounts::somebody(&server, "city", "9999", Role::Supervisor).await;
    let mut city = server.phone("city").await;
    let content = pictured("第三版", vec![picture(&two), picture(&one)]);
    let third = done(&mut city, id, Command::Revise { after: second, content }).await;
    assert_eq!(publish(&mut city, vec![picture(&one)]).await, Effect::Taken, "and in another article");
    let without = super::articles::content("第四版", "没有图");
    done(&mut office, id, Command::Revise { after: third, content: without }).await;

    let pages = async || {
        let mut all = Vec::new();
        for version in 1..=4 {
            all.push(read(&browser, &format!("{LIST}/{id}?version={version}")).await);
        }
        for made in [&one, &two] {
            let shown = browser.get(&address(id, made)).await;
            assert_eq!((shown.status, &shown.body), (StatusCode::OK, made), "of former versions");
        }
        all
    };
    let before = pages().await;
    let shows = |version: usize| [&one, &two].map(|made| before[version - 1].contains(&address(id, made)));
    assert_eq!(
        [shows(1), shows(2), shows(3), shows(4)],
        [[true, false], [false, true], [true, true], [false, false]]
    );
    rebuild(&server.parts.store, &server.parts.packs).await.unwrap();
    assert_eq!(pages().await, before, "made again from the entries");
    server.parts.intake.sweep(now().plus(Span::days(90))).await.unwrap();
    assert_eq!(pages().await, before, "an entry names them, so nothing takes them away");
}

#[tokio::test]
async fn nobody_makes_public_by_an_article_what_is_evidence_or_what_somebody_else_has_sent() {
    let server = Server::start().await;
    let mut office = server.phone("supervisor1").await;
    // What an inspector has sent and no entry names yet.
    let inspector = server.signed_in("inspector1").await;
    let fresh_photo = fresh_jpeg();
    upload(&inspector, &fresh_photo).await;
    // Asking to send the same says that it is here, and makes it nobody else's.
    upload(&office.browser, &fresh_photo).await;
    assert_eq!(publish(&mut office, vec![picture(&fresh_photo)]).await, from_elsewhere());
    // The photo of a hazard, which this office sees.
    let evidence = office.browser.rows().await.into_iter().find_map(|row| match row {
        Row::Hazard(hazard) => hazard.photos.first().map(|photo| photo.1),
        _ => None,
    });
    let evidence = evidence.unwrap();
    let path = format!("/api/photos/{}", evidence.hex());
    let bytes = office.browser.get(&path).await.body;
    assert_eq!(Digest::of(&bytes), evidence);
    // What a citizen has sent.
    report(&server.browser(), &[], &[jpeg()]).await;
    let reported = card(&server).await.report.photos[0].stored;
    let named = |digest: Digest| ArticlePicture { digest, ..picture(&bytes) };
    for digest in [evidence, reported] {
        assert_eq!(publish(&mut office, vec![named(digest)]).await, from_elsewhere());
        // One that was refused makes it nothing else.
        assert_eq!(publish(&mut office, vec![named(digest)]).await, from_elsewhere());
        let own = fresh_jpeg();
        upload(&office.browser, &own).await;
        let both = vec![picture(&own), named(digest)];
        assert_eq!(publish(&mut office, both).await, from_elsewhere(), "beside one of its own");
    }
    let list = read(&server.browser(), LIST).await;
    assert!(list.contains("还没有文章"), "{list}");
}

#[tokio::test]
async fn what_an_office_has_sent_is_no_picture_once_it_is_evidence_and_stays_one_that_was_shown_before() {
    let server = Server::start().await;
    let (mut office, mut institution) =
        (server.phone("supervisor1").await, server.phone("institution1").await);
    let Role::Institution { facility } = institution.account.role else { panic!("an institution") };
    let [shown, recorded] = [fresh_jpeg(), fresh_jpeg()];
    for made in [&shown, &recorded] {
        upload(&office.browser, made).await;
    }
    let (id, _) = published(&mut office, pictured("先发布", vec![picture(&shown)])).await;
    for made in [&shown, &recorded] {
        let photo = PhotoManifest::untouched(photo_id(), made, (1600, 1200), now());
        let round = patrol_that_found_one(facility, photo);
        let entry = institution.sign(&Body::RoundDone(Box::new(round)));
        assert_eq!(receipt(&institution.push_one(&entry).await).receipt().effect, Effect::Taken);
    }
    assert_eq!(publish(&mut office, vec![picture(&recorded)]).await, from_elsewhere());
    assert_eq!(publish(&mut office, vec![picture(&shown)]).await, Effect::Taken);
    // What came later changes nothing of what took effect.
    rebuild(&server.parts.store, &server.parts.packs).await.unwrap();
    assert_eq!(server.browser().get(&address(id, &shown)).await.body, shown);
}

#[tokio::test]
async fn on_a_computer_that_two_share_either_sends_what_the_other_has_written() {
    let server = Server::start().await;
    crate::accounts::somebody(&server, "colleague", "999901", Role::Supervisor).await;
    let mut office = server.phone("supervisor1").await;
    let made = fresh_jpeg();
    let colleague = server.signed_in("colleague").await;
    upload(&colleague, &made).await;
    assert_eq!(
        publish(&mut office, vec![picture(&made)]).await,
        from_elsewhere(),
        "on computers of their own"
    );
    office.browser = colleague;
    assert_eq!(office.show_key().await.status, StatusCode::OK);
    assert_eq!(publish(&mut office, vec![picture(&made)]).await, Effect::Taken);
}

#[tokio::test]
async fn a_version_with_a_hole_has_no_effect() {
    let server = Server::start().await;
    let mut office = server.phone("supervisor1").await;
    let made = fresh_jpeg();
    upload(&office.browser, &made).await;
    let pictures = || Pictures::try_from(vec![picture(&made)]).unwrap();
    for (text, detail) in [
        ("没有图", "图1 is not shown"),
        ("![看](图1) ![看](图2)", "there is no 图2"),
        ("![](图1)", "what 图1 shows is not said, in 1 to 100 characters"),
    ] {
        let written = Content { pictures: pictures(), ..content("题", text) };
        let effect = step(&mut office, fresh(), Command::Publish { content: written }).await.0;
        let problem = Problem::RecordInconsistent { detail: detail.to_owned() };
        assert_eq!(effect, Effect::None { problem }, "{text}");
    }
}

#[tokio::test]
async fn phones_keep_the_pictures_of_the_articles_that_they_keep_as_far_as_there_is_room() {
    let server = Server::start().await;
    let (browser, mut office) = (server.browser(), server.phone("supervisor1").await);
    let kept = async || {
        let worker = read(&browser, "/snap/worker.js").await;
        let list = super::between(&worker, "const PICTURES = [", "];").to_owned();
        list.split(", ")
            .filter(|it| !it.is_empty())
            .map(|it| it.trim_matches('"').to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(kept().await, Vec::<String>::new());
    let mut expected = Vec::new();
    for _ in 0..5 {
        let made: Vec<Vec<u8>> = (0..10).map(|_| fresh_jpeg()).collect();
        for jpeg in &made {
            upload(&office.browser, jpeg).await;
        }
        let pictures = made.iter().map(|jpeg| picture(jpeg)).collect();
        let (id, _) = published(&mut office, pictured("十张图", pictures)).await;
        let own: Vec<String> = made.iter().map(|jpeg| address(id, jpeg)).collect();
        expected = [own, expected].concat();
    }
    assert_eq!(kept().await, expected[..40], "of the articles changed last");
    for address in &kept().await[..3] {
        assert_eq!(browser.get(address).await.status, StatusCode::OK);
    }
    let page = read(&browser, "/snap/kept/know?lang=zh").await;
    assert!(expected.iter().all(|address| page.contains(address)), "the page has them all");
    // Four of almost the size that one may have are as much as there is room for.
    let made: Vec<Vec<u8>> = (0..5).map(|_| fresh_jpeg()).collect();
    for jpeg in &made {
        upload(&office.browser, jpeg).await;
    }
    let large = |jpeg: &Vec<u8>| ArticlePicture { size_bytes: 1_499_999, ..picture(jpeg) };
    published(&mut office, pictured("大图", made.iter().map(large).collect())).await;
    assert_eq!(kept().await.len(), 4);
}
