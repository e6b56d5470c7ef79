//! What nobody learns of a reporter: not from photos, not from a copy of the database, not from the log, and not by another
//! account.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex};

use axum::http::StatusCode;
use tracing_subscriber::filter::LevelFilter;
use xunan_core::snap::SnapState;
use xunan_server::ledger_store::LedgerStore;
use xunan_server::snaps::contact::Contact;
use xunan_server::snaps::sealed::Sealed;

use super::{answered, card, good, post, report, sent, token};
use crate::support::{Server, jpeg};

/// The marks of the segments of a JPEG before its picture.
fn segments(jpeg: &[u8]) -> Vec<u8> {
    let (mut at, mut marks) = (2, Vec::new());
    while let [0xff, mark, high, low, ..] = &jpeg[at..] {
        marks.push(*mark);
        if *mark == 0xda {
            return marks;
        }
        at += 2 + usize::from(u16::from_be_bytes([*high, *low]));
    }
    panic!("no picture")
}

/// A photo with what phones put into theirs: EXIF with a place, XMP, a maker's note, a comment, and a film behind its end.
fn talkative() -> Vec<u8> {
    let segment = |mark: u8, content: &[u8]| {
        let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
        [&[0xff, mark], &length[..], content].concat()
    };
    // Little-endian TIFF: IFD0 with a pointer to GPS; there latitude 36° 30' 0" N, longitude 116° 0' 0" E.
    let mut tiff = b"II*\0\x08\0\0\0\x01\0".to_vec();
    tiff.extend(b"\x25\x88\x04\0\x01\0\0\0\x1a\0\0\0\0\0\0\0");
    tiff.extend(b"\x04\0");
    tiff.extend(b"\x01\0\x02\0\x02\0\0\0N\0\0\0");
    tiff.extend(b"\x02\0\x05\0\x03\0\0\0\x50\0\0\0");
    tiff.extend(b"\x03\0\x02\0\x02\0\0\0E\0\0\0");
    tiff.extend(b"\x04\0\x05\0\x03\0\0\0\x68\0\0\0");
    tiff.extend(b"\0\0\0\0");
    tiff.resize(0x50, 0);
    for (number, of) in [(36_u32, 1_u32), (30, 1), (0, 1), (116, 1), (0, 1), (0, 1)] {
        tiff.extend(number.to_le_bytes());
        tiff.extend(of.to_le_bytes());
    }
    let exif = [b"Exif\0\0".as_slice(), &tiff, b"SECRET-MAKER-NOTE"].concat();
    let jpeg = jpeg();
    [
        &jpeg[..2],
        &segment(0xe1, &exif),
        &segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<SECRET-XMP/>"),
        &segment(0xed, b"Photoshop 3.0\0SECRET-IPTC"),
        &segment(0xfe, b"SECRET-COMMENT"),
        &jpeg[2..],
        b"ftypmp42 SECRET-FILM <script>alert(1)</script>",
    ]
    .concat()
}

#[tokio::test]
async fn nothing_that_a_file_says_of_itself_is_kept_unless_its_place_was_told() {
    let server = Server::start().await;
    let browser = server.browser();
    for (told, place) in [("no", None), ("yes", Some((365_000_000, 1_160_000_000)))] {
        let token = token(&browser).await;
        let mut fields = good(&token);
        fields.push(("position", told));
        sent(&post(&browser, "/snap", &fields, &[talkative()]).await);
        let card = super::cards(&server).await.pop().unwrap();
        let position = card.report.place.position.as_ref();
        assert_eq!(position.map(|it| (it.point.latitude_e7(), it.point.longitude_e7())), place, "{told}");
        let stored = server.parts.photos.read(&card.report.photos[0].stored).unwrap().unwrap();
        for secret in ["SECRET", "Exif", "script", "http", "ftyp"] {
            assert!(!stored.windows(secret.len()).any(|it| it == secret.as_bytes()), "{secret}");
        }
        let marks = segments(&stored);
        assert!(marks.iter().all(|mark| !matches!(mark, 0xe1..=0xef | 0xfe)), "{marks:x?}");
        assert_eq!(stored[stored.len() - 2..], [0xff, 0xd9], "and nothing lies behind the picture");
    }
}

/// Whether any file below a folder has these bytes.
pub(super) fn has(folder: &Path, wanted: &str) -> bool {
    fs::read_dir(folder).unwrap().any(|file| {
        let path = file.unwrap().path();
        if path.is_dir() {
            return has(&path, wanted);
        }
        fs::read(&path).unwrap().windows(wanted.len()).any(|it| it == wanted.as_bytes())
    })
}

#[tokio::test]
async fn a_contact_is_nowhere_in_the_open_and_forgetting_it_destroys_it() {
    let server = Server::start().await;
    let browser = server.browser();
    let told = report(&browser, &[("name", "王小明明"), ("telephone", "13812345678")], &[]).await;
    let snap = card(&server).await.id();
    for secret in ["王小明明", "13812345678", told.path.trim_start_matches("/snap/f/")] {
        assert!(!has(server.folder(), secret), "{secret} lies open in the data folder");
    }
    let page = browser.get(&told.path).await.text();
    assert!(page.contains("**明明 · **78") && !page.contains("13812345678"), "{page}");

    // A copy of the database without the keys: what is sealed in it opens with no key that is there.
    let copy = tempfile::tempdir().unwrap();
    let whole = "ledger.sqlite".to_owned();
    for file in [whole.clone(), format!("{whole}-wal"), format!("{whole}-shm")] {
        if server.folder().join(&file).exists() {
            fs::copy(server.folder().join(&file), copy.path().join(&file)).unwrap();
        }
    }
    let stolen = LedgerStore::open_sqlite(&copy.path().join(&whole)).unwrap();
    let sealed = stolen.read(move |tables| tables.sealed_contact(snap)).await.unwrap().unwrap();
    assert!(Sealed::<Contact>::of([0; 32], sealed.clone()).open().is_none());
    let key_file = server.folder().join("secrets").join(format!("{snap}.key"));
    let key = fs::read(&key_file).unwrap().try_into().unwrap();
    assert!(Sealed::<Contact>::of(key, sealed).open().is_some(), "and with its own key it does");

    let forgotten = post(&browser, &told.path, &[("do", "forget")], &[]).await;
    assert_eq!(forgotten.status, StatusCode::OK);
    assert!(!forgotten.text().contains("**"), "{}", forgotten.text());
    assert!(!key_file.exists());
    let left = server.parts.store.read(move |tables| tables.sealed_contact(snap)).await.unwrap();
    assert_eq!(left, None);
    assert_eq!(card(&server).await.life.stage.state(), SnapState::Received, "the report stays");
    let keys = fs::read_dir(server.folder().join("secrets")).unwrap().count();
    assert_eq!(keys, 1, "and only the key of all links is left");
    assert_eq!(post(&browser, &told.path, &[("do", "forget")], &[]).await.status, StatusCode::OK);
}

#[tokio::test]
async fn offices_of_the_report_see_it_and_every_other_account_learns_nothing() {
    let server = Server::start().await;
    report(&server.browser(), &[("address", "样例路1号")], &[jpeg()]).await;
    let card = card(&server).await;
    let entry = card.life.story[0].mark.entry;
    let photo = card.report.photos[0].stored.hex();
    for login in crate::pull::EVERYBODY {
        let browser = server.signed_in(login).await;
        let sees = matches!(login, "supervisor1" | "reward1");
        for path in [
            format!("/api/entries/{entry}"),
            format!("/api/entries/{entry}/receipt"),
            format!("/api/photos/{photo}"),
        ] {
            let expected = if sees { StatusCode::OK } else { StatusCode::NOT_FOUND };
            assert_eq!(browser.get(&path).await.status, expected, "{login} {path}");
        }
        let pulled = serde_json::to_string(&browser.rows().await).unwrap();
        assert!(!pulled.contains(&card.id().to_string()) && !pulled.contains(&photo), "{login}");
    }
    // What proves the report leaves as evidence like any other entry.
    let package = server.signed_in("supervisor1").await.get(&format!("/api/entries/{entry}/package")).await;
    assert_eq!((package.status, &package.body[..2]), (StatusCode::OK, b"PK".as_slice()));
    let admin = server.signed_in("admin1").await.get("/api/accounts").await.text();
    assert!(!admin.contains("随手拍"), "the account at the door is nobody's to administer: {admin}");
}

/// Lines of the log, as the server writes them.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_log_has_the_route_and_nothing_of_the_reporter() {
    let lines = Lines::default();
    let writer = lines.clone();
    // Without times: the 36.5th second of a minute is no latitude.
    let log = tracing_subscriber::fmt()
        .without_time()
        .with_writer(move || writer.clone())
        .with_max_level(LevelFilter::TRACE);
    // Of the whole process: the lines of other tests are among them, and have as little to hide.
    tracing::subscriber::set_global_default(log.finish()).unwrap();
    let server = Server::start().await;
    let browser = server.browser();
    let told = report(&browser, &[("name", "王小明明"), ("telephone", "13812345678")], &[talkative()]).await;
    browser.get(&told.path).await;
    let mut office = server.phone("supervisor1").await;
    let snap = card(&server).await.id();
    let answer = answered(&server, &mut office, snap).await.to_string();
    let fields = [("do", "not_fixed"), ("answer", &*answer), ("words", "门又锁上了")];
    post(&browser, &told.path, &fields, &[]).await;
    super::rewards::Approved::reward().await.claim(&[]).await;
    post(&browser, "/snap/code", &[("code", &told.code)], &[]).await;
    post(&browser, "/snap", &[("token", "x")], &[vec![1, 2, 3]]).await;
    browser.get("/snap/plaza?q=searched-words").await;
    let number = &told.number;
    post(&browser, &format!("/snap/plaza/{number}"), &[("device", "AAAAAAAAAAAAAAAAAAAAAQ")], &[]).await;
    let log = String::from_utf8_lossy(&lines.0.lock().unwrap()).into_owned();
    assert!(log.contains("/snap/f/{secret}") && log.contains("answered"), "{log}");
    let secret = told.path.trim_start_matches("/snap/f/");
    let digits = told.code.replace(' ', "");
    let of_plaza = ["searched-words", number, "AAAAAAAAAAAAAAAAAAAAAQ"];
    let of_reporter =
        [secret, &told.code, &digits, "王小明", "13812345678", "锁", "样例路", "36.5", "6222020"];
    for hidden in of_reporter.into_iter().chain(of_plaza) {
        assert!(!log.contains(hidden), "{hidden} in {log}");
    }
}
