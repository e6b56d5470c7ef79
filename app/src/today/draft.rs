//! One unfinished visit: go on with it, or discard it for good after a question.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::clock;
use crate::browser::locks::{self, Asking};
use crate::i18n::texts;
use crate::session::Phone;
use crate::store::DraftCard;
use crate::ui::{Button, ButtonKind, Confirm, Decision, Icon, IconName, Progress, Toasts};

/// The card of a draft.
#[component]
pub(super) fn DraftLine(card: DraftCard) -> impl IntoView {
    let (t, time) = (texts(), texts().time());
    let about = format!("{} · {}", t.name().profile(card.profile), time.when(card.touched, clock::now()));
    let discarding = card.clone();
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
            <Discard card=discarding />
        </div>
    }
}

/// Discards the draft: only after a question that says how much goes, and only while no tab has it open.
#[component]
fn Discard(card: DraftCard) -> impl IntoView {
    let (phone, toasts, t) = (Phone::expect(), Toasts::find(), texts());
    let asking = RwSignal::new(false);
    let visit = card.visit;
    let decided = Callback::new(move |decision| {
        asking.set(false);
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
        <Button kind=ButtonKind::Plain icon=IconName::Bin on_press=Callback::new(move |()| asking.set(true))>
            {t.today().discard()}
        </Button>
        <Confirm
            open=asking
            title=t.today().discard_title()
            text=t.today().discard_text(card.answered, card.photos)
            go=t.today().discard_go()
            stay=t.today().discard_stay()
            kind=ButtonKind::Danger
            on_decision=decided
        />
    }
}
