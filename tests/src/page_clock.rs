//! The wall clock of a page, as its owner could set it.

use std::time::Duration;

use serde_json::json;

use crate::browser::Browser;

/// From the next document on, the page's clock is ahead by so much; the last call holds.
pub async fn set_ahead(browser: &Browser, by: Duration) {
    let source =
        format!("self.trueNow ??= Date.now; Date.now = () => self.trueNow.call(Date) + {};", by.as_millis());
    browser.dev_tools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await;
}
