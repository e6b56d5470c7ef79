//! Evidence leaves the server as a file, and the verify page says of it what is so: offline, and to people without an
//! account.

use std::path::Path;

use xunan_core::log::Body;
use xunan_core::rules::Profile;
use xunan_core::sync::Outcome;
use xunan_e2e::browser::{Browser, Screen};
use xunan_e2e::filled_visit::{Provisions, Wish, filled_visit};
use xunan_e2e::http::Http;
use xunan_e2e::network::Network;
use xunan_e2e::phone::Phone;
use xunan_e2e::server::Server;
use xunan_e2e::sights::look;
use xunan_e2e::{demo, jpeg};

#[tokio::test(flavor = "multi_thread")]
async fn a_package_holds_until_one_bit_of_it_is_changed_also_without_a_network() {
    let (data, profile) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let server = Server::start(data.path()).await;
    let package = package_of_a_visit(server.port()).await;
    let whole = data.path().join("whole.zip");
    std::fs::write(&whole, &package).expect("a file");
    let doctored = data.path().join("doctored.zip");
    let photo = find(&package, b".jpg\xff\xd8").expect("a photo") + 3000;
    let mut bytes = package.clone();
    bytes[photo] ^= 1;
    std::fs::write(&doctored, &bytes).expect("a file");

    let network = Network::in_front_of(server.port()).await;
    let browser = Browser::open(profile.path(), Screen::Phone).await;
    let page = format!("{}/verify", network.origin());
    browser.go(&page).await;
    choose(&browser, &whole).await;
    browser.see(".verdict[data-verdict=proven]").await;
    browser.see_text("核对通过").await;
    browser.see_text("刚从本网站取得").await;
    browser.see("[data-photo] img").await;
    look(&browser, "verify-holds").await;

    choose(&browser, &doctored).await;
    browser.see_text("有被改动、缺失或伪造的内容").await;
    browser.see("[data-photo] .verdict[data-verdict=broken]").await;
    look(&browser, "verify-broken").await;

    let other = data.path().join("other.zip");
    std::fs::write(&other, "not a package").expect("a file");
    choose(&browser, &other).await;
    browser.see_text("不是 ZIP 文件").await;
    look(&browser, "verify-other-file").await;

    // The service worker has the page by now; nobody is there to ask for keys.
    browser.becomes("return navigator.serviceWorker.controller !== null", &true.into()).await;
    network.take_away();
    browser.go(&page).await;
    choose(&browser, &whole).await;
    browser.see_text("没有发现改动，但有些内容未能核实").await;
    browser.see_text("包里自带").await;
    look(&browser, "verify-offline").await;
    browser.close().await;
}

async fn choose(browser: &Browser, file: &Path) {
    pick(browser, "input[type=file][accept^='.zip']", file).await;
}

async fn choose_keys(browser: &Browser, file: &Path) {
    pick(browser, "input[type=file][accept^='.json']", file).await;
}

async fn pick(browser: &Browser, css: &str, file: &Path) {
    let picker = browser.see(css).await;
    picker.send_keys(&file.display().to_string()).await.expect("the file is picked");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_package_of_another_server_is_unknown_until_that_servers_keys_are_given() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, bytes: &[u8]| {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).expect("a file");
        file
    };
    let issuing = Server::start(&folder.path().join("issuing")).await;
    let package = package_of_a_visit(issuing.port()).await;
    let whole = file("whole.zip", &package);
    let mut bytes = package.clone();
    bytes[find(&package, b".jpg\xff\xd8").expect("a photo") + 3000] ^= 1;
    let doctored = file("doctored.zip", &bytes);
    let keys = Http::to_port(issuing.port()).get("/.well-known/jwks.json").await;
    let keys = file("jwks.json", &keys.body);
    let no_keys = file("other.json", br#"{"keys":[]}"#);

    let here = Server::start(&folder.path().join("here")).await;
    let browser = Browser::open(&folder.path().join("profile"), Screen::Phone).await;
    browser.go(&format!("http://localhost:{}/verify", here.port())).await;
    choose(&browser, &whole).await;
    browser.see(".verdict[data-verdict=claimed]").await;
    browser.see_text("没有发现改动，但有些内容未能核实").await;
    browser.see_text("签名的服务器不是这里认识的").await;
    browser.see_text("这个包由另一台服务器签发").await;
    assert!(!browser.text().await.contains("伪造"), "{}", browser.text().await);
    look(&browser, "verify-other-server").await;

    choose_keys(&browser, &no_keys).await;
    browser.see_text("这个文件里没有服务器公钥").await;
    browser.see_text("签名的服务器不是这里认识的").await;

    choose_keys(&browser, &keys).await;
    browser.see_text("核对通过").await;
    browser.see_text("服务器公钥：来自所选的文件").await;
    browser.gone(".banner").await;
    look(&browser, "verify-other-server-keys").await;

    choose(&browser, &doctored).await;
    browser.see_text("有被改动、缺失或伪造的内容").await;
    browser.see("[data-photo] .verdict[data-verdict=broken]").await;

    // Damaged is damaged, also when nobody knows the server.
    browser.click(".button", "不用这个文件").await;
    browser.see_text("签名的服务器不是这里认识的").await;
    browser.see("[data-photo] .verdict[data-verdict=broken]").await;
    browser.close().await;
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// What the server gives a supervisor who asks for a visit's evidence.
pub(crate) async fn package_of_a_visit(port: u16) -> Vec<u8> {
    let mut phone = Phone::enrolled(port, demo::INSPECTOR, demo::PASSWORD, 7).await;
    let provisions = Provisions::pulled(&phone).await;
    let home =
        provisions.facilities.iter().find(|it| it.name == demo::ELDERLY_HOME).expect("the home").clone();
    let photo = jpeg::photo(640, 480, 5);
    phone.upload(&photo).await.expect("the server takes the photo");
    let wish = Wish { failing: 2, photos: &[&photo], profile: Profile::MajorOnly };
    let record = filled_visit(&mut phone, &provisions, &home, wish);
    let entry = phone.sign(&Body::VisitSigned(Box::new(record)));
    let answer = phone.push(&[&entry]).await.expect("the server answers");
    assert!(matches!(answer.entries[0].outcome, Outcome::Receipted { .. }), "{answer:?}");
    let supervisor = Http::to_port(port).signed_in(demo::SUPERVISOR, demo::PASSWORD).await;
    let answer = supervisor.get(&format!("/api/entries/{}/package", entry.entry().id)).await;
    assert_eq!(answer.status, 200);
    answer.body.to_vec()
}
