//! What waits to be sent.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::browser::Browser;

/// The outbox on screen.
#[derive(Debug)]
pub struct Outbox<'a>(pub &'a Browser);

impl Outbox<'_> {
    /// Opens it, or opens it anew.
    pub async fn open(&self, origin: &str) {
        self.0.go(&format!("{origin}/outbox")).await;
    }

    /// Waits until everything has its receipt.
    pub async fn everything_arrived(&self) {
        self.0.see_text("回执已核对").await;
        self.0.gone(".parcel:not([data-state=received])").await;
    }

    /// Waits until the page says this of what waits.
    pub async fn says(&self, words: &str) {
        self.0.see_text(words).await;
    }

    /// Waits until so many things are listed, and gives their entries, the oldest first.
    pub async fn entries(&self, count: usize) -> Vec<String> {
        self.0.becomes("return document.querySelectorAll('.parcel').length", &json!(count)).await;
        let script =
            "return [...document.querySelectorAll('.parcel')].map(parcel => parcel.dataset.entry).sort()";
        serde_json::from_value(self.0.run(script, vec![]).await).unwrap_or_default()
    }

    /// Waits until an entry is listed with its receipt.
    pub async fn arrived(&self, entry: &str) {
        self.0.see(&format!(".parcel[data-entry='{entry}'][data-state=received]")).await;
    }

    /// Waits until an entry is listed without a receipt, and its sentence has these words.
    pub async fn still_here(&self, entry: &str, words: &str) {
        let parcel = format!(".parcel[data-entry='{entry}']:not([data-state=received])");
        self.0.one_of(&format!("{parcel} .parcel-says"), &[words]).await;
    }

    /// Presses "send all now". Where the network has come back, everything may leave by itself before that: open anew.
    pub async fn send_all_now(&self) {
        self.0.click("main .line button", "全部现在上传").await;
    }

    /// Presses "export all", and gives the file once it lies whole in `folder`.
    pub async fn export_all(&self, folder: &Path) -> PathBuf {
        self.download_to(folder).await;
        self.0.click("main .line button", "全部导出").await;
        self.exported(folder, "zip").await
    }

    /// Presses "export all, encrypted": the sheet asks for a password.
    pub async fn open_sealed_export(&self) {
        self.0.click("main .line button", "导出全部（加密）").await;
        self.0.see("dialog.sheet[open] input[type=password]").await;
    }

    /// Gives the sheet a password, and gives the file once it lies whole in `folder`.
    pub async fn export_sealed(&self, folder: &Path, password: &str) -> PathBuf {
        self.download_to(folder).await;
        self.0.type_into("dialog.sheet[open] input[type=password]", password).await;
        self.0.click("dialog.sheet[open] .sheet-foot button", "加密并导出").await;
        self.exported(folder, "xunan").await
    }

    async fn download_to(&self, folder: &Path) {
        let behaviour = json!({ "behavior": "allow", "downloadPath": folder, "eventsEnabled": false });
        self.0.dev_tools("Browser.setDownloadBehavior", behaviour).await;
    }

    async fn exported(&self, folder: &Path, ending: &str) -> PathBuf {
        self.0.see_text("已导出").await;
        self.0
            .wait("an exported file", async || {
                let files = std::fs::read_dir(folder).ok()?.flatten().map(|file| file.path());
                // The browser gives the file its name when the last byte is in it.
                files.into_iter().find(|file| file.extension().is_some_and(|extension| extension == ending))
            })
            .await
    }
}
