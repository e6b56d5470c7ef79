//! What waits to be sent.

use crate::browser::Browser;

/// The outbox on screen.
#[derive(Debug)]
pub struct Outbox<'a>(pub &'a Browser);

impl Outbox<'_> {
    /// Opens it.
    pub async fn open(&self, origin: &str) {
        self.0.go(&format!("{origin}/outbox")).await;
    }

    /// Waits until everything has its receipt.
    pub async fn everything_arrived(&self) {
        self.0.see_text("回执已核对").await;
    }

    /// Waits until the page says this of what waits.
    pub async fn says(&self, words: &str) {
        self.0.see_text(words).await;
    }

    /// Presses "send all now".
    pub async fn send_now(&self) {
        self.0.click("button", "现在上传").await;
    }
}
