//! Implementations that are not ours agree with ours: a JOSE library verifies a record and its receipt, a tus client
//! uploads a photo with breaks, exiftool finds nothing in a prepared photo.

use std::collections::BTreeMap;
use std::process::Stdio;

use crate::verify_page::package_of_a_visit;
use tokio::process::Command;
use xunan_core::digest::Digest;
use xunan_core::log::Body;
use xunan_core::rules::Profile;
use xunan_core::sync::{KeptEntry, Outcome};
use xunan_e2e::accessibility::node_modules;
use xunan_e2e::browser::{Browser, Screen};
use xunan_e2e::filled_visit::{Provisions, Wish, filled_visit};
use xunan_e2e::http::Http;
use xunan_e2e::network::Network;
use xunan_e2e::phone::Phone;
use xunan_e2e::photo_lab::{By, PhotoLab};
use xunan_e2e::server::{Server, binary};
use xunan_e2e::{demo, jpeg};

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_tus_client_uploads_with_breaks_and_a_foreign_jose_library_verifies_record_and_receipt() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Server::start(&data.path().join("data")).await;
    let mut phone = Phone::enrolled(server.port(), demo::INSPECTOR, demo::PASSWORD, 7).await;
    let provisions = Provisions::pulled(&phone).await;
    let home =
        provisions.facilities.iter().find(|it| it.name == demo::ELDERLY_HOME).expect("the home").clone();
    let photo = jpeg::photo(1600, 1200, 5);
    let wish = Wish { failing: 2, photos: &[&photo], profile: Profile::MajorOnly };
    let record = filled_visit(&mut phone, &provisions, &home, wish);
    let entry = phone.sign(&Body::VisitSigned(Box::new(record)));
    let answer = phone.push(&[&entry]).await.expect("the server answers");
    let Outcome::AwaitingPhotos { missing } = &answer.entries[0].outcome else { panic!("{answer:?}") };
    assert_eq!(*missing, [Digest::of(&photo)]);

    let file = data.path().join("photo.jpg");
    std::fs::write(&file, &photo).expect("a file");
    let upload = Command::new("node")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/outside/tus_upload.mjs"))
        .arg(format!("http://127.0.0.1:{}/api/photos", server.port()))
        .arg(phone.http.cookie().expect("signed in"))
        .arg(&file)
        .arg(Digest::of(&photo).hex())
        .env("XUNAN_NODE_MODULES", node_modules())
        .stderr(Stdio::inherit())
        .output()
        .await
        .expect("node runs");
    assert!(upload.status.success(), "{}", String::from_utf8_lossy(&upload.stdout));

    let kept: KeptEntry = phone.http.get(&format!("/api/entries/{}", entry.entry().id)).await.json();
    let receipt = kept.receipt.expect("with its photo the entry is complete");
    let device_key = serde_json::to_string(phone.public_key()).expect("a key is JSON");
    let payload = verified_by_jwcrypto(data.path(), &device_key, &kept.entry).await;
    assert_eq!(payload["kind"], "visit.signed");
    let keys: serde_json::Value = phone.http.get("/.well-known/jwks.json").await.json();
    let payload = verified_by_jwcrypto(data.path(), &keys["keys"][0].to_string(), &receipt).await;
    assert_eq!(payload["hash"], entry.hash().to_string());
    assert_eq!(payload["photos"][0], Digest::of(&photo).to_string());
}

/// What a JOSE library that is not ours reads in a compact JWS, after it has verified the signature.
pub(crate) async fn verified_by_jwcrypto(
    folder: &std::path::Path,
    jwk: &str,
    compact: &str,
) -> serde_json::Value {
    let (key_file, jws_file) = (folder.join("key.json"), folder.join("entry.jws"));
    std::fs::write(&key_file, jwk).expect("a file");
    std::fs::write(&jws_file, compact).expect("a file");
    let python = std::env::var_os("XUNAN_PYTHON").unwrap_or_else(|| "python3".into());
    let verified = Command::new(python)
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/outside/verify_jws.py"))
        .arg(&key_file)
        .arg(&jws_file)
        .stderr(Stdio::inherit())
        .output()
        .await
        .expect("python runs");
    assert!(verified.status.success(), "jwcrypto does not accept it");
    serde_json::from_slice(&verified.stdout).expect("the payload is JSON")
}

#[tokio::test(flavor = "multi_thread")]
async fn foreign_programs_verify_a_package_as_ours_does() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Server::start(&data.path().join("data")).await;
    let package = package_of_a_visit(server.port()).await;
    let keys = Http::to_port(server.port()).get("/.well-known/jwks.json").await.body;
    let (package_file, keys_file) = (data.path().join("package.zip"), data.path().join("keys.json"));
    std::fs::write(&package_file, &package).expect("a file");
    std::fs::write(&keys_file, &keys).expect("a file");
    let python = std::env::var_os("XUNAN_PYTHON").unwrap_or_else(|| "python3".into());
    let theirs = Command::new(python)
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/outside/verify_package.py"))
        .args([&package_file, &keys_file])
        .stderr(Stdio::inherit())
        .output()
        .await
        .expect("python runs");
    assert!(theirs.status.success(), "zipfile, jwcrypto and hashlib do not accept it");
    let found: serde_json::Value = serde_json::from_slice(&theirs.stdout).expect("JSON");
    assert_eq!((&found["photos"], &found["proofs"]), (&1.into(), &1.into()), "{found}");
    let ours = Command::new(binary())
        .args(["verify", "--lang", "en", "--server-keys"])
        .args([&keys_file, &package_file])
        .output()
        .await
        .expect("it runs");
    assert_eq!(ours.status.code(), Some(0), "{}", String::from_utf8_lossy(&ours.stdout));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_judge_finds_no_metadata_in_what_the_photo_worker_makes() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(&folder.path().join("data")).await;
    let network = Network::in_front_of(server.port()).await;
    let browser = Browser::open(&folder.path().join("profile"), Screen::Phone).await;
    let lab = PhotoLab::open(&browser, &network).await;
    let original = jpeg::telling_photo();
    // The judge sees what there is to see.
    let told = tags_by_exiftool(folder.path(), &original).await;
    for tag in ["IFD0:Make", "IFD0:Orientation", "GPS:GPSLatitude", "XMP-dc:Source", "IPTC:By-line"] {
        assert!(told.iter().any(|found| found == tag), "{tag} is not in {told:?}");
    }
    lab.take(&original).await;
    let made =
        lab.make(By::Ours, &["2026-11-22 09:31:07", "夕阳红养老院", "无定位", "张伟 · 8K3QXZ7M"]).await;
    let nothing: [&str; 0] = [];
    assert_eq!(tags_by_exiftool(folder.path(), &made.jpeg).await, nothing);
    assert_eq!(tags_by_exiftool(folder.path(), &made.thumbnail).await, nothing);

    // What the file claimed stands where it is signed, and the lines as they were drawn.
    let findings: serde_json::Value = serde_json::from_str(&made.findings.expect("findings")).expect("JSON");
    assert_eq!(findings["claims"]["orientation"], 6);
    assert_eq!(findings["claims"]["position"]["latitude_e7"], 364_561_111);
    assert_eq!(findings["steps"][2]["marked"]["lines"][1], "夕阳红养老院");
    browser.close().await;
}

/// The tags that exiftool finds in a file, hidden and unknown ones too, without those that are about the file or that
/// every JPEG has to have.
async fn tags_by_exiftool(folder: &std::path::Path, jpeg: &[u8]) -> Vec<String> {
    let file = folder.join("judged.jpg");
    std::fs::write(&file, jpeg).expect("a file");
    let mut exiftool = Command::new("exiftool");
    exiftool.args(["-json", "-a", "-G1", "-u", "-ee3"]).arg(&file).stderr(Stdio::inherit());
    let judged = exiftool.output().await.expect("exiftool runs");
    let told: Vec<BTreeMap<String, serde_json::Value>> =
        serde_json::from_slice(&judged.stdout).expect("a list of one file");
    let about_the_file = ["SourceFile", "ExifTool:", "System:", "File:", "Composite:", "JFIF:"];
    let tags = told.into_iter().flatten().map(|(tag, _)| tag);
    tags.filter(|tag| !about_the_file.iter().any(|group| tag.starts_with(group))).collect()
}
