//! What can be done with a report now: the step that is owed is the filled button, all others stand beside it.

use leptos::prelude::*;
use xunan_core::ids::SnapId;
use xunan_core::snap::Offer;

use super::form::{Fields, StepForm};
use super::seen::Now;
use super::take::{kept_from_public, offers};
use crate::desk::begun::Begun;
use crate::i18n::texts;
use crate::session::Phone;
use crate::ui::{Button, ButtonKind, Sheet};

/// The step that was chosen, of a report as it was then.
pub(super) type Chosen = Option<(Offer, Now)>;

/// The buttons.
#[component]
pub(super) fn StepMenu(now: Now, chosen: RwSignal<Chosen>) -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts());
    let offers = offers(phone, &now);
    let not_now =
        |verb, why| view! { <p class="muted">{t.snaps().not_yet(verb, t.snaps().refusal(why))}</p> };
    let held = offers.held.map(|(offer, why)| not_now(t.snap_name().verb(offer), why));
    let kept = kept_from_public(phone, &now).map(|why| not_now(t.snaps().publishing(), why));
    let none = offers.all().next().is_none() && held.is_none();
    let now = StoredValue::new(now);
    let button = |offer: Offer, kind| {
        let choose = Callback::new(move |()| chosen.set(Some((offer, now.get_value()))));
        view! { <Button kind on_press=choose>{t.snap_name().verb(offer)}</Button> }
    };
    let next = offers.next.map(|offer| button(offer, ButtonKind::Primary));
    let others: Vec<_> = offers.others.iter().map(|offer| button(*offer, ButtonKind::Secondary)).collect();
    view! {
        <section class="steps no-print" aria-label=t.snaps().next_step()>
            {next}
            {others}
            {held}
            {kept}
            {none.then(|| view! { <p class="muted">{t.snaps().nothing_to_do()}</p> })}
        </section>
    }
}

/// The form of the step that was chosen. News of the report draw its page anew; a form that is open stays as it is under
/// somebody's hands, and one that was closed is as it was left.
#[component]
pub(super) fn StepSheet(chosen: RwSignal<Chosen>) -> impl IntoView {
    let begun = Begun::<(Offer, SnapId), Fields>::on_this_page(|_| ());
    let title = move || {
        let verb = |(offer, _): &(Offer, Now)| texts().snap_name().verb(*offer);
        chosen.with(|chosen| chosen.as_ref().map_or("", verb))
    };
    let open = Signal::derive(move || chosen.with(Option::is_some));
    view! {
        <Sheet title open on_close=Callback::new(move |()| chosen.set(None))>
            {move || chosen.get().map(|(offer, now)| {
                let step = (offer, now.card.id());
                let fields = begun.form(step, |_| true, || Fields::new(&now));
                let done = Callback::new(move |()| {
                    begun.end(step);
                    chosen.try_set(None);
                });
                view! { <StepForm offer now fields on_done=done /> }
            })}
        </Sheet>
    }
}
