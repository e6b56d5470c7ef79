//! One unfinished visit: go on with it, or discard it for good after a question.

use leptos::prelude::*;

use super::discard::Discard;
use crate::browser::clock;
use crate::i18n::texts;
use crate::store::DraftCard;
use crate::sync::Sync;
use crate::ui::{Icon, IconName, Progress};

/// The card of a draft.
#[component]
pub(super) fn DraftLine(card: DraftCard) -> impl IntoView {
    let (t, time) = (texts(), texts().time());
    let about = format!("{} · {}", t.name().profile(card.profile), time.when(card.touched, clock::now()));
    let (discarding, visit, copies) = (card.clone(), card.visit, Sync::expect().copies);
    view! {
        <div class="stack" data-gap="small">
            <a class="card" href=format!("/visits/{}", card.visit)>
                <span class="card-head">
                    <span class="card-title">{card.facility_name}</span>
                    <span class="tag" data-kind="open">
                        {t.today().draft()}
                    </span>
                </span>
                <span class="card-note">{about}</span>
                <Progress
                    done=Signal::derive(move || card.answered)
                    of=Signal::derive(move || card.items)
                />
                <span class="card-next">
                    {t.today().go_on()} <Icon name=IconName::Next small=true />
                </span>
            </a>
            {move || copies.get().map(|copies| copies.on_draft(visit))}
            <Discard card=discarding />
        </div>
    }
}
