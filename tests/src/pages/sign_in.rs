//! Signing in, enrolling, and being ready to go offline.

use crate::browser::Browser;
use crate::demo;

/// Fills the sign-in page that is open with somebody of the demo county, and sends it.
pub async fn sign_in_on(browser: &Browser, login: &str) {
    sign_in_with(browser, login, demo::PASSWORD).await;
}

/// Fills the sign-in page that is open, and sends it.
pub async fn sign_in_with(browser: &Browser, login: &str, password: &str) {
    browser.type_into("input[autocomplete=username]", login).await;
    browser.type_into("input[type=password]", password).await;
    browser.click(".sign-in .button", "登录").await;
}

/// Opens the app and signs in; the device enrols itself.
pub async fn open_signed_in(browser: &Browser, origin: &str, login: &str) {
    browser.go(origin).await;
    sign_in_on(browser, login).await;
    browser.see_text("今天").await;
}

/// Signs in again on a phone that knows its user, as when the login has expired meanwhile.
pub async fn sign_in_again(browser: &Browser, origin: &str, login: &str) {
    browser.go(&format!("{origin}/sign-in")).await;
    sign_in_on(browser, login).await;
    browser.gone("input[type=password]").await;
}

/// Waits for the lamp that says that everything is on the phone and was checked.
pub async fn ready_offline(browser: &Browser) {
    browser.see_text("可离线").await;
}
