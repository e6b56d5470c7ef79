//! The office's inbox.

use leptos::prelude::*;

use crate::i18n::texts;
use crate::inbox::{Leads, Notices};

/// The page.
#[component]
pub(super) fn NoticesPage() -> impl IntoView {
    view! {
        <header class="desk-head"><h1>{texts().inbox().title()}</h1></header>
        <Notices leads=Leads::Desk />
    }
}
