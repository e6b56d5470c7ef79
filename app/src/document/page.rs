//! One document: as it prints, and what can be done with it.

use leptos::prelude::*;
use xunan_core::document::blocks;
use xunan_core::ids::DocumentId;
use xunan_core::ledger::DocumentCard;

use super::paper::{Paper, Sheet};
use super::paths::DocumentPaths;
use crate::browser::page;
use crate::i18n::texts;
use crate::session::Phone;
use crate::ui::{Button, ButtonKind, Chip, IconName, LinkButton, Screen, ScreenKind};

/// The page: the document fills it, so that it can be shown to whoever signs it.
#[component]
pub fn DocumentPage(document: DocumentId) -> impl IntoView {
    let phone = Phone::expect();
    let card = Memo::new(move |_| phone.rows.with(|rows| rows.document(document).cloned()));
    let paper = RwSignal::new(Paper::Blank);
    move || match card.get() {
        None => view! { <Screen kind=ScreenKind::NotFound /> }.into_any(),
        Some(card) => match card.issue.read() {
            Ok(issue) => {
                let blocks = blocks(&issue, card.number);
                view! { <Actions card paper /><Sheet blocks paper /> }.into_any()
            }
            // Written by a later version.
            Err(_) => view! { <Screen kind=ScreenKind::NotFound /> }.into_any(),
        },
    }
}

/// Printing, the file, and what follows.
#[component]
fn Actions(card: DocumentCard, paper: RwSignal<Paper>) -> impl IntoView {
    let (t, paths) = (texts().documents(), DocumentPaths::expect());
    let id = card.id;
    let overlay = Signal::derive(move || paper.get() == Paper::Preprinted);
    let toggle = Callback::new(move |()| {
        paper.update(|paper| {
            *paper = match paper {
                Paper::Blank => Paper::Preprinted,
                Paper::Preprinted => Paper::Blank,
            };
        });
    });
    // The file is the server's, which has the document once it has given a number.
    let file = move || match overlay.get() {
        true => format!("/api/documents/{id}.pdf?overlay=1"),
        false => format!("/api/documents/{id}.pdf"),
    };
    let numbered = card.number.is_some();
    view! {
        <nav class="paper-actions no-print" aria-label=t.document()>
            <Button kind=ButtonKind::Primary icon=IconName::Export on_press=Callback::new(|()| page::print())>{t.print()}</Button>
            <Chip on=overlay on_toggle=toggle>{t.overlay()}</Chip>
            {numbered.then(|| view! {
                <a class="button" href=file rel="external" target="_blank">{t.pdf()}</a>
            })}
            {card.kind.can_be_rechecked().then(|| view! {
                <LinkButton href=paths.recheck(id) icon=IconName::Check>{t.recheck()}</LinkButton>
            })}
        </nav>
        {(!numbered).then(|| view! { <p class="muted no-print" role="status">{t.number_about()}</p> })}
    }
}
