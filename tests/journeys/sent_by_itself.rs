//! What can be sent is sent: nobody has to open the outbox, press a button, or sign in twice.

use xunan_e2e::demo;
use xunan_e2e::pages::{Outbox, issue_short_visit};
use xunan_e2e::scene::Scene;

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_is_signed_with_a_network_is_sent_at_once_and_a_sign_in_that_no_page_noted_counts() {
    let scene = Scene::set().await;
    let browser = scene.inspectors_phone().await;
    issue_short_visit(&browser, &scene.origin, demo::CEMETERY).await;
    // On the page to which signing led, without a touch.
    Outbox(&browser).everything_arrived().await;

    scene.server.expire_sign_ins(10);
    issue_short_visit(&browser, &scene.origin, demo::CEMETERY).await;
    browser.see_text("登录后继续上传").await;
    // The server says yes; the page is gone before it hears that.
    let sign_in = "const [login, password, done] = arguments;
        fetch('/api/session', { method: 'POST', headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({ login, password }) }).then((answer) => done(answer.status));";
    let status = browser.run_async(sign_in, vec![demo::INSPECTOR.into(), demo::PASSWORD.into()]).await;
    assert_eq!(status, 200);
    browser.go(&scene.origin).await;
    browser.see_text("都已送达").await;
    browser.close().await;
}
