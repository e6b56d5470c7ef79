//! Me 我, at the desk: the account, its password, signing out.

use leptos::prelude::*;

use crate::i18n::texts;
use crate::settings::{AccountPart, PasswordPart, SignOut};

/// The page.
#[component]
pub(super) fn MePage() -> impl IntoView {
    view! {
        <header class="desk-head"><h1>{texts().settings().title()}</h1></header>
        <div class="stack desk-form" data-gap="large">
            <AccountPart />
            <PasswordPart />
            <SignOut />
        </div>
    }
}
