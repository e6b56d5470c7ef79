//! The citizen's form 随手拍, a page without scripts: filling it in, and the link that follows what became of it.

use serde_json::Value;

use crate::browser::Browser;

/// What a citizen tells.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The name of its category, as the form sends it.
    pub category: &'a str,
    /// In own words.
    pub words: &'a str,
    /// Where.
    pub address: &'a str,
    /// A photo.
    pub photo: &'a [u8],
}

/// The form that is open.
#[derive(Debug)]
pub struct SnapForm<'a>(pub &'a Browser);

impl SnapForm<'_> {
    /// Fills it in, and sends it.
    ///
    /// # Panics
    /// When the photo cannot be written for the browser to pick.
    pub async fn send(&self, told: &Told<'_>) {
        self.is_ready().await;
        self.0.press_css(&format!("input[name=category][value={}]", told.category)).await;
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("photo.jpg");
        std::fs::write(&file, told.photo).expect("the photo can be written");
        let photo = self.0.see("#photo").await;
        photo.send_keys(&file.display().to_string()).await.expect("the file is picked");
        self.0.type_into("#words", told.words).await;
        self.0.type_into("#address", told.address).await;
        self.sees_the_photo().await;
        // With scripts, the page lists what this phone has sent before.
        let before = self.0.count(".link").await;
        self.0.press_css("form > button").await;
        let arrived = async || (self.0.count(".link").await > before).then_some(());
        self.0.wait("the link of the report", arrived).await;
        self.0.see_text("已经收到").await;
    }

    /// Waits until the form's script has found its draft, and what this phone has sent stands above the form.
    async fn is_ready(&self) {
        if self.0.run("return Boolean(self.xunanReports)", vec![]).await == true {
            let listed = "const done = arguments[arguments.length - 1];
                xunanKept.reports().then((reports) => done(
                    document.querySelectorAll('#report-list > li').length >= reports.length
                    && document.querySelector('#draft-note').textContent.includes('边写边存')))";
            let ready = async || (self.0.run_async(listed, vec![]).await == true).then_some(());
            self.0.wait("the form's draft", ready).await;
        }
    }

    /// Waits until the form's script shows the photo in its full size: until then what stands below moves away from under a finger.
    async fn sees_the_photo(&self) {
        if self.0.run("return Boolean(self.xunanReports)", vec![]).await == true {
            let shown = "return Boolean(document.querySelector('#photo-list img')?.naturalWidth)";
            self.0.becomes(shown, &Value::Bool(true)).await;
        }
    }

    /// Also tells the place that stands in the photo's file.
    pub async fn tell_position(&self) {
        self.is_ready().await;
        self.0.press_css("input[name=position]").await;
    }

    /// The link on the page after sending.
    ///
    /// # Panics
    /// When there is none.
    pub async fn link(&self) -> String {
        let link = self.0.run("return document.querySelector('.link').textContent.trim()", vec![]).await;
        link.as_str().expect("a link").to_owned()
    }

    /// The code for the telephone, on the page after sending.
    pub async fn code(&self) -> Value {
        self.0.run("return document.querySelectorAll('.number')[1].textContent.trim()", vec![]).await
    }
}
