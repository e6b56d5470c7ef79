//! Changing the own password, on the phone and at the desk.

use crate::browser::Browser;

/// The sheet that changes it, on the page of the own account.
#[derive(Debug)]
pub struct OwnPassword<'a>(pub &'a Browser);

impl OwnPassword<'_> {
    /// Opens the sheet.
    pub async fn open(&self) {
        self.0.click("#password .button", "修改密码").await;
        self.0.see("dialog.sheet[open] input[autocomplete=current-password]").await;
    }

    /// Types the present password and the new one, the new one twice.
    pub async fn fill(&self, before: &str, chosen: &str) {
        self.0.type_into("dialog.sheet[open] .field:nth-of-type(1) input", before).await;
        self.0.type_into("dialog.sheet[open] .field:nth-of-type(2) input", chosen).await;
        self.0.type_into("dialog.sheet[open] .field:nth-of-type(3) input", chosen).await;
    }

    /// Sends what was typed.
    pub async fn send(&self) {
        self.0.click("dialog.sheet[open] .button[data-kind=primary]", "修改密码").await;
    }

    /// A box says this of what stands in it.
    pub async fn box_says(&self, at: usize, words: &str) {
        let css = format!("dialog.sheet[open] .field:nth-of-type({at}) .field-wrong");
        self.0.one_of(&css, &[words]).await;
    }

    /// The sheet says this, of no box in particular.
    pub async fn sheet_says(&self, words: &str) {
        self.0.one_of("dialog.sheet[open] .banner", &[words]).await;
    }

    /// It was changed: the sheet is gone and the page says so.
    pub async fn is_changed(&self) {
        self.0.gone("dialog.sheet[open]").await;
        self.0.one_of("#password .banner", &["密码已修改"]).await;
    }
}
