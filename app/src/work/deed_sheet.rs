//! The sheet of one step: what it asks for, and the button that takes it.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::hazard::Offer;
use xunan_core::ledger::HazardCard;
use xunan_core::problem::Problem;

use super::deed::{deed_in_words, deed_of, take};
use super::deed_fields::DeedFields;
use super::open_work::{About, OpenWork};
use super::with_work::WithWork;
use crate::i18n::texts;
use crate::inspect::Saved;
use crate::session::Phone;
use crate::store::{Deed, Work};
use crate::ui::{
    Banner, BannerKind, Button, ButtonKind, ButtonSize, IconName, SavedMark, SavedState, Sheet, Toasts,
};

/// The sheet of the step that is open, if any.
#[component]
pub(super) fn DeedSheet(
    /// The hazard.
    card: Memo<Option<HazardCard>>,
    /// The step.
    offer: RwSignal<Option<Offer>>,
    /// The first photo of what was found: laid over the camera's view.
    before: RwSignal<Option<String>>,
) -> impl IntoView {
    let open = Signal::derive(move || offer.with(Option::is_some));
    let close = Callback::new(move |()| offer.set(None));
    let title =
        move || offer.get().and_then(deed_of).map(|deed| deed_in_words(deed, texts())).unwrap_or_default();
    view! {
        <Sheet title open on_close=close>
            {move || {
                let (now, deed) = offer.get().and_then(|now| Some((now, deed_of(now)?)))?;
                Some(view! { <Inside card=card.get_untracked()? now deed before close /> })
            }}
        </Sheet>
    }
}

#[component]
fn Inside(
    card: HazardCard,
    now: Offer,
    deed: Deed,
    before: RwSignal<Option<String>>,
    close: Callback<()>,
) -> impl IntoView {
    let phone = Phone::expect();
    let about = About {
        institution: card.facility_name.clone(),
        author: Some(phone.account().name),
        title: card.title.clone(),
    };
    let compares = matches!(deed, Deed::Submit | Deed::Recheck);
    let ghost = Signal::derive(move || before.get().filter(|_| compares));
    let work = Work::Step { hazard: card.id, deed };
    let inside = move |work: OpenWork| view! { <Step card=card.clone() work now deed close /> }.into_any();
    view! { <WithWork work about ghost inside=Rc::new(inside) /> }
}

#[component]
fn Step(card: HazardCard, work: OpenWork, now: Offer, deed: Deed, close: Callback<()>) -> impl IntoView {
    let (phone, t, toasts) = (Phone::expect(), texts(), Toasts::find());
    let (busy, refused) = (RwSignal::new(false), RwSignal::new(None::<Problem>));
    let card = StoredValue::new(card);
    let held = work.is_held();
    let undecided =
        Signal::derive(move || deed == Deed::Recheck && work.form.with(|form| form.outcome.is_none()));
    let go = Callback::new(move |()| {
        busy.set(true);
        refused.set(None);
        spawn_local(async move {
            let done = take(now, work, phone, card.get_value(), t).await;
            busy.try_set(false);
            match done {
                Ok(_) => {
                    if let Some(toasts) = toasts {
                        toasts.say(t.steps().done());
                    }
                    close.run(());
                }
                Err(problem) => _ = refused.try_set(Some(problem)),
            }
        });
    });
    view! {
        <div class="stack">
            <DeedFields deed />
            {move || refused.get().map(|problem| {
                let text = t.problem(&problem);
                view! { <Banner kind=BannerKind::Stop icon=IconName::Warning text /> }
            })}
            <Show when=move || undecided.get()><p class="muted">{t.steps().outcome_first()}</p></Show>
            <Button kind=ButtonKind::Primary size=ButtonSize::Large busy disabled=Signal::derive(move || held.get() || undecided.get()) on_press=go>{deed_in_words(deed, t)}</Button>
            <SavedMark state=saved_state(work) />
        </div>
    }
}

/// What the mark says of a piece of work.
pub(super) fn saved_state(work: OpenWork) -> Signal<SavedState> {
    Signal::derive(move || match work.saved.get() {
        Saved::Yes { at: None } => SavedState::Untouched,
        Saved::Yes { at: Some(at) } => SavedState::Saved(at),
        Saved::Saving => SavedState::Saving,
        Saved::No { .. } => SavedState::NotSaved,
    })
}
