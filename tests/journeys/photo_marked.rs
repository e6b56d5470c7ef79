//! Lines are written over a photo with the system's Chinese letters, in the worker as the server serves it.

use serde_json::{Value, json};
use xunan_core::clock::Instant;
use xunan_core::digest::Digest;
use xunan_core::evidence::{
    CameraWay, Capture, DeviceTime, FileClaims, NoPosition, PhotoManifest, PhotoStep, Position, Shape,
};
use xunan_core::ids::{Entropy, PhotoId};
use xunan_e2e::browser::{Browser, Screen};
use xunan_e2e::jpeg;
use xunan_e2e::network::Network;
use xunan_e2e::photo_lab::{By, PhotoLab};
use xunan_e2e::server::Server;

const LINES: [&str; 4] = [
    "2026-11-22 09:31:07",
    "聊城市东昌府区阳光老年公寓（新区街道办事处西侧三百米）",
    "36.45612°N 115.98541°E ±12 m",
    "张伟 · 8K3QXZ7M",
];

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_bears_its_lines_on_a_dark_plate_that_leaves_most_of_it_free() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(&folder.path().join("data")).await;
    let network = Network::in_front_of(server.port()).await;
    let browser = Browser::open(&folder.path().join("profile"), Screen::Phone).await;
    let lab = PhotoLab::open(&browser, &network).await;

    for (width, height) in [(1600, 1200), (900, 1600), (1600, 300), (320, 240)] {
        lab.take(&jpeg::photo(width, height, 3)).await;
        let (plain, marked) = (lab.make(By::Ours, &[]).await, lab.make(By::Ours, &LINES).await);
        let findings: Value = serde_json::from_str(&marked.findings.expect("findings")).expect("JSON");
        assert_eq!(findings["steps"][1], json!({ "marked": { "lines": LINES } }), "{width} × {height}");
        assert_eq!(plain.thumbnail, marked.thumbnail, "thumbnails bear no lines");

        let (before, after) = (Rows::of(&plain.jpeg), Rows::of(&marked.jpeg));
        let free =
            before.0.iter().zip(&after.0).take_while(|(before, after)| !after.is_plate_over(before)).count();
        let rows = before.0.len();
        assert!(free >= rows * 2 / 3 - 8, "{width} × {height}: the plate begins at row {free} of {rows}");
        // What covers the lines for the public covers all of the plate.
        let from = covers_from(width, height);
        assert!(
            from * rows / 1000 <= free,
            "{width} × {height}: covered from {from}‰, the plate begins at {free}"
        );
        let plate = after.0[free + 8..].iter();
        // White letters on most of its rows, and room above, between and below them.
        let written = plate.clone().filter(|row| row.brightest > 200).count();
        let share = written as f64 / plate.len() as f64;
        assert!((0.35..0.95).contains(&share), "{width} × {height}: letters on {share:.2} of the plate");
    }

    // No legible letters fit here: the photo is kept as it is, and its steps say so.
    lab.take(&jpeg::photo(96, 64, 3)).await;
    let small = lab.make(By::Ours, &LINES).await;
    let findings: Value = serde_json::from_str(&small.findings.expect("findings")).expect("JSON");
    assert_eq!(findings["steps"][1], "unmarked");
    browser.close().await;
}

/// From where a public copy of such a photo is covered, in thousandths of its height.
fn covers_from(width: u16, height: u16) -> usize {
    let at = Instant::from_unix_millis(0);
    let capture = Capture {
        time: DeviceTime::unbounded(at),
        position: Position::Unknown(NoPosition::Denied),
        claims: FileClaims::default(),
        steps: vec![PhotoStep::Marked { lines: LINES.map(str::to_owned).to_vec() }],
        likeness: format!("dhash128:{}", "0".repeat(32)).parse().expect("a likeness"),
        thumbnail: Digest::of(b""),
        original: None,
    };
    let manifest = PhotoManifest {
        id: PhotoId::from_parts(at, Entropy(1)),
        original: Digest::of(b""),
        original_bytes: 0,
        stored: Digest::of(b""),
        stored_bytes: 0,
        width_px: width.into(),
        height_px: height.into(),
        taken: at,
        way: CameraWay::InPage,
        capture: Some(Box::new(capture)),
    };
    match Shape::over_lines_of(&manifest) {
        Some(Shape::Box { from, .. }) => from.1.into(),
        other => panic!("{other:?} covers no lines"),
    }
}

/// The rows of a picture, from the top down.
struct Rows(Vec<Row>);

/// How bright the pixels of a row are, by their green.
struct Row {
    mean: f64,
    brightest: u8,
}

impl Rows {
    fn of(jpeg: &[u8]) -> Self {
        let mut decoder = jpeg_decoder::Decoder::new(jpeg);
        let samples = decoder.decode().expect("a JPEG");
        let width = usize::from(decoder.info().expect("a JPEG has a header").width);
        let row = |samples: &[u8]| {
            let greens = samples.iter().skip(1).step_by(3);
            let mean = greens.clone().map(|&green| f64::from(green)).sum::<f64>() / width as f64;
            Row { mean, brightest: greens.copied().max().unwrap_or(0) }
        };
        Self(samples.chunks_exact(width * 3).map(row).collect())
    }
}

impl Row {
    /// Whether this row is darker than it was, as under the upper edge of a plate.
    fn is_plate_over(&self, before: &Self) -> bool {
        self.mean < before.mean * 0.6
    }
}
