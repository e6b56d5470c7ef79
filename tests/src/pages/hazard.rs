//! One hazard on a phone: its steps, the sheet of each, and the photo that a step shows.

use super::Walk;
use crate::browser::Browser;

/// The page of a hazard on a phone.
#[derive(Debug)]
pub struct HazardOnPhone<'a>(pub &'a Browser);

impl HazardOnPhone<'_> {
    /// Opens it from the list of its institution's hazards, by words of its title.
    pub async fn open_listed(&self, origin: &str, title: &str) {
        self.0.go(origin).await;
        self.0.click("main a.card", title).await;
        self.0.see("main section.card .tag").await;
    }

    /// Opens the sheet of a step.
    pub async fn begin(&self, step: &str) {
        self.0.click("main .button", step).await;
        self.0.see("dialog.sheet[open] .sheet-body").await;
    }

    /// Takes the step of the open sheet.
    pub async fn sign(&self, step: &str) {
        self.0.click("dialog.sheet[open] .button[data-kind=primary]", step).await;
        self.0.gone("dialog.sheet[open]").await;
    }

    /// The step of the open sheet is refused in these words; the sheet stays open.
    pub async fn is_refused(&self, step: &str, why: &str) {
        self.0.click("dialog.sheet[open] .button[data-kind=primary]", step).await;
        self.0.one_of("dialog.sheet[open] .banner", &[why]).await;
    }

    /// Takes one photo for the open sheet.
    pub async fn photograph(&self) {
        self.open_camera().await;
        self.shoot().await;
    }

    /// Takes one photo for the open sheet, with the picture of what was found laid over the camera's view.
    pub async fn photograph_over_the_finding(&self) {
        self.open_camera().await;
        self.0.see("dialog.camera[open] .camera-ghost").await;
        self.0.picture("camera-with-ghost-phone").await;
        self.shoot().await;
    }

    /// Photographs what the open card of a round found.
    pub async fn photograph_finding(&self) {
        self.0.press_css("main section.card .photo-add").await;
        self.0.see("dialog.camera[open] .shutter:not(:disabled)").await;
        Walk(self.0).photograph_until("已存第 1 张").await;
        Walk(self.0).close_camera().await;
        self.0.see("main section.card .photo img").await;
    }

    /// Takes photos for the open sheet until the camera says `said`, which is why one does not count.
    pub async fn photograph_until(&self, said: &str) {
        self.open_camera().await;
        Walk(self.0).photograph_until(said).await;
        Walk(self.0).close_camera().await;
    }

    async fn open_camera(&self) {
        self.0.press_css("dialog.sheet[open] .photo-add").await;
        self.0.see("dialog.camera[open] .shutter:not(:disabled)").await;
    }

    async fn shoot(&self) {
        Walk(self.0).photograph_until("已存第 1 张").await;
        Walk(self.0).close_camera().await;
        self.0.see("dialog.sheet[open] .photo img").await;
    }

    /// Closes the open sheet without taking its step.
    pub async fn close_sheet(&self) {
        self.0.press_css("dialog.sheet[open] .sheet-head .button").await;
        self.0.gone("dialog.sheet[open]").await;
    }

    /// Waits until the hazard stands so.
    pub async fn stands(&self, state: &str) {
        self.0.one_of("main section.card .tag", &[state]).await;
    }

    /// Whether a step is offered now.
    pub async fn offers(&self, step: &str) -> bool {
        let script = "return [...document.querySelectorAll('main .button')].some(it => it.innerText.includes(arguments[0]))";
        self.0.run(script, vec![step.into()]).await == true
    }
}
