//! The form of a step at the desk, which stands in a sheet beside its page: of a hazard, of a citizen's report.

use crate::browser::Browser;

/// The form that is open.
#[derive(Debug)]
pub struct StepSheet<'a>(pub &'a Browser);

impl StepSheet<'_> {
    /// Waits until it stands there.
    pub async fn opened(&self) {
        self.0.see("dialog.sheet[open] form").await;
    }

    /// Chooses a line: none of those that decide something is chosen beforehand.
    pub async fn choose(&self, line: &str) {
        self.0.click("dialog.sheet[open] .choice", line).await;
    }

    /// A refusal goes as soon as what was filled in is changed.
    pub async fn nothing_is_refused(&self) {
        self.0.gone("dialog.sheet[open] .banner").await;
    }

    /// Presses the button that signs, where it is refused and says why.
    pub async fn sign_and_be_refused(&self, step: &str, why: &str) {
        self.0.click("dialog.sheet[open] form > .button[data-kind=primary]", step).await;
        self.0.see_named("dialog.sheet[open] .banner", why).await;
    }

    /// Signs the step.
    pub async fn sign(&self, step: &str) {
        self.0.click("dialog.sheet[open] form > .button[data-kind=primary]", step).await;
        self.0.gone("dialog.sheet[open] form").await;
    }

    /// Closes it without signing.
    pub async fn close(&self) {
        self.0.press_css("dialog.sheet[open] .sheet-head .button").await;
        self.0.gone("dialog.sheet[open] form").await;
    }
}
