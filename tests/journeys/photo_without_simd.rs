//! A processor without 128-bit SIMD gets the other build of the photo worker, and the same photo from it.

use jpeg_decoder::Decoder;
use serde_json::Value;
use xunan_core::evidence::Likeness;
use xunan_e2e::browser::{Browser, Screen};
use xunan_e2e::jpeg;
use xunan_e2e::network::Network;
use xunan_e2e::photo_lab::{By, Made, PhotoLab};
use xunan_e2e::server::Server;

/// V8 takes the processor for one without SSE 4.1, and so without SIMD in WebAssembly.
const WITHOUT_SIMD: &str =
    "--js-flags=--no-enable-sse4-1 --no-enable-sse4-2 --no-enable-avx --no-enable-avx2";

const LINES: [&str; 2] = ["2026-11-22 09:31:07", "张伟 · 8K3QXZ7M"];

#[tokio::test(flavor = "multi_thread")]
async fn without_simd_the_other_build_makes_the_same_photo() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(&folder.path().join("data")).await;
    // One photo keeps its size; the other is reduced while it is decoded and again after it.
    let photos = [jpeg::photo(900, 1200, 3), jpeg::camera_photo(1)];
    let with = made(&server, &folder.path().join("with"), &[], &photos).await;
    let without = made(&server, &folder.path().join("without"), &[WITHOUT_SIMD], &photos).await;
    assert_eq!((with.build, without.build), ("simd", "plain"));

    for (simd, plain) in with.photos.iter().zip(&without.photos) {
        let (one, other) = (findings(simd), findings(plain));
        assert_eq!((&one["steps"], &one["claims"]), (&other["steps"], &other["claims"]), "the same was done");
        let apart = likeness(&one).distance(likeness(&other));
        assert!(apart <= 4, "they look alike to the server: {apart} answers differ");
        // Two implementations of decoding and of reducing: a grey level here and there, which nobody sees. So the bytes
        // are others, and each photo's hash is that of its own.
        let far = mean_difference(&simd.jpeg, &plain.jpeg);
        let small = mean_difference(&simd.thumbnail, &plain.thumbnail);
        println!("mean difference: {far:.3} grey levels, of the small picture {small:.3}; {apart} answers");
        assert!(far < 1.5 && small < 3.0, "{far} and {small} grey levels apart");
    }
}

/// What one browser made, and with which build.
struct ByBuild {
    build: &'static str,
    photos: Vec<Made>,
}

async fn made(server: &Server, profile: &std::path::Path, flags: &[&str], photos: &[Vec<u8>]) -> ByBuild {
    let network = Network::in_front_of(server.port()).await;
    let browser = Browser::open_with(profile, Screen::Phone, flags).await;
    let lab = PhotoLab::open(&browser, &network).await;
    let mut made = Vec::new();
    for photo in photos {
        lab.take(photo).await;
        made.push(lab.make(By::Ours, &LINES).await);
    }
    let fetched = network.take_seen();
    let has =
        |build: &str| fetched.iter().any(|request| request.path.starts_with(&format!("/photo/{build}-")));
    let build = match (has("simd"), has("plain")) {
        (true, false) => "simd",
        (false, true) => "plain",
        both => panic!("{both:?}: {:?}", fetched.iter().map(|it| &it.path).collect::<Vec<_>>()),
    };
    browser.close().await;
    ByBuild { build, photos: made }
}

fn findings(made: &Made) -> Value {
    serde_json::from_str(made.findings.as_deref().expect("findings")).expect("JSON")
}

fn likeness(findings: &Value) -> Likeness {
    serde_json::from_value(findings["likeness"].clone()).expect("a likeness")
}

fn mean_difference(one: &[u8], other: &[u8]) -> f64 {
    let samples = |jpeg: &[u8]| Decoder::new(jpeg).decode().expect("a JPEG");
    let (one, other) = (samples(one), samples(other));
    assert_eq!(one.len(), other.len(), "the same size");
    one.iter().zip(&other).map(|(one, other)| f64::from(one.abs_diff(*other))).sum::<f64>() / one.len() as f64
}
