//! Voice notes and short videos: sent by the plain form, heard by the office that triages, sealed on the disk, forgotten for good.

use std::fs;
use std::time::{Duration, SystemTime};

use axum::http::{Method, StatusCode};
use xunan_core::access::Role;
use xunan_core::clock::Instant;
use xunan_core::digest::Digest;
use xunan_core::ids::{Entropy, SnapId};
use xunan_core::snap::{Command, RecordingKind, Report, SnapState};
use xunan_core::sync::SnapDetail;
use xunan_server::photo_store::{RecordingFile, SecretFile};
use xunan_server::snaps::recording::{Wanted, stripped};

use super::privacy::has;
use super::{BOUNDARY, Fields, Sent, card, cards, good, post, sent, step, token};
use crate::pull::EVERYBODY;
use crate::support::{Answer, Browser, Server, jpeg};

/// What is said: bytes that are looked for where they must not be.
const SAID: &str = "SOUND-OF-SOMEBODYS-VOICE";

/// An element of EBML: its id, its size in eight bytes, its content.
fn element(id: u32, content: &[u8]) -> Vec<u8> {
    let id: Vec<u8> = id.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
    let size = (1_u64 << 56) | content.len() as u64;
    [&id, &size.to_be_bytes()[..], content].concat()
}

fn number(id: u32, value: u64) -> Vec<u8> {
    element(id, &value.to_be_bytes())
}

/// A WebM as browsers record it, of so many seconds: one track, a cluster and a block of [`SAID`] each second.
fn webm(kind: RecordingKind, seconds: u32) -> Vec<u8> {
    let header = [
        number(0x4286, 1),
        number(0x42f7, 1),
        number(0x42f2, 4),
        number(0x42f3, 8),
        element(0x4282, b"webm"),
        number(0x4287, 4),
        number(0x4285, 2),
    ];
    let info = [
        number(0x2a_d7b1, 1_000_000),
        element(0x4d80, b"SECRET-PROGRAM"),
        element(0x5741, b"SECRET-PROGRAM"),
    ];
    let sound = element(0xe1, &[element(0xb5, &48_000_f64.to_be_bytes()), number(0x9f, 1)].concat());
    let opus_head = b"OpusHead\x01\x01\0\0\x80\xbb\0\0\0\0\0".as_slice();
    let picture = element(0xe0, &[number(0xb0, 640), number(0xba, 480)].concat());
    let of_kind = match kind {
        RecordingKind::Voice => {
            [number(0x83, 2), element(0x86, b"A_OPUS"), element(0x63a2, opus_head), sound].concat()
        }
        RecordingKind::Video => [number(0x83, 1), element(0x86, b"V_VP8"), picture].concat(),
    };
    let track = element(0xae, &[number(0xd7, 1), number(0x73c5, 1), of_kind].concat());
    let clusters: Vec<u8> = (0..=seconds)
        .flat_map(|second| {
            let block = [b"\x81\0\0\x80".as_slice(), SAID.as_bytes()].concat();
            element(0x1f43_b675, &[number(0xe7, u64::from(second) * 1000), element(0xa3, &block)].concat())
        })
        .collect();
    let content = [element(0x1549_a966, &info.concat()), element(0x1654_ae6b, &track), clusters].concat();
    [element(0x1a45_dfa3, &header.concat()), element(0x1853_8067, &content)].concat()
}

/// The form with files in fields of these names.
async fn send(
    browser: &Browser,
    accepts: &str,
    fields: &[(&str, &str)],
    files: &[(&str, Vec<u8>)],
) -> Answer {
    let mut body = Vec::new();
    let mut part = |head: String, content: &[u8]| {
        body.extend(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n").bytes());
        body.extend(content);
        body.extend(b"\r\n");
    };
    for (name, value) in fields {
        part(format!("name=\"{name}\""), value.as_bytes());
    }
    for (name, content) in files {
        part(
            format!("name=\"{name}\"; filename=\"我家.webm\"\r\nContent-Type: application/x-anything"),
            content,
        );
    }
    body.extend(format!("--{BOUNDARY}--\r\n").bytes());
    let content_type = format!("multipart/form-data; boundary={BOUNDARY}");
    let headers = [("content-type", content_type.as_str()), ("host", "xunan.example"), ("accept", accepts)];
    browser.send(Method::POST, "/snap", &headers, body).await
}

const HTML: &str = "text/html,*/*";

/// A form without words.
fn silent(token: &str) -> Fields<'_> {
    let mut fields = good(token);
    fields.retain(|(name, _)| *name != "words");
    fields
}

/// Says something and nothing else.
async fn say(browser: &Browser) -> Sent {
    let token = token(browser).await;
    sent(&send(browser, HTML, &silent(&token), &[("voice", webm(RecordingKind::Voice, 3))]).await)
}

fn file_of(report: &Report, kind: RecordingKind) -> RecordingFile {
    RecordingFile { snap: report.snap, kind }
}

#[tokio::test]
async fn what_was_said_and_filmed_is_a_report_and_is_heard_as_it_was_kept() {
    let server = Server::start().await;
    let browser = server.browser();
    let token = token(&browser).await;
    let (voice, video) = (webm(RecordingKind::Voice, 3), webm(RecordingKind::Video, 5));
    // An empty file field is one in which nothing was chosen.
    let files = [("voice", voice.clone()), ("video", video.clone()), ("photo", Vec::new())];
    sent(&send(&browser, HTML, &silent(&token), &files).await);
    let card = card(&server).await;
    assert!(card.report.words.is_empty() && card.report.photos.is_empty());
    let office = server.signed_in("supervisor1").await;
    let detail: SnapDetail = office.get(&format!("/api/snaps/{}", card.id())).await.json();
    assert_eq!(detail.audible, RecordingKind::ALL);
    for (kind, wanted, bytes, seconds, media_type) in [
        (RecordingKind::Voice, Wanted::Voice, voice, 3, "audio/webm"),
        (RecordingKind::Video, Wanted::Video, video, 5, "video/webm"),
    ] {
        let expected = stripped(bytes, wanted).unwrap().bytes;
        let heard = office.get(&format!("/api/snaps/{}/{}", card.id(), kind.name())).await;
        assert_eq!((heard.status, heard.header("content-type")), (StatusCode::OK, media_type));
        assert_eq!((heard.header("cache-control"), heard.header("accept-ranges")), ("no-store", "bytes"));
        assert_eq!(heard.header("content-encoding"), "");
        assert!(heard.body == expected, "{kind:?} is heard as it was kept");
        assert!(!heard.text().contains("SECRET-PROGRAM"), "{kind:?}");
        // The entry names what lies on the disk, so that anybody can tell that it was not altered.
        let named = card.report.recording(kind).unwrap();
        let sealed = server.parts.photos.read_recording(file_of(&card.report, kind)).unwrap().unwrap();
        assert_eq!((named.sealed, named.sealed_bytes), (Digest::of(&sealed), sealed.len() as u64));
        assert!(
            (seconds..=seconds + 2).contains(&named.length_ms.as_seconds()),
            "{kind:?} {}",
            named.length_ms
        );
    }
    assert!(!has(server.folder(), SAID), "nothing of it lies open in the data folder");
    // What proves the report leaves without what was said.
    let entry = card.life.story[0].mark.entry;
    let package = office.get(&format!("/api/entries/{entry}/package")).await;
    assert_eq!((package.status, &package.body[..2]), (StatusCode::OK, b"PK".as_slice()));
    let sealed =
        server.parts.photos.read_recording(file_of(&card.report, RecordingKind::Voice)).unwrap().unwrap();
    assert!(!package.body.windows(32).any(|it| it == &sealed[..32]), "nor as it is sealed");

    let server = server.restarted().await;
    let path = format!("/api/snaps/{}/voice", card.id());
    assert_eq!(server.signed_in("supervisor1").await.get(&path).await.status, StatusCode::OK);
}

#[tokio::test]
async fn who_triages_a_report_hears_it_and_to_everybody_else_there_is_nothing() {
    let server = Server::start().await;
    say(&server.browser()).await;
    let id = card(&server).await.id();
    let mut office = server.phone("supervisor1").await;
    step(&mut office, id, Command::Accept).await;
    crate::accounts::somebody(&server, "neighbour", "999902", Role::Supervisor).await;
    crate::accounts::somebody(&server, "city", "9999", Role::Supervisor).await;
    let nobody = SnapId::from_parts(Instant::from_unix_millis(0), Entropy(1));
    for login in EVERYBODY.into_iter().chain(["neighbour", "city"]) {
        let browser = server.signed_in(login).await;
        let hears = matches!(login, "supervisor1" | "city");
        let voice = browser.get(&format!("/api/snaps/{id}/voice")).await;
        let none = browser.get(&format!("/api/snaps/{nobody}/voice")).await;
        assert_eq!(none.status, StatusCode::NOT_FOUND, "{login}");
        for path in [format!("/api/snaps/{id}/video"), "/api/snaps/x/voice".to_owned()] {
            assert_eq!(browser.get(&path).await.body, none.body, "{login} {path}");
        }
        let expected = if hears { StatusCode::OK } else { StatusCode::NOT_FOUND };
        assert_eq!(voice.status, expected, "{login}");
        if !hears {
            assert_eq!((&voice.body, voice.headers.len()), (&none.body, none.headers.len()), "{login}");
        }
        // A reward officer sees the report, and that something was said.
        let one = browser.get(&format!("/api/snaps/{id}")).await;
        if one.status == StatusCode::OK {
            let detail: SnapDetail = one.json();
            assert_eq!(detail.audible.len(), usize::from(hears), "{login}");
            assert!(detail.due.snap.report.voice.is_some(), "{login}");
        }
    }
    assert_eq!(
        server.browser().get(&format!("/api/snaps/{id}/voice")).await.status,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn a_player_gets_the_range_for_which_it_asks() {
    let server = Server::start().await;
    say(&server.browser()).await;
    let path = format!("/api/snaps/{}/voice", card(&server).await.id());
    let office = server.signed_in("supervisor1").await;
    let whole = office.get(&path).await.body;
    let length = whole.len();
    let asked = async |range: &str| office.send(Method::GET, &path, &[("range", range)], Vec::new()).await;
    for (range, from, to) in
        [("bytes=0-", 0, length), ("bytes=10-19", 10, 20), ("bytes=-7", length - 7, length)]
    {
        let part = asked(range).await;
        assert_eq!((part.status, &part.body[..]), (StatusCode::PARTIAL_CONTENT, &whole[from..to]), "{range}");
        assert_eq!(part.header("content-range"), format!("bytes {from}-{}/{length}", to - 1));
        assert_eq!(part.header("cache-control"), "no-store");
    }
    let beyond = asked(&format!("bytes={length}-")).await;
    assert_eq!((beyond.status, beyond.body.len()), (StatusCode::RANGE_NOT_SATISFIABLE, 0));
    assert_eq!(beyond.header("content-range"), format!("bytes */{length}"));
    let several = asked("bytes=0-1,5-6").await;
    assert_eq!((several.status, several.body), (StatusCode::OK, whole));
}

#[tokio::test]
async fn what_is_no_recording_is_told_by_number_and_what_was_typed_stays() {
    let server = Server::start().await;
    let browser = server.browser();
    let token = token(&browser).await;
    let large = |kind: RecordingKind| vec![0; usize::try_from(kind.most_bytes()).unwrap() + 1];
    let (voice, video) = (webm(RecordingKind::Voice, 1), webm(RecordingKind::Video, 1));
    for (name, files, number, sentence) in [
        ("noise", vec![("voice", b"no recording".to_vec())], "422.S21", "语音读不出来"),
        ("a photo", vec![("voice", jpeg())], "422.S21", "语音读不出来"),
        ("cut off", vec![("voice", voice[..voice.len() / 2].to_vec())], "422.S21", "语音读不出来"),
        ("long", vec![("voice", webm(RecordingKind::Voice, 125))], "422.S21", "语音超过 2 分钟"),
        ("large", vec![("voice", large(RecordingKind::Voice))], "422.S21", "语音超过 4 MB"),
        ("a film", vec![("voice", video.clone())], "422.S21", "语音里"),
        ("two", vec![("voice", voice.clone()), ("voice", voice.clone())], "400.S1", "没有读懂"),
        ("noise as film", vec![("video", b"no recording".to_vec())], "422.S22", "视频读不出来"),
        ("a long film", vec![("video", webm(RecordingKind::Video, 65))], "422.S22", "视频超过 60 秒"),
        ("a large film", vec![("video", large(RecordingKind::Video))], "422.S22", "视频超过 24 MB"),
        ("sound as film", vec![("video", voice.clone())], "422.S22", "视频里没有画面"),
        ("one of two", vec![("voice", voice.clone()), ("video", jpeg())], "422.S22", "视频读不出来"),
    ] {
        let answer = send(&browser, HTML, &good(&token), &files).await;
        let text = answer.text();
        assert_eq!(answer.status.as_str(), &number[..3], "{name}: {text}");
        assert!(text.contains(number) && text.contains(sentence), "{name}: {text}");
        assert!(text.contains("三楼安全出口锁着") && text.contains(&token), "{name}: {text}");
        let told: serde_json::Value = send(&browser, "application/json", &good(&token), &files).await.json();
        assert_eq!(told["wrong"], number, "{name}");
    }
    assert_eq!(cards(&server).await.len(), 0);
    assert_eq!(fs::read_dir(server.folder().join("recordings")).unwrap().count(), 0, "nothing was kept");
    assert_eq!(fs::read_dir(server.folder().join("secrets")).unwrap().count(), 1, "but the key of all links");
    sent(&send(&browser, HTML, &good(&token), &[("voice", voice)]).await);
}

#[tokio::test]
async fn a_short_video_is_offered_and_taken_where_the_region_says_so() {
    let offers = |form: &Answer| form.text().contains("name=\"video\"");
    let video = || [("video", webm(RecordingKind::Video, 1))];

    let server = Server::start().await;
    let browser = server.browser();
    for path in ["/snap", "/snap/kept/form"] {
        assert!(offers(&browser.get(path).await), "{path}");
    }
    let fresh = token(&browser).await;
    sent(&send(&browser, HTML, &silent(&fresh), &video()).await);

    // With an office of the whole country, reports that name no institution are its own, and no terms of it take videos.
    let server = Server::start().await;
    crate::accounts::somebody(&server, "country", "", Role::Supervisor).await;
    let browser = server.browser();
    for path in ["/snap", "/snap/kept/form"] {
        let form = browser.get(path).await;
        assert!(!offers(&form) && form.text().contains("name=\"voice\""), "{path}");
    }
    let fresh = token(&browser).await;
    let refused = send(&browser, HTML, &good(&fresh), &video()).await;
    let text = refused.text();
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        text.contains("422.S23") && text.contains("请去掉视频") && text.contains("三楼安全出口锁着"),
        "{text}"
    );
    sent(&send(&browser, HTML, &silent(&fresh), &[("voice", webm(RecordingKind::Voice, 1))]).await);
}

#[tokio::test]
async fn the_form_says_who_listens_and_it_alone_may_ask_for_the_microphone() {
    let server = Server::start().await;
    let browser = server.browser();
    let form = browser.get("/snap").await;
    assert!(form.text().contains("受理的人会听到您的声音；不想被听出来，就写字"));
    assert!(
        browser.get("/snap?lang=en").await.text().contains("will hear your voice; to stay unknown, write")
    );
    let said = send(&browser, HTML, &good(""), &[]).await;
    for (path, answer, records) in [
        ("the form", form, true),
        ("the form after a mistake", said, true),
        ("the form that is kept", browser.get("/snap/kept/form").await, true),
        ("the knowledge", browser.get("/snap/know").await, false),
        ("what is kept of it", browser.get("/snap/kept/know").await, false),
        ("the plaza", browser.get("/snap/plaza").await, false),
        ("the code", browser.get("/snap/code").await, false),
        ("the office's pages", browser.get("/").await, false),
    ] {
        let microphone = answer.header("permissions-policy").contains("microphone=(self)");
        assert_eq!(microphone, records, "{path}: {}", answer.header("permissions-policy"));
        let policy = answer.header("content-security-policy");
        assert_eq!(policy.contains("; media-src blob:"), records, "{path}: {policy}");
    }
}

#[tokio::test]
async fn a_forgotten_voice_is_heard_by_nobody_and_the_report_stays() {
    let server = Server::start().await;
    let browser = server.browser();
    let told = say(&browser).await;
    let report = card(&server).await.report;
    let file = file_of(&report, RecordingKind::Voice);
    let page = browser.get(&told.path).await.text();
    for words in ["0:03，加密保存", "语音（删除后，受理的人也听不到了）", "永久删除这些信息"]
    {
        assert!(page.contains(words), "{words} in {page}");
    }
    assert!(!page.contains("<audio"), "a link may be passed on");
    let by_code = post(&browser, "/snap/code", &[("code", &told.code)], &[]).await;
    assert!(!by_code.text().contains("语音"), "{}", by_code.text());

    // Whoever copies the folder without the keys has noise.
    let sealed = server.parts.photos.read_recording(file).unwrap().unwrap();
    assert!(!has(server.folder(), SAID));
    assert!(!sealed.windows(4).any(|it| it == b"Opus" || it == b"webm"));

    assert_eq!(post(&browser, &told.path, &[("do", "forget")], &[]).await.status, StatusCode::OK);
    let page = browser.get(&told.path).await.text();
    assert!(page.contains("已永久删除") && !page.contains("永久删除这些信息"), "{page}");
    assert_eq!(server.parts.photos.read_secret(SecretFile::Recording(file)).unwrap(), None);
    assert_eq!(server.parts.photos.read_recording(file).unwrap(), None);
    let office = server.signed_in("supervisor1").await;
    let path = format!("/api/snaps/{}", report.snap);
    let (gone, never) =
        (office.get(&format!("{path}/voice")).await, office.get(&format!("{path}/video")).await);
    assert_eq!((gone.status, &gone.body), (StatusCode::NOT_FOUND, &never.body));
    let detail: SnapDetail = office.get(&path).await.json();
    assert!(detail.audible.is_empty() && detail.due.snap.report.voice.is_some());
    assert_eq!(card(&server).await.life.stage.state(), SnapState::Received);

    // A copy of what was sealed, put back without its key, or with another one, opens nothing.
    server.parts.photos.write_recording(file, &sealed).unwrap();
    assert_eq!(office.get(&format!("{path}/voice")).await.body, never.body);
    server.parts.photos.write_secret(SecretFile::Recording(file), &[7; 32]).unwrap();
    assert_eq!(office.get(&format!("{path}/voice")).await.body, never.body);
}

#[tokio::test]
async fn a_form_that_is_sent_twice_keeps_one_recording() {
    let server = Server::start().await;
    let browser = server.browser();
    let fresh = token(&browser).await;
    let (fields, files) = (silent(&fresh), [("voice", webm(RecordingKind::Voice, 3))]);
    let at_once = tokio::join!(send(&browser, HTML, &fields, &files), send(&browser, HTML, &fields, &files));
    assert_eq!(sent(&at_once.0), sent(&at_once.1));
    assert_eq!(sent(&send(&browser, HTML, &fields, &files).await), sent(&at_once.0));
    let report = card(&server).await.report;
    let names = |folder: &str| {
        let files = fs::read_dir(server.folder().join(folder)).unwrap();
        let mut names: Vec<_> =
            files.map(|file| file.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    };
    assert_eq!(names("recordings"), [format!("{}-voice", report.snap)]);
    assert_eq!(names("secrets"), [format!("{}-voice.key", report.snap), "follows.key".to_owned()]);
}

#[tokio::test]
async fn what_became_no_report_is_swept_after_a_day_and_nothing_else() {
    let server = Server::start().await;
    say(&server.browser()).await;
    let folder = &server.parts.photos;
    let named = file_of(&card(&server).await.report, RecordingKind::Voice);
    let orphan = |number| RecordingFile {
        snap: SnapId::from_parts(Instant::from_unix_millis(0), Entropy(number)),
        kind: RecordingKind::Voice,
    };
    let unnamed = RecordingFile { kind: RecordingKind::Video, ..named };
    for file in [orphan(1), orphan(2), unnamed] {
        folder.write_secret(SecretFile::Recording(file), &[1; 32]).unwrap();
        folder.write_recording(file, b"sealed").unwrap();
    }
    let age = |file: RecordingFile, hours: u64| {
        let path = server.folder().join("recordings").join(file.to_string());
        let time = SystemTime::now() - Duration::from_secs(hours * 3600);
        fs::File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
    };
    age(named, 1000);
    age(unnamed, 1000);
    age(orphan(1), 25);
    age(orphan(2), 23);
    assert_eq!(server.parts.snaps.sweep_recordings().await.unwrap(), 2);
    for (file, is_here) in [(named, true), (unnamed, false), (orphan(1), false), (orphan(2), true)] {
        assert_eq!(folder.read_recording(file).unwrap().is_some(), is_here, "{file}");
        let key = folder.read_secret(SecretFile::Recording(file)).unwrap();
        assert_eq!(key.is_some(), is_here, "{file}");
    }
}
