//! Discarding a draft for good. The question comes with the other places: few visits are thrown away.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use xunan_core::problem::Problem;

use crate::browser::locks::{self, Asking};
use crate::i18n::texts;
use crate::session::Phone;
use crate::store::DraftCard;
use crate::ui::{Button, ButtonKind, Confirm, Decision, IconName, Toasts};

/// The question, with what hears that it was answered.
type Question = fn(DraftCard, Callback<()>) -> AnyView;

/// The button that asks.
#[component]
pub(super) fn Discard(card: DraftCard) -> impl IntoView {
    let (toasts, t) = (Toasts::find(), texts());
    let question = RwSignal::new(None::<Question>);
    let ask = move || {
        spawn_local(async move {
            match (question_part().await, toasts) {
                (Ok(asked), _) => question.set(Some(asked)),
                (Err(_), Some(toasts)) => toasts.say(t.problem(&Problem::Unreachable)),
                (Err(_), None) => {}
            }
        });
    };
    let answered = Callback::new(move |()| question.set(None));
    view! {
        <Button kind=ButtonKind::Plain icon=IconName::Bin on_press=Callback::new(move |()| ask())>
            {t.today().discard()}
        </Button>
        {move || question.get().map(|question| question(card.clone(), answered))}
    }
}

/// Asks, says how much goes, and discards: only while no tab has the draft open.
#[wasm_split(places, wasm_split_path = leptos::wasm_split, fallible)]
fn question_part() -> Result<Question, SplitLoaderError> {
    Ok(|card, answered| view! { <Ask card answered /> }.into_any())
}

#[component]
fn Ask(card: DraftCard, answered: Callback<()>) -> impl IntoView {
    let (phone, toasts, t) = (Phone::expect(), Toasts::find(), texts());
    let visit = card.visit;
    let decided = Callback::new(move |decision| {
        answered.run(());
        if decision != Decision::Go {
            return;
        }
        spawn_local(async move {
            let held = locks::ask(&format!("xunan-draft-{visit}"), Asking::IfAvailable, || ()).await;
            let words = match held {
                None => Some(t.shell().other_window().to_owned()),
                Some(_held) => {
                    phone.store().discard_draft(visit).await.err().map(|failed| t.problem(&failed.into()))
                }
            };
            if let (Some(words), Some(toasts)) = (words, toasts) {
                toasts.say(words);
            }
        });
    });
    view! {
        <Confirm
            open=true
            title=t.today().discard_title()
            text=t.today().discard_text(card.answered, card.photos)
            go=t.today().discard_go()
            stay=t.today().discard_stay()
            kind=ButtonKind::Danger
            on_decision=decided
        />
    }
}
