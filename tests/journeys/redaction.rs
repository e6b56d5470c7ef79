//! A photo is covered by hand for the public: nothing of what was covered leaves, and the photo stays as it was.

use xunan_core::digest::Digest;
use xunan_core::evidence::{PhotoManifest, PublicCopy, Shape};
use xunan_core::ledger::{PublicCopyCard, Row};
use xunan_core::log::{Body, SignedEntry, SignedReceipt};
use xunan_core::sync::{KeptEntry, Pulled};
use xunan_e2e::browser::{Browser, Screen};
use xunan_e2e::demo;
use xunan_e2e::http::Http;
use xunan_e2e::pages::{Outbox, Walk, sign_and_issue, sign_in_on};
use xunan_e2e::scene::Scene;
use xunan_e2e::sights::look;

/// What covers, red, green and blue: the ink of the app.
const COVER: [u8; 3] = [0x15, 0x21, 0x1c];

/// Keys, as WebDriver names them.
const RIGHT: char = '\u{e014}';
const DOWN: char = '\u{e015}';
const SHIFT: char = '\u{e008}';
const DELETE: char = '\u{e017}';

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_covers_a_photo_for_the_public_and_nothing_of_it_leaves() {
    let scene = Scene::set().await;
    let entry = a_visit_with_a_photo(&scene).await;
    let http = Http::to_port(scene.server.port()).signed_in(demo::SUPERVISOR, demo::PASSWORD).await;
    let (visit, photo) = first_photo(&http, &entry).await;
    let before = http.get(&format!("/api/photos/{}", photo.stored.hex())).await.body;

    let profile = tempfile::tempdir().expect("a folder");
    let browser = Browser::open(profile.path(), Screen::Desktop).await;
    browser.go(&format!("{}/desk", scene.origin)).await;
    sign_in_on(&browser, demo::SUPERVISOR).await;
    browser.see(".table tbody a").await;
    browser.go(&format!("{}/desk/visits/{visit}", scene.origin)).await;
    browser.press_css(".record-photos .record-photo").await;
    browser.click("dialog[open] a.button", "公开用照片").await;
    browser.see(".redact-board img").await;
    browser.see_text("已自动遮住").await;
    assert_eq!(
        browser.count(".redact-box[data-kind=fixed]").await,
        1,
        "the lines are covered from the start"
    );
    cover_by_hand(&browser).await;
    look(&browser, "desk-redact").await;
    browser.click(".chip", "看成品的样子").await;
    browser.see(".redact-board[data-preview]").await;

    // Signed without a network, and kept: it goes by itself when there is one.
    browser.click("button", "生成公开照片").await;
    browser.see("#public-copy figure + figure img").await;
    browser.see_text("已送达服务器").await;
    look(&browser, "desk-redact-made").await;

    let card = public_copy(&http, &photo).await;
    let copy = copy_in(&http, &card).await;
    assert_eq!((copy.photo, copy.source, copy.visit.to_string()), (photo.id, photo.stored, visit.clone()));
    assert_eq!(copy.reason, "公布整改情况");
    assert_eq!(copy.shapes.len(), 4, "the lines, a box, a box by the keyboard, a stroke: {:?}", copy.shapes);
    let jpeg = http.get(&format!("/api/photos/{}", card.digest.hex())).await.body;
    assert_eq!((Digest::of(&jpeg), jpeg.len() as u64), (copy.digest, copy.size_bytes));
    assert_says_nothing_of_itself(&jpeg);
    assert_covered(&jpeg, &copy, &before);
    let after = http.get(&format!("/api/photos/{}", photo.stored.hex())).await.body;
    assert_eq!(Digest::of(&after), photo.stored, "the photo itself is as it was");

    // Fetched from the server now, and seen from the record.
    browser.go(&format!("{}/desk/visits/{visit}", scene.origin)).await;
    browser.press_css(".record-photos .record-photo").await;
    browser.see_text("已有公开照片").await;
    browser.click("dialog[open] a.button", "公开用照片").await;
    let address = format!("#public-copy img[src='/api/photos/{}']", card.digest.hex());
    browser.see(&address).await;
    browser.close().await;
}

/// A visit with one photo that bears its lines, from the inspector's phone. Its entry.
async fn a_visit_with_a_photo(scene: &Scene) -> String {
    let browser = scene.inspectors_phone().await;
    let walk = Walk(&browser);
    walk.start_short_at(&scene.origin, demo::CEMETERY).await;
    let items = walk.items().await;
    let shown = items.iter().find(|item| item.has_marks).expect("an item with marks").id.clone();
    walk.pass(&shown).await;
    walk.photograph(&shown, 1).await;
    for item in items.iter().filter(|item| item.id != shown) {
        walk.not_applicable(item).await;
    }
    walk.saved().await;
    sign_and_issue(&browser).await;
    Outbox(&browser).everything_arrived().await;
    let entry = browser.see(".parcel").await.attr("data-entry").await.expect("an entry").expect("its id");
    browser.close().await;
    entry
}

/// A box with the mouse, one with the keyboard alone, a stroke of the brush; and what is taken back.
async fn cover_by_hand(browser: &Browser) {
    browser.draw_on(".redact-board").await;
    browser.see(".redact-place:nth-child(1)").await;
    browser.click("button", "加一个方框").await;
    let second = browser.see(".redact-place:nth-child(2) .redact-pick").await;
    let keys = format!("{RIGHT}{RIGHT}{DOWN}{SHIFT}{RIGHT}{DOWN}{SHIFT}");
    second.send_keys(&keys).await.expect("keys reach it");
    browser.see_named(".redact-pick", "2 方框：距左 42%，距上 41%，宽 21%，高 16%").await;
    browser.click(".segment", "画笔").await;
    browser.draw_on(".redact-board").await;
    let third = browser.see(".redact-place:nth-child(3) .redact-pick").await;
    third.send_keys(&DELETE.to_string()).await.expect("keys reach it");
    browser.gone(".redact-place:nth-child(3)").await;
    browser.click("button", "撤销一步").await;
    browser.see(".redact-place:nth-child(3)").await;
    browser.see_text("手工遮住 3 处").await;
    browser.type_into(".redact input", "公布整改情况").await;
}

/// The visit and the first photo of an entry.
async fn first_photo(http: &Http, entry: &str) -> (String, PhotoManifest) {
    let kept: KeptEntry = http.get(&format!("/api/entries/{entry}")).await.json();
    let signed = SignedEntry::parse(&kept.entry).expect("an entry as it was signed");
    let Ok(Body::VisitSigned(record)) = signed.body() else { panic!("not a visit") };
    let photo = record.content().photos.first().expect("a photo").clone();
    assert!(Shape::over_lines_of(&photo).is_some(), "lines were drawn over it");
    (record.content().visit.to_string(), photo)
}

/// The row of a photo's public copy.
async fn public_copy(http: &Http, photo: &PhotoManifest) -> PublicCopyCard {
    let pulled: Pulled = http.get("/api/pull?after=0&limit=500").await.json();
    let card = pulled.rows.into_iter().find_map(|row| match row {
        Row::PublicCopy(card) => card.get().filter(|card| card.photo == photo.id).cloned(),
        _ => None,
    });
    card.expect("the copy is among the rows")
}

/// What was signed of a copy; its receipt names the copy's bytes.
async fn copy_in(http: &Http, card: &PublicCopyCard) -> PublicCopy {
    let kept: KeptEntry = http.get(&format!("/api/entries/{}", card.entry)).await.json();
    let receipt = SignedReceipt::parse(kept.receipt.as_deref().expect("a receipt")).expect("a receipt");
    assert_eq!(receipt.receipt().photos, [card.digest]);
    let signed = SignedEntry::parse(&kept.entry).expect("an entry as it was signed");
    let Ok(Body::PhotoRedacted(copy)) = signed.body() else { panic!("not a copy") };
    (**copy).clone()
}

/// Of all segments before the picture, none is metadata but the fourteen bytes that say that it is a JPEG.
fn assert_says_nothing_of_itself(jpeg: &[u8]) {
    let mut at = 2;
    while let [0xff, marker, high, low, ..] = jpeg[at..] {
        let length = usize::from(u16::from_be_bytes([high, low]));
        let content = &jpeg[at + 4..at + 2 + length];
        match marker {
            0xda => return,
            0xe0 => assert!(content.starts_with(b"JFIF\0") && content.len() == 14, "{content:?}"),
            0xe1..=0xef | 0xfe => panic!("segment {marker:x}: {content:?}"),
            _ => {}
        }
        at += 2 + length;
    }
    panic!("no picture");
}

/// What the shapes cover is of one colour, and the rest is the photo still.
fn assert_covered(jpeg: &[u8], copy: &PublicCopy, photo: &[u8]) {
    let (width, height, seen) = pixels(jpeg);
    assert_eq!((width, height), (copy.width_px as usize, copy.height_px as usize));
    assert!(width.max(height) <= 1280);
    let is_cover = |at: usize| seen[at].iter().zip(COVER).all(|(sample, cover)| sample.abs_diff(cover) <= 4);
    // The coder's own blocks of 16 pixels carry the border of what is covered: looked at is what lies inside of them.
    let inside = |thousandths: u16, edge: usize, by: isize| {
        (usize::from(thousandths) * edge / 1000).saturating_add_signed(by).min(edge)
    };
    let mut looked_at = 0;
    for shape in &copy.shapes {
        match shape {
            Shape::Box { from, to } => {
                for y in inside(from.1, height, 17)..inside(to.1, height, -17) {
                    for x in inside(from.0, width, 17)..inside(to.0, width, -17) {
                        assert!(is_cover(y * width + x), "{x} {y} of {shape:?}: {:?}", seen[y * width + x]);
                        looked_at += 1;
                    }
                }
            }
            Shape::Brush { points, .. } => {
                for point in points {
                    let (x, y) = (
                        inside(point.0, width, 0).min(width - 1),
                        inside(point.1, height, 0).min(height - 1),
                    );
                    assert!(is_cover(y * width + x), "{point:?}: {:?}", seen[y * width + x]);
                }
            }
        }
    }
    assert!(looked_at > width * height / 10, "only {looked_at} pixels were looked at");
    // The upper left corner was covered by nobody.
    let (wide, _, original) = pixels(photo);
    let at = |edge: usize| 30 * edge / width;
    let (ours, theirs) = (seen[30 * width + 30], original[at(wide) * wide + at(wide)]);
    assert!(ours.iter().zip(theirs).all(|(a, b)| a.abs_diff(b) < 40), "{ours:?} was {theirs:?}");
}

/// Width, height and pixels.
fn pixels(jpeg: &[u8]) -> (usize, usize, Vec<[u8; 3]>) {
    let mut decoder = jpeg_decoder::Decoder::new(jpeg);
    let samples = decoder.decode().expect("a JPEG");
    let info = decoder.info().expect("a JPEG has a header");
    let pixels = samples.as_chunks::<3>().0.to_vec();
    (usize::from(info.width), usize::from(info.height), pixels)
}
