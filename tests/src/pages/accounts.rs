//! An administrator's desk: one account, what still names its person, and handing its post over.

use serde_json::json;

use crate::browser::Browser;

/// The page of one account at the desk.
#[derive(Debug)]
pub struct AccountAtDesk<'a>(pub &'a Browser);

impl AccountAtDesk<'_> {
    /// Opens the account with this login from the list.
    pub async fn find(&self, origin: &str, login: &str) {
        self.0.go(&format!("{origin}/desk/accounts")).await;
        self.0.type_into("input[type=search]", login).await;
        self.0.becomes("return document.querySelectorAll('.table tbody tr').length", &json!(1)).await;
        self.0.press_css(".table tbody a").await;
        self.0.see("#hand-over").await;
    }

    /// Hands the post over, sees that the account is locked, and gives the new person's password, which is shown once.
    ///
    /// # Panics
    /// When it is shown again.
    pub async fn hand_over(&self, name: &str, login: &str) -> String {
        self.0.type_into("#hand-over .field:nth-child(1) input", name).await;
        self.0.type_into("#hand-over .field:nth-child(2) input", login).await;
        self.0.click("#hand-over button", "移交并停用原账号").await;
        self.0.see("#told-password code").await;
        let told = "return document.querySelector('#told-password code').textContent";
        let password = self.0.run(told, vec![]).await.as_str().unwrap_or_default().to_owned();
        self.0.see_text("已停用").await;
        self.0.see_text("岗位移交给他人").await;
        self.0.click("#told-password button", "已记下，不再显示").await;
        self.0.gone("#told-password").await;
        assert!(!password.is_empty() && !self.0.text().await.contains(&password), "shown once");
        password
    }

    /// Unlocks the account.
    pub async fn unlock(&self) {
        self.0.click(".desk-filters .button", "启用账号").await;
        self.0.see_named(".desk-filters .button", "停用账号").await;
    }

    /// Locks the account.
    pub async fn lock(&self) {
        self.0.click(".desk-filters .button", "停用账号").await;
        self.0.click("dialog[open] .button", "停用账号").await;
        self.0.see_named(".desk-filters .button", "启用账号").await;
    }
}
