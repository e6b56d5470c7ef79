//! What can be sent is sent: nobody has to open the outbox, press a button, or sign in twice.

use xunan_e2e::browser::{Browser, Screen};
use xunan_e2e::demo;
use xunan_e2e::network::Network;
use xunan_e2e::pages::{Outbox, issue_short_visit, open_signed_in, ready_offline};
use xunan_e2e::server::Server;

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_is_signed_with_a_network_is_sent_at_once_and_a_sign_in_that_no_page_noted_counts() {
    let (data, profile) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let server = Server::start(data.path()).await;
    let network = Network::in_front_of(server.port()).await;
    let origin = network.origin();
    let browser = Browser::open(profile.path(), Screen::Phone).await;
    open_signed_in(&browser, &origin, demo::INSPECTOR).await;
    ready_offline(&browser).await;
    issue_short_visit(&browser, &origin, demo::CEMETERY).await;
    // On the page to which signing led, without a touch.
    Outbox(&browser).everything_arrived().await;

    server.expire_sign_ins(10);
    issue_short_visit(&browser, &origin, demo::CEMETERY).await;
    browser.see_text("登录后继续上传").await;
    // The server says yes; the page is gone before it hears that.
    let sign_in = "const [login, password, done] = arguments;
        fetch('/api/session', { method: 'POST', headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({ login, password }) }).then((answer) => done(answer.status));";
    let status = browser.run_async(sign_in, vec![demo::INSPECTOR.into(), demo::PASSWORD.into()]).await;
    assert_eq!(status, 200);
    browser.go(&origin).await;
    browser.see_text("都已送达").await;
    browser.close().await;
}
