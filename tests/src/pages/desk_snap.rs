//! Citizens' reports at the desk: the queue, one report, its steps.

use super::step_sheet::StepSheet;
use crate::browser::Browser;

/// The queue, and the page of a report.
#[derive(Debug)]
pub struct SnapAtDesk<'a>(pub &'a Browser);

impl SnapAtDesk<'_> {
    /// Opens the report of the list that says this.
    pub async fn open(&self, words: &str) {
        self.0.click(".table tbody tr", words).await;
        self.0.see(".story .timeline").await;
        self.0.see_text(words).await;
    }

    /// Opens the form of a step.
    pub async fn begin(&self, step: &str) {
        self.0.click(".steps .button", step).await;
        StepSheet(self.0).opened().await;
    }

    /// Takes a step that needs no words.
    pub async fn take(&self, step: &str) {
        self.begin(step).await;
        StepSheet(self.0).sign(step).await;
    }

    /// Takes a step with words in the field of that name.
    pub async fn take_with(&self, step: &str, label: &str, words: &str) {
        self.begin(step).await;
        self.0.fill(label, words).await;
        StepSheet(self.0).sign(step).await;
    }

    /// Waits until the report stands so.
    pub async fn stands(&self, state: &str) {
        self.0.see_named(".desk-filters .tag", state).await;
    }
}
