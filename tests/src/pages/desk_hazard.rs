//! One hazard at the desk: the step that is owed, the others, their forms, and the story.

use std::path::Path;

use super::step_sheet::StepSheet;
use crate::browser::Browser;

/// The page of a hazard at the desk.
#[derive(Debug)]
pub struct HazardAtDesk<'a>(pub &'a Browser);

impl HazardAtDesk<'_> {
    /// Opens the one that a search finds among the open ones, or among all, and gives its page's path.
    ///
    /// # Panics
    /// When the browser has no address.
    pub async fn find(&self, origin: &str, scope: &str, words: &str) -> String {
        self.0.go(&format!("{origin}/desk/hazards?scope={scope}&q={words}")).await;
        self.0.see_text("来自总账").await;
        self.0.press_css(".table tbody a").await;
        self.0.see(".story .timeline").await;
        self.0.client().current_url().await.expect("a page").path().to_owned()
    }

    /// Opens the form of the step that is owed.
    pub async fn begin_owed(&self, step: &str) {
        self.0.click(".steps .button[data-kind=primary]", step).await;
        StepSheet(self.0).opened().await;
    }

    /// Opens the form of another step.
    pub async fn begin_other(&self, step: &str) {
        if self.0.count(".steps .step-others[open]").await == 0 {
            self.0.press_css(".steps .step-others summary").await;
        }
        self.0.click(".steps .step-others .button", step).await;
        StepSheet(self.0).opened().await;
    }

    /// Chooses a line of the open form: none of those that decide something is chosen beforehand.
    pub async fn choose(&self, line: &str) {
        StepSheet(self.0).choose(line).await;
    }

    /// Signs the step of the open form.
    pub async fn sign(&self, step: &str) {
        StepSheet(self.0).sign(step).await;
    }

    /// Closes the open form without signing.
    pub async fn close_form(&self) {
        StepSheet(self.0).close().await;
    }

    /// Picks a file as a photo of the open form.
    ///
    /// # Panics
    /// When the browser refuses the file.
    pub async fn pick_photo(&self, file: &Path) {
        let picker = self.0.see("dialog.sheet[open] input[type=file]").await;
        picker.send_keys(&file.display().to_string()).await.expect("the file is picked");
        self.0.see("dialog.sheet[open] .photo img").await;
    }

    /// Waits until the hazard stands so.
    pub async fn stands(&self, state: &str) {
        self.0.see_named(".tag", state).await;
    }

    /// Waits until the page says this beside the steps: why one cannot be taken yet, or who acts now.
    pub async fn says_of_steps(&self, words: &str) {
        self.0.one_of(".steps .muted", &[words]).await;
    }

    /// The verbs that are offered now, the folded ones too.
    pub async fn steps(&self) -> Vec<String> {
        self.lines_of(".steps .button").await
    }

    /// Every line of the story, the oldest first, in one line of text each.
    pub async fn story(&self) -> Vec<String> {
        self.lines_of(".story .timeline .event").await
    }

    async fn lines_of(&self, css: &str) -> Vec<String> {
        let script = "return [...document.querySelectorAll(arguments[0])].map(it => it.textContent.trim())";
        serde_json::from_value(self.0.run(script, vec![css.into()]).await).unwrap_or_default()
    }
}

/// Whether a story tells exactly these steps, each by this person, and in this order.
///
/// # Panics
/// When it tells something else, with the story in the message.
pub fn assert_story(story: &[String], wanted: &[(&str, &str)]) {
    let fits = |(line, (what, who)): (&String, &(&str, &str))| line.starts_with(what) && line.contains(who);
    assert!(
        story.len() == wanted.len() && story.iter().zip(wanted).all(fits),
        "{story:#?}\nis not {wanted:#?}"
    );
}
