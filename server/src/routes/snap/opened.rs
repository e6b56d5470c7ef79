//! In what a citizen's page is opened, as the browser names itself.

use axum::http::{HeaderMap, header};

/// In what the page was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opened {
    /// 微信: it can forget a page as soon as another chat is looked at.
    InWechat,
    /// A browser.
    InBrowser,
}

impl Opened {
    /// As it names itself.
    pub(super) fn by(headers: &HeaderMap) -> Self {
        let agent = headers.get(header::USER_AGENT).and_then(|it| it.to_str().ok());
        if agent.is_some_and(|agent| agent.contains("MicroMessenger")) {
            Self::InWechat
        } else {
            Self::InBrowser
        }
    }
}
